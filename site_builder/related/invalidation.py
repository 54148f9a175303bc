"""The rows of a ranking that can have changed since an earlier ranking, and no others.

A row (one document's neighbours) is stale if its own vector or date changed; if a document among its candidates changed
or was removed; or if a changed document would now be a candidate. A vector changes with its text or facts, or when one
of its terms has become a step more or less common. In the last case its products with documents that lack the term stay
the same, and documents that have it are stale themselves, so no other row is affected.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy import bool_, float64, int32, int64
from numpy.typing import NDArray

from site_builder.related.nearest import QueryTerms, choose_query_terms, days_between
from site_builder.related.snapshot import Snapshot, find_runs, merge_runs, renumber_rows, row_starts
from site_builder.related.vectors import CorpusFacts, CorpusTerms, Vectors, renumber_facts

MAX_CHANGED_SHARE: Final = 0.2
"""Share of changed documents above which all rows are computed: finding the stale ones costs as much."""


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """Changes to documents that are known before their vectors are."""

    old: Sequence[int]
    """For each document its row in the earlier ranking, or -1."""
    fresh: frozenset[int]
    """Rows with new text."""
    days: NDArray[int32]


def find_stale_rows(
    earlier: Snapshot,
    change: DocumentChanges,
    vectors: Vectors,
    terms: CorpusTerms,
    facts: CorpusFacts,
    factors: NDArray[float64],
) -> tuple[QueryTerms, set[int]]:
    """Update the query terms of each document, and find the rows to compute."""
    old = change.old
    everything = set(range(len(old)))
    places = _places_now(earlier, terms, facts)
    moved = _steps_changed(earlier, vectors, places)
    touched = _rows_with(moved[terms.places], terms.starts)
    touched |= _rows_with(moved[len(terms.hashes) + facts.numbers], facts.starts)
    same_facts = _same_facts(earlier, old, facts, len(terms.hashes), places)
    edited = {
        row
        for row, was in enumerate(old)
        if row in change.fresh
        or not same_facts[row]
        or earlier.days[was] != change.days[row]
        or earlier.lengths[was] != vectors.lengths[row]
    }
    changed = touched | edited
    if len(changed) > MAX_CHANGED_SHARE * len(old):
        return choose_query_terms(vectors), everything
    query_terms = _update_query_terms(earlier, change, vectors, places, sorted(changed))
    now = renumber_rows(earlier, old)
    lost = np.array([row < 0 or row in edited for row in now[:-1].tolist()] + [False])
    lost_rows = set(now[np.flatnonzero(lost[earlier.rows.candidates].any(axis=1))].tolist())
    again = changed | lost_rows | _new_candidates_of(earlier, change, vectors, query_terms, sorted(edited), factors)
    return query_terms, again - {-1}


def _places_now(earlier: Snapshot, terms: CorpusTerms, facts: CorpusFacts) -> NDArray[int32]:
    """Place of each earlier term and fact -> its place now; -1 for facts that are gone. Terms stay."""
    of_facts = renumber_facts(earlier.facts, facts)
    of_terms = np.searchsorted(terms.hashes, earlier.terms.hashes).astype(np.int32)
    return np.concatenate((of_terms, np.where(of_facts < 0, -1, of_facts + np.int32(len(terms.hashes)))))


def _same_facts(
    earlier: Snapshot, old: Sequence[int], facts: CorpusFacts, terms_count: int, places: NDArray[int32]
) -> list[bool]:
    """Whether each row has the facts that it had."""
    before = places[len(earlier.terms.hashes) :][earlier.facts.numbers].tolist()
    now = (facts.numbers + terms_count).tolist()
    was, starts = earlier.facts.starts.tolist(), facts.starts.tolist()
    return [o >= 0 and before[was[o] : was[o + 1]] == now[starts[row] : starts[row + 1]] for row, o in enumerate(old)]


def _steps_changed(earlier: Snapshot, vectors: Vectors, places: NDArray[int32]) -> NDArray[bool_]:
    """Mark the terms and facts that have become a step more or less common."""
    before = np.full(len(vectors.keys), 255, np.uint8)
    there = places >= 0
    before[places[there]] = earlier.steps[there]
    different: NDArray[bool_] = before != vectors.steps
    return different


def _rows_with(marks: NDArray[bool_], starts: NDArray[int64]) -> set[int]:
    """Rows that contain a marked entry."""
    return set((np.searchsorted(starts, np.flatnonzero(marks), side="right") - 1).tolist())


def _update_query_terms(
    earlier: Snapshot, change: DocumentChanges, vectors: Vectors, places: NDArray[int32], changed: Sequence[int]
) -> QueryTerms:
    """Earlier query terms, and new ones where the vector changed."""
    fresh = choose_query_terms(vectors, np.array(changed, np.int64))
    own = QueryTerms(row_starts(np.diff(fresh.starts)[list(changed)]), fresh.places, fresh.values)
    starts, (all_places, values) = merge_runs(
        find_runs(change.old, changed),
        (earlier.query_terms.starts, places[earlier.query_terms.places], earlier.query_terms.values),
        (own.starts, own.places, own.values),
    )
    return QueryTerms(starts, all_places, values)


def _new_candidates_of(
    earlier: Snapshot,
    change: DocumentChanges,
    vectors: Vectors,
    query_terms: QueryTerms,
    edited: Sequence[int],
    factors: NDArray[float64],
) -> set[int]:
    """Rows of which an edited document would now be a candidate."""
    was = np.array(change.old, np.int64)
    least = np.where(was >= 0, earlier.rows.least[was], 0.0) if len(earlier.ids) else np.zeros(len(was))
    worth = np.zeros(len(vectors.keys), np.float32)
    rows: set[int] = set()
    for row in edited:
        span = slice(vectors.starts[row], vectors.starts[row + 1])
        worth[vectors.places[span]] = vectors.values[span]
        sums = np.concatenate(([0.0], np.cumsum(worth[query_terms.places] * query_terms.values, dtype=np.float64)))
        worth[vectors.places[span]] = 0
        first = sums[query_terms.starts[1:]] - sums[query_terms.starts[:-1]]
        first *= factors[days_between(int(change.days[row]), change.days)]
        rows |= set(np.flatnonzero((first > 0) & (first >= least)).tolist())
    return rows
