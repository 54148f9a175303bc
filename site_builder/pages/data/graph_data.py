"""The link graph as data: `/api/graph.json` with its shards, and GraphML for programs that want all of it at once.

No page loads the data. An edit of one document changes one shard, and those in which other proposals follow from it. A
graph that is too large for one GraphML file is cut as the shards are: `graph.graphml` is then the first of several.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.links.graph_export import IN_SHARD, Network, Node, Shard, count_kinds, cut
from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.graphml import GraphML
from site_builder.render.json_file import Json
from site_builder.routes import Section
from site_builder.urls import Permalink

INDEX: Final = Permalink(f"{Section.API.url}graph.json")
VERSION: Final = 1
"""Of the form of the data; raised where a program that reads it would have to change."""
IN_GRAPHML: Final = 10_000
"""Nodes of one GraphML file at most, some 20 MB: GitHub takes no file of more than 100 MB."""
HASH: Final = "first 16 bits of SHA-256 of the id in UTF-8"


class ShardEntry(msgspec.Struct, frozen=True):
    """A part of the graph in the index."""

    address: Permalink
    first: str
    """Lowest hash of its nodes, four hexadecimal digits."""
    last: str
    """Highest hash."""
    nodes: int
    edges: int


class GraphIndex(msgspec.Struct, frozen=True):
    """What `/api/graph.json` holds."""

    version: int
    site: str
    """Full URL below which the addresses are; "" where it is not known."""
    hash: str
    """How a node's shard follows from its address."""
    nodes: Mapping[str, int]
    """Kind -> number."""
    edges: Mapping[str, int]
    shards: tuple[ShardEntry, ...]
    graphml: tuple[Permalink, ...]
    """The GraphML files, which are the whole graph together."""


def plan_graph_data(context: PageContext) -> Iterator[AnyRoute]:
    """The index, the shards and the GraphML files."""
    corpus = context.corpus
    documents: tuple[Document, ...] = (*corpus.listed, *corpus.topics, *corpus.entities)
    nodes = Network(tuple(Node(d.permalink, d.kind, d.title) for d in documents), ())
    shards = context.remember(partial(_shards, context, IN_SHARD))
    for number in _numbers(nodes, IN_SHARD):
        yield Route(_shard_url(number), Json(), partial(_shard_view, shards, number))
    parts = context.remember(partial(_shards, context, IN_GRAPHML))
    files = {number: _graphml_url(place) for place, number in enumerate(_numbers(nodes, IN_GRAPHML), 1)}
    yield Route(INDEX, Json(), partial(_index_view, context, shards, tuple(files.values())))
    for number, url in files.items():
        yield Route(url, GraphML(), partial(_part_view, context, parts, number))


def _numbers(nodes: Network, size: int) -> list[int]:
    """A node's shard depends on the addresses of the nodes alone, so no edge is needed. Without nodes, there is one."""
    return [shard.number for shard in cut(nodes, size)] or ([0] if size == IN_GRAPHML else [])


def _graphml_url(place: int) -> Permalink:
    return Permalink(f"{Section.API.url}graph{f'-{place}' if place > 1 else ''}.graphml")


def _shard_url(number: int) -> Permalink:
    return Permalink(f"{Section.API.url}graph/{number}.json")


def _shards(context: PageContext, size: int) -> Mapping[int, Shard]:
    """Number -> shard of the network."""
    return {shard.number: shard for shard in cut(context.network, size)}


def _shard_view(shards: Callable[[], Mapping[int, Shard]], number: int) -> Network:
    shard = shards()[number]
    return Network(shard.nodes, shard.edges)


def _part_view(context: PageContext, parts: Callable[[], Mapping[int, Shard]], number: int) -> Network:
    """A part with the nodes of others to which its edges lead, so that it is a graph by itself."""
    found = parts()
    if number not in found or len(found) == 1:
        return context.network
    part = found[number]
    ends = {edge.target for edge in part.edges}.union(node.id for node in part.nodes)
    return Network(tuple(node for node in context.network.nodes if node.id in ends), part.edges)


def _index_view(
    context: PageContext, shards: Callable[[], Mapping[int, Shard]], graphml: tuple[Permalink, ...]
) -> GraphIndex:
    entries = tuple(_entry(shard) for shard in shards().values())
    nodes, edges = count_kinds(context.network.nodes), count_kinds(context.network.edges)
    return GraphIndex(VERSION, context.config.url, HASH, nodes, edges, entries, graphml)


def _entry(shard: Shard) -> ShardEntry:
    size = (len(shard.nodes), len(shard.edges))
    return ShardEntry(_shard_url(shard.number), f"{shard.first:04x}", f"{shard.last:04x}", *size)
