"""A feed (RSS 0.9x, 1.0, 2.0, Atom, JSON Feed) to one ImportedArticle an entry, and which of the entries are new.

XML is read by lxml, which mends what is not well-formed: 10 MB took it 0.1 s, feedparser 7.5 s. The head of the file up
to the root element, where entities would be declared, is never shown to the parser. No address is fetched.
"""

import datetime as dt
import email.utils
import hashlib
import html
import itertools
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html.entities import html5
from typing import Any, Final
from urllib.parse import urljoin

from site_builder.importers.canonical_urls import MAX_CHARACTERS as MAX_ADDRESS_CHARACTERS
from site_builder.importers.canonical_urls import absolute_url, canonical_url
from site_builder.importers.imported_article import ImportedArticle, LeadPicture, Origin
from site_builder.importers.read.dates import EARLIEST, LATEST, find_dates
from site_builder.importers.read.decode import clean_text, decode
from site_builder.importers.read.html.html_to_markdown import markdown_of
from site_builder.importers.read.html.page_tree import Element, load_module, parse_tree, squeeze
from site_builder.importers.read.phrases import phrases

MAX_BYTES: Final = 10_000_000
"""Of a feed; the feed of a large podcast with 2000 episodes has 9 MB."""
MAX_ENTRIES: Final = 1_000
"""Of a feed, the first in it; feeds give the newest first."""
MAX_DEPTH: Final = 32
"""Parents of an entry that are asked for its base address and language; feeds have 3."""
MAX_TITLE_CHARACTERS: Final = 500
MAX_SUMMARY_CHARACTERS: Final = 5_000
MAX_BODY_CHARACTERS: Final = 300_000
"""Of the HTML of one entry; what follows is left out."""
MAX_TEXT_CHARACTERS: Final = 3_000_000
"""Of the HTML of all entries; what follows is left out. A million takes about a second to become Markdown."""
EXCERPT_CHARACTERS: Final = 600
"""An RSS description up to this length, alone in its item, is a summary; a longer one is the text."""
MAX_KEYWORDS: Final = 50

_PROLOG: Final = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[<>]*>)*+", re.DOTALL | re.IGNORECASE)
_ROOT: Final = re.compile(r"<(?:([\w.-]{1,40}):)?(rss|rdf|feed)(?=[\s/>])[^>]*", re.IGNORECASE)
_RSS1: Final = re.compile(r"purl\.org/rss/1\.0/|my\.netscape\.com/rdf/simple/0\.9/")
_JSON: Final = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/')
_HEAD_BYTES: Final = 16_384
"""Within which the root element, or JSON Feed's version, must stand."""
_DOCTYPE: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REPAIR: Final = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*)|&+(?=&)|&(?!(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{1,32};)?",
    re.DOTALL,
)
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNSHOWN: Final = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
_INLINE: Final = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE
)
_TAG: Final = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_MORE_WITHIN: Final = 200
"""Characters at the end of a summary that may invite to read on."""
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_ISO_DAY: Final = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?!\d)")
_MAIL_NAME: Final = re.compile(r"\s*\S+@\S+\s*\((.*)\)\s*", re.DOTALL)
_IMAGE_FILE: Final = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|\Z)", re.IGNORECASE)

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_PREFIXES: Final = {
    "purl.org/rss/1.0": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "backend.userland.com/rss2": "",
    "www.w3.org/2005/atom": "atom",
    "purl.org/atom/ns#": "atom",
    "purl.org/rss/1.0/modules/content": "content",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/terms": "dcterms",
    "search.yahoo.com/mrss": "media",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner",
}
"""Namespace, without scheme and last slash, in lower case -> the prefix by which it goes here."""


class FeedError(Exception):
    """Bytes that hold no feed, or none that is safe to read."""

    def __init__(self, why: str, todo: str) -> None:
        super().__init__(why, todo)
        self.why = why
        self.todo = todo

    def __str__(self) -> str:
        return f"cannot read the feed: {self.why}; {self.todo}"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed."""

    key: str
    """What tells it from the other entries: its own id, else its address, else a digest of its text."""
    article: ImportedArticle


@dataclass(frozen=True, slots=True)
class _Raw:
    """An entry as its format states it, the same for every format."""

    id: str = ""
    link: str = ""
    title: str = ""
    """HTML, as are the two below."""
    summary: str = ""
    content: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    image: str = ""
    credit: str = ""
    keywords: tuple[str, ...] = ()
    publisher: str = ""
    base: str = ""
    """What relative addresses are relative to."""
    is_cut: bool = False
    """Is something missing at the end of the content?"""


def looks_like_feed(data: bytes) -> bool:
    """Is this a feed, judged by its root element, or its version in JSON? A page that links to a feed is none."""
    head = data[:_HEAD_BYTES]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _JSON.search(data) is not None
    text = decode(head)
    root = _ROOT.match(text, _prolog_end(text))
    return root is not None and (root[2].lower() != "rdf" or _RSS1.search(text) is not None)


def read_feed(data: bytes, *, url: str | None = None) -> tuple[FeedEntry, ...]:
    """The entries of a feed in its own order, each key once, at most MAX_ENTRIES.

    `url` is the feed's own address, for relative addresses in it. Raises FeedError where the bytes are no feed, and
    MissingExtra where lxml is not installed. Codes of warnings: feed-malformed, feed-date, feed-no-text, feed-cut.
    """
    if len(data) > MAX_BYTES:
        raise FeedError(f"it is larger than {MAX_BYTES:,} bytes", "import single pages of the site")
    text = decode(data).lstrip("\ufeff \t\r\n")
    raws, warnings = (_json_entries if text.startswith("{") else _xml_entries)(text, url or "")
    entries: dict[str, FeedEntry] = {}
    for raw in _bounded(raws):
        entry = _entry(raw, warnings)
        entries.setdefault(entry.key, entry)
    return tuple(entries.values())


def new_entries(
    entries: Iterable[FeedEntry], known_urls: Collection[str], known_titles: Collection[str]
) -> tuple[FeedEntry, ...]:
    """The entries that no article was made of yet, each once.

    Known is what has the canonical address of an article's source. An entry without an address is known by its title;
    where it has one the title decides nothing, since two articles may well be called "Weekly news".
    """
    urls = {_page_of(canonical_url(u) or u) for u in known_urls}
    titles = {_folded(t) for t in known_titles}
    found: list[FeedEntry] = []
    for entry in entries:
        url, title = entry.article.source.url, _folded(entry.article.title or "")
        known, mark = (urls, _page_of(url)) if url else (titles, title or entry.key)
        if mark not in known:
            known.add(mark)
            found.append(entry)
    return tuple(found)


def _page_of(url: str) -> str:
    """An address without what seldom changes the page: its scheme, `www.` and the last slash."""
    return re.sub(r"^https?://(?:www\.)?|/$", "", url)


def _folded(title: str) -> str:
    return squeeze(title).casefold()


# XML


def _prolog_end(text: str) -> int:
    """Where the root element begins: after declarations, comments and a document type without entities."""
    match = _PROLOG.match(text)
    return match.end() if match else 0


def _xml_entries(text: str, url: str) -> tuple[Iterator[_Raw], tuple[str, ...]]:
    """The entries of RSS or Atom, and what is wrong with the file."""
    start = _prolog_end(text)
    if _DOCTYPE.match(text, start):
        raise FeedError("it declares entities of its own, which a feed has no need of", "ask its publisher")
    if not _ROOT.match(text, start):
        raise FeedError("this is neither RSS nor Atom nor JSON Feed", "give the address of the feed itself")
    root, is_malformed = _parse_xml(text[start:])
    warnings = ("The feed is not well-formed XML; parts may be missing [feed-malformed]",) if is_malformed else ()
    home = _namespace(root)
    if _local(root) == "feed":
        top = _Fields(root, home)
        return (_atom(e, top, home, url) for e in top.all("entry")[:MAX_ENTRIES]), warnings
    top = _Fields(root, "")
    channel = next((_Fields(e, "") for e in top.all("channel")), top)
    items = top.all("item") if channel is top else [*top.all("item"), *channel.all("item")]
    return (_rss(i, channel, url) for i in items[:MAX_ENTRIES]), warnings


def _parse_xml(text: str) -> tuple[Element, bool]:
    """The root, and whether something had to be mended beyond stray `&` and HTML's entities."""
    etree = load_module("lxml.etree")
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    usable = _ILLEGAL.sub("", _REPAIR.sub(_repaired, text))
    try:
        root = etree.fromstring(usable.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise FeedError("it is too damaged to be read", "ask its publisher, or import single pages of the site")
    return root, any(e.level_name == "FATAL" for e in parser.error_log)


def _repaired(match: re.Match[str]) -> str:
    """CDATA as it is; outside of it, HTML's entities as characters and a stray `&` escaped."""
    if match[0].startswith("<"):
        return match[0]
    named = match[1]
    if not named:
        return "&amp;" * len(match[0])
    return html.escape(html5[named]) if named in html5 else f"&amp;{named}"


def _namespace(element: Element) -> str:
    return str(element.tag)[1:].partition("}")[0] if str(element.tag).startswith("{") else ""


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _name(element: Element, home: str) -> str:
    """`dc:date`, `title`: by well-known prefix whatever the file calls it; `home` is the format's own namespace."""
    namespace = _namespace(element)
    if namespace and namespace != home:
        prefix = _PREFIXES.get(re.sub(r"^https?://|/$", "", namespace.lower()), "?")
    else:
        prefix = str(element.tag).rpartition(":")[0] if not namespace else ""
    return f"{prefix}:{_local(element)}" if prefix else _local(element)


class _Fields:
    """The children of an element by name."""

    def __init__(self, element: Element, home: str) -> None:
        self._children: dict[str, list[Element]] = {}
        for child in element.iterchildren("*"):
            self._children.setdefault(_name(child, home), []).append(child)

    def all(self, *names: str) -> list[Element]:
        """The children with one of these names, in the order of the names."""
        return [e for name in names for e in self._children.get(name, ())]

    def text(self, *names: str) -> str:
        """The first text that is not empty."""
        return next((t for e in self.all(*names) if (t := _text(e))), "")

    def texts(self, *names: str) -> tuple[str, ...]:
        """All texts that are not empty."""
        return tuple(t for e in self.all(*names) if (t := _text(e)))

    def html(self, *names: str) -> str:
        """The first HTML that is not empty."""
        return next((t for e in self.all(*names) if (t := _inner_html(e))), "")


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _inner_html(element: Element) -> str:
    """The HTML that an element holds, escaped in its text or, against the rules of RSS, as elements."""
    if not len(element):
        return _text(element)
    for child in element.iterdescendants(f"{_XHTML}*"):
        if _local(child).isalnum():
            child.tag = _local(child)
    tostring = load_module("lxml.etree").tostring
    inner = (tostring(c, encoding="unicode", method="html") for c in element)
    return f"{html.escape(element.text or '')}{''.join(inner)}".strip()


def _inherited(element: Element, attribute: str) -> list[str]:
    """Values of `xml:base` or `xml:lang` on an element and around it, nearest first."""
    found = []
    for _ in range(MAX_DEPTH):
        if element is None:
            break
        value = str(element.get(_XML + attribute, ""))
        if 0 < len(value) <= MAX_ADDRESS_CHARACTERS:
            found.append(value)
        element = element.getparent()
    return found


def _base(element: Element, start: str) -> str:
    base = start
    for step in reversed(_inherited(element, "base")):
        base = _joined(base, step)
    return base


def _rss(item: Element, around: _Fields, url: str) -> _Raw:
    fields = _Fields(item, "")
    guid = fields.text("guid")
    is_link = all(e.get("isPermaLink", "true").lower() != "false" for e in fields.all("guid"))
    link = fields.text("feedburner:origlink", "link") or next(
        (href for e in fields.all("atom:link") if (href := e.get("href")) and e.get("rel", "alternate") == "alternate"),
        guid if is_link and guid.startswith(("http://", "https://")) else "",
    )
    content, description = fields.html("content:encoded", "atom:content"), fields.html("description", "atom:summary")
    if not content and len(_plain(description)) > EXCERPT_CHARACTERS:
        content, description = description, ""
    image, credit = _image(fields)
    return _Raw(
        id=guid or item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or "",
        link=link,
        title=fields.html("title", "dc:title"),
        summary=description,
        content=content,
        published=fields.text("pubdate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published"),
        updated=fields.text("atom:updated", "dcterms:modified"),
        authors=tuple(map(_author, fields.texts("dc:creator") or fields.texts("author", "itunes:author")[:1])),
        language=next(iter(_inherited(item, "lang")), "") or around.text("language", "dc:language"),
        image=image,
        credit=credit,
        keywords=(*fields.texts("category", "dc:subject"), *_listed(fields.texts("media:keywords", "itunes:keywords"))),
        publisher=fields.text("source") or around.html("title"),
        base=_base(item, url or around.text("link")),
    )


def _atom(entry: Element, around: _Fields, home: str, url: str) -> _Raw:
    fields = _Fields(entry, home)
    sources = [_Fields(s, home) for s in fields.all("source")]
    image, credit = _image(fields)
    return _Raw(
        id=fields.text("id"),
        link=fields.text("feedburner:origlink") or _alternate(fields.all("link")),
        title=_construct(fields, "title"),
        summary=_construct(fields, "summary"),
        content=_construct(fields, "content"),
        published=fields.text("published", "issued", "dc:date"),
        updated=fields.text("updated", "modified"),
        authors=next((a for f in (fields, *sources, around) if (a := _people(f, home))), ()),
        language=next(iter(_inherited(entry, "lang")), ""),
        image=image,
        credit=credit,
        keywords=tuple(e.get("label") or e.get("term") or "" for e in fields.all("category")),
        publisher=next((t for f in (*sources, around) if (t := _construct(f, "title"))), ""),
        base=_base(entry, url),
    )


def _construct(fields: _Fields, name: str) -> str:
    """HTML of Atom's text constructs (RFC 4287 §3.1, §4.1.3); "" where the content lies elsewhere or is no text."""
    for element in fields.all(name):
        kind = (element.get("type") or "text").lower()
        if len(element) or kind in {"html", "text/html"} or element.get("mode") == "escaped":
            return _inner_html(element)
        if kind in {"text", "text/plain"}:
            return _from_text(_text(element))
    return ""


def _alternate(links: list[Element]) -> str:
    """The address of the page: a link of relation "alternate", HTML before other types."""
    found = [e for e in links if e.get("href") and e.get("rel", "alternate") == "alternate"]
    found.sort(key=lambda e: e.get("type", "text/html") not in {"text/html", "application/xhtml+xml"})
    return str(found[0].get("href")) if found else ""


def _people(fields: _Fields, home: str) -> tuple[str, ...]:
    named = (_Fields(a, home).text("name") or ("" if len(a) else _text(a)) for a in fields.all("author"))
    return tuple(n for n in named if n) or fields.texts("dc:creator")


def _author(text: str) -> str:
    """The name in RSS's `mail@example.org (Name)`; "" for a mail address alone, which is no name."""
    match = _MAIL_NAME.fullmatch(text[:MAX_TITLE_CHARACTERS])
    name = match[1] if match else text
    return "" if "@" in name and " " not in name.strip() else name


def _listed(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from text.split(",")[:MAX_KEYWORDS]


def _image(fields: _Fields) -> tuple[str, str]:
    """Address and credit of an entry's picture; of several the first of the most telling kind."""
    groups = [_Fields(g, "") for g in fields.all("media:group")]
    media = [e for f in (fields, *groups) for e in f.all("media:content")]
    enclosures = [e for e in fields.all("link", "atom:link") if e.get("rel") == "enclosure"]
    pictures = [e for e in (*media, *fields.all("enclosure"), *enclosures) if _is_image(e)]
    pictures += [e for f in (fields, *groups) for e in f.all("media:thumbnail")] + fields.all("itunes:image")
    inner = [_Fields(m, "") for m in media[:MAX_KEYWORDS]]
    credit = next((t for f in (fields, *groups, *inner) if (t := f.text("media:credit"))), "")
    found = next((a for e in pictures if (a := e.get("url") or e.get("href"))), "")
    return found, credit if found else ""


def _is_image(element: Element) -> bool:
    kind = (element.get("medium") or element.get("type") or "").lower()
    return kind.startswith("image") or (not kind and _IMAGE_FILE.search(element.get("url") or "") is not None)


# JSON


def _json_entries(text: str, url: str) -> tuple[Iterator[_Raw], tuple[str, ...]]:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        raise FeedError("it is no valid JSON", "give the address of the feed itself") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org/version/" not in _string(feed.get("version")):
        raise FeedError("this JSON is no JSON Feed", "give the address of the feed itself")
    return (_json(i, feed, url) for i in items[:MAX_ENTRIES] if isinstance(i, dict)), ()


def _json(item: Mapping[str, Any], feed: Mapping[str, Any], url: str) -> _Raw:
    def get(name: str) -> str:
        return _string(item.get(name))

    attached = [a for a in _list(item.get("attachments")) if isinstance(a, dict)]
    pictures = [_string(a.get("url")) for a in attached if _string(a.get("mime_type")).startswith("image/")]
    return _Raw(
        id=get("id"),
        link=get("url") or get("external_url"),
        title=html.escape(get("title")),
        summary=html.escape(get("summary")),
        content=get("content_html") or _from_text(get("content_text")),
        published=get("date_published"),
        updated=get("date_modified"),
        authors=_json_people(item) or _json_people(feed),
        language=get("language") or _string(feed.get("language")),
        image=get("image") or get("banner_image") or next(iter(pictures), ""),
        keywords=tuple(map(_string, _list(item.get("tags"))[:MAX_KEYWORDS])),
        publisher=html.escape(_string(feed.get("title"))),
        base=url or _string(feed.get("home_page_url")),
    )


def _json_people(holder: Mapping[str, Any]) -> tuple[str, ...]:
    people = [*_list(holder.get("authors")), holder.get("author")]  # 1.1 and 1.0
    names = (_string(p.get("name")) for p in people if isinstance(p, dict))
    return tuple(dict.fromkeys(n for n in names if n))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _string(value: object) -> str:
    """A string, or a number as one; "" for anything else."""
    if isinstance(value, str):
        return _ILLEGAL.sub("\ufffd", value).strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


# Entries


def _bounded(raws: Iterable[_Raw]) -> Iterator[_Raw]:
    """Cut what is too long, so that a feed takes seconds at most."""
    left = MAX_TEXT_CHARACTERS
    for raw in raws:
        room = min(left, MAX_BODY_CHARACTERS)
        left -= min(room, len(raw.content))
        yield replace(raw, content=raw.content[:room], is_cut=True) if len(raw.content) > room else raw


def _entry(raw: _Raw, warnings: tuple[str, ...]) -> FeedEntry:
    """Clean all that an entry states."""
    link = absolute_url(raw.link, raw.base)
    body, summary = _body(raw, link), _summary(raw)
    date = _day(raw.published)
    article = ImportedArticle(
        title=_plain(raw.title, MAX_TITLE_CHARACTERS) or None,
        date=date,
        summary=summary,
        body=body,
        source=Origin(_plain(raw.publisher, MAX_TITLE_CHARACTERS) or None, canonical_url(link)),
        image=LeadPicture(_plain(raw.credit, MAX_TITLE_CHARACTERS) or None, absolute_url(raw.image, raw.base)),
        author=_joined_names(raw.authors),
        language=_language(raw.language),
        keywords=_keywords(raw.keywords),
    )
    key = raw.id or article.source.url or _digest(article)
    return FeedEntry(key, replace(article, warnings=(*warnings, *_doubts(raw, article))))


def _doubts(raw: _Raw, article: ImportedArticle) -> Iterator[str]:
    """What the editor must know of an entry."""
    if article.date is None and raw.published:
        yield f'The date "{squeeze(raw.published)[:60]}" could not be read [feed-date]'
    elif article.date is None:
        but = ", only when it was changed" if raw.updated else ""
        yield f"The feed does not say when this was published{but} [feed-date]"
    if not article.body:
        yield "The feed gives a summary at most; the text stands on the page itself [feed-no-text]"
    if raw.is_cut:
        yield "The text, or that of the whole feed, is too long; its end was left out [feed-cut]"


def _digest(article: ImportedArticle) -> str:
    text = "\0".join((article.title or "", str(article.date or ""), article.summary or "", article.body))
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"


def _plain(source: str, limit: int = MAX_SUMMARY_CHARACTERS) -> str:
    """HTML to text on one line; elements that are no part of a line become spaces."""
    text = _UNSHOWN.sub(" ", source[: 4 * limit])
    text = html.unescape(_TAG.sub(" ", _INLINE.sub("", text)))
    return squeeze(clean_text(_ILLEGAL.sub("", text)))[:limit].rstrip()


def _from_text(text: str) -> str:
    """Plain text as HTML, its paragraphs kept."""
    parts = [html.escape(p.strip()) for p in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if p.strip()]
    return parts[0] if len(parts) == 1 else "".join(f"<p>{p}</p>" for p in parts)


def _body(raw: _Raw, link: str | None) -> str:
    source = raw.content
    root = parse_tree(source if _TAG.search(source) else _from_text(html.unescape(source)))
    text = markdown_of(root, link or raw.base or None) if root is not None else ""
    rest, _, last = text.rpartition("\n\n")
    return rest if phrases().feed_footer.match(last) else text


def _summary(raw: _Raw) -> str | None:
    """The entry's own summary as text; None where it only repeats how the content begins, or the title."""
    summary = _without_footer(_plain(raw.summary))
    start, content = _letters(_without_more(summary)), _letters(_plain(raw.content, 2 * MAX_SUMMARY_CHARACTERS))
    if not start or content.startswith(start) or start == _letters(_plain(raw.title, MAX_TITLE_CHARACTERS)):
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
    short = text[:100]
    for read in (_iso_day, _mail_day, _free_day):
        if (day := read(short)) is not None:
            return day
    return None


def _iso_day(text: str) -> dt.date | None:
    match = _ISO_DAY.match(text)
    return _calendar(*map(int, match.groups())) if match else None


def _mail_day(text: str) -> dt.date | None:
    try:
        parts = email.utils.parsedate(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _calendar(*parts[:3]) if parts else None


def _free_day(text: str) -> dt.date | None:
    found = find_dates(text)
    return found[0].date if found and not found[0].ambiguous else None


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
    names = dict.fromkeys(n for a in authors if (n := _plain(a, MAX_TITLE_CHARACTERS)))
    return ", ".join(names)[:MAX_TITLE_CHARACTERS] or None


def _keywords(texts: Iterable[str]) -> tuple[str, ...]:
    """Each keyword once, whatever its case, in order."""
    found: dict[str, str] = {}
    for text in itertools.islice(texts, MAX_KEYWORDS):
        word = _plain(text, MAX_TITLE_CHARACTERS)
        if word and word.casefold() not in phrases().not_keywords:
            found.setdefault(word.casefold(), word)
    return tuple(found.values())


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return base
