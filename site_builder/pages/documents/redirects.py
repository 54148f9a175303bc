"""Old addresses: each alias, duplicate and merged term has a page that leads to the new one without a script."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_ld import plain_page
from site_builder.render.site_view import Head
from site_builder.render.templating.template import Template
from site_builder.urls import Permalink


class RedirectView(msgspec.Struct, frozen=True):
    """An old address."""

    head: Head
    title: str
    target: Permalink


TEMPLATE: Final[Template[RedirectView]] = Template("redirect.html", plain_page)


def plan_redirects(context: PageContext) -> Iterator[AnyRoute]:
    """A page for every old address."""
    corpus = context.corpus
    for old, new in sorted({**corpus.aliases, **corpus.moved}.items()):
        target = corpus.by_permalink[new]
        yield Route(old, TEMPLATE, partial(_redirect_view, target, new), (target.path,))


def _redirect_view(target: Document, url: Permalink) -> RedirectView:
    return RedirectView(Head(target.title, "", is_indexed=False), target.title, url)
