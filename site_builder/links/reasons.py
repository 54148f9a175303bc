"""Why two documents are related: the signals that make up their score, and a phrase for each that counts.

Works on the same vectors as the scores, so a signal's value is exactly what it added. Phrases are written for a reader
of the first document's page who looks at the entry of the second.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from site_builder.links.nearest import FARTHEST_DAYS, UNDATED, finish
from site_builder.links.profiles import HASH_BITS
from site_builder.links.shared import TOLD_WORDS, Atlas, Pairing, Shared, shared_by
from site_builder.links.weighing import CITED_BY, DIRECT, ENTITY, REFERENCE, SCALE, TOPIC, Weights

Told: TypeAlias = tuple[str, ...]
"""Reasons, most important first."""

TOLD_SHARE: Final = 0.05
"""Part of the score below which a signal is not told: it is true, but not why."""
NEAR_DAYS: Final = ((0, "published the same day"), (7, "published the same week"), (31, "published within a month"))


@dataclass(frozen=True, slots=True)
class Signal:
    """What one kind of likeness adds to the score of a pair."""

    name: str
    """text, topics, entities, direct, coupling, cocited or time."""
    value: float
    """Its part of the score."""
    weight: float
    """Its weight, from Weights."""
    words: tuple[str, ...]
    """What is shared, most telling first: words and pairs of words, or names; the rest is told by the reasons."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A pair's score and its parts."""

    score: float
    signals: tuple[Signal, ...]
    """Those that add something, most first; their values add up to the score, which stops at 1."""
    reasons: tuple[str, ...]

    @property
    def is_text_alone(self) -> bool:
        """Whether nothing but text and time counts here: such an entry says less than its score."""
        return _is_text_alone({s.name: s.value for s in self.signals})


_FACTS: Final = {
    TOPIC >> HASH_BITS: "topics",
    ENTITY >> HASH_BITS: "entities",
    REFERENCE >> HASH_BITS: "coupling",
    CITED_BY >> HASH_BITS: "cocited",
    DIRECT >> HASH_BITS: "direct",
}
"""Number of a kind -> signal."""
_COUPLING, _COCITED = REFERENCE >> HASH_BITS, CITED_BY >> HASH_BITS


class Teller:
    """Explains pairs of one ranking."""

    def __init__(self, atlas: Atlas) -> None:
        """All lookups that every pair needs are made here."""
        self._atlas = atlas
        self._days: list[int] = atlas.space.days.tolist()
        self._factors: list[float] = atlas.space.factors.tolist()

    def explain(self, row: int, other: int, weights: Weights) -> Explanation:
        """Take the score of a pair apart."""
        (shared,) = shared_by(self._atlas, [(row, (other,))])
        gap = self._gap(row, other)
        values = self._values(shared, gap)
        signals = [Signal(n, values[n], getattr(weights, n), _words(n, shared)) for n in _strongest_first(values)]
        score = finish(sum(shared.parts), self._factors[gap])
        return Explanation(score, tuple(signals), _phrases(values, shared, gap))

    def reasons(self, pairings: Iterable[Pairing]) -> list[tuple[Told, Told]]:
        """Say why documents are related, pair by pair in the order given: on the first's page, and on the second's."""
        told = []
        for shared in shared_by(self._atlas, pairings):
            gap = self._gap(shared.row, shared.other)
            values = self._values(shared, gap)
            here = _phrases(values, shared, gap)
            one, other = shared.linked
            if one is other:
                told.append((here, here))
            else:
                there = _LINKED[other, one]
                told.append((here, tuple(there if why == _LINKED[one, other] else why for why in here)))
        return told

    def are_text_alone(self, pairings: Iterable[Pairing]) -> list[bool]:
        """Tell of which pairs nothing but text and time counts."""
        return [
            _is_text_alone(self._values(shared, self._gap(shared.row, shared.other)))
            for shared in shared_by(self._atlas, pairings, words=False)
        ]

    def _gap(self, row: int, other: int) -> int:
        """Place in the table of `closeness`: days between two dates."""
        one, two = self._days[row], self._days[other]
        return FARTHEST_DAYS + 1 if one == UNDATED else min(abs(one - two), FARTHEST_DAYS + 1)

    def _values(self, shared: Shared, gap: int) -> dict[str, float]:
        """What each signal adds to the score."""
        parts = shared.parts
        unit = self._factors[-1] / SCALE**2
        near = self._factors[gap] - self._factors[-1]
        values = {"text": (parts[0] + parts[1]) * unit, "time": sum(parts) / SCALE**2 * near}
        for kind, name in _FACTS.items():
            values[name] = parts[kind] * unit
        return {name: value for name, value in values.items() if value}


def _is_text_alone(values: Mapping[str, float]) -> bool:
    least = TOLD_SHARE * sum(values.values())
    return all(value < least for name, value in values.items() if name not in {"text", "time"})


def _strongest_first(values: Mapping[str, float]) -> list[str]:
    return sorted(values, key=lambda name: (-values[name], name))


def _phrases(values: Mapping[str, float], shared: Shared, gap: int) -> Told:
    """Phrases for signals that count, most first."""
    least = TOLD_SHARE * sum(values.values())
    told = _strongest_first({name: value for name, value in values.items() if value >= least})
    return tuple(phrase for name in told if (phrase := _phrase(name, shared, gap)))


def _words(name: str, shared: Shared) -> tuple[str, ...]:
    match name:
        case "text":
            return shared.words
        case "topics":
            return shared.names[0]
        case "entities":
            return shared.names[1]
    return ()


def _phrase(name: str, shared: Shared, gap: int) -> str:
    match name:
        case "text":
            return f"both speak of {', '.join(shared.words)}" if shared.words else ""
        case "topics":
            return f"both about {_list(shared.names[0])}"
        case "entities":
            return f"both mention {_list(shared.names[1])}"
        case "coupling":
            count = shared.counts[_COUPLING]
            return "both link to the same article" if count == 1 else f"both link to {count} of the same articles"
        case "cocited":
            count = shared.counts[_COCITED]
            return "cited together by one article" if count == 1 else f"cited together by {count} articles"
        case "direct":
            return _LINKED[shared.linked]
    return next((phrase for most, phrase in NEAR_DAYS if gap <= most), "")


_LINKED: Final = {
    (True, True): "they link to each other",
    (True, False): "linked here",
    (False, True): "links here",
    (False, False): "",
}
"""(this page links to the entry, the entry to this page) -> phrase."""


def _list(names: Sequence[str]) -> str:
    names = names[:TOLD_WORDS]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
