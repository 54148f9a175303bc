"""What occurs together more often than by chance: topics that share articles, entities of the same articles, key terms
of a topic. Made from the taxonomy, titles and summaries, without comparing all pairs.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.corpus.corpus import Corpus
from site_builder.corpus.taxonomy import Taxonomy, wider_topics
from site_builder.text.tokenizer import Roots, words
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


def key_terms(corpus: Corpus, taxonomy: Taxonomy) -> Mapping[Slug, tuple[str, ...]]:
    """Topic -> words typical of the titles and summaries of its articles, in their most frequent spelling."""
    spread: Counter[str] = Counter()
    own: dict[str, frozenset[str]] = {}
    roots = Roots()
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for article in corpus.listed:
        written = words(f"{article.title}\n{article.meta.summary}")
        found = [(s, w) for w in written if (s := roots[w]) and len(s) > 3 and not s[0].isdigit()]
        own[article.permalink] = frozenset(s for s, _ in found)
        spread.update(own[article.permalink])
        for s, w in found:
            spellings[s][w] += 1
    total = len(corpus.listed)
    out: dict[Slug, tuple[str, ...]] = {}
    for topic in corpus.topics:
        articles = taxonomy.by_topic[topic.slug]
        said = set(roots.of_text(topic.title))
        here: Counter[str] = Counter(s for a in articles for s in own[a.permalink])
        marks = {
            s: n * math.log(n * total / (len(articles) * spread[s]))
            for s, n in here.items()
            if n >= MIN_SHARED and s not in said and n * total >= MIN_LIFT * len(articles) * spread[s]
        }
        best = sorted(marks, key=lambda s: (-marks[s], s))[:MAX_ITEMS]
        out[topic.slug] = tuple(_spelling(spellings[s]) for s in best)
    return out


def _spelling(counts: Counter[str]) -> str:
    return min(counts, key=lambda w: (-counts[w], not w.islower(), w))


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
