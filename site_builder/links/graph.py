"""Links seen from both ends: what leads to a page, with the words around the link, and what is wanted.

Only listed, published documents are sources here, so nothing that readers may not find leaks through a backlink.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article, Kind, Relation
from site_builder.corpus.corpus import Corpus, is_unlisted
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.links.resolve import Resolver
from site_builder.links.target import Outcome, Resolved
from site_builder.markdown.references import fill_text
from site_builder.urls import Permalink, SourcePath


class LinkKind(StrEnum):
    """How one document leads to another."""

    SIMILAR = "similar"
    """Curated, in front matter."""
    TEXT = "text"
    """A link in the body."""


class Link(msgspec.Struct, frozen=True):
    """One document leading to another."""

    source: Document
    target: Permalink
    kind: LinkKind
    relation: Relation | None = None
    """How the target relates to the source, if the curator said so."""
    why: str = ""
    """The curator's reason."""
    before: str = ""
    """The sentence around a link in text: what comes before it,"""
    text: str = ""
    """its own words,"""
    after: str = ""
    """and what comes after it."""


class Wanted(msgspec.Struct, frozen=True):
    """A page that is named and not written."""

    url: str
    """Its entry on `/wanted/`."""
    title: str
    sources: tuple[Document, ...]
    """Who names it, newest first for articles."""


class LinkGraph(msgspec.Struct, frozen=True):
    """Every reference of every published document, and every link from its target's side."""

    resolved: Mapping[Permalink, Resolved]
    """Published document -> its references."""
    references: Mapping[SourcePath, Resolved]
    """The same by path, for every valid document, unpublished ones too."""
    backlinks: Mapping[Permalink, tuple[Link, ...]]
    """Target -> links to it, curated before those in text, newest source first; one of each kind a source."""
    wanted: tuple[Wanted, ...]
    """Most wanted first, ties by title."""


def build_graph(
    corpus: Corpus, resolver: Resolver, partial: Iterable[Document] = ()
) -> tuple[LinkGraph, list[Diagnostic]]:
    """Resolve all links, and list them by target.

    Unpublished documents, and what could be read of those with errors, are checked and leave nothing else behind.
    """
    published = {d.path for d in corpus.documents()}
    resolved: dict[Permalink, Resolved] = {}
    checked: dict[SourcePath, Resolved] = {}
    used: set[SourcePath] = set()
    for document in (*corpus.documents(), *(d for p, d in corpus.by_path.items() if p not in published)):
        references = checked[document.path] = resolver.resolve(document)
        used.update(references.assets)
        if document.path in published:
            resolved[document.permalink] = references
    for document in partial:
        resolver.resolve(document)
    links: dict[Permalink, list[Link]] = defaultdict(list)
    wanted: dict[str, tuple[str, dict[str, Document]]] = {}
    for document in corpus.documents():
        if is_unlisted(document):
            continue
        references = resolved[document.permalink]
        for link in _links(document, references):
            links[link.target].append(link)
        similar = tuple(s.target for s in references.similar)
        for target in (*similar, *references.topics, *references.entities, *references.refs):
            if target.outcome is Outcome.WANTED:
                wanted.setdefault(target.url, (target.title, {}))[1][document.path] = document
    # What an unread file uses is not known.
    for path in sorted(resolver.assets - used) if not resolver.unread else ():
        resolver.found.append(
            diagnostic("asset-unused", Location(path), f'nothing uses "{path}", so it is not published')
        )
    entries = (Wanted(url, title, tuple(sources.values())) for url, (title, sources) in wanted.items())
    graph = LinkGraph(
        resolved,
        checked,
        {target: tuple(_in_order(found)) for target, found in links.items()},
        tuple(sorted(entries, key=lambda w: (-len(w.sources), w.title.casefold(), w.url))),
    )
    return graph, resolver.found


def _links(document: Document, references: Resolved) -> list[Link]:
    """Links to other documents: each curated one, and the first in the text to each target."""
    found: list[Link] = []
    for similar in references.similar:
        if similar.target.document is not None:
            entry = similar.entry
            target = similar.target.document.permalink
            found.append(Link(document, target, LinkKind.SIMILAR, entry.kind, entry.why or ""))
    titles = [t.title for t in references.refs]
    seen: set[Permalink] = set()
    for ref, resolved in zip(document.body.refs, references.refs, strict=True):
        other = resolved.document
        if other is None or other is document or other.permalink in seen or other.kind is Kind.TOOL:
            continue
        seen.add(other.permalink)
        before, text, after = (fill_text(part, titles) for part in (ref.before, ref.text, ref.after))
        found.append(Link(document, other.permalink, LinkKind.TEXT, None, "", before, text, after))
    return found


def _in_order(links: list[Link]) -> list[Link]:
    """Curated first; articles before other kinds, newest first; ties by slug."""
    kinds = list(Kind)

    def newest(link: Link) -> int:
        return -link.source.meta.date.toordinal() if isinstance(link.source.meta, Article) else 0

    return sorted(
        links,
        key=lambda k: (k.kind is LinkKind.TEXT, kinds.index(k.source.kind), newest(k), k.source.slug),
    )
