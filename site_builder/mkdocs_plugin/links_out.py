"""Links from documents to MkDocs' pages, which other plugins may publish at another address, or not at all."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from site_builder.diagnostics import Location
from site_builder.pipeline import Site
from site_builder.urls import OutputPath, Permalink, output_path, top_of


class LinkOut(NamedTuple):
    """A link out of our folder."""

    place: Location
    path: OutputPath
    """The file below MkDocs' site folder to which it leads."""


def links_out(site: Site) -> Iterator[LinkOut]:
    """Every link of a published document to a file of MkDocs."""
    top = top_of(site.config.options.folder)
    for document in site.corpus.documents():
        for ref, target in zip(document.body.refs, site.graph.resolved[document.permalink].refs, strict=True):
            if target.url.startswith(f"{top}/"):
                url = unquote(target.url.removeprefix(top).partition("#")[0])
                yield LinkOut(Location(document.path, ref.line, ref.column), output_path(Permalink(url)))


def unpublished(links: Iterable[LinkOut], site_dir: Path) -> Iterator[str]:
    """One sentence, with its place, for each link to a file that is not in the site folder."""
    for link in links:
        if not (site_dir / link.path).is_file():
            place = f"{link.place.path}:{link.place.line}:{link.place.column}"
            hint = "if the page is elsewhere, write its full address"
            yield f'{place}: this links to "{link.path}", which MkDocs and its plugins did not publish; {hint}'
