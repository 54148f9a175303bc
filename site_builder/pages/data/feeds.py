"""RSS, Atom and JSON feeds of the newest articles: the site's, each topic's, each entity's.

Feeds hold absolute addresses, so there are none without `site_url` (`site-url-missing` says so).
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from site_builder.content.document import Document
from site_builder.content.schema import MAX_LISTED, Article, Entity, Topic
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import added_of, updated_of
from site_builder.pages.context import PageContext, newest_first
from site_builder.pages.data.feed_ids import id_of_address, id_of_article, id_of_term
from site_builder.pages.route import RECENT_VIEWS, AnyRoute, Route
from site_builder.render.json_feed import FeedItem, FeedView, JsonFeed
from site_builder.render.templating.template import Template
from site_builder.urls import HOME, Permalink, SourcePath

RSS_TEMPLATE: Final[Template[FeedView]] = Template("feed.xml")
ATOM_TEMPLATE: Final[Template[FeedView]] = Template("atom.xml")


def plan_feeds(context: PageContext) -> Iterator[AnyRoute]:
    """The site's feeds, and those of the topics and entities that have some, in three formats."""
    if not context.config.url:
        return
    corpus = context.corpus
    compose = context.remember(partial(_feed_view, context), RECENT_VIEWS)
    if corpus.listed:
        yield from feed_routes(HOME, partial(compose, None))
    for topic in corpus.topics:
        if context.has_feed(topic):
            yield from feed_routes(topic.permalink, partial(compose, topic), (topic.path,))
    for entity in corpus.entities:
        if context.has_feed(entity):
            yield from feed_routes(entity.permalink, partial(compose, entity), (entity.path,))


def feed_routes(
    home: Permalink, compose: Callable[[], FeedView], sources: tuple[SourcePath, ...] = ()
) -> Iterator[AnyRoute]:
    """RSS, Atom and JSON of one feed, in the folder of the page that it belongs to."""
    yield Route(Permalink(f"{home}feed.xml"), RSS_TEMPLATE, compose, sources)
    yield Route(Permalink(f"{home}atom.xml"), ATOM_TEMPLATE, compose, sources)
    yield Route(Permalink(f"{home}feed.json"), JsonFeed(), compose, sources)


def _feed_view(context: PageContext, term: Document[Topic] | Document[Entity] | None) -> FeedView:
    """The feed of a topic or entity; of the site where `term` is None."""
    name = context.config.name
    if term is None:
        articles: Sequence[Document[Article]] = context.corpus.listed
        title, description, home = name, context.config.description or name, HOME
    else:
        articles = context.articles_of(term)
        title, home = f"{term.title} · {name}", term.permalink
        key = "feed_topic" if term.kind is Kind.TOPIC else "feed_entity"
        description = context.translations(key, name=term.title)
    newest = newest_first(articles)[: context.config.options.feed_items]
    items = tuple(_item(context, article) for article in newest)
    id_ = id_of_term(context, term) if term else id_of_address(context, Permalink(f"{HOME}atom.xml"))
    return FeedView(id_, title, description, home, max(item.updated for item in items), items)


def _item(context: PageContext, article: Document[Article]) -> FeedItem:
    meta = article.meta
    return FeedItem(
        id_of_article(context, article),
        article.permalink,
        meta.title,
        meta.summary,
        meta.date,
        added_of(article),
        updated_of(article) or meta.date,
        tuple(t.title for t in context.taxonomy.topics[article.permalink][:MAX_LISTED]),
        meta.source.name if meta.source else "",
        (meta.source.url or "") if meta.source else "",
        meta.curator or "",
    )
