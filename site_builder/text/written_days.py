"""Days as other programs and people write them, as the day to write here."""

import datetime as dt
import re
from typing import Final

_NUMBERS: Final = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?![\d])")
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T\d{4,6}Z?)?")
_EAST_ASIAN: Final = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_WEEKDAY: Final = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+", re.IGNORECASE)
_TIME: Final = re.compile(r"[\s,]+(?:at\s+)?\d{1,2}:\d\d.*")
_NAMED: Final = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y %B %d", "%Y %b %d")


def as_day(written: str) -> str:
    """The day that a text means, as YYYY-MM-DD; "" if it means none, or one of several."""
    days = days_in(written)
    return days[0] if len(days) == 1 else ""


def days_in(written: str) -> list[str]:
    """The days that a text may mean, as YYYY-MM-DD: with a time, with slashes, with the name of a month."""
    written = _WEEKDAY.sub("", written.strip(), count=1)
    if match := _NUMBERS.match(written):
        first, second, third = int(match[1]), int(match[3]), int(match[4])
        if len(match[1]) == 4:
            readings = [(first, second, third)]
        elif len(match[4]) != 4:
            return []
        else:
            readings = [(third, second, first)] + ([] if match[2] == "." else [(third, first, second)])
        return list(dict.fromkeys(day for reading in readings if (day := _day(*reading))))
    if match := _COMPACT.fullmatch(written) or _EAST_ASIAN.match(written):
        return [day] if (day := _day(int(match[1]), int(match[2]), int(match[3]))) else []
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|[,.]", "", _TIME.sub("", written))
    words = " ".join(words.replace("-", " ").split())
    for form in _NAMED:
        try:
            return [dt.datetime.strptime(words, form).date().isoformat()]  # noqa: DTZ007 (a day without a time)
        except ValueError:
            continue
    return []


def _day(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""
