"""`/topics/<slug>/`, part by part: a topic with its articles and what surrounds it."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import MAX_LISTED, Entity, Topic
from site_builder.corpus.cooccurrence import topic_neighbours
from site_builder.corpus.corpus import date_of, updated_of
from site_builder.corpus.telling_phrases import telling_phrases
from site_builder.pages.context import PageContext, most_common, newest_change
from site_builder.pages.documents.narrower_topics import (
    NarrowerTopic,
    all_narrower,
    narrower_cards,
    narrower_routes,
)
from site_builder.pages.documents.topic_filters import Filters, filtered_routes, topic_filters
from site_builder.pages.documents.where_to_begin import begin_with, new_in
from site_builder.pages.entity_kinds import EntityKinds, by_kind
from site_builder.pages.parts import BacklinkGroup, Card, Pagination, card_labels, first_part_url, paginate
from site_builder.pages.readings import AsksSite
from site_builder.pages.route import RECENT_VIEWS, AnyRoute, Route
from site_builder.pages.topic_maps import COLUMN, drawn, map_of_topic
from site_builder.render.format import BodyView
from site_builder.render.json_ld import JsonNode, PageGraph, without_unknown
from site_builder.render.site_view import Head, Label, SiteView
from site_builder.render.svg.bar_chart import Chart, chart
from site_builder.render.svg.topic_map.draw_map import MapView
from site_builder.render.templating.template import Template
from site_builder.urls import Permalink, Slug


class TopicView(msgspec.Struct, frozen=True):
    """`/topics/<slug>/`, part by part."""

    head: Head
    title: str
    summary: str
    synonyms: tuple[str, ...]
    """The first of them."""
    more_synonyms: int
    """Number of the others."""
    body: BodyView | None
    """The introduction; on the first part only."""
    parents: tuple[Label, ...]
    children: tuple[Label, ...]
    """The first of them, by title."""
    narrower: tuple[NarrowerTopic, ...]
    """The largest of them, as cards; on the first part only."""
    all_children: Label | None
    """The list of all, with their number; None where `children` has them all."""
    neighbours: tuple[Label, ...]
    """Topics that share more articles with it than chance would explain, each with the number."""
    words: tuple[str, ...]
    """Phrases that tell its articles from those of other topics; none where no phrase does."""
    entities: tuple[Label, ...]
    """Those that its articles name most often,"""
    kinds: tuple[EntityKinds, ...]
    """and the same by what they are."""
    begin: tuple[Card, ...]
    """Articles to begin with: see `where_to_begin`; on the first part only."""
    new: tuple[Card, ...]
    """Those added last; on the first part only."""
    map: MapView | None
    """Its narrower topics with their articles and what joins them; on the first part only."""
    chart: Chart | None
    filters: Filters | None
    """None where there is nothing to choose."""
    total: int
    cards: tuple[Card, ...]
    pagination: Pagination
    backlinks: tuple[BacklinkGroup, ...]
    """The first of them."""
    all_backlinks: Label | None
    """The list of all, with their number; None where `backlinks` has them all."""
    edit_url: str


def describe_topic(view: TopicView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe a topic as a `DefinedTerm`, and the page as the collection of its articles."""
    graph = PageGraph(view.head, url, site)
    term = graph.term(Label(view.title, first_part_url(url, view.pagination)))
    return graph.document(
        graph.page("CollectionPage", mainEntity=graph.item_list(card_labels(view.cards)), about={"@id": term["@id"]}),
        without_unknown(term | {"description": view.summary, "alternateName": view.synonyms}),
        has_terms=True,
        trail=view.parents[:1],
    )


TEMPLATE: Final[Template[TopicView]] = Template("topic.html", describe_topic)


def plan_topics(context: PageContext) -> Iterator[AnyRoute]:
    """Every topic with the articles of its narrower topics, and its list narrowed in several ways."""
    compose = context.remember(partial(_topic_view, context, _Surroundings(context)), RECENT_VIEWS)
    for topic in context.corpus.topics:
        articles = context.taxonomy.by_topic[topic.slug]
        filters = topic_filters(context, topic)
        for url, part, place in paginate(articles, context.config.options.per_page, topic.permalink):
            days = [day for day in (newest_change(part), updated_of(topic) if place.number == 1 else None) if day]
            view = partial(compose, topic, filters.view if filters else None, place)
            yield Route(url, TEMPLATE, view, (topic.path,), max(days, default=None), is_in_sitemap=True)
        yield from narrower_routes(context, topic)
        if filters is not None:
            yield from filtered_routes(context, topic, filters)


class _Surroundings(AsksSite):
    """What is computed once for all topics, or for all parts of one, when the first page asks for it."""

    def __init__(self, context: PageContext) -> None:
        self._neighbours = context.readings.remember(partial(_neighbours, context))
        self._words = context.readings.remember(lambda: telling_phrases(context.corpus, context.taxonomy))
        self.entities = context.remember(partial(entities_of, context), RECENT_VIEWS)
        """Topic -> the entities that its articles name most often: the same on all parts of its list."""

    @property
    def neighbours(self) -> Mapping[Slug, tuple[Label, ...]]:
        """Topic -> topics that share more articles with it than chance would explain."""
        return self._neighbours()

    @property
    def words(self) -> Mapping[Slug, tuple[str, ...]]:
        """Topic -> phrases that tell its articles from others."""
        return self._words()


def _neighbours(context: PageContext) -> Mapping[Slug, tuple[Label, ...]]:
    found = topic_neighbours(context.corpus, context.taxonomy)
    return {
        slug: tuple(Label(c.document.title, c.document.permalink, c.shared) for c in near)
        for slug, near in found.items()
    }


def entities_of(context: PageContext, topic: Document[Topic]) -> list[tuple[Document[Entity], int]]:
    """The entities that a topic's articles name most often, each with the number of articles."""
    articles = context.taxonomy.by_topic[topic.slug]
    return most_common(context.taxonomy.entities[a.permalink] for a in articles)


def _topic_view(
    context: PageContext,
    surroundings: _Surroundings,
    topic: Document[Topic],
    filters: Filters | None,
    place: Pagination,
) -> TopicView:
    meta, taxonomy = topic.meta, context.taxonomy
    articles = taxonomy.by_topic[topic.slug]
    per_page, is_first = context.config.options.per_page, place.number == 1
    description = meta.summary or context.translations("topic_description", count=len(articles), name=topic.title)
    feeds = Label(topic.title, topic.permalink) if context.has_feed(topic) else None
    entities = surroundings.entities(topic)
    found = map_of_topic(context, topic) if is_first else None
    neighbours = surroundings.neighbours.get(topic.slug, ())
    return TopicView(
        head=context.head(topic.title, description, feeds=feeds, document=topic, place=place),
        title=topic.title,
        summary=meta.summary or "",
        synonyms=meta.synonyms[:MAX_LISTED],
        more_synonyms=len(meta.synonyms[MAX_LISTED:]),
        body=context.body(topic) if is_first else None,
        parents=tuple(context.topic_label(p) for p in taxonomy.parents[topic.slug][:MAX_LISTED]),
        children=tuple(context.topic_label(c) for c in taxonomy.children[topic.slug][:MAX_LISTED]),
        narrower=narrower_cards(context, topic) if is_first else (),
        all_children=all_narrower(context, topic),
        neighbours=neighbours,
        words=surroundings.words[topic.slug],
        entities=tuple(Label(e.title, e.permalink, count) for e, count in entities),
        kinds=by_kind(context, entities),
        begin=context.cards(begin_with(context, topic)) if is_first else (),
        new=context.cards(new_in(context, topic)) if is_first else (),
        map=drawn(found, COLUMN) if found else None,
        chart=chart([date_of(a) for a in articles], context.translations, _years(filters)) if is_first else None,
        filters=filters,
        total=len(articles),
        cards=context.cards(place.part_of(articles, per_page)),
        pagination=place,
        backlinks=context.backlinks(topic) if is_first else (),
        all_backlinks=context.all_backlinks(topic) if is_first else None,
        edit_url=context.edit_url(topic),
    )


def _years(filters: Filters | None) -> Mapping[int, str]:
    """The pages of the topic's years, where it has some."""
    ways = (way for group in filters.groups for way in group.ways) if filters else ()
    return {int(way.title): way.url for way in ways if way.title.isdecimal()}
