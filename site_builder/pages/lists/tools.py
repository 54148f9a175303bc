"""`/tools/`: all tools as cards, on a site that has any."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Tool
from site_builder.content.vocabulary import Pricing
from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.format import BodyView, DeadLinkView
from site_builder.render.json_ld import JsonNode, PageGraph, without_unknown
from site_builder.render.site_view import Head, Label, SiteView
from site_builder.render.templating.template import Template
from site_builder.routes import Section
from site_builder.urls import Permalink


class ToolView(msgspec.Struct, frozen=True):
    """A card on `/tools/`."""

    id: str
    name: str
    pricing: str
    summary: str
    tags: tuple[str, ...]
    url: str
    body: BodyView
    dead: DeadLinkView | None = None
    """Where its address is dead."""


class ToolLine(msgspec.Struct, frozen=True):
    """A tool in a line, beside other things."""

    id: str
    name: str
    pricing: str
    summary: str
    url: str
    dead: DeadLinkView | None = None
    """Where its address is dead."""


class ToolsView(msgspec.Struct, frozen=True):
    """`/tools/`"""

    head: Head
    title: str
    tools: tuple[ToolView, ...]


def describe_tools(view: ToolsView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe the page as a collection, and each tool as an application."""
    graph = PageGraph(view.head, url, site)
    labels = [Label(tool.name, f"{url}#{tool.id}") for tool in view.tools]
    page = graph.page("CollectionPage", mainEntity=graph.item_list(labels))
    return graph.document(page, *(_application(graph, url, tool) for tool in view.tools))


def _application(graph: PageGraph, url: Permalink, tool: ToolView) -> JsonNode:
    """The price is known in words only, unless there is none."""
    offer: JsonNode | None = {"@type": "Offer", "category": tool.pricing}
    if tool.pricing == Pricing.FREE:
        offer = {"@type": "Offer", "category": tool.pricing, "price": 0, "priceCurrency": "USD"}
    if tool.pricing == Pricing.UNKNOWN:
        offer = None
    node = {
        "@type": "SoftwareApplication",
        "@id": graph.at(f"{url}#{tool.id}"),
        "name": tool.name,
        "description": tool.summary,
        "url": tool.url,
        "keywords": tool.tags,
        "isAccessibleForFree": {Pricing.FREE: True, Pricing.PAID: False}.get(Pricing(tool.pricing)),
        "offers": offer,
    }
    return without_unknown(node)


TEMPLATE: Final[Template[ToolsView]] = Template("tools.html", describe_tools)


def plan_tools(context: PageContext) -> Iterator[AnyRoute]:
    """The page, if there are any tools."""
    if context.corpus.tools:
        sources = (context.corpus.tools[0].path,)
        yield Route(Section.TOOLS.url, TEMPLATE, partial(_tools_view, context), sources, is_in_sitemap=True)


def _tools_view(context: PageContext) -> ToolsView:
    title = context.translations("tools")
    head = context.head(title, context.translations("tools_description"))
    return ToolsView(head, title, tuple(tool_view(context, t) for t in context.corpus.tools))


def tool_line(context: PageContext, tool: Document[Tool]) -> ToolLine:
    """A tool in a line."""
    meta = tool.meta
    dead = context.dead_link(tool, meta.url)
    return ToolLine(tool.slug, meta.name, str(meta.pricing), meta.summary, meta.url or "", dead)


def tool_view(context: PageContext, tool: Document[Tool]) -> ToolView:
    """A tool as a card."""
    meta = tool.meta
    body = context.body(tool)
    dead = context.dead_link(tool, meta.url)
    return ToolView(tool.slug, meta.name, str(meta.pricing), meta.summary, meta.tags, meta.url or "", body, dead)
