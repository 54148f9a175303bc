"""The neighbours of all documents, worked out anew or from an earlier ranking: the same to the last digit."""

import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from site_builder.links.changes import Change, what_changed
from site_builder.links.kept import Kept, Spellings, put_together, rows_now
from site_builder.links.nearest import (
    UNDATED,
    Asked,
    Rows,
    Space,
    asked_terms,
    closeness,
    load_space,
    make_space,
    nearest_of,
    save_space,
)
from site_builder.links.profiles import digest, profile, text_of
from site_builder.links.weighing import Facts, Terms, Vectors, Weights, gather_facts, names_of, weigh
from site_builder.parallel import chunked, make_executor, map_chunks

if TYPE_CHECKING:
    from numpy import float64, int32
    from numpy.typing import NDArray

TEXTS_A_CHUNK: Final = 500
"""Texts of one work unit: some 4 MB."""
ROWS_A_CHUNK: Final = 500
WORTH_A_POOL: Final = 1500
"""Documents below which starting processes costs more than it saves: a text takes 0.4 ms, a row 0.3 ms."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows of all documents in the order of their ids, and all that is needed to work out the next ones."""

    ids: tuple[str, ...]
    digests: tuple[bytes, ...]
    fact_digests: tuple[bytes, ...]
    days: "NDArray[int32]"
    terms: Terms
    spellings: Spellings
    vectors: Vectors
    asked: Asked
    rows: Rows
    weights: Weights
    limit: int
    factors: "NDArray[float64]"
    """What closeness in time multiplies: the table of `closeness`."""
    cited_by: Mapping[str, frozenset[str]]
    """Id -> the documents that link to it."""
    again: frozenset[int]
    """Rows that were worked out this time."""

    def spellings_of(self, row: int, places: Sequence[int]) -> list[str]:
        """How a document writes single stems that it has."""
        terms, spellings = self.terms, self.spellings
        # Single stems come first, so their order is the order of the spellings.
        at = terms.places[terms.starts[row] : terms.starts[row + 1]].searchsorted(places)
        return [spellings.words[w] for w in spellings.written[spellings.starts[row] + at].tolist()]


def keep(ranking: Ranking) -> Kept:
    """Leave out what is quickly made again."""
    vectors, asked = ranking.vectors, ranking.asked
    hashed = Asked(asked.starts, vectors.hashes[asked.places], asked.values)
    return Kept(
        ranking.ids,
        ranking.digests,
        ranking.fact_digests,
        ranking.days,
        ranking.terms,
        ranking.spellings,
        vectors.hashes,
        vectors.steps,
        vectors.lengths,
        vectors.corpus,
        hashed,
        ranking.rows,
        ranking.weights,
        ranking.limit,
    )


def work_out(
    documents: Sequence[Mapping[str, Any]],
    limit: int,
    weights: Weights,
    jobs: int,
    *,
    keeping: bool = False,
    kept: Kept | None = None,
    only: Sequence[int] | None = None,
) -> Ranking:
    """Rank documents that stand in the order of their ids, from an earlier ranking where there is a fitting one.

    `keeping` makes what `keep` needs; `only` leaves all other rows empty, for who wants the vectors.
    """
    if kept is not None and (kept.limit, kept.weights) != (limit, weights):
        kept = None
    ids = tuple(d["id"] for d in documents)
    digests = tuple(digest(text_of(d)) for d in documents) if keeping else ()
    before = dict(zip(kept.ids, range(len(kept.ids)), strict=True)) if kept else {}
    old = [before.get(i, -1) for i in ids]
    fresh = [r for r, o in enumerate(old) if kept is None or o < 0 or kept.digests[o] != digests[r]]
    with _Workers(jobs) as workers:
        texts = (text_of(documents[r]) for r in fresh)
        profiles = list(map_chunks(profile, chunked(texts, TEXTS_A_CHUNK), workers.for_items(len(fresh)), ahead=4))
        terms, spellings = put_together(kept, old, fresh, profiles)
        del profiles
        facts = gather_facts(documents)
        change = Change(old, frozenset(fresh), fact_digests(facts), _days(documents))
        vectors = weigh(terms, facts, weights)
        factors = closeness(weights)
        if kept is None or kept.corpus != vectors.corpus:
            asked, again = asked_terms(vectors), set(range(len(ids)) if only is None else only)
        else:
            asked, again = what_changed(kept, change, vectors, terms, facts, factors)
        rows = _rows(kept, old, again, make_space(vectors, asked, again, change.days, factors), limit, workers)
    return Ranking(
        ids,
        digests,
        change.fact_digests,
        change.days,
        terms,
        spellings,
        vectors,
        asked,
        rows,
        weights,
        limit,
        factors,
        _cited_by(documents),
        frozenset(again),
    )


class _Workers:
    """A pool that is started when there is first work enough for it."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._executor: Executor | None = None

    def for_items(self, count: int) -> Executor | None:
        """The pool, or None: then work in this process."""
        if count < WORTH_A_POOL:
            return None
        if self._executor is None:
            self._executor = make_executor(self._jobs, count)
        return self._executor

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor is not None:
            self._executor.shutdown()


def fact_digests(facts: Facts) -> tuple[bytes, ...]:
    """Tell whether a document's facts are the same as last time: their bytes, as there are few."""
    starts = facts.starts.tolist()
    return tuple(facts.hashes[a:b].tobytes() + facts.shares[a:b].tobytes() for a, b in pairwise(starts))


def _rows(kept: Kept | None, old: Sequence[int], again: set[int], space: Space, limit: int, workers: _Workers) -> Rows:
    """Rows of all documents: those worked out again, and the kept ones with today's numbers."""
    import numpy as np  # noqa: PLC0415

    wanted = sorted(again)
    executor = workers.for_items(len(wanted))
    if executor is None:
        made = nearest_of(space, wanted, limit)
    else:
        with tempfile.TemporaryDirectory() as folder:
            save_space(space, Path(folder))
            work = partial(_rows_of, Path(folder), limit)
            made = _stacked(list(map_chunks(work, chunked(wanted, ROWS_A_CHUNK), executor, ahead=4)))
    if kept is None or len(wanted) == len(old):
        return made
    now = rows_now(kept, old)
    was = np.array(old, np.int64)
    rows = Rows(
        now[kept.rows.neighbours[was]], kept.rows.scores[was], now[kept.rows.candidates[was]], kept.rows.least[was]
    )
    rows.neighbours[wanted], rows.scores[wanted] = made.neighbours, made.scores
    rows.candidates[wanted], rows.least[wanted] = made.candidates, made.least
    return rows


def _rows_of(folder: Path, limit: int, rows: Sequence[int]) -> Rows:
    """A work unit for a pool."""
    return nearest_of(load_space(folder), rows, limit)


def _stacked(parts: Sequence[Rows]) -> Rows:
    import numpy as np  # noqa: PLC0415

    return Rows(
        np.concatenate([p.neighbours for p in parts]),
        np.concatenate([p.scores for p in parts]),
        np.concatenate([p.candidates for p in parts]),
        np.concatenate([p.least for p in parts]),
    )


def _cited_by(documents: Sequence[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    """Id -> the documents that link to it."""
    found: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for target in names_of(document, "links"):
            if target != document["id"]:
                found[target].add(document["id"])
    return {target: frozenset(sources) for target, sources in found.items()}


def _days(documents: Sequence[Mapping[str, Any]]) -> "NDArray[int32]":
    import numpy as np  # noqa: PLC0415

    return np.array([day_of(d.get("date")) for d in documents], np.int32)


def day_of(value: object) -> int:
    """A date, or its ISO form with or without a time, as a day number; UNDATED for anything else."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip()[:10])
        except ValueError:
            return UNDATED
    return value.toordinal() if isinstance(value, date) else UNDATED
