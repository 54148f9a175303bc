"""Entities that an article's text names without a link, and that its front matter does not list either.

Takes the plain texts one at a time, gives a mention for each article and entity: for the editor's report, and for
`fix`, which can write the link.
"""

from collections import Counter
from collections.abc import Callable, Iterator

import msgspec

from site_builder.content.document import Document
from site_builder.corpus.corpus import Corpus
from site_builder.corpus.taxonomy import Taxonomy
from site_builder.links.graph import LinkGraph
from site_builder.links.mentions import Names
from site_builder.urls import Permalink

AROUND_CHARACTERS = 40
"""Shown of the text on either side of a name: enough to see what it means there."""


class Unlinked(msgspec.Struct, frozen=True):
    """An entity named in an article's text only."""

    article: Document
    entity: Document
    text: str
    """The name as written at its first occurrence,"""
    before: str
    """the text before it,"""
    after: str
    """and after it."""
    count: int
    """How often the text names it."""


def mentionable(corpus: Corpus) -> Names:
    """All entities by the names they go by; ids are permalinks."""
    return Names((entity.permalink, corpus.entity_names(entity)) for entity in corpus.entities)


def known_entities(article: Document, membership: Taxonomy, graph: LinkGraph) -> frozenset[Permalink]:
    """What an article lists, or links to in its text."""
    listed = (entity.permalink for entity in membership.entities[article.permalink])
    linked = (t.document.permalink for t in graph.resolved[article.permalink].refs if t.document)
    return frozenset((*listed, *linked))


def find_unlinked(
    corpus: Corpus, membership: Taxonomy, graph: LinkGraph, texts: Callable[[Document], str]
) -> Iterator[Unlinked]:
    """Mentions of entities that have a page, article by article, by their place in the text."""
    names = mentionable(corpus)
    for article in corpus.listed:
        text = texts(article)
        found = names.find(text)
        if not found:
            continue
        known = known_entities(article, membership, graph)
        counts = Counter(mention.id for mention in found)
        for mention in {m.id: m for m in reversed(found)}.values():
            if mention.id not in known:
                start, end = mention.start, mention.end
                before, after = text[max(0, start - AROUND_CHARACTERS) : start], text[end : end + AROUND_CHARACTERS]
                entity = corpus.by_permalink[Permalink(mention.id)]
                yield Unlinked(article, entity, mention.text, before, after, counts[mention.id])
