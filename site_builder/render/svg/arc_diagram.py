"""Topics as a diagram: one below the other, with arcs between those that occur together. Pure, in whole units.

A unit is a pixel where there is room; in the 284 pixels of the narrowest phone, letters are 12 pixels high.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from site_builder.render.site_view import Label
from site_builder.render.svg.text_metrics import text_width, wrap

WIDTH: Final = 400
FONT: Final = 17
"""Height of the letters: 17 × 284 / 400 = 12 pixels on a screen of 320."""
ROW: Final = 36
"""At least 25 pixels, so that a finger can hit either of two names."""
AXIS: Final = 100
"""Where arcs begin and end."""
TEXT: Final = 110
INDENT: Final = 16
"""Of a narrower topic, for each level down to MAX_DEPTH."""
MAX_DEPTH: Final = 3
ARC_WIDTH: Final = 28
"""How far out the control points of an arc between adjacent rows are; the arc itself goes three quarters as far."""
ARC_WIDTH_PER_ROW: Final = 9
"""How much further for each row between the two."""
MAX_ARC_WIDTH: Final = 128
"""At most, so that the arc stays inside the diagram."""


class ArcLabel(msgspec.Struct, frozen=True):
    """A topic in the diagram of all topics."""

    label: Label
    x: int
    y: int
    """Base line."""
    text: str
    """Its title, shortened where there is no room."""


class ArcsView(msgspec.Struct, frozen=True):
    """Topics one below the other, with arcs between those that occur together; paths are in the notation of SVG."""

    width: int
    height: int
    labels: tuple[ArcLabel, ...]
    bows: tuple[str, ...]
    """The weak, the medium and the strong arcs."""


def arcs(topics: Sequence[tuple[Label, int]], edges: Sequence[tuple[int, int, int]]) -> ArcsView:
    """Draw topics, each with its depth, and edges between two of them by number, each with its weight."""
    labels = tuple(_label(label, depth, row) for row, (label, depth) in enumerate(topics))
    heaviest = max((weight for _, _, weight in edges), default=1)
    by_weight = ["", "", ""]
    for one, other, weight in edges:
        by_weight[min(2, weight * 3 // (heaviest + 1))] += _arc(min(one, other), max(one, other))
    return ArcsView(WIDTH, ROW * len(topics), labels, tuple(by_weight))


def _label(label: Label, depth: int, row: int) -> ArcLabel:
    x = TEXT + INDENT * min(depth, MAX_DEPTH)
    count = f" {label.count}" if label.count is not None else ""
    room = (WIDTH - 2 - x) / FONT - text_width(count)
    return ArcLabel(label, x, row * ROW + 24, wrap(label.title, room, 1)[0])


def _arc(one: int, other: int) -> str:
    """From the middle of one row to that of another."""
    y, y2 = (row * ROW + ROW // 2 for row in (one, other))
    x = AXIS - min(MAX_ARC_WIDTH, ARC_WIDTH + ARC_WIDTH_PER_ROW * (other - one))
    return f"M{AXIS} {y}C{x} {y} {x} {y2} {AXIS} {y2}"
