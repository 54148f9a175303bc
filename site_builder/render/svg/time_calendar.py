"""Events in a calendar of years, newest first, by the month: from dates to geometry. Pure, in whole units.

For phones. A unit is a pixel on a screen of 390; on one of 320, letters are still 11 pixels high. Where events are too
many for a mark each, months have their number.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

import msgspec

from site_builder.render.svg.events import MAX_MARKS, Event, newest_years, runs_of_years
from site_builder.render.svg.text_metrics import wrap

FONT: Final = 14
LEFT: Final = 38
"""Room for the name of a year."""
COLUMN: Final = 26
"""Width of a month: 24 pixels, which a finger can hit, on a screen of 360."""
WIDTH: Final = LEFT + 12 * COLUMN
HEAD: Final = 26
"""Height of the numbers of months."""
BREAK: Final = 22
"""Height of a row that stands for years without an event."""
MAX_PILE: Final = 8
"""Marks above each other in a month; where there were more, months have their number."""
MAX_YEARS: Final = 60
"""Older ones are in the list below the picture."""
TIP_WIDTH: Final = WIDTH - 16


class CalendarMark(msgspec.Struct, frozen=True):
    """An event at the centre of its mark."""

    event: Event
    x: int
    y: int
    lines: tuple[str, ...]
    """Its title, shortened where there is no room."""


class CalendarMonth(msgspec.Struct, frozen=True):
    """A month with too many events for a mark each."""

    month: int
    count: int
    text: str
    """The number as it fits into the month: 12, 3k."""
    x: int
    y: int


class CalendarYear(msgspec.Struct, frozen=True):
    """A row of the calendar; with more events, a higher one."""

    year: int
    """0 for a break: years without events."""
    y: int
    """Its upper edge."""
    height: int
    marks: tuple[CalendarMark, ...]
    months: tuple[CalendarMonth, ...]


class CalendarView(msgspec.Struct, frozen=True):
    """The picture of the timeline for phones."""

    unit: str
    """What a mark stands for: article or month."""
    columns: tuple[int, ...]
    """The middle of each month."""
    years: tuple[CalendarYear, ...]
    width: int
    height: int
    since: int
    """The first year, where older ones are left out; otherwise 0."""


def time_calendar(events: Sequence[Event]) -> CalendarView:
    """Draw events, oldest first."""
    shown = newest_years(events, MAX_YEARS)
    cells: dict[tuple[int, int], list[Event]] = defaultdict(list)
    for event in shown:
        cells[event.day.year, event.day.month].append(event)
    is_marked = len(shown) <= MAX_MARKS and max(map(len, cells.values()), default=0) <= MAX_PILE
    piles = Counter({year: 1 for year, _ in cells})
    for (year, _), own in cells.items():
        piles[year] = max(piles[year], len(own) if is_marked else 1)
    rows, y = [], HEAD
    for number, run in enumerate(reversed(runs_of_years(piles))):
        if number:
            rows.append(CalendarYear(0, y, BREAK, (), ()))
            y += BREAK
        for year in reversed(run):
            filled = [(month, cells[year, month]) for month in range(1, 13) if (year, month) in cells]
            height = COLUMN * max(1, piles[year]) + 6
            marks = tuple(m for month, found in filled for m in _marks(found, month, y)) if is_marked else ()
            months = () if is_marked else tuple(_month(month, len(found), y) for month, found in filled)
            rows.append(CalendarYear(year, y, height, marks, months))
            y += height
    columns = tuple(_middle(month) for month in range(1, 13))
    since = shown[0].day.year if len(shown) < len(events) else 0
    return CalendarView("article" if is_marked else "month", columns, tuple(rows), WIDTH, y, since)


def _middle(month: int) -> int:
    return LEFT + COLUMN * (month - 1) + COLUMN // 2


def _marks(events: Sequence[Event], month: int, top: int) -> list[CalendarMark]:
    """Marks from the upper edge of a row down, oldest first."""
    return [
        CalendarMark(event, _middle(month), top + 3 + COLUMN * n + COLUMN // 2, wrap(event.title, TIP_WIDTH / FONT, 2))
        for n, event in enumerate(events)
    ]


def _month(month: int, count: int, top: int) -> CalendarMonth:
    text = str(count) if count < 1000 else f"{count // 1000}k"
    return CalendarMonth(month, count, text, _middle(month), top + 3 + COLUMN // 2)
