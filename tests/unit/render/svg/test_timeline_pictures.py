"""The two pictures of the timeline: marks that nothing covers, bounded on any site, the same for the same events."""

import datetime as dt
from itertools import combinations, pairwise
from math import hypot

import pytest

from site_builder.render.svg.events import MAX_MARKS, Event, runs_of_years
from site_builder.render.svg.time_calendar import time_calendar
from site_builder.render.svg.time_lanes import MAX_BARS, PITCH, WIDTH, time_lanes

NAMES = ("Law", "Health", "Others")


def events(*days: str, lane: int = 0) -> list[Event]:
    return [Event(dt.date.fromisoformat(day), f"On {day}", f"/articles/{n}/", lane) for n, day in enumerate(days)]


def spread(first: int, last: int, per_month: int) -> list[Event]:
    """So many events on different days of every month, in turn in all lanes."""
    return [
        Event(dt.date(year, month, 1 + n % 28), "T", f"/articles/{year}-{month}-{n}/", (month + n) % len(NAMES))
        for year in range(first, last + 1)
        for month in range(1, 13)
        for n in range(per_month)
    ]


@pytest.mark.parametrize(
    ("years", "runs"),
    [
        ([], []),
        ([2026], [[2026]]),
        ([2020, 2023], [[2020, 2021, 2022, 2023]]),
        ([2026, 1789, 2022], [[1789], [2022], [2026]]),
    ],
    ids=["none", "one", "a short gap stays", "long gaps are breaks"],
)
def test_an_axis_leaves_out_long_gaps(years: list[int], runs: list[list[int]]):
    assert [list(run) for run in runs_of_years(years)] == runs


@pytest.mark.parametrize(
    "given",
    [
        events("2026-03-04"),
        events(*["2026-03-04"] * 8),
        events("1789-07-14", "2026-01-01", "2026-12-31"),
        sorted(spread(2024, 2026, 2), key=lambda e: e.day),
        sorted(spread(2010, 2018, 1), key=lambda e: e.day),
    ],
    ids=["one", "one day", "centuries", "three busy years", "nine years"],
)
def test_marks_are_far_enough_from_each_other_to_be_hit(given: list[Event]):
    wide, narrow = time_lanes(given, NAMES), time_calendar(given)
    assert {wide.unit, narrow.unit} == {"article"}
    in_lanes = [(m.event.url, m.x, m.y) for lane in wide.lanes for m in lane.marks]
    in_months = [(m.event.url, m.x, m.y) for year in narrow.years for m in year.marks]
    for marks in (in_lanes, in_months):
        assert sorted(url for url, _, _ in marks) == sorted(e.url for e in given)
        assert all(hypot(x - x2, y - y2) >= PITCH for (_, x, y), (_, x2, y2) in combinations(marks, 2))
    assert all(PITCH / 2 <= m.x <= WIDTH - PITCH / 2 for lane in wide.lanes for m in lane.marks)
    assert all(0 < m.y < lane.bottom <= wide.height for lane in wide.lanes for m in lane.marks)
    assert all(year.y < m.y < year.y + year.height for year in narrow.years for m in year.marks)


def test_a_mark_stands_at_its_day_and_in_the_column_of_its_month():
    given = events("2024-01-01", "2024-07-01", "2025-07-01")
    first, second, third = time_lanes(given, NAMES).lanes[0].marks
    assert (first.x, second.x, third.x) == (PITCH // 2, WIDTH // 4 - 2, WIDTH * 3 // 4 - 3)
    view = time_calendar(given)
    assert [(year.year, [m.x for m in year.marks]) for year in view.years] == [
        (2025, [view.columns[6]]),
        (2024, [view.columns[0], view.columns[6]]),
    ]


def test_lanes_without_events_are_left_out_and_long_names_shortened():
    view = time_lanes(events("2026-03-04", lane=1), ("Law", "Health " * 20))
    assert [lane.number for lane in view.lanes] == [1]
    assert view.lanes[0].name.endswith("…")


def test_a_month_with_many_articles_is_one_bar_and_one_number():
    given = events(*["2026-03-04"] * 60)
    (lane,) = time_lanes(given, NAMES).lanes
    assert [(bar.year, bar.month, bar.count) for bar in lane.bars] == [(2026, 3, 60)]
    assert lane.marks == ()
    (year,) = time_calendar(given).years
    assert [(month.month, month.text) for month in year.months] == [(3, "60")]
    assert time_calendar(given * 20).years[0].months[0].text == "1k"


@pytest.mark.parametrize(
    ("given", "unit", "since"),
    [
        (spread(2020, 2026, 40), "month", 0),
        (spread(2000, 2026, 40), "year", 0),
        (spread(1800, 2026, 4), "year", 1979),
    ],
    ids=["3,360 in seven years", "12,960 in 27 years", "10,896 in 227 years"],
)
def test_ten_thousand_articles_make_no_more_than_a_few_hundred_bars(given: list[Event], unit: str, since: int):
    assert len(given) > MAX_MARKS
    wide, narrow = time_lanes(given, NAMES), time_calendar(given)
    bars = [bar for lane in wide.lanes for bar in lane.bars]
    assert (wide.unit, wide.since, narrow.unit) == (unit, since, "month")
    assert len(bars) <= MAX_BARS
    assert sum(bar.count for bar in bars) == sum(e.day.year >= since for e in given)
    assert all(bar.x + bar.width < WIDTH and bar.width >= 3 and bar.height >= 3 for bar in bars)
    assert sum(len(year.months) for year in narrow.years) <= 12 * 60


def test_the_axis_names_years_with_room_between_them_and_numbers_months_of_few():
    for given in (spread(1979, 2026, 1), events("1789-07-14", "1900-01-01", "2026-03-04"), spread(2026, 2026, 1)):
        places = [tick.x for tick in time_lanes(given, NAMES).ticks if tick.name]
        assert all(b - a >= PITCH for a, b in pairwise(places))
    assert [tick.name for tick in time_lanes(events("2026-03-04"), NAMES).ticks][:4] == ["2026", "2", "3", "4"]


def test_nothing_is_no_picture_but_no_failure_either():
    assert time_lanes([], NAMES).lanes == ()
    assert time_calendar([]).years == ()
