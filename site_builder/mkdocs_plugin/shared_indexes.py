"""Our pages in the sitemap and in the search index that MkDocs makes for the whole site."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

from site_builder.mkdocs_plugin.linked_files import title_of
from site_builder.pipeline import Site
from site_builder.urls import Permalink, absolute_url, encode

_END: Final = "</urlset>"


def is_read_by_pages(theme: Any) -> bool:
    """Whether the theme's own pages read the sitemap, as Material's do to load the pages in it without a reload.

    That works with pages of the theme only: a link to one of ours would change the address and show nothing.
    """
    return any(str(feature).startswith("navigation.instant") for feature in theme.get("features") or ())


def with_our_addresses(sitemap: str, site: Site) -> str:
    """A sitemap with the addresses of our pages at its end; unchanged if it is of another form."""
    start, end, rest = sitemap.rpartition(_END)
    if not end or not site.config.url:
        return sitemap
    return f"{start}{''.join(_sitemap_entries(site))}{end}{rest}"


def _sitemap_entries(site: Site) -> Iterator[str]:
    for url, route in site.routes.listed().items():
        if route.is_in_sitemap:
            day = f"<lastmod>{route.lastmod}</lastmod>" if route.lastmod else ""
            yield f"<url><loc>{escape(absolute_url(site.config.url, url))}</loc>{day}</url>\n"


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of ours, with what search plugins ask of one of MkDocs' pages."""

    title: str
    """As HTML, like that of a page of MkDocs."""
    url: str
    content: str
    toc: tuple[()] = ()
    meta: dict[str, Any] = field(default_factory=dict)


def add_to_search(site: Site, plugins: Iterable[Any]) -> None:
    """Add our documents to the index of MkDocs' search plugin, or Material's."""
    if not site.config.options.search:
        return
    adders = [getattr(getattr(plugin, "search_index", None), "add_entry_from_context", None) for plugin in plugins]
    pages = list(_found_pages(site)) if any(adders) else []
    for add in filter(None, adders):
        for page in pages:
            add(page)


def _found_pages(site: Site) -> Iterator[FoundPage]:
    """One page for each address; the documents of an address such as `/tools/`, which have places on it, together."""
    documents = [d for d in site.corpus.documents() if _is_found(d.permalink, site)]
    texts = site.texts(documents)
    shared: dict[str, list[str]] = {}
    for document in documents:
        address, _, place = document.permalink.partition("#")
        paragraphs = (getattr(document.meta, "summary", "") or "", *texts[document.path].split("\n\n"))
        if place:
            shared.setdefault(address, []).extend((document.title, *paragraphs))
        else:
            yield _found_page(document.title, address, paragraphs, site)
    for address, texts_there in shared.items():
        yield _found_page(title_of(site, Permalink(address)), address, texts_there, site)


def _found_page(title: str, address: str, paragraphs: Iterable[str], site: Site) -> FoundPage:
    content = "".join(f"<p>{escape(text)}</p>\n" for text in paragraphs if text.strip())
    return FoundPage(escape(title, quote=False), encode(f"{site.config.options.folder}{address}"), content)


def _is_found(url: Permalink, site: Site) -> bool:
    """Unlisted documents and redirects are for nobody to find."""
    route = site.routes.fixed.get(Permalink(url.partition("#")[0]))
    return route is not None and route.is_in_sitemap
