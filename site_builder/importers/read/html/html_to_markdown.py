"""Blocks to Markdown: headings, lists, tables, quotes, code, emphasis and links, and nothing that could run.

Text is escaped where it would be read as markup, so that no HTML gets through; only http, https and mailto links remain
links.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Final, TypeAlias
from urllib.parse import urljoin

from site_builder.importers.read.html.html_blocks import HtmlBlock, InlineText, blocks_of
from site_builder.importers.read.html.page_tree import Element, remove_unseen, squeeze
from site_builder.importers.read.markdown_escape import around_formulas, escape_marks

Inline: TypeAlias = Callable[[HtmlBlock], str]

MAX_CELL_CHARACTERS: Final = 300
"""A table with a longer cell is layout; its cells are paragraphs."""
_PLACE: Final = "data-place"
_LISTS: Final = ("ul", "ol", "menu", "dl")
_SAFE: Final = re.compile(r"(?:https?://|mailto:)[^\s<>()\\]+\Z", re.IGNORECASE)
_MARKUP: Final = re.compile(r"[\\*`]|<(?=[A-Za-z/!?])|\[\[|\](?=[(\[:])|(?<![^\W_])_|_(?![^\W_])|\{|&(?=#?\w+;)")
_LINE_MARKUP: Final = re.compile(r"(?:#{1,6}(?= |$)|[-+](?= |$)|>|!!!|\?\?\?|:::|={3,}|-{3,}|~{3,}|\|)")
_NUMBERED: Final = re.compile(r"(\d{1,9})([.)])(?= |$)")


def markdown_of(root: Element, base_url: str | None = None) -> str:
    """Clean an element, in place, and write all its text as Markdown with links."""
    remove_unseen(root)
    return render_blocks(blocks_of(root), with_links=True, base_url=base_url)


def render_blocks(blocks: Sequence[HtmlBlock], *, with_links: bool, base_url: str | None = None) -> str:
    """Write blocks as Markdown, paragraphs apart by empty lines. `base_url` makes addresses absolute."""

    def inline(block: HtmlBlock) -> str:
        return render_inline(block.pieces, with_links=with_links, base_url=base_url)

    paragraphs: list[str] = []
    for table, group in groupby(blocks, key=_table):
        members = list(group)
        rows = _rows(members, inline) if table is not None else None
        if rows is not None:
            paragraphs.append(rows)
        else:
            paragraphs += _paragraphs(members, inline)
    return "\n\n".join(p for p in paragraphs if p)


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


def _table(block: HtmlBlock) -> Element | None:
    """The table around a block."""
    return next((e for e in reversed(block.path) if e.tag == "table"), None)


def _rows(blocks: list[HtmlBlock], inline: Inline) -> str | None:
    """A table as Markdown, or None where it is layout."""
    rows: list[list[str]] = []
    row_element = cell_element = None
    for block in blocks:
        row = next((e for e in reversed(block.path) if e.tag == "tr"), None)
        cell = next((e for e in reversed(block.path) if e.tag in {"td", "th"}), None)
        if row is None or cell is None:
            return None
        text = inline(block).replace("\n\n", " ").replace("|", "\\|")
        if row is not row_element:
            rows.append([text])
        elif cell is not cell_element:
            rows[-1].append(text)
        else:
            rows[-1][-1] += f" {text}"
        row_element, cell_element = row, cell
    width = max(len(row) for row in rows)
    if width < 2 or len(rows) < 2 or any(len(c) > MAX_CELL_CHARACTERS for row in rows for c in row):
        return None
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _paragraphs(blocks: list[HtmlBlock], inline: Inline) -> list[str]:
    """Headings, items, quotes, code and paragraphs, each as it is written; items of a list stay together."""
    written: list[str] = []
    last_list: Element | None = None
    for block in blocks:
        text = _one(block, inline)
        if not text:
            continue
        here = next((e for e in block.path if e.tag in _LISTS), None)
        if here is not None and here is last_list and _item(block) is not None:
            written[-1] += f"\n{text}"
        else:
            written.append(text)
        last_list = here if _item(block) is not None else None
    return written


def _one(block: HtmlBlock, inline: Inline) -> str:
    if block.inside("pre"):
        code = "".join(p.text for p in block.pieces).strip("\n").expandtabs(4)
        fence = "`" * max(3, 1 + max((len(m) for m in re.findall("`+", code)), default=0))
        return f"{fence}\n{code}\n{fence}"
    text = inline(block)
    if block.heading:
        return f"{'#' * max(2, block.heading)} {squeeze(text.replace('**', ''))}"
    item = _item(block)
    if item is not None:
        return f"{item}{squeeze(text)}"
    if block.inside("blockquote"):
        return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    return text


def _number(item: Element) -> str:
    """An item's place in its list; all of a list are counted at once, so that long ones take no time squared."""
    if item.get(_PLACE) is None:
        for place, sibling in enumerate(item.getparent().iterchildren("li"), 1):
            sibling.set(_PLACE, str(place))
    return str(item.get(_PLACE))


def _item(block: HtmlBlock) -> str | None:
    """The mark before an item: indented by the lists around it, numbered in a numbered list."""
    around = [e for e in block.path if e.tag in _LISTS]
    item = next((e for e in reversed(block.path) if e.tag in {"li", "dt", "dd"}), None)
    if not around or item is None:
        return None
    indent = "    " * (len(around) - 1)
    if around[-1].tag == "ol" and item.tag == "li":
        return f"{indent}{_number(item)}. "
    return f"{indent}- "
