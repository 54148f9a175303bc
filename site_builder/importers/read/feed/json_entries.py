"""JSON Feed 1.0 and 1.1 to raw entries."""

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.importers.read.feed.feed_error import FeedError
from site_builder.importers.read.feed.feed_text import html_of, legal
from site_builder.importers.read.feed.raw_entry import MAX_ENTRIES, MAX_KEYWORDS, RawEntry


def json_entries(text: str, url: str) -> Iterator[RawEntry]:
    """The entries of a feed; `url` is its own address, or "". Raises FeedError."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        raise FeedError("it is not valid JSON", "give the address of the feed itself") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org/version/" not in _string(feed.get("version")):
        raise FeedError("this JSON is not a JSON Feed", "give the address of the feed itself")
    return (_json(i, feed, url) for i in items[:MAX_ENTRIES] if isinstance(i, dict))


def _json(item: Mapping[str, Any], feed: Mapping[str, Any], url: str) -> RawEntry:
    def get(name: str) -> str:
        return _string(item.get(name))

    attached = [a for a in _list(item.get("attachments")) if isinstance(a, dict)]
    pictures = [_string(a.get("url")) for a in attached if _string(a.get("mime_type")).startswith("image/")]
    return RawEntry(
        id=get("id"),
        link=get("url") or get("external_url"),
        title=html.escape(get("title")),
        summary=html.escape(get("summary")),
        content=get("content_html") or html_of(get("content_text")),
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
        return legal(value, "\ufffd").strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
