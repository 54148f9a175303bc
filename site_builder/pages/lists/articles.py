"""`/articles/`, part by part: every listed article, newest first."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article
from site_builder.pages.context import PageContext, newest_change
from site_builder.pages.parts import Card, Pagination, card_labels, paginate
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_ld import JsonNode, PageGraph
from site_builder.render.site_view import Head, Label, SiteView
from site_builder.render.templating.template import Template
from site_builder.routes import Section
from site_builder.urls import Permalink


class ArticlesView(msgspec.Struct, frozen=True):
    """`/articles/`, part by part; also `/timeline/2026/06/`."""

    head: Head
    title: str
    total: int
    cards: tuple[Card, ...]
    pagination: Pagination
    up: Label | None = None
    """The year that a month belongs to."""
    newer: Label | None = None
    older: Label | None = None


def describe_articles(view: ArticlesView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe the page as a collection of articles."""
    graph = PageGraph(view.head, url, site)
    page = graph.page("CollectionPage", mainEntity=graph.item_list(card_labels(view.cards)))
    return graph.document(page, trail=(view.up,) if view.up else ())


TEMPLATE: Final[Template[ArticlesView]] = Template("articles.html", describe_articles)


def plan_article_list(context: PageContext) -> Iterator[AnyRoute]:
    """The parts of the list."""
    for url, part, place in paginate(context.corpus.listed, context.config.options.per_page, Section.ARTICLES.url):
        view = partial(_articles_view, context, part, len(context.corpus.listed), place)
        yield Route(url, TEMPLATE, view, lastmod=newest_change(part), is_in_sitemap=bool(part))


def _articles_view(
    context: PageContext, part: Sequence[Document[Article]], total: int, place: Pagination
) -> ArticlesView:
    title = context.translations("articles")
    description = context.translations("articles_description", count=total)
    head = context.head(title, description, place=place, is_indexed=total > 0)
    return ArticlesView(head, title, total, context.cards(part), place)
