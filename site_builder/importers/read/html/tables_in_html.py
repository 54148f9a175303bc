"""Tables of data: which they are, and their cells as rows of Markdown, one column for each of the page's.

A table that lays out a page is no table of data: its cells hold other tables, or paragraphs, or stand alone in their
rows.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from site_builder.importers.read.html.html_blocks import HtmlBlock
from site_builder.importers.read.html.page_tree import Element

MAX_CELL_CHARACTERS: Final = 300
"""A table without headings that has a longer cell is layout; its cells are paragraphs."""
MAX_HEADED_CELL_CHARACTERS: Final = 1_500
"""The same of a table with headings."""
MAX_COLUMNS: Final = 60
"""Columns that one cell may span, and after which none spans anything."""
MAX_ROWS: Final = 2_000
_CELLS: Final = frozenset({"td", "th"})
_PARTS: Final = frozenset({"thead", "tbody", "tfoot"})


def table_of(block: HtmlBlock) -> Element | None:
    """The innermost table around a block."""
    return next((e for e in reversed(block.path) if e.tag == "table"), None)


def rows_of(table: Element) -> list[list[Element]]:
    """The cells of a table, row by row, without those of tables inside it."""
    rows = []
    for part in table:
        if part.tag == "tr":
            rows.append(part)
        elif part.tag in _PARTS:
            # Browsers make a row of cells that stand in a head alone, parsers of old HTML do not.
            own = [row for row in part if row.tag == "tr"]
            rows += own or [part]
    return [[cell for cell in row if cell.tag in _CELLS] for row in rows[:MAX_ROWS]]


def is_data_table(table: Element) -> bool:
    """Does it hold data in rows and columns, rather than lay out a page?"""
    if table.get("role") in {"presentation", "none"} or table.find(".//table") is not None:
        return False
    rows = [row for row in rows_of(table) if row]
    texts = [[_text(cell) for cell in row] for row in rows]
    filled = [sum(bool(t) for t in row) for row in texts]
    if len(rows) < 2 or max(filled, default=0) < 2:
        return False
    longest = max(len(t) for row in texts for t in row)
    if any(cell.tag == "th" for row in rows for cell in row) or table.find("caption") is not None:
        return longest <= MAX_HEADED_CELL_CHARACTERS
    several = sum(count >= 2 for count in filled)
    return longest <= MAX_CELL_CHARACTERS and 2 * several >= sum(count > 0 for count in filled)


def _text(cell: Element) -> str:
    return "".join(cell.itertext()).strip()


def table_as_markdown(table: Element, blocks: Iterable[HtmlBlock], inline: Callable[[HtmlBlock], str]) -> list[str]:
    """Paragraphs: what stands outside of the cells, and the table.

    A cell that spans rows is repeated in each, so that every row says it; one that spans columns leaves the others
    empty.
    """
    cells: dict[Element, list[str]] = {}
    outside: list[str] = []
    for block in blocks:
        cell = next((e for e in reversed(block.path) if e.tag in _CELLS or e is table), table)
        text = inline(block)
        if cell is table:
            outside.append(text)
        else:
            cells.setdefault(cell, []).append(" ".join(text.split()).replace("|", "\\|"))
    grid = _grid(rows_of(table), {cell: " ".join(texts) for cell, texts in cells.items()})
    rows = [row for row in grid if any(row)]
    used = [i for i in range(max((len(r) for r in rows), default=0)) if any(len(r) > i and r[i] for r in rows)]
    if not rows:
        return outside
    lines = [f"| {' | '.join(row[i] if i < len(row) else '' for i in used)} |" for row in rows]
    return [*outside, "\n".join([lines[0], "|" + " --- |" * len(used), *lines[1:]])]


def _grid(rows: Sequence[Sequence[Element]], texts: dict[Element, str]) -> list[list[str]]:
    """The texts by row and column."""
    grid: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    for row in rows:
        line: list[str] = []

        def take_spanned(line: list[str] = line) -> None:
            while (over := below.get(len(line))) is not None:
                left, text = over
                if left > 1:
                    below[len(line)] = (left - 1, text)
                else:
                    del below[len(line)]
                line.append(text)

        for cell in row:
            take_spanned()
            text = texts.get(cell, "")
            width, height = (1, 1) if len(line) >= MAX_COLUMNS else (_span(cell, "colspan"), _span(cell, "rowspan"))
            for column in range(min(width, MAX_COLUMNS)):
                own = text if column == 0 else ""
                if height > 1:
                    below[len(line)] = (height - 1, own)
                line.append(own)
        take_spanned()
        grid.append(line)
    return grid


def _span(cell: Element, name: str) -> int:
    """How many rows or columns a cell takes (HTML, colspan and rowspan)."""
    value = (cell.get(name) or "1").strip()
    return max(1, min(int(value), MAX_ROWS)) if value.isascii() and value.isdigit() else 1
