"""Why two documents are related: the signals that make up their score, and a phrase for each that counts.

Works on the same vectors as the scores, so a signal's value is exactly what it added. Words are told as the first of
the two documents writes them, and only if both have them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from site_builder.links.nearest import FARTHEST_DAYS, UNDATED, finish
from site_builder.links.profiles import HASH_BITS
from site_builder.links.terms import stem
from site_builder.links.weighing import CITED_BY, DIRECT, ENTITY, REFERENCE, SCALE, TOPIC, names_of

if TYPE_CHECKING:
    from site_builder.links.ranking import Ranking

TOLD_SHARE: Final = 0.05
"""Part of the score below which a signal is not told: it is true, but not why."""
TOLD_WORDS: Final = 3
"""Words or names told of each signal."""
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
    """What is shared, most telling first; for direct, who links."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A pair's score and its parts."""

    score: float
    signals: tuple[Signal, ...]
    """Those that add something, most first; their values add up to the score, which stops at 1."""
    reasons: tuple[str, ...]


_KINDS: Final = {TOPIC: "topics", ENTITY: "entities", REFERENCE: "coupling", CITED_BY: "cocited", DIRECT: "direct"}
_MOST_KINDS: Final = 8


@dataclass(frozen=True, slots=True)
class _Shared:
    """What one document has in common with another."""

    parts: Mapping[str, float]
    """What each kind adds to the product of the two vectors."""
    words: tuple[int, ...]
    """The single stems that add most, as places."""


class Explainer:
    """Explains pairs of one ranking, all pairs of a row at once."""

    def __init__(self, ranking: "Ranking", documents: Sequence[Mapping[str, Any]]) -> None:
        """Documents stand in the order of the ranking."""
        import numpy as np  # noqa: PLC0415

        self.ranking = ranking
        self.documents = documents
        self._own = np.zeros(len(ranking.vectors.hashes), np.float32)
        self._kinds = (ranking.vectors.hashes >> HASH_BITS).astype(np.uint8)
        self._days = ranking.days.tolist()
        self._factors = ranking.factors.tolist()
        self._names: dict[tuple[int, str], frozenset[str]] = {}

    def explain(self, row: int, other: int) -> Explanation:
        """Take the score of a pair apart."""
        shared = self._shared(row, (other,))[0]
        signals, factor = self._signals(row, other, shared)
        return Explanation(finish(sum(shared.parts.values()), factor), signals, self._told(row, other, signals))

    def reasons(self, row: int, others: Sequence[int]) -> list[tuple[str, ...]]:
        """Say why each of the others is related."""
        found = zip(others, self._shared(row, others), strict=True)
        return [self._told(row, other, self._signals(row, other, shared)[0]) for other, shared in found]

    def text_likeness(self, row: int, others: Sequence[int]) -> list[float]:
        """How alike texts are, whatever else they share: 1 for the same text, or a little more if it is long."""
        unit = SCALE**2 * self.ranking.weights.text
        if not unit:
            return [0.0] * len(others)
        return [shared.parts["text"] / unit for shared in self._shared(row, others, words=0)]

    def _shared(self, row: int, others: Sequence[int], words: int = TOLD_WORDS + 2) -> list[_Shared]:
        """Multiply a vector with others. A few words more than are told, since two stems may share a hash."""
        import numpy as np  # noqa: PLC0415

        if not others:
            return []
        vectors, own = self.ranking.vectors, self._own
        mine = slice(vectors.starts[row], vectors.starts[row + 1])
        own[vectors.places[mine]] = vectors.values[mine]
        spans = [(vectors.starts[o], vectors.starts[o + 1]) for o in others]
        places = np.concatenate([vectors.places[a:b] for a, b in spans])
        products = own.take(places, mode="clip")
        own[vectors.places[mine]] = 0
        hits = np.flatnonzero(products)
        owners = np.repeat(np.arange(len(others)), [b - a for a, b in spans])[hits]
        places = places[hits]
        products = products[hits] * np.concatenate([vectors.values[a:b] for a, b in spans])[hits]
        kinds = self._kinds[places]
        sums = np.bincount(owners * _MOST_KINDS + kinds, products, minlength=len(others) * _MOST_KINDS)
        best: list[list[int]] = [[]] * len(others)
        if words:
            singles = np.flatnonzero(kinds == 0)
            singles = singles[np.lexsort((-products[singles], owners[singles]))]
            bounds = owners[singles].searchsorted(np.arange(len(others) + 1)).tolist()
            best = [places[singles[a : min(a + words, b)]].tolist() for a, b in pairwise(bounds)]
        return [
            _Shared({"text": float(s[0] + s[1])} | {n: float(s[k >> HASH_BITS]) for k, n in _KINDS.items()}, tuple(w))
            for s, w in zip(sums.reshape(-1, _MOST_KINDS), best, strict=True)
        ]

    def _signals(self, row: int, other: int, shared: _Shared) -> tuple[tuple[Signal, ...], float]:
        """The parts of a score, most first, and what closeness in time multiplies."""
        days, factors, weights = self._days, self._factors, self.ranking.weights
        known = UNDATED not in {days[row], days[other]}
        apart = factors[-1]
        factor = factors[min(abs(days[row] - days[other]), FARTHEST_DAYS)] if known else apart
        values = {name: value / SCALE**2 * apart for name, value in shared.parts.items() if value}
        if values and factor > apart:
            values["time"] = sum(shared.parts.values()) / SCALE**2 * (factor - apart)
        signals = [
            Signal(name, value, getattr(weights, name), self._words(name, row, other, shared))
            for name, value in values.items()
        ]
        signals.sort(key=lambda s: (-s.value, s.name))
        return tuple(signals), factor

    def _told(self, row: int, other: int, signals: Sequence[Signal]) -> tuple[str, ...]:
        """Phrases for signals that count."""
        least = TOLD_SHARE * sum(s.value for s in signals)
        return tuple(phrase for s in signals if s.value >= least and (phrase := self._phrase(s, row, other)))

    def _spelt(self, row: int, other: int, places: Sequence[int]) -> tuple[str, ...]:
        """Words as the first document writes them, if the other has them too and not another with the same hash."""
        spellings = self.ranking.spellings_of
        pairs = zip(spellings(row, places), spellings(other, places), strict=True)
        return tuple(mine for mine, yours in pairs if mine == yours or stem(mine) == stem(yours))[:TOLD_WORDS]

    def _names_of(self, row: int, field: str) -> frozenset[str]:
        key = (row, field)
        if key not in self._names:
            self._names[key] = frozenset(names_of(self.documents[row], field))
        return self._names[key]

    def _words(self, name: str, row: int, other: int, shared: _Shared) -> tuple[str, ...]:
        mine, theirs = self.documents[row]["id"], self.documents[other]["id"]
        if name == "text":
            return self._spelt(row, other, shared.words)
        if name in {"topics", "entities", "coupling"}:
            field = "links" if name == "coupling" else name
            return tuple(sorted(self._names_of(row, field) & self._names_of(other, field)))
        if name == "cocited":
            both = self.ranking.cited_by.get(mine, frozenset()) & self.ranking.cited_by.get(theirs, frozenset())
            return tuple(sorted(both))
        if name == "direct":
            links = {mine: theirs in self._names_of(row, "links"), theirs: mine in self._names_of(other, "links")}
            return tuple(who for who, does in links.items() if does)
        return ()

    def _phrase(self, signal: Signal, row: int, other: int) -> str:
        words = signal.words
        told = _list(words[:TOLD_WORDS])
        mine = self.documents[row]["id"]
        match signal.name:
            case "text":
                return f"both speak of {', '.join(words)}" if words else ""
            case "topics":
                return f"both about {told}" if words else ""
            case "entities":
                return f"both mention {told}" if words else ""
            case "coupling":
                return f"both link to {told}" if words else ""
            case "cocited":
                return f"cited together by {len(words)} article{'s' * (len(words) > 1)}" if words else ""
            case "direct":
                return (
                    "they link to each other"
                    if len(words) > 1
                    else "links to it"
                    if mine in words
                    else "linked from it"
                )
        gap = abs(self._days[row] - self._days[other])
        return next((phrase for most, phrase in NEAR_DAYS if gap <= most), "")


def _list(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
