"""Why two documents are related: the signals that make up their score, and phrases for those that count.

Works on the same vectors as the scores, so a signal's value is exactly what it added. Phrases are written for a reader
of the first document's page who looks at the entry of the second. What a curator did (links, topics, entities) comes
first; shared words are given only beside fewer than two such reasons, as a word says less than it seems to.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from site_builder.config.option_values import Weights
from site_builder.i18n import TranslatedText, Translations
from site_builder.related.explanations import (
    ExplanationIndex,
    RowScores,
    SharedFacts,
    is_any_word_shared,
    shared_facts,
    shared_words,
)
from site_builder.related.nearest import MAX_DAYS_APART, UNDATED, product_of, score_of
from site_builder.related.vectors import SCALE, FactKind

Reasons: TypeAlias = tuple[str, ...]
"""Reasons, most important first. None where two texts only seem alike because different words share a hash."""

MIN_SIGNAL_SHARE: Final = 0.05
"""Part of the score below which a signal gives no reason: it is true, but not why the two are related."""
MAX_REASONS: Final = 3
"""Phrases in one list of reasons."""
ENOUGH_CURATED: Final = 2
"""Reasons from what curators did, beside which words and dates give none."""
NEAR_DAYS: Final = ((0, "reason_day"), (7, "reason_week"), (31, "reason_month"))
"""Most days between two dates, and the key of the phrase."""

ReasonPhrases: TypeAlias = tuple[tuple[str, TranslatedText], ...]
"""The interface texts of reasons, by key: what a worker process needs of a language, and what kept lists depend on."""


def reason_phrases(words: Translations) -> ReasonPhrases:
    """Choose the interface texts that reasons need."""
    return tuple((key, text) for key, text in sorted(words.texts.items()) if key.startswith(_PHRASE_KEYS))


_PHRASE_KEYS: Final = ("reason_", "list_", "plural", "thousands")


@dataclass(frozen=True, slots=True)
class Signal:
    """What one kind of likeness adds to the score of a pair."""

    name: str
    """text, topics, entities, direct, coupling, cocited or time."""
    value: float
    """Its part of the score."""
    weight: float
    """Its weight, as in Weights."""
    words: tuple[str, ...]
    """Shared words, or names of topics or entities, strongest first; empty for the other signals."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A pair's score and its parts."""

    score: float
    signals: tuple[Signal, ...]
    """Those that add something, strongest first; their values add up to the score, which stops at 1."""
    reasons: tuple[str, ...]

    @property
    def is_text_alone(self) -> bool:
        """Whether only text and time count here: such an entry means less than its score suggests."""
        return _is_text_alone({s.name: s.value for s in self.signals})


_SIGNALS: Final = {
    FactKind.TOPIC: "topics",
    FactKind.ENTITY: "entities",
    FactKind.REFERENCE: "coupling",
    FactKind.CITED_BY: "cocited",
    FactKind.DIRECT: "direct",
}
"""Kind -> signal."""


class ReasonBuilder:
    """Explains pairs of one ranking."""

    def __init__(self, explanations: ExplanationIndex, phrases: ReasonPhrases) -> None:
        """Prepare the lookups that every pair needs."""
        self._explanations = explanations
        self._say = say = Translations(dict(phrases))
        self._turned = {say(one): say(other) for one, other in _OTHER_SIDE.items()}
        """Phrase on the first document's page -> phrase on the other's."""
        self._days: list[int] = explanations.vector_index.days.tolist()
        self._factors: list[float] = explanations.vector_index.factors.tolist()
        shares = 1 - self._factors[-1] / explanations.vector_index.factors
        self._near_share: list[float] = shares.tolist()
        """Part of a score that closeness in time adds, by days."""

    def explain(self, row: int, other: int, weights: Weights) -> Explanation:
        """Take the score of a pair apart."""
        product = product_of(self._explanations.vector_index, row, other)
        gap = self._gap(row, other)
        shared = shared_facts(self._explanations, row, other)
        values = self._values(shared, product, gap)
        words = {
            "text": shared_words(self._explanations, row, other) if "text" in values else (),
            "topics": shared.topics if shared else (),
            "entities": shared.entities if shared else (),
        }
        signals = [Signal(n, values[n], getattr(weights, n), words.get(n, ())) for n in _strongest_first(values)]
        score = score_of(product, self._factors[gap])
        return Explanation(score, tuple(signals), self._phrases(row, other, score))

    def reasons(self, pairings: Iterable[RowScores]) -> list[tuple[Reasons, Reasons]]:
        """Give reasons for each pair in the order given: for the first document's page, and for the second's."""
        found = []
        for row, others in pairings:
            for other, score in others:
                here = self._phrases(row, other, score)
                turned = self._turned.keys() & here
                there = tuple(self._turned.get(why, why) for why in here) if turned else here
                found.append((here, there))
        return found

    def are_text_alone(self, pairings: Iterable[RowScores]) -> list[bool]:
        """Say of each pair whether only text and time count."""
        return [
            _is_text_alone(self._values_of(shared_facts(self._explanations, row, other), row, other, score))
            for row, others in pairings
            for other, score in others
        ]

    def _gap(self, row: int, other: int) -> int:
        """Days between two dates, as a place in the table of `closeness`."""
        one, two = self._days[row], self._days[other]
        return MAX_DAYS_APART + 1 if one == UNDATED else min(abs(one - two), MAX_DAYS_APART + 1)

    def _values_of(self, shared: SharedFacts | None, row: int, other: int, score: float) -> dict[str, float]:
        """What each signal adds to a known score."""
        gap = self._gap(row, other)
        return self._values(shared, score / self._factors[gap] * SCALE**2, gap)

    def _values(self, shared: SharedFacts | None, product: float, gap: int) -> dict[str, float]:
        """What each signal adds to the score, from the product of the two vectors."""
        parts = shared.parts if shared else {}
        unit = self._factors[-1] / SCALE**2
        near = self._factors[gap] - self._factors[-1]
        # A score is rounded: where it is no more than what the facts add, the text adds nothing.
        text = max(0.0, product - sum(parts.values()))
        values = {"text": text * unit if text * unit > _ROUNDING else 0.0, "time": product / SCALE**2 * near}
        for kind, name in _SIGNALS.items():
            values[name] = parts.get(kind, 0.0) * unit
        return {name: value for name, value in values.items() if value}

    def _phrases(self, row: int, other: int, score: float) -> Reasons:
        """Phrases for signals that count: what curators did, strongest first; then words, then the date."""
        shared = shared_facts(self._explanations, row, other)
        gap = self._gap(row, other)
        say = self._say
        phrases: list[str] = []
        if shared is None:
            has_words, has_time = True, self._near_share[gap] >= MIN_SIGNAL_SHARE
        else:
            values = self._values_of(shared, row, other, score)
            least = MIN_SIGNAL_SHARE * sum(values.values())
            counted = [name for name in _strongest_first(values) if values[name] >= least]
            phrases += [_FACT_PHRASES[name](say, shared) for name in counted if name in _FACT_PHRASES][:MAX_REASONS]
            has_words, has_time = "text" in counted, "time" in counted
        if has_words and len(phrases) < ENOUGH_CURATED:
            words = shared_words(self._explanations, row, other, weak=not phrases)
            if len(words) > 1 or (words and not phrases):
                phrases.append(say("reason_text", names=say("list_comma").join(words)))
        if has_time and len(phrases) < ENOUGH_CURATED:
            phrases += [say(key) for most, key in NEAR_DAYS if gap <= most][:1]
        if not phrases and is_any_word_shared(self._explanations, row, other):
            phrases.append(say("reason_text_only"))
        return tuple(phrases)


_ROUNDING: Final = 0.0002
"""Twice what rounding can take from a score."""


def _is_text_alone(values: Mapping[str, float]) -> bool:
    least = MIN_SIGNAL_SHARE * sum(values.values())
    return all(value < least for name, value in values.items() if name not in {"text", "time"})


def _strongest_first(values: Mapping[str, float]) -> list[str]:
    return sorted(values, key=lambda name: (-values[name], name))


_LINK_PHRASES: Final = {
    (True, True): "reason_direct_both",
    (True, False): "reason_direct_here",
    (False, True): "reason_direct_there",
}
"""(this page links to the entry, the entry to this page) -> key of the phrase."""
_OTHER_SIDE: Final = {"reason_direct_here": "reason_direct_there", "reason_direct_there": "reason_direct_here"}
_FACT_PHRASES: Final[Mapping[str, Callable[[Translations, SharedFacts], str]]] = {
    "topics": lambda say, shared: say("reason_topics", names=say.listed(shared.topics)),
    "entities": lambda say, shared: say("reason_entities", names=say.listed(shared.entities)),
    "coupling": lambda say, shared: say("reason_coupling", shared.counts[FactKind.REFERENCE]),
    "cocited": lambda say, shared: say("reason_cocited", shared.counts[FactKind.CITED_BY]),
    "direct": lambda say, shared: say(_LINK_PHRASES[shared.linked]),
}
