"""Topics as a hierarchy with several parents, and the articles each one holds.

Articles of a narrower topic count for every broader one, once, however many ways lead up.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.content.document import Document
from site_builder.content.schema import Article, Kind, Topic
from site_builder.corpus.corpus import Corpus, is_unlisted
from site_builder.diagnostics import Diagnostic, diagnostic
from site_builder.urls import Slug


@dataclass(frozen=True, slots=True)
class Membership:
    """Which listed articles belong to which topic and entity."""

    parents: Mapping[Slug, tuple[Document, ...]]
    """Topic -> its broader topics, in the order written."""
    children: Mapping[Slug, tuple[Document, ...]]
    """Topic -> its narrower topics, by title."""
    by_topic: Mapping[Slug, tuple[Document, ...]]
    """Topic -> articles of it and of everything narrower, newest first."""
    by_entity: Mapping[Slug, tuple[Document, ...]]
    """Entity -> articles that name it, newest first."""


def build_membership(corpus: Corpus) -> tuple[Membership, list[Diagnostic]]:
    """Roll articles up through the topics. May report broader-cycle; the link that closes a circle is left out."""
    parents, found = _parents(corpus)
    children: dict[Slug, list[Document]] = {t.slug: [] for t in corpus.topics}
    for topic in corpus.topics:
        for parent in parents[topic.slug]:
            children[parent.slug].append(topic)
    ancestors = {t.slug: _ancestors(t.slug, parents) for t in corpus.topics}
    by_topic: dict[Slug, list[Document]] = {t.slug: [] for t in corpus.topics}
    by_entity: dict[Slug, list[Document]] = {e.slug: [] for e in corpus.entities}
    for article in corpus.articles:
        if is_unlisted(article):
            continue
        topics = dict.fromkeys(t.slug for t in topics_of(article, corpus))
        for slug in dict.fromkeys(a for t in topics for a in ancestors[t]):
            by_topic[slug].append(article)
        for entity in entities_of(article, corpus):
            by_entity[entity.slug].append(article)
    membership = Membership(
        parents,
        {slug: tuple(topics) for slug, topics in children.items()},
        {slug: tuple(articles) for slug, articles in by_topic.items()},
        {slug: tuple(articles) for slug, articles in by_entity.items()},
    )
    return membership, found


def topics_of(article: Document, corpus: Corpus) -> tuple[Document, ...]:
    """The topics an article names that exist, the main one first; merged ones are followed."""
    assert isinstance(article.meta, Article)  # noqa: S101
    found = (corpus.find(Kind.TOPIC, slug) for slug in article.meta.topics)
    return tuple(dict.fromkeys(t for t in found if t is not None))


def entities_of(article: Document, corpus: Corpus) -> tuple[Document, ...]:
    """The entities an article names that have a page."""
    assert isinstance(article.meta, Article)  # noqa: S101
    found = (corpus.find(Kind.ENTITY, slug) for slug in article.meta.entities)
    return tuple(dict.fromkeys(e for e in found if e is not None))


def _parents(corpus: Corpus) -> tuple[dict[Slug, tuple[Document, ...]], list[Diagnostic]]:
    found: list[Diagnostic] = []
    parents: dict[Slug, tuple[Document, ...]] = {t.slug: () for t in corpus.topics}
    for topic in corpus.topics:
        assert isinstance(topic.meta, Topic)  # noqa: S101
        for index, slug in enumerate(topic.meta.broader):
            parent = corpus.find(Kind.TOPIC, slug)
            if parent is None:  # reported where links are resolved
                continue
            if topic.slug in _ancestors(parent.slug, parents):
                text = f'"{topic.slug}" under "{parent.slug}" closes a circle of broader topics'
                hint = "remove this parent, or the one that leads back"
                found.append(diagnostic("broader-cycle", topic.location(f"broader.{index}"), text, hint))
            elif parent not in parents[topic.slug]:
                parents[topic.slug] += (parent,)
    return parents, found


def _ancestors(slug: Slug, parents: Mapping[Slug, tuple[Document, ...]]) -> tuple[Slug, ...]:
    """The topic itself and everything broader, each once."""
    seen: dict[Slug, None] = {}
    waiting = [slug]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen[current] = None
            waiting += [p.slug for p in parents[current]]
    return tuple(seen)
