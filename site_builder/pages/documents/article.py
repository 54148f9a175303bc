"""`/articles/<slug>/`: an article, with its neighbours, lists and citations."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document, is_a
from site_builder.content.schema import MAX_LISTED, Article, Source
from site_builder.content.vocabulary import Status
from site_builder.corpus.corpus import added_of, is_unlisted, updated_of
from site_builder.links.target import Outcome
from site_builder.pages.authors import author_of, entity_thing
from site_builder.pages.context import PageContext
from site_builder.pages.data.citations_and_embeds import citation, embed_html
from site_builder.pages.lists.tools import ToolLine, tool_line
from site_builder.pages.parts import BacklinkGroup, Card, HeadingView
from site_builder.pages.pictures import PictureView, picture_of
from site_builder.pages.route import RECENT_VIEWS, AnyRoute, Route
from site_builder.render.citations import CiteView
from site_builder.render.format import BodyView, DeadLinkView
from site_builder.render.json_ld import (
    PUBLISHER,
    WEBSITE,
    JsonNode,
    PageGraph,
    Thing,
    agent,
    midnight_utc,
    without_unknown,
)
from site_builder.render.site_view import Head, Label, SiteView
from site_builder.render.templating.template import Template
from site_builder.urls import Permalink


class SimilarView(msgspec.Struct, frozen=True):
    """A curated entry: an article, a stub, or a page that is still missing."""

    title: str
    url: str
    why: str
    relation: str
    """background, follow-up, rebuts, same-story, update or ""."""
    card: Card | None
    """None where the page is missing."""


class RelatedView(msgspec.Struct, frozen=True):
    """An article that the program proposes."""

    card: Card
    score: float
    """0..1"""
    reasons: tuple[str, ...]
    """Why, as phrases."""


class LeftOut(msgspec.Struct, frozen=True):
    """How many names in an article's front matter its page does not show, because it shows so many of them."""

    topics: int = 0
    entities: int = 0
    similar: int = 0


class ArticleView(msgspec.Struct, frozen=True):
    """`/articles/<slug>/`"""

    head: Head
    title: str
    summary: str
    date: dt.date
    added: dt.date
    updated: dt.date
    curator: str
    is_stub: bool
    source: Source | None
    image: PictureView | None
    body: BodyView
    headings: tuple[HeadingView, ...]
    topics: tuple[Label, ...]
    wanted_topics: tuple[str, ...]
    entities: tuple[Label, ...]
    wanted_entities: tuple[str, ...]
    author: Thing
    """Who wrote the summary, as far as that is known."""
    things: tuple[Thing, ...]
    """The entities once more, with their kinds."""
    similar: tuple[SimilarView, ...]
    """The first of them, as of topics and entities."""
    left_out: LeftOut
    """How many there are besides."""
    related: tuple[RelatedView, ...]
    """Beside the curated list, best first."""
    backlinks: tuple[BacklinkGroup, ...]
    """The first of them."""
    all_backlinks: Label | None
    """The list of all, with their number; None where `backlinks` has them all."""
    newer: Label | None
    """Next newer article of the main topic."""
    older: Label | None
    edit_url: str
    cite: CiteView
    embed: str
    """HTML that shows the article's card on another site; "" where the site has no address."""
    tools: tuple[ToolLine, ...]
    """The first few of the site's tools."""
    tools_total: int
    dead_source: DeadLinkView | None = None
    """Where the address of the source is dead."""


def describe_article(view: ArticleView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe the summary as an `Article` that is based on its source."""
    graph = PageGraph(view.head, url, site)
    source = _source(view.source, view.date) if view.source else None
    article = {
        "@type": "Article",
        "@id": graph.at(f"{url}#article"),
        "headline": view.title,
        "description": view.summary,
        "url": graph.at(url),
        "mainEntityOfPage": graph.ref(url),
        "datePublished": midnight_utc(view.added),
        "dateModified": midnight_utc(view.updated),
        "author": graph.author(view.author),
        "publisher": graph.ref(PUBLISHER),
        "isPartOf": graph.ref(WEBSITE),
        "inLanguage": graph.language,
        "image": _images(graph, view.image),
        "articleSection": view.topics[0].title if view.topics else None,
        "keywords": [topic.title for topic in view.topics],
        "about": [graph.term(topic) for topic in view.topics],
        "mentions": [graph.thing(thing) for thing in view.things],
        "isBasedOn": source,
        "citation": source,
    }
    return graph.document(
        graph.page("WebPage", mainEntity=graph.ref(f"{url}#article")),
        without_unknown(article),
        has_terms=bool(view.topics),
        trail=view.topics[:1],
        section=view.topics[0].url if view.topics else "",
    )


def _source(source: Source, day: dt.date) -> JsonNode:
    """The outside work. Its own title is not known: the page calls it by its publisher, and so does this."""
    node = {
        "@type": "CreativeWork",
        "name": source.name,
        "url": source.url,
        "datePublished": day.isoformat(),
        "author": agent(source.author) if source.author else None,
        "publisher": {"@type": "Organization", "name": source.name},
        "inLanguage": source.language,
        "archivedAt": source.archive,
    }
    return without_unknown(node)


def _images(graph: PageGraph, image: PictureView | None) -> list[JsonNode]:
    own: list[JsonNode] = []
    if image:
        width, height = image.size or (None, None)
        own = [without_unknown({"@type": "ImageObject", "url": graph.at(image.url), "width": width, "height": height,
                                "caption": image.alt, "creditText": image.credit})]  # fmt: skip
    card = graph.social_card()
    return [*own, *([card] if card else [])]


MAX_TOOLS: Final = 3
"""Featured below an article, which the reader came for."""
TEMPLATE: Final[Template[ArticleView]] = Template("article.html", describe_article)


def plan_articles(context: PageContext) -> Iterator[AnyRoute]:
    """Every article."""
    neighbours = _neighbours(context)
    compose = context.remember(partial(_article_view, context), RECENT_VIEWS)
    for article in context.corpus.articles:
        view = partial(compose, article, *neighbours.get(article.permalink, (None, None)))
        is_listed = not is_unlisted(article)
        yield Route(article.permalink, TEMPLATE, view, (article.path,), updated_of(article), is_listed)


def _neighbours(context: PageContext) -> dict[Permalink, tuple[Label | None, Label | None]]:
    """For each listed article the next newer and the next older one with the same main topic."""
    groups: dict[Permalink | None, list[Document[Article]]] = {}
    for article in context.corpus.listed:
        topics = context.taxonomy.topics[article.permalink]
        groups.setdefault(topics[0].permalink if topics else None, []).append(article)
    neighbours: dict[Permalink, tuple[Label | None, Label | None]] = {}
    for articles in groups.values():
        labels = [None, *(Label(a.title, a.permalink) for a in articles), None]
        for index, article in enumerate(articles):
            neighbours[article.permalink] = (labels[index], labels[index + 2])
    return neighbours


def _article_view(
    context: PageContext, article: Document[Article], newer: Label | None, older: Label | None
) -> ArticleView:
    meta = article.meta
    resolved = context.graph.resolved[article.permalink]
    similar = _similar(context, article)
    topics, entities = context.taxonomy.topics[article.permalink], context.taxonomy.entities[article.permalink]
    left_out = LeftOut(*(len(named[MAX_LISTED:]) for named in (topics, entities, resolved.similar)))
    topics, entities = topics[:MAX_LISTED], entities[:MAX_LISTED]
    return ArticleView(
        head=context.head(meta.title, meta.summary, document=article),
        title=meta.title,
        summary=meta.summary,
        date=meta.date,
        added=added_of(article),
        updated=updated_of(article) or meta.date,
        curator=meta.curator or "",
        is_stub=meta.status is Status.STUB,
        source=meta.source,
        image=picture_of(context, article),
        body=context.body(article),
        headings=context.headings(article),
        topics=tuple(context.topic_label(t) for t in topics),
        wanted_topics=tuple(t.title for t in resolved.topics if t.outcome is Outcome.WANTED)[:MAX_LISTED],
        entities=tuple(context.entity_label(e) for e in entities),
        wanted_entities=tuple(t.title for t in resolved.entities if t.outcome is Outcome.WANTED)[:MAX_LISTED],
        author=author_of(context, article),
        things=tuple(entity_thing(context, e) for e in entities),
        similar=similar,
        left_out=left_out,
        related=_related(context, article),
        backlinks=context.backlinks(article, {item.url for item in similar}),
        all_backlinks=context.all_backlinks(article),
        newer=newer,
        older=older,
        edit_url=context.edit_url(article),
        cite=citation(context, article),
        embed=embed_html(context, article),
        tools=tuple(tool_line(context, tool) for tool in context.corpus.tools[:MAX_TOOLS]),
        tools_total=len(context.corpus.tools),
        dead_source=context.dead_link(article, meta.source.url if meta.source else None),
    )


def _similar(context: PageContext, article: Document[Article]) -> tuple[SimilarView, ...]:
    return tuple(
        SimilarView(
            s.target.title,
            context.url(s.target),
            s.entry.why or "",
            str(s.entry.kind or ""),
            context.card(s.target.document) if s.target.document and is_a(s.target.document, Article) else None,
        )
        for s in context.graph.resolved[article.permalink].similar[:MAX_LISTED]
    )


def _related(context: PageContext, article: Document[Article]) -> tuple[RelatedView, ...]:
    related = context.related.get(article.permalink, ())
    return tuple(RelatedView(context.card(r.article), r.score, r.reasons) for r in related)
