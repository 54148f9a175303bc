"""The link graph: `/graph/` by topic for people, `/api/graph.json` with its shards and GraphML for programs.

No page loads the data. An edit of one document changes one shard, and those in which other proposals follow
from it; only the GraphML file, which programs want whole, grows with the site.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from site_builder.content.document import Document
from site_builder.corpus.cooccurrence import Companion, topic_neighbours
from site_builder.links.graph_export import EdgeKind, Network, build_network, count_kinds, cut
from site_builder.pages.context import PageContext, newest_change, paginate
from site_builder.pages.parts import (
    ArcsView,
    GraphGroup,
    GraphView,
    Label,
    TopicTie,
)
from site_builder.pages.route import Page, Recipe, template_page
from site_builder.render.svg.arc_diagram import arcs
from site_builder.urls import Permalink, Slug

ADDRESS: Final = "/graph/"
IN_PART: Final = 300
"""Topics on one part of the page, as in the index of topics."""
IN_PICTURE: Final = 40
"""Topics in the picture, the largest ones: on a telephone it is then two screens high."""
TIES: Final = 30
"""Pairs of topics that are listed and drawn."""
COMPANY: Final = 5
"""Topics that are named beside another one."""
VERSION: Final = 1
"""Of the form of the data; another one where a program that reads it would have to change."""
HASH: Final = "first 16 bits of SHA-256 of the id in UTF-8"


@dataclass(frozen=True, slots=True)
class ShardEntry:
    """A part of the graph, as the index names it."""

    address: Permalink
    first: str
    """Hashes of its nodes, from this one on,"""
    last: str
    """up to this one; four hexadecimal digits."""
    nodes: int
    edges: int


@dataclass(frozen=True, slots=True)
class Index:
    """What `/api/graph.json` holds."""

    version: int
    site: str
    """Where addresses begin; "" where it is not known."""
    hash: str
    """How a node's address gives its place among the shards."""
    nodes: Mapping[str, int]
    """Kind -> how many."""
    edges: Mapping[str, int]
    shards: tuple[ShardEntry, ...]


Company = Mapping[Slug, tuple[Companion, ...]]


def network_of(knowledge: PageContext) -> Network:
    """The whole link graph of what readers may find."""
    return build_network(knowledge.corpus, knowledge.membership, knowledge.graph, knowledge.related)


def has_overview(knowledge: PageContext) -> bool:
    """Is there a graph to look at? Without topics or articles there is only its data."""
    return bool(knowledge.corpus.topics and knowledge.corpus.listed)


def plan_graph(knowledge: PageContext) -> Iterator[Page]:
    """The data, and the overview where there is something to see."""
    network = network_of(knowledge)
    yield from _data(network, knowledge.config.url)
    if has_overview(knowledge):
        yield from _overview(knowledge, network)


def _data(network: Network, site_url: str) -> Iterator[Page]:
    entries: list[ShardEntry] = []
    for shard in cut(network):
        url = Permalink(f"/api/graph/{shard.number}.json")
        size = (len(shard.nodes), len(shard.edges))
        entries.append(ShardEntry(url, f"{shard.first:04x}", f"{shard.last:04x}", *size))
        yield Page(url, Recipe.JSON, "", Network(shard.nodes, shard.edges))
    counts = count_kinds(network.nodes), count_kinds(network.edges)
    index = Index(VERSION, site_url, HASH, *counts, tuple(entries))
    yield Page(Permalink("/api/graph.json"), Recipe.JSON, "", index)
    yield Page(Permalink("/api/graph.graphml"), Recipe.GRAPHML, "", network)


def _overview(knowledge: PageContext, network: Network) -> Iterator[Page]:
    corpus = knowledge.corpus
    company = topic_neighbours(corpus, knowledge.membership)
    ties = _ties(knowledge, company, network)
    rows = list(_rows(knowledge))
    lastmod = newest_change(corpus.listed)
    words = knowledge.words
    description = words(
        "graph_description",
        articles=words("count_articles", count=len(corpus.listed)),
        topics=words("count_topics", count=len(corpus.topics)),
    )
    for url, part, where in paginate(rows, IN_PART, ADDRESS):
        is_first = where.number == 1
        view = GraphView(
            head=knowledge.head(words("graph"), description, parts=where),
            title=words("graph"),
            articles=len(corpus.listed),
            topics=len(corpus.topics),
            entities=len(corpus.entities),
            links=len(network.edges),
            picture=_picture(knowledge, rows, ties) if is_first and ties else None,
            ties=ties if is_first else (),
            groups=tuple(_groups(knowledge, part, company)),
            pagination=where,
        )
        yield template_page(url, "graph.html", view, lastmod=lastmod)


Row = tuple[Document, Document, int]
"""A topic that is part of no other, one of those below it or itself, and how far below."""


def _rows(knowledge: PageContext) -> Iterator[Row]:
    """Every topic under each root that it belongs to, a topic before those below it."""
    for root in knowledge.corpus.topics:
        if knowledge.membership.parents[root.slug]:
            continue
        seen: set[Permalink] = set()
        waiting = [(root, 0)]
        while waiting:
            topic, depth = waiting.pop()
            if topic.permalink not in seen:
                seen.add(topic.permalink)
                yield root, topic, depth
                waiting += [(t, depth + 1) for t in reversed(knowledge.membership.children[topic.slug])]


def _groups(knowledge: PageContext, rows: Sequence[Row], company: Company) -> Iterator[GraphGroup]:
    for root, group in groupby(rows, key=lambda row: row[0]):
        narrower = tuple(knowledge.topic_label(topic) for _, topic, _ in group if topic is not root)
        beside = company.get(root.slug, ())[:COMPANY]
        labels = tuple(Label(c.document.title, c.document.permalink, c.shared) for c in beside)
        yield GraphGroup(knowledge.topic_label(root), narrower, labels)


def _ties(knowledge: PageContext, company: Company, network: Network) -> tuple[TopicTie, ...]:
    """Pairs of topics by the articles that they share and the links between their articles, the strongest first."""
    links = _links_between(knowledge, network)
    topics = {t.slug: t for t in knowledge.corpus.topics}
    pairs = {tuple(sorted((slug, c.document.slug))): c.shared for slug, found in company.items() for c in found}
    ties = (
        TopicTie(knowledge.topic_label(topics[one]), knowledge.topic_label(topics[other]), shared, links[one, other])
        for (one, other), shared in pairs.items()
    )
    ranked = sorted(ties, key=lambda t: (-t.shared - t.links, t.one.title.casefold(), t.one.url, t.other.url))
    return tuple(ranked[:TIES])


def _links_between(knowledge: PageContext, network: Network) -> Counter[tuple[Slug, Slug]]:
    """Two topics in the order of their slugs -> links from articles of one to articles of the other."""
    topics = {a.permalink: [t.slug for t in knowledge.membership.topics[a.permalink]] for a in knowledge.corpus.listed}
    found: Counter[tuple[Slug, Slug]] = Counter()
    for edge in network.edges:
        if edge.kind is EdgeKind.SIMILAR or (edge.kind is EdgeKind.TEXT and edge.target in topics):
            for one in topics.get(edge.source, ()):
                for other in topics[edge.target]:
                    if one != other:
                        found[(one, other) if one < other else (other, one)] += 1
    return found


def _picture(knowledge: PageContext, rows: Sequence[Row], ties: Sequence[TopicTie]) -> ArcsView:
    """The largest topics, each once, in the order of the list."""
    depths: dict[Permalink, tuple[Label, int]] = {}
    for _, topic, depth in rows:
        depths.setdefault(topic.permalink, (knowledge.topic_label(topic), depth))
    largest = sorted(depths, key=lambda url: (-(depths[url][0].count or 0), url))[:IN_PICTURE]
    shown = [url for url in depths if url in set(largest)]
    numbers: dict[str, int] = {url: number for number, url in enumerate(shown)}
    drawn = [
        (numbers[t.one.url], numbers[t.other.url], t.shared + t.links)
        for t in ties
        if t.one.url in numbers and t.other.url in numbers
    ]
    return arcs([depths[url] for url in shown], drawn)
