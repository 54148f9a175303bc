"""Articles over time as bars: numbers to geometry, once, at build time. Templates draw it as inline SVG."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Final

from site_builder.i18n import Translations
from site_builder.pages.parts import Bar, Chart

MONTHS_SHOWN: Final = 36
"""Up to three years go by months; a longer span goes by years, or the bars would be hairs with gaps between."""
WIDTH: Final = 12
"""Of a bar with the gap beside it, in the chart's own units."""
HEIGHT: Final = 60
WORTH: Final = 3
"""Articles below which a chart says nothing that the list does not."""


def chart(days: Sequence[dt.date], words: Translations) -> Chart | None:
    """Bars for each month, or each year, from the first day to the last; None for too few or all in one."""
    if len(days) < WORTH:
        return None
    first, last = min(days), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MONTHS_SHOWN:
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
        Bar(name, value, index * WIDTH, _height(value, most))
        for index, (name, value) in enumerate(zip(names, values, strict=True))
    )
    return Chart(unit, bars, len(bars) * WIDTH, HEIGHT, names[0], names[-1], names[values.index(most)], most)


def _height(value: int, most: int) -> int:
    """In proportion, but one article can always be seen."""
    return max(3, round(value / most * HEIGHT)) if value else 0
