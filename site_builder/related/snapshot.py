"""What the next ranking needs of this one, and how rows of the two are merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy import int32, int64, uint32
from numpy.typing import NDArray

from site_builder.config.option_values import Weights
from site_builder.related.nearest import NeighbourRows, QueryTerms
from site_builder.related.term_counts import TermCounts, distinct
from site_builder.related.vectors import CorpusFacts, CorpusTerms


@dataclass(frozen=True, slots=True)
class Spellings:
    """How each document spells its single roots."""

    starts: NDArray[int64]
    written: NDArray[uint32]
    """Places in `words`, in the order of the document's terms."""
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The part of a ranking that the next run needs: enough to see what changed, and the rows."""

    ids: tuple[str, ...]
    digests: tuple[bytes, ...]
    days: NDArray[int32]
    terms: CorpusTerms
    spellings: Spellings
    facts: CorpusFacts
    steps: NDArray[Any]
    """How common each term and each fact was."""
    lengths: NDArray[int32]
    corpus: tuple[float, float]
    query_terms: QueryTerms
    rows: NeighbourRows
    weights: Weights
    limit: int


def merge_terms(
    earlier: Snapshot | None, old: Sequence[int], fresh: Sequence[int], profiles: Sequence[TermCounts]
) -> tuple[CorpusTerms, Spellings]:
    """Terms of all documents in their order, from the earlier ranking and new counts."""

    def joined(arrays: Sequence[NDArray[Any]], dtype: type) -> NDArray[Any]:
        return np.concatenate([np.zeros(0, dtype), *arrays])

    # Words may be repeated: an edit adds those of its document again, some 4 kB.
    words = list(earlier.spellings.words) if earlier else []
    written = []
    for p in profiles:
        written.append(p.written + np.uint32(len(words)))
        words += p.spellings
    counts = joined([p.weights for p in profiles], np.uint8)
    hashes = distinct(joined([p.hashes for p in profiles], np.uint32))
    if earlier is not None:
        at = np.searchsorted(earlier.terms.hashes, hashes)
        unknown = np.append(earlier.terms.hashes, np.uint32(0))[at] != hashes
        hashes = np.insert(earlier.terms.hashes, at[unknown], hashes[unknown])
    places = joined([np.searchsorted(hashes, p.hashes).astype(np.int32)[p.places] for p in profiles], np.int32)
    sizes = joined([p.counts for p in profiles], np.uint32)
    singles = joined([p.singles for p in profiles], np.uint32)
    if earlier is None:
        starts, single_starts = row_starts(sizes), row_starts(singles)
        return CorpusTerms(starts, places, counts, hashes), Spellings(
            single_starts, joined(written, np.uint32), tuple(words)
        )
    kept_places = earlier.terms.places
    if len(hashes) > len(earlier.terms.hashes):
        kept_places = np.searchsorted(hashes, earlier.terms.hashes).astype(np.int32)[kept_places]
    runs = find_runs(old, fresh)
    starts, (places, counts) = merge_runs(
        runs, (earlier.terms.starts, kept_places, earlier.terms.counts), (row_starts(sizes), places, counts)
    )
    single_starts, (spelt,) = merge_runs(
        runs, (earlier.spellings.starts, earlier.spellings.written), (row_starts(singles), joined(written, np.uint32))
    )
    return CorpusTerms(starts, places, counts, hashes), Spellings(single_starts, spelt, tuple(words))


def row_starts(counts: NDArray[Any]) -> NDArray[int64]:
    """Where each row begins, and the end of the last, from the rows' lengths."""
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))


def find_runs(old: Sequence[int], fresh: Sequence[int]) -> list[tuple[int, int, int]]:
    """Where rows come from: (0, first, end) for rows of the earlier ranking, (1, first, end) for new ones."""
    numbers = {row: n for n, row in enumerate(fresh)}
    runs: list[tuple[int, int, int]] = []
    for row, was in enumerate(old):
        source, at = (1, numbers[row]) if row in numbers else (0, was)
        if runs and runs[-1][0] == source and runs[-1][2] == at:
            runs[-1] = (source, runs[-1][1], at + 1)
        else:
            runs.append((source, at, at + 1))
    return runs


def merge_runs(
    runs: Sequence[tuple[int, int, int]], *sources: tuple[NDArray[Any], ...]
) -> tuple[NDArray[int64], list[NDArray[Any]]]:
    """Merge rows of two matrices, each given as starts and one or more columns."""
    counts = [np.diff(s[0]) for s in sources]
    starts = row_starts(np.concatenate([np.zeros(0, np.int64), *(counts[s][a:b] for s, a, b in runs)]))
    columns = []
    for c in range(1, len(sources[0])):
        pieces = [sources[s][c][sources[s][0][a] : sources[s][0][b]] for s, a, b in runs]
        columns.append(np.concatenate([sources[0][c][:0], *pieces]))
    return starts, columns


def renumber_rows(earlier: Snapshot, old: Sequence[int]) -> NDArray[int32]:
    """Earlier row -> row now, or -1; and -1 -> -1."""
    now = np.full(len(earlier.ids) + 1, -1, np.int32)
    was = np.array(old, np.int64)
    known = np.flatnonzero(was >= 0)
    now[was[known]] = known
    return now
