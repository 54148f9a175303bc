"""Why a document is suggested for a topic, in a few phrases that were part of the score.

Takes the texts, the topics and what was learned of them; gives phrases that quote the document in its own words. A word
is only quoted where it brought the document nearer to the topic, and "with other texts" only where another has it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from site_builder.topic_suggestions.centroids import FloatArray, KnownTexts
from site_builder.topic_suggestions.features import Phrase, TextFeatures, TextField, TopicFeatures, term_of

MIN_LIKENESS: Final = 0.1
"""Cosine from which one article reads like another: 37 % of the pairs of the demonstration site's articles that share a
topic reach it, and 3 % of the others."""
MAX_QUOTED: Final = 3
"""Most words, keywords or titles in one reason."""
MIN_GAIN_SHARE: Final = 0.05
"""Part of the score from which a word is quoted that is neither name nor keyword."""
_BETWEEN: Final = r"(?:[^\w.!?;:]{1,3}|_|\.)"
"""What may stand between the words of a phrase: no end of a sentence, which has a space after its full stop."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of all texts together."""

    topics: Sequence[TopicFeatures]
    terms: Sequence[str]
    """The term of each column."""
    known: KnownTexts
    known_texts: Sequence[TextFeatures]
    near: FloatArray
    """Topics × terms: how many texts near the topic, or known to be under it, have the term."""


@dataclass(frozen=True, slots=True)
class ScoredText:
    """One text, and what it was scored by."""

    text: TextFeatures
    columns: NDArray[np.intp]
    weights: FloatArray
    """What each of its terms weighs."""
    centroids: FloatArray
    counted: FloatArray
    """Topics: 1 where `Evidence.near` counts this text."""


def explain(evidence: Evidence, scored: ScoredText, chosen: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Give the reasons for each of the chosen topics, at least one, the clearest first."""
    column = {evidence.terms[c]: int(c) for c in scored.columns}
    terms, fields = list(column), scored.text.fields
    for j in chosen:
        topic = evidence.topics[j]
        brought = scored.weights * scored.centroids[j]
        gains = {terms[i]: float(brought[i]) for i in np.flatnonzero(brought > 0)}
        name = _quotes([topic.name], gains, fields)
        keywords = _quotes([k for k in topic.keywords if k != topic.name], gains, fields)
        telling = _telling_words(gains, but={term for phrase in (*name, *keywords) for term in phrase})
        own = [t for t in telling if t in topic.counts]
        shared = [t for t in telling if t not in topic.counts and evidence.near[j, column[t]] > scored.counted[j]]
        reasons = [
            *(f"names the topic: {quote}" for quote in name.values()),
            *_say(
                "says", keywords.values(), "keywords of the topic" if len(keywords) > 1 else "a keyword of the topic"
            ),
            *_like(evidence, scored, j),
            *_say("says", _quotes([(t,) for t in own], gains, fields).values(), "as the topic's own text does"),
            *_say("shares", _quotes([(t,) for t in shared], gains, fields).values(), "with other texts near the topic"),
        ]
        yield tuple(reasons or ["is nearer to this topic than to most"])


def _telling_words(gains: Mapping[str, float], but: Collection[str]) -> list[str]:
    """Single words that brought a good part of the score and are not quoted yet."""
    least = MIN_GAIN_SHARE * sum(gains.values())
    return [t for t, gain in gains.items() if gain >= least and t not in but and " " not in t]


def _quotes(phrases: Iterable[Phrase], gains: Mapping[str, float], fields: Sequence[TextField]) -> dict[Phrase, str]:
    """Phrase -> the text's own words for it, where it has it as a whole; those that brought most first."""
    gain = {p: sum(gains.get(t, 0.0) for t in {*p, term_of(p)}) for p in phrases}
    ranked = sorted((p for p in gain if gain[p] > 0), key=lambda p: (-gain[p], p))
    found = ((p, quote) for p in ranked if (quote := _quote(p, fields)))
    return dict(islice(found, MAX_QUOTED))


def _quote(phrase: Phrase, fields: Sequence[TextField]) -> str:
    """The first place of a phrase, as written there; "" if it is nowhere within one sentence."""
    for field in fields:
        for at in (i for i, key in enumerate(field.keys) if key == phrase[0]):
            if field.keys[at : at + len(phrase)] == phrase:
                pattern = _BETWEEN.join(map(re.escape, field.words[at : at + len(phrase)]))
                if found := re.search(rf"(?<![^\W_]){pattern}(?![^\W_])", field.text):
                    return " ".join(found[0].split())
    return ""


def _like(evidence: Evidence, scored: ScoredText, j: int) -> Iterator[str]:
    """The articles under the topic that the text is most like."""
    vector = np.zeros(len(evidence.terms))
    vector[scored.columns] = scored.weights
    likes = evidence.known.rows.dots(vector[None])[:, 0] * evidence.known.labels[:, j]
    near = [i for i in np.argsort(-likes, kind="stable") if likes[i] >= MIN_LIKENESS]
    titles = [t.title for i in near if (t := evidence.known_texts[i]).id != scored.text.id]
    if titles:
        articles = "an article" if len(titles) == 1 else f"{len(titles)} articles"
        more = "; …" if len(titles) > MAX_QUOTED else ""
        yield f"reads like {articles} already under it: {'; '.join(titles[:MAX_QUOTED])}{more}"


def _say(verb: str, quotes: Iterable[str], of_what: str) -> Iterator[str]:
    *first, last = [f"“{q}”" for q in quotes] or [""]
    if last:
        listed = f"{', '.join(first)} and {last}" if first else last
        yield f"{verb} {listed}{',' if verb == 'says' else ''} {of_what}"
