"""`/articles/<slug>/linked-from/` and the like, part by part: every page that links to a document, where there are more
than its own page shows.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.links.graph import Link
from site_builder.pages.backlinks import by_source, group_backlinks, in_order_of_groups
from site_builder.pages.context import PageContext
from site_builder.pages.parts import BacklinkGroup, Pagination, paginate
from site_builder.pages.route import AnyRoute, Route, RouteFamily
from site_builder.render.json_ld import plain_page
from site_builder.render.site_view import Head, Label
from site_builder.render.templating.template import Template
from site_builder.routes import LINKED_FROM
from site_builder.urls import HOME


class LinkedFromView(msgspec.Struct, frozen=True):
    """`/articles/<slug>/linked-from/`, part by part."""

    head: Head
    title: str
    document: Label
    """The page that is linked to."""
    total: int
    groups: tuple[BacklinkGroup, ...]
    pagination: Pagination


TEMPLATE: Final[Template[LinkedFromView]] = Template("linked-from.html", plain_page)


class _Addresses:
    """Every address that may be one of such a list."""

    def __contains__(self, url: object) -> bool:
        return isinstance(url, str) and f"/{LINKED_FROM}/" in url


def linked_from(context: PageContext) -> RouteFamily:
    """The lists: which there are is known once the links are. They repeat other pages, so no sitemap has them."""
    return RouteFamily(HOME, context.remember(partial(_routes, context)), _Addresses())


def _routes(context: PageContext) -> tuple[AnyRoute, ...]:
    return tuple(route for d in context.corpus.documents() for route in _routes_of(context, d))


def _routes_of(context: PageContext, document: Document) -> Iterator[AnyRoute]:
    target = context.all_backlinks(document)
    if target is None or document.permalink == HOME:
        return
    sources = in_order_of_groups(by_source(context.graph.backlinks[document.permalink]))
    for url, part, place in paginate(sources, context.config.options.per_page, target.url):
        yield Route(url, TEMPLATE, partial(_view, context, document, len(sources), part, place), (document.path,))


def _view(
    context: PageContext, document: Document, total: int, part: Sequence[Sequence[Link]], place: Pagination
) -> LinkedFromView:
    words, name = context.translations, document.title
    title = words("links_to", name=name)
    head = context.head(title, words("links_to_description", count=total, name=name), place=place, is_indexed=False)
    groups = group_backlinks(part, words, context.config.options.language)
    return LinkedFromView(head, title, Label(name, document.permalink), total, groups, place)
