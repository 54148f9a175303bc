"""`/404.html`, which a server shows at any depth: its links start at the root."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.site_view import Head
from site_builder.render.templating.template import NOT_FOUND, Template


class NotFoundView(msgspec.Struct, frozen=True):
    """`/404.html`"""

    head: Head
    title: str


TEMPLATE: Final[Template[NotFoundView]] = Template("404.html")
"""Without structured data, because the page is shown at addresses that do not exist."""


def plan_not_found(context: PageContext) -> Iterator[AnyRoute]:
    """The page."""
    yield Route(NOT_FOUND, TEMPLATE, partial(_not_found_view, context))


def _not_found_view(context: PageContext) -> NotFoundView:
    title = context.translations("not_found")
    return NotFoundView(context.head(title, is_indexed=False), title)
