"""RSS 0.9x, 1.0 and 2.0 and Atom to raw entries, as feedparser reads them.

What is unsafe or endless never reaches it: the head of the file up to the root element, where entities would be
declared, is left out, and so is what goes beyond MAX_ENTRIES and MAX_TAGS. It reads bytes only and fetches nothing.
"""

import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.entities import html5
from itertools import islice, pairwise
from typing import Any, Final

from site_builder.importers.read.feed.feed_error import FeedError
from site_builder.importers.read.feed.feed_text import html_of, legal, one_line
from site_builder.importers.read.feed.raw_entry import MAX_ENTRIES, MAX_KEYWORDS, MAX_NOTICE_CHARACTERS, RawEntry
from site_builder.importers.read.html.page_tree import load_module
from site_builder.importers.read.people import is_likely, is_name, letters

MAX_TAGS: Final = 300_000
"""Tags that are read; what follows is left out. A podcast's feed with 2,000 episodes has 60,000."""
EXCERPT_CHARACTERS: Final = 600
"""An RSS description up to this length, alone in its item, is a summary; a longer one is the text."""

_PROLOG: Final = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[<>]*>)*+", re.DOTALL | re.IGNORECASE)
_ROOT: Final = re.compile(r"<(?:([\w.-]{1,40}):)?(rss|rdf|feed|entry)(?=[\s/>])[^>]*", re.IGNORECASE)
_AFTER_NOTICE: Final = re.compile(r"<\?xml\b[^<>]*\?>\s*<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed)[\s>]", re.IGNORECASE)
_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_RSS1: Final = re.compile(r"purl\.org/rss/1\.0/|my\.netscape\.com/rdf/simple/0\.9/")
_ATOM: Final = re.compile(r"www\.w3\.org/2005/atom", re.IGNORECASE)
_DOCTYPE: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_AFTER_ENTITIES: Final = re.compile(r"\]\s*>\s*<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed)[\s>]", re.IGNORECASE)
_REPAIR: Final = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*)|&+(?=&)|&(?!(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{1,32};)?",
    re.DOTALL,
)
_ENTRY: Final = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|(<(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s/>]))",
    re.DOTALL | re.IGNORECASE,
)
_TAG: Final = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?)([\w.:-]{1,80})[^<>]*?(/?)>", re.DOTALL)
_ROOT_END: Final = re.compile(r"</(?:[\w.-]{1,40}:)?(?:rss|rdf|feed)\s*>", re.IGNORECASE)
_MAX_END: Final = 2_000
"""Characters at the end of a file within which its root element must end."""
_MAX_OPEN: Final = 50
"""Open elements that are closed at the end of a file that ends too early."""
_CHANGED: Final = re.compile(r"<[\w.-]{1,40}:(?:updated|modified)[\s/>]", re.IGNORECASE)
"""In an item of RSS: what feedparser gives as `updated` is a change there, not the `dc:date`."""
_HAS_CONTENT: Final = re.compile(
    r"<(?!media:)[\w.-]{1,40}:(?:encoded|content|body|div)[\s/>]|<(?:fullitem|body)[\s/>]", re.IGNORECASE
)
_MAIL: Final = re.compile(r"[(<\[]?[^\s()<>\[\]]+@[^\s()<>\[\]]+[)>\]]?")
_IMAGE_FILE: Final = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|\Z)", re.IGNORECASE)
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})

Fields = Mapping[str, Any]
"""What feedparser gives of an entry, a feed or a part of one."""


@dataclass(frozen=True, slots=True)
class XmlEntries:
    """A feed's entries, and what was wrong with it."""

    entries: Sequence[RawEntry]
    is_malformed: bool = False
    is_cut: bool = False
    """Was the end of it left out?"""


def starts_xml_feed(text: str) -> bool:
    """Is the root element that of a feed, or of an entry of Atom? A notice of the server may precede it."""
    start = _start(text)
    root = _ROOT.match(text, start)
    if root is None:
        # One that declares entities is no less a feed, and refused as such.
        return _DOCTYPE.match(text, start) is not None and _AFTER_ENTITIES.search(text, start) is not None
    kind = root[2].lower()
    return _RSS1.search(text) is not None if kind == "rdf" else kind != "entry" or _ATOM.search(root[0]) is not None


def _start(text: str) -> int:
    """Where the root element begins: after declarations, comments and a document type without entities."""
    match = _PROLOG.match(text)
    start = match.end() if match else 0
    if _ROOT.match(text, start):
        return start
    feed = _AFTER_NOTICE.search(text, start, start + 2 * MAX_NOTICE_CHARACTERS)
    if feed is None or feed.start() - start > MAX_NOTICE_CHARACTERS or _PAGE.search(text, start, feed.start()):
        return start
    match = _PROLOG.match(text, feed.start())
    return match.end() if match else start


def read_xml(text: str, url: str) -> XmlEntries:
    """The entries of RSS or Atom. `url` is its own address, or "". Raises FeedError."""
    start = _start(text)
    if _DOCTYPE.match(text, start):
        raise FeedError("it declares entities of its own, which no feed needs", "ask its publisher")
    root = _ROOT.match(text, start)
    if root is None:
        raise FeedError("this is neither RSS nor Atom nor JSON Feed", "give the address of the feed itself")
    usable = legal(_REPAIR.sub(_repaired, text[start:]))
    if root[2].lower() == "entry":
        usable = f'<feed xmlns="http://www.w3.org/2005/Atom">{usable}</feed>'
    usable, places, is_cut = _bounded(usable, root)
    whole = _closed(usable, places[-1] if places else 0)
    parsed = _parsed(whole, url)
    kind = str(parsed.get("version") or "")
    around = _Around(parsed["feed"], url, kind.startswith("atom") or root[2].lower() in {"feed", "entry"})
    entries = parsed["entries"][:MAX_ENTRIES]
    before = text.count("\n", 0, start) + 1
    lines = _lines(usable, places, before)
    spans = [usable[a:b] for a, b in pairwise([*places, len(usable)])]
    raws = tuple(
        _raw(entry, around, lines[i] if i < len(lines) else 1, spans[i] if i < len(spans) else "")
        for i, entry in enumerate(entries)
    )
    has_notice = text[:start].strip() != "" and _PROLOG.fullmatch(text[:start]) is None
    return XmlEntries(raws, has_notice or ((bool(parsed.get("bozo")) or whole != usable) and not is_cut), is_cut)


def _parsed(text: str, url: str) -> Any:
    """What feedparser reads, addresses in it made absolute, HTML left as it is."""
    feedparser = load_module("feedparser")
    headers = {"content-type": "application/xml; charset=utf-8"} | ({"content-location": url} if url else {})
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8")),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers=headers,
        )
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError) as error:
        why = f"it is too damaged to be read ({type(error).__name__})"
        raise FeedError(why, "ask its publisher, or import single pages of the site") from None


def _bounded(text: str, root: re.Match[str]) -> tuple[str, list[int], bool]:
    """The text up to the bounds, where its entries begin, and whether something was cut off."""
    last = next(islice(re.finditer("<", text), MAX_TAGS, None), None)
    end = last.start() if last else len(text)
    places = [m.start() for m in islice((m for m in _ENTRY.finditer(text) if m[1]), MAX_ENTRIES + 1)]
    whole = [p for p in places if p < end]
    if len(whole) > MAX_ENTRIES:
        end = whole[MAX_ENTRIES]
    elif last and len(whole) > 1:
        end = whole[-1]
    elif last is None:
        return text, places, False
    prefix = f"{root[1]}:" if root[1] else ""
    closing = {"rss": "</channel></rss>", "rdf": f"</{prefix}RDF>"}.get(root[2].lower(), f"</{prefix}feed>")
    return text[:end] + closing, [p for p in whole if p < end], True


def _closed(text: str, start: int) -> str:
    """A text that ends too early with the ends of what is open in its last entry, so that this is not lost."""
    bare = text.rstrip()
    if _ROOT_END.search(bare, max(0, len(bare) - _MAX_END)):
        return text
    open_ones: list[str] = []
    inside = ""
    for tag in islice(_TAG.finditer(bare, start), MAX_TAGS):
        inside = "]]>" if tag[0].startswith("<![") and not tag[0].endswith("]]>") else ""
        if tag[2] is None or tag[3]:
            continue
        if not tag[1]:
            open_ones.append(tag[2])
        elif tag[2] in open_ones:
            del open_ones[len(open_ones) - 1 - open_ones[::-1].index(tag[2]) :]
    half = bare.rfind("<")
    cut = bare[:half] if not inside and half > bare.rfind(">") else bare
    return cut + inside + "".join(f"</{name}>" for name in reversed(open_ones[:_MAX_OPEN]))


def _lines(text: str, places: Sequence[int], first: int) -> list[int]:
    """The lines on which these places are."""
    lines, line, at = [], first, 0
    for place in places:
        line += text.count("\n", at, place)
        at = place
        lines.append(line)
    return lines


def _repaired(match: re.Match[str]) -> str:
    """CDATA as it is; outside of it, HTML's entities as characters and a stray `&` escaped."""
    if match[0].startswith("<"):
        return match[0]
    named = match[1]
    if not named:
        return "&amp;" * len(match[0])
    return html.escape(html5[named]) if named in html5 else f"&amp;{named}"


@dataclass(frozen=True, slots=True)
class _Around:
    """What the entries of a feed have in common."""

    feed: Fields
    url: str
    is_atom: bool


def _raw(entry: Fields, around: _Around, line: int, span: str) -> RawEntry:
    """One entry; `span` is its source."""
    content, summary = (_atom_texts if around.is_atom else _rss_texts)(entry, span)
    published = str(entry.get("published") or "")
    updated = str(entry["updated"] or "") if "updated" in entry.keys() else ""  # noqa: SIM118 ("in" has a meaning of its own)
    if not published and not around.is_atom and not _CHANGED.search(span):
        published, updated = updated, ""
    source = entry.get("source") or {}
    image, credit = _image(entry)
    details = [d for d in (*(entry.get("content") or ()), entry.get("title_detail"), entry.get("summary_detail")) if d]
    language = next((v for d in details if (v := d.get("language"))), "") or around.feed.get("language")
    return RawEntry(
        id=str(entry.get("id") or ""),
        link=_link(entry),
        title=_title(entry, is_atom=around.is_atom),
        summary=summary,
        content=content,
        published=published,
        updated=updated,
        authors=_authors(entry, around) or _people(source) or _owners(around),
        language=str(language or ""),
        image=image,
        credit=credit,
        keywords=tuple(islice(_keywords(entry), MAX_KEYWORDS)),
        publisher=_title(source, is_atom=around.is_atom) or _title(around.feed, is_atom=around.is_atom),
        base=next((str(b) for d in details if (b := d.get("base"))), "") or around.url or _link(around.feed),
        line=line,
    )


def _rss_texts(entry: Fields, span: str) -> tuple[str, str]:
    """Content and summary. feedparser gives the second of several summaries (`itunes:summary`) for the content."""
    contents = [v for c in entry.get("content") or () if (v := str(c.get("value") or ""))]
    summary = _text(entry, "summary")
    if contents and _HAS_CONTENT.search(span):
        return max(contents, key=len), summary
    texts = [t for t in (summary, *contents) if t]
    long = next((t for t in texts if len(one_line(t)) > EXCERPT_CHARACTERS), "")
    return long, _first(t for t in texts if t != long) if long else _first(texts)


def _atom_texts(entry: Fields, _span: str) -> tuple[str, str]:
    """Content and summary."""
    contents = (_html(c) for c in entry.get("content") or ())
    return _first(contents), _html(entry["summary_detail"]) if _text(entry, "summary") else ""


def _first(texts: Iterable[str]) -> str:
    return next((t for t in texts if t), "")


def _text(entry: Fields, name: str) -> str:
    """The HTML of a field that the file itself has: feedparser gives the content for a summary, too."""
    return str(entry.get(name) or "") if entry.get(f"{name}_detail") else ""


def _html(detail: Fields) -> str:
    """HTML of Atom's text constructs (RFC 4287 §3.1, §4.1.3); "" where it is no text."""
    kind, value = str(detail.get("type") or "text/plain"), str(detail.get("value") or "")
    if kind == "text/plain":
        return html_of(value)
    return value if kind in _PAGES else ""


def _title(holder: Fields, *, is_atom: bool) -> str:
    """The HTML of a title. RSS does not say whether one is HTML; nearly all of it is."""
    detail = holder.get("title_detail") or {"value": holder.get("title")}
    return _html(detail) if is_atom else str(detail.get("value") or "")


def _link(holder: Fields) -> str:
    """The address of the page: a link of relation "alternate", HTML before other types."""
    if origin := holder.get("feedburner_origlink"):
        return str(origin)
    found = [e for e in holder.get("links") or () if e.get("href") and e.get("rel", "alternate") == "alternate"]
    found.sort(key=lambda e: e.get("type", "text/html") not in _PAGES)
    if found:
        return str(found[0]["href"])
    name = str(holder.get("id") or holder.get("link") or "")
    return name if holder.get("guidislink", True) and name.startswith(("http://", "https://")) else ""


def _people(holder: Fields) -> tuple[str, ...]:
    """Names, each once; of `mail@example.org (Name)` the name, of a mail address alone nothing."""
    written = str(holder.get("author") or "")
    names = []
    for author in holder.get("authors") or ():
        mail = author.get("email")
        # feedparser cuts addresses of long domains in the middle: the whole one stands in what was written.
        names.append(
            _MAIL.sub(" ", written if mail and mail in written else str(author.get("name") or "")).strip("() ")
        )
    return tuple(dict.fromkeys(n for n in names if n))


def _authors(entry: Fields, around: _Around) -> tuple[str, ...]:
    """An entry's own authors: neither the site nor, beside others, whoever made the whole feed (`itunes:author`)."""
    site = letters(one_line(_title(around.feed, is_atom=around.is_atom)))
    people = tuple(n for n in _people(entry) if letters(n) != site)
    own = tuple(n for n in people if n not in _people(around.feed))
    return own or people


def _owners(around: _Around) -> tuple[str, ...]:
    """Who made the feed; in RSS, where this may be anything, only what looks like somebody's name."""
    people = _people(around.feed)
    return people if around.is_atom else tuple(n for n in people if is_name(n) and is_likely(n))


def _keywords(entry: Fields) -> Iterator[str]:
    for tag in entry.get("tags") or ():
        yield str(tag.get("label") or tag.get("term") or "")
    yield from str(entry.get("media_keywords") or "").split(",")


def _image(entry: Fields) -> tuple[str, str]:
    """Address and credit of an entry's picture; of several the first of the most telling kind."""
    enclosures = [e for e in entry.get("links") or () if e.get("rel") == "enclosure"]
    pictures = [e for e in (*(entry.get("media_content") or ()), *enclosures) if _is_image(e)]
    pictures += [*(entry.get("media_thumbnail") or ()), entry.get("image") or {}]
    found = next((a for e in pictures if (a := e.get("url") or e.get("href"))), "")
    credit = next((c for e in entry.get("media_credit") or () if (c := e.get("content"))), "")
    return str(found), str(credit) if found else ""


def _is_image(element: Fields) -> bool:
    kind = str(element.get("medium") or element.get("type") or "").lower()
    address = str(element.get("url") or element.get("href") or "")
    return kind.startswith("image") or (not kind and _IMAGE_FILE.search(address) is not None)
