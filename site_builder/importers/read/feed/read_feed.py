"""A feed (RSS 0.9x, 1.0, 2.0, Atom, JSON Feed) to one imported article per entry, and which of the entries are new.

Nothing is fetched.
"""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.importers.imported_article import UNNAMED, ImportedArticle
from site_builder.importers.read.decode import decode
from site_builder.importers.read.feed.clean_entry import clean_entry
from site_builder.importers.read.feed.feed_error import FeedError
from site_builder.importers.read.feed.json_entries import json_entries
from site_builder.importers.read.feed.raw_entry import bounded
from site_builder.importers.read.feed.xml_entries import starts_xml_feed, xml_entries
from site_builder.importers.read.html.page_tree import squeeze
from site_builder.links.canonical_urls import canonical_url
from site_builder.urls import SourcePath

MAX_BYTES: Final = 10_000_000
"""Of a feed; the feed of a large podcast with 2000 episodes has 9 MB."""
_JSON: Final = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/')
_HEAD_BYTES: Final = 16_384
"""Within which the root element, or JSON Feed's version, must stand."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed."""

    key: str
    """What distinguishes it from the other entries: its own id, else its address, else a digest of its text."""
    article: ImportedArticle


def looks_like_feed(data: bytes) -> bool:
    """Is this a feed, judged by its root element, or its version in JSON? A page that links to a feed is not one."""
    head = data[:_HEAD_BYTES]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _JSON.search(data) is not None
    return starts_xml_feed(decode(head))


def read_feed(data: bytes, *, url: str | None = None, path: SourcePath = UNNAMED) -> tuple[FeedEntry, ...]:
    """The entries of a feed in its own order, each key once, at most MAX_ENTRIES.

    `url` is the feed's own address, for relative addresses in it; `path` is what findings call it. Raises FeedError
    where the bytes are not a feed, and MissingExtra where lxml is not installed. May add feed-malformed, feed-date,
    feed-no-text and feed-cut.
    """
    if len(data) > MAX_BYTES:
        raise FeedError(f"it is larger than {MAX_BYTES:,} bytes", "import single pages of the site")
    text = decode(data).lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        raws, findings = json_entries(text, url or ""), []
    else:
        raws, is_malformed = xml_entries(text, url or "")
        findings = [_malformed(path)] if is_malformed else []
    entries: dict[str, FeedEntry] = {}
    for raw in bounded(raws):
        article = clean_entry(raw, path)
        article = replace(article, findings=(*findings, *article.findings))
        key = raw.id or article.source.url or _digest(article)
        entries.setdefault(key, FeedEntry(key, article))
    return tuple(entries.values())


def _malformed(path: SourcePath) -> Diagnostic:
    text = "the feed is not well-formed XML; parts may be missing"
    return diagnostic("feed-malformed", Location(path), text, "compare the drafts with the pages")


def _digest(article: ImportedArticle) -> str:
    text = "\0".join((article.title or "", str(article.date or ""), article.summary or "", article.body))
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"


def new_entries(
    entries: Iterable[FeedEntry], known_urls: Collection[str], known_titles: Collection[str]
) -> tuple[FeedEntry, ...]:
    """The entries that no article was made of yet, each once.

    An entry is known by the canonical address of an article's source. Titles count only for entries without an address:
    two articles may well be called "Weekly news".
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
