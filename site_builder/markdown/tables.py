"""Tables that a writer's own tags make: rows of one width, as the table model of the HTML Living Standard has it."""

from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from site_builder.markdown.html_tree import HtmlElement

_ROW_GROUPS: Final = frozenset({"tbody", "tfoot", "thead"})
_ORDER: Final = {"caption": 0, "colgroup": 1, "thead": 2, "tbody": 3, "tr": 3, "tfoot": 4}


def arrange_table(table: HtmlElement) -> None:
    """Parts in their order, and rows of one width.

    No row is empty, there are cells for those that are missing, and no cell reaches beyond its group.
    """
    _order(table)
    groups = [_rows(group) for group in _groups(table)]
    rows = [row for group in groups for row in group]
    for group in groups:
        _lay(group)
    width = max((column + 1 for row in rows for column in row.taken), default=0)
    for row in rows:
        free = set(range(width)) - row.taken
        row.element.children += [HtmlElement("td") for _ in free]
        row.starts |= free
    width -= _close(rows, width)
    if sum(_columns(part) for part in table.elements() if part.tag == "colgroup") > width:
        table.children = [part for part in table.children if isinstance(part, str) or part.tag != "colgroup"]


def _columns(group: HtmlElement) -> int:
    """How many columns a colgroup speaks of."""
    spans = [child.attributes.get("span", "1") for child in group.elements()] or [group.attributes.get("span", "1")]
    return sum(map(int, spans))


def _order(table: HtmlElement) -> None:
    """One caption, one head and one foot, where they belong. Further ones are rows, and words of the caption."""
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
    """The table itself, or its parts."""
    return [child for child in table.elements() if child.tag in _ROW_GROUPS] or [table]


@dataclass(slots=True)
class _Row:
    """A row with the columns of its cells."""

    element: HtmlElement
    taken: set[int] = field(default_factory=set)
    """Columns of its cells, and of those that reach into it from above."""
    starts: set[int] = field(default_factory=set)
    wide: list[tuple[HtmlElement, int, int]] = field(default_factory=list)
    """Cells of several columns: where they start, and where they end."""


def _rows(group: HtmlElement) -> list[_Row]:
    """The rows of a group. One without a cell goes, and what reached into it from above is so much shorter."""
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


def _lay(rows: list[_Row]) -> None:
    """Find the column of every cell of a group, as the table model of the standard does."""
    busy: list[int] = []
    """Column -> rows for which a cell from above still takes it."""
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
        row.taken = {column for column, rest in enumerate(busy) if rest}
        busy = [max(0, rest - 1) for rest in busy]


def _close(rows: list[_Row], width: int) -> int:
    """Take out columns in which no cell begins: they are there only because wide cells say so. Gives how many."""
    gone = set(range(width)) - {column for row in rows for column in row.starts}
    for row in rows:
        for cell, start, end in row.wide:
            cell.attributes["colspan"] = str(end - start - len(gone & set(range(start + 1, end))))
    return len(gone)
