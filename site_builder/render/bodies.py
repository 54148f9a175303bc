"""A body for one page: its HTML or Markdown, with every reference replaced by a link from that page.

Takes HTML or Markdown that is the same for every page, with what its references mean; gives text. Reads no files.
"""

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Final

import msgspec

from site_builder.markdown.references import RefKind, fill
from site_builder.markdown.syntax.callouts import CALLOUT_WORDS
from site_builder.markdown.syntax.private_comments import find_private_comments
from site_builder.render.format import RefView
from site_builder.render.site_view import Label

_SIZE: Final = re.compile(r"\d+(?:x\d+)?")
"""Of an embedded picture."""
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>])")


def compose_html(html: str, refs: tuple[RefView, ...], href: Callable[[str], str], words: Callable[[str], str]) -> str:
    """The HTML of a body with its references filled in for one page, and the titles of its callouts."""

    def attribute(number: int, is_sized: bool) -> str:
        ref = refs[number]
        if not ref.url:
            return "data-missing" if not ref.is_image else 'src=""'
        url = escape(href(ref.url))
        if ref.is_image:
            size = f' width="{ref.size[0]}" height="{ref.size[1]}"' if ref.size and not is_sized else ""
            return f'src="{url}"{size}'
        return f'href="{url}"' + (" data-wanted" if ref.is_wanted else "")

    def summary(number: int) -> str:
        return f"<p>{escape(refs[number].summary)}</p>" if refs[number].summary else ""

    def callout(number: int) -> str:
        return escape(words(CALLOUT_WORDS[number]))

    return fill(html, attribute, lambda number: escape(refs[number].title), summary, callout)


_TAGS: Final = re.compile(r"(<[^>]*>)")
_CLOSED_TO_LINKS: Final = frozenset("a code pre kbd samp h1 h2 h3 h4 h5 h6 button summary".split())


def link_mentions(html: str, mentions: tuple[Label, ...], href: Callable[[str], str]) -> str:
    """Link each name where it first occurs in running text: not in a link, in code or in a heading."""
    waiting = {escape(m.title, quote=False): m.url for m in mentions}
    if not waiting:
        return html
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(n)}(?!\w)" for n in sorted(waiting, key=len, reverse=True)))
    closed = 0

    def linked(match: re.Match[str]) -> str:
        url = waiting.pop(match.group(), None)
        return match.group() if url is None else f'<a href="{escape(href(url))}">{match.group()}</a>'

    out: list[str] = []
    for piece in _TAGS.split(html):
        if piece.startswith("<"):
            name = piece.strip("</> ").partition(" ")[0].lower()
            if name in _CLOSED_TO_LINKS:
                closed += -1 if piece.startswith("</") else 1
            out.append(piece)
        else:
            out.append(pattern.sub(linked, piece) if not closed and waiting else piece)
    return "".join(out)


class TextLink(msgspec.Struct, frozen=True):
    """A reference in the Markdown of a body, with its target."""

    line: int
    """Line in the file, from 1."""
    column: int
    written: str
    kind: str
    """path, wiki, wiki-auto or image."""
    url: str
    title: str


class TextView(msgspec.Struct, frozen=True):
    """A body as written, in Markdown."""

    path: str
    digest: str
    """Digest of the body, so that the page is made again when the text changes."""
    links: tuple[TextLink, ...]


_COMMENT: Final = re.compile(
    r"(?P<code>^ {0,3}(?P<fence>```+|~~~+).*?(?:^ {0,3}(?P=fence)|\Z)|(?<!`)(?P<span>`+)(?!`).+?(?<!`)(?P=span)(?!`))"
    r"|<!--.*?-->",
    re.DOTALL | re.MULTILINE,
)


def compose_markdown(source: str, first_line: int, view: TextView, link: Callable[[str], str]) -> str:
    """The Markdown of a body with each reference replaced by a link; `source` begins at `first_line` of its file.

    A reference that is no longer where it was stays as written. Comments are left out: they are the writer's notes.
    """
    edits = [(comment.start, comment.end, "") for comment in find_private_comments(source)]
    edits += _link_edits(source, first_line, view, link)
    text, end = [], len(source)
    for start, stop, new in sorted(edits, reverse=True):
        if stop <= end:
            text += [source[stop:end], new]
            end = start
    text.append(source[:end])
    return _COMMENT.sub(lambda match: match["code"] or "", "".join(reversed(text))).strip("\n")


def _link_edits(
    source: str, first_line: int, view: TextView, link: Callable[[str], str]
) -> Iterator[tuple[int, int, str]]:
    """The place of each reference, and what stands there in the Markdown version."""
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for ref in view.links:
        row = ref.line - first_line
        start = starts[row] + ref.column - 1 if 0 <= row < len(starts) else len(source)
        stop = _end_of(ref, source, start)
        if stop <= start:
            continue
        target = link(ref.url) if ref.url else ref.written
        kind = RefKind(ref.kind)
        if kind.is_wiki or kind is RefKind.EMBED:
            start, stop, target = _wiki_link(source, start, stop, ref, target)
        yield start, stop, target


def _end_of(ref: TextLink, source: str, start: int) -> int:
    """Where the reference ends (that of a wiki link may go over the end of a line); -1 if it is not there."""
    if source.startswith(ref.written, start):
        return start + len(ref.written)
    wrapped = r"[\s>]+".join(map(re.escape, ref.written.split()))
    match = re.compile(wrapped).match(source, start) if RefKind(ref.kind).is_wiki else None
    return match.end() if match else -1


def _wiki_link(source: str, start: int, stop: int, ref: TextLink, target: str) -> tuple[int, int, str]:
    """`[[slug|words]]` as `[words](address)`, and `[[slug]]` with the title of its target."""
    begin, close = source.rfind("[[", 0, start), source.find("]]", stop)
    if begin < 0 or close < 0 or source[begin + 2 : start].strip():
        return start, stop, target
    words = source[stop:close].lstrip(" \\|").strip()
    if ref.kind == RefKind.EMBED:
        words = " ".join(part.strip() for part in words.split("|") if not _SIZE.fullmatch(part.strip()))
        return begin, close + 2, f"[{words}]({target})"
    words = words or markdown_text(ref.title)
    if source.startswith("!", begin - 1):  # or the link would be a picture
        begin -= 1
    return begin, close + 2, f"[{words}]({target})" if ref.url else words


def markdown_text(value: str) -> str:
    """Plain text for Markdown, with everything escaped that would be read as markup."""
    return _MARKDOWN.sub(r"\\\1", " ".join(value.split()))
