"""A network as GraphML (graphml.graphdrawing.org), which Gephi, Cytoscape, yEd and NetworkX read.

Takes nodes and edges, gives XML text; the same for the same network.
"""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from site_builder.links.graph_export import Edge, EdgeKind, Node

_KEYS: Final = (
    ("node", "kind"),
    ("node", "title"),
    ("node", "date"),
    ("edge", "kind"),
    ("edge", "relation"),
    ("edge", "why"),
)
"""What is told of nodes and edges; each a string, as GraphML knows no dates."""


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
    ends: dict[str, str] = {}  # an address is written some fifteen times; quoting it once halves the time
    for node in nodes:
        ends[node.id] = quoteattr(node.id)
        date = node.date.isoformat() if node.date else ""
        told = _data("node-kind", node.kind) + _data("node-title", node.title) + _data("node-date", date)
        yield f"<node id={ends[node.id]}>{told}</node>\n"
    kinds = {kind: _data("edge-kind", kind) for kind in EdgeKind}
    for edge in edges:
        told = kinds[edge.kind]
        if edge.relation or edge.why:
            told += _data("edge-relation", edge.relation or "") + _data("edge-why", edge.why)
        yield f"<edge source={ends[edge.source]} target={ends[edge.target]}>{told}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(key: str, value: str) -> str:
    return f'<data key="{key}">{escape(value)}</data>' if value else ""
