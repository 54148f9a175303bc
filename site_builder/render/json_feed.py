"""A feed: what RSS, Atom and JSON Feed share, and JSON Feed itself. The templates write the other two."""

import datetime as dt
import json
import re
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

import msgspec
from markupsafe import Markup

from site_builder.render.format import BodySource, Format, RenderContext
from site_builder.urls import Permalink, absolute_url


class FeedItem(msgspec.Struct, frozen=True):
    """An article or a digest in a feed."""

    id: str
    """A URI that never changes."""
    url: Permalink
    title: str
    summary: str
    date: dt.date
    added: dt.date
    updated: dt.date
    topics: tuple[str, ...]
    source: str
    source_url: str
    curator: str
    html: str = ""
    """The whole text of a digest; "" where the summary is all there is."""


class FeedView(msgspec.Struct, frozen=True):
    """One feed; its three formats share the view."""

    id: str
    """A URI that never changes, for Atom."""
    title: str
    description: str
    home: Permalink
    """The page that the feed belongs to."""
    updated: dt.date
    items: tuple[FeedItem, ...]


def rfc3339(value: dt.date) -> str:
    """Midnight UTC as Atom and JSON Feed want it (RFC 3339): `2026-06-03T00:00:00Z`"""
    return f"{value.isoformat()}T00:00:00Z"


_LIKE_MARKUP: Final = re.compile(r"<[A-Za-z/!?]")
_IN_XML: Final = {ord("&"): "&#x26;", ord("<"): "&#x3C;", ord(">"): "&#x3E;", ord('"'): "&#x22;"}


def rss_text(value: str) -> Markup:
    """A title or a summary for RSS or OPML, which do not say whether such a text is plain or HTML.

    What reads the same either way, such as `AT&T` or `a < b`, is written once, with the references that most readers
    understand (RSS Advisory Board, Best Practices Profile, section 3.1). What a reader that takes it for HTML would
    drop or change, such as `Map<K,V>` or `&amp;`, is written as HTML: the others then show `Map&lt;K,V&gt;`, which
    loses nothing. Atom and JSON Feed have plain text, and say so.
    """
    is_markup = 0 <= value.find("<") < value.rfind(">") or _LIKE_MARKUP.search(value) is not None
    is_ambiguous = is_markup or unescape(value) != value
    text = escape(value, quote=False) if is_ambiguous else value
    return Markup(text.translate(_IN_XML))  # noqa: S704 (escaped for XML on this line)


@dataclass(frozen=True, slots=True)
class JsonFeed(Format[FeedView]):
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

    @property
    def name(self) -> str:
        """None is needed."""
        return ""

    def render(self, view: FeedView, url: Permalink, context: RenderContext, body_html: BodySource) -> bytes:  # noqa: ARG002
        """The feed in UTF-8, indented by one space."""
        site = context.site
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": view.title,
            "description": view.description,
            "home_page_url": absolute_url(site.url, view.home),
            "feed_url": absolute_url(site.url, url),
            "language": site.language,
            "authors": [{"name": site.author or site.name}],
            "items": [_item(item, site.url) for item in view.items],
        }
        return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _item(item: FeedItem, site_url: str) -> dict[str, object]:
    return {
        "id": item.id,
        "url": absolute_url(site_url, item.url),
        "title": item.title,
        "summary": item.summary,
        "content_text": item.summary,
        **({"content_html": item.html} if item.html else {}),
        "date_published": rfc3339(item.added),
        "date_modified": rfc3339(item.updated),
        **({"external_url": item.source_url} if item.source_url else {}),
        **({"authors": [{"name": item.curator}]} if item.curator else {}),
        **({"tags": list(item.topics)} if item.topics else {}),
    }
