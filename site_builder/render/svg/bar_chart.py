"""Articles over time as a bar chart: from dates to geometry. Templates draw it as inline SVG."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from site_builder.i18n import Translations
from site_builder.routes import Section

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
    url: str
    """Page with the articles of that month or year; "" where there are none."""


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


def chart(days: Sequence[dt.date], words: Translations, years: Mapping[int, str] | None = None) -> Chart | None:
    """A bar for each month or year from the first day to the last.

    None for few articles, for a single bar, and where no bar has more than one article: the list says as much.

    Bars lead to the timeline; `years`: pages of single years that tell more, by year.
    """
    if len(days) < MIN_ARTICLES:
        return None
    first, last = min(days), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MAX_MONTHS:
        steps = [divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(months)]
        counts = Counter((day.year, day.month - 1) for day in days)
        names = [words.month_of(year, month + 1) for year, month in steps]
        values = [counts[step] for step in steps]
        urls = [f"{Section.TIMELINE.url}{year}/{month + 1:02}/" for year, month in steps]
        unit = "month"
    else:
        span = range(first.year, last.year + 1)
        by_year = Counter(day.year for day in days)
        names = [str(year) for year in span]
        values = [by_year[year] for year in span]
        urls = [(years or {}).get(year, f"{Section.TIMELINE.url}{year}/") for year in span]
        unit = "year"
    if len(names) < 2:
        return None
    most = max(values)
    if most < 2:
        return None
    bars = tuple(
        Bar(name, value, index * BAR_WIDTH, _height(value, most), url if value else "")
        for index, (name, value, url) in enumerate(zip(names, values, urls, strict=True))
    )
    return Chart(unit, bars, len(bars) * BAR_WIDTH, CHART_HEIGHT, names[0], names[-1], names[values.index(most)], most)


def _height(value: int, most: int) -> int:
    return max(MIN_BAR_HEIGHT, round(value / most * CHART_HEIGHT)) if value else 0
