"""`/<slug>/`: a free page, from a file under `pages/`."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import FreePage
from site_builder.corpus.corpus import is_unlisted, updated_of
from site_builder.pages.authors import ABOUT
from site_builder.pages.context import PageContext
from site_builder.pages.parts import BacklinkGroup, HeadingView
from site_builder.pages.route import RECENT_VIEWS, AnyRoute, Route
from site_builder.render.format import BodyView
from site_builder.render.json_ld import JsonNode, PageGraph, midnight_utc
from site_builder.render.site_view import Head, Label, SiteView
from site_builder.render.templating.template import Template
from site_builder.urls import HOME, Permalink


class FreePageView(msgspec.Struct, frozen=True):
    """`/<slug>/`"""

    head: Head
    title: str
    summary: str
    body: BodyView
    headings: tuple[HeadingView, ...]
    updated: dt.date | None
    backlinks: tuple[BacklinkGroup, ...]
    """The first of them."""
    all_backlinks: Label | None
    """The list of all, with their number; None where `backlinks` has them all."""
    edit_url: str


def describe_free_page(view: FreePageView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe the page; `/about/` is an `AboutPage`."""
    graph = PageGraph(view.head, url, site)
    kind = "AboutPage" if url == ABOUT else "WebPage"
    return graph.document(graph.page(kind, dateModified=midnight_utc(view.updated) if view.updated else None))


TEMPLATE: Final[Template[FreePageView]] = Template("page.html", describe_free_page)


def plan_free_pages(context: PageContext) -> Iterator[AnyRoute]:
    """Every file under `pages/` but `index.md`, which is the text of the home page."""
    compose = context.remember(partial(_free_page_view, context), RECENT_VIEWS)
    for document in context.corpus.pages:
        if document.permalink != HOME:
            is_listed = not is_unlisted(document)
            view = partial(compose, document)
            yield Route(document.permalink, TEMPLATE, view, (document.path,), updated_of(document), is_listed)


def _free_page_view(context: PageContext, document: Document[FreePage]) -> FreePageView:
    description = document.meta.summary or context.excerpt(document)
    return FreePageView(
        head=context.head(document.title, description, document=document),
        title=document.title,
        summary=document.meta.summary or "",
        body=context.body(document),
        headings=context.headings(document),
        updated=updated_of(document),
        backlinks=context.backlinks(document),
        all_backlinks=context.all_backlinks(document),
        edit_url=context.edit_url(document),
    )
