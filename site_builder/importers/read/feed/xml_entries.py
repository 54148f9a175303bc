"""RSS 0.9x, 1.0 and 2.0 and Atom to raw entries.

XML is read by lxml, which repairs what is not well-formed: 10 MB took it 0.1 s, feedparser 7.5 s. The head of the file
up to the root element, where entities would be declared, is never shown to the parser.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html.entities import html5
from typing import Final

from site_builder.importers.read.feed.feed_error import FeedError
from site_builder.importers.read.feed.feed_text import MAX_TITLE_CHARACTERS, html_of, legal, one_line
from site_builder.importers.read.feed.raw_entry import MAX_ENTRIES, MAX_KEYWORDS, RawEntry, joined
from site_builder.importers.read.html.page_tree import Element, load_module
from site_builder.links.canonical_urls import MAX_CHARACTERS as MAX_ADDRESS_CHARACTERS

MAX_DEPTH: Final = 32
"""Parents of an entry that are asked for its base address and language; feeds have 3."""
EXCERPT_CHARACTERS: Final = 600
"""An RSS description up to this length, alone in its item, is a summary; a longer one is the text."""

_PROLOG: Final = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[<>]*>)*+", re.DOTALL | re.IGNORECASE)
_ROOT: Final = re.compile(r"<(?:([\w.-]{1,40}):)?(rss|rdf|feed)(?=[\s/>])[^>]*", re.IGNORECASE)
_RSS1: Final = re.compile(r"purl\.org/rss/1\.0/|my\.netscape\.com/rdf/simple/0\.9/")
_DOCTYPE: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REPAIR: Final = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*)|&+(?=&)|&(?!(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{1,32};)?",
    re.DOTALL,
)
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
"""Namespace, without scheme and last slash, in lower case -> the prefix used in this module."""


def starts_xml_feed(text: str) -> bool:
    """Is the root element that of a feed?"""
    root = _ROOT.match(text, _prolog_end(text))
    return root is not None and (root[2].lower() != "rdf" or _RSS1.search(text) is not None)


def _prolog_end(text: str) -> int:
    """Where the root element begins: after declarations, comments and a document type without entities."""
    match = _PROLOG.match(text)
    return match.end() if match else 0


def xml_entries(text: str, url: str) -> tuple[Iterator[RawEntry], bool]:
    """The entries of RSS or Atom, and whether the file is malformed. `url` is its own address, or ""."""
    start = _prolog_end(text)
    if _DOCTYPE.match(text, start):
        raise FeedError("it declares entities of its own, which no feed needs", "ask its publisher")
    if not _ROOT.match(text, start):
        raise FeedError("this is neither RSS nor Atom nor JSON Feed", "give the address of the feed itself")
    root, is_malformed = _parse_xml(text[start:])
    lines_before = text.count("\n", 0, start)
    home = _namespace(root)
    if _local(root) == "feed":
        top = _Fields(root, home)
        entries = (_atom(e, top, home, url) for e in top.all("entry")[:MAX_ENTRIES])
    else:
        top = _Fields(root, "")
        channel = next((_Fields(e, "") for e in top.all("channel")), top)
        items = top.all("item") if channel is top else [*top.all("item"), *channel.all("item")]
        entries = (_rss(i, channel, url) for i in items[:MAX_ENTRIES])
    return (replace(entry, line=entry.line + lines_before) for entry in entries), is_malformed


def _parse_xml(text: str) -> tuple[Element, bool]:
    """The root, and whether something had to be repaired beyond stray `&` and HTML's entities."""
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
    usable = legal(_REPAIR.sub(_repaired, text))
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
        base = joined(base, step)
    return base


def _rss(item: Element, around: _Fields, url: str) -> RawEntry:
    fields = _Fields(item, "")
    guid = fields.text("guid")
    is_link = all(e.get("isPermaLink", "true").lower() != "false" for e in fields.all("guid"))
    link = fields.text("feedburner:origlink", "link") or next(
        (href for e in fields.all("atom:link") if (href := e.get("href")) and e.get("rel", "alternate") == "alternate"),
        guid if is_link and guid.startswith(("http://", "https://")) else "",
    )
    content, description = fields.html("content:encoded", "atom:content"), fields.html("description", "atom:summary")
    if not content and len(one_line(description)) > EXCERPT_CHARACTERS:
        content, description = description, ""
    image, credit = _image(fields)
    return RawEntry(
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
        line=item.sourceline or 1,
    )


def _atom(entry: Element, around: _Fields, home: str, url: str) -> RawEntry:
    fields = _Fields(entry, home)
    sources = [_Fields(s, home) for s in fields.all("source")]
    image, credit = _image(fields)
    return RawEntry(
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
        line=entry.sourceline or 1,
    )


def _construct(fields: _Fields, name: str) -> str:
    """HTML of Atom's text constructs (RFC 4287 §3.1, §4.1.3); "" where the content lies elsewhere or is no text."""
    for element in fields.all(name):
        kind = (element.get("type") or "text").lower()
        if len(element) or kind in {"html", "text/html"} or element.get("mode") == "escaped":
            return _inner_html(element)
        if kind in {"text", "text/plain"}:
            return html_of(_text(element))
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
