"""The link graph as GraphML (graphml.graphdrawing.org), which Gephi, Cytoscape, yEd and NetworkX read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from site_builder.links.graph_export import Edge, EdgeKind, Network, Node
from site_builder.render.format import BodySource, Format, RenderContext
from site_builder.urls import Permalink

_KEYS: Final = (
    ("node", "kind"),
    ("node", "title"),
    ("node", "date"),
    ("edge", "kind"),
    ("edge", "relation"),
    ("edge", "why"),
)
"""The data of nodes and edges, all of them strings: GraphML has no type for dates."""


@dataclass(frozen=True, slots=True)
class GraphML(Format[Network]):
    """A network as GraphML."""

    @property
    def name(self) -> str:
        """None is needed."""
        return ""

    def render(self, view: Network, url: Permalink, context: RenderContext, body_html: BodySource) -> bytes:  # noqa: ARG002
        """XML in UTF-8; the same network gives the same bytes."""
        return graphml(view.nodes, view.edges).encode()


def graphml(nodes: Iterable[Node], edges: Iterable[Edge]) -> str:
    """A directed graph whose node ids are addresses on the site. Both ends of every edge are among the nodes."""
    return "".join(_lines(nodes, edges))


def _lines(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    yield ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    yield ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    yield ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    for of, name in _KEYS:
        yield f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="string"/>\n'
    yield '<graph id="site" edgedefault="directed">\n'
    ends: dict[str, str] = {}  # an address occurs about fifteen times; quoting it once halves the time
    for node in nodes:
        ends[node.id] = f'"{escape(node.id)}"'
        date = node.date.isoformat() if node.date else ""
        data = _data("node-kind", node.kind) + _data("node-title", node.title) + _data("node-date", date)
        yield f"<node id={ends[node.id]}>{data}</node>\n"
    kinds = {kind: _data("edge-kind", kind) for kind in EdgeKind}
    for edge in edges:
        data = kinds[edge.kind]
        if edge.relation or edge.why:
            data += _data("edge-relation", edge.relation or "") + _data("edge-why", edge.why)
        yield f"<edge source={ends[edge.source]} target={ends[edge.target]}>{data}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(key: str, value: str) -> str:
    return f'<data key="{key}">{escape(value, quote=False)}</data>' if value else ""
