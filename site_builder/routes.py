"""The first parts of the site's own addresses: one table for discovery, link resolution and the pages themselves.

Discovery keeps free pages from taking them; pages and links build their addresses from them. Which addresses a site has
is in `pages.plan.SiteRoutes`, which is planned from its content.
"""

from enum import StrEnum
from typing import Final

from site_builder.urls import Permalink


class Section(StrEnum):
    """First part of an address of the site's own: `/articles/`, `/digest/`."""

    API = "api"
    ARTICLES = "articles"
    ASSETS = "assets"
    DIGEST = "digest"
    EMBED = "embed"
    ENTITIES = "entities"
    FEEDS = "feeds"
    GRAPH = "graph"
    REPORT = "report"
    SEARCH = "search"
    TIMELINE = "timeline"
    TOOLS = "tools"
    TOPICS = "topics"
    WANTED = "wanted"

    @property
    def url(self) -> Permalink:
        """`/articles/`"""
        return Permalink(f"/{self}/")


FORM: Final = Permalink("/admin/")
"""The browser form, where the settings ask for it. Other sites may have a page of that name."""
ACCENT: Final = Permalink("/assets/accent.css")
LINKED_FROM: Final = "linked-from"
"""Last part of the address of the list of all pages that link to a document: `/articles/a/linked-from/`."""
NARROWER: Final = "narrower"
"""Last part of the address of the list of all narrower topics: `/topics/a/narrower/`."""

RESERVED_SLUGS: Final = frozenset({"index", "page"})
"""Slugs that no document may have: `index.html` and `page/2/` are addresses of the site's own."""

RESERVED_PAGE_SLUGS: Final = RESERVED_SLUGS | frozenset(Section) | {"404", "tags"}
"""Slugs that no free page may have: its address would be one of the site's own. `tags` has always been
one of them, so that a list of that name can be added without taking anybody's page."""
