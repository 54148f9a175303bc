"""Documents and topics to suggested topics: for each document the topics an editor would file it under, with reasons.

Takes documents, topics as an editor describes them (name, keywords, description) and, if there are any, documents whose
topics are known. Gives a short list for each document, empty where nothing fits. The editor decides, so each suggestion
has its reasons in words. `centroids` does the arithmetic, with numpy: import this module only where it is needed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Final, TypeAlias

import numpy as np

from site_builder.topic_suggestions.centroids import (
    SPREAD_TEXTS,
    FloatArray,
    TermSpace,
    TextMatrix,
    TopicModel,
    learn,
    make_known_texts,
    make_space,
    spread,
    unit,
)
from site_builder.topic_suggestions.features import (
    RawFields,
    ReadTexts,
    TextFeatures,
    TopicFeatures,
    parse_phrases,
    parse_text,
    parse_topic,
    strings,
)
from site_builder.topic_suggestions.topic_reasons import Evidence, ScoredText, explain

TopicSuggestion: TypeAlias = tuple[str, float, tuple[str, ...]]
"""Topic id, score 0..1, reasons."""

BEST_CUTOFF: Final = 0.3
"""Score from which the nearest topic is suggested, in spreads of all scores; 0 is a text as near to it as to any other.
Macro-F1 on five sections of Debian: 0.941 with this, 0.934 with 0.5, 0.915 with 0.7."""
BEST_CUTOFF_ALONE: Final = 1.0
"""The same for a single text, whose spread is a guess. Against the topics of the demonstration site each of
its 57 articles alone gets a topic; of 120 texts on sport, film and software 20 do."""
EXTRA_CUTOFF: Final = 1.0
"""Score from which further topics are suggested, unless examples give another. On five sets with several topics per
document, 0.75 and 1.25 are best for some and lose 0.03 macro-F1 on others; on four with one topic per document, all are
alike within 0.015."""
EXTRA_CUTOFFS_TRIED: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5)
"""Values of EXTRA_CUTOFF that are tried on examples."""
RELATIVE_CUTOFF: Final = 0.35
"""Further topics also reach this part of the nearest one's score; 0.2 to 0.45 do as well."""
MIN_TELLING_EXAMPLES: Final = 20
"""Examples from which they decide how many topics a document gets."""
MAX_TRIED_EXAMPLES: Final = 300
"""Examples that are scored for that at most, evenly spaced: 2 ms each with 21 topics."""


def suggest(
    documents: Iterable[RawFields],
    topics: Iterable[RawFields],
    examples: Iterable[RawFields] = (),
    *,
    known: ReadTexts | None = None,
) -> dict[str, list[TopicSuggestion]]:
    """Suggest topics for every document.

    Gives document id -> (topic id, score 0..1, reasons), best first, ties by topic id; empty where nothing fits.
    Documents have `id` and any of `title`, `summary`, `body`; topics `id` and any of `name`, `description`, `keywords`;
    examples are documents with `labels`, topic ids. What else they hold is not looked at.
    A document that is also an example is scored as if its labels were not known.
    `known` keeps what was read of the examples for the next call; it only spares work.
    """
    known = known or ReadTexts()
    keys = known.keys
    themes = [parse_topic(t, keys) for t in sorted(topics, key=_id)]
    phrases = parse_phrases(themes)
    texts = [parse_text(d, phrases, keys) for d in sorted(documents, key=_id)]
    if not themes:
        return {t.id: [] for t in texts}
    by_id = {_id(e): e for e in sorted(examples, key=_id)}
    labels = np.array([[t.id in strings(e.get("labels")) for t in themes] for e in by_id.values()], dtype=np.float64)
    known_texts = known.read(by_id.values(), phrases)
    fresh = [t for t in texts if t.id not in by_id]
    learned = _learn(themes, fresh, known_texts, labels.reshape(-1, len(themes)))
    places = {t.id: (i, False) for i, t in enumerate(fresh)} | {t.id: (i, True) for i, t in enumerate(known_texts)}
    return {t.id: _suggest(learned, t, *places[t.id]) for t in texts}


_Ranked: TypeAlias = tuple[Sequence[float], Sequence[int]]
"""The scores of a text, and the topics in their order, best first, equal ones in theirs."""


def _ranked(scores: FloatArray) -> _Ranked:
    return scores.tolist(), np.argsort(-scores, kind="stable").tolist()


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which topics to suggest for the scores of one text."""

    spread: float
    best: float
    extra: float
    """In spreads; infinite where a text has one topic."""

    def choose(self, ranked: "_Ranked") -> list[int]:
        """Give the chosen topics, best first, equal ones in their order."""
        scores, order = ranked
        top = scores[order[0]]
        extra = max(self.extra * self.spread, RELATIVE_CUTOFF * top)
        first = list(order[:1]) if top >= self.best * self.spread else []
        return first + [j for j in order[1:] if scores[j] >= extra] if first else []

    def score(self, value: float) -> float:
        """Put a score between 0 and 1: one half is what FURTHER asks."""
        return round(value / (value + EXTRA_CUTOFF * self.spread), 4)


@dataclass(frozen=True, slots=True)
class _Learned:
    """What all texts together tell."""

    model: TopicModel
    centroids: FloatArray
    rows: TextMatrix
    """The texts whose topics are not known."""
    nearest: FloatArray
    """Of these, texts × topics: 1 for the nearest topic if it is near."""
    rule: _Rule
    evidence: Evidence


def _learn(
    themes: Sequence[TopicFeatures],
    fresh: Sequence[TextFeatures],
    known_texts: Sequence[TextFeatures],
    labels: FloatArray,
) -> _Learned:
    wanted = {t for theme in themes for t in theme.counts}
    counts = [t.counts for t in (*fresh, *known_texts)]
    space = make_space([*counts, *(t.counts for t in themes)], wanted)
    known = make_known_texts(space.rows([t.counts for t in known_texts]), labels)
    rows = space.rows([t.counts for t in fresh])
    model = learn(rows, _queries(space, themes), known)
    centroids = model.centroids()
    scores = rows.dots(centroids)
    rule = _rule(model, scores)
    nearest = np.zeros_like(scores)
    for i, chosen in enumerate(map(rule.choose, map(_ranked, scores))):
        nearest[i, chosen[:1]] = 1
    near = rows.with_term(nearest) + known.rows.with_term(labels)
    return _Learned(
        model, centroids, rows, nearest, rule, Evidence(themes, tuple(space.column), known, known_texts, near)
    )


def _rule(model: TopicModel, scores: FloatArray) -> _Rule:
    """Take the examples as texts to be scored: they show how far scores spread and how many topics a text has."""
    labels = model.known.labels
    tried = range(0, len(labels), 1 + len(labels) // MAX_TRIED_EXAMPLES)
    tried_scores = np.array([model.score_known(i) for i in tried]).reshape(-1, scores.shape[1])
    every = np.concatenate([scores, tried_scores])
    best = BEST_CUTOFF + (BEST_CUTOFF_ALONE - BEST_CUTOFF) * SPREAD_TEXTS / (len(every) + SPREAD_TEXTS)
    rule = _Rule(spread(every), best, EXTRA_CUTOFF)
    if len(labels) < MIN_TELLING_EXAMPLES:
        return rule
    if (labels.sum(axis=1) == 1).all():
        return replace(rule, extra=inf)
    rules = [replace(rule, extra=f) for f in EXTRA_CUTOFFS_TRIED]
    ranked = [_ranked(scores) for scores in tried_scores]
    return max(rules, key=lambda r: (round(_f1(r, ranked, labels[list(tried)]), 3), -abs(r.extra - EXTRA_CUTOFF)))


def _f1(rule: _Rule, ranked: Sequence[_Ranked], labels: FloatArray) -> float:
    """Micro-averaged F1 of the rule."""
    chosen = [[label[j] for j in rule.choose(text)] for text, label in zip(ranked, labels.tolist(), strict=True)]
    return float(2 * sum(map(sum, chosen)) / max(sum(map(len, chosen)) + labels.sum(), 1))


def _suggest(learned: _Learned, text: TextFeatures, row: int, is_known: bool) -> list[TopicSuggestion]:
    if is_known:
        rows, centroids = learned.model.known.rows, learned.model.centroids(without=row)
        counted = learned.model.known.labels[row]
    else:
        rows, centroids, counted = learned.rows, learned.centroids, learned.nearest[row]
    columns, weights = rows.terms_of(row)
    centroids = centroids[:, columns]
    scores = centroids @ weights
    chosen = learned.rule.choose(_ranked(scores))
    reasons = explain(learned.evidence, ScoredText(text, columns, weights, centroids, counted), chosen)
    themes, score = learned.evidence.topics, learned.rule.score
    return [(themes[j].id, score(float(scores[j])), why) for j, why in zip(chosen, reasons, strict=True)]


def _queries(space: TermSpace, themes: Sequence[TopicFeatures]) -> FloatArray:
    """Topics × terms: what the topics say of themselves, each of length 1."""
    queries = np.zeros((len(themes), len(space.column)))
    for query, theme in zip(queries, themes, strict=True):
        for term, n in theme.counts.items():
            query[space.column[term]] = n * space.rarity[space.column[term]]
    return unit(queries)


def _id(item: RawFields) -> str:
    return str(item["id"])
