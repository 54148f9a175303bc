"""The hierarchy of topics, and the articles of each topic and entity.

A topic may have several broader ones. An article of a narrower topic counts once for every broader topic.
"""

from collections.abc import Iterable, Mapping

import msgspec

from site_builder.content.document import Document, M
from site_builder.content.schema import Article, Entity, Kind, Topic
from site_builder.corpus.corpus import Corpus
from site_builder.diagnostics import Diagnostic, diagnostic
from site_builder.urls import Permalink, Slug


class Taxonomy(msgspec.Struct, frozen=True):
    """Which listed articles belong to which topic and entity."""

    parents: Mapping[Slug, tuple[Document[Topic], ...]]
    """Topic -> its broader topics, in the order written."""
    children: Mapping[Slug, tuple[Document[Topic], ...]]
    """Topic -> its narrower topics, by title."""
    topics: Mapping[Permalink, tuple[Document[Topic], ...]]
    """Article -> the existing topics that it names, the main one first; merged topics are replaced."""
    entities: Mapping[Permalink, tuple[Document[Entity], ...]]
    """Article -> the existing entities that it names."""
    by_topic: Mapping[Slug, tuple[Document[Article], ...]]
    """Topic -> its articles and those of all narrower topics, newest first."""
    by_entity: Mapping[Slug, tuple[Document[Article], ...]]
    """Entity -> the articles that name it, newest first."""


def build_taxonomy(corpus: Corpus) -> tuple[Taxonomy, list[Diagnostic]]:
    """Assign articles to topics and entities. May report broader-cycle; a reference that closes a circle is ignored."""
    parents, found = _parents(corpus)
    children: dict[Slug, list[Document[Topic]]] = {t.slug: [] for t in corpus.topics}
    for topic in corpus.topics:
        for parent in parents[topic.slug]:
            children[parent.slug].append(topic)
    ancestors = {t.slug: _ancestors(t.slug, parents) for t in corpus.topics}
    by_topic: dict[Slug, list[Document[Article]]] = {t.slug: [] for t in corpus.topics}
    by_entity: dict[Slug, list[Document[Article]]] = {e.slug: [] for e in corpus.entities}
    topics = {a.permalink: _present(corpus.find(Kind.TOPIC, s) for s in a.meta.topics) for a in corpus.articles}
    entities = {a.permalink: _present(corpus.find(Kind.ENTITY, s) for s in a.meta.entities) for a in corpus.articles}
    for article in corpus.listed:
        for slug in dict.fromkeys(a for t in topics[article.permalink] for a in ancestors[t.slug]):
            by_topic[slug].append(article)
        for entity in entities[article.permalink]:
            by_entity[entity.slug].append(article)
    membership = Taxonomy(
        parents,
        {slug: tuple(narrower) for slug, narrower in children.items()},
        topics,
        entities,
        {slug: tuple(articles) for slug, articles in by_topic.items()},
        {slug: tuple(articles) for slug, articles in by_entity.items()},
    )
    return membership, found


def _present(documents: Iterable[Document[M] | None]) -> tuple[Document[M], ...]:
    """Those that exist, each once, in the order given."""
    return tuple(dict.fromkeys(d for d in documents if d is not None))


def _parents(corpus: Corpus) -> tuple[dict[Slug, tuple[Document[Topic], ...]], list[Diagnostic]]:
    found: list[Diagnostic] = []
    parents: dict[Slug, tuple[Document[Topic], ...]] = {t.slug: () for t in corpus.topics}
    for topic in corpus.topics:
        for index, slug in enumerate(topic.meta.broader):
            parent = corpus.find(Kind.TOPIC, slug)
            if parent is None or parent is topic:  # reported when links are resolved
                continue
            if topic.slug in _ancestors(parent.slug, parents):
                names = " under ".join((topic.slug, *_way_up(parent.slug, topic.slug, parents)))
                text = f"broader topics are circular: {names}"
                hint = "remove this broader topic, or the one that leads back to it"
                found.append(diagnostic("broader-cycle", topic.location(f"broader.{index}"), text, hint))
            elif parent not in parents[topic.slug]:
                parents[topic.slug] += (parent,)
    return parents, found


def _way_up(start: Slug, end: Slug, parents: Mapping[Slug, tuple[Document[Topic], ...]]) -> tuple[Slug, ...]:
    """A path from a topic to a broader one, including both."""
    ways: dict[Slug, tuple[Slug, ...]] = {start: (start,)}
    waiting = [start]
    for current in waiting:
        for parent in parents[current]:
            if parent.slug not in ways:
                ways[parent.slug] = (*ways[current], parent.slug)
                waiting.append(parent.slug)
    return ways[end]


def _ancestors(slug: Slug, parents: Mapping[Slug, tuple[Document[Topic], ...]]) -> tuple[Slug, ...]:
    """The topic itself and all broader ones, each once."""
    seen: dict[Slug, None] = {}
    waiting = [slug]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen[current] = None
            waiting += [p.slug for p in parents[current]]
    return tuple(seen)
