"""The link graph after some documents got other texts, made from the graph before: the same as one made anew.

What a reference means follows from the addresses, names and headings of its target. Where only texts have changed,
the documents to look at again are these, and, where headings have changed, those that refer to them.
"""

from collections.abc import Collection, Iterable, Mapping

from site_builder.content.document import Document
from site_builder.corpus.corpus import Corpus
from site_builder.diagnostics import Diagnostic
from site_builder.links.graph import Link, LinkGraph, in_order, links_of, unused_assets, wanted_by, wanted_pages
from site_builder.links.resolve import Resolver
from site_builder.links.target import Resolved
from site_builder.markdown.body import Body
from site_builder.urls import Permalink, SourcePath


def update_graph(
    graph: LinkGraph,
    found: Iterable[Diagnostic],
    corpus: Corpus,
    resolver: Resolver,
    earlier: Mapping[SourcePath, Body],
    partial: Iterable[Document] = (),
) -> tuple[LinkGraph, list[Diagnostic]]:
    """The graph and the findings that `build_graph` gives now.

    `graph` and `found` are those from before, `earlier` the former bodies of the documents that have new ones.
    """
    again = _to_look_at(graph, corpus, earlier)
    references, resolved = dict(graph.references), dict(graph.resolved)
    for document in again:
        references[document.path] = resolver.resolve(document)
        if document.permalink in resolved and corpus.by_permalink.get(document.permalink) is document:
            resolved[document.permalink] = references[document.path]
    for document in partial:
        resolver.resolve(document)
    published = [d for d in again if resolved.get(d.permalink) is references[d.path]]
    wanted = graph.wanted
    if any(_wanted_urls(d, graph.resolved) != _wanted_urls(d, resolved) for d in published):
        wanted = wanted_pages(corpus, resolved)
    checked = {*(d.path for d in again), *(d.path for d in partial)}
    kept = [d for d in found if d.location.path not in checked]
    if any(graph.references[d.path].assets != references[d.path].assets for d in again):
        kept = [d for d in kept if d.code != "asset-unused"]
        used = {path for one in references.values() for path in one.assets}
        kept += unused_assets(resolver, used)
    backlinks = _backlinks(graph, resolved, published)
    return LinkGraph(resolved, references, backlinks, wanted), [*kept, *resolver.found]


def _to_look_at(graph: LinkGraph, corpus: Corpus, earlier: Mapping[SourcePath, Body]) -> list[Document]:
    """The changed documents, and those that refer to one of which the headings have changed."""
    changed = [corpus.by_path[path] for path in earlier if path in corpus.by_path]
    moved = {d.path for d in changed if _headings(earlier[d.path]) != _headings(d.body)}
    if not moved:
        return changed
    referring = [corpus.by_path[path] for path, one in graph.references.items() if _leads_to(one, moved)]
    return list(dict.fromkeys((*changed, *referring)))


def _headings(body: Body) -> tuple[object, object]:
    return body.headings, body.anchors


def _leads_to(references: Resolved, paths: Collection[SourcePath]) -> bool:
    return any(target.document is not None and target.document.path in paths for target in references.refs)


def _wanted_urls(document: Document, resolved: Mapping[Permalink, Resolved]) -> list[tuple[str, str]]:
    return [(target.url, target.title) for target in wanted_by(document, resolved[document.permalink])]


def _backlinks(
    graph: LinkGraph, resolved: Mapping[Permalink, Resolved], again: Iterable[Document]
) -> dict[Permalink, tuple[Link, ...]]:
    """Every link from its target's side, with those of some documents made anew."""
    backlinks = dict(graph.backlinks)
    for document in again:
        before = graph.resolved[document.permalink]
        targets = (*(s.target for s in before.similar), *before.refs)
        for permalink in {target.document.permalink for target in targets if target.document is not None}:
            backlinks[permalink] = tuple(k for k in backlinks.get(permalink, ()) if k.source is not document)
        links: dict[Permalink, list[Link]] = {}
        for link in links_of(document, resolved[document.permalink]):
            links.setdefault(link.target, []).append(link)
        for permalink, new in links.items():
            backlinks[permalink] = in_order((*backlinks.get(permalink, ()), *new))
    return {permalink: links for permalink, links in backlinks.items() if links}
