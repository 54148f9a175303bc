"""Articles over time as a bar chart: from dates to geometry. Templates draw it as inline SVG."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from site_builder.i18n import Translations

MAX_MONTHS: Final = 36
"""Up to three years are shown by month. A longer span is shown by year, or the bars would be too thin."""
BAR_WIDTH: Final = 12
"""Of a bar with the gap beside it, in the chart's own units."""
CHART_HEIGHT: Final = 60
MIN_BAR_HEIGHT: Final = 3
"""One article can always be seen."""
MIN_ARTICLES: Final = 3
"""Below this number a chart adds nothing to the list."""


class Bar(msgspec.Struct, frozen=True):
    """One bar of a chart, from the bottom line up."""

    title: str
    count: int
    x: int
    height: int


class Chart(msgspec.Struct, frozen=True):
    """Articles over time."""

    unit: str
    """month or year"""
    bars: tuple[Bar, ...]
    """Oldest first, without gaps; empty ones have no height."""
    width: int
    height: int
    first: str
    last: str
    top: str
    """The first bar with the most articles,"""
    most: int
    """and their number."""


def chart(days: Sequence[dt.date], words: Translations) -> Chart | None:
    """A bar for each month or year from the first day to the last; None for few articles, or for a single bar."""
    if len(days) < MIN_ARTICLES:
        return None
    first, last = min(days), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MAX_MONTHS:
        steps = [divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(months)]
        counts = Counter((day.year, day.month - 1) for day in days)
        names = [words.month_of(year, month + 1) for year, month in steps]
        values = [counts[step] for step in steps]
        unit = "month"
    else:
        years = list(range(first.year, last.year + 1))
        by_year = Counter(day.year for day in days)
        names = [str(year) for year in years]
        values = [by_year[year] for year in years]
        unit = "year"
    if len(names) < 2:
        return None
    most = max(values)
    bars = tuple(
        Bar(name, value, index * BAR_WIDTH, _height(value, most))
        for index, (name, value) in enumerate(zip(names, values, strict=True))
    )
    return Chart(unit, bars, len(bars) * BAR_WIDTH, CHART_HEIGHT, names[0], names[-1], names[values.index(most)], most)


def _height(value: int, most: int) -> int:
    return max(MIN_BAR_HEIGHT, round(value / most * CHART_HEIGHT)) if value else 0
