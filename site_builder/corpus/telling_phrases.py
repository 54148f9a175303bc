"""Phrases that tell a topic from the others: pairs of words that stand in titles and summaries of its articles more
often than in all others, by a measure that chance rarely reaches. (Single words that reach it say little: "order",
"January".)
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from typing import Final

from site_builder.content.document import Document
from site_builder.content.schema import Topic
from site_builder.corpus.corpus import Corpus
from site_builder.corpus.taxonomy import Taxonomy
from site_builder.text.tokenizer import Roots, is_spaceless, words
from site_builder.urls import Slug

MAX_PHRASES: Final = 6
MIN_ARTICLES: Final = 3
"""Articles of the topic in which a phrase stands; what two share may be chance."""
MIN_SHARE: Final = 0.15
"""Share of the topic's articles: what stands in fewer is no phrase of the topic, however rare it is elsewhere."""
LEAST_Z: Final = 1.96
"""Standard deviations by which its use must differ: one phrase in forty would by chance."""
PRIOR: Final = 4.0
"""Articles whose usage is assumed before any is counted: it keeps the ratios of rare phrases small."""
_PIECES: Final = re.compile(r"[.,;:!?()\[\]\n“”„\"–—/]+")
"""What stands between two words that make no phrase."""

Phrase = tuple[str, str]
"""The roots of two words that stand together."""


def telling_phrases(corpus: Corpus, taxonomy: Taxonomy) -> Mapping[Slug, tuple[str, ...]]:
    """Topic -> its phrases, most telling first, in their most frequent spelling; () where none tells it apart.

    The measure is the weighted log-odds ratio with an informative prior, in standard deviations (Monroe, Colaresi and
    Quinn, "Fightin' Words", 2008), counted once for each article. Names of topics and entities are left out: pages
    have links for these. So are scripts without spaces, of which the tokenizer knows pairs of characters, not words.
    """
    roots = Roots()
    spread: Counter[Phrase] = Counter()
    own: dict[str, frozenset[Phrase]] = {}
    spellings: dict[Phrase, Counter[str]] = defaultdict(Counter)
    for article in corpus.listed:
        found = dict(_phrases(f"{article.title}\n{article.meta.summary}", roots))
        own[article.permalink] = frozenset(found)
        spread.update(found.keys())
        for phrase, written in found.items():
            spellings[phrase][written] += 1
    names = _names(corpus, roots)
    total = len(corpus.listed)
    out: dict[Slug, tuple[str, ...]] = {}
    for topic in corpus.topics:
        articles = taxonomy.by_topic[topic.slug]
        least = max(MIN_ARTICLES, math.ceil(MIN_SHARE * len(articles)))
        here = Counter(p for a in articles for p in own[a.permalink])
        marks = {
            phrase: z
            for phrase, n in here.items()
            if n >= least and phrase not in names and (z := _z(n, len(articles), spread[phrase], total)) >= LEAST_Z
        }
        ranked = sorted(marks, key=lambda p: (-marks[p], p))
        out[topic.slug] = tuple(_spelling(spellings[p]) for p in _distinct(ranked, topic, roots))
    return out


def _phrases(text: str, roots: Roots) -> Iterator[tuple[Phrase, str]]:
    """Every two words that stand together, with their spelling; stop words and numbers part them."""
    for piece in _PIECES.split(text):
        before: tuple[str, str] | None = None
        for word in words(piece):
            root = roots[word]
            if not root or word.isdigit() or is_spaceless(word):
                before = None
                continue
            if before:
                yield (before[0], root), f"{before[1]} {word}"
            before = (root, word)


def _names(corpus: Corpus, roots: Roots) -> frozenset[Phrase]:
    """Each two words that stand together in the name of a topic or entity."""
    found: set[Phrase] = set()
    named = [(t.title, *t.meta.synonyms) for t in corpus.topics] + [
        (e.title, *e.meta.synonyms) for e in corpus.entities
    ]
    for name in chain.from_iterable(named):
        found.update(pairwise(roots.of_text(name)))
    return frozenset(found)


def _z(here: int, articles: int, everywhere: int, total: int) -> float:
    """By how many standard deviations the log-odds of a phrase in a topic exceed those in all other articles."""
    if everywhere == total:
        return 0.0
    prior = PRIOR * everywhere / total
    inside, outside = here + prior, everywhere - here + prior
    odds = inside / (articles + PRIOR - inside), outside / (total - articles + PRIOR - outside)
    return (math.log(odds[0]) - math.log(odds[1])) / math.sqrt(1 / inside + 1 / outside)


def _distinct(ranked: list[Phrase], topic: Document[Topic], roots: Roots) -> list[Phrase]:
    """The first of them that share no word with a better one or with the name of the topic."""
    said = set(roots.of_text(" ".join((topic.title, *topic.meta.synonyms))))
    found: list[Phrase] = []
    for phrase in ranked:
        if len(found) < MAX_PHRASES and said.isdisjoint(phrase):
            said.update(phrase)
            found.append(phrase)
    return found


def _spelling(counts: Counter[str]) -> str:
    return min(counts, key=lambda written: (-counts[written], not written.islower(), written))
