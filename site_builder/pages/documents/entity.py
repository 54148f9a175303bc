"""`/entities/<slug>/`, part by part: an organisation, person, law, product or paper with the articles that name it."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import MAX_LISTED, Entity, Topic
from site_builder.corpus.cooccurrence import entity_neighbours
from site_builder.corpus.corpus import date_of, updated_of
from site_builder.pages.context import PageContext, most_common, newest_change
from site_builder.pages.entity_kinds import EntityKinds, by_kind
from site_builder.pages.parts import BacklinkGroup, Card, Pagination, card_labels, first_part_url, paginate
from site_builder.pages.readings import AsksSite
from site_builder.pages.route import RECENT_VIEWS, AnyRoute, Route
from site_builder.render.format import BodyView, DeadLinkView
from site_builder.render.json_ld import JsonNode, PageGraph, Thing, without_unknown
from site_builder.render.site_view import Head, Label, SiteView
from site_builder.render.svg.bar_chart import Chart, chart
from site_builder.render.templating.template import Template
from site_builder.urls import Permalink, Slug


class EntityView(msgspec.Struct, frozen=True):
    """`/entities/<slug>/`, part by part."""

    head: Head
    title: str
    kind: str
    summary: str
    synonyms: tuple[str, ...]
    """The first of them."""
    more_synonyms: int
    """Number of the others."""
    same_as: tuple[str, ...]
    body: BodyView | None
    """The introduction; on the first part only."""
    topics: tuple[Label, ...]
    """Those of its articles, most frequent first."""
    entities: tuple[Label, ...]
    """Those that its articles also name, each with the number of articles,"""
    kinds: tuple[EntityKinds, ...]
    """and the same by what they are."""
    first: Card | None
    """The article with the oldest source that names it; None on later parts, and where fewer than two do."""
    last: Card | None
    """The one with the newest source."""
    chart: Chart | None
    total: int
    cards: tuple[Card, ...]
    pagination: Pagination
    backlinks: tuple[BacklinkGroup, ...]
    """The first of them."""
    all_backlinks: Label | None
    """The list of all, with their number; None where `backlinks` has them all."""
    edit_url: str
    dead_same_as: tuple[DeadLinkView, ...] = ()
    """Those of `same_as` that are dead."""


def describe_entity(view: EntityView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe the entity, and the page as the collection of articles about it."""
    graph = PageGraph(view.head, url, site)
    thing = graph.thing(Thing(view.title, view.kind, first_part_url(url, view.pagination), view.same_as))
    items = graph.item_list(card_labels(view.cards))
    return graph.document(
        graph.page("CollectionPage", mainEntity=items, about={"@id": thing["@id"]}),
        without_unknown(thing | {"description": view.summary, "alternateName": view.synonyms}),
    )


TEMPLATE: Final[Template[EntityView]] = Template("entity.html", describe_entity)


def plan_entities(context: PageContext) -> Iterator[AnyRoute]:
    """Every entity."""
    compose = context.remember(partial(_entity_view, context, _Companions(context)), RECENT_VIEWS)
    for entity in context.corpus.entities:
        articles = context.taxonomy.by_entity[entity.slug]
        for url, part, place in paginate(articles, context.config.options.per_page, entity.permalink):
            days = [day for day in (newest_change(part), updated_of(entity) if place.number == 1 else None) if day]
            view = partial(compose, entity, place)
            yield Route(url, TEMPLATE, view, (entity.path,), max(days, default=None), is_in_sitemap=True)


class _Companions(AsksSite):
    """What is computed once for all entities, or for all parts of one, when the first page asks for it."""

    def __init__(self, context: PageContext) -> None:
        self._entities = context.readings.remember(partial(_named_with, context))
        self.topics = context.remember(partial(_topics_of, context), RECENT_VIEWS)
        """Entity -> the topics of its articles: the same on all parts of its list."""

    @property
    def entities(self) -> Mapping[Slug, tuple[tuple[Document[Entity], int], ...]]:
        """Entity -> entities that the same articles name, most often first, each with the number of articles."""
        return self._entities()


def _named_with(context: PageContext) -> Mapping[Slug, tuple[tuple[Document[Entity], int], ...]]:
    found = entity_neighbours(context.corpus, context.taxonomy)
    entities = {e.slug: e for e in context.corpus.entities}
    return {slug: tuple((entities[c.document.slug], c.shared) for c in near) for slug, near in found.items()}


def _topics_of(context: PageContext, entity: Document[Entity]) -> list[tuple[Document[Topic], int]]:
    """The topics of the articles that name an entity, most frequent first, each with the number of articles."""
    return most_common(context.taxonomy.topics[a.permalink] for a in context.taxonomy.by_entity[entity.slug])


def _entity_view(
    context: PageContext, companions: _Companions, entity: Document[Entity], place: Pagination
) -> EntityView:
    meta = entity.meta
    articles = context.taxonomy.by_entity[entity.slug]
    names, same_as = context.corpus.entity_names(entity)[1:], context.corpus.same_as(entity)
    per_page, is_first = context.config.options.per_page, place.number == 1
    description = meta.summary or context.translations("entity_description", count=len(articles), name=entity.title)
    near = companions.entities.get(entity.slug, ())
    feeds = Label(entity.title, entity.permalink) if context.has_feed(entity) else None
    return EntityView(
        head=context.head(entity.title, description, feeds=feeds, document=entity, place=place),
        title=entity.title,
        kind=str(meta.kind),
        summary=meta.summary or "",
        synonyms=names[:MAX_LISTED],
        more_synonyms=len(names[MAX_LISTED:]),
        same_as=same_as,
        body=context.body(entity) if is_first else None,
        topics=tuple(Label(t.title, t.permalink, count) for t, count in companions.topics(entity)),
        entities=tuple(Label(e.title, e.permalink, count) for e, count in near),
        kinds=by_kind(context, near),
        first=context.card(articles[-1]) if is_first and len(articles) > 1 else None,
        last=context.card(articles[0]) if is_first and len(articles) > 1 else None,
        chart=chart([date_of(a) for a in articles], context.translations) if is_first else None,
        total=len(articles),
        cards=context.cards(place.part_of(articles, per_page)),
        pagination=place,
        backlinks=context.backlinks(entity) if is_first else (),
        all_backlinks=context.all_backlinks(entity) if is_first else None,
        edit_url=context.edit_url(entity),
        dead_same_as=tuple(one for url in same_as if (one := context.dead_link(entity, url))),
    )
