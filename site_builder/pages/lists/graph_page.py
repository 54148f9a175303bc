"""`/graph/`: a map of all topics with their articles and what joins them, and the same as a list."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

import msgspec

from site_builder.corpus.cooccurrence import CoOccurrence, topic_neighbours
from site_builder.links.graph_export import EdgeKind, Network
from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute, Route
from site_builder.pages.topic_maps import TALL, WIDE, TopicMap, count_drawn, drawn, site_map
from site_builder.render.json_ld import plain_page
from site_builder.render.site_view import Head, Label
from site_builder.render.svg.topic_map.draw_map import MapView
from site_builder.render.templating.template import Template
from site_builder.routes import Section
from site_builder.urls import Slug

MAX_PAIRS: Final = 6
"""Pairs of topics that are listed."""


class TopicTie(msgspec.Struct, frozen=True):
    """Two topics that occur together."""

    one: Label
    other: Label
    shared: int
    """Number of articles that belong to both."""
    links: int
    """Number of links from articles of either to articles of the other."""


class GraphView(msgspec.Struct, frozen=True):
    """`/graph/`"""

    head: Head
    title: str
    articles: int
    topics: int
    entities: int
    links: int
    """Number of edges of all kinds."""
    map: TopicMap | None
    """None where no topic has articles."""
    wide: MapView | None
    """The map for windows of 60 rem or more,"""
    tall: MapView | None
    """and the same for narrower ones."""
    drawn: tuple[int, int]
    """Number of topics on the map, and of those with articles."""
    ties: tuple[TopicTie, ...]
    """The strongest first."""


TEMPLATE: Final[Template[GraphView]] = Template("graph.html", plain_page)


def has_graph_page(context: PageContext) -> bool:
    """Whether there is anything to show: without topics or articles, the graph is data only."""
    return bool(context.corpus.topics and context.corpus.listed)


def plan_graph_page(context: PageContext) -> Iterator[AnyRoute]:
    """The page, if there is anything to show."""
    if has_graph_page(context):
        view = partial(_graph_view, context)
        yield Route(Section.GRAPH.url, TEMPLATE, view, lastmod=context.lastmod, is_in_sitemap=True)


def _graph_view(context: PageContext) -> GraphView:
    words, corpus, network = context.translations, context.corpus, context.network
    description = words(
        "graph_description",
        articles=words("count_articles", count=len(corpus.listed)),
        topics=words("count_topics", count=len(corpus.topics)),
    )
    found = site_map(context)
    return GraphView(
        head=context.head(words("graph"), description),
        title=words("graph"),
        articles=len(corpus.listed),
        topics=len(corpus.topics),
        entities=len(corpus.entities),
        links=len(network.edges),
        map=found,
        wide=drawn(found, WIDE) if found else None,
        tall=drawn(found, TALL) if found else None,
        drawn=count_drawn(context, found) if found else (0, 0),
        ties=_ties(context, topic_neighbours(corpus, context.taxonomy), network),
    )


def _ties(
    context: PageContext, companions: Mapping[Slug, tuple[CoOccurrence, ...]], network: Network
) -> tuple[TopicTie, ...]:
    """Pairs of topics by the articles that they share and the links between their articles, the strongest first."""
    links = _links_between(context, network)
    topics = {t.slug: t for t in context.corpus.topics}
    pairs = {tuple(sorted((slug, c.document.slug))): c.shared for slug, found in companions.items() for c in found}
    ties = (
        TopicTie(context.topic_label(topics[one]), context.topic_label(topics[other]), shared, links[one, other])
        for (one, other), shared in pairs.items()
    )
    ranked = sorted(ties, key=lambda t: (-t.shared - t.links, t.one.title.casefold(), t.one.url, t.other.url))
    return tuple(ranked[:MAX_PAIRS])


def _links_between(context: PageContext, network: Network) -> Counter[tuple[Slug, Slug]]:
    """Two topics in the order of their slugs -> links from articles of one to articles of the other."""
    topics = {a.permalink: [t.slug for t in context.taxonomy.topics[a.permalink]] for a in context.corpus.listed}
    found: Counter[tuple[Slug, Slug]] = Counter()
    for edge in network.edges:
        if edge.kind is EdgeKind.SIMILAR or (edge.kind is EdgeKind.TEXT and edge.target in topics):
            for one in topics.get(edge.source, ()):
                for other in topics[edge.target]:
                    if one != other:
                        found[(one, other) if one < other else (other, one)] += 1
    return found
