"""The feed of digests, with an entry for each week, for newsletters and feed readers."""

from collections.abc import Iterator
from functools import partial
from html import escape
from itertools import groupby
from typing import Final

from site_builder.pages.context import PageContext
from site_builder.pages.data.feed_ids import id_of_address
from site_builder.pages.data.feeds import feed_routes
from site_builder.pages.lists.digest import (
    BASE,
    DigestCalendar,
    Period,
    by_topic,
    digest_name,
    span,
    summary_of,
    title_of,
)
from site_builder.pages.parts import Card
from site_builder.pages.route import AnyRoute
from site_builder.render.json_feed import FeedItem, FeedView
from site_builder.urls import Permalink, absolute_url

MAX_ARTICLES: Final = 50
"""New articles in one entry; a bulk import may bring thousands in a week."""


def plan_digest_feed(context: PageContext) -> Iterator[AnyRoute]:
    """The feed in three formats, for a site that has an address."""
    if context.has_feeds:
        yield from feed_routes(BASE, context.remember(partial(_feed_view, context), 1))


def _feed_view(context: PageContext) -> FeedView:
    weeks = DigestCalendar(context).weeks[: context.config.options.feed_items]
    items = sorted((_item(context, week) for week in weeks), key=lambda i: i.added, reverse=True)
    updated = max(item.updated for item in items)
    id_ = id_of_address(context, Permalink(f"{BASE}atom.xml"))
    return FeedView(id_, digest_name(context), context.translations("digest_hint"), BASE, updated, tuple(items))


def _item(context: PageContext, week: Period) -> FeedItem:
    words, day = context.translations, week.newest
    return FeedItem(
        id=id_of_address(context, week.url),
        url=week.url,
        title=f"{title_of(week, words)}: {span(week, words)}",
        summary=summary_of(week, words),
        date=day,
        added=day,
        updated=day,
        topics=(),
        source="",
        source_url="",
        curator="",
        html=_html(context, week),
    )


def _html(context: PageContext, week: Period) -> str:
    """The content of the week's page as self-contained HTML: headings, lists, absolute addresses."""
    words, site_url = context.translations, context.config.url
    shown = by_topic(context, week.new[:MAX_ARTICLES])
    parts = [
        (topic.title if topic else words("digest_other"), [card for _, card in group])
        for topic, group in groupby(shown, lambda p: p[0])
    ]
    parts += [(words("digest_updated_title"), list(context.cards(week.updated[:MAX_ARTICLES])))]
    parts += [(words("digest_stubs_title"), list(context.cards(week.stubs[:MAX_ARTICLES])))]
    html = "".join(
        f"<h2>{escape(title)}</h2>\n<ul>\n{''.join(_list_item(c, site_url) for c in cards)}</ul>\n"
        for title, cards in parts
        if cards
    )
    if max(len(week.new), len(week.updated), len(week.stubs)) > MAX_ARTICLES:
        url = escape(absolute_url(site_url, week.url))
        html += f'<p><a href="{url}">{escape(words("digest_more"))}</a></p>\n'
    return html


def _list_item(card: Card, site_url: str) -> str:
    url = escape(absolute_url(site_url, card.url))
    source = f" ({escape(card.source)})" if card.source else ""
    return f'<li><p><a href="{url}"><b>{escape(card.title)}</b></a>{source}<br>{escape(card.summary)}</p></li>\n'
