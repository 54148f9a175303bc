"""Date, author, picture credit and source of a pasted page, from the lines around its title and text."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from site_builder.diagnostics import Diagnostic
from site_builder.importers.read.dates import FoundDate, find_dates, find_relative, is_update
from site_builder.importers.read.phrases import phrases
from site_builder.importers.read.text.bylines_in_text import find_authors
from site_builder.importers.read.text.lines import MAX_CAPTION_WORDS, MAX_LABEL_WORDS
from site_builder.importers.read.text.text_page import TextPage
from site_builder.text.word_counts import count_words

_MAX_DATE_WORDS: Final = 16
"""Of a line about the date without a label; longer ones are text that mentions a date."""
_MAX_ARTICLE_DATE_WORDS: Final = 15
"""The same, of a line that seems to be text."""
_MAX_END_DATE_WORDS: Final = 12
"""The same, of a line below the text, or with a relative date."""
_LINES_BEFORE_DATE: Final = 5
"""Lines above the title that may hold the date."""
_LINES_AFTER_DATE: Final = 6
"""Lines of the text that may hold it."""
_LINES_AFTER_RELATIVE: Final = 3
"""Lines of the text that may hold "3 hours ago"."""
_LINES_BEFORE_CREDIT: Final = 2
_LINES_AFTER_CREDIT: Final = 3
"""The same, for the picture's credit."""
_UNLABELLED_LINES: Final = 4
"""Lines from the start of the text on, up to which a date needs no label."""
_LINES_BELOW: Final = 25
"""Lines below the text among which a labelled date is looked for."""
_LINES_ABOVE: Final = 60
"""First lines of a page among which any date is looked for in the end."""
_DATELINE_CHARACTERS: Final = 60
"""Within which a dateline ("BERLIN, 3 June 2026 –") ends."""
_LABELLED_FIRST: Final = -1000
"""Goes before the order of any line: a labelled date wins over all others near the title."""
_PUBLISHED_FIRST: Final = 2 * _LABELLED_FIRST
"""One that is called that of publication wins over those on which a paper was received and accepted."""
_MAX_UPDATE_LABEL_WORDS: Final = 4
"""Of "Last updated on" on a line above the date."""
_MAX_NEXT_LINE_WORDS: Final = 10
"""Of a source's name on the line below "Source:"."""
_LINES_AFTER_TEXT: Final = 5
"""Lines below the text among which a date without a label begins a line about it."""
_NEAR_TITLE, _IN_DATELINE, _BELOW_TEXT, _AT_TOP, _AT_END = range(5)
"""Where a date stands, the likeliest place for that of publication first."""
_LABEL_WITHIN: Final = re.compile(r"\d\s+(?=[^\s:\uff1a\d]{1,12}\s?[:\uff1a])")
_NEXT_LABEL: Final = re.compile(r"\s+(?=[^\s:\uff1a\d]{1,12}\s?[:\uff1a])")
_RIGHTS: Final = re.compile(
    r"^\W*(?:copyright|©|\(c\))[\s©]*(?:\(c\)\s*)?(?:(?:19|20)\d\d\s*(?:[-–—]\s*(?:\d{2,4}|present)?)?[\s,.]*)?"
    r"(?:by\s+|©\s*)?(?P<name>[^\W\d_][^.|·•©]{1,60}?)"
    r"(?:,?\s*(?:inc|ltd|llc|gmbh|co|corp)\b\.?.*|\s*[.|·•©].*|\s+(?:(?:19|20)\d\d|[-–—]|all\s+rights|alle\s+rechte|tous\s+droits"
    r"|todos\s+los|tutti\s+i).*)?$",
    re.IGNORECASE,
)
_MAX_HOLDER_WORDS: Final = 6
_DATELINE_END: Final = re.compile(r"\s*(?:[—–:-]|\))")


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What was found, and in which lines."""

    date: dt.date | None
    author: str | None
    credit: str | None
    source: str | None
    used: frozenset[int]
    """Lines that are none of the text."""
    findings: tuple[Diagnostic, ...]


def find_facts(page: TextPage) -> TextFacts:
    """Everything the page states about its article. May add date-ambiguous, -missing, -relative and -updated."""
    used: set[int] = set() if page.title is None else {page.title}
    date, findings = _date(page)
    author, credit, source = find_authors(page, used), _credit(page, used), _source(page, used)
    return TextFacts(date, author, credit, source or _rights_holder(page), frozenset(used), findings)


# Date


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A date that may be that of publication."""

    place: int
    """Where it stands, the likeliest first."""
    order: int
    """Within the place, the likeliest first."""
    found: tuple[FoundDate, int]
    """With its line."""


def _date(page: TextPage) -> tuple[dt.date | None, tuple[Diagnostic, ...]]:
    """The date of publication: labelled, else near the title, else in a dateline, else labelled below the text."""
    candidates = [*_near_title(page), *_below_text(page), *_in_dateline(page), *_at_top(page), *_after_text(page)]
    published = [c for c in candidates if not c.found[0].updated]
    if not published:
        return None, (_no_date(page, candidates),)
    found, line = min(published, key=lambda c: (c.place, c.order)).found
    date = _nearest(page, found)
    if not date.ambiguous:
        return date.date, ()
    text = f'the date "{date.text}" is ambiguous; it was read as {date.date.isoformat()}'
    return date.date, (page.finding("date-ambiguous", text, "check the day and the month", line),)


def _near_title(page: TextPage) -> list[_Candidate]:
    candidates = []
    for order, i in enumerate(page.around(_LINES_BEFORE_DATE, _LINES_AFTER_DATE)):
        line = page.lines[i]
        if i == page.title or line.words > MAX_CAPTION_WORDS or phrases().credit_end.search(line.head):
            continue
        if page.is_article[i] and line.words > _MAX_ARTICLE_DATE_WORDS:
            continue
        is_labelled = _starts_with_label(line.text) or (
            i > 0 and phrases().date_label.fullmatch(page.lines[i - 1].head) is not None
        )
        is_about_it = line.words <= _MAX_DATE_WORDS or _begins_with_date(page, i)
        if is_labelled or (is_about_it and order < page.first + _UNLABELLED_LINES):
            first = _LABELLED_FIRST if is_labelled else 0
            for d in _dates_in(page, i):
                best = _PUBLISHED_FIRST if is_labelled and _is_called_published(page, i, d) else first
                candidates.append(_Candidate(_NEAR_TITLE, order + best, (d, i)))
    return candidates


def _below_text(page: TextPage) -> list[_Candidate]:
    candidates = []
    for order, i in enumerate(range(page.last, min(len(page.lines), page.last + _LINES_BELOW))):
        line = page.lines[i]
        if line.words > _MAX_END_DATE_WORDS or page.is_article[i]:
            continue
        label_above = i > 0 and phrases().date_label.fullmatch(page.lines[i - 1].head) is not None
        if label_above or _starts_with_label(line.text):
            candidates += [_Candidate(_BELOW_TEXT, order, (d, i)) for d in _dates_in(page, i)]
    return candidates


def _begins_with_date(page: TextPage, i: int) -> bool:
    """Does a date, or a byline and a date, begin a line that is none of the text? Tags and counts may follow."""
    if page.is_article[i]:
        return False
    dates = page.find_dates(page.lines[i].text)
    return bool(dates) and (dates[0].start == 0 or phrases().byline.match(page.lines[i].head) is not None)


def _after_text(page: TextPage) -> list[_Candidate]:
    """Blogs sign below the text: "3 June 2026 / Ada Cole"."""
    below = range(page.last + 1, min(len(page.lines), page.last + 1 + _LINES_AFTER_TEXT))
    return [
        _Candidate(_AT_END, i, (d, i))
        for i in below
        if page.lines[i].words <= _MAX_END_DATE_WORDS and not page.lines[i].bullet
        for d in _dates_in(page, i)[:1]
        if d.start == 0
    ]


def _in_dateline(page: TextPage) -> list[_Candidate]:
    if page.first >= len(page.lines):
        return []
    head = page.lines[page.first].text[:_DATELINE_CHARACTERS]
    dates = [d for d in page.find_dates(head) if _DATELINE_END.match(head[d.end :] + " ")]
    return [_Candidate(_IN_DATELINE, 0, (d, page.first)) for d in dates]


def _at_top(page: TextPage) -> list[_Candidate]:
    lines = [i for i in range(min(page.first, _LINES_ABOVE)) if page.lines[i].words <= MAX_LABEL_WORDS]
    return [
        _Candidate(_AT_TOP, page.first - i, (d, i))
        for i in lines
        if not page.lines[i].bullet
        for d in _dates_in(page, i)
    ]


def _dates_in(page: TextPage, i: int) -> list[FoundDate]:
    """Dates in a line; a label on the line before counts for it."""
    before = page.lines[i - 1].text if i else ""
    is_labelled = is_update(before) and len(before.split()) <= _MAX_UPDATE_LABEL_WORDS and not find_dates(before)
    return [replace(d, updated=d.updated or is_labelled) for d in page.find_dates(page.lines[i].text)]


def _is_called_published(page: TextPage, i: int, date: FoundDate) -> bool:
    """Do the words between the date before it, or the start of the line, and the date say so?"""
    text = page.lines[i].text
    start = max((d.end for d in page.find_dates(text) if d.end <= date.start), default=0)
    return phrases().published.search(text[start : date.start]) is not None


def _nearest(page: TextPage, date: FoundDate) -> FoundDate:
    """Of an ambiguous date, the reading nearest to the other dates near the text, where there are any."""
    if not date.ambiguous:
        return date
    others = [d.date for i in page.near_text() for d in page.find_dates(page.lines[i].head) if not d.ambiguous]
    if not others:
        return date
    swapped = date.date.replace(month=date.date.day, day=date.date.month)
    best = min((date.date, swapped), key=lambda day: min(abs((day - other).days) for other in others))
    return replace(date, date=best)


def _starts_with_label(text: str) -> bool:
    words = re.split(r"\d", text, maxsplit=1)[0].strip(" :,.-–").split()
    label = phrases().date_label
    return bool(words) and bool(label.fullmatch(" ".join(words[:2])) or label.fullmatch(words[0]))


def _no_date(page: TextPage, updated: Sequence[_Candidate]) -> Diagnostic:
    """Why there is no date."""
    if updated:
        found, line = updated[0].found
        text = f'"{found.text}" is when the page was updated; it has no date of publication'
        return page.finding("date-updated", text, "look up when the page was published", line)
    for i in page.around(_LINES_BEFORE_DATE, _LINES_AFTER_RELATIVE):
        line_ = page.lines[i]
        relative = find_relative(line_.text) if line_.words <= _MAX_END_DATE_WORDS else None
        if relative:
            text = f'the date "{relative}" is relative to a day that the page does not name'
            return page.finding("date-relative", text, "work out the day and give it as YYYY-MM-DD", i)
    return page.finding("date-missing", "no date of publication was found", "give it as YYYY-MM-DD")


# Credit, source


def _credit(page: TextPage, used: set[int]) -> str | None:
    for i in page.around(_LINES_BEFORE_CREDIT, _LINES_AFTER_CREDIT):
        line = page.lines[i]
        match = phrases().credit.match(line.head)
        if match and line.words <= MAX_CAPTION_WORDS and i != page.title:
            name = (match["name"] or match["bare"] or "").strip(" :.()[]")
            if name:
                used.add(i)
                return name
    return None


def _source(page: TextPage, used: set[int]) -> str | None:
    """The name after "Source:", outside the article or at its end."""
    first = None
    for i, line in enumerate(page.lines):
        if line.words > MAX_LABEL_WORDS or (page.first < i < page.last - 1):
            continue
        match = phrases().source.match(line.head) or _source_within(line.head)
        name = match["name"].strip(" :.") if match else _name_below(page, i)
        if name and not find_dates(name):
            used.add(i)
            first = first or name
    return first


def _source_within(text: str) -> re.Match[str] | None:
    """The name behind "Source:" in a row of labels: "2026-06-03 10:20 来源:北方日报 作者:张伟"."""
    label, name = _LABEL_WITHIN.search(text), None
    if label and find_dates(text[: label.start()]):
        name = phrases().source.match(_NEXT_LABEL.split(text[label.end() :], maxsplit=1)[0])
    return name


def _rights_holder(page: TextPage) -> str | None:
    """The publisher, by the copyright line at the foot of the page: "© 2026 Westrand Courier. All rights reserved."."""
    for line in page.lines[: page.last : -1]:
        match = _RIGHTS.match(line.head) if line.words <= MAX_CAPTION_WORDS else None
        name = match["name"].strip(" .,:;|-–") if match else ""
        if name and count_words(name) <= _MAX_HOLDER_WORDS and not phrases().legal.search(name):
            return name
    return None


def _name_below(page: TextPage, i: int) -> str | None:
    """The name on the line below "Source:"."""
    if not phrases().source_label.fullmatch(page.lines[i].head) or i + 1 >= len(page.lines):
        return None
    below = page.lines[i + 1]
    return below.text if below.words <= _MAX_NEXT_LINE_WORDS else None
