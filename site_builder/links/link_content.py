"""Content to what its links mean, without planning a page: for commands that look at the links alone."""

from dataclasses import dataclass

from site_builder.config import SiteConfig
from site_builder.content.discover import STATIC
from site_builder.content.load import Content
from site_builder.corpus.corpus import Corpus, build_corpus
from site_builder.corpus.taxonomy import Taxonomy, build_taxonomy
from site_builder.diagnostics import Diagnostic
from site_builder.links.graph import LinkGraph, build_graph
from site_builder.links.resolve import Resolver
from site_builder.urls import Permalink


@dataclass(frozen=True, slots=True)
class Linked:
    """A collection with its links, and every finding but those about pages."""

    corpus: Corpus
    membership: Taxonomy
    graph: LinkGraph
    found: tuple[Diagnostic, ...]


def resolver_of(config: SiteConfig, content: Content, corpus: Corpus) -> Resolver:
    """What looks up the references of a content folder."""
    static = frozenset(Permalink(p.removeprefix(f"{config.content}/{STATIC}")) for p in content.discovered.static)
    read = {d.path for d in content.documents}
    unread = {(s.kind, s.slug): s.path for s in content.discovered.sources if s.path not in read}
    return Resolver(corpus, config.content, content.discovered.assets, static, unread)


def link_content(config: SiteConfig, content: Content) -> Linked:
    """Join and link what was read."""
    corpus, found = build_corpus(content.documents, config.date, config.drafts)
    membership, more = build_taxonomy(corpus)
    graph, most = build_graph(corpus, resolver_of(config, content, corpus))
    return Linked(corpus, membership, graph, (*content.diagnostics, *found, *more, *most))
