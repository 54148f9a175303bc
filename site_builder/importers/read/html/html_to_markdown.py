"""Blocks to Markdown: headings, lists, tables, quotes, code, emphasis and links, and nothing that could run.

Text is escaped where it would be read as markup, so that no HTML gets through; only http, https and mailto links remain
links.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import groupby
from typing import Final, TypeAlias
from urllib.parse import urljoin

from site_builder.importers.read.html.html_blocks import HtmlBlock, InlineText, blocks_of
from site_builder.importers.read.html.normalise import make_plain
from site_builder.importers.read.html.page_tree import Element, squeeze
from site_builder.importers.read.html.tables_in_html import is_data_table, table_as_markdown, table_of
from site_builder.importers.read.markdown_escape import around_formulas, escape_marks

Inline: TypeAlias = Callable[[HtmlBlock], str]

_PLACE: Final = "data-place"
_LISTS: Final = ("ul", "ol", "menu", "dl")
_ITEMS: Final = frozenset({"li", "dt", "dd"})
_WHOLE: Final = re.compile(r"-?[0-9]{1,9}")
_SAFE: Final = re.compile(r"(?:https?://|mailto:)[^\s<>()\\]+\Z", re.IGNORECASE)
_MARKUP: Final = re.compile(r"[\\*`]|<(?=[A-Za-z/!?])|\[\[|\](?=[(\[:])|(?<![^\W_])_|_(?![^\W_])|\{|&(?=#?\w+;)")
_LINE_MARKUP: Final = re.compile(r"(?:#{1,6}(?= |$)|[-+](?= |$)|>|!!!|\?\?\?|:::|={3,}|-{3,}|~{3,}|\|)")
_NUMBERED: Final = re.compile(r"(\d{1,9})([.)])(?= |$)")


def markdown_of(root: Element, base_url: str | None = None) -> str:
    """Clean an element, in place, and write all its text as Markdown with links."""
    make_plain(root)
    return render_blocks(blocks_of(root), with_links=True, base_url=base_url)


def render_blocks(blocks: Sequence[HtmlBlock], *, with_links: bool, base_url: str | None = None) -> str:
    """Write blocks as Markdown, paragraphs apart by empty lines. `base_url` makes addresses absolute."""

    def inline(block: HtmlBlock) -> str:
        return render_inline(block.pieces, with_links=with_links, base_url=base_url)

    paragraphs: list[str] = []
    for quote, quoted in groupby(blocks, key=_quote):
        written: list[str] = []
        for table, group in groupby(quoted, key=table_of):
            members = list(group)
            if table is not None and is_data_table(table):
                written += table_as_markdown(table, members, inline)
            else:
                written += _paragraphs(members, inline)
        paragraphs += written if quote is None else [_as_quote(written)]
    return "\n\n".join(p for p in paragraphs if p)


def _quote(block: HtmlBlock) -> Element | None:
    """The outermost quotation around a block."""
    return next((e for e in block.path if e.tag == "blockquote"), None)


def _as_quote(paragraphs: Iterable[str]) -> str:
    lines = "\n\n".join(p for p in paragraphs if p).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def render_inline(pieces: Iterable[InlineText], *, with_links: bool, base_url: str | None = None) -> str:
    """Pieces as one or more lines of Markdown."""
    merged: list[InlineText] = []
    for piece in pieces:
        bare = piece if with_links else InlineText(piece.text, piece.bold, piece.italic, piece.code)
        if merged and _marks(merged[-1]) == _marks(bare):
            merged[-1] = InlineText(merged[-1].text + bare.text, bare.bold, bare.italic, bare.code, bare.href)
        else:
            merged.append(bare)
    written = ""
    for i, piece in enumerate(merged):
        after = merged[i + 1].text[:1] if i + 1 < len(merged) else ""
        written += _piece(piece, written[-1:], after, base_url)
    lines = (squeeze(line) for line in written.split("\n"))
    # Two line breaks in a row end a paragraph, one is a space.
    parts = re.split(r"\n{2,}", "\n".join(lines).strip())
    return "\n\n".join(_line_start(squeeze(p)) for p in parts if p.strip())


def escape_paragraph(text: str) -> str:
    """Plain text as a paragraph of Markdown that reads the same."""
    return render_inline([InlineText(text)], with_links=False)


def _marks(piece: InlineText) -> tuple[bool, bool, bool, str | None]:
    return piece.bold, piece.italic, piece.code, piece.href


def _piece(piece: InlineText, before: str, after: str, base_url: str | None) -> str:
    """Marks touch the words, and are left out where a letter would touch them from outside."""
    text = piece.text
    core = text.strip()
    if not core:
        return text
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if piece.code and "`" not in core:
        inner = f"`{squeeze(core)}`"
    else:
        inner = around_formulas(_escape, core)
        mark = "**" * piece.bold + "*" * piece.italic
        touches = (not lead and before.isalnum()) or (not trail and after.isalnum())
        if mark and not touches and "\n" not in core:
            inner = f"{mark}{inner}{mark[::-1]}"
    address = _address(piece.href, base_url)
    if address and "\n" not in core:
        inner = f"[{inner}]({address})"
    return f"{lead}{inner}{trail}"


def _address(href: str | None, base_url: str | None) -> str | None:
    if not href:
        return None
    try:
        absolute = urljoin(base_url or "", href.strip())
    except ValueError:
        return None
    absolute = absolute.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return absolute if _SAFE.match(absolute) else None


def _escape(text: str) -> str:
    """Characters that Markdown would read as markup; `<` and `&` as entities, which every dialect reads."""

    def one(match: re.Match[str]) -> str:
        found = match.group()
        return {"<": "&lt;", "&": "&amp;"}.get(found) or "".join(f"\\{c}" for c in found)

    return escape_marks(_MARKUP.sub(one, text))


def _line_start(line: str) -> str:
    line = _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line
    return f"\\{line}" if _LINE_MARKUP.match(line) else line


def _paragraphs(blocks: list[HtmlBlock], inline: Inline) -> list[str]:
    """Headings, items, code and paragraphs, each as it is written; items of a list stay together.

    The first block of an item has its mark, and what follows in the item is indented below it.
    """
    written: list[str] = []
    seen: dict[Element, int] = {}
    last: Element | None = None
    for block in blocks:
        text = _one(block, inline)
        if not text:
            continue
        items = [e for e in block.path if e.tag in _ITEMS]
        known = [e for e in items if e in seen]
        mark = _mark(items[-1]) if items and items[-1] not in seen and not block.heading else None
        terms = [t for e in items if e.tag == "dd" and (t := _term(e, seen)) is not None]
        indent = "    " * (len(known) + len(terms))
        if mark is not None:
            seen[items[-1]] = len(written)
            text = _indented(text, "    ", first=mark)
        text = _indented(text, indent, first=indent) if indent else text
        outer = next((e for e in block.path if e.tag in _LISTS), None)
        if mark is not None and outer is not None and outer is last:
            written[-1] += f"\n{text}"
        else:
            written.append(text)
        last = outer if items else None
    return written


def _indented(text: str, indent: str, *, first: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(f"{indent}{line}" if line else "" for line in lines[1:])])


def _one(block: HtmlBlock, inline: Inline) -> str:
    if block.inside("pre"):
        code = "".join(p.text for p in block.pieces).strip("\n").expandtabs(4)
        fence = "`" * max(3, 1 + max((len(m) for m in re.findall("`+", code)), default=0))
        return f"{fence}\n{code}\n{fence}"
    text = inline(block)
    if block.heading:
        return f"{'#' * max(2, block.heading)} {squeeze(text.replace('**', ''))}"
    return text


def _term(definition: Element, seen: Collection[Element]) -> Element | None:
    """The term of a definition, if it is among the items."""
    return next((t for t in definition.itersiblings("dt", preceding=True) if t in seen), None)


def _mark(item: Element) -> str:
    """The mark before an item, numbered in a numbered list."""
    around = item.getparent()
    return f"{_number(item)}. " if item.tag == "li" and around is not None and around.tag == "ol" else "- "


def _number(item: Element) -> int:
    """An item's number; all of a list are counted at once, so that long ones take no time squared.

    `start`, `reversed` and `value` are those of HTML's ordered lists; a number below 0 is counted as 0.
    """
    if item.get(_PLACE) is None:
        around = item.getparent()
        items = list(around.iterchildren("li"))
        step = -1 if around.get("reversed") is not None else 1
        number = _whole(around.get("start"), len(items) if step < 0 else 1)
        for sibling in items:
            number = _whole(sibling.get("value"), number)
            sibling.set(_PLACE, str(max(0, number)))
            number += step
    return int(item.get(_PLACE))


def _whole(value: str | None, otherwise: int) -> int:
    text = (value or "").strip()
    return int(text) if _WHOLE.fullmatch(text) else otherwise
