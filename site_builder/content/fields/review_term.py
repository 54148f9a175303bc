"""When a document should be read again: a day, or a length of time after the last reading, as in `review: 6 months`."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LENGTH: Final = re.compile(r"([1-9][0-9]{0,2})\s+(day|week|month|year)s?")
_MONTHS: Final = 12

REVIEW_PATTERN: Final = rf"^\s*([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{_LENGTH.pattern})\s*$"
"""The same for the JSON Schema."""

_WORDS: Final[Mapping[str, str]] = {
    "daily": "1 day",
    "weekly": "1 week",
    "monthly": "1 month",
    "quarterly": "3 months",
    "half-yearly": "6 months",
    "yearly": "1 year",
    "annually": "1 year",
    "annual": "1 year",
    "biennial": "2 years",
    "täglich": "1 day",
    "wöchentlich": "1 week",
    "monatlich": "1 month",
    "vierteljährlich": "3 months",
    "halbjährlich": "6 months",
    "jährlich": "1 year",
}
_FOREIGN_UNITS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("d", "day", "days", "tag", "tage", "tagen"), "day"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks", "woche", "wochen"), "week"),
    **dict.fromkeys(("m", "mo", "mon", "mos", "month", "months", "monat", "monate", "monaten"), "month"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years", "jahr", "jahre", "jahren", "a"), "year"),
}
"""How others write the units, ISO 8601 durations such as `P6M` among them."""


def normal_review_term(written: str) -> str:
    """`2027-06-01`, or `6 months` with one space and the plural that belongs there.

    Raises ValueError where it is neither; whether the day is one of the calendar is not looked at.
    """
    text = written.strip()
    if DAY.fullmatch(text):
        return text
    length = _LENGTH.fullmatch(text)
    if length is None:
        raise ValueError(written)
    return _length(int(length[1]), length[2])


def _length(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"


def proposed_review_term(written: str) -> str:
    """The term that another spelling means: `P6M`, `every 6 months`, `quarterly`; "" if none is known."""
    text = " ".join(written.casefold().split()).removeprefix("every ").removeprefix("alle ").removeprefix("in ")
    if text in _WORDS:
        return _WORDS[text]
    if text in _FOREIGN_UNITS and len(text) > 1:  # "every month"
        return _length(1, _FOREIGN_UNITS[text])
    length = re.fullmatch(r"p?0*([1-9]\d{0,2})[\s-]*([a-z]+)", text)
    unit = _FOREIGN_UNITS.get(length[2], "") if length else ""
    return _length(int(length[1]), unit) if length and unit else ""


def is_day(term: str) -> bool:
    """Whether a normal term is a day and not a length of time."""
    return bool(DAY.fullmatch(term))


def add_length(day: dt.date, term: str) -> dt.date:
    """The day that long after another; a month later than 31 January is the last of February.

    Beyond the last year of the calendar, its last day.
    """
    count, unit = term.split()
    unit = unit.removesuffix("s")
    try:
        if unit in {"day", "week"}:
            return day + dt.timedelta(days=int(count) * (7 if unit == "week" else 1))
        months = day.month - 1 + int(count) * (_MONTHS if unit == "year" else 1)
        year, month = day.year + months // _MONTHS, months % _MONTHS + 1
        return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (OverflowError, ValueError, IndexError):
        return dt.date.max
