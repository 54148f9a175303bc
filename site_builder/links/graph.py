"""Links seen from both ends: what leads to a page, with the words around the link, and what is wanted.

Only listed, published documents are sources here, so nothing that readers may not find leaks through a backlink.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article, Relation
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import Corpus, is_unlisted
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.links.resolve import Resolver
from site_builder.links.target import Outcome, Resolved, Target
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
    curated: dict[Permalink, list[Link]] = defaultdict(list)
    in_texts: dict[Permalink, list[Link]] = defaultdict(list)
    for document in sorted(corpus.documents(), key=_place_of_source):
        for link in links_of(document, resolved[document.permalink]):
            (in_texts if link.kind is LinkKind.TEXT else curated)[link.target].append(link)
    found = [*resolver.found, *unused_assets(resolver, used)]
    backlinks = {target: (*curated.get(target, ()), *in_texts.get(target, ())) for target in {**curated, **in_texts}}
    return LinkGraph(resolved, checked, backlinks, wanted_pages(corpus, resolved)), found


def unused_assets(resolver: Resolver, used: Collection[SourcePath]) -> list[Diagnostic]:
    """The files that no document uses. What an unread file uses is not known."""
    if resolver.unread:
        return []
    return [
        diagnostic("asset-unused", Location(path), f'nothing uses "{path}", so it is not published')
        for path in sorted(resolver.assets.difference(used))
    ]


def wanted_pages(corpus: Corpus, resolved: Mapping[Permalink, Resolved]) -> tuple[Wanted, ...]:
    """Pages that are named and not written: most wanted first, ties by title."""
    wanted: dict[str, tuple[str, dict[str, Document]]] = {}
    for document in corpus.documents():
        for target in wanted_by(document, resolved[document.permalink]):
            wanted.setdefault(target.url, (target.title, {}))[1][document.path] = document
    entries = (Wanted(url, title, tuple(sources.values())) for url, (title, sources) in wanted.items())
    return tuple(sorted(entries, key=lambda w: (-len(w.sources), w.title.casefold(), w.url)))


def wanted_by(document: Document, references: Resolved) -> tuple[Target, ...]:
    """The missing pages that a document names, if readers may find it."""
    if is_unlisted(document):
        return ()
    similar = tuple(s.target for s in references.similar)
    named = (*similar, *references.topics, *references.entities, *references.refs)
    return tuple(target for target in named if target.outcome is Outcome.WANTED)


def links_of(document: Document, references: Resolved) -> list[Link]:
    """Links of a listed document to others: each curated one, and the first in the text to each target."""
    found: list[Link] = []
    if is_unlisted(document):
        return found
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


def in_order(links: Iterable[Link]) -> tuple[Link, ...]:
    """Curated first; articles before other kinds, newest first; ties by slug."""
    return tuple(sorted(links, key=lambda link: (link.kind is LinkKind.TEXT, *_place_of_source(link.source))))


_KINDS: Final = {kind: number for number, kind in enumerate(Kind)}


def _place_of_source(document: Document) -> tuple[int, int, str]:
    """Articles before other kinds, newest first; ties by slug."""
    newest = -document.meta.date.toordinal() if isinstance(document.meta, Article) else 0
    return _KINDS[document.kind], newest, document.slug
