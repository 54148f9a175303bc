"""The addresses elsewhere that a site links to, with their places: in texts, in front matter and in the settings."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from site_builder.config import SiteConfig
from site_builder.config.link_states import DeadLink
from site_builder.config.plugin_options import MenuLink
from site_builder.content.document import Document, read_source
from site_builder.content.schema import Article, Entity, Tool
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.markdown.source_positions import AFTER_URL, BEFORE_URL, Locator
from site_builder.markdown.syntax.private_comments import blank_private_comments, find_private_comments
from site_builder.urls import shorten_url, web_address

_BEFORE: Final = (*BEFORE_URL, "<", " ", "\n", "(", "|")
_AFTER: Final = f"{AFTER_URL}.,;:|"
"""What stands before and after an address in a text, bare ones too: one may be the beginning of another."""


class OutsideLink(NamedTuple):
    """A link to another site."""

    url: str
    """As it is published, without its fragment."""
    fragment: str
    """Without `#`; "" for none."""
    location: Location


def front_matter_links(document: Document) -> Iterator[tuple[str, str]]:
    """Field and address of each link in a document's front matter: `source.url`, `same_as.0`."""
    meta = document.meta
    if isinstance(meta, Article) and meta.source:
        found = (("source.url", meta.source.url), ("source.archive", meta.source.archive))
        yield from ((field, url) for field, url in found if url)
    elif isinstance(meta, Entity):
        yield from ((f"same_as.{index}", url) for index, url in enumerate(meta.same_as))
    elif isinstance(meta, Tool) and meta.url:
        yield "url", meta.url


def addresses_of(document: Document) -> Iterator[str]:
    """All addresses elsewhere that a document links to, without fragments."""
    written = (*(url for _, url in front_matter_links(document)), *document.body.outside)
    return (url for one in written if (url := web_address(one)))


def links_of_document(document: Document, root: Path) -> Iterator[OutsideLink]:
    """The links of a document. Its file is read again, because places in texts are looked for only when asked for.

    Where it is no longer there, they are at its start.
    """
    for field, written in front_matter_links(document):
        yield from _link(written, document.location(field))
    if not document.body.outside:
        return
    try:
        text, first_line = read_source((root / document.path).read_bytes(), document.path)
    except OSError:
        text, first_line = "", 1
    locate = Locator(blank_private_comments(text, find_private_comments(text)), first_line)
    for written in document.body.outside:
        yield from _link(written, Location(document.path, *locate(written, _BEFORE, _AFTER)))


def _link(written: str, place: Location) -> Iterator[OutsideLink]:
    if url := web_address(written):
        yield OutsideLink(url, written.partition("#")[2], place)


def links_of_settings(config: SiteConfig) -> Iterator[OutsideLink]:
    """The links in the menu and at the foot of all pages."""
    for link in (*config.options.menu, *config.options.footer_links):
        if isinstance(link, MenuLink):
            yield from _link(link.url, Location(config.file))


def outside_links(config: SiteConfig, documents: Iterable[Document]) -> tuple[OutsideLink, ...]:
    """All links of a site to others, by address and place."""
    found = [*links_of_settings(config)]
    for document in documents:
        found += links_of_document(document, config.root)
    return tuple(sorted(set(found), key=lambda link: (link.url, link.location, link.fragment)))


def find_dead(config: SiteConfig, documents: Iterable[Document]) -> Iterator[Diagnostic]:
    """A finding, link-dead, for each link to an address that counts as dead."""
    dead = {link.url: link for link in config.dead_links}
    if not dead:
        return
    with_dead = [document for document in documents if any(url in dead for url in addresses_of(document))]
    for link in outside_links(config, with_dead):
        if link.url in dead:
            yield dead_link(link, dead)


def dead_link(link: OutsideLink, dead: Mapping[str, DeadLink]) -> Diagnostic:
    """The finding about a link to an address that counts as dead."""
    known = dead[link.url]
    text = f'the link to "{shorten_url(link.url)}" is dead: not reached since {known.since}'
    hint = "link to another page, or remove the link; until then readers see a mark beside it"
    if known.archive:
        hint = f"link to the archived copy, {known.archive}, or to another page"
    return diagnostic("link-dead", link.location, text, hint)
