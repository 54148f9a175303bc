"""What a page says about itself in its head and data: titles, dates, publisher, author, picture, tags.

Needs the whole tree, scripts included. Which of several titles is right, and whether a description is a dek, can only
be decided with the visible text. A date of publication is never taken from a date of change.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from site_builder.importers.read.dates import find_dates, is_update
from site_builder.importers.read.html.page_json_ld import Data, find_article, plain, string, strings
from site_builder.importers.read.html.page_tree import Element, names_of, squeeze, text_of
from site_builder.importers.read.phrases import phrases
from site_builder.links.canonical_urls import absolute_url, canonical_url

MAX_TEXT: Final = 4_000
"""Characters of one value."""
MAX_KEYWORDS: Final = 40
MAX_KEYWORD: Final = 60
"""Characters of a tag."""
MAX_NAME_WORDS: Final = 6
"""Of an author; what is longer is a sentence about one."""
MAX_DEGREE: Final = 4
"""Letters of an academic degree."""
MAX_BYLINE: Final = 120
"""Characters of an element that may be a byline."""
_MAX_BYLINES: Final = 3
"""Single names in elements of their own that are read together."""
_MAX_AUTHORS: Final = 12
_MAX_NAME: Final = 60
"""Characters of an author's name."""
_MAX_SITE_NAME: Final = 80
"""Characters of a publisher's name."""
_MAX_STAMP: Final = 200
"""Characters of a date in the page's data."""
_AROUND_TIME: Final = 80
"""Characters around a `<time>` that may call it a date of change."""
_MAX_NESTED: Final = 5
"""Entries of a list in the page's data that are looked at for one value."""

_PUBLISHED: Final = (
    "article:published_time og:article:published_time article:published og:published_time published_time datepublished"
    " publishdate publish-date publish_date publication_date publicationdate pubdate sailthru.date parsely-pub-date"
    " cxenseparse:recs:publishtime dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date dcterms.date"
    " article.published date originalpublicationdate rnews:datepublished"
).split()
_DESCRIPTIONS: Final = ("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract")
_AUTHORS: Final = (
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
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
    article_body: str | None = None
    """The whole text, as JSON-LD gives it, with its line ends."""


def read_metadata(root: Element, url: str | None = None) -> PageMetadata:
    """Everything the page states outside its text.

    `url` is where it was found; the page's own canonical one goes first.
    """
    metas = _metas(root)
    data = find_article(root)
    address = _canonical(root, metas, data, url)
    base = address or url
    language = _language(root, metas, data)
    picture = data.get("image")
    body = data.get("articleBody")
    return PageMetadata(
        headline=_cut(string(data.get("headline"))),
        social_title=_first(metas, ("og:title",)),
        twitter_title=_first(metas, ("twitter:title",)),
        window_title=_cut(next((t for e in root.iter("title") if (t := text_of(e))), None)),
        date=_published(root, metas, data, language, address),
        descriptions=_unique([string(data.get("description")), *(v for k in _DESCRIPTIONS for v in metas.get(k, ()))]),
        site_names=_site_names(metas, data),
        url=address,
        authors=_people(_authors(root, metas, data), _site_names(metas, data)),
        language=language,
        image=absolute_url(_first(metas, ("og:image", "og:image:url", "og:image:secure_url")) or _image(picture), base),
        image_alt=_first(metas, ("og:image:alt", "twitter:image:alt")),
        image_credit=_credit(picture),
        keywords=_keywords(metas, data),
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
) -> dt.date | None:
    for stamp in (string(data.get("datePublished")), *(v for n in _PUBLISHED for v in metas.get(n, ()))):
        if date := parse_stamp(stamp, language):
            return date
    return _time_element(root, language) or _date_of_address(url)


def _time_element(root: Element, language: str | None) -> dt.date | None:
    """A `<time>` marked as published, else the first of the page's article that is not a time of change."""
    marked: list[Element] = []
    other: list[Element] = []
    for element in (
        *root.iter("time"),
        *root.iterfind(".//*[@itemprop='datePublished']"),
        *root.iterfind(".//*[@pubdate]"),
    ):
        names = {*names_of(element), *(names_of(element.getparent()) if element.getparent() is not None else ())}
        parent = element.getparent()
        around = squeeze("".join(parent.itertext()))[:_AROUND_TIME] if parent is not None else ""
        if names & {"modified", "updated", "update", "datemodified"} or is_update(around):
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
        elif not _is_elsewhere(element) and not is_in_site_head(element, root):
            other.append(element)
    for element in (*marked, *other[:1]):
        stamp = element.get("datetime") or element.get("content") or text_of(element)
        if date := parse_stamp(stamp, language):
            return date
    return None


def _is_elsewhere(element: Element) -> bool:
    """Is it part of a list of other articles, of comments, or of the page's frame?"""
    for around in element.iterancestors():
        if around.tag in {"nav", "aside", "footer", "li"} or not {
            "comment",
            "comments",
            "related",
            "teaser",
            "card",
        }.isdisjoint(names_of(around)):
            return True
    return False


_OWN_PARTS: Final = frozenset({"article", "main"})
"""Tags of what a page is about; its frame is outside of them."""
_OWN_WORDS: Final = frozenset({"article", "entry", "post", "story"})
"""Words in the name of an article's own head."""
_HEAD_WORDS: Final = frozenset({"banner", "masthead", "topbar"})


def is_in_site_head(element: Element, root: Element) -> bool:
    """Is it in the head of the whole site, where a time is a clock or the day's edition?

    The head of an article is inside the article, is named after it, or has its headline. A logo may be a heading too,
    so a head with a heading is the site's if the page has an `<h1>` outside of it.
    """
    around = [element, *element.iterancestors()]
    if any(one.tag in _OWN_PARTS or not _OWN_WORDS.isdisjoint(names_of(one)) for one in around):
        return False
    for one in around:
        names = set(names_of(one))
        if one.tag == "header" or one.get("role") == "banner" or names & _HEAD_WORDS or names >= {"site", "header"}:
            inside = set(one.iter())
            has_heading = any(part.tag in {"h1", "h2"} for part in inside)
            others = root.iter("h1") if has_heading else root.iter("h1", *_OWN_PARTS)
            return any(other not in inside for other in others)
    return False


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
    return _unique([n for n in names if n and not n.startswith(("http", "@")) and len(n) < _MAX_SITE_NAME])


def _authors(root: Element, metas: Mapping[str, list[str]], data: Data) -> tuple[str, ...]:
    """Names from the data, else from the head, else from the byline."""
    for names in (strings(data.get("author")), [v for n in _AUTHORS for v in metas.get(n, ())], _bylines(root)):
        people = _unique([p for n in names for p in split_names(n)])
        if people:
            return people[:_MAX_AUTHORS]
    return ()


def _people(names: Sequence[str], site_names: Sequence[str]) -> tuple[str, ...]:
    """Without the site itself, which many publishers name where they name no author."""
    sites = {_letters(n) for n in site_names}
    return tuple(n for n in names if _letters(n) not in sites)


def _letters(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def _bylines(root: Element) -> list[str]:
    """Texts of elements marked as author; those inside one another count once."""
    found: list[str] = []
    for element in root.iter("a", "span", "p", "div", "address", "strong", "li"):
        is_marked = element.get("rel") == "author" or "author" in (element.get("itemprop") or "").split()
        names = set() if is_marked else set(names_of(element))
        if not is_marked and ("byline" not in names and not ("author" in names and names & {"name", "link"})):
            continue
        if len(text := text_of(element)) < MAX_BYLINE and not _is_elsewhere(element):
            found.append(text)
    return found[:1] if found and len(found[0].split()) > 1 else found[:_MAX_BYLINES]


def split_names(byline: str) -> list[str]:
    """The people of a byline: "By Ann Bo and Cy Do" gives both. What does not look like a name is left out."""
    text = phrases().byline_start.sub("", squeeze(re.sub(r"\S+@\S+|\S+://\S+|\(.*?\)", " ", byline)))
    parts = re.split(rf"\s*(?:,|;|/|\s&\s|\s(?:{phrases().and_words})\s)\s*", text)
    names = [phrases().byline_start.sub("", p).strip(" .·•|–—-") for p in parts]
    # Letters after a name: "Ann Bo, MD, PhD".
    names = [
        n
        for i, n in enumerate(names)
        if i == 0 or not (len(n) <= MAX_DEGREE and (n.isupper() or n[1:].isupper() or n == "PhD"))
    ]
    return [n for n in names if _is_name(n)]


def _is_name(text: str) -> bool:
    is_short = 1 < len(text) <= _MAX_NAME and len(text.split()) <= MAX_NAME_WORDS
    return is_short and text[0].isalpha() and not phrases().not_name.search(text)


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
