"""A map of topics at one width: from what stands on it to whole numbers that a template draws.

Topics are circles, with their narrower topics and their articles inside; names of what joins them stand between them.
What belongs together lies near each other, as far as there is room: see `circles`.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from site_builder.render.site_view import Label
from site_builder.render.svg.text_metrics import text_width, wrap
from site_builder.render.svg.topic_map.circles import Circle, enclosing, mirrored, pack_around, pack_in_strip
from site_builder.render.svg.topic_map.discs import Disc, Lettering, block, disc
from site_builder.render.svg.topic_map.name_places import Shape, is_clear, place_names

RIM: Final = 8.0
"""Between the edge of a topic and what is in it."""
INNER_GAP: Final = 5.0
INNER_SHARE: Final = 0.6
"""Of the radius that a topic with as many articles has on its own: so that narrower topics fit into broad ones."""
MAX_RADIUS: Final = 160.0
"""Of a topic that is sized by its articles."""
MIN_LARGE: Final = 55.0
"""Radius of a topic from which its name is set in the large letters, where topics are sized by their articles."""
TITLE_LINE: Final = 1.4
"""Height of a line of a title, which has a broad edge in the colour of the paper."""
MAX_BAND: Final = 3
"""Widths of the bands between topics."""
SIZES: Final = 3
"""Of points: seldom, often and most often linked to."""


class Spot(msgspec.Struct, frozen=True):
    """An article on the map."""

    label: Label
    size: int
    """0 to SIZES - 1; those of the largest have a number."""
    is_new: bool
    number: int = 0
    """In the key below the map; 0 for none."""


class InnerArea(msgspec.Struct, frozen=True):
    """A narrower topic on the map, in a broad one."""

    label: Label
    """With the number of its articles."""
    spots: tuple[Spot, ...] = ()
    """Those of its articles that are drawn."""
    beside: tuple[int, ...] = ()
    """Numbers of other topics that it belongs to as well."""


class Area(msgspec.Struct, frozen=True):
    """A topic on the map."""

    label: Label
    """With the number of its articles."""
    weight: int
    """The number that it is sized by: of those in no other topic, where its label has none."""
    spots: tuple[Spot, ...] = ()
    """Those of its articles that are drawn and in no narrower topic."""
    inner: tuple[InnerArea, ...] = ()
    """The narrower topics that are drawn in it."""


class Bridge(msgspec.Struct, frozen=True):
    """An organisation, person or law whose articles are in several topics."""

    label: Label
    ends: tuple[int, ...]
    """Numbers of these topics."""


class Ground(msgspec.Struct, frozen=True):
    """What stands on a map."""

    areas: tuple[Area, ...]
    shared: tuple[tuple[int, int, int], ...]
    """Two of them, and the number of articles that are in both."""
    bridges: tuple[Bridge, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A width, and the size of letters that can be read there."""

    width: int
    broad: Lettering
    narrow: Lettering
    name: Lettering
    gap: float
    filled: float
    """Square units that topics take together where they are sized by the number of their articles."""


class MapText(msgspec.Struct, frozen=True):
    """A name in lines."""

    x: int
    lines: tuple[tuple[int, str], ...]
    """Base line, and text."""


class MapArea(msgspec.Struct, frozen=True):
    """A topic as a circle, or as a rectangle with round corners where a circle is too wide."""

    label: Label
    x: int
    y: int
    """Its centre."""
    width: int
    height: int
    text: MapText
    is_large: bool
    """Whether its name is set in the large letters,"""
    is_inner: bool
    """and whether it lies in another topic."""


class MapPoint(msgspec.Struct, frozen=True):
    """An article as a point, with its title for whoever asks for it."""

    label: Label
    x: int
    y: int
    is_new: bool
    number: int
    text: MapText


class MapName(msgspec.Struct, frozen=True):
    """A name between topics."""

    label: Label
    text: MapText


class MapView(msgspec.Struct, frozen=True):
    """A map at one width; paths are in the notation of SVG."""

    width: int
    height: int
    fonts: tuple[int, int, int]
    """Of broad topics; of narrower topics and titles; of names."""
    bands: tuple[str, ...]
    """Between topics that share articles: few, more and most."""
    threads: str
    """From names to topics."""
    areas: tuple[MapArea, ...]
    """Each before those in it."""
    names: tuple[MapName, ...]
    dots: tuple[tuple[int, bool, str], ...]
    """Size, whether they are new, and points as a path without length."""
    points: tuple[MapPoint, ...]


def draw_map(ground: Ground, scale: Scale, *, is_sized: bool) -> MapView:
    """Lay out a map; where not all articles are drawn, topics are to be sized by their number."""
    unit = _unit([area.weight for area in ground.areas], scale) if is_sized else 0.0
    regions = [_region(area, scale, unit) for area in ground.areas]
    shapes = _placed(regions, ground, scale)
    names = [disc(bridge.label.title, "", 0, scale.name).centred() for bridge in ground.bridges]
    sizes = [(name.width + 10, name.bottom - name.top + 4) for name in names]
    boxes = place_names(sizes, [bridge.ends for bridge in ground.bridges], shapes, scale.width)
    height = math.ceil(max((s.y + s.half_height for s in (*shapes, *filter(None, boxes))), default=0.0))
    areas: list[MapArea] = []
    spots: list[tuple[Spot, float, float]] = []
    for area, region, shape in zip(ground.areas, regions, shapes, strict=True):
        for one, found, circle in _inside(area, region, shape, shapes):
            edge = shape if one is area else Shape(circle.x, circle.y, circle.r, circle.r)
            is_inner = one is not area
            areas.append(_area(one, found, circle, edge, is_large=region.is_large and not is_inner, is_inner=is_inner))
            spots += ((spot, circle.x + x, circle.y + y) for spot, (x, y) in zip(one.spots, found.points, strict=True))
    return MapView(
        scale.width,
        height,
        (scale.broad.font, scale.narrow.font, scale.name.font),
        _bands(ground, shapes),
        _threads(ground, boxes, shapes),
        tuple(areas),
        tuple(
            MapName(bridge.label, _text(name, Circle(box.x, box.y, 0.0)))
            for bridge, name, box in zip(ground.bridges, names, boxes, strict=True)
            if box
        ),
        tuple(_dots(spots)),
        tuple(_point(*spot, scale, height) for spot in spots),
    )


def _unit(counts: Sequence[int], scale: Scale) -> float:
    """Radius of a topic with one article: so that all fill the map together, and the largest fits into its width."""
    largest = min(MAX_RADIUS, scale.width / 2) / math.sqrt(max(1, *counts))
    return min(largest, math.sqrt(scale.filled / 3.14 / max(1, sum(counts))))


@dataclass(frozen=True, slots=True)
class _Region:
    """A topic with what is in it, around (0, 0)."""

    is_large: bool
    """Whether its name is set in the large letters."""
    half_width: float
    half_height: float
    discs: tuple[Disc, ...]
    """Its own, and those of the narrower topics."""
    circles: tuple[Circle, ...]

    @property
    def is_round(self) -> bool:
        """Whether it is a circle."""
        return self.half_width == self.half_height


def _region(area: Area, scale: Scale, unit: float) -> _Region:
    """`unit`: radius of a topic with one article at least; it grows with the square root of their number."""
    lettering = scale.broad if area.inner or _is_large(area, unit) else scale.narrow
    own = disc(*_titled(area), len(area.spots), lettering, 0.0 if area.inner else _least(area, unit))
    if not area.inner and 2 * own.radius > scale.width:
        return _slab(area, (), scale)
    if not area.inner:
        return _Region(lettering is scale.broad, own.radius, own.radius, (own,), (Circle(0.0, 0.0, own.radius),))
    own = own.centred()
    inner = [disc(*_titled(one), len(one.spots), scale.narrow, _least(one, unit) * INNER_SHARE) for one in area.inner]
    radii = [found.radius for found in inner]
    cover = own.cover()
    around = pack_around(cover, radii, INNER_GAP)
    whole = enclosing((*cover, *around))
    radius = max(whole.r + RIM, _least(area, unit))
    if 2 * radius > scale.width:
        return _slab(area, inner, scale)
    circles = tuple(circle.moved(-whole.x, -whole.y) for circle in (Circle(0.0, 0.0, own.radius), *around))
    return _Region(True, radius, radius, (own, *inner), circles)


def _slab(area: Area, inner: Sequence[Disc], scale: Scale) -> _Region:
    """A topic as wide as the map: its name and its articles above the narrower topics."""
    own = block(*_titled(area), len(area.spots), scale.broad, scale.width - 4 * RIM).centred()
    packed = pack_in_strip([found.radius for found in inner], {}, scale.width - 2 * RIM, INNER_GAP)
    head = own.bottom - own.top + 2 * RIM
    height = head + max((c.y + c.r for c in packed), default=0.0) + RIM
    left, top = RIM - scale.width / 2, head - height / 2
    title = Circle(0.0, RIM * 1.5 - height / 2 - own.top, own.radius)
    circles = (title, *(circle.moved(left, top) for circle in packed))
    return _Region(True, scale.width / 2, height / 2, (own, *inner), circles)


def _placed(regions: Sequence[_Region], ground: Ground, scale: Scale) -> tuple[Shape, ...]:
    """Those as wide as the map above each other, and the others below them."""
    shapes: dict[int, Shape] = {}
    top = 0.0
    for number, region in enumerate(regions):
        if not region.is_round:
            shapes[number] = Shape(scale.width / 2, top + region.half_height, region.half_width, region.half_height)
            top += 2 * region.half_height + scale.gap
    others = [number for number, region in enumerate(regions) if region.is_round]
    numbers = {number: place for place, number in enumerate(others)}
    pull = {
        (numbers[one], numbers[other]): float(count)
        for one, other, count in ground.shared
        if one in numbers and other in numbers
    }
    packed = pack_in_strip([regions[n].half_width for n in others], pull, scale.width, scale.gap)
    for number, circle in zip(others, packed, strict=True):
        shapes[number] = Shape(circle.x, circle.y + top, circle.r, circle.r)
    return tuple(shapes[number] for number in range(len(regions)))


def _titled(area: Area | InnerArea) -> tuple[str, str]:
    return area.label.title, "" if area.label.count is None else str(area.label.count)


def _is_large(area: Area, unit: float) -> bool:
    """Small topics have small names where topics are sized, or these would decide about the size."""
    return not unit or _least(area, unit) >= MIN_LARGE


def _least(area: Area | InnerArea, unit: float) -> float:
    return unit * math.sqrt(area.weight if isinstance(area, Area) else area.label.count or 0)


def _inside(
    area: Area, region: _Region, shape: Shape, shapes: Sequence[Shape]
) -> Iterator[tuple[Area | InnerArea, Disc, Circle]]:
    """A topic and what is in it, mirrored so that a narrower topic lies near its other broader topics."""
    goals = [
        (number, shapes[other].x - shape.x, shapes[other].y - shape.y)
        for number, one in enumerate(area.inner, 1)
        for other in one.beside
    ]
    circles = mirrored(region.circles, goals) if region.is_round else region.circles
    topics: tuple[Area | InnerArea, ...] = (area, *area.inner)
    for one, found, circle in zip(topics, region.discs, circles, strict=True):
        yield one, found, circle.moved(shape.x, shape.y)


def _area(
    area: Area | InnerArea, found: Disc, circle: Circle, edge: Shape, *, is_large: bool, is_inner: bool
) -> MapArea:
    width, height = round(2 * edge.half_width), round(2 * edge.half_height)
    text = _text(found, circle)
    return MapArea(area.label, round(edge.x), round(edge.y), width, height, text, is_large, is_inner)


def _text(found: Disc, circle: Circle) -> MapText:
    lines = zip(found.base_lines, found.lines, strict=True)
    return MapText(round(circle.x), tuple((round(circle.y + y), line) for y, line in lines))


def _bands(ground: Ground, shapes: Sequence[Shape]) -> tuple[str, ...]:
    most = max((count for *_, count in ground.shared), default=1)
    bands = [""] * MAX_BAND
    for one, other, count in ground.shared:
        if is_clear(shapes[one], shapes[other], shapes):
            bands[min(MAX_BAND - 1, count * MAX_BAND // (most + 1))] += _line(shapes[one], shapes[other])
    return tuple(bands)


def _threads(ground: Ground, boxes: Sequence[Shape | None], shapes: Sequence[Shape]) -> str:
    named = ((box, bridge.ends) for bridge, box in zip(ground.bridges, boxes, strict=True) if box)
    lines = ((box, shapes[end]) for box, ends in named for end in ends)
    return "".join(_line(box, shape) for box, shape in lines if is_clear(box, shape, shapes))


def _line(one: Shape, other: Shape) -> str:
    return f"M{round(one.x)} {round(one.y)}L{round(other.x)} {round(other.y)}"


def _dots(spots: Sequence[tuple[Spot, float, float]]) -> Iterator[tuple[int, bool, str]]:
    for is_new in (False, True):
        for size in range(SIZES):
            path = "".join(f"M{round(x)} {round(y)}h0" for s, x, y in spots if (s.size, s.is_new) == (size, is_new))
            if path:
                yield size, is_new, path


def _point(spot: Spot, x: float, y: float, scale: Scale, height: int) -> MapPoint:
    """The title stands above the point, or below it where there is no room, and inside the map."""
    font = scale.narrow.font
    lines = wrap(spot.label.title, min(26.0, (scale.width - 12) / font), 3)
    half = max(text_width(line) for line in lines) * font / 2 + 4
    middle = min(max(x, half), max(half, scale.width - half))
    step = font * TITLE_LINE
    above = y - 19 - step * (len(lines) - 1)
    top = above if above > font else min(y + 19 + font, height - 4 - step * (len(lines) - 1))
    text = MapText(round(middle), tuple((round(top + step * n), line) for n, line in enumerate(lines)))
    return MapPoint(spot.label, round(x), round(y), spot.is_new, spot.number, text)
