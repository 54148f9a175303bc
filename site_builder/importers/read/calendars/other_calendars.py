"""Years and days of other calendars to ours, where that is certain to the day.

Japanese eras, the years of the Republic of China and Thai years of the Buddha count the same months and days from
another year. The Persian calendar has its own months; its leap years follow a cycle of 33 years in every year here. The
Islamic calendar is left out: its months begin a day or two apart from country to country.
"""

import datetime as dt
from typing import Final

ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
"""Name of an era -> the year before its first."""
FIRST_YEAR: Final = "元"
"""How the first year of an era is written."""
BUDDHIST_YEARS: Final = range(2443, 2643)
"""Years of the Buddha from 1900 to 2099, as Thailand has counted them since 1941."""
BUDDHIST_OFFSET: Final = 543
PERSIAN_YEARS: Final = range(1300, 1473)
"""Years of the Persian calendar, since its reform in 1925, for which the cycle of 33 holds; until 2093."""
_PERSIAN_LEAP_YEARS: Final = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
"""Years of the cycle that have a day more."""
_CYCLE_YEARS: Final = 33
_PERSIAN_EPOCH: Final = (1400, dt.date(2021, 3, 21))
"""A year and its first day."""
_LONG_MONTHS: Final = 6
"""The first months of the Persian year have 31 days, the others 30, the last one 29 or 30."""
_PERSIAN_NAMES: Final = (
    "فروردین حمل", "اردیبهشت ثور", "خرداد جوزا", "تیر سرطان", "مرداد اسد", "شهریور سنبله", "مهر میزان", "آبان عقرب",
    "آذر قوس", "دی جدی", "بهمن دلو", "اسفند حوت",
)  # fmt: skip
PERSIAN_MONTHS: Final = {name: number for number, names in enumerate(_PERSIAN_NAMES, 1) for name in names.split()}
"""Name of a month in Iran, and in Afghanistan -> 1 to 12."""
_NUMERALS: Final = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
_TEN: Final = "十"


def persian_date(year: int, month: int, day: int) -> dt.date | None:
    """A day of the Persian calendar, None for one that it does not have."""
    if year not in PERSIAN_YEARS or not 1 <= month <= 12 or not 1 <= day <= _days_of(year, month):
        return None
    first_year, first_day = _PERSIAN_EPOCH
    years = range(min(year, first_year), max(year, first_year))
    days = sum(_days_of_year(y) for y in years) * (1 if year >= first_year else -1)
    return first_day + dt.timedelta(days=days + sum(_days_of(year, m) for m in range(1, month)) + day - 1)


def _days_of(year: int, month: int) -> int:
    if month <= _LONG_MONTHS:
        return 31
    return 30 if month < 12 or _is_leap(year) else 29


def _days_of_year(year: int) -> int:
    return 366 if _is_leap(year) else 365


def _is_leap(year: int) -> bool:
    return year % _CYCLE_YEARS in _PERSIAN_LEAP_YEARS


def chinese_number(text: str) -> int:
    """A number in Chinese numerals, digit by digit (二〇二六) or with tens (二十八). 0 for what is none."""
    if _TEN in text:
        tens, _, ones = text.partition(_TEN)
        return 10 * (_NUMERALS.get(tens, 1)) + _NUMERALS.get(ones, 0)
    digits = [str(_NUMERALS[sign]) for sign in text if sign in _NUMERALS]
    return int("".join(digits) or 0)
