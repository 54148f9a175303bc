"""Circles packed without overlap: in a strip of a given width, or around one of them; the near ones beside each other.

Only sums, products and square roots are used, which every machine rounds in the same way, and no `sum()`, which adds
floats differently from Python 3.12 on.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

EPSILON: Final = 1e-6
"""Overlap that is due to rounding."""

_AROUND: Final = ((0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0))

Pull = Mapping[tuple[int, int], float]
"""Two numbers of circles, the lower first -> how strongly they belong together."""
Cost = Callable[["Circle"], float]


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle by its centre and radius."""

    x: float
    y: float
    r: float

    def moved(self, dx: float, dy: float) -> "Circle":
        """The same elsewhere."""
        return Circle(self.x + dx, self.y + dy, self.r)

    def of_radius(self, radius: float) -> "Circle":
        """Another one at its centre."""
        return Circle(self.x, self.y, radius)


def distance(one: Circle, other: Circle) -> float:
    """Between the centres."""
    dx, dy = one.x - other.x, one.y - other.y
    return math.sqrt(dx * dx + dy * dy)


def pack_in_strip(radii: Sequence[float], pull: Pull, width: float, gap: float) -> tuple[Circle, ...]:
    """Circles of these radii in a strip from x = 0 to `width`, from y = 0 down, in the order given.

    The large ones are placed first; each where it adds least to the height and is nearest to those it belongs to. A
    circle wider than the strip is centred. The whole is centred in the strip.
    """
    placed: dict[int, Circle] = {}
    for number in _by_size(radii):
        others = list(placed.values())
        near = [(placed[n], weight) for n, weight in _pulled(number, pull) if n in placed]
        cost = _cost(near, lambda c: c.y + c.r)
        places = _in_strip(others, radii[number], width, gap)
        placed[number] = _cheapest(places, others, gap, cost) or _below(others, radii[number], width, gap)
    left = min((c.x - c.r for c in placed.values()), default=0.0)
    right = max((c.x + c.r for c in placed.values()), default=width)
    shift = (width - left - right) / 2
    return tuple(placed[n].moved(shift, 0.0) for n in range(len(radii)))


def pack_around(middle: Sequence[Circle], radii: Sequence[float], gap: float) -> tuple[Circle, ...]:
    """Circles of these radii around those in the middle, all as near to each other as they can."""
    placed: dict[int, Circle] = {}
    for number in _by_size(radii):
        others = [*middle, *placed.values()]
        cost = _cost([(_centre(others), 1.0)], lambda c: c.r)
        found = _cheapest(_beside(others, radii[number], gap), others, gap, cost)
        placed[number] = found or Circle(0.0, max(c.y + c.r for c in others) + gap + radii[number], radii[number])
    return tuple(placed[n] for n in range(len(radii)))


def _centre(circles: Sequence[Circle]) -> Circle:
    """Of gravity."""
    x, y, whole = 0.0, 0.0, 0.0
    for circle in circles:
        weight = circle.r * circle.r
        x, y, whole = x + weight * circle.x, y + weight * circle.y, whole + weight
    return Circle(x / whole, y / whole, 0.0)


def enclosing(circles: Sequence[Circle]) -> Circle:
    """A circle around all of these, nearly the smallest one."""
    x = (min(c.x - c.r for c in circles) + max(c.x + c.r for c in circles)) / 2
    y = (min(c.y - c.r for c in circles) + max(c.y + c.r for c in circles)) / 2
    for step in range(1, 100):
        here = Circle(x, y, 0.0)
        far = max(circles, key=lambda c: (distance(here, c) + c.r, c.x, c.y))
        x += (far.x - x) / (step + 2)
        y += (far.y - y) / (step + 2)
    middle = Circle(x, y, 0.0)
    return Circle(x, y, max(distance(middle, c) + c.r for c in circles))


def mirrored(circles: Sequence[Circle], goals: Sequence[tuple[int, float, float]]) -> tuple[Circle, ...]:
    """The circles as they are or mirrored at (0, 0), so that some are nearest to their goals: (number, x, y)."""
    best, least = tuple(circles), math.inf
    for across, down in ((1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)):
        found = tuple(Circle(across * c.x, down * c.y, c.r) for c in circles)
        total = 0.0
        for number, x, y in goals:
            total += distance(found[number], Circle(x, y, 0.0))
        if total < least - EPSILON:
            best, least = found, total
    return best


def _by_size(radii: Sequence[float]) -> list[int]:
    return sorted(range(len(radii)), key=lambda n: (-radii[n], n))


def _pulled(number: int, pull: Pull) -> Iterator[tuple[int, float]]:
    for (one, other), weight in pull.items():
        if number in (one, other):
            yield (other if number == one else one), weight


def _cost(near: Sequence[tuple[Circle, float]], first: Cost) -> Cost:
    """What a place costs: `first`, and the mean distance to the circles it belongs to."""
    whole = 0.0
    for _, weight in near:
        whole += weight

    def cost(circle: Circle) -> float:
        away = 0.0
        for other, weight in near:
            away += weight * distance(circle, other)
        return first(circle) + (away / whole if whole else 0.0)

    return cost


def _cheapest(places: Iterable[Circle], others: Sequence[Circle], gap: float, cost: Cost) -> Circle | None:
    ranked = sorted((round(cost(c), 3), round(c.y, 3), round(c.x, 3), c.x, c.y, c.r) for c in places)
    found = (Circle(x, y, r) for *_, x, y, r in ranked)
    return next((c for c in found if all(_is_apart(c, other, gap) for other in others)), None)


def _is_apart(one: Circle, other: Circle, gap: float) -> bool:
    dx, dy, least = one.x - other.x, one.y - other.y, one.r + other.r + gap - EPSILON
    return dx * dx + dy * dy >= least * least


def _in_strip(others: Sequence[Circle], radius: float, width: float, gap: float) -> Iterator[Circle]:
    """Places that touch two of: the walls, the top, the circles that are there."""
    if 2 * radius > width:
        return
    walls = (radius, width - radius)
    yield from (Circle(x, radius, radius) for x in walls)
    for other in others:
        reach = other.r + radius + gap
        for x in walls:
            if abs(x - other.x) <= reach:
                yield Circle(x, other.y + math.sqrt(reach * reach - (x - other.x) * (x - other.x)), radius)
        if abs(radius - other.y) <= reach:
            side = math.sqrt(reach * reach - (radius - other.y) * (radius - other.y))
            yield from (c for c in (Circle(other.x + s, radius, radius) for s in (-side, side)) if _is_inside(c, width))
    yield from (c for c in _beside(others, radius, gap) if _is_inside(c, width))


def _is_inside(circle: Circle, width: float) -> bool:
    return circle.r - EPSILON <= circle.x <= width - circle.r + EPSILON and circle.y >= circle.r - EPSILON


def _beside(others: Sequence[Circle], radius: float, gap: float) -> Iterator[Circle]:
    """Places that touch two circles. Where there is only one, those at its sides."""
    if len(others) == 1:
        only, reach = others[0], others[0].r + radius + gap
        yield from (only.moved(across * reach, down * reach).of_radius(radius) for across, down in _AROUND)
    for one, other in combinations(others, 2):
        far, reach, other_reach = distance(one, other), one.r + radius + gap, other.r + radius + gap
        if not 0 < far <= reach + other_reach:
            continue
        along = (reach * reach - other_reach * other_reach + far * far) / (2 * far)
        high = reach * reach - along * along
        if high < 0:
            continue
        dx, dy, up = (other.x - one.x) / far, (other.y - one.y) / far, math.sqrt(high)
        for side in (up, -up):
            yield Circle(one.x + along * dx - side * dy, one.y + along * dy + side * dx, radius)


def _below(others: Sequence[Circle], radius: float, width: float, gap: float) -> Circle:
    lowest = max((c.y + c.r + gap for c in others), default=0.0)
    return Circle(width / 2, lowest + radius, radius)
