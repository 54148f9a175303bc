"""What programs read: feeds of the site and of every topic and entity, sitemap, robots.txt, llms.txt.

All of these hold absolute addresses, so without `site_url` there are none (`site-url-missing` has said so).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from site_builder.content.document import Document
from site_builder.content.schema import Topic
from site_builder.corpus.corpus import added_of, article_meta, date_of, updated_of
from site_builder.pages.context import PageContext
from site_builder.pages.lists.home import latest
from site_builder.pages.parts import (
    FeedItem,
    FeedView,
    Label,
    LlmsTopic,
    LlmsView,
    RobotsView,
    SitemapEntry,
    SitemapView,
)
from site_builder.pages.route import Page, Recipe, template_page
from site_builder.parallel import chunked
from site_builder.urls import HOME, Permalink, SourcePath

SITEMAP_URLS: Final = 50_000
"""sitemaps.org: at most 50,000 addresses (and 50 MB) a file."""
LLMS_LATEST: Final = 50
"""Articles in `/llms.txt`."""


def plan_feeds(knowledge: PageContext) -> Iterator[Page]:
    """RSS, Atom and JSON feeds of the newest entries: the site's, each topic's, each entity's."""
    config, corpus, membership = knowledge.config, knowledge.corpus, knowledge.membership
    if not config.url:
        return
    items = {a.permalink: _item(knowledge, a) for a in corpus.listed}
    yield from _feeds(knowledge, items, config.name, config.description or config.name, HOME, latest(knowledge))
    for topic in corpus.topics:
        title = f"{topic.title} · {config.name}"
        articles = membership.by_topic[topic.slug]
        description = knowledge.words("feed_topic", name=topic.title)
        yield from _feeds(knowledge, items, title, description, topic.permalink, articles, topic)
    for entity in corpus.entities:
        title = f"{entity.title} · {config.name}"
        articles = membership.by_entity[entity.slug]
        description = knowledge.words("feed_entity", name=entity.title)
        yield from _feeds(knowledge, items, title, description, entity.permalink, articles, entity)


def _feeds(
    knowledge: PageContext,
    known: Mapping[Permalink, FeedItem],
    title: str,
    description: str,
    home: Permalink,
    articles: Sequence[Document],
    source: Document | None = None,
) -> Iterator[Page]:
    """The three formats of one feed; none where there is nothing to read."""
    newest = sorted(articles, key=lambda a: (added_of(a), date_of(a)), reverse=True)
    items = tuple(known[a.permalink] for a in newest[: knowledge.config.options.feed_items])
    if not items:
        return
    view = FeedView(title, description, home, max(i.updated for i in items), items)
    yield from feed_pages(view, (source.path,) if source else ())


def feed_pages(view: FeedView, sources: tuple[SourcePath, ...] = ()) -> Iterator[Page]:
    """RSS, Atom and JSON of one feed, in the folder of the page that it follows."""
    yield template_page(f"{view.home}feed.xml", "feed.xml", view, sources=sources, is_in_sitemap=False)
    yield template_page(f"{view.home}atom.xml", "atom.xml", view, sources=sources, is_in_sitemap=False)
    yield Page(Permalink(f"{view.home}feed.json"), Recipe.JSON_FEED, "", view, sources)


def _item(knowledge: PageContext, article: Document) -> FeedItem:
    meta = article_meta(article)
    return FeedItem(
        article.permalink,
        meta.title,
        meta.summary,
        meta.date,
        added_of(article),
        updated_of(article) or meta.date,
        tuple(t.title for t in knowledge.membership.topics[article.permalink]),
        meta.source.name if meta.source else "",
        (meta.source.url or "") if meta.source else "",
        meta.curator or "",
    )


def plan_sitemap(knowledge: PageContext, pages: Iterable[Page]) -> Iterator[Page]:
    """`/sitemap.xml` of the given pages, an index of several files where they are too many; and `/robots.txt`."""
    entries = sorted(
        (SitemapEntry(p.url, p.lastmod) for p in pages if p.is_in_sitemap and knowledge.config.url), key=lambda e: e.url
    )
    parts = list(chunked(entries, SITEMAP_URLS))
    if len(parts) == 1:
        yield template_page("/sitemap.xml", "sitemap.xml", SitemapView(tuple(parts[0])), is_in_sitemap=False)
    elif parts:
        files: list[SitemapEntry] = []
        for number, part in enumerate(parts, 1):
            url = Permalink(f"/sitemap-{number}.xml")
            files.append(SitemapEntry(url, max((e.lastmod for e in part if e.lastmod), default=None)))
            yield template_page(url, "sitemap.xml", SitemapView(tuple(part)), is_in_sitemap=False)
        yield template_page("/sitemap.xml", "sitemap-index.xml", SitemapView(tuple(files)), is_in_sitemap=False)
    sitemap = Permalink("/sitemap.xml") if parts else None
    yield template_page("/robots.txt", "robots.txt", RobotsView(sitemap), is_in_sitemap=False)


def plan_llms(knowledge: PageContext) -> Iterator[Page]:
    """`/llms.txt`, where the site has an address: its links are absolute."""
    if not knowledge.config.url:
        return
    corpus, topics = knowledge.corpus, []
    for topic in corpus.topics:
        assert isinstance(topic.meta, Topic)  # noqa: S101 (tells the type checker what the corpus knows)
        topics.append(LlmsTopic(topic.title, knowledge.twin(topic), topic.meta.summary or ""))
    newest = latest(knowledge)[:LLMS_LATEST]
    pages = tuple(Label(p.title, knowledge.twin(p)) for p in corpus.pages if p.permalink != HOME and knowledge.twin(p))
    view = LlmsView(tuple(topics), knowledge.cards(newest), pages)
    yield template_page("/llms.txt", "llms.txt", view, is_in_sitemap=False)
