"""Pictures in which nothing lies on anything else, whatever the names."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.render.site_view import Label
from site_builder.render.svg.arc_diagram import ROW, arcs
from site_builder.render.svg.neighbourhood_svg import (
    CENTRE,
    CENTRE_LINE,
    COLUMN,
    FONT,
    MAX_LINES,
    SPINE,
    TEXT,
    WIDTH,
    Lettering,
    NeighbourGroup,
    NeighbourhoodView,
    draw,
)
from site_builder.render.svg.text_metrics import ELLIPSIS, is_cut, text_width, wrap

TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=160).filter(
    lambda text: bool(text.split())
)
LABELS = st.builds(Label, TITLES, st.just("/articles/a/"))
GROUPS = st.builds(
    NeighbourGroup,
    st.sampled_from(["Read next", "In the same articles", "Topics"]),
    st.lists(LABELS, min_size=1, max_size=6).map(tuple),
    st.booleans(),
    st.booleans(),
)


@st.composite
def views(draw_: st.DrawFn) -> NeighbourhoodView:
    groups = draw_(st.lists(GROUPS, min_size=1, max_size=5))
    count = sum(len(g.labels) for g in groups)
    numbers = st.integers(0, count - 1)
    ties = draw_(st.lists(st.tuples(numbers, numbers), max_size=4))
    return NeighbourhoodView(draw_(TITLES), tuple(groups), tuple(ties))


Box = tuple[float, int, float, int]


def box(text: Lettering) -> Box:
    width = max(text_width(line) for line in text.lines) * FONT
    left = text.x - width if text.is_left else text.x
    return (left, text.top, left + width, text.bottom)


def centre_box(text: Lettering) -> Box:
    width = max(text_width(line) for line in text.lines) * FONT * 1.12
    return (SPINE - width / 2, text.y - 18, SPINE + width / 2, text.y - 18 + CENTRE_LINE * len(text.lines))


def do_overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@settings(deadline=None)
@given(views())
def test_no_text_lies_on_another_or_beyond_the_edge(view: NeighbourhoodView):
    picture = draw(view)
    boxes = [*map(box, (*picture.heads, *picture.labels)), centre_box(picture.centre)]
    assert [(a, b) for a, b in combinations(boxes, 2) if do_overlap(a, b)] == []
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert top >= 0
        assert right <= WIDTH
        assert bottom <= picture.height
    # The spine, its branches and the ties have the middle for themselves.
    sides = [b for b in boxes[:-1] if b[0] < SPINE + TEXT and b[2] > SPINE - TEXT]
    assert sides == []


@settings(deadline=None)
@given(views())
def test_every_neighbour_has_its_name_and_its_branch(view: NeighbourhoodView):
    picture = draw(view)
    assert len(picture.labels) == len(view.labels) == picture.dots.count("M")
    assert len(picture.heads) == len(view.groups)
    assert (picture.chosen + picture.others).count("Q") == len(view.labels)
    assert picture.ties.count("M") <= len(view.ties)


@settings(deadline=None)
@given(views())
def test_no_tie_runs_through_the_name_in_the_middle(view: NeighbourhoodView):
    picture = draw(view)
    _, top, _, bottom = centre_box(picture.centre)
    for path in picture.ties.split("M")[1:]:
        heights = [int(number) for number in path.replace("C", " ").split()][1::2]
        assert max(heights) < top or min(heights) > bottom


def test_ties_are_drawn_on_one_side_of_the_middle():
    above = NeighbourGroup("Topics", (Label("A", "/a/"), Label("B", "/b/")), is_above=True)
    below = NeighbourGroup("Read next", (Label("C", "/c/"), Label("D", "/d/")))
    counts = [
        draw(NeighbourhoodView("T", (above, below), (tie,))).ties.count("M") for tie in ((0, 1), (2, 3), (1, 2), (3, 0))
    ]
    assert counts == [1, 1, 0, 0]


@settings(deadline=None)
@given(views())
def test_the_same_view_gives_the_same_picture(view: NeighbourhoodView):
    assert draw(view) == draw(view)


def test_names_are_far_enough_apart_for_fingers():
    """24 pixels on a screen of 320, on which 284 are left for the picture (WCAG 2.5.8)."""
    view = NeighbourhoodView("T", (NeighbourGroup("G", tuple(Label(f"L{n}", "/") for n in range(9))),), ())
    lines = sorted(label.y for label in draw(view).labels if label.is_left)
    assert min(b - a for a, b in pairwise(lines)) * 284 / WIDTH >= 24
    assert ROW * 284 / WIDTH >= 24
    assert FONT * 284 / WIDTH >= 12


def test_a_group_that_is_alone_fills_both_columns():
    group = NeighbourGroup("Read next", tuple(Label(f"Name {n}", "/") for n in range(5)))
    picture = draw(NeighbourhoodView("T", (group,), ()))
    assert [label.is_left for label in picture.labels] == [True, True, True, False, False]
    assert picture.labels[0].y == picture.labels[3].y


def test_whole_titles_are_kept_where_they_are_cut():
    long = "A very long title that goes on and on and on until it finds no more room"
    picture = draw(NeighbourhoodView("T", (NeighbourGroup("G", (Label(long, "/"), Label("Short", "/"))),), ()))
    assert [label.title for label in picture.labels] == [long, ""]
    assert picture.labels[0].lines[-1].endswith(ELLIPSIS)


@pytest.mark.parametrize(
    ("text", "ems", "lines", "expected"),
    [
        pytest.param("Privacy", 9, 3, ("Privacy",), id="short"),
        pytest.param("Language models in medicine", 10, 3, ("Language models", "in medicine"), id="two-lines"),
        pytest.param("one two three four five six", 5, 2, ("one two", "three…"), id="whole-words"),
        pytest.param(
            "Grundstücksverkehrsgenehmigung", 9, 3, ("Grundstücksverk", "ehrsgenehmigun", "g"), id="long-word"
        ),
        pytest.param("人工知能の規制に関する法律", 6, 2, ("人工知能の規", "制に関する…"), id="no-spaces"),
    ],
)
def test_wrap(text: str, ems: float, lines: int, expected: tuple[str, ...]):
    assert wrap(text, ems, lines) == expected


@settings(deadline=None)
@given(TITLES, st.sampled_from([COLUMN, CENTRE]), st.integers(1, MAX_LINES))
def test_lines_fit_and_lose_nothing_unsaid(text: str, ems: float, lines: int):
    made = wrap(text, ems, lines)
    assert 1 <= len(made) <= lines
    assert all(text_width(line) <= ems + 1e-9 for line in made)
    assert not is_cut(text, made) or made[-1].endswith(ELLIPSIS)


def test_bows_join_rows_and_stay_inside():
    topics = [(Label(f"Topic {n}", f"/topics/{n}/", n), n % 5) for n in range(40)]
    picture = arcs(topics, [(0, 39, 9), (1, 2, 1), (7, 3, 5)])
    assert picture.height == 40 * ROW
    assert [bows.count("M") for bows in picture.bows] == [1, 1, 1]
    assert "C-28 18 -28 1422 100 1422" in picture.bows[2]  # of which it reaches three quarters: 4
    assert {label.x for label in picture.labels} == {110, 126, 142, 158}
