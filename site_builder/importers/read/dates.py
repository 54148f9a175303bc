"""Find dates as pages write them, and say how certain their reading is.

A month without a day is not a date, and neither is "3 hours ago": the day would be an invention.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from site_builder.importers.read.calendars.date_forms import ascii_digits
from site_builder.importers.read.calendars.month_names import MONTHS_OF_LANGUAGE
from site_builder.importers.read.calendars.other_calendars import (
    BUDDHIST_OFFSET,
    BUDDHIST_YEARS,
    ERAS,
    FIRST_YEAR,
    PERSIAN_MONTHS,
    PERSIAN_YEARS,
    chinese_number,
    persian_date,
)
from site_builder.importers.read.phrases import phrases

EARLIEST: Final = 1900
LATEST: Final = 2100
"""Years between which a number is taken for a year."""
_BEFORE_CHARACTERS: Final = 60
"""Before a date, in which words such as "updated" count for it,"""
_AFTER_CHARACTERS: Final = 12
"""and behind it, where some languages put them."""
_MAY_BE_DATE: Final = re.compile(r"\d{4}|\d\s?[./-]\s?\d\d?[./-]|['’]\d\d|[年년]|[\u0e01-\u0e5b.]\s\d\d(?!\d)")
"""Every form has one of these: most lines are done with at a glance."""
_NUMERIC: Final = re.compile(r"(?<![\d./,-])(\d\d?)/(\d\d?)/(?:(?:19|20)\d\d(?![./-]?\d)|\d\d(?![\d./-]))")
_THAI: Final = re.compile(r"[\u0e01-\u0e5b]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_YEAR_FIRST: Final = ("zh", "ja", "ko", "hu")
"""Languages in which the year comes first, of two digits too: 18-03-08."""
_PERSIAN_DIGIT: Final = re.compile(r"[\u06f0-\u06f9]")
_LAST_MONTH: Final = 12
_CENTURY: Final = 2000
_BUDDHIST_CENTURY: Final = 2500
_LAST_SHORT_YEAR: Final = 68
"""Years of two digits up to here are of this century, the others of the last one, as in POSIX (`strptime`, %y)."""


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
    plain = ascii_digits(text)
    if not _MAY_BE_DATE.search(plain):
        return []
    tag = (language or "").lower()
    if _HAN.search(text) and not tag.startswith(_YEAR_FIRST):
        tag = "zh"
    if _PERSIAN_DIGIT.search(text):
        tag = tag or "fa"
    found: list[FoundDate] = []
    for match in phrases().date_forms.finditer(plain):
        groups = {k: v for k, v in match.groupdict().items() if v is not None}
        read = _read(groups, match.group(), tag, day_first)
        if read is None:
            continue
        date, ambiguous = read
        start, end = match.span()
        before = text[found[-1].end if found else 0 : start][-_BEFORE_CHARACTERS:]
        is_updated = phrases().updated.search(before) or phrases().updated_after.match(
            text[end : end + _AFTER_CHARACTERS]
        )
        found.append(FoundDate(date, start, end, text[start:end], ambiguous, bool(is_updated)))
    return found


MAX_RELATIVE_CHARACTERS: Final = 2_000
"""Of a text in which "3 hours ago" is looked for; a line about the time is short."""


def find_relative(text: str) -> str | None:
    """The first "3 hours ago" in a text, as written."""
    match = phrases().relative_date.search(text[:MAX_RELATIVE_CHARACTERS])
    return match.group() if match else None


def is_update(text: str) -> bool:
    """Do these words announce a date of change?"""
    return phrases().updated.search(text) is not None


def day_order(text: str) -> bool | None:
    """Do the numeric dates of a page put the day first? None where none of them shows it, or they disagree."""
    orders = set()
    for match in _NUMERIC.finditer(ascii_digits(text)):
        first, second = map(int, match.groups())
        if max(first, second) > _LAST_MONTH:
            orders.add(first > _LAST_MONTH)
    return orders.pop() if len(orders) == 1 else None


def _read(groups: dict[str, str], text: str, language: str, day_first: bool | None) -> tuple[dt.date, bool] | None:
    """The date of one match, and whether it is ambiguous. `text` is the match."""
    parts = {key[0]: value for key, value in groups.items()}
    if "z" in parts and "a" in parts and language.startswith(_YEAR_FIRST) and len(parts["a"]) > 1:
        ordered = _date(_short_year(int(parts["a"])), int(parts["b"]), int(parts["z"]))
        return (ordered, False) if ordered else None
    if "a" in parts:
        numeric_year = _short_year(int(parts["z"])) if "z" in parts else _year(parts, text, language)
        return _numeric(int(parts["a"]), int(parts["b"]), numeric_year, parts["s"], language, day_first)
    if "zx" in groups:
        year = _BUDDHIST_CENTURY + int(parts["z"]) - BUDDHIST_OFFSET
    else:
        year = _short_year(int(parts["z"])) if "z" in parts else _year(parts, text, language)
    if "y7" in groups:
        date = _date(year, chinese_number(parts["m"]), chinese_number(parts["d"]))
        return (date, False) if date else None
    day, named = int(parts["d"]), parts["m"]
    if named in PERSIAN_MONTHS or (year in PERSIAN_YEARS and named.isdigit() and language.startswith("fa")):
        date = persian_date(year, PERSIAN_MONTHS[named] if named in PERSIAN_MONTHS else int(named), day)
    else:
        date = _date(year, int(named) if named.isdigit() else month_number(named, language), day)
    return (date, False) if date else None


def _short_year(year: int) -> int:
    return _CENTURY + year - (0 if year <= _LAST_SHORT_YEAR else 100)


def _year(parts: dict[str, str], text: str, language: str) -> int:
    """Of our calendar, where the page counts years from another one; a year of the Persian calendar stays."""
    written = parts["y"]
    if "e" in parts:
        return ERAS[parts["e"].removeprefix("中華").removeprefix("中华")] + (
            1 if written == FIRST_YEAR else int(written)
        )
    year = int(written) if written.isdigit() else chinese_number(written)
    is_thai = language.startswith("th") or _THAI.search(text)
    return year - BUDDHIST_OFFSET if is_thai and year in BUDDHIST_YEARS else year


def month_number(name: str, language: str) -> int:
    """1 to 12 for a month's name, or abbreviation, in any language; 0 for other words. Of two names, the last one."""
    folded = fold_month("_".join(name.rpartition("/")[2].split())).rstrip(".")
    own = MONTHS_OF_LANGUAGE.get(language.partition("-")[0], {})
    return own.get(folded) or phrases().months.get(folded, 0)


def _numeric(
    first: int, second: int, year: int, separator: str, language: str, day_first: bool | None
) -> tuple[dt.date, bool] | None:
    as_day, as_month = _date(year, second, first), _date(year, first, second)
    if as_day is None or as_month is None or as_day == as_month:
        only = as_day or as_month
        return (only, False) if only else None
    if separator.startswith("."):  # written so where the day comes first
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
