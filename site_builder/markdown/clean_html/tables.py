"""Make tables from the writer's own HTML valid: all rows of one width, by the HTML Living Standard's table model."""

from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from site_builder.markdown.clean_html.html_tree import HtmlElement

MAX_EMPTY_CELLS: Final = 5_000
"""Of one table, beyond as many again as are written; the cells of a table with more are shown one below the other."""
_ROW_GROUPS: Final = frozenset({"tbody", "tfoot", "thead"})
_ORDER: Final = {"caption": 0, "colgroup": 1, "thead": 2, "tbody": 3, "tr": 3, "tfoot": 4}


def arrange_table(table: HtmlElement) -> None:
    """Put the parts in order, and make all rows equally wide.

    Empty rows are removed, missing cells are added, and cells end with their group. If cells without end were missing,
    there is no table, but what is in its cells.
    """
    _order(table)
    groups = [_rows(group) for group in _groups(table)]
    rows = [row for group in groups for row in group]
    left = MAX_EMPTY_CELLS + 2 * sum(len(list(row.element.elements())) for row in rows)
    for group in groups:
        left -= _lay(group, left)
    width = max((column + 1 for row in rows for column in row.taken), default=0)
    if left < 0 or width * len(rows) > left + sum(len(row.taken) for row in rows):
        _make_lines(table)
        return
    for row in rows:
        free = set(range(width)) - row.taken
        row.element.children += [HtmlElement("td") for _ in free]
        row.starts |= free
    width -= _close(rows, width)
    if sum(_columns(part) for part in table.elements() if part.tag == "colgroup") > width:
        table.children = [part for part in table.children if isinstance(part, str) or part.tag != "colgroup"]


def _make_lines(table: HtmlElement) -> None:
    """Make the table and its parts plain blocks, one below the other."""
    table.children = [part for part in table.children if isinstance(part, str) or part.tag != "colgroup"]
    parts = [table, *table.elements()]
    for part in parts:
        if part.tag in _ROW_GROUPS or part.tag in {"table", "tr"}:
            parts += [] if part is table else part.elements()
        place = part.attributes.get("id", "")
        part.tag, part.attributes = "div", {"id": place} if place else {}


def _columns(group: HtmlElement) -> int:
    """The number of columns that a colgroup covers."""
    spans = [child.attributes.get("span", "1") for child in group.elements()] or [group.attributes.get("span", "1")]
    return sum(map(int, spans))


def _order(table: HtmlElement) -> None:
    """Keep one caption, head and foot, in the right places. Further ones become rows, or text of the caption."""
    first: dict[str, HtmlElement] = {}
    for part in table.elements():
        if part.tag in {"thead", "tfoot"} and part.tag in first:
            part.tag = "tbody"
        elif part.tag == "caption" and part.tag in first:
            first[part.tag].children += [" ", *part.children]
        first.setdefault(part.tag, part)
    parts = [part for part in table.elements() if part.tag != "caption" or part is first["caption"]]
    ordered = sorted(parts, key=lambda part: _ORDER.get(part.tag, 3))
    if len(ordered) < len(list(table.elements())) or any(a is not b for a, b in zip(ordered, parts, strict=True)):
        table.children = [*ordered]


def _groups(table: HtmlElement) -> list[HtmlElement]:
    """The row groups of a table, or the table itself if it has none."""
    return [child for child in table.elements() if child.tag in _ROW_GROUPS] or [table]


@dataclass(slots=True)
class _Row:
    """A row, and the columns of its cells."""

    element: HtmlElement
    taken: set[int] = field(default_factory=set)
    """Columns of its cells, and of those that extend into it from above."""
    starts: set[int] = field(default_factory=set)
    wide: list[tuple[HtmlElement, int, int]] = field(default_factory=list)
    """Cells of several columns, each with its first column and the one after its last."""


def _rows(group: HtmlElement) -> list[_Row]:
    """The rows of a group. Those without cells are removed, and cells that extend into them become shorter."""
    rows = [child for child in group.elements() if child.tag == "tr"]
    gone = [not any(row.elements()) for row in rows]
    before = [0, *accumulate(gone)]
    for number, row in enumerate(rows):
        for cell in row.elements():
            if tall := int(cell.attributes.get("rowspan", "0")):
                end = min(number + tall, len(rows))
                cell.attributes["rowspan"] = str(tall - before[end] + before[number])
    empty = {id(row) for row, is_gone in zip(rows, gone, strict=True) if is_gone}
    group.children = [child for child in group.children if id(child) not in empty]
    return [_Row(row) for row in rows if id(row) not in empty]


def _lay(rows: list[_Row], limit: int) -> int:
    """Find the columns of every cell of a group, as the table model does. Gives their number; ends beyond a limit."""
    seen = 0
    busy: list[int] = []
    """Column -> number of further rows in which a cell from above occupies it."""
    for number, row in enumerate(rows):
        column = 0
        for cell in row.element.elements():
            while column < len(busy) and busy[column]:
                column += 1
            left = len(rows) - number
            tall = int(cell.attributes.get("rowspan", "1")) or left
            if tall > left:
                tall = left
                cell.attributes["rowspan"] = str(tall)
            end = column + int(cell.attributes.get("colspan", "1"))
            if others := [taken for taken in range(column, min(end, len(busy))) if busy[taken]]:
                end = others[0]
                cell.attributes["colspan"] = str(end - column)
            busy += [0] * (end - len(busy))
            busy[column:end] = [tall] * (end - column)
            row.starts.add(column)
            if end > column + 1:
                row.wide.append((cell, column, end))
            column = end
            if seen + column > limit:
                return limit + 1
        row.taken = {column for column, rest in enumerate(busy) if rest}
        busy = [max(0, rest - 1) for rest in busy]
        seen += len(busy)
    return seen


def _close(rows: list[_Row], width: int) -> int:
    """Remove the columns in which no cell starts, by shortening wide cells. Gives their number."""
    gone = set(range(width)) - {column for row in rows for column in row.starts}
    for row in rows:
        for cell, start, end in row.wide:
            cell.attributes["colspan"] = str(end - start - len(gone & set(range(start + 1, end))))
    return len(gone)
