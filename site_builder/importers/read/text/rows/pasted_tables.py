"""Tables in pasted text: rows of cells with tabs between them, as browsers and spreadsheets copy them."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from site_builder.importers.read.decode import clean_text
from site_builder.importers.read.markdown_escape import escape_line

Table: TypeAlias = tuple[tuple[str, ...], ...]
"""Rows of cells, all of one length."""

_MIN_CELLS: Final = 6
"""Of two rows with tabs that are a table, not the columns of a menu."""
_MIN_FILLED: Final = 0.5
"""Share of the cells that say something."""
_MAX_CELL: Final = 300
"""Characters of a cell; layouts have columns too, with whole texts in them."""

_COLONS: Final = (":", "\uff1a")
"""At the end of labels; rows of them say what the page is, as in archives of papers."""


def find_tables(text: str) -> Mapping[int, Table]:
    """Number of its first row, from 1 -> the table, for each run of rows of as many cells. Rows end with "\\n"."""
    tables: dict[int, Table] = {}
    run: list[tuple[str, ...]] = []
    for number, row in enumerate([*text.split("\n"), ""], 1):
        cells = tuple(row.split("\t")) if "\t" in row.strip() else ()
        if run and len(cells) == len(run[0]):
            run.append(cells)
            continue
        if _is_table(run):
            tables[number - len(run)] = tuple(tuple(" ".join(clean_text(c).split()) for c in cells) for cells in run)
        run = [cells] if cells else []
    return tables


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    cells = [cell.strip() for row in rows for cell in row]
    if len(rows) < 2 or len(cells) < _MIN_CELLS or all(row[0].strip().endswith(_COLONS) for row in rows):
        return False
    return sum(map(bool, cells)) >= _MIN_FILLED * len(cells) and max(map(len, cells)) <= _MAX_CELL


def pasted_table_as_markdown(table: Table) -> str:
    """The table with its first row as the head."""
    lines = ["| " + " | ".join(escape_line(cell).replace("|", "\\|") for cell in row) + " |" for row in table]
    return "\n".join([lines[0], "|" + " --- |" * len(table[0]), *lines[1:]])
