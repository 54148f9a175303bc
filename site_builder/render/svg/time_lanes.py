"""Events in lanes, one below the other, on one axis of time: from dates to geometry. Pure, in whole pixels.

For wide screens. Each event has a mark at its day; marks that would touch are piled up, so that busy years stand out.
Where events are too many for that, bars of months, or of years, take the place of marks.
"""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from site_builder.render.svg.events import MAX_MARKS, Event, newest_years, runs_of_years
from site_builder.render.svg.text_metrics import wrap

WIDTH: Final = 1024
FONT: Final = 15
PITCH: Final = 24
"""Between the centres of two marks: what a finger can hit."""
HEAD: Final = 26
"""Height of a lane's name above its marks."""
MAX_PILE: Final = 8
"""Marks above each other; where there were more, bars are drawn."""
MAX_BARS: Final = 400
BAR_HEIGHT: Final = 56
MIN_BAR_HEIGHT: Final = 3
MIN_MONTH_WIDTH: Final = 4
BREAK: Final = 32
"""Width of a break in the axis."""
MAX_YEARS: Final = 48
"""On the axis; older ones are in the list below the picture."""
LABEL_WIDTH: Final = 44
"""Of the name of a year, with the gap beside it."""
MIN_NAMED_MONTH: Final = 24
"""Width from which months are numbered on the axis."""
NAME_WIDTH: Final = 300
"""Room for the name of a lane; the title of a mark shows beside it."""
FOOT: Final = 24
"""Height of the names of years."""


class TimeMark(msgspec.Struct, frozen=True):
    """An event at the centre of its mark."""

    event: Event
    x: int
    y: int
    text: str
    """Its title, shortened where there is no room."""


class TimeBar(msgspec.Struct, frozen=True):
    """The events of a month, or of a year, from the bottom line of their lane up."""

    year: int
    month: int
    """0 for the whole year."""
    count: int
    x: int
    y: int
    width: int
    height: int


class Lane(msgspec.Struct, frozen=True):
    """The events of one topic."""

    number: int
    name: str
    """Shortened where there is no room."""
    y: int
    """Base line of its name."""
    bottom: int
    marks: tuple[TimeMark, ...]
    bars: tuple[TimeBar, ...]


class TimeTick(msgspec.Struct, frozen=True):
    """Where a year begins on the axis, or a month of it."""

    name: str
    """The year, or the number of the month; "" where there is no room for it."""
    x: int
    is_month: bool = False


class LanesView(msgspec.Struct, frozen=True):
    """The picture of the timeline for wide screens."""

    unit: str
    """What a mark or bar stands for: article, month or year."""
    lanes: tuple[Lane, ...]
    ticks: tuple[TimeTick, ...]
    breaks: tuple[int, ...]
    """Where years are left out: the middle of each break."""
    width: int
    height: int
    since: int
    """The first year, where older ones are left out; otherwise 0."""


def time_lanes(events: Sequence[Event], names: Sequence[str]) -> LanesView:
    """Draw events, oldest first, in the lanes with these names; lanes without any are left out."""
    shown = newest_years(events, MAX_YEARS)
    starts, year_width, breaks = _axis(shown)
    marks = _marks(shown, names, starts, year_width) if len(shown) <= MAX_MARKS else None
    by_month = year_width >= 12 * MIN_MONTH_WIDTH and len({_month(e) for e in shown}) <= MAX_BARS
    bars = {} if marks is not None else _bars(shown, starts, year_width, by_month=by_month)
    lanes, top = [], 0
    for number, name in enumerate(names):
        own = marks[number] if marks else []
        if own or bars.get(number):
            height = PITCH * (1 + max(level for _, _, level in own)) if own else BAR_HEIGHT
            bottom = top + HEAD + height
            lanes.append(
                Lane(
                    number,
                    wrap(name, NAME_WIDTH / FONT, 1)[0],
                    top + HEAD - 8,
                    bottom,
                    tuple(_mark(event, x, bottom - PITCH * level - PITCH // 2) for event, x, level in own),
                    tuple(msgspec.structs.replace(bar, y=bottom - bar.height) for bar in bars.get(number, ())),
                )
            )
            top = bottom + 6
    ticks = _ticks(starts, year_width)
    unit = "article" if marks is not None else "month" if by_month else "year"
    since = shown[0].day.year if len(shown) < len(events) else 0
    return LanesView(unit, tuple(lanes), ticks, breaks, WIDTH, top + FOOT, since)


def _axis(events: Sequence[Event]) -> tuple[dict[int, int], int, tuple[int, ...]]:
    """Year -> where it begins; the width of a year; the middle of each break."""
    runs = runs_of_years(event.day.year for event in events)
    count = sum(map(len, runs))
    if not count:
        return {}, WIDTH, ()
    width = (WIDTH - BREAK * (len(runs) - 1)) // count
    starts, breaks, x = {}, [], 0
    for run in runs:
        if x:
            breaks.append(x + BREAK // 2)
            x += BREAK
        for year in run:
            starts[year] = x
            x += width
    return starts, width, tuple(breaks)


def _marks(
    events: Sequence[Event], names: Sequence[str], starts: Mapping[int, int], year_width: int
) -> list[list[tuple[Event, int, int]]] | None:
    """The events of each lane, with x and level; None where they would pile up too high."""
    lanes: list[list[tuple[Event, int, int]]] = [[] for _ in names]
    ends: list[list[int]] = [[] for _ in names]
    for event in events:
        x = starts[event.day.year] + _part_of_year(event.day, year_width)
        x = min(max(x, PITCH // 2), WIDTH - PITCH // 2)
        levels = ends[event.lane]
        level = next((n for n, end in enumerate(levels) if end + PITCH <= x), len(levels))
        levels[level : level + 1] = [x]
        lanes[event.lane].append((event, x, level))
    return None if any(len(levels) > MAX_PILE for levels in ends) else lanes


def _part_of_year(day: dt.date, year_width: int) -> int:
    return year_width * (day.timetuple().tm_yday - 1) // (366 if calendar.isleap(day.year) else 365)


def _mark(event: Event, x: int, y: int) -> TimeMark:
    room = WIDTH - NAME_WIDTH - 8 * FONT  # a name and a day stand beside it
    return TimeMark(event, x, y, wrap(event.title, room / FONT, 1)[0])


def _month(event: Event) -> tuple[int, int, int]:
    return event.lane, event.day.year, event.day.month


def _bars(
    events: Sequence[Event], starts: Mapping[int, int], year_width: int, *, by_month: bool
) -> dict[int, list[TimeBar]]:
    """Lane -> its bars; where they stand in the lane is still open."""
    counts = Counter((event.lane, event.day.year, event.day.month if by_month else 0) for event in events)
    most = max(counts.values(), default=1)
    lanes: dict[int, list[TimeBar]] = {}
    for (lane, year, month), count in sorted(counts.items()):
        x = starts[year] + (year_width * (month - 1) // 12 if month else 0)
        end = starts[year] + (year_width * month // 12 if month else year_width)
        height = max(MIN_BAR_HEIGHT, round(count / most * BAR_HEIGHT))
        lanes.setdefault(lane, []).append(TimeBar(year, month, count, x, 0, end - x - 1, height))
    return lanes


def _ticks(starts: Mapping[int, int], year_width: int) -> tuple[TimeTick, ...]:
    step = -(-LABEL_WIDTH // max(year_width, 1))
    previous, ticks = -LABEL_WIDTH, []
    for year, x in starts.items():
        is_named = x - previous >= LABEL_WIDTH and (step == 1 or year % step == 0 or year - 1 not in starts)
        previous = x if is_named else previous
        ticks.append(TimeTick(str(year) if is_named else "", x))
        if year_width >= 12 * MIN_NAMED_MONTH:
            ticks += [TimeTick(str(m + 1), x + year_width * m // 12, is_month=True) for m in range(1, 12)]
    return tuple(ticks)
