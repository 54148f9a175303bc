"""A raw entry to an imported article: text instead of HTML, absolute addresses, a day instead of a time stamp."""

import datetime as dt
import email.utils
import html
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.importers.imported_article import ImportedArticle, LeadPicture, Origin
from site_builder.importers.read.dates import EARLIEST, LATEST, find_dates
from site_builder.importers.read.feed.feed_text import (
    MAX_SUMMARY_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    has_tags,
    html_of,
    one_line,
)
from site_builder.importers.read.feed.raw_entry import MAX_KEYWORDS, RawEntry
from site_builder.importers.read.html.html_to_markdown import markdown_of
from site_builder.importers.read.html.page_tree import parse_tree, squeeze
from site_builder.importers.read.phrases import phrases
from site_builder.links.canonical_urls import absolute_url, canonical_url
from site_builder.urls import SourcePath

_MORE_WITHIN: Final = 200
"""Characters at the end of a summary that may invite to read on."""
_MAX_SHOWN_CHARACTERS: Final = 60
"""Of a date in a message."""
_MAX_DATE_CHARACTERS: Final = 100
"""Of a date; what follows is not looked at."""
_LOOK_UP_DATE: Final = "look the date up on the page"
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_ISO_DAY: Final = re.compile(r"\s*(\d{4})(-?)(\d\d)\2(\d\d)(?!\d)")
_SECONDS: Final = re.compile(r"\s*(\d{9,10})(?:\d{3})?\s*")
"""Since 1970, or milliseconds: from 1973 on, before which there were no feeds."""


def clean_entry(raw: RawEntry, path: SourcePath) -> ImportedArticle:
    """Everything an entry states. May add feed-date, feed-link, feed-no-text, feed-cut and title-missing."""
    link = absolute_url(raw.link, raw.base)
    article = ImportedArticle(
        title=one_line(raw.title, MAX_TITLE_CHARACTERS) or None,
        date=_day(raw.published),
        summary=_summary(raw),
        body=_body(raw, link),
        source=Origin(one_line(raw.publisher, MAX_TITLE_CHARACTERS) or None, canonical_url(link)),
        image=LeadPicture(one_line(raw.credit, MAX_TITLE_CHARACTERS) or None, absolute_url(raw.image, raw.base)),
        author=_joined_names(raw.authors),
        language=_language(raw.language),
        keywords=_keywords(raw.keywords),
    )
    return replace(article, findings=tuple(_findings(raw, article, Location(path, raw.line))))


def _findings(raw: RawEntry, article: ImportedArticle, location: Location) -> Iterator[Diagnostic]:
    """What the editor must know of an entry."""
    if article.date is None and raw.published:
        shown = squeeze(raw.published)[:_MAX_SHOWN_CHARACTERS]
        yield diagnostic("feed-date", location, f'the date "{shown}" could not be read', _LOOK_UP_DATE)
    elif article.date is None:
        but = ", only when it was changed" if raw.updated else ""
        yield diagnostic("feed-date", location, f"the feed does not say when this was published{but}", _LOOK_UP_DATE)
    if raw.link and not article.source.url:
        shown = squeeze(raw.link)[:_MAX_SHOWN_CHARACTERS]
        text = f'the link "{shown}" is no whole address, and the feed does not say what it is relative to'
        yield diagnostic("feed-link", location, text, "give the address of the feed itself, with --url")
    if not article.title:
        yield diagnostic("title-missing", location, "the feed gives this entry no title", "give the draft a title")
    if not article.body:
        text, hint = "the feed has no more than a summary of this entry", "import the page itself for its text"
        yield diagnostic("feed-no-text", location, text, hint)
    if raw.is_cut:
        text = "the entry, or the whole feed, is too long; the end of the text was left out"
        yield diagnostic("feed-cut", location, text, "import the page itself for the rest")


def _body(raw: RawEntry, link: str | None) -> str:
    source = raw.content
    root = parse_tree(source if has_tags(source) else html_of(html.unescape(source)))
    text = markdown_of(root, link or raw.base or None) if root is not None else ""
    rest, _, last = text.rpartition("\n\n")
    return rest if phrases().feed_footer.match(last) else text


def _summary(raw: RawEntry) -> str | None:
    """The entry's own summary as text; None where it only repeats how the content begins, or the title."""
    summary = _without_footer(one_line(raw.summary))
    start, content = _letters(_without_more(summary)), _letters(one_line(raw.content, 2 * MAX_SUMMARY_CHARACTERS))
    if not start or content.startswith(start) or start == _letters(one_line(raw.title, MAX_TITLE_CHARACTERS)):
        return None
    return summary


def _without_footer(text: str) -> str:
    footer = phrases().feed_footer.match(text)
    return text[: footer.start("footer")].rstrip() if footer else text


def _without_more(text: str) -> str:
    """A summary without the dots and the "Read more" at its end; both may be there."""
    start, end = text[:-_MORE_WITHIN], text[-_MORE_WITHIN:]
    return start + phrases().read_on.sub("", phrases().read_on.sub("", end))


def _letters(text: str) -> str:
    """Letters and digits alone, for comparing."""
    return "".join(re.findall(r"[^\W_]+", text.casefold()))


def _day(text: str) -> dt.date | None:
    """The day of a date of RFC 822, ISO 8601 or freely written, in the zone in which it is written."""
    short = text[:_MAX_DATE_CHARACTERS]
    for read in (_iso_day, _mail_day, _free_day, _second_day):
        if (day := read(short)) is not None:
            return day
    return None


def _iso_day(text: str) -> dt.date | None:
    match = _ISO_DAY.match(text)
    return _calendar(int(match[1]), int(match[3]), int(match[4])) if match else None


def _mail_day(text: str) -> dt.date | None:
    try:
        parts = email.utils.parsedate(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _calendar(*parts[:3]) if parts else None


def _free_day(text: str) -> dt.date | None:
    found = find_dates(text)
    return found[0].date if found and not found[0].ambiguous else None


def _second_day(text: str) -> dt.date | None:
    match = _SECONDS.fullmatch(text)
    return dt.datetime.fromtimestamp(int(match[1]), tz=dt.UTC).date() if match else None


def _calendar(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None


def _language(text: str) -> str | None:
    """A BCP 47 tag in its usual spelling: `en_us` is `en-US`."""
    tag = text.strip()
    if not _LANGUAGE.fullmatch(tag):
        return None
    first, *rest = tag.lower().replace("_", "-").split("-")
    spelled: Mapping[int, Callable[[str], str]] = {2: str.upper, 4: str.title}
    return "-".join([first, *(spelled.get(len(p), str)(p) for p in rest)])


def _joined_names(authors: Iterable[str]) -> str | None:
    lines = (phrases().byline_start.sub("", one_line(a, MAX_TITLE_CHARACTERS)) for a in authors)
    names = dict.fromkeys(n for n in lines if n)
    return ", ".join(names)[:MAX_TITLE_CHARACTERS] or None


def _keywords(texts: Iterable[str]) -> tuple[str, ...]:
    """Each keyword once, whatever its case, in order."""
    found: dict[str, str] = {}
    for text in itertools.islice(texts, MAX_KEYWORDS):
        word = one_line(text, MAX_TITLE_CHARACTERS)
        if word and word.casefold() not in phrases().not_keywords:
            found.setdefault(word.casefold(), word)
    return tuple(found.values())
