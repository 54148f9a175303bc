"""Names in the gaps between shapes, each in the free place nearest to those it belongs to; which lines are clear."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

STEP: Final = 12
"""Between places that are tried, across and down."""
AROUND: Final = 90
"""How far beyond the middles of the shapes that a name belongs to it is looked for."""
FAR_DOWN: Final = 4.0
"""What a unit of height costs that a name adds to the map, in units of distance."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A circle, or a rectangle with round corners: around (x, y), as far as `half_width` and `half_height`."""

    x: float
    y: float
    half_width: float
    half_height: float

    @property
    def is_round(self) -> bool:
        """Whether it is a circle."""
        return self.half_width == self.half_height

    def away(self, x: float, y: float) -> float:
        """Distance of a place from its edge; 0 inside."""
        if self.is_round:
            dx, dy = x - self.x, y - self.y
            return max(0.0, math.sqrt(dx * dx + dy * dy) - self.half_width)
        dx = max(0.0, abs(x - self.x) - self.half_width)
        dy = max(0.0, abs(y - self.y) - self.half_height)
        return math.sqrt(dx * dx + dy * dy)

    def meets(self, other: "Shape") -> bool:
        """Whether a rectangle overlaps it."""
        if not self.is_round:
            across = abs(self.x - other.x) < self.half_width + other.half_width
            return across and abs(self.y - other.y) < self.half_height + other.half_height
        dx = max(0.0, abs(self.x - other.x) - other.half_width)
        dy = max(0.0, abs(self.y - other.y) - other.half_height)
        return dx * dx + dy * dy < self.half_width * self.half_width


def place_names(
    sizes: Sequence[tuple[float, float]], ends: Sequence[Sequence[int]], shapes: Sequence[Shape], width: float
) -> tuple[Shape | None, ...]:
    """A rectangle for each name of a size (width, height): free of shapes and of other names, near all of its `ends`.

    Those are numbers of shapes. None for a name that finds no room near them.
    """
    height = max((s.y + s.half_height for s in shapes), default=0.0)
    placed: list[Shape] = []
    places: list[Shape | None] = []
    for (across, down), near in zip(sizes, ends, strict=True):
        goals = [shapes[number] for number in near]
        ranked = sorted(_places(goals, across / 2, down / 2, width, height))
        taken = [*shapes, *placed]
        free = (Shape(x, y, across / 2, down / 2) for _, y, x in ranked)
        found = next((one for one in free if not any(other.meets(one) for other in taken)), None)
        if found is not None:
            placed.append(found)
        places.append(found)
    return tuple(places)


def is_clear(one: Shape, other: Shape, shapes: Sequence[Shape]) -> bool:
    """Whether a line between the middles of two shapes crosses none of the others."""
    return not any(_crosses(one, other, third) for third in shapes if third not in (one, other))


def _crosses(one: Shape, other: Shape, third: Shape) -> bool:
    dx, dy = other.x - one.x, other.y - one.y
    length = dx * dx + dy * dy
    along = ((third.x - one.x) * dx + (third.y - one.y) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return third.away(one.x + along * dx, one.y + along * dy) == 0.0


def _places(
    goals: Sequence[Shape], half_width: float, half_height: float, width: float, height: float
) -> Iterator[tuple[float, float, float]]:
    """What a place costs, and its y and x, in a grid around the middles of the goals, and down to below the map."""
    left = max(half_width, min(goal.x for goal in goals) - AROUND)
    right = min(max(half_width, width - half_width), max(goal.x for goal in goals) + AROUND)
    top = max(half_height, min(goal.y for goal in goals) - AROUND)
    bottom = max(goal.y + goal.half_height for goal in goals) + AROUND
    for row in range(int((bottom - top) // STEP) + 1):
        y = top + row * STEP
        lower = FAR_DOWN * max(0.0, y + half_height - height)
        for column in range(int(max(0.0, right - left) // STEP) + 1):
            x = left + column * STEP
            cost = lower
            for goal in goals:
                cost += goal.away(x, y)
            yield round(cost, 3), y, x
