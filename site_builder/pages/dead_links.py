"""Which addresses elsewhere, of those that a document links to, are dead."""

from collections.abc import Iterable, Mapping

from site_builder.config.link_states import DeadLink
from site_builder.content.document import Document, is_a
from site_builder.content.schema import Article, Entity
from site_builder.corpus.corpus import Corpus
from site_builder.links.outside_links import addresses_of
from site_builder.render.format import DeadLinkView
from site_builder.urls import Permalink, web_address


def in_text(document: Document, dead: tuple[DeadLinkView, ...]) -> tuple[DeadLinkView, ...]:
    """Those to which its text links."""
    linked = set(map(web_address, document.body.outside)) if dead else set()
    return tuple(link for link in dead if link.url in linked)


def at_address(written: str | None, dead: tuple[DeadLinkView, ...]) -> DeadLinkView | None:
    """The one with an address as front matter has it; None if it is not dead, or not given."""
    url = web_address(written) if dead and written else ""
    return next((link for link in dead if link.url == url), None)


def dead_by_document(known: Iterable[DeadLink], corpus: Corpus) -> Mapping[Permalink, tuple[DeadLinkView, ...]]:
    """Address of a document -> addresses elsewhere that are dead and to which it links."""
    dead = {link.url: link for link in known}
    found = {}
    for document in corpus.documents() if dead else ():
        merged = (web_address(url) for url in corpus.same_as(document)) if is_a(document, Entity) else ()
        linked = dict.fromkeys(url for url in (*addresses_of(document), *merged) if url in dead)
        if linked:
            copies = _own_copy(document)
            found[document.permalink] = tuple(
                DeadLinkView(url, dead[url].since, copies.get(url, dead[url].archive)) for url in linked
            )
    return found


def _own_copy(document: Document) -> Mapping[str, str]:
    """Address of an article's source -> the address of an archived copy that its front matter names."""
    source = document.meta.source if isinstance(document.meta, Article) else None
    return {web_address(source.url): source.archive} if source and source.url and source.archive else {}
