"""What occurs together more often than by chance: topics that share articles, entities of the same articles.

Made from the taxonomy, without comparing all pairs.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.corpus.corpus import Corpus
from site_builder.corpus.taxonomy import Taxonomy, wider_topics
from site_builder.urls import Slug

MAX_ITEMS: Final = 8
"""Entries of a list."""
MIN_SHARED: Final = 2
"""Articles in common; fewer may be chance."""
MIN_LIFT: Final = 1.2
"""How many times as often as by chance."""
_MAX_PAIRED: Final = 12
"""Topics of an article that are paired; with more, pairs mean nothing and their number grows with the square."""


class CoOccurrence(msgspec.Struct, frozen=True):
    """A topic or entity that occurs together with another."""

    document: Document
    shared: int
    """Articles that have both."""
    lift: float
    """How many times as many as if the two were independent of each other."""


def topic_neighbours(corpus: Corpus, taxonomy: Taxonomy) -> Mapping[Slug, tuple[CoOccurrence, ...]]:
    """Topic -> topics that share articles with it more than by chance; wider and narrower ones are left out."""
    counts = {slug: len(articles) for slug, articles in taxonomy.by_topic.items()}
    wider = wider_topics(taxonomy.parents)
    members: dict[str, list[Slug]] = defaultdict(list)
    for slug, articles in sorted(taxonomy.by_topic.items()):
        for article in articles:
            members[article.permalink].append(slug)
    pairs = _pairs(members.values())
    topics = {t.slug: t for t in corpus.topics}

    def are_kin(one: Slug, other: Slug) -> bool:
        return other in wider(one) or one in wider(other)

    return _co_occurrences(pairs, counts, topics, len(corpus.listed), are_kin)


def entity_neighbours(corpus: Corpus, taxonomy: Taxonomy) -> Mapping[Slug, tuple[CoOccurrence, ...]]:
    """Entity -> entities of the same articles, most often first."""
    counts = {slug: len(articles) for slug, articles in taxonomy.by_entity.items()}
    groups = ([e.slug for e in taxonomy.entities[a.permalink]] for a in corpus.listed)
    entities = {e.slug: e for e in corpus.entities}
    return _co_occurrences(_pairs(groups), counts, entities, len(corpus.listed), least=1, lift=0.0)


def _pairs(groups: Iterable[Sequence[Slug]]) -> Counter[tuple[Slug, Slug]]:
    pairs: Counter[tuple[Slug, Slug]] = Counter()
    for group in groups:
        for index, one in enumerate(group[:_MAX_PAIRED]):
            for other in group[index + 1 : _MAX_PAIRED]:
                pairs[(one, other) if one < other else (other, one)] += 1
    return pairs


def _co_occurrences(
    pairs: Mapping[tuple[Slug, Slug], int],
    counts: Mapping[Slug, int],
    documents: Mapping[Slug, Document],
    total: int,
    are_kin: Callable[[Slug, Slug], bool] = lambda _one, _other: False,
    *,
    least: int = MIN_SHARED,
    lift: float = MIN_LIFT,
) -> Mapping[Slug, tuple[CoOccurrence, ...]]:
    found: dict[Slug, list[CoOccurrence]] = defaultdict(list)
    for (one, other), shared in pairs.items():
        times = shared * total / (counts[one] * counts[other])
        if shared < least or times < lift or are_kin(one, other):
            continue
        found[one].append(CoOccurrence(documents[other], shared, times))
        found[other].append(CoOccurrence(documents[one], shared, times))
    return {slug: tuple(sorted(some, key=_order)[:MAX_ITEMS]) for slug, some in found.items()}


def _order(companion: CoOccurrence) -> tuple[float, str, str]:
    """Articles in common count, and more where chance would not explain them."""
    weight = companion.shared * math.log1p(companion.lift)
    return (-weight, companion.document.title.casefold(), companion.document.slug)
