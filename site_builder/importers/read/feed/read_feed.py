"""A feed (RSS 0.9x, 1.0, 2.0, Atom, JSON Feed) to one imported article per entry, and which of the entries are new.

Nothing is fetched.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.importers.imported_article import UNNAMED, ImportedArticle, KnownArticle
from site_builder.importers.read.decode import decode
from site_builder.importers.read.feed.clean_entry import clean_entry
from site_builder.importers.read.feed.feed_error import FeedError
from site_builder.importers.read.feed.json_entries import is_json_feed, json_start, read_json
from site_builder.importers.read.feed.raw_entry import MAX_ENTRIES, RawEntry, bounded
from site_builder.importers.read.feed.xml_entries import read_xml, starts_xml_feed
from site_builder.importers.read.html.page_tree import squeeze
from site_builder.links.canonical_urls import canonical_url, page_key
from site_builder.urls import SourcePath

MAX_BYTES: Final = 10_000_000
"""Of a feed; the feed of a large podcast with 2000 episodes has 9 MB."""
_HEAD_BYTES: Final = 16_384
"""Within which the root element, or JSON Feed's version, must stand."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed."""

    key: str
    """What distinguishes it from the other entries: its own id, else its address, with or else a digest of its text."""
    article: ImportedArticle
    shares_address: bool = False
    """Have other entries the address of the same page, so that it says nothing about which is which?"""


def looks_like_feed(data: bytes) -> bool:
    """Is this a feed, judged by its root element, or its version in JSON? A page that links to a feed is not one."""
    head = data[:_HEAD_BYTES]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return is_json_feed(data)
    text = decode(head).lstrip("\ufeff \t\r\n")
    return starts_xml_feed(text) or json_start(text) is not None


def read_feed(data: bytes, *, url: str | None = None, path: SourcePath = UNNAMED) -> tuple[FeedEntry, ...]:
    """The entries of a feed in its own order, at most MAX_ENTRIES; only one that is repeated whole counts once.

    `url` is the feed's own address, for relative addresses in it; `path` is what findings call it. Raises FeedError
    where the bytes are not a feed, and MissingExtra where lxml is not installed. May add feed-malformed, feed-date,
    feed-link, feed-no-text, feed-cut and feed-skipped.
    """
    raws, skipped, findings, last = _parts(data, url or "", path)
    entries: dict[str, FeedEntry] = {}
    for raw in bounded(raws):
        if _is_empty(raw):
            skipped += 1
            continue
        article = clean_entry(raw, path)
        article = replace(article, findings=(*findings, *article.findings))
        own, key = _digest(article), raw.id or article.source.url or _digest(article)
        if key in entries and _digest(entries[key].article) != own:
            key = f"{key} {own}"
        entries.setdefault(key, FeedEntry(key, article))
    last = [*_skipped(path, skipped), *last]
    if last and entries:
        key, entry = entries.popitem()
        entries[key] = replace(entry, article=replace(entry.article, findings=(*entry.article.findings, *last)))
    return tuple(entries.values())


def count_entries(data: bytes) -> tuple[int, int]:
    """How many entries a feed has that say something, and how many that do not. Raises FeedError, MissingExtra."""
    raws, skipped, _, _ = _parts(data, "", UNNAMED)
    empty = sum(map(_is_empty, raws))
    return len(raws) - empty, skipped + empty


def _parts(
    data: bytes, url: str, path: SourcePath
) -> tuple[Sequence[RawEntry], int, list[Diagnostic], list[Diagnostic]]:
    """Entries, how many were skipped, the findings about all of them and those about the last one."""
    if len(data) > MAX_BYTES:
        raise FeedError(f"it is larger than {MAX_BYTES:,} bytes", "import single pages of the site")
    text = decode(data).lstrip("\ufeff \t\r\n")
    at = json_start(text)
    if at is not None:
        feed = read_json(text[at:], url)
        findings = [_malformed(path)] if feed.is_malformed or at else []
        return feed.entries, feed.skipped, findings, _cut(path, is_cut=feed.is_cut)
    xml = read_xml(text, url)
    return xml.entries, 0, [_malformed(path)] if xml.is_malformed else [], _cut(path, is_cut=xml.is_cut)


def _is_empty(raw: RawEntry) -> bool:
    return not any((raw.id, raw.link, raw.title, raw.summary, raw.content, raw.image, *raw.authors, *raw.keywords))


def _cut(path: SourcePath, *, is_cut: bool) -> list[Diagnostic]:
    """At the last entry that was read: what follows it was not."""
    text = f"this is the last entry that was read: the feed has more than {MAX_ENTRIES:,}, or is too long"
    return [diagnostic("feed-cut", Location(path), text, "import older pages one by one")] if is_cut else []


def _skipped(path: SourcePath, count: int) -> list[Diagnostic]:
    entries = "1 entry of the feed is" if count == 1 else f"{count} entries of the feed are"
    text = f"{entries} empty or not in the form of one, and left out"
    return [diagnostic("feed-skipped", Location(path), text, "tell its publisher")] if count else []


def _malformed(path: SourcePath) -> Diagnostic:
    text = "the feed is not well-formed; parts may be missing"
    return diagnostic("feed-malformed", Location(path), text, "compare the drafts with the pages")


def _digest(article: ImportedArticle) -> str:
    text = "\0".join((article.title or "", str(article.date or ""), article.summary or "", article.body))
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"


def new_entries(entries: Iterable[FeedEntry], known: Iterable[KnownArticle]) -> tuple[FeedEntry, ...]:
    """The entries that none of the `known` articles was made of, in order; which of them share an address is noted.

    An entry is known by the address of its page. Where several entries or articles have one address, or it is that of
    the whole site, title and day must be the same too. Entries without an address are known by title and day.
    """
    found = tuple(entries)
    articles: dict[str, list[KnownArticle]] = {}
    for article in known:
        articles.setdefault(_page(article.url), []).append(article)
    everywhere = [article for group in articles.values() for article in group]
    count = Counter(_page(e.article.source.url) for e in found)
    fresh: list[FeedEntry] = []
    for entry in found:
        page = _page(entry.article.source.url)
        there = articles.get(page, []) if page else everywhere
        is_shared = not page or "/" not in page or count[page] > 1 or len({_folded(k.title) for k in there}) > 1
        if not (any(_is_made_of(entry, k) for k in there) if is_shared else there):
            fresh.append(replace(entry, shares_address=bool(page) and is_shared))
    return tuple(fresh)


def _is_made_of(entry: FeedEntry, article: KnownArticle) -> bool:
    title, date = entry.article.title, entry.article.date
    return _folded(title or "") == _folded(article.title) and (not date or not article.date or date == article.date)


def _page(url: str | None) -> str:
    """What an address and its other spellings have in common; "" for none."""
    return page_key(canonical_url(url) or url) if url else ""


def _folded(title: str) -> str:
    return squeeze(title).casefold()
