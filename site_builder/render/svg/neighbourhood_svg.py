"""The layout of a picture of a page's neighbourhood: from names to geometry. Pure, in whole units.

The page itself is in the middle of a spine, from which its neighbours branch off to both sides in columns: above it
what the page belongs to, below it where the page leads. So names never overlap, however long they are, and each column
reads downwards. A unit is a pixel where there is room; in the 284 pixels of the narrowest phone, letters are 12
pixels high.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from site_builder.render.site_view import Label
from site_builder.render.svg.text_metrics import is_cut, wrap

WIDTH: Final = 400
FONT: Final = 17
"""Height of the letters: 17 × 284 / 400 = 12 pixels on a screen of 320."""
LINE: Final = 20
MAX_LINES: Final = 3
"""Of a name; the text alternative has it in full."""
GAP: Final = 16
"""Between two names: those of one line are 36 units apart, at least 25 pixels, so that a finger can hit either."""
GROUP_GAP: Final = 12
"""Added before the name of the next group."""
SPINE: Final = WIDTH // 2
DOT: Final = 22
"""From the spine to where a branch ends,"""
TEXT: Final = 30
"""and to where its name begins."""
COLUMN: Final = (SPINE - TEXT - 2) / FONT
"""Width of a name at most, in ems."""
CENTRE_LINE: Final = 24
CENTRE: Final = (WIDTH - 20) / (FONT * 1.12)
"""Width of the name in the middle at most, in ems of bold letters."""
CENTRE_GAP: Final = 18
BEND: Final = 16
"""Radius with which a branch leaves the spine."""


class NeighbourGroup(msgspec.Struct, frozen=True):
    """Neighbours of one kind."""

    name: str
    labels: tuple[Label, ...]
    is_above: bool = False
    """The page belongs to them; otherwise the page leads to them."""
    is_chosen: bool = False
    """Curators chose them as what to read next."""


class NeighbourhoodView(msgspec.Struct, frozen=True):
    """The neighbourhood of an article or topic; the filter `draw` makes a picture of it."""

    title: str
    """Of the page itself."""
    groups: tuple[NeighbourGroup, ...]
    """Each neighbour is in one of them."""
    ties: tuple[tuple[int, int], ...]
    """Pairs of neighbours, counted from 0 through all groups, of which the first leads to the second."""

    @property
    def labels(self) -> tuple[Label, ...]:
        """Every neighbour."""
        return tuple(label for group in self.groups for label in group.labels)


class Lettering(msgspec.Struct, frozen=True):
    """A text in a picture."""

    x: int
    y: int
    """Base line of the first line; each further line is LINE units below."""
    lines: tuple[str, ...]
    is_left: bool
    """It ends at x; otherwise it begins there."""
    title: str = ""
    """The whole text where `lines` is shortened, else ""."""
    url: str = ""

    @property
    def top(self) -> int:
        """Upper edge of the first line."""
        return self.y - 15

    @property
    def bottom(self) -> int:
        """Lower edge of the last line."""
        return self.top + LINE * len(self.lines)


class NeighbourhoodPicture(msgspec.Struct, frozen=True):
    """A neighbourhood, ready to be drawn; paths are in the notation of SVG."""

    width: int
    height: int
    centre: Lettering
    """Centred on its place; its lines are CENTRE_LINE apart."""
    heads: tuple[Lettering, ...]
    """Names of groups."""
    labels: tuple[Lettering, ...]
    """From top to bottom, the left column of each half first."""
    chosen: str
    """Branches to what curators chose,"""
    others: str
    """and to the rest."""
    ties: str
    """Links from one neighbour to another, except those that would cross the name in the middle."""
    dots: str
    """Ends of the branches: lines of no length, which get round caps."""


class _ColumnEntry(msgspec.Struct, frozen=True):
    """A neighbour, or the name of a group, in a column; `top` counts from the column's top."""

    top: int
    lines: tuple[str, ...]
    text: str
    number: int
    """Number of the neighbour, counted through all groups; -1 for the name of a group."""
    url: str = ""
    is_chosen: bool = False


@dataclass(slots=True)
class _Column:
    """Names one below the other."""

    entries: list[_ColumnEntry]
    height: int = 0

    def add(self, text: str, number: int = -1, url: str = "", *, is_chosen: bool = False) -> None:
        """Add an entry at the end."""
        if number < 0 and self.entries:
            self.height += GROUP_GAP
        lines = wrap(text, COLUMN, MAX_LINES)
        self.entries.append(_ColumnEntry(self.height, lines, text, number, url, is_chosen))
        self.height += LINE * len(lines) + (GAP if number >= 0 else 6)


@dataclass(slots=True)
class _Drawing:
    """What has been placed so far."""

    heads: list[Lettering]
    labels: list[Lettering]
    ends: dict[int, tuple[int, int]]
    """Neighbour -> where its branch ends."""
    chosen: list[int]
    """Neighbours that curators chose."""


Numbered = list[tuple[NeighbourGroup, list[tuple[int, Label]]]]
"""Groups with their neighbours, which are numbered through all groups."""


def draw(view: NeighbourhoodView) -> NeighbourhoodPicture:
    """Lay out a neighbourhood as a picture, for inline SVG."""
    numbered = _numbered(view.groups)
    above = _columns([(g, n) for g, n in numbered if g.is_above])
    below = _columns([(g, n) for g, n in numbered if not g.is_above])
    drawing = _Drawing([], [], {}, [])
    upper = max((c.height for c in above), default=0)
    for column, is_left in zip(above, (True, False), strict=True):
        _place(column, upper - column.height, is_left, drawing)
    lines = wrap(view.title, CENTRE, MAX_LINES)
    start = upper + CENTRE_GAP if upper else 0
    end = start + CENTRE_LINE * len(lines)
    lower = end + CENTRE_GAP
    for column, is_left in zip(below, (True, False), strict=True):
        _place(column, lower, is_left, drawing)
    centre = Lettering(SPINE, start + 18, lines, is_left=False)
    height = lower + max((c.height for c in below), default=0)
    chosen = [drawing.ends[n] for n in drawing.chosen]
    others = [place for n, place in drawing.ends.items() if n not in drawing.chosen]
    edges = [(drawing.ends[a], drawing.ends[b]) for a, b in view.ties]
    return NeighbourhoodPicture(
        WIDTH, height, centre, tuple(drawing.heads), tuple(drawing.labels),
        _branches(chosen, start, end), _branches(others, start, end),
        "".join(_edge(one, other) for one, other in edges if (one[1] < start) == (other[1] < start)),
        "".join(f"M{x} {y}h0" for x, y in drawing.ends.values()),
    )  # fmt: skip


def _numbered(groups: Iterable[NeighbourGroup]) -> Numbered:
    numbered: Numbered = []
    count = 0
    for group in groups:
        numbered.append((group, list(enumerate(group.labels, count))))
        count += len(group.labels)
    return numbered


def _columns(groups: Numbered) -> tuple[_Column, _Column]:
    """Each group goes into the shorter column, the left one first; a single group fills both."""
    left, right = _Column([]), _Column([])
    if len(groups) == 1 and len(groups[0][1]) > 1:
        group, labels = groups[0]
        half = (len(labels) + 1) // 2
        _fill(left, group, labels[:half])
        _fill(right, group, labels[half:], with_name=False)
        return left, right
    for group, labels in groups:
        _fill(right if right.height < left.height else left, group, labels)
    return left, right


def _fill(
    column: _Column, group: NeighbourGroup, labels: Sequence[tuple[int, Label]], *, with_name: bool = True
) -> None:
    if with_name:
        column.add(group.name)
    else:
        column.height = LINE + 6  # level with the first name of the other column
    for number, label in labels:
        column.add(label.title, number, label.url, is_chosen=group.is_chosen)


def _place(column: _Column, top: int, is_left: bool, drawing: _Drawing) -> None:
    side = -1 if is_left else 1
    for entry in column.entries:
        y = top + entry.top
        title = entry.text if is_cut(entry.text, entry.lines) else ""
        text = Lettering(SPINE + side * TEXT, y + 15, entry.lines, is_left, title, entry.url)
        if entry.number < 0:
            drawing.heads.append(text)
            continue
        drawing.labels.append(text)
        drawing.ends[entry.number] = (SPINE + side * DOT, y + LINE // 2)
        if entry.is_chosen:
            drawing.chosen.append(entry.number)


def _branches(ends: Sequence[tuple[int, int]], start: int, end: int) -> str:
    """Up the spine from the upper edge of the middle, or down from its lower edge, and off it in a bend."""
    up = [y for _, y in ends if y < start]
    down = [y for _, y in ends if y > end]
    path = f"M{SPINE} {start - 6}V{min(up) + BEND}" if up else ""
    path += f"M{SPINE} {end + 2}V{max(down) - BEND}" if down else ""
    for x, y in ends:
        bend = BEND if y < start else -BEND
        path += f"M{SPINE} {y + bend}Q{SPINE} {y} {x} {y}"
    return path


def _edge(one: tuple[int, int], other: tuple[int, int]) -> str:
    """An arc beside the spine, or across it."""
    (x, y), (x2, y2) = one, other
    width = DOT * 2 // 3
    return f"M{x} {y}C{_towards_spine(x, width)} {y} {_towards_spine(x2, width)} {y2} {x2} {y2}"


def _towards_spine(x: int, step: int) -> int:
    return x + step if x < SPINE else x - step
