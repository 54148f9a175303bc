"""Which rows of a ranking can have changed since the one that was kept, and only these.

A row (one document's neighbours) is worked out again if its own vector or date changed; if a document among its
candidates changed or went; or if a changed document would now be a candidate. A vector changes with its text or facts,
or when one of its terms has become a step more or less common. In the last case its products with documents that lack
the term stay as they were, and those that have it are worked out again themselves, so no other row is looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from site_builder.related.nearest import Asked, asked_terms, days_between
from site_builder.related.snapshot import Kept, pick, rows_now, runs_of, starts_of
from site_builder.related.vectors import Facts, Terms, Vectors

if TYPE_CHECKING:
    from numpy import bool_, float64, int32, int64
    from numpy.typing import NDArray

MOST_CHANGED: Final = 0.2
"""Share of changed documents above which all rows are worked out: finding out which ones costs as much."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is known of documents before their vectors are."""

    old: Sequence[int]
    """Row in the kept ranking, or -1."""
    fresh: frozenset[int]
    """Rows with new text."""
    fact_digests: tuple[bytes, ...]
    days: "NDArray[int32]"


def what_changed(
    kept: Kept,
    change: Change,
    vectors: Vectors,
    terms: Terms,
    facts: Facts,
    factors: "NDArray[float64]",
) -> tuple[Asked, set[int]]:
    """What each document asks for, and the rows to work out."""
    import numpy as np  # noqa: PLC0415

    old = change.old
    everything = set(range(len(old)))
    moved = _moved(kept, vectors)
    touched = _having(moved[terms.places], terms.starts)
    touched |= _having(moved[np.searchsorted(vectors.hashes, facts.hashes)], facts.starts)
    edited = {
        row
        for row, was in enumerate(old)
        if row in change.fresh
        or kept.fact_digests[was] != change.fact_digests[row]
        or kept.days[was] != change.days[row]
        or kept.lengths[was] != vectors.lengths[row]
    }
    changed = touched | edited
    if len(changed) > MOST_CHANGED * len(old):
        return asked_terms(vectors), everything
    asked = _ask_again(kept, change, vectors, sorted(changed))
    now = rows_now(kept, old)
    lost = np.array([row < 0 or row in edited for row in now[:-1].tolist()] + [False])
    lost_rows = set(now[np.flatnonzero(lost[kept.rows.candidates].any(axis=1))].tolist())
    again = changed | lost_rows | _arrivals(kept, change, vectors, asked, sorted(edited), factors)
    return asked, again - {-1}


def _moved(kept: Kept, vectors: Vectors) -> "NDArray[bool_]":
    """Which terms have become a step more or less common."""
    import numpy as np  # noqa: PLC0415

    before = np.full(len(vectors.hashes), 255, np.uint8)
    at = np.minimum(np.searchsorted(vectors.hashes, kept.hashes), max(0, len(vectors.hashes) - 1))
    same = vectors.hashes[at] == kept.hashes if len(vectors.hashes) else np.zeros(len(kept.hashes), bool)
    before[at[same]] = kept.steps[same]
    different: NDArray[bool_] = before != vectors.steps
    return different


def _having(marks: "NDArray[bool_]", starts: "NDArray[int64]") -> set[int]:
    """Rows with a mark."""
    import numpy as np  # noqa: PLC0415

    return set((np.searchsorted(starts, np.flatnonzero(marks), side="right") - 1).tolist())


def _ask_again(kept: Kept, change: Change, vectors: Vectors, changed: Sequence[int]) -> Asked:
    """Kept terms to ask for, and new ones where the vector changed."""
    import numpy as np  # noqa: PLC0415

    places = np.searchsorted(vectors.hashes, kept.asked.places).astype(np.int32)
    fresh = asked_terms(vectors, np.array(changed, np.int64))
    own = Asked(starts_of(np.diff(fresh.starts)[list(changed)]), fresh.places, fresh.values)
    starts, (all_places, values) = pick(
        runs_of(change.old, changed),
        (kept.asked.starts, places, kept.asked.values),
        (own.starts, own.places, own.values),
    )
    return Asked(starts, all_places, values)


def _arrivals(
    kept: Kept,
    change: Change,
    vectors: Vectors,
    asked: Asked,
    edited: Sequence[int],
    factors: "NDArray[float64]",
) -> set[int]:
    """Rows that an edited document would now be a candidate of."""
    import numpy as np  # noqa: PLC0415

    was = np.array(change.old, np.int64)
    least = np.where(was >= 0, kept.rows.least[was], 0.0) if len(kept.ids) else np.zeros(len(was))
    worth = np.zeros(len(vectors.hashes), np.float32)
    rows: set[int] = set()
    for row in edited:
        span = slice(vectors.starts[row], vectors.starts[row + 1])
        worth[vectors.places[span]] = vectors.values[span]
        sums = np.concatenate(([0.0], np.cumsum(worth[asked.places] * asked.values, dtype=np.float64)))
        worth[vectors.places[span]] = 0
        first = sums[asked.starts[1:]] - sums[asked.starts[:-1]]
        first *= factors[days_between(int(change.days[row]), change.days)]
        rows |= set(np.flatnonzero((first > 0) & (first >= least)).tolist())
    return rows
