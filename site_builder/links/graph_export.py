"""The link graph as data: nodes and edges, and their cut into parts of which one edit changes one.

Takes corpus, membership and links, and what the program proposes; gives what is published and listed, and nothing else.
Nodes and edges are msgspec structs: a site of 10,000 articles has 150,000 edges, and these take a tenth of the time and
half of the memory of dataclasses.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article
from site_builder.content.schema import Relation as CuratedRelation
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import Corpus
from site_builder.corpus.taxonomy import Taxonomy
from site_builder.links.graph import LinkGraph
from site_builder.links.related_article import RelatedArticle
from site_builder.links.target import Resolved
from site_builder.urls import Permalink

IN_SHARD: Final = 1_000
"""Nodes of one shard at most: with fifteen edges each some 2 MB, 200 kB compressed."""
HASH_BITS: Final = 16
"""Of a node's place among the shards: enough for 65,536 of them."""

Proposals = Mapping[Permalink, tuple[RelatedArticle, ...]]
"""Article -> what the program proposes, best first."""


class EdgeKind(StrEnum):
    """How one node leads to another."""

    SIMILAR = "similar"
    """Curated, in the front matter of an article."""
    RELATED = "related"
    """Proposed by the program."""
    TEXT = "text"
    """A link in the body."""
    TOPIC = "topic"
    """An article belongs to a topic; the first one is its main topic."""
    ENTITY = "entity"
    """An article names an entity."""
    BROADER = "broader"
    """A topic is part of a wider one."""


class Node(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A page that others lead to."""

    id: Permalink
    kind: Kind
    """article, topic or entity"""
    title: str
    date: dt.date | None = None
    """Of an article's source."""


class Edge(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One node leads to another."""

    source: Permalink
    target: Permalink
    kind: EdgeKind
    relation: CuratedRelation | None = None
    """How the target relates to the source, if a curator said so."""
    why: str = ""
    """The curator's reason, or the program's."""


class Network(msgspec.Struct, frozen=True):
    """Every listed article, every topic and entity, and what leads from one to another."""

    nodes: tuple[Node, ...]
    """By address."""
    edges: tuple[Edge, ...]
    """By the address of their source, then by kind, then as the curator ordered them; both ends are nodes."""


class Shard(msgspec.Struct, frozen=True):
    """A part of a network: the nodes whose hashes are in a range, and the edges that start there."""

    number: int
    first: int
    """Of the range, both ends included, 0 to 65535."""
    last: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def build_network(corpus: Corpus, membership: Taxonomy, graph: LinkGraph, proposals: Proposals) -> Network:
    """Nodes and edges of what readers may find. The order of the sources plays no part."""
    public: tuple[Document, ...] = (*corpus.listed, *corpus.topics, *corpus.entities)
    documents = sorted(public, key=lambda d: d.permalink)
    nodes = tuple(Node(d.permalink, d.kind, d.title, _date(d)) for d in documents)
    known = {d.permalink for d in documents}
    edges: list[Edge] = []
    for document in documents:
        ends: dict[tuple[EdgeKind, Permalink], Edge] = {}
        for edge in _edges(document, graph.resolved[document.permalink], membership, proposals):
            if edge.target in known and edge.target != document.permalink:
                ends.setdefault((edge.kind, edge.target), edge)
        edges += ends.values()
    return Network(nodes, tuple(edges))


def _date(document: Document) -> dt.date | None:
    return document.meta.date if isinstance(document.meta, Article) else None


def _edges(document: Document, resolved: Resolved, membership: Taxonomy, proposals: Proposals) -> Iterator[Edge]:
    """Every edge that starts at a document, in the order of `EdgeKind`."""
    here = document.permalink
    for similar in resolved.similar:
        if similar.target.document is not None:
            there = similar.target.document.permalink
            yield Edge(here, there, EdgeKind.SIMILAR, similar.entry.kind, similar.entry.why or "")
    for related in proposals.get(here, ()):
        yield Edge(here, related.article.permalink, EdgeKind.RELATED, None, "; ".join(related.reasons))
    for target in resolved.refs:
        if target.document is not None:
            yield Edge(here, target.document.permalink, EdgeKind.TEXT)
    for topic in membership.topics.get(here, ()):
        yield Edge(here, topic.permalink, EdgeKind.TOPIC)
    for entity in membership.entities.get(here, ()):
        yield Edge(here, entity.permalink, EdgeKind.ENTITY)
    if document.kind is Kind.TOPIC:
        for parent in membership.parents[document.slug]:
            yield Edge(here, parent.permalink, EdgeKind.BROADER)


def place_of(permalink: Permalink) -> int:
    """Where an address lies among the shards: the first HASH_BITS bits of the SHA-256 of its UTF-8 bytes."""
    return int.from_bytes(sha256(permalink.encode()).digest()[: HASH_BITS // 8])


def cut(network: Network, size: int = IN_SHARD) -> list[Shard]:
    """Cut a network into a power of two of shards with at most `size` nodes each; empty ones are left out.

    A node stays in its shard whatever becomes of the others, until the site outgrows the number of shards.
    """
    places = {node.id: place_of(node.id) for node in network.nodes}
    shift = HASH_BITS - _bits(places.values(), size)
    nodes: dict[int, list[Node]] = defaultdict(list)
    for node in network.nodes:
        nodes[places[node.id] >> shift].append(node)
    edges: dict[int, list[Edge]] = defaultdict(list)
    for edge in network.edges:
        edges[places[edge.source] >> shift].append(edge)
    return [
        Shard(n, n << shift, ((n + 1) << shift) - 1, tuple(found), tuple(edges[n]))
        for n, found in sorted(nodes.items())
    ]


def _bits(places: Iterable[int], size: int) -> int:
    """The fewest leading bits that leave no more than `size` places together."""
    counts = Counter(places)
    for bits in range(HASH_BITS):
        shift = HASH_BITS - bits
        sums: Counter[int] = Counter()
        for place, count in counts.items():
            sums[place >> shift] += count
        if max(sums.values(), default=0) <= size:
            return bits
    return HASH_BITS


def count_kinds(found: Iterable[Any]) -> dict[str, int]:
    """Kind -> how many nodes or edges are of it, by name of the kind."""
    return dict(sorted(Counter(str(one.kind) for one in found).items()))
