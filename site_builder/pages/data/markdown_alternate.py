"""A page as Markdown, beside it as `index.md`: for programs that read text, and for readers who keep a copy.

It has the content of the page: the writer's own Markdown with working links, and the lists around it as lists.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.pages.context import PageContext
from site_builder.pages.documents.article import ArticleView
from site_builder.pages.documents.entity import EntityView
from site_builder.pages.documents.free_page import FreePageView
from site_builder.pages.documents.topic import TopicView
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.markdown_twin import TextLink, TextView
from site_builder.render.templating.template import Template
from site_builder.urls import HOME, Permalink

DocumentView = ArticleView | TopicView | EntityView | FreePageView


class TwinView(msgspec.Struct, frozen=True):
    """`index.md`: a page as Markdown."""

    kind: str
    """article, topic, entity or page."""
    page: ArticleView | TopicView | EntityView | FreePageView
    """The content of the page itself."""
    text: TextView


TEMPLATE: Final[Template[TwinView]] = Template("twin.md")


def markdown_routes(context: PageContext, routes: Iterable[AnyRoute]) -> Iterator[AnyRoute]:
    """The Markdown version of every route that is the page of a listed document."""
    for route in routes:
        document = context.corpus.by_permalink.get(route.url)
        if document is None or route.url == HOME:
            continue
        if url := context.markdown_url(document):
            compose = partial(_twin_view, context, document, route.compose)
            yield Route(Permalink(url), TEMPLATE, compose, route.sources)


def _twin_view(context: PageContext, document: Document, compose: Callable[[], DocumentView]) -> TwinView:
    body = context.body(document)
    links = tuple(
        TextLink(ref.start, ref.end, ref.written, view.url, view.title, view.is_image)
        for ref, view in zip(document.body.refs, body.refs, strict=True)
        if (ref.start >= 0 and not view.is_full) or (ref.kind.is_full and not view.url)
    )
    return TwinView(str(document.kind), compose(), TextView(document.path, document.body.digest, body, links))
