"""The neighbours of all documents, computed from nothing or from an earlier ranking, with the same result."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

import numpy as np
from numpy import int32
from numpy.typing import NDArray

from site_builder.config.option_values import Weights
from site_builder.disk.faults import naming
from site_builder.parallel import Executors, chunked, map_chunks
from site_builder.related.invalidation import DocumentChanges, find_stale_rows
from site_builder.related.nearest import (
    UNDATED,
    NeighbourRows,
    QueryTerms,
    VectorIndex,
    choose_query_terms,
    closeness,
    load_index,
    make_index,
    nearest_of,
    save_index,
)
from site_builder.related.snapshot import Snapshot, Spellings, merge_terms, renumber_rows
from site_builder.related.term_counts import count_terms, text_digest, texts_of
from site_builder.related.vectors import CorpusFacts, CorpusTerms, Vectors, gather_facts, make_vectors

ReadBodies: TypeAlias = Callable[[Sequence[str]], Mapping[str, str]]
"""Ids of documents -> id -> body."""

CHUNK_TEXTS: Final = 500
"""Texts of one work unit: some 4 MB."""
CHUNK_ROWS: Final = 500
"""Rows of one work unit: 0.15 s."""
MIN_POOL_ITEMS: Final = 1500
"""Documents below which starting processes costs more than it saves: a text takes 0.4 ms, a row 0.3 ms."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows of all documents in the order of their ids, and what computing the next ranking needs."""

    ids: tuple[str, ...]
    digests: tuple[bytes, ...]
    days: NDArray[int32]
    terms: CorpusTerms
    spellings: Spellings
    facts: CorpusFacts
    vectors: Vectors
    query_terms: QueryTerms
    rows: NeighbourRows
    weights: Weights
    limit: int
    recomputed: frozenset[int]
    """Rows that were computed this time."""
    vector_index: VectorIndex
    workers: "Workers"
    """Where explanations of this ranking are made."""


def take_snapshot(ranking: Ranking) -> Snapshot:
    """Keep what cannot be made again quickly."""
    vectors = ranking.vectors
    return Snapshot(
        ranking.ids,
        ranking.digests,
        ranking.days,
        ranking.terms,
        ranking.spellings,
        ranking.facts,
        vectors.steps,
        vectors.lengths,
        vectors.corpus,
        ranking.query_terms,
        ranking.rows,
        ranking.weights,
        ranking.limit,
    )


def compute_ranking(
    documents: Sequence[Mapping[str, Any]],
    limit: int,
    weights: Weights,
    workers: "Workers",
    *,
    earlier: Snapshot | None = None,
    only: Sequence[int] | None = None,
    read_bodies: ReadBodies | None = None,
) -> Ranking:
    """Rank documents that stand in the order of their ids, from an earlier ranking if it has the same settings.

    `only` computes these rows alone, as the only ones of `rows`.
    `read_bodies` is asked for the bodies that are needed, where documents hold a `body_digest` instead.
    """
    if earlier is not None and (earlier.limit, earlier.weights) != (limit, weights):
        earlier = None
    ids = tuple(d["id"] for d in documents)
    digests = tuple(map(text_digest, documents))
    before = dict(zip(earlier.ids, range(len(earlier.ids)), strict=True)) if earlier else {}
    old = [before.get(i, -1) for i in ids]
    fresh = [r for r, o in enumerate(old) if earlier is None or o < 0 or earlier.digests[o] != digests[r]]
    texts = _texts([documents[r] for r in fresh], read_bodies)
    profiles = list(map_chunks(count_terms, chunked(texts, CHUNK_TEXTS), workers.for_items(len(fresh)), ahead=4))
    terms, spellings = merge_terms(earlier, old, fresh, profiles)
    del profiles
    facts = gather_facts(documents)
    change = DocumentChanges(old, frozenset(fresh), _days(documents))
    vectors = make_vectors(terms, facts, weights)
    factors = closeness(weights)
    if earlier is None or earlier.corpus != vectors.corpus:
        query_terms, again = choose_query_terms(vectors), set(range(len(ids)))
    else:
        query_terms, again = find_stale_rows(earlier, change, vectors, terms, facts, factors)
    if only is not None:
        earlier, again = None, set(only)
    vector_index = make_index(vectors, query_terms, again, change.days, factors)
    rows = _merge_rows(earlier, old, again, vector_index, limit, weights, workers)
    return Ranking(
        ids,
        digests,
        change.days,
        terms,
        spellings,
        facts,
        vectors,
        query_terms,
        rows,
        weights,
        limit,
        frozenset(again),
        vector_index,
        workers,
    )


def _texts(documents: Sequence[Mapping[str, Any]], read_bodies: ReadBodies | None) -> Iterator[tuple[str, ...]]:
    """What is counted of each document; bodies are read as they are needed, so that few are in memory at once."""
    for part in chunked(documents, CHUNK_TEXTS):
        bodies = read_bodies([d["id"] for d in part]) if read_bodies else {}
        yield from (texts_of({**d, "body": bodies[d["id"]]} if d["id"] in bodies else d) for d in part)


class Workers:
    """Where a ranking is made, if there is enough work, and a folder through which workers get its arrays."""

    def __init__(self, executors: Executors) -> None:
        self._executors = executors
        self._stack = ExitStack()
        self._folder: Path | None = None

    def for_items(self, count: int) -> Executor | None:
        """The pool; None where the work is better done in this process."""
        return self._executors.for_items(count, MIN_POOL_ITEMS)

    def folder_with(self, vector_index: VectorIndex) -> Path:
        """The folder where `load_index` finds the index; a pool works on one index."""
        if self._folder is None:
            self._folder = self._stack.enter_context(self._executors.shared_folder())
            with naming(self._folder):
                save_index(vector_index, self._folder)
        return self._folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)  # after an exception, the pool waits for nothing


def compute_rows(ranking: Ranking, rows: Sequence[int]) -> NeighbourRows:
    """Compute rows of the same documents."""
    vector_index = make_index(ranking.vectors, ranking.query_terms, rows, ranking.days, ranking.vector_index.factors)
    return nearest_of(vector_index, rows, ranking.limit, ranking.weights)


def _merge_rows(
    earlier: Snapshot | None,
    old: Sequence[int],
    again: set[int],
    vector_index: VectorIndex,
    limit: int,
    weights: Weights,
    workers: Workers,
) -> NeighbourRows:
    """Rows of all documents: those computed again, and the earlier ones with the new numbers."""
    wanted = sorted(again)
    executor = workers.for_items(len(wanted))
    if executor is None:
        made = nearest_of(vector_index, wanted, limit, weights)
    else:
        work = partial(_compute_chunk, workers.folder_with(vector_index), limit, weights)
        made = _stacked(list(map_chunks(work, chunked(wanted, CHUNK_ROWS), executor, ahead=4)))
    if earlier is None or len(wanted) == len(old):
        return made
    now = renumber_rows(earlier, old)
    was = np.array(old, np.int64)
    rows = NeighbourRows(
        now[earlier.rows.neighbours[was]],
        earlier.rows.scores[was],
        now[earlier.rows.candidates[was]],
        earlier.rows.least[was],
        earlier.rows.duplicates[was],
    )
    for field in fields(NeighbourRows):
        getattr(rows, field.name)[wanted] = getattr(made, field.name)
    return rows


def _compute_chunk(folder: Path, limit: int, weights: Weights, rows: Sequence[int]) -> NeighbourRows:
    """A work unit for a pool."""
    return nearest_of(load_index(folder), rows, limit, weights)


def _stacked(parts: Sequence[NeighbourRows]) -> NeighbourRows:
    return NeighbourRows(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(NeighbourRows)))


def _days(documents: Sequence[Mapping[str, Any]]) -> NDArray[int32]:
    return np.array([day_of(d.get("date")) for d in documents], np.int32)


def day_of(value: object) -> int:
    """A date, or its ISO form with or without a time, as a day number; UNDATED for anything else."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip()[:10])
        except ValueError:
            return UNDATED
    return value.toordinal() if isinstance(value, date) else UNDATED
