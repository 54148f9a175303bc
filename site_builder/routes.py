"""The names that the site itself uses in its addresses: the one table that discovery and planning share.

The table of all addresses is `pages.plan.SiteRoutes`, which is planned from the content. This module holds what must be
known before any content is read: which first parts of an address are the site's own, so that no free page takes them.
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


RESERVED_SLUGS: Final = frozenset({"index", "page"})
"""Slugs that no document may have: `index.html` and `page/2/` are addresses of the site's own."""

RESERVED_PAGE_SLUGS: Final = RESERVED_SLUGS | frozenset(Section) | {"404", "tags"}
"""Slugs that no free page may have: its address would be one of the site's own. `tags` is kept for MkDocs' plugin of
that name."""
