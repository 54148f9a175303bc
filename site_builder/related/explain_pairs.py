"""Reasons for many pairs of one ranking, in several processes where there are enough pairs."""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from site_builder.disk.faults import naming
from site_builder.parallel import chunked, map_chunks
from site_builder.related.explanations import (
    ExplanationIndex,
    RowScores,
    load_explanations,
    make_explanations,
    save_explanations,
)
from site_builder.related.nearest import load_index
from site_builder.related.ranking import Ranking
from site_builder.related.reasons import Explanation, ReasonBuilder, ReasonPhrases, Reasons
from site_builder.related.release_memory import release_memory

T = TypeVar("T")

CHUNK_ROWS: Final = 2000
"""Rows of one work unit. Each reads the arrays anew and learns spellings anew, some 30 ms with 10,000 articles."""


class PairExplainer:
    """Explains pairs of one ranking, as long as its workers run."""

    def __init__(self, ranking: Ranking, documents: Sequence[Mapping[str, Any]], phrases: ReasonPhrases) -> None:
        """`documents`: in the order of the ranking."""
        self._ranking = ranking
        self._phrases = phrases
        self._documents = documents

    def explain(self, row: int, other: int) -> Explanation:
        """Take the score of a pair apart."""
        return ReasonBuilder(self._explanations, self._phrases).explain(row, other, self._ranking.weights)

    def reasons(self, pairings: Sequence[RowScores]) -> list[Reasons]:
        """Give reasons for each pair in the order given."""
        once, places, turned = _each_pair_once(pairings)
        executor = self._ranking.workers.for_items(len(once))
        if not once:
            return []
        if executor is None:
            found = ReasonBuilder(self._explanations, self._phrases).reasons(once)
        else:
            work = partial(_reasons, self._folder, self._phrases)
            parts = map_chunks(work, chunked(once, CHUNK_ROWS), executor, ahead=4)
            found = list(chain.from_iterable(parts))
        return [found[place][side] for place, side in zip(places, turned, strict=True)]

    def are_text_alone(self, pairings: Sequence[RowScores]) -> list[bool]:
        """Say of each pair whether only text and time count."""
        executor = self._ranking.workers.for_items(len(pairings))
        if executor is None:
            return ReasonBuilder(self._explanations, self._phrases).are_text_alone(pairings) if pairings else []
        work = partial(_are_text_alone, self._folder, self._phrases)
        parts = map_chunks(work, chunked(pairings, CHUNK_ROWS), executor, ahead=4)
        return list(chain.from_iterable(parts))

    @cached_property
    def _explanations(self) -> ExplanationIndex:
        return self._make_explanations()

    def _make_explanations(self) -> ExplanationIndex:
        r = self._ranking
        return make_explanations(self._documents, r.terms, r.spellings, r.facts, r.vectors, r.vector_index)

    @cached_property
    def _folder(self) -> Path:
        """Where workers read the explanations from; this process then needs none of its own."""
        folder = self._ranking.workers.folder_with(self._ranking.vector_index)
        with naming(folder):
            save_explanations(self.__dict__.pop("_explanations", None) or self._make_explanations(), folder)
        release_memory()
        return folder


def _each_pair_once(pairings: Sequence[RowScores]) -> tuple[list[RowScores], list[int], list[int]]:
    """Each pair once, the smaller row first; for every pair given, its place among them, and 1 if it is reversed."""
    entries = [entry for _, others in pairings for entry in others]
    rows = np.repeat(np.array([row for row, _ in pairings], np.int64), [len(others) for _, others in pairings])
    others = np.array([other for other, _ in entries], np.int64)
    smaller, larger = np.minimum(rows, others), np.maximum(rows, others)
    keys, at, places = np.unique((smaller << 32) | larger, return_index=True, return_inverse=True)
    once: list[tuple[int, list[tuple[int, float]]]] = []
    for key, where in zip(keys.tolist(), at.tolist(), strict=True):
        row, other = key >> 32, key & 0xFFFFFFFF
        if not once or once[-1][0] != row:
            once.append((row, []))
        once[-1][1].append((other, entries[where][1]))
    return list(once), places.tolist(), (rows > others).astype(np.int8).tolist()


def _builder(folder: Path, phrases: ReasonPhrases) -> ReasonBuilder:
    return ReasonBuilder(load_explanations(folder, load_index(folder)), phrases)


def _reasons(folder: Path, phrases: ReasonPhrases, pairings: Sequence[RowScores]) -> list[tuple[Reasons, Reasons]]:
    """A work unit for a pool."""
    return _builder(folder, phrases).reasons(pairings)


def _are_text_alone(folder: Path, phrases: ReasonPhrases, pairings: Sequence[RowScores]) -> list[bool]:
    """A work unit for a pool."""
    return _builder(folder, phrases).are_text_alone(pairings)
