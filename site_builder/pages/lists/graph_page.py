"""`/graph/`, part by part: an overview of all topics, of those that occur together, and a diagram of both."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Topic
from site_builder.corpus.cooccurrence import CoOccurrence, topic_neighbours
from site_builder.links.graph_export import EdgeKind, Network
from site_builder.pages.context import PageContext
from site_builder.pages.parts import Pagination, paginate
from site_builder.pages.readings import AsksSite
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_ld import plain_page
from site_builder.render.site_view import Head, Label
from site_builder.render.svg.arc_diagram import ArcsView, arcs
from site_builder.render.templating.template import Template
from site_builder.routes import Section
from site_builder.urls import Permalink, Slug

BASE: Final = Section.GRAPH.url
TOPICS_PER_PART: Final = 300
"""As in the index of topics."""
MAX_TOPICS_DRAWN: Final = 40
"""The largest ones: on a phone the diagram is then two screens high."""
MAX_PAIRS: Final = 30
"""Pairs of topics that are listed and drawn."""
MAX_COMPANIONS: Final = 5
"""Topics that are named beside another one."""


class TopicTie(msgspec.Struct, frozen=True):
    """Two topics that occur together."""

    one: Label
    other: Label
    shared: int
    """Number of articles that belong to both."""
    links: int
    """Number of links from articles of either to articles of the other."""


class GraphGroup(msgspec.Struct, frozen=True):
    """A topic without a parent, with those below it that are on this part of the page."""

    topic: Label
    narrower: tuple[Label, ...]
    company: tuple[Label, ...]
    """Topics that share articles with it, each with the number."""


class GraphView(msgspec.Struct, frozen=True):
    """`/graph/`, part by part."""

    head: Head
    title: str
    articles: int
    topics: int
    entities: int
    links: int
    """Number of edges of all kinds."""
    picture: ArcsView | None
    """On the first part only, like the ties."""
    ties: tuple[TopicTie, ...]
    """The strongest first."""
    groups: tuple[GraphGroup, ...]
    pagination: Pagination


TEMPLATE: Final[Template[GraphView]] = Template("graph.html", plain_page)


def has_graph_page(context: PageContext) -> bool:
    """Whether there is anything to show: without topics or articles, the graph is data only."""
    return bool(context.corpus.topics and context.corpus.listed)


def plan_graph_page(context: PageContext) -> Iterator[AnyRoute]:
    """The parts of the overview, if there is anything to show."""
    if not has_graph_page(context):
        return
    overview = _Overview(context)
    for url, part, place in paginate(overview.rows, TOPICS_PER_PART, BASE):
        view = partial(_graph_view, context, overview, part, place)
        yield Route(url, TEMPLATE, view, lastmod=context.lastmod, is_in_sitemap=True)


Row = tuple[Document[Topic], Document[Topic], int]
"""A topic without a parent, one of those below it or itself, and how far below."""


class _Overview(AsksSite):
    """What all parts of the overview share, made when the first of them asks for it."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        remember = context.readings.remember
        self._rows = remember(lambda: list(_rows(context)))
        self._companions = remember(lambda: topic_neighbours(context.corpus, context.taxonomy))
        self.ties = context.remember(lambda: _ties(context, self.companions, self.network))
        """Pairs of topics, the strongest first."""

    @property
    def rows(self) -> list[Row]:
        """Every topic under each root that it belongs to, a topic before those below it."""
        return self._rows()

    @property
    def network(self) -> Network:
        """All nodes and edges."""
        return self._context.network

    @property
    def companions(self) -> Mapping[Slug, tuple[CoOccurrence, ...]]:
        """Topic -> topics that share more articles with it than chance would explain."""
        return self._companions()


def _rows(context: PageContext) -> Iterator[Row]:
    for root in context.corpus.topics:
        if context.taxonomy.parents[root.slug]:
            continue
        seen: set[Permalink] = set()
        waiting = [(root, 0)]
        while waiting:
            topic, depth = waiting.pop()
            if topic.permalink not in seen:
                seen.add(topic.permalink)
                yield root, topic, depth
                waiting += [(t, depth + 1) for t in reversed(context.taxonomy.children[topic.slug])]


def _graph_view(context: PageContext, overview: _Overview, part: Sequence[Row], place: Pagination) -> GraphView:
    words, corpus, is_first = context.translations, context.corpus, place.number == 1
    description = words(
        "graph_description",
        articles=words("count_articles", count=len(corpus.listed)),
        topics=words("count_topics", count=len(corpus.topics)),
    )
    ties = overview.ties() if is_first else ()
    return GraphView(
        head=context.head(words("graph"), description, place=place),
        title=words("graph"),
        articles=len(corpus.listed),
        topics=len(corpus.topics),
        entities=len(corpus.entities),
        links=len(overview.network.edges),
        picture=_diagram(context, overview.rows, ties) if ties else None,
        ties=ties,
        groups=tuple(_groups(context, part, overview.companions)),
        pagination=place,
    )


def _groups(
    context: PageContext, rows: Sequence[Row], companions: Mapping[Slug, tuple[CoOccurrence, ...]]
) -> Iterator[GraphGroup]:
    for root, group in groupby(rows, key=lambda row: row[0]):
        narrower = tuple(context.topic_label(topic) for _, topic, _ in group if topic is not root)
        beside = companions.get(root.slug, ())[:MAX_COMPANIONS]
        labels = tuple(Label(c.document.title, c.document.permalink, c.shared) for c in beside)
        yield GraphGroup(context.topic_label(root), narrower, labels)


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


def _diagram(context: PageContext, rows: Sequence[Row], ties: Sequence[TopicTie]) -> ArcsView:
    """The largest topics, each once, in the order of the list."""
    depths: dict[Permalink, tuple[Label, int]] = {}
    for _, topic, depth in rows:
        depths.setdefault(topic.permalink, (context.topic_label(topic), depth))
    largest = set(sorted(depths, key=lambda url: (-(depths[url][0].count or 0), url))[:MAX_TOPICS_DRAWN])
    shown = [url for url in depths if url in largest]
    numbers: dict[str, int] = {url: number for number, url in enumerate(shown)}
    edges = [
        (numbers[t.one.url], numbers[t.other.url], t.shared + t.links)
        for t in ties
        if t.one.url in numbers and t.other.url in numbers
    ]
    return arcs([depths[url] for url in shown], edges)
