"""What one run leaves for the next, as bytes that the caller keeps.

Arrays are stored as they lie in memory and read without copying each element: 10,000 articles take some 60 MB.
Damaged bytes, and those of another version, count as no state.
"""

from dataclasses import asdict, dataclass, fields
from typing import Any, Final, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from site_builder.config.option_values import Weights
from site_builder.related.nearest import NeighbourRows, QueryTerms
from site_builder.related.reasons import ReasonPhrases
from site_builder.related.snapshot import Snapshot, Spellings
from site_builder.related.vectors import CorpusFacts, CorpusTerms

VERSION: Final = 6
"""Raise it with every change that gives other scores, rows or reasons."""

Related: TypeAlias = tuple[str, float, tuple[str, ...]]
"""Id, score 0..1, reasons."""


class _StoredState(msgspec.Struct):
    """The form on disk."""

    version: int
    ids: list[str]
    digests: list[bytes]
    words: str
    fact_names: list[str]
    kind_starts: list[int]
    corpus: tuple[float, float]
    weights: dict[str, Any]
    limit: int
    lists: dict[str, list[Related]]
    duplicates: dict[str, list[str]]
    vetoes: dict[str, list[str]]
    thresholds: tuple[float, float]
    phrases: ReasonPhrases
    arrays: dict[str, tuple[str, list[int], bytes]]
    """Name -> type, shape, content."""


@dataclass(frozen=True, slots=True)
class RelatedState:
    """A ranking, the lists made of it, and the settings they depend on."""

    snapshot: Snapshot
    lists: dict[str, list[Related]]
    duplicates: dict[str, list[str]]
    """Id -> ids of near-duplicates."""
    vetoes: dict[str, list[str]]
    thresholds: tuple[float, float]
    """For all entries, and for those with only text and time in common."""
    phrases: ReasonPhrases
    """The interface texts of the reasons."""

    def to_bytes(self) -> bytes:
        """Give the form that `from_bytes` reads."""
        snapshot = self.snapshot
        groups: dict[str, CorpusTerms | QueryTerms | NeighbourRows] = {
            "terms": snapshot.terms,
            "asked": snapshot.query_terms,
            "rows": snapshot.rows,
        }
        arrays = {f"{g}.{f.name}": getattr(part, f.name) for g, part in groups.items() for f in fields(part)}
        arrays |= {name: getattr(snapshot, name) for name in _ARRAYS}
        arrays |= {"spellings.starts": snapshot.spellings.starts, "spellings.written": snapshot.spellings.written}
        arrays |= {f"facts.{name}": getattr(snapshot.facts, name) for name in ("starts", "numbers", "shares")}
        stored = _StoredState(
            VERSION,
            list(snapshot.ids),
            list(snapshot.digests),
            " ".join(snapshot.spellings.words),
            list(snapshot.facts.names),
            list(snapshot.facts.kind_starts),
            snapshot.corpus,
            asdict(snapshot.weights),
            snapshot.limit,
            self.lists,
            self.duplicates,
            self.vetoes,
            self.thresholds,
            self.phrases,
            {name: (array.dtype.str, list(array.shape), array.tobytes()) for name, array in arrays.items()},
        )
        return msgspec.msgpack.encode(stored)

    @staticmethod
    def from_bytes(data: bytes) -> "RelatedState | None":
        """Read what `to_bytes` gave; None for anything else."""
        try:
            stored = msgspec.msgpack.decode(data, type=_StoredState)
            if stored.version != VERSION:
                return None
            return _unpack(stored)
        except (msgspec.MsgspecError, ValueError, TypeError, KeyError):
            return None


_ARRAYS: Final = ("days", "steps", "lengths")


def _unpack(stored: _StoredState) -> RelatedState:
    arrays: dict[str, NDArray[Any]] = {
        name: np.frombuffer(content, dtype).reshape(shape) for name, (dtype, shape, content) in stored.arrays.items()
    }
    parts = {
        kind: {name.partition(".")[2]: a for name, a in arrays.items() if name.startswith(f"{kind}.")}
        for kind in ("terms", "asked", "rows", "spellings", "facts")
    }
    snapshot = Snapshot(
        ids=tuple(stored.ids),
        digests=tuple(stored.digests),
        terms=CorpusTerms(**parts["terms"]),
        spellings=Spellings(words=tuple(stored.words.split(" ")) if stored.words else (), **parts["spellings"]),
        facts=CorpusFacts(names=tuple(stored.fact_names), kind_starts=tuple(stored.kind_starts), **parts["facts"]),
        corpus=stored.corpus,
        query_terms=QueryTerms(**parts["asked"]),
        rows=NeighbourRows(**parts["rows"]),
        weights=Weights(**stored.weights),
        limit=stored.limit,
        **{name: arrays[name] for name in _ARRAYS},
    )
    return RelatedState(snapshot, stored.lists, stored.duplicates, stored.vetoes, stored.thresholds, stored.phrases)
