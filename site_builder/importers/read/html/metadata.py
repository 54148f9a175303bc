"""What a page says about itself in its head and data: titles, dates, publisher, author, picture, tags.

Needs the whole tree, scripts included. Which of several titles is right, and whether a description is a dek, can only
be decided with the visible text. A date of publication is never taken from a date of change.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final
from urllib.parse import urlsplit

from site_builder.importers.read.dates import find_dates, is_update
from site_builder.importers.read.html.bylines import Byline, find_byline
from site_builder.importers.read.html.page_json_ld import (
    Data,
    find_article,
    is_address,
    names_of_organisations,
    names_of_people,
    plain,
    string,
    strings,
)
from site_builder.importers.read.html.page_place import is_elsewhere, is_in_site_head, main_title
from site_builder.importers.read.html.page_tree import Element, names_of, squeeze, text_of
from site_builder.importers.read.loose_json import parse_loosely
from site_builder.importers.read.people import is_handle, letters, split_names
from site_builder.importers.read.phrases import phrases
from site_builder.links.canonical_urls import absolute_url, canonical_url

MAX_TEXT: Final = 4_000
"""Characters of one value."""
MAX_KEYWORDS: Final = 40
MAX_KEYWORD: Final = 60
"""Characters of a tag."""
_MAX_AUTHORS: Final = 100
"""Papers of large experiments have more."""
_MAX_LABELS: Final = 5
"""Pairs of a label and its value that the head has for social networks."""
_MAX_SEEN: Final = 400_000
"""Characters of the page in which a name is looked for."""
_MAX_SITE_NAME: Final = 80
"""Characters of a publisher's name."""
_MAX_STAMP: Final = 200
"""Characters of a date in the page's data."""
_MAX_TIMES: Final = 200
"""Elements of a kind that may hold the date."""
_AROUND_TIME: Final = 80
"""Characters around a `<time>` that may call it a date of change."""
_NOT_SHOWN: Final = frozenset({"script", "style", "title", "noscript", "template"})
_MAX_NESTED: Final = 5
"""Entries of a list in the page's data that are looked at for one value."""

_PUBLISHED: Final = (
    "article:published_time og:article:published_time article:published og:published_time published_time datepublished"
    " publishdate publish-date publish_date publication_date publicationdate pubdate sailthru.date parsely-pub-date"
    " cxenseparse:recs:publishtime dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date dcterms.date"
    " article.published date originalpublicationdate rnews:datepublished citation_publication_date citation_online_date"
    " citation_date article_date_original article.date article-date date_published pub_date"
).split()
_MODIFIED: Final = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_UTC: Final = re.compile(r"T\d\d:?\d\d\S*?(?:Z|[+-]00:?00)\s*\Z")
_MAX_DIGITS: Final = 8
"""Of a number of words."""
_DESCRIPTIONS: Final = ("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract")
_AUTHORS: Final = (
    "author",
    "article:author",
    "og:article:author",
    "article_author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "qc:author",
    "byl",
    "byline",
    "writer",
)
_KEYWORDS: Final = ("news_keywords", "parsely-tags", "sailthru.tags")
_ISO: Final = re.compile(r"\s*((?:19|20)\d\d)(?:-(\d\d)-(\d\d)|/(\d\d?)/(\d\d?)|(\d\d)(\d\d))(?!\d)")
_URL_DATE: Final = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/_-]|\Z)")
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_](?:([A-Za-z]{4})[-_]?)?([A-Za-z]{2}|\d{3})?)?\s*\Z")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the page's head and data state."""

    headline: str | None = None
    """JSON-LD."""
    social_title: str | None = None
    twitter_title: str | None = None
    window_title: str | None = None
    date: dt.date | None = None
    """Published, from a stamp; None where only the text has it."""
    is_in_utc: bool = False
    """Is that stamp one in UTC, whose day may be another one where the page was written?"""
    changed: dt.date | None = None
    """The day of the last change, from a stamp."""
    byline_date: dt.date | None = None
    """The day that the byline states, for want of any other."""
    descriptions: tuple[str, ...] = ()
    """As written, best first, without repeats."""
    site_names: tuple[str, ...] = ()
    """Best first."""
    url: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    image: str | None = None
    image_alt: str | None = None
    image_credit: str | None = None
    keywords: tuple[str, ...] = ()
    is_gated: bool = False
    """Do the data say that some of the text must be paid for?"""
    word_count: int | None = None
    """Words of the whole text, as the data count them."""
    article_body: str | None = None
    """The whole text, as JSON-LD gives it, with its line ends."""


def read_metadata(root: Element, url: str | None = None) -> PageMetadata:
    """Everything the page states outside its text.

    `url` is where it was found; the page's own canonical one goes first.
    """
    metas = _metas(root)
    heading = main_title(root)
    titles = [v for k in ("og:title", "twitter:title") for v in metas.get(k, ())]
    titles += [text_of(e) for e in (heading, next(root.iter("title"), None)) if e is not None]
    data = find_article(root, titles, _canonical(root, metas, {}, url))
    address = _canonical(root, metas, data, url)
    base = address or url
    language = _language(root, metas, data)
    byline = find_byline(root)
    date, stamp = _published(root, metas, data, language, address)
    picture = data.get("image")
    body = data.get("articleBody")
    return PageMetadata(
        headline=_cut(string(data.get("headline"))),
        social_title=_first(metas, ("og:title",)),
        twitter_title=_first(metas, ("twitter:title",)),
        window_title=_cut(next((t for e in root.iter("title") if (t := text_of(e))), None)),
        date=date,
        is_in_utc=_UTC.search(stamp) is not None,
        changed=_first_day(
            [string(data.get("dateModified")), *(v for n in _MODIFIED for v in metas.get(n, ()))], language
        ),
        byline_date=next(
            (d.date for d in find_dates(byline.text, language) if not d.updated and not d.ambiguous), None
        ),
        descriptions=_unique([string(data.get("description")), *(v for k in _DESCRIPTIONS for v in metas.get(k, ()))]),
        site_names=_site_names(metas, data),
        url=address,
        authors=_authors(root, metas, data, byline, [*_site_names(metas, data), *host_names(address)]),
        language=language,
        image=absolute_url(_first(metas, ("og:image", "og:image:url", "og:image:secure_url")) or _image(picture), base),
        image_alt=_first(metas, ("og:image:alt", "twitter:image:alt")),
        image_credit=_credit(picture),
        keywords=_keywords(metas, data),
        is_gated=_is_gated(metas, data),
        word_count=_count(data.get("wordCount")),
        article_body=body if isinstance(body, str) else None,
    )


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


def _metas(root: Element) -> Mapping[str, list[str]]:
    """Lower-case name -> contents, in order."""
    metas: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = element.get("content")
        if not content:
            continue
        for attribute in ("property", "name", "itemprop"):
            if name := element.get(attribute):
                value = plain(content[:MAX_TEXT])
                if value:
                    metas.setdefault(name.strip().lower(), []).append(value)
    return metas


def _first(metas: Mapping[str, list[str]], names: Sequence[str]) -> str | None:
    return next((v for n in names for v in metas.get(n, ())), None)


def _cut(text: str | None) -> str | None:
    return text[:MAX_TEXT] if text else None


def _unique(values: Sequence[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in values if v))


def _canonical(root: Element, metas: Mapping[str, list[str]], data: Data, url: str | None) -> str | None:
    links = [e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    base = canonical_url(next(iter(e.get("href") for e in root.iter("base") if e.get("href")), None), url) or url
    stated = [*links, _first(metas, ("og:url",)), string(data.get("mainEntityOfPage")), string(data.get("url")), url]
    return next((c for s in stated if (c := canonical_url(s, base))), None)


def _published(
    root: Element, metas: Mapping[str, list[str]], data: Data, language: str | None, url: str | None
) -> tuple[dt.date | None, str]:
    """The day, and the stamp that names it, if it was one."""
    stated = [v for n in _PUBLISHED for v in metas.get(n, ())] + [string(p.get("pub_date")) for p in _parsely(metas)]
    for stamp in (string(data.get("datePublished")), *stated):
        if date := parse_stamp(stamp, language):
            return date, stamp or ""
    return _time_element(root, language) or _date_of_address(url), ""


def _first_day(stamps: Sequence[str | None], language: str | None) -> dt.date | None:
    return next((day for s in stamps if (day := parse_stamp(s, language))), None)


def _is_gated(metas: Mapping[str, list[str]], data: Data) -> bool:
    """Do the data say that the text is not free? (schema.org `isAccessibleForFree`, Facebook's `content_tier`)"""
    free = data.get("isAccessibleForFree", _first(metas, ("isaccessibleforfree",)))
    tier = (_first(metas, ("article:content_tier", "og:article:content_tier")) or "").lower()
    return free is False or (isinstance(free, str) and free.lower().endswith("false")) or tier in {"locked", "metered"}


def _count(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < _MAX_DIGITS else None


def _time_element(root: Element, language: str | None) -> dt.date | None:
    """A `<time>` marked as published, else the first of the page's article that is not a time of change."""
    title = main_title(root)
    marked: list[Element] = []
    other: list[Element] = []
    places = (
        root.iter("time"),
        root.iterfind(".//*[@itemprop='datePublished']"),
        root.iterfind(".//*[@pubdate]"),
        root.iterfind(".//abbr[@title]"),
    )
    for element in chain.from_iterable(islice(place, _MAX_TIMES) for place in places):
        names = {*names_of(element), *(names_of(element.getparent()) if element.getparent() is not None else ())}
        parent = element.getparent()
        around = squeeze("".join(parent.itertext()))[:_AROUND_TIME] if parent is not None else ""
        if names & {"modified", "updated", "update", "datemodified"} or _is_update(around):
            continue
        if element.get("pubdate") is not None or names & {
            "published",
            "datepublished",
            "publish",
            "pubdate",
            "publication",
            "publishdate",
        }:
            marked.append(element)
        elif element.tag != "abbr" and not is_elsewhere(element, title) and not is_in_site_head(element, root):
            other.append(element)
    for element in (*marked, *other[:1]):
        text = text_of(element)
        posted = next((d for d in find_dates(text, language) if not d.updated and not d.ambiguous), None)
        stamp = element.get("datetime") or element.get("content") or element.get("title") or text
        day = parse_stamp(stamp, language)
        # Where the text has several days, the stamp is that of any of them; in UTC, it may be the day before or after.
        is_near = posted is not None and day is not None and abs(day - posted.date) == dt.timedelta(days=1)
        if posted and (is_update(text) or (is_near and _UTC.search(stamp))):
            return posted.date
        if day:
            return day
    return None


def _is_update(text: str) -> bool:
    """Is it only of a change that this tells the day?"""
    return is_update(text) and all(d.updated for d in find_dates(text)[:1])


def _date_of_address(url: str | None) -> dt.date | None:
    match = _URL_DATE.search(url or "")
    return _date(*(int(g) for g in match.groups())) if match else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _site_names(metas: Mapping[str, list[str]], data: Data) -> tuple[str, ...]:
    """og:site_name, the publisher of the data, the application's name."""
    names = [_first(metas, ("og:site_name",)), string(data.get("publisher")), string(data.get("sourceOrganization"))]
    names += [_first(metas, ("application-name", "apple-mobile-web-app-title", "dc.publisher", "twitter:site"))]
    return _unique([n for n in names if n and not is_address(n) and n[0] != "@" and len(n) < _MAX_SITE_NAME])


def _authors(
    root: Element, metas: Mapping[str, list[str]], data: Data, byline: Byline, sites: Sequence[str]
) -> tuple[str, ...]:
    """Names from the page's data, head and byline: those that the byline confirms, else the first that are names."""
    stated = [people for names in _stated(metas, data) if (people := _people(names, sites))]
    real = [p for p in stated if not all(is_handle(n) for n in p)]
    shown = [n for n in byline.names if not _is_site(n, sites)]
    if shown and stated:
        # Names that the page shows nowhere are those of its owner, or of whoever put it on line.
        seen = _seen(root)
        keys = {letters(n) for n in shown}
        for people in stated:
            if not keys.isdisjoint(letters(n) for n in people):
                return tuple(n for n in people if letters(n) in seen)
        stated = [p for p in stated if all(letters(n) in seen for n in p)]
        real = [p for p in real if p in stated]
    if shown and (byline.is_marked or not stated):
        return tuple(shown[:_MAX_AUTHORS])
    organisations = _people(names_of_organisations(data.get("author")), sites)
    return next(iter((*real, *stated)), organisations)


def _seen(root: Element) -> str:
    """The letters of what a page shows."""
    parts = [p for e in root.iter() for p in ("" if e.tag in _NOT_SHOWN else e.text, e.tail) if p]
    return letters(" ".join(parts)[:_MAX_SEEN])


def _stated(metas: Mapping[str, list[str]], data: Data) -> Iterator[list[str]]:
    """What the page gives as its authors, the most careful places first."""
    yield [_turned(v) for v in metas.get("citation_author", ())]
    yield names_of_people(data.get("author"))
    yield names_of_people(data.get("creator"))
    for name in _AUTHORS:
        yield [_turned(v) if name.startswith("dc") else v for v in metas.get(name, ())]
    for page in _parsely(metas):
        yield names_of_people([page.get(k) for k in ("author", "authors")])
    for number in range(1, _MAX_LABELS):
        label = " ".join(metas.get(f"twitter:label{number}", ()))
        if phrases().byline_start.fullmatch(f"{label} "):
            yield metas.get(f"twitter:data{number}", [])


def _parsely(metas: Mapping[str, list[str]]) -> Iterator[Data]:
    """What a page tells the statistics service Parse.ly."""
    for text in metas.get("parsely-page", ()):
        with suppress(ValueError):
            page = parse_loosely(text)[0]
            if isinstance(page, dict):
                yield page


def _turned(name: str) -> str:
    """`Bo, Ann` as `Ann Bo`."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first and " and " not in first else name


def _people(names: Sequence[str], sites: Sequence[str]) -> tuple[str, ...]:
    """The names among these, without the site itself, which many publishers name where they name no author."""
    people = _unique([p for n in names if not is_address(n) for p in split_names(n)])
    return tuple(n for n in people if not _is_site(n, sites))[:_MAX_AUTHORS]


def _is_site(name: str, sites: Sequence[str]) -> bool:
    mine = letters(name)
    return any(mine == letters(site) for site in sites)


def host_names(url: str | None) -> list[str]:
    """The site's address, as some name it: `news.example`, and `news` of it."""
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    return [host, host.partition(".")[0]] if host else []


def _language(root: Element, metas: Mapping[str, list[str]], data: Data) -> str | None:
    given = [
        root.get("lang"),
        root.get("xml:lang"),
        string(data.get("inLanguage")),
        _first(metas, ("content-language", "language", "dc.language")),
    ]
    locale = _first(metas, ("og:locale",))
    return next((tag for g in (*given, locale) if (tag := language_tag(g))), None)


def language_tag(text: str | None) -> str | None:
    """A BCP 47 tag in its usual spelling: `de_at` gives `de-AT`."""
    match = _LANGUAGE.match((text or "").strip())
    if not match:
        return None
    language, script, region = match.groups()
    return "-".join(
        p for p in (language.lower(), script.title() if script else "", region.upper() if region else "") if p
    )


def _image(value: object) -> str | None:
    if isinstance(value, list):
        return next((i for v in value[:_MAX_NESTED] if (i := _image(v))), None)
    if isinstance(value, dict):
        return string(value.get("url")) or string(value.get("contentUrl"))
    return value if isinstance(value, str) else None


def _credit(value: object) -> str | None:
    if isinstance(value, list):
        return next((c for v in value[:_MAX_NESTED] if (c := _credit(v))), None)
    if isinstance(value, dict):
        return string(value.get("creditText")) or string(value.get("copyrightHolder"))
    return None


def _keywords(metas: Mapping[str, list[str]], data: Data) -> tuple[str, ...]:
    """The page's tags, as written, from the first place that has some, then its sections; repeats count once."""
    places = (
        [*metas.get("article:tag", ()), *metas.get("og:article:tag", ())],
        strings(data.get("keywords")),
        *(metas.get(n, []) for n in _KEYWORDS),
    )
    tags = next((p for place in places if (p := [t for v in place for t in strings(v, separator=",")])), [])
    sections = [*strings(data.get("articleSection")), *metas.get("article:section", ())]
    known: dict[str, str] = {}
    for tag in (*tags, *sections):
        if len(tag) <= MAX_KEYWORD and "_" not in tag:
            known.setdefault(tag.casefold(), tag)
    return tuple(known.values())[:MAX_KEYWORDS]
