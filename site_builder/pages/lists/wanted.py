"""`/wanted/`, part by part: pages that documents name but that are missing, most wanted first, and all stubs."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.content.vocabulary import Status
from site_builder.links.graph import Wanted
from site_builder.pages.context import PageContext
from site_builder.pages.parts import MAX_NAME_BYTES, MAX_TITLE_BYTES, Card, Pagination, paginate, shorten
from site_builder.pages.route import AnyRoute, Route, RouteFamily
from site_builder.render.json_ld import plain_page
from site_builder.render.site_view import Head, Label
from site_builder.render.templating.template import Template
from site_builder.routes import Section
from site_builder.urls import Permalink

BASE: Final = Section.WANTED.url
MAX_SOURCES: Final = 10
"""Documents shown for a wanted page, of those that name it."""
MAX_STUBS: Final = 100


class WantedEntry(msgspec.Struct, frozen=True):
    """A page that documents name but that is missing."""

    id: str
    title: str
    sources: tuple[Label, ...]
    """Documents that name it; the first few."""
    count: int
    """Number of all of them."""


class WantedView(msgspec.Struct, frozen=True):
    """`/wanted/`, part by part."""

    head: Head
    title: str
    total: int
    entries: tuple[WantedEntry, ...]
    stubs: tuple[Card, ...]
    """Articles that are still stubs; on the first part only."""
    stubs_total: int
    pagination: Pagination


TEMPLATE: Final[Template[WantedView]] = Template("wanted.html", plain_page)


def plan_wanted(context: PageContext) -> Iterator[AnyRoute]:
    """The first part, which every site has; the sitemap lists it if anything is wanted, as the links tell."""
    yield Route(BASE, TEMPLATE, partial(_first_view, context))


def further_wanted(context: PageContext) -> RouteFamily:
    """The other parts: how many there are is known once the links are."""
    return RouteFamily(f"{BASE}page/", context.remember(partial(_further_parts, context)), is_in_sitemap=True)


def _parts(context: PageContext) -> list[tuple[Permalink, Pagination]]:
    parts = paginate(context.graph.wanted, context.config.options.per_page, BASE)
    return [(url, place) for url, _, place in parts]


def _further_parts(context: PageContext) -> tuple[AnyRoute, ...]:
    return tuple(
        Route(url, TEMPLATE, partial(_wanted_view, context, place), is_in_sitemap=True)
        for url, place in _parts(context)[1:]
    )


def _first_view(context: PageContext) -> WantedView:
    return _wanted_view(context, _parts(context)[0][1])


def _wanted_view(context: PageContext, place: Pagination) -> WantedView:
    title, wanted = context.translations("wanted"), context.graph.wanted
    description = context.translations("wanted_description")
    head = context.head(title, description, place=place, is_indexed=context.has_wanted)
    entries = tuple(_entry(w) for w in place.part_of(wanted, context.config.options.per_page))
    stubs = [a for a in context.corpus.listed if a.meta.status is Status.STUB]
    shown = context.cards(stubs[:MAX_STUBS]) if place.number == 1 else ()
    return WantedView(head, title, len(wanted), entries, shown, len(stubs), place)


def _entry(wanted: Wanted) -> WantedEntry:
    sources = tuple(Label(shorten(d.title, MAX_NAME_BYTES), d.permalink) for d in wanted.sources[:MAX_SOURCES])
    return WantedEntry(
        wanted.url.partition("#")[2], shorten(wanted.title, MAX_TITLE_BYTES), sources, len(wanted.sources)
    )
