"""Simple ways to find topics, to compare with: texts, and topics or examples -> scores of each text's topics.

All get the program's own stems without stop words, so that a difference lies in the choice and not in how words are
cut. They give scores; `choose_best` and `choose_above` turn them into topics. The threshold of the latter is looked for
on the gold itself, which nobody can do in earnest: it is in the baselines' favour.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bench.related.baselines import BM25, text_of
from site_builder.text.tokenizer import Roots

Item = Mapping[str, Any]
Scores = Mapping[str, Mapping[str, float]]
"""Text -> topic -> score; topics that score 0 may be missing."""
Chosen = Mapping[str, Sequence[str]]
"""Text -> topics."""

NEIGHBOURS: Final = 10
"""Examples that vote."""


def bm25(texts: Sequence[Item], topics: Sequence[Item]) -> Scores:
    """The topic's name, keywords and description as a question to the texts."""
    asked = BM25({t["id"]: text_of(t) for t in texts})
    found: dict[str, dict[str, float]] = {t["id"]: {} for t in texts}
    for topic in topics:
        said = "\n".join((topic["name"], topic["description"], *topic["keywords"]))
        for text, score in asked.scores(Roots().of_text(said)).items():
            found[text][topic["id"]] = score
    return found


def keywords(texts: Sequence[Item], topics: Sequence[Item]) -> Scores:
    """How many of the topic's name and keywords stand in the text, word for word after stemming."""
    found: dict[str, dict[str, float]] = {}
    roots = Roots()
    named = {t["id"]: (t["name"], *t["keywords"]) for t in topics}
    phrases = {one: {f" {' '.join(roots.of_text(p))} " for p in names} - {"  "} for one, names in named.items()}
    for text in texts:
        said = f" {' '.join(text_of(text))} "
        found[text["id"]] = {topic: float(sum(p in said for p in wanted)) for topic, wanted in phrases.items()}
    return found


def neighbours(texts: Sequence[Item], examples: Sequence[Item]) -> Scores:
    """The text as a question to the examples, by BM25; the nearest give their topics, as strongly as they match."""
    asked = BM25({e["id"]: text_of(e) for e in examples})
    labels = {e["id"]: e["labels"] for e in examples}
    found: dict[str, dict[str, float]] = {}
    for text in texts:
        scores = asked.scores(text_of(text))
        nearest = sorted(scores, key=lambda e: (-scores[e], e))[:NEIGHBOURS]
        votes: dict[str, float] = defaultdict(float)
        for example in nearest:
            for label in labels[example]:
                votes[label] += scores[example] / sum(scores[e] for e in nearest)
        found[text["id"]] = votes
    return found


def choose_best(scores: Scores) -> Chosen:
    """The one best topic of each text; none where nothing scores, ties by topic."""
    best = {text: min(given, key=lambda t: (-given[t], t), default=None) for text, given in scores.items()}
    return {text: [topic] if topic and scores[text][topic] > 0 else [] for text, topic in best.items()}


def choose_above(scores: Scores, gold: Mapping[str, frozenset[str]]) -> Chosen:
    """Every topic from one threshold, the one with the best micro-F1 against the gold."""
    wanted = sum(map(len, gold.values()))
    ranked = sorted(
        ((score, topic in gold[text]) for text, given in scores.items() for topic, score in given.items() if score > 0),
        reverse=True,
    )
    best, threshold, right = 0.0, float("inf"), 0
    for place, (score, is_right) in enumerate(ranked, 1):
        right += is_right
        is_last_of_ties = place == len(ranked) or ranked[place][0] < score
        if is_last_of_ties and 2 * right / (place + wanted) > best:
            best, threshold = 2 * right / (place + wanted), score
    return {text: [t for t, score in given.items() if score >= threshold] for text, given in scores.items()}


FROM_TOPICS: Final[Mapping[str, Callable[[Sequence[Item], Sequence[Item]], Scores]]] = {
    "keyword match": keywords,
    "BM25": bm25,
}
