"""Maps of topics: nothing overlaps, all is inside, and what belongs together is near."""

from itertools import combinations, pairwise
from math import hypot
from random import Random
from xml.etree import ElementTree as ET

import pytest

from site_builder.pages.topic_maps import COLUMN, TALL, WIDE
from site_builder.render.site_view import Label
from site_builder.render.svg.topic_map.circles import Circle, enclosing, mirrored, pack_around, pack_in_strip
from site_builder.render.svg.topic_map.discs import Lettering, disc
from site_builder.render.svg.topic_map.draw_map import Area, Bridge, Ground, InnerArea, MapArea, Scale, Spot, draw_map
from site_builder.render.svg.topic_map.name_places import Shape, is_clear, place_names


def apart(one: Circle, other: Circle) -> float:
    """Room between two circles."""
    return hypot(one.x - other.x, one.y - other.y) - one.r - other.r


def radii(seed: int, count: int) -> list[float]:
    random = Random(seed)
    return [random.uniform(20, 90) for _ in range(count)]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 24])
@pytest.mark.parametrize("width", [340, 1024])
def test_circles_in_a_strip(count: int, width: float):
    sizes = radii(count, count)
    found = pack_in_strip(sizes, {(0, count - 1): 2.0} if count > 1 else {}, width, 10)
    assert [c.r for c in found] == sizes
    assert all(c.x - c.r >= -0.01 and c.x + c.r <= width + 0.01 and c.y >= c.r - 0.01 for c in found)
    assert all(apart(one, other) >= 9.99 for one, other in combinations(found, 2))


def test_a_circle_that_is_wider_than_the_strip_is_centred():
    (only,) = pack_in_strip([200.0], {}, 300, 10)
    assert (only.x, only.y) == (150, 200)
    assert pack_in_strip([], {}, 300, 10) == ()


def test_what_belongs_together_is_near():
    sizes = [60.0, 59.0, 58.0, 57.0, 56.0, 40.0]
    found = pack_in_strip(sizes, {(0, 5): 3.0}, 1000, 10)
    away = [apart(found[0], other) for other in found[1:]]
    assert away[-1] == pytest.approx(10)
    found = pack_in_strip(sizes, {(4, 5): 3.0}, 1000, 10)
    assert apart(found[4], found[5]) == pytest.approx(10)


@pytest.mark.parametrize("count", [1, 2, 3, 6, 12])
def test_circles_around_others(count: int):
    middle = disc("Regulation", "37", 3, Lettering(20, 9)).centred().cover()
    sizes = radii(count, count)
    found = pack_around(middle, sizes, 5)
    assert all(apart(one, other) >= 4.99 for one in found for other in middle)
    assert all(apart(one, other) >= 4.99 for one, other in combinations(found, 2))
    whole = enclosing((*middle, *found))
    assert all(hypot(c.x - whole.x, c.y - whole.y) + c.r <= whole.r + 0.01 for c in found)


def test_circles_are_mirrored_towards_their_goals():
    circles = (Circle(0, 0, 5), Circle(-20, -30, 5))
    assert mirrored(circles, [(1, 100, 100)])[1] == Circle(20, 30, 5)
    assert mirrored(circles, []) == circles


@pytest.mark.parametrize("points", [0, 1, 5, 80])
@pytest.mark.parametrize("title", ["EU", "Datenschutzgrundverordnungsanpassungsgesetz", "Language models in medicine"])
def test_a_disc_holds_its_points(points: int, title: str):
    found = disc(title, "12", points, Lettering(14, 9))
    assert len(found.points) == points
    assert all(hypot(x, y) + 9 <= found.radius for x, y in found.points)
    assert all(hypot(a[0] - b[0], a[1] - b[1]) >= 23.99 for a, b in combinations(found.points, 2))
    assert all(y > found.base_lines[-1] for _, y in found.points)
    assert disc(title, "12", points, Lettering(14, 9), 500.0).radius == 500.0


def test_a_long_word_is_whole_where_there_is_room():
    assert (
        disc("Datenschutz-Grundverordnung in Kraft", "12", 0, Lettering(14, 9)).lines[0]
        == "Datenschutz-Grundverordnung"
    )
    cut = disc("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz", "", 0, Lettering(13, 8))
    assert cut.radius < TALL.width / 2


def test_a_name_without_spaces_in_signs_of_full_width_is_broken_into_lines():
    name = "人工智能与医疗保健的监管政策和法律框架研究中心"
    found = disc(name, "8", 4, Lettering(20, 9))
    assert "".join(found.lines) == name
    assert len(found.lines) == 3
    assert found.width <= 20 * 10


def test_names_are_free_of_shapes_and_of_each_other():
    shapes = [Shape(100, 100, 100, 100), Shape(400, 100, 100, 100), Shape(250, 300, 60, 60)]
    found = place_names([(90.0, 20.0)] * 6, [(0, 1)] * 6, shapes, 500)
    placed = [one for one in found if one]
    assert len(placed) == 6
    assert not [1 for one in placed for shape in shapes if shape.meets(one)]
    assert not [1 for one, other in combinations(placed, 2) if one.meets(other)]
    assert all(200 - 45 <= one.x <= 300 + 45 for one in placed[:2])


def test_a_name_without_room_is_left_out():
    shapes = [Shape(250, 250, 10, 10), Shape(250, 250, 400, 400)]
    assert place_names([(40.0, 20.0)], [(0,)], shapes, 500) == (None,)


def test_lines_that_would_cross_a_third_shape():
    one, other, between = Shape(0, 0, 10, 10), Shape(100, 0, 10, 10), Shape(50, 5, 10, 10)
    assert not is_clear(one, other, [one, other, between])
    assert is_clear(one, other, [one, other, Shape(50, 15, 10, 10), Shape(130, 0, 10, 10)])


def ground(regions: int, inner: int = 0, spots: int = 3, names: int = 4, title: str = "Topic") -> Ground:
    """Topics of several sizes, some of them in others, and names that join neighbours."""

    def label(name: str, count: int) -> Label:
        return Label(f"{title} {name}", f"/{name}/", count)

    def points(name: str) -> tuple[Spot, ...]:
        titles = [Label(f"Article {n} & <{name}>", f"/{name}{n}/") for n in range(spots)]
        return tuple(Spot(one, n % 3, n % 2 == 0, n) for n, one in enumerate(titles))

    def inside(region: int) -> tuple[InnerArea, ...]:
        names = [f"i{region}-{n}" for n in range(inner)]
        return tuple(InnerArea(label(name, n + 2), points(name), (0,)) for n, name in enumerate(names))

    areas = [Area(label(f"r{n}", 10 * n + 3), 10 * n + 3, points(f"r{n}"), inside(n)) for n in range(regions)]
    shared = tuple((a, b, a + b) for a, b in pairwise(range(regions)))
    bridges = [Bridge(Label(f"Name {n}", f"/e{n}/"), (n % regions, (n + 1) % regions)) for n in range(names)]
    return Ground(tuple(areas), shared, tuple(bridges))


GROUNDS = {
    "one": ground(1),
    "empty": ground(1, spots=0, names=0),
    "demonstration": ground(7, 4),
    "many": ground(24, 1, 2),
    "long words": ground(5, 3, title="Arzneimittelzulassungsverfahrensbeschleunigung"),
    "narrower": ground(3, 7, 12),
    "crowded": ground(2, 0, 80),
}


@pytest.mark.parametrize("is_sized", [False, True])
@pytest.mark.parametrize("scale", [WIDE, TALL, COLUMN], ids=["wide", "tall", "column"])
@pytest.mark.parametrize("name", GROUNDS)
def test_a_map_holds_everything_without_overlap(name: str, scale: Scale, is_sized: bool):
    found = draw_map(GROUNDS[name], scale, is_sized=is_sized)
    assert found == draw_map(GROUNDS[name], scale, is_sized=is_sized)
    outer = [area for area in found.areas if not area.is_inner]
    assert len(outer) == len(GROUNDS[name].areas)
    for area in found.areas:
        assert area.x - area.width // 2 >= -1
        assert area.x + area.width // 2 <= found.width + 1
        assert area.y - area.height // 2 >= -1
        assert area.y + area.height // 2 <= found.height + 1
    assert not [1 for one, other in combinations(outer, 2) if overlap(one, other)]
    inner = [area for area in found.areas if area.is_inner]
    assert not [1 for one, other in combinations(inner, 2) if overlap(one, other)]
    for one, other in combinations(found.points, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= 22.5
    for point in found.points:
        assert 0 < point.x < found.width
        assert all(0 < y <= found.height for y, _ in point.text.lines)


def overlap(one: MapArea, other: MapArea) -> bool:
    """Whether two areas overlap by more than rounding."""
    if one.width == one.height and other.width == other.height:
        return hypot(one.x - other.x, one.y - other.y) < (one.width + other.width) / 2 - 3
    across = abs(one.x - other.x) < (one.width + other.width) / 2 - 2
    return across and abs(one.y - other.y) < (one.height + other.height) / 2 - 2


def test_a_topic_too_wide_for_a_phone_is_as_wide_as_the_map():
    found = draw_map(ground(1, 7, 12), TALL, is_sized=False)
    outer = found.areas[0]
    assert outer.width == TALL.width < outer.height


def test_topics_are_sized_by_their_articles_where_not_all_are_drawn():
    found = draw_map(ground(6, spots=0, names=0), WIDE, is_sized=True)
    sizes = [area.width for area in found.areas]
    assert sizes == sorted(sizes)
    assert sizes[-1] > 1.5 * sizes[0]


def test_svg_needs_no_more_than_ascii_paths():
    found = draw_map(GROUNDS["demonstration"], WIDE, is_sized=False)
    for path in (*found.bands, found.threads, *(path for *_, path in found.dots)):
        ET.fromstring(f'<path d="{path}"/>')
        assert "." not in path
