"""A body as Markdown for one page: the writer's own text, whose links lead where the page leads.

Places of references are exact, so what only looks like a link (code, escaped brackets) stays as it was written.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Final

import msgspec

from site_builder.markdown.reference_places import replace_spans
from site_builder.markdown.reference_search import Span
from site_builder.markdown.source_positions import comments_in, without_code
from site_builder.markdown.syntax.private_comments import find_private_comments
from site_builder.render.bodies import markdown_text
from site_builder.render.format import BodyView
from site_builder.render.left_out import without_left_out


class TextLink(msgspec.Struct, frozen=True):
    """A reference in the Markdown of a body, with its target."""

    start: int
    """Index of the first character of the target as written; -1 where it is not known, but must not be told."""
    end: int
    written: str
    url: str
    """"" where the page has no link."""
    title: str
    is_image: bool


class TextView(msgspec.Struct, frozen=True):
    """A body as written, in Markdown."""

    path: str
    digest: str
    """Digest of the body, so that the page is made again when the text changes."""
    body: BodyView
    """The same as HTML, which tells what the page shows."""
    links: tuple[TextLink, ...]
    """Those whose places are known, and full addresses of what readers may not see, wherever they are."""


def compose_markdown(source: str, view: TextView, html: str, link: Callable[[str], str]) -> str:
    """The Markdown of a body with each reference replaced by a link.

    Comments are left out: they are the writer's notes. So is what the page leaves out; `html` is the body on the page.
    """
    edits = [(Span(comment.start, comment.end), "") for comment in find_private_comments(source)]
    edits += [(Span(*comment), "") for comment in comments_in(source)]
    for ref in view.links:
        edits += _edits(source, ref, link(ref.url) if ref.url else "")
    return without_left_out(replace_spans(source, dict(edits).items()), html).strip("\n")


_WIKI_START: Final = re.compile(r"\[\[\s*\Z")
_SIZE: Final = re.compile(r"\d+(?:x\d+)?")
"""What stands behind the name of a picture in place of a text: `![[map.png|300]]`."""
_BELONGS: Final = re.compile(r"(?:\](?:\(|:)|=)\s*[<\"']?\Z")
"""Before the address of a link, of a definition or in an attribute: any other is its own text."""
_ROW: Final = re.compile(r"(?<!\\)\|")


def _edits(source: str, ref: TextLink, target: str) -> Iterator[tuple[Span, str]]:
    if ref.start < 0:
        yield from ((Span(*match.span()), "#") for match in re.finditer(re.escape(ref.written), source))
        return
    if _plain(source[ref.start : ref.end]) != _plain(ref.written):
        return  # the file has changed since it was read
    wiki = _WIKI_START.search(source, max(0, ref.start - 40), ref.start)
    if wiki:
        yield from _wiki_link(source, Span(wiki.start(), ref.start), ref, target)
    elif target:
        yield Span(ref.start, ref.end), target
    elif edits := list(_without_link(source, ref)):
        yield from edits
    elif not _BELONGS.search(source, max(0, ref.start - 40), ref.start):
        is_marked = source[ref.start - 1 : ref.start] + source[ref.end : ref.end + 1] == "<>"
        yield Span(ref.start - is_marked, ref.end + is_marked), markdown_text(ref.title)
    else:
        yield Span(ref.start, ref.end), "#"


def _plain(written: str) -> list[str]:
    """The words of an address or name, without escapes, entities and line ends."""
    return unescape(written.replace("\\", "")).replace(">", " ").split()


def _wiki_link(source: str, opening: Span, ref: TextLink, target: str) -> Iterator[tuple[Span, str]]:
    """`[[slug|words]]` as `[words](address)`, and `[[slug]]` with the title of its target."""
    close = source.find("]]", ref.end)
    if close < 0:
        return
    is_embed = source.startswith("!", max(0, opening.start - 1))
    parts = [part.strip(" \\") for part in source[ref.end : close].lstrip(" \\|").split("|")]
    words = " ".join(part for part in parts if part and not (is_embed and _SIZE.fullmatch(part)))
    start = opening.start - (is_embed and not (ref.is_image and target))  # or a note would become a picture
    if not words:
        words = markdown_text(ref.title)
        if _is_in_row(source, opening.start, close + 2):
            words = words.replace("|", "\\|")
    yield Span(start, close + 2), f"[{words}]({target})" if target else words


def _is_in_row(source: str, start: int, end: int) -> bool:
    """Whether a link is in a line that may be a row of a table."""
    first, last = source.rfind("\n", 0, start) + 1, source.find("\n", end)
    rest = source[first:start] + source[end : last if last >= 0 else len(source)]
    return bool(_ROW.search(rest))


_BEFORE_ADDRESS: Final = re.compile(r"\]\(\s*<?\Z")
_AFTER_ADDRESS: Final = re.compile(r">?\s*(?:\"[^\"]*\"|'[^']*')?\s*\)")


_DEFINITION: Final = re.compile(r"^[ \t>]*(\[[^\[\]\n]+\]):[ \t]*<?", re.MULTILINE)
_TITLE: Final = re.compile(r">?(?:[ \t]*(?:\n[ \t]+)?(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$", re.MULTILINE)


def _without_link(source: str, ref: TextLink) -> Iterator[tuple[Span, str]]:
    """Take the brackets and the address off `[text](address)`: the page shows the text without a link.

    So with `[text][name]`, whose definition goes: its name may be that of what is held back.
    """
    definition = _DEFINITION.match(source, source.rfind("\n", 0, ref.start) + 1)
    title = _TITLE.match(source, ref.end)
    if definition and title and definition.end() == ref.start:
        yield Span(definition.start(), title.end()), ""
        for use in re.finditer(rf"\]{re.escape(definition[1])}(?!:)", without_code(source), re.IGNORECASE):
            opening = _opening_bracket(source, use.start())
            if opening >= 0 and not source.startswith("!", max(0, opening - 1)):
                yield Span(opening, opening + 1), ""
                yield Span(use.start(), use.end()), ""
        return
    before = _BEFORE_ADDRESS.search(source, max(0, ref.start - 40), ref.start)
    after = _AFTER_ADDRESS.match(source, ref.end)
    opening = _opening_bracket(source, before.start()) if before else -1
    if before and after and opening >= 0 and not source.startswith("!", opening - 1 if opening else 0):
        yield Span(opening, opening + 1), ""
        yield Span(before.start(), after.end()), ""


def _opening_bracket(source: str, closing: int) -> int:
    """The bracket that the one at `closing` closes; -1 if there is none."""
    depth = 0
    for at in range(closing, -1, -1):
        if source[at] in "[]" and not (at and source[at - 1] == "\\"):
            depth += 1 if source[at] == "]" else -1
            if depth == 0:
                return at
    return -1
