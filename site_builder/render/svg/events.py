"""What happened when, for the two pictures of the timeline: one form of an event, and the years that an axis shows."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import msgspec

MAX_MARKS: Final = 240
"""Events that have a mark each. Of more, those of a month are drawn as one: a mark costs about 60 bytes of a page."""
MAX_GAP: Final = 2
"""Years without an event that keep their place on the axis; a longer gap is shown as a break."""


class Event(msgspec.Struct, frozen=True):
    """An event of the timeline."""

    day: dt.date
    title: str
    url: str
    lane: int
    """Number of its topic's lane."""
    language: str = ""
    """Of the title, where it differs from the site's."""


def runs_of_years(years: Iterable[int]) -> list[range]:
    """The years that an axis shows, oldest first, in runs with a break between each two."""
    shown = sorted(set(years))
    starts = [b for a, b in pairwise(shown) if b - a > MAX_GAP + 1]
    ends = [a for a, b in pairwise(shown) if b - a > MAX_GAP + 1]
    return [range(a, b + 1) for a, b in zip([*shown[:1], *starts], [*ends, *shown[-1:]], strict=True)]


def newest_years(events: Sequence[Event], limit: int) -> list[Event]:
    """The events of as many years as an axis has room for, counted from the newest, without the years between."""
    years = sorted({event.day.year for event in events}, reverse=True)[:limit]
    return [event for event in events if event.day.year >= years[-1]] if years else []
