"""The authors of a pasted page: behind "By" or a label, or by a name alone where only that of an author stands."""

import re
from collections.abc import Iterator
from typing import Final

from site_builder.importers.read.dates import find_relative
from site_builder.importers.read.people import byline_names, full_names
from site_builder.importers.read.phrases import phrases
from site_builder.importers.read.text.text_page import TextPage

_LINES_BEFORE: Final = 3
_LINES_AFTER: Final = 5
"""Lines above the title and of the text that may hold a byline: a description and a caption come between."""
_LINES_BELOW: Final = 12
"""Lines below the text that may hold it."""
_MAX_BYLINE_WORDS: Final = 20
_MAX_DATE_WORDS: Final = 16
"""Of a line with the date beside a name."""
_LINES_TO_NAME: Final = 9
"""Lines above or below a title within which a name alone may be its author's, and"""
_LINES_TO_DATE: Final = 4
"""within which the date precedes or follows it: counts and buttons come between."""
_PORTRAIT_LINES: Final = 3
"""Lines within which a name stands twice beside a portrait."""
_MIN_NAMES: Final = 3
"""So many people in a row below a title have written a paper."""
_MAX_CHARACTERS: Final = 2_000
"""Of a row of names."""
_DENSE: Final = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u3040-\u9fff\uac00-\ud7af]")
"""Scripts in which a name looks like any other word."""
_AFTER_DATE: Final = re.compile(r"\s*[|·•–—,-]\s")
"""Between the date and a name."""
_BARE_END: Final = re.compile(r"\s[|·•–—-]\s|\s{2,}|,\s*$|\s?/\s?(?=\S*$)|\s/\s")


def find_authors(page: TextPage, used: set[int]) -> str | None:
    """The names, joined by commas; adds the line that holds them to `used`."""
    for places in (_stated, _alone, _stated_below):
        for i, names in places(page):
            used.add(i)
            return ", ".join(names)
    return None


def _stated(page: TextPage) -> Iterator[tuple[int, list[str]]]:
    """The names behind "By" or a label, or on the line below one, near the title."""
    for i in page.around(_LINES_BEFORE, _LINES_AFTER):
        if i != page.title:
            yield from _names_at(page, i)


def _stated_below(page: TextPage) -> Iterator[tuple[int, list[str]]]:
    """The same, below the text."""
    for i in range(page.last + 1, min(len(page.lines), page.last + 1 + _LINES_BELOW)):
        yield from _names_at(page, i)


def _names_at(page: TextPage, i: int) -> Iterator[tuple[int, list[str]]]:
    line = page.lines[i]
    is_short = line.words <= _MAX_BYLINE_WORDS and len(line.text) <= _MAX_CHARACTERS
    names = byline_names(line.text) if is_short else []
    if names:
        yield i, names
    elif i + 1 < len(page.lines) and (
        phrases().author_label.fullmatch(line.head) or phrases().author_box.fullmatch(line.head)
    ):
        below = full_names(page.lines[i + 1].text[:_MAX_CHARACTERS])
        if below:
            yield i + 1, below


def _alone(page: TextPage) -> Iterator[tuple[int, list[str]]]:
    """A name on a line of its own beside the title, with the date on it or near: "Ada Cole", "3 June 2026".

    Sections of a site look like names too; they stand in its menus a second time, or are made of such words as
    institutions are ("Health Care"). A name that stands twice in a row is that of a portrait, and an author's stands
    again below the text, where the page says who that is.
    """
    if page.title is None:
        return
    end = min(max(page.first, page.title + 2), page.title + 1 + _LINES_TO_NAME, len(page.lines))
    for i in range(page.title + 1, end):
        names = _bare_names(page, i)
        if len(names) >= _MIN_NAMES:
            yield i, names
            return
        is_free = bool(names) and not page.is_article[i] and not _stands_in_menu(page, i)
        if is_free and (_is_dated(page, i) or _stands_below(page, names[0])):
            yield i, names
    for i in range(page.title - 1, max(-1, page.title - 1 - _LINES_TO_NAME), -1):
        names = _bare_names(page, i)
        if names and (page.find_dates(page.lines[i].text) or (_is_dated(page, i) and _stands_below(page, names[0]))):
            yield i, names


def _bare_names(page: TextPage, i: int) -> list[str]:
    """The names that a line consists of, beside a date."""
    line = page.lines[i]
    is_row = line.text.count(",", 0, _MAX_CHARACTERS) >= _MIN_NAMES
    if len(line.text) > _MAX_CHARACTERS or (line.words > _MAX_BYLINE_WORDS and not is_row):
        return []
    dates = page.find_dates(line.text)
    head = line.text[: dates[0].start] if dates else line.text
    if dates and not head and _AFTER_DATE.match(line.text[dates[0].end :]):
        head = line.text[dates[0].end :]
    bare = _BARE_END.split(head.strip(" ,|·•–—-"), maxsplit=1)[0]
    if phrases().stamp.match(bare) or _DENSE.search(bare):
        return []
    names = full_names(bare)
    return [] if any(_is_wording(page, name) for name in names) else names


def _is_wording(page: TextPage, name: str) -> bool:
    """Is it made of words that are none of names: a section's, an institution's, those of a button or of the text?"""
    words, known = name.casefold().split(), phrases()
    common = known.common_words.get(page.dates.language or "", frozenset())
    if not known.never_in_names.isdisjoint(words) or words[0] in common or known.furniture.fullmatch(name):
        return True
    return all(known.furniture.fullmatch(word) or _is_written_small(page, word) for word in words)


def _is_written_small(page: TextPage, word: str) -> bool:
    """Does a word stand anywhere on the page without a capital?"""
    found = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    return any(found.search(line.text[:_MAX_CHARACTERS]) for line in page.lines)


def _stands_in_menu(page: TextPage, i: int) -> bool:
    """Does a line stand above the text a second time, other than beside itself?"""
    text = page.lines[i].text
    places = [j for j in range(min(page.last + 1, len(page.lines))) if page.lines[j].text == text]
    return bool(places) and places[-1] - places[0] > _PORTRAIT_LINES


def _stands_below(page: TextPage, name: str) -> bool:
    """Does the page name somebody again at the end of the text or below it: "Ada Cole is a reporter"?"""
    start = name.casefold()
    below = page.lines[max(page.first, page.last - 1) :]
    return any(line.text.casefold().startswith(f"{start} ") for line in below) or any(
        line.text.casefold() == start for line in below[:_LINES_BELOW]
    )


def _is_dated(page: TextPage, i: int) -> bool:
    """Does a date stand near a line?"""
    near = page.lines[max(0, i - _LINES_TO_DATE) : i + 1 + _LINES_TO_DATE]
    return any(
        line.words <= _MAX_DATE_WORDS and (page.find_dates(line.text) or find_relative(line.text)) for line in near
    )
