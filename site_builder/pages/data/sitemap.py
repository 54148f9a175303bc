"""`/sitemap.xml` for search engines, divided into several files where it is too long for one; and `/robots.txt`."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

import msgspec

from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute, Route, RouteFamily
from site_builder.parallel import chunked
from site_builder.render.templating.template import Template
from site_builder.routes import Section
from site_builder.urls import Permalink

MAX_ADDRESSES: Final = 49_000
"""Addresses of one file. sitemaps.org allows 50,000 (and 50 MB); the rest is left for the parts of `/wanted/` after the
first, which are added to the last file: their number is not known when the files are planned."""
INDEX: Final = Permalink("/sitemap.xml")
ROBOTS_TXT: Final = Permalink("/robots.txt")


class SitemapEntry(msgspec.Struct, frozen=True):
    """One address of the sitemap."""

    url: Permalink
    lastmod: dt.date | None


class SitemapView(msgspec.Struct, frozen=True):
    """`/sitemap.xml`, or one of its files where there are several."""

    entries: tuple[SitemapEntry, ...]


class RobotsView(msgspec.Struct, frozen=True):
    """`/robots.txt`"""

    sitemap: Permalink | None


FILE_TEMPLATE: Final[Template[SitemapView]] = Template("sitemap.xml")
INDEX_TEMPLATE: Final[Template[SitemapView]] = Template("sitemap-index.xml")
ROBOTS_TEMPLATE: Final[Template[RobotsView]] = Template("robots.txt")


def sitemap_routes(
    context: PageContext, routes: Iterable[AnyRoute], families: Sequence[RouteFamily]
) -> Iterator[AnyRoute]:
    """The sitemap of the given routes, for a site that has an address, and `/robots.txt` for a whole site."""
    listed = sorted((r for r in routes if r.is_in_sitemap and context.config.url), key=lambda r: r.url)
    parts = list(chunked(listed, MAX_ADDRESSES))
    added = [tuple(f for f in families if f.is_in_sitemap) if part is parts[-1] else () for part in parts]
    if len(parts) == 1:
        yield Route(INDEX, FILE_TEMPLATE, partial(_file_view, context, _entries(parts[0]), added[0]))
    elif parts:
        for number, (part, further) in enumerate(zip(parts, added, strict=True), 1):
            yield Route(_file_url(number), FILE_TEMPLATE, partial(_file_view, context, _entries(part), further))
        yield Route(INDEX, INDEX_TEMPLATE, partial(_index_view, tuple(map(_last_change, parts))))
    if not context.config.options.folder:  # robots look at the root of a host only
        yield Route(ROBOTS_TXT, ROBOTS_TEMPLATE, partial(RobotsView, INDEX if parts else None))


def _file_url(number: int) -> Permalink:
    return Permalink(f"/sitemap-{number}.xml")


def _entries(routes: Iterable[AnyRoute]) -> list[SitemapEntry]:
    return [SitemapEntry(route.url, route.lastmod) for route in routes]


def _last_change(routes: Iterable[AnyRoute]) -> dt.date | None:
    return max((route.lastmod for route in routes if route.lastmod), default=None)


def _file_view(context: PageContext, planned: Sequence[SitemapEntry], families: Sequence[RouteFamily]) -> SitemapView:
    """The addresses; with `families`, also those that are known only once the links are."""
    further = (route for family in families for route in family.expand() if route.is_in_sitemap)
    entries = [*planned, *_entries(further)]
    if families and context.has_wanted:
        entries.append(SitemapEntry(Section.WANTED.url, None))
    return SitemapView(tuple(sorted(entries, key=lambda entry: entry.url)))


def _index_view(days: Sequence[dt.date | None]) -> SitemapView:
    return SitemapView(tuple(SitemapEntry(_file_url(number), day) for number, day in enumerate(days, 1)))
