"""What every page shows: links with their text, the head of the page, and the site as a whole."""

from typing import Final

import msgspec

FAVICON: Final = "/assets/favicon.svg"
"""The theme's."""


class Label(msgspec.Struct, frozen=True):
    """A link with its text."""

    title: str
    url: str
    count: int | None = None
    """Number of articles behind the link; none where it is not shown."""


class ReaderForms(msgspec.Struct, frozen=True):
    """Addresses of the forms, on another site, by which readers suggest articles and tools and report mistakes."""

    article: str
    tool: str
    mistake: str
    is_form: bool
    """Whether these are issue forms on GitHub: then the page's title and `&page=` with its address may be added to
    `mistake`."""


class SiteView(msgspec.Struct, frozen=True):
    """What every page knows about the whole site."""

    name: str
    description: str
    url: str
    author: str
    copyright: str
    language: str
    repo_url: str
    menu: tuple[Label, ...]
    """The lists."""
    pages: tuple[Label, ...]
    """The free pages."""
    has_feeds: bool
    """Feeds need `site_url`."""
    follow: tuple[Label, ...] = ()
    """Ways to follow the site: feeds and digests."""
    newsletter_action: str = ""
    """Address to which the newsletter's form is sent; "" for no form."""
    newsletter_field: str = ""
    """Name of the form field for the reader's e-mail address."""
    suggest: ReaderForms | None = None
    """Where readers suggest articles and tools and report mistakes."""
    image: str = ""
    """Address of the image that other sites show for this one; "" where none is drawn."""
    has_search: bool = False
    has_wanted: bool = False
    """Whether any page is still to be written, so that `/wanted/` has something to show."""
    logo: str = ""
    """Address of the picture before the name; "" for none."""
    favicon: str = FAVICON
    styles: tuple[str, ...] = ()
    """Addresses of style sheets beside the theme's."""
    scripts: tuple[str, ...] = ()
    """Addresses of scripts beside the theme's."""
    has_web_font: bool = True
    """Whether pages in a language that it has load the theme's typeface."""
    footer: str = ""
    """A line at the foot of every page."""
    footer_links: tuple[Label, ...] = ()
    has_index_links: bool = False
    """Whether links name `index.html`, for a site that is opened from a disk."""
    whole: Label | None = None
    """The home page of the MkDocs site in which this one is a folder."""


class Head(msgspec.Struct, frozen=True):
    """The contents of a page's `<head>`."""

    title: str
    description: str
    feeds: tuple[Label, ...] = ()
    """Folders that hold feeds: the site's, and the page's own."""
    is_indexed: bool = True
    language: str = ""
    """Set where it differs from the site's."""
    previous: str = ""
    """Address of the previous part of a list in several parts."""
    next: str = ""
    """Address of the next part."""
    image: str = ""
    """Address of the image that other sites show for the page; "" where they show the site's."""
    twin: str = ""
    """Address of the page as Markdown; "" where there is none."""
