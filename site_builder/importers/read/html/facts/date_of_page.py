"""When a page was published: from its data, its `<meta>` elements, its `<time>` elements and its address.

A date of publication is never taken from a date of change, nor from another article's.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from site_builder.importers.read.dates import FoundDate, find_dates, is_update
from site_builder.importers.read.html.facts.meta_elements import Metas, parsely_pages
from site_builder.importers.read.html.page_json_ld import Data, string
from site_builder.importers.read.html.page_place import (
    is_elsewhere,
    is_in_site_head,
    is_longer,
    list_at_title,
    main_title,
)
from site_builder.importers.read.html.page_tree import Element, names_of, squeeze, text_of
from site_builder.importers.read.phrases import phrases

_MAX_STAMP: Final = 200
"""Characters of a date in the page's data."""
_MAX_TIMES: Final = 200
"""Elements of a kind that may hold the date."""
_AROUND_TIME: Final = 80
"""Characters around a `<time>` that may call it a date of change."""
_MAX_LINE: Final = 100
"""Characters of an element that says when."""
_PUBLISHED: Final = (
    "article:published_time og:article:published_time article:published og:published_time published_time datepublished"
    " publishdate publish-date publish_date publication_date publicationdate pubdate sailthru.date parsely-pub-date"
    " cxenseparse:recs:publishtime dc.date.issued dcterms.issued dc.issued dc.date.created dcterms.created dc.created"
    " dc:created dc.date dcterms.date"
    " article.published date originalpublicationdate rnews:datepublished citation_publication_date citation_online_date"
    " citation_date article_date_original article.date article-date date_published pub_date firstpublishedtime"
    " og:original_time created"
).split()
_IN_UTC: Final = frozenset({"sailthru.date", "parsely-pub-date"})
"""Names whose days are UTC's by the definition of the services that read them."""
_MODIFIED: Final = (
    "article:modified_time og:updated_time datemodified dateupdate last-modified lastmodified dcterms.modified"
).split()
_UTC: Final = re.compile(r"T\d\d:?\d\d\S*?(?:Z|[+-]00:?00)\s*\Z")
_ISO: Final = re.compile(r"\s*((?:19|20)\d\d)(?:-(\d\d)-(\d\d)|/(\d\d?)/(\d\d?)|(\d\d)(\d\d))(?!\d)")
_URL_DATE: Final = re.compile(r"/((?:19|20)\d\d)[/-](?:[A-Za-z_]{2,30}/)?(\d\d?)[/-](\d\d?)(?=[/_-]|\Z)")
"""`/2026/06/03/`, with one section between at most: `/2026/world/06/03/`."""
_CHANGES: Final = frozenset({"modified", "updated", "update", "datemodified"})
_MARKS: Final = frozenset({"published", "datepublished", "publish", "pubdate", "publication", "publishdate"})
"""Words in the names of elements that hold the date of change, and of publication."""
_DATE_NAMES: Final = (
    frozenset({"published"}),
    frozenset({"publish", "date"}),
    frozenset({"publish", "time"}),
    frozenset({"post", "date"}),
    frozenset({"entry", "date"}),
    frozenset({"article", "date"}),
)
"""The same, of other elements than `<time>`: all words of one of these."""


def published(
    root: Element, metas: Metas, data: Data, language: str | None, url: str | None
) -> tuple[dt.date | None, bool]:
    """The day, and whether it is one in UTC, which may be another one where the page was written."""
    stated = [(n, v) for n in _PUBLISHED for v in metas.get(n, ())]
    stated += [("parsely-pub-date", stamp) for p in parsely_pages(metas) if (stamp := string(p.get("pub_date")))]
    for name, stamp in (("", string(data.get("datePublished"))), *stated):
        if date := parse_stamp(stamp, language):
            return date, name in _IN_UTC or _UTC.search(stamp or "") is not None
    return _time_element(root, language) or date_of_address(url), False


def changed(metas: Metas, data: Data, language: str | None) -> dt.date | None:
    """The day of the last change."""
    stamps = [string(data.get("dateModified")), *(v for n in _MODIFIED for v in metas.get(n, ()))]
    return next((day for s in stamps if (day := parse_stamp(s, language))), None)


def weaker_date(root: Element, data: Data, window: str | None, language: str | None) -> dt.date | None:
    """The day of publication for want of a stamp and of a date near the title.

    It stands in an element that is named after it, in the data as the day when the page was made, or is a whole part
    of the window's title.
    """
    title = main_title(root)
    named = (
        day
        for element in root.iter("span", "div", "p", "abbr", "em", "small", "li", "a", "td")
        if (day := _named_date(element, language)) and not is_elsewhere(element, title)
    )
    parts = (day for part in re.split(r"\s[-–—|]\s", window or "") if (day := _whole_date(part, language)))
    return next(named, None) or parse_stamp(string(data.get("dateCreated")), language) or next(parts, None)


def _named_date(element: Element, language: str | None) -> dt.date | None:
    names = set(names_of(element))
    if not any(names >= wanted for wanted in _DATE_NAMES) or names & _CHANGES or is_longer(element, _MAX_LINE):
        return None
    return _only_day(find_dates(text_of(element), language))


def _whole_date(text: str, language: str | None) -> dt.date | None:
    found = find_dates(text, language)
    return _only_day(found) if found and not re.sub(r"\W", "", text.replace(found[0].text, "", 1)) else None


def _only_day(found: Sequence[FoundDate]) -> dt.date | None:
    """The one day of publication in a text."""
    days = {d.date for d in found if not d.updated}
    return days.pop() if len(days) == 1 and not any(d.ambiguous for d in found) else None


def parse_stamp(stamp: str | None, language: str | None = None) -> dt.date | None:
    """The day a stamp names, as written: a time zone changes nothing. None where it is ambiguous or no date."""
    if not stamp:
        return None
    match = _ISO.match(stamp)
    if match:
        year, *rest = match.groups()
        month, day = (r for r in rest if r)
        return _date(int(year), int(month), int(day))
    found = find_dates(stamp[:_MAX_STAMP], language)
    return found[0].date if len(found) == 1 and not found[0].ambiguous else None


def _time_element(root: Element, language: str | None) -> dt.date | None:
    """A `<time>` marked as published, else the first of the page's article that is not a time of change."""
    marked, other = _times(root)
    for element in (*marked, *other[:1]):
        text = text_of(element)
        shown = [d for d in find_dates(text, language) if not d.updated]
        posted = next((d for d in shown if not d.ambiguous), None)
        stamp = element.get("datetime") or element.get("content") or element.get("title") or text
        day = parse_stamp(stamp, language)
        # Where the text has several days, the stamp is that of any of them; else it may be that of the last change, or
        # in UTC, which may be the day before or after.
        is_near = posted is not None and day is not None and abs(day - posted.date) == dt.timedelta(days=1)
        is_called_so = len(shown) == 1 and phrases().published.search(text)
        if posted and (is_update(text) or is_called_so or (is_near and _UTC.search(stamp))):
            return posted.date
        if day:
            return day
    return None


def _times(root: Element) -> tuple[list[Element], list[Element]]:
    """The elements that hold a date: those marked as its publication, and the others of the page's article."""
    title = main_title(root)
    marked: list[Element] = []
    other: list[Element] = []
    places: Iterator[Iterator[Element]] = iter(
        (
            root.iter("time"),
            root.iterfind(".//*[@itemprop='datePublished']"),
            root.iterfind(".//*[@pubdate]"),
            root.iterfind(".//abbr[@title]"),
        )
    )
    for element in chain.from_iterable(islice(place, _MAX_TIMES) for place in places):
        parent = element.getparent()
        own = set(names_of(element))
        names = own | set(names_of(parent) if parent is not None else ())
        around = squeeze("".join(parent.itertext()))[:_AROUND_TIME] if parent is not None else ""
        if (names & _CHANGES and not own & _MARKS) or _is_update(around):
            continue
        if element.get("pubdate") is not None or names & _MARKS:
            marked.append(element)
        elif (
            element.tag != "abbr"
            and not is_elsewhere(list_at_title(element, title), title)
            and not is_in_site_head(element, root)
        ):
            other.append(element)
    return marked, other


def _is_update(text: str) -> bool:
    """Is it only of a change that this tells the day?"""
    return is_update(text) and all(d.updated for d in find_dates(text)[:1])


def date_of_address(url: str | None) -> dt.date | None:
    """The day in an address: `/2026/06/03/`."""
    match = _URL_DATE.search(url or "")
    return _date(*(int(g) for g in match.groups())) if match else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
