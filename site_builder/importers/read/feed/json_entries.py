"""JSON Feed 1.0 and 1.1 to raw entries."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from site_builder.importers.read.feed.feed_error import FeedError
from site_builder.importers.read.feed.feed_text import html_of, legal
from site_builder.importers.read.feed.raw_entry import MAX_ENTRIES, MAX_KEYWORDS, MAX_NOTICE_CHARACTERS, RawEntry
from site_builder.importers.read.loose_json import parse_loosely

_VERSION: Final = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/', re.IGNORECASE)
_ITEMS: Final = re.compile(rb'"items"\s*:\s*\[')
_FIELDS: Final = re.compile(rb'"(?:content_(?:html|text)|date_published|home_page_url|feed_url)"\s*:')
"""Of feeds, and hardly of other data."""
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,10}\d{0,2});", re.IGNORECASE)
_START: Final = re.compile(r'^[ \t]*\{\s*"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class JsonEntries:
    """A feed's entries, and what was wrong with it."""

    entries: Sequence[RawEntry]
    skipped: int = 0
    """Entries that are no objects."""
    is_cut: bool = False
    """Was the end of it left out?"""
    is_malformed: bool = False
    """Was it no valid JSON as it stood?"""


def is_json_feed(data: bytes) -> bool:
    """Does this look like a feed: by its version, or by items with a text, where somebody has forgotten it?"""
    return bool(_VERSION.search(data) or (_ITEMS.search(data) and _FIELDS.search(data)))


def read_json(text: str, url: str) -> JsonEntries:
    """The entries of a feed; `url` is its own address, or "". Raises FeedError.

    More is taken than the standard allows: line ends in strings, one author instead of a list, names instead of
    objects.
    """
    try:
        feed, is_malformed = parse_loosely(text)
    except ValueError:
        raise FeedError("it is not valid JSON", "give the address of the feed itself") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if isinstance(feed, dict) and not isinstance(items, list) and _VERSION.search(text.encode("utf-8", "replace")):
        raise FeedError("this JSON Feed has no list of entries (`items`)", "tell its publisher")
    if not isinstance(items, list) or not is_json_feed(text.encode("utf-8", "replace")):
        raise FeedError("this JSON is not a JSON Feed", "give the address of the feed itself")
    read = [i for i in items if isinstance(i, dict)]
    entries = tuple(_json(i, feed, url) for i in read[:MAX_ENTRIES])
    return JsonEntries(entries, len(items) - len(read), len(read) > MAX_ENTRIES, is_malformed)


def json_start(text: str) -> int | None:
    """Where the object of a feed begins, below what a server's program may say first; None where there is none."""
    if text.startswith("{"):
        return 0
    found = (
        None
        if text.startswith("<") and not text.startswith(("<b", "<B"))
        else _START.search(text, 0, MAX_NOTICE_CHARACTERS)
    )
    return found.start() if found and _VERSION.search(text.encode("utf-8", "replace")) else None


def _json(item: Mapping[str, Any], feed: Mapping[str, Any], url: str) -> RawEntry:
    def get(name: str) -> str:
        return _string(item.get(name))

    attached = [a for a in _list(item.get("attachments")) if isinstance(a, dict)]
    pictures = [_string(a.get("url")) for a in attached if _string(a.get("mime_type")).startswith("image/")]
    return RawEntry(
        id=get("id"),
        link=get("url") or get("external_url"),
        title=_plain(get("title")),
        summary=_plain(get("summary")),
        content=get("content_html") or html_of(get("content_text")),
        published=get("date_published"),
        updated=get("date_modified"),
        authors=_json_people(item) or _json_people(feed),
        language=get("language") or _string(feed.get("language")),
        image=get("image") or get("banner_image") or next(iter(pictures), ""),
        keywords=tuple(map(_string, _list(item.get("tags"))[:MAX_KEYWORDS])),
        publisher=_plain(_string(feed.get("title"))),
        base=url or _string(feed.get("home_page_url")),
    )


def _plain(text: str) -> str:
    """Plain text as HTML. Some feeds give it with the entities of HTML, which the standard does not."""
    return html.escape(html.unescape(text) if _ENTITY.search(text) else text)


def _json_people(holder: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of `authors` (1.1) and `author` (1.0)."""
    people = [*_list(holder.get("authors")), *_list(holder.get("author"))]
    names = (_string(p.get("name")) if isinstance(p, dict) else _string(p) for p in people)
    return tuple(dict.fromkeys(n for n in names if n and not n.isdecimal()))


def _list(value: object) -> list[Any]:
    """A list, also of the one thing that stands in its place."""
    return value if isinstance(value, list) else [value] if isinstance(value, str | dict) else []


def _string(value: object) -> str:
    """A string, or a number as one; "" for anything else."""
    if isinstance(value, str):
        return legal(value, "\ufffd").strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
