"""Topics as a picture: one below the other, with bows between those that go together. Pure, in whole units.

The measures are those of `pages.layout`, so that letters are as high and a finger hits as well.
"""

from collections.abc import Sequence
from typing import Final

from site_builder.pages.parts import ArcLabel, ArcsView, Label
from site_builder.render.svg.neighbourhood_svg import FONT, WIDTH
from site_builder.render.svg.text_metrics import text_width, wrap

ROW: Final = 36
AXIS: Final = 100
"""Where bows begin and end."""
TEXT: Final = 110
INDENT: Final = 16
"""Of a narrower topic, for each step at most DEEPEST times."""
DEEPEST: Final = 3
BOW: Final = 28
"""How far a bow between two that stand together goes out, and each further row a little more,"""
FURTHER: Final = 9
WIDEST: Final = 128
"""but no further than the edge: of a bow's four points the inner two, which it reaches to three quarters."""


def arcs(topics: Sequence[tuple[Label, int]], ties: Sequence[tuple[int, int, int]]) -> ArcsView:
    """Draw topics, each with its depth, and ties between two of them, each with its weight."""
    labels = tuple(_label(label, depth, row) for row, (label, depth) in enumerate(topics))
    heaviest = max((weight for _, _, weight in ties), default=1)
    bows = ["", "", ""]
    for one, other, weight in ties:
        bows[min(2, weight * 3 // (heaviest + 1))] += _bow(min(one, other), max(one, other))
    return ArcsView(WIDTH, ROW * len(topics), labels, tuple(bows))


def _label(label: Label, depth: int, row: int) -> ArcLabel:
    x = TEXT + INDENT * min(depth, DEEPEST)
    count = f" {label.count}" if label.count is not None else ""
    room = (WIDTH - 2 - x) / FONT - text_width(count)
    return ArcLabel(label, x, row * ROW + 24, wrap(label.title, room, 1)[0])


def _bow(one: int, other: int) -> str:
    """From the middle of one row to that of another."""
    y, y2 = (row * ROW + ROW // 2 for row in (one, other))
    x = AXIS - min(WIDEST, BOW + FURTHER * (other - one))
    return f"M{AXIS} {y}C{x} {y} {x} {y2} {AXIS} {y2}"
