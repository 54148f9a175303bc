"""Routes: the addresses of a site, each with the way to its view. A page is a route whose view has been composed.

Making a route costs next to nothing, so every command may plan the whole site; composing a view is left to those that
show it.
"""

import datetime as dt
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import msgspec

from site_builder.render.format import BodySource, Format, RenderContext
from site_builder.urls import OutputPath, Permalink, SourcePath, output_path

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Page(Generic[V]):
    """A route with its view: all that is needed to render it, in this process or another."""

    url: Permalink
    format: Format[V]
    view: V
    sources: tuple[SourcePath, ...] = ()

    @property
    def path(self) -> OutputPath:
        """The file below the site folder."""
        return output_path(self.url)

    def render(self, context: RenderContext, body_html: BodySource) -> bytes:
        """The bytes of the file. Raises RenderError where a template fails, and OSError where a file is gone."""
        return self.format.render(self.view, self.url, context, body_html)


@dataclass(frozen=True, slots=True)
class Route(Generic[V]):
    """One address of the site."""

    url: Permalink
    format: Format[V]
    compose: Callable[[], V]
    """Makes the view."""
    sources: tuple[SourcePath, ...] = ()
    """The files it comes from, for messages; the first is named when two routes clash."""
    lastmod: dt.date | None = None
    is_in_sitemap: bool = False

    @property
    def path(self) -> OutputPath:
        """The file below the site folder."""
        return output_path(self.url)

    def page(self) -> Page[V]:
        """Compose the view."""
        return Page(self.url, self.format, self.compose(), self.sources)


AnyRoute = Route[Any]

RECENT_VIEWS: Final = 32
"""Views kept by a `compose` that several routes share, such as a page and its Markdown: a build asks for these one
after the other, because their addresses are close to each other in the alphabet."""


class RouteFamily(msgspec.Struct, frozen=True):
    """Addresses that are known only once something costlier than the documents is: links, or the search index."""

    prefix: str
    """How all addresses of the family begin: `/search/`."""
    expand: Callable[[], Iterable[AnyRoute]]
    """Gives the routes; the same ones each time."""
    addresses: Container[Permalink] | None = None
    """The addresses that may be in the family; None for all that begin with `prefix`."""
    is_in_sitemap: bool = False

    def may_hold(self, url: Permalink) -> bool:
        """Whether an address may be one of the family, as far as is known without expanding it."""
        return url.startswith(self.prefix) and (self.addresses is None or url in self.addresses)
