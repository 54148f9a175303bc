"""The hierarchy of topics, and the articles of each topic and entity.

A topic may have several broader ones. An article of a narrower topic counts once for every broader topic, as far as
LEVELS up.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

import msgspec

from site_builder.content.document import Document, M
from site_builder.content.schema import Article, Entity, Topic
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import Corpus
from site_builder.diagnostics import Diagnostic, diagnostic
from site_builder.urls import Permalink, Slug

LEVELS: Final = 20
"""Levels up to which an article counts for broader topics. Classifications that people work with have three to twelve;
in a chain of 3,000 topics, articles would otherwise be in 4.5 million lists."""


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
    """Topic -> its articles and those of all narrower topics, as far as LEVELS below, newest first."""
    by_entity: Mapping[Slug, tuple[Document[Article], ...]]
    """Entity -> the articles that name it, newest first."""


def build_taxonomy(corpus: Corpus) -> tuple[Taxonomy, list[Diagnostic]]:
    """Assign articles to topics and entities.

    May report broader-cycle (a reference that closes a circle is ignored) and broader-deep.
    """
    parents, found = _parents(corpus)
    found += _too_deep(corpus, parents)
    children: dict[Slug, list[Document[Topic]]] = {t.slug: [] for t in corpus.topics}
    for topic in corpus.topics:
        for parent in parents[topic.slug]:
            children[parent.slug].append(topic)
    ancestors = wider_topics(parents)
    by_topic: dict[Slug, list[Document[Article]]] = {t.slug: [] for t in corpus.topics}
    by_entity: dict[Slug, list[Document[Article]]] = {e.slug: [] for e in corpus.entities}
    topic_of = cache(lambda slug: corpus.find(Kind.TOPIC, slug))
    entity_of = cache(lambda slug: corpus.find(Kind.ENTITY, slug))
    topics = {a.permalink: _present(topic_of(slug) for slug in a.meta.topics) for a in corpus.articles}
    entities = {a.permalink: _present(entity_of(slug) for slug in a.meta.entities) for a in corpus.articles}
    for article in corpus.listed:
        for slug in dict.fromkeys(a for t in topics[article.permalink] for a in ancestors(t.slug)):
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
    suspects = _in_circles(corpus)
    parents: dict[Slug, tuple[Document[Topic], ...]] = {t.slug: () for t in corpus.topics}
    for topic in corpus.topics:
        for index, slug in enumerate(topic.meta.broader):
            parent = corpus.find(Kind.TOPIC, slug)
            if parent is None or parent is topic:  # reported when links are resolved
                continue
            if {topic.slug, parent.slug} <= suspects and topic.slug in _all_above(parent.slug, parents):
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


def _in_circles(corpus: Corpus) -> frozenset[Slug]:
    """The topics that may be part of a circle: all but those that lead up, or down, to an end."""
    above: dict[Slug, set[Slug]] = {t.slug: set() for t in corpus.topics}
    below: dict[Slug, set[Slug]] = {t.slug: set() for t in corpus.topics}
    for topic in corpus.topics:
        for parent in _present(corpus.find(Kind.TOPIC, s) for s in topic.meta.broader):
            if parent is not topic:
                above[topic.slug].add(parent.slug)
                below[parent.slug].add(topic.slug)
    for ends, others in ((above, below), (below, above)):
        waiting = [slug for slug in above if not ends[slug]]
        while waiting:
            end = waiting.pop()
            for other in others.pop(end, ()):
                if other in ends:
                    ends[other].discard(end)
                    if not ends[other]:
                        waiting.append(other)
            ends.pop(end, None)
    return frozenset(above)


def _all_above(slug: Slug, parents: Mapping[Slug, tuple[Document[Topic], ...]]) -> frozenset[Slug]:
    """The topic itself and all broader ones."""
    seen: set[Slug] = set()
    waiting = [slug]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting += [p.slug for p in parents[current]]
    return frozenset(seen)


def wider_topics(parents: Mapping[Slug, tuple[Document[Topic], ...]]) -> Callable[[Slug], tuple[Slug, ...]]:
    """A function from a topic to itself and all broader ones as far as LEVELS up, each once, the nearest first."""

    @cache
    def wider(slug: Slug) -> tuple[Slug, ...]:
        return tuple(above for level in _levels(slug, parents, LEVELS) for above in level)

    return wider


def _levels(slug: Slug, parents: Mapping[Slug, tuple[Document[Topic], ...]], up: int) -> Iterator[list[Slug]]:
    """The topic itself, then the topics one level above, then those two levels above and on no level before."""
    level, seen = [slug], {slug}
    for _ in range(up + 1):
        yield level
        level = list(dict.fromkeys(p.slug for one in level for p in parents[one] if p.slug not in seen))
        seen.update(level)


def _too_deep(corpus: Corpus, parents: Mapping[Slug, tuple[Document[Topic], ...]]) -> Iterator[Diagnostic]:
    """The highest topics whose articles do not count for every broader topic: those below have the same cause."""
    beyond = {t.slug: list(_levels(t.slug, parents, LEVELS + 1))[-1] for t in corpus.topics}
    for topic in corpus.topics:
        if beyond[topic.slug] and not any(beyond[p.slug] for p in parents[topic.slug]):
            text = f'"{topic.slug}" is more than {LEVELS} levels below "{beyond[topic.slug][0]}"'
            hint = f"leave levels out: articles count for the broader topics of {LEVELS} levels"
            yield diagnostic("broader-deep", topic.location("broader"), text, hint)
