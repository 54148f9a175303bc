"""Find dates as pages write them, and say how certain their reading is.

A month without a day is not a date, and neither is "3 hours ago": the day would be an invention.
"""

import datetime as dt
import unicodedata
from dataclasses import dataclass
from typing import Final

from site_builder.importers.read.phrases import phrases

EARLIEST: Final = 1900
LATEST: Final = 2100
"""Years between which a number is taken for a year."""
_BEFORE_CHARACTERS: Final = 60
"""Before a date, in which words such as "updated" count for it."""
_LAST_MONTH: Final = 12
_CENTURY: Final = 2000
"""Of years that are written with two digits."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text."""

    date: dt.date
    start: int
    end: int
    text: str
    """As written."""
    ambiguous: bool = False
    """Day and month could be the other way round, and nothing on the page decides which."""
    updated: bool = False
    """The words before it call it a date of change, not of publication."""


def fold_month(name: str) -> str:
    """A month's name as in the table."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("\N{LATIN SMALL LETTER DOTLESS I}", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def find_dates(text: str, language: str | None = None, day_first: bool | None = None) -> list[FoundDate]:
    """Every full date in a text, in order. `day_first` is what other dates of the same page show (`day_order`)."""
    found: list[FoundDate] = []
    for match in phrases().date_forms.finditer(text):
        groups = {k: v for k, v in match.groupdict().items() if v is not None}
        read = _read(groups, (language or "").lower(), day_first)
        if read is None:
            continue
        date, ambiguous = read
        before = text[found[-1].end if found else 0 : match.start()][-_BEFORE_CHARACTERS:]
        found.append(
            FoundDate(
                date, match.start(), match.end(), match.group(), ambiguous, bool(phrases().updated.search(before))
            )
        )
    return found


def find_relative(text: str) -> str | None:
    """The first "3 hours ago" in a text, as written."""
    match = phrases().relative_date.search(text)
    return match.group() if match else None


def is_update(text: str) -> bool:
    """Do these words announce a date of change?"""
    return phrases().updated.search(text) is not None


def day_order(text: str) -> bool | None:
    """Do the numeric dates of a page put the day first? None where none of them shows it, or they disagree."""
    orders = set()
    for match in phrases().date_forms.finditer(text):
        first, second, separator = match.group("a4", "b4", "s4")
        if separator == "/" and max(int(first), int(second)) > _LAST_MONTH:
            orders.add(int(first) > _LAST_MONTH)
    return orders.pop() if len(orders) == 1 else None


def _read(groups: dict[str, str], language: str, day_first: bool | None) -> tuple[dt.date, bool] | None:
    """The date of one match, and whether it is ambiguous."""
    form = next(k[1] for k in groups if k[0] in "dab")
    if form == "4":
        year = int(groups["y4"]) if "y4" in groups else _CENTURY + int(groups["z4"])
        return _numeric(int(groups["a4"]), int(groups["b4"]), year, groups["s4"], language, day_first)
    year = int(groups[f"y{form}"]) if f"y{form}" in groups else _CENTURY + int(groups[f"z{form}"])
    named = groups[f"m{form}"]
    month = int(named) if named.isdigit() else phrases().months.get(fold_month(named), 0)
    date = _date(year, month, int(groups[f"d{form}"]))
    return (date, False) if date else None


def _numeric(
    first: int, second: int, year: int, separator: str, language: str, day_first: bool | None
) -> tuple[dt.date, bool] | None:
    as_day, as_month = _date(year, second, first), _date(year, first, second)
    if as_day is None or as_month is None or as_day == as_month:
        only = as_day or as_month
        return (only, False) if only else None
    if separator == ".":  # written so where the day comes first
        return as_day, False
    if day_first is not None:
        return (as_day if day_first else as_month), False
    if language and language not in phrases().month_first:
        return as_day, language.startswith("en")
    return as_month, True


def _date(year: int, month: int, day: int) -> dt.date | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
