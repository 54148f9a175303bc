"""A planned page: its address, how its bytes are made, and what from."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from site_builder.urls import OutputPath, Permalink, SourcePath, output_path


class Recipe(StrEnum):
    """How a page's bytes are made from its view."""

    TEMPLATE = "template"
    """Jinja2 renders the template that `Page.name` names."""
    JSON_FEED = "json-feed"
    """JSON Feed 1.1, from a FeedView."""
    JSON = "json"
    """The view itself as canonical JSON: sorted keys, no spaces, one line."""
    BIBTEX = "bibtex"
    """A CiteView as BibTeX."""
    CSL_JSON = "csl-json"
    """A CiteView as CSL-JSON."""
    PICTURE = "picture"
    """A PictureView as PNG."""
    BYTES = "bytes"
    """A BytesView as it is."""
    GRAPHML = "graphml"
    """The link graph for other programs, from a Network."""
    COPY = "copy"
    """The file `Page.name`, as it is."""


@dataclass(frozen=True, slots=True)
class Page:
    """One address of the site."""

    url: Permalink
    recipe: Recipe
    name: str
    """Template, or file to copy (absolute for the theme's, else relative to the root)."""
    view: object
    """One of `pages.views`; None for a copy."""
    sources: tuple[SourcePath, ...] = ()
    """Where it comes from, for messages; the first is named when two pages clash."""
    lastmod: dt.date | None = None
    is_in_sitemap: bool = False

    @property
    def path(self) -> OutputPath:
        """The file below the site folder."""
        return output_path(self.url)


def template_page(
    url: str,
    template: str,
    view: object,
    *,
    sources: tuple[SourcePath, ...] = (),
    lastmod: dt.date | None = None,
    is_in_sitemap: bool = True,
) -> Page:
    """A page made by a template."""
    return Page(Permalink(url), Recipe.TEMPLATE, template, view, sources, lastmod, is_in_sitemap)
