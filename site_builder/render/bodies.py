"""A body for one page: its HTML, with every reference replaced by a link from that page.

Takes HTML that is the same for every page, with what its references mean; gives text. Reads no files.
"""

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from site_builder.markdown.references import fill
from site_builder.markdown.syntax.callouts import CALLOUT_WORDS
from site_builder.render.format import RefView
from site_builder.render.site_view import Label

_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>])")


def compose_html(html: str, refs: tuple[RefView, ...], href: Callable[[str], str], words: Callable[[str], str]) -> str:
    """The HTML of a body with its references filled in for one page, and the titles of its callouts."""

    def attribute(number: int, is_sized: bool) -> str:
        ref = refs[number]
        if not ref.url:
            return "data-missing" if not ref.is_image else 'src=""'
        url = escape(ref.url if ref.is_full else href(ref.url))
        if ref.is_image:
            size = f' width="{ref.size[0]}" height="{ref.size[1]}"' if ref.size and not is_sized else ""
            return f'src="{url}"{size}'
        return f'href="{url}"' + (" data-wanted" if ref.is_wanted else "")

    def summary(number: int) -> str:
        return f"<p>{escape(refs[number].summary)}</p>" if refs[number].summary else ""

    def callout(number: int) -> str:
        return escape(words(CALLOUT_WORDS[number]))

    def cite(number: int) -> str:
        return f' cite="{escape(refs[number].url)}"' if refs[number].url else ""

    return fill(html, attribute, lambda number: escape(refs[number].title), summary, callout, cite)


def with_other_ids(html: str, ids: Sequence[tuple[str, str]]) -> str:
    """The HTML of a body with other ids in place of some, also where links lead to them."""
    for old, new in ids:
        html = html.replace(f' id="{escape(old)}"', f' id="{new}"').replace(f'href="#{escape(old)}"', f'href="#{new}"')
    return html


_TAGS: Final = re.compile(r"(<[^>]*>)")
_CLOSED_TO_LINKS: Final = frozenset("a code math pre kbd samp h1 h2 h3 h4 h5 h6 button summary".split())


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


def markdown_text(value: str) -> str:
    """Plain text for Markdown, with everything escaped that would be read as markup."""
    return _MARKDOWN.sub(r"\\\1", " ".join(value.split()))
