"""Dates as pages write them, in a dozen languages: where they stand, and how sure their reading is.

A month without a day is no date, and neither is "3 hours ago": the day would be an invention.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_NAMES: Final = {
    1: "january jan januar janner jaenner janvier janv enero ene gennaio gen janeiro januari stycznia styczen sty ocak oca",
    2: "february feb februar feber fevrier fevr fev febrero febbraio febb fevereiro februari lutego luty lut subat",
    3: "march mar mars maerz marz mrz marzo mrt maart marco marts marca marzec mart",
    4: "april apr avril avr abril abr aprile kwietnia kwiecien kwi nisan nis",
    5: "may mai mayo maggio mag maio mei maj maja mayis",
    6: "june jun juni juin junio giugno giu junho czerwca czerwiec cze haziran haz",
    7: "july jul juli juillet juil julio luglio lug julho lipca lipiec lip temmuz tem",
    8: "august aug aout agosto ago agos augustus augusti sierpnia sierpien sie agustos agu",
    9: "september sept sep septembre septiembre setiembre settembre sett set setembro wrzesnia wrzesien wrz eylul eyl",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out pazdziernika pazdziernik paz ekim eki",
    11: "november nov novembre noviembre novembro listopada listopad lis kasim kas",
    12: "december dec dezember dez decembre diciembre dic dicembre dezembro desember des grudnia grudzien gru aralik ara",
}
"""Names and abbreviations in English, German, French, Spanish, Italian, Portuguese, Dutch, Danish, Norwegian,
Swedish, Polish and Turkish (CLDR), folded: no marks, no case, dotless i as i."""
MONTHS: Final = {name: month for month, names in _NAMES.items() for name in names.split()}

_MONTH: Final = r"(?P<{0}>[^\W\d_]{{3,12}})\.?"
_BETWEEN: Final = r"[\s.,/-]{1,3}(?:(?:de|del|of|di|do)\s+)?"
_YEAR: Final = r"(?P<{0}>(?:19|20)\d\d)(?!\d)"
_FORMS: Final = re.compile(
    "|".join(
        (
            r"(?<![\d./-])(?P<y1>(?:19|20)\d\d)(?P<s1>[-/.])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)(?=T\d|\D|$)",
            rf"(?<![\d.,:])(?P<d2>\d\d?)(?:st|nd|rd|th|er|re|º|°|\.)?{_BETWEEN}{_MONTH.format('m2')}{_BETWEEN}(?:{_YEAR.format('y2')}|['’](?P<z2>\d\d)(?!\d))",
            rf"(?<!\w){_MONTH.format('m3')}[\s/-]{{1,2}}(?P<d3>\d\d?)(?:st|nd|rd|th)?(?:,|\.|/|-|\s+de)?\s{{0,2}}{_YEAR.format('y3')}",
            rf"(?<![\d./,-])(?P<a4>\d\d?)(?P<s4>[./-])(?P<b4>\d\d?)(?P=s4)(?:{_YEAR.format('y4')}(?![./-]\d)|(?P<z4>\d\d)(?![\d./-]))",
            r"(?P<y5>(?:19|20)\d\d)\s?年\s?(?P<m5>\d\d?)\s?月\s?(?P<d5>\d\d?)\s?日",
        )
    ),
    re.IGNORECASE,
)
_UNITS: Final = (
    r"(?:second|sec|minute|min|hour|hr|day|week|month|year|sekunde|minute|stunde|tag|woche|monat|jahr|seconde|heure|jour"
    r"|semaine|mois|segundo|minuto|hora|dia|día|semana|mes|año|ano|second[oi]|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi])\w{0,3}"
)
_RELATIVE: Final = re.compile(
    rf"\b(?:(?:\d+|an?|one|a\s+few)\s*(?:{_UNITS}|[smhdwy])\s+ago|vor\s+(?:\d+|einer|einem|ein)\s+{_UNITS}"
    rf"|il\s+y\s+a\s+(?:\d+|une?)\s+{_UNITS}|hace\s+(?:\d+|una?)\s+{_UNITS}|há\s+(?:\d+|uma?)\s+{_UNITS}"
    rf"|(?:\d+|una?)\s+{_UNITS}\s+fa|just\s+now|yesterday|today|gestern|heute|hier|aujourd['’]hui|ayer|hoy|ieri|oggi)\b",
    re.IGNORECASE,
)
_UPDATED: Final = re.compile(
    r"\b(?:up-?dated?|last\s+(?:up-?dated?|modified|edited|reviewed)|modified|edited|revised|corrected|aktualisiert\w*"
    r"|ge[aä]ndert|[üu]berarbeitet|mis(?:e)?\s+[àa]\s+jour|modifi[ée]e?|actualizad[oa]|actualizaci[óo]n|modificad[oa]"
    r"|aggiornat[oa]|aggiornamento|ultimo\s+aggiornamento|atualizad[oa]|bijgewerkt|gewijzigd|opdateret|oppdatert"
    r"|uppdaterad|zaktualizowano|aktualizacja|g[üu]ncelle\w*)\b(?!.*\b(?:published|posted|ver[öo]ffentlicht|publi[ée]|publicado)\b)",
    re.IGNORECASE,
)
_MONTH_FIRST: Final = frozenset({"en", "en-us", "en-ph", ""})
"""Languages whose all-numeric dates with slashes may name the month first; every other names the day first."""
EARLIEST: Final = 1900
LATEST: Final = 2100
"""Years between which a number is taken for one."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text."""

    date: dt.date
    start: int
    end: int
    text: str
    """As written."""
    ambiguous: bool = False
    """Day and month could be the other way round, and nothing on the page decides."""
    updated: bool = False
    """The words before it call it a date of change, not of publication."""


def fold_month(name: str) -> str:
    """A month's name as in the table."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def find_dates(text: str, language: str | None = None, day_first: bool | None = None) -> list[FoundDate]:
    """Every full date in a text, in order. `day_first` is what other dates of the same page tell (`day_order`)."""
    found: list[FoundDate] = []
    for match in _FORMS.finditer(text):
        groups = {k: v for k, v in match.groupdict().items() if v is not None}
        read = _read(groups, (language or "").lower(), day_first)
        if read is None:
            continue
        date, ambiguous = read
        before = text[found[-1].end if found else 0 : match.start()][-60:]
        found.append(
            FoundDate(date, match.start(), match.end(), match.group(), ambiguous, bool(_UPDATED.search(before)))
        )
    return found


def find_relative(text: str) -> str | None:
    """The first "3 hours ago" in a text, as written."""
    match = _RELATIVE.search(text)
    return match.group() if match else None


def is_update(text: str) -> bool:
    """Do these words announce a date of change?"""
    return _UPDATED.search(text) is not None


def day_order(text: str) -> bool | None:
    """Do the numeric dates of a page put the day first? None where none of them tells, or they disagree."""
    told = set()
    for match in _FORMS.finditer(text):
        first, second, separator = match.group("a4", "b4", "s4")
        if separator == "/" and max(int(first), int(second)) > 12:
            told.add(int(first) > 12)
    return told.pop() if len(told) == 1 else None


def _read(groups: dict[str, str], language: str, day_first: bool | None) -> tuple[dt.date, bool] | None:
    """The date of one match, and whether it is ambiguous."""
    form = next(k[1] for k in groups if k[0] in "dab")
    if form == "4":
        year = int(groups["y4"]) if "y4" in groups else 2000 + int(groups["z4"])
        return _numeric(int(groups["a4"]), int(groups["b4"]), year, groups["s4"], language, day_first)
    year = int(groups[f"y{form}"]) if f"y{form}" in groups else 2000 + int(groups[f"z{form}"])
    named = groups[f"m{form}"]
    month = int(named) if named.isdigit() else MONTHS.get(fold_month(named), 0)
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
    if language not in _MONTH_FIRST:
        return as_day, language.startswith("en")
    return as_month, True


def _date(year: int, month: int, day: int) -> dt.date | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
