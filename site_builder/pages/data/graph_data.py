"""The link graph as data: `/api/graph.json` with its shards, and GraphML for programs that want all of it in one file.

No page loads the data. An edit of one document changes one shard, and those in which other proposals follow from it;
only the GraphML file grows with the site.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.links.graph_export import Network, Node, Shard, count_kinds, cut
from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.graphml import GraphML
from site_builder.render.json_file import Json
from site_builder.routes import Section
from site_builder.urls import Permalink

INDEX: Final = Permalink(f"{Section.API.url}graph.json")
VERSION: Final = 1
"""Of the form of the data; raised where a program that reads it would have to change."""
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


def plan_graph_data(context: PageContext) -> Iterator[AnyRoute]:
    """The index, the shards and the GraphML file."""
    shards = context.remember(partial(_shards, context))
    for number in _shard_numbers(context):
        yield Route(_shard_url(number), Json(), partial(_shard_view, shards, number))
    yield Route(INDEX, Json(), partial(_index_view, context, shards))
    yield Route(Permalink(f"{Section.API.url}graph.graphml"), GraphML(), partial(getattr, context, "network"))


def _shard_numbers(context: PageContext) -> list[int]:
    """A node's shard depends on the addresses of the nodes alone, so no edge is needed."""
    corpus = context.corpus
    documents: tuple[Document, ...] = (*corpus.listed, *corpus.topics, *corpus.entities)
    nodes = (Node(d.permalink, d.kind, d.title) for d in documents)
    return [shard.number for shard in cut(Network(tuple(nodes), ()))]


def _shard_url(number: int) -> Permalink:
    return Permalink(f"{Section.API.url}graph/{number}.json")


def _shards(context: PageContext) -> Mapping[int, Shard]:
    """Number -> shard of the network."""
    return {shard.number: shard for shard in cut(context.network)}


def _shard_view(shards: Callable[[], Mapping[int, Shard]], number: int) -> Network:
    shard = shards()[number]
    return Network(shard.nodes, shard.edges)


def _index_view(context: PageContext, shards: Callable[[], Mapping[int, Shard]]) -> GraphIndex:
    entries = tuple(_entry(shard) for shard in shards().values())
    nodes, edges = count_kinds(context.network.nodes), count_kinds(context.network.edges)
    return GraphIndex(VERSION, context.config.url, HASH, nodes, edges, entries)


def _entry(shard: Shard) -> ShardEntry:
    size = (len(shard.nodes), len(shard.edges))
    return ShardEntry(_shard_url(shard.number), f"{shard.first:04x}", f"{shard.last:04x}", *size)
