"""What a page says about itself in its head and data: titles, dates, publisher, author, picture, tags.

Needs the whole tree, scripts included. Which of several titles is right, and whether a description is a dek, can only
be decided with the visible text. A date of publication is never taken from a date of change.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from site_builder.importers.read.dates import find_dates
from site_builder.importers.read.html.bylines import find_byline
from site_builder.importers.read.html.facts.authors_of_page import find_authors, host_names
from site_builder.importers.read.html.facts.date_of_page import changed, published, weaker_date
from site_builder.importers.read.html.facts.meta_elements import MAX_TEXT, Metas, first_of, meta_elements
from site_builder.importers.read.html.page_json_ld import Data, find_article, is_address, string, strings
from site_builder.importers.read.html.page_place import main_title
from site_builder.importers.read.html.page_tree import Element, text_of
from site_builder.links.canonical_urls import absolute_url, archived_url, canonical_url

MAX_KEYWORDS: Final = 40
MAX_KEYWORD: Final = 60
"""Characters of a tag."""
_MAX_SITE_NAME: Final = 80
"""Characters of a publisher's name."""
_MAX_NESTED: Final = 5
"""Entries of a list in the page's data that are looked at for one value."""
_MAX_DIGITS: Final = 8
"""Of a number of words."""
_DESCRIPTIONS: Final = ("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract")
_TITLES: Final = ("citation_title", "headline")
_KEYWORDS: Final = ("news_keywords", "parsely-tags", "sailthru.tags")
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_](?:([A-Za-z]{4})[-_]?)?([A-Za-z]{2}|\d{3})?)?\s*\Z")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the page's head and data state."""

    headline: str | None = None
    """JSON-LD's, or that of a journal."""
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
    weaker_date: dt.date | None = None
    """The day that something less sure states, for want of these."""
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
    metas = meta_elements(root)
    heading = main_title(root)
    titles = [v for k in ("og:title", "twitter:title") for v in metas.get(k, ())]
    titles += [text_of(e) for e in (heading, next(root.iter("title"), None)) if e is not None]
    data = find_article(root, titles, _canonical(root, metas, {}, url))
    address = _canonical(root, metas, data, url)
    base = address or url
    language = _language(root, metas, data)
    byline = find_byline(root)
    date, is_in_utc = published(root, metas, data, language, address)
    window = _cut(next((t for e in root.iter("title") if (t := text_of(e))), None))
    picture = data.get("image")
    body = data.get("articleBody")
    return PageMetadata(
        headline=_cut(string(data.get("headline")) or first_of(metas, _TITLES)),
        social_title=first_of(metas, ("og:title",)),
        twitter_title=first_of(metas, ("twitter:title",)),
        window_title=window,
        date=date,
        is_in_utc=is_in_utc,
        changed=changed(metas, data, language),
        byline_date=next(
            (d.date for d in find_dates(byline.text, language) if not d.updated and not d.ambiguous), None
        ),
        weaker_date=None if date else weaker_date(root, data, window, language),
        descriptions=_unique([string(data.get("description")), *(v for k in _DESCRIPTIONS for v in metas.get(k, ()))]),
        site_names=_site_names(metas, data),
        url=address,
        authors=find_authors(root, metas, data, byline, [*_site_names(metas, data), *host_names(address)], window),
        language=language,
        image=absolute_url(
            first_of(metas, ("og:image", "og:image:url", "og:image:secure_url")) or _image(picture), base
        ),
        image_alt=first_of(metas, ("og:image:alt", "twitter:image:alt")),
        image_credit=_credit(picture),
        keywords=_keywords(metas, data),
        is_gated=_is_gated(metas, data),
        word_count=_count(data.get("wordCount")),
        article_body=body if isinstance(body, str) else None,
    )


def _cut(text: str | None) -> str | None:
    return text[:MAX_TEXT] if text else None


def _unique(values: Sequence[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in values if v))


def _canonical(root: Element, metas: Metas, data: Data, url: str | None) -> str | None:
    links = [e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    base = canonical_url(next(iter(e.get("href") for e in root.iter("base") if e.get("href")), None), url) or url
    stated = [*links, first_of(metas, ("og:url",)), string(data.get("mainEntityOfPage")), string(data.get("url")), url]
    found = next((c for s in stated if (c := canonical_url(s, base))), None)
    return canonical_url(archived_url(found)) or found if found else None


def _is_gated(metas: Metas, data: Data) -> bool:
    """Do the data say that the text is not free? (schema.org `isAccessibleForFree`, Facebook's `content_tier`)"""
    free = data.get("isAccessibleForFree", first_of(metas, ("isaccessibleforfree",)))
    tier = (first_of(metas, ("article:content_tier", "og:article:content_tier")) or "").lower()
    return free is False or (isinstance(free, str) and free.lower().endswith("false")) or tier in {"locked", "metered"}


def _count(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < _MAX_DIGITS else None


def _site_names(metas: Metas, data: Data) -> tuple[str, ...]:
    """og:site_name, the publisher of the data, the application's name."""
    names = [first_of(metas, ("og:site_name",)), string(data.get("publisher")), string(data.get("sourceOrganization"))]
    names += [first_of(metas, ("application-name", "apple-mobile-web-app-title", "dc.publisher", "twitter:site"))]
    return _unique([n for n in names if n and not is_address(n) and n[0] != "@" and len(n) < _MAX_SITE_NAME])


def _language(root: Element, metas: Metas, data: Data) -> str | None:
    given = [
        root.get("lang"),
        root.get("xml:lang"),
        string(data.get("inLanguage")),
        first_of(metas, ("content-language", "language", "dc.language")),
    ]
    locale = first_of(metas, ("og:locale",))
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


def _keywords(metas: Metas, data: Data) -> tuple[str, ...]:
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
