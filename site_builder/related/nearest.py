"""The nearest documents of every document, from their vectors, in two steps.

First the strongest terms of a document find candidates through an inverted index; then these alone are compared by
their whole vectors. A row depends on nothing but vectors and dates, so rows may be computed in any order and process.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy import bool_, float32, float64, int32, int64, uint8, uint32
from numpy.typing import NDArray

from site_builder.config.option_values import Weights
from site_builder.related.vectors import SCALE, Vectors

MAX_QUERY_TERMS: Final = 25
"""Strongest terms by which candidates are found: with 60 to 130 candidates, 25 and 40 give the same recall@5 (mean of
the seven collections named in `term_counts`)."""
COMMON_SHARE: Final = 0.1
"""Terms of more documents than this share, and of more than COMMON_DOCUMENTS, are too common to find candidates."""
COMMON_DOCUMENTS: Final = 200
MAX_POSTINGS: Final = 4000
"""Postings of a row's query terms, counted by how common these are: the commonest terms are left out beyond it. Only
collections of more than 10,000 documents reach it, and in larger ones a row takes no longer."""
SPARE_CANDIDATES: Final = 15
"""Candidates beyond the entries wanted, since the second step changes the order."""
MAX_CANDIDATES: Final = 72
"""Candidates of a row: comparing 130 instead changed neither recall@5 nor nDCG@10 and took twice as long."""
MAX_DAYS_APART: Final = 36_500
"""Dates farther apart count as unknown."""
DECIMALS: Final = 6
"""Decimals of a score."""
UNDATED: Final = -1_000_000_000
"""A day number farther from all dates than MAX_DAYS_APART."""
MIN_DUPLICATE_LIKENESS: Final = 0.7
"""Likeness of two texts (1: the same text) from which they are near-duplicates: a release note for two versions, a text
published twice."""


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The terms of each document by which its candidates are found."""

    starts: NDArray[int64]
    places: NDArray[Any]
    values: NDArray[float32]


@dataclass(frozen=True, slots=True)
class NeighbourRows:
    """Neighbours of some documents: positions and scores, best first, filled up with -1."""

    neighbours: NDArray[int32]
    scores: NDArray[float64]
    candidates: NDArray[int32]
    """All documents that were compared, in no order."""
    least: NDArray[float64]
    """Score of the weakest candidate in the first step; 0 where there was room for more."""
    duplicates: NDArray[bool_]
    """Whether a neighbour is a near-duplicate."""


def closeness(weights: Weights) -> NDArray[float64]:
    """Days between two dates -> factor of the score, 1 at most; the last entry is for unknown dates."""
    near = np.append(1 / (1 + np.arange(MAX_DAYS_APART + 1) / weights.days), 0.0)
    factors: NDArray[float64] = (1 + weights.time * near) / (1 + weights.time)
    return factors


def days_between(day: int, days: NDArray[int32]) -> NDArray[Any]:
    """Places in the table of `closeness`."""
    if day == UNDATED:
        return np.full(len(days), MAX_DAYS_APART + 1)
    return np.minimum(np.abs(days - day), MAX_DAYS_APART + 1)


def choose_query_terms(vectors: Vectors, only: NDArray[Any] | None = None) -> QueryTerms:
    """Choose each document's strongest terms that are not too common, ties by hash; `only` for these documents."""
    documents = len(vectors.starts) - 1
    too_common = np.log2(max(COMMON_DOCUMENTS, COMMON_SHARE * 2.0 ** vectors.corpus[0]))
    rare = vectors.steps <= too_common
    starts = vectors.starts.tolist()
    parts = []
    counts = np.zeros(documents, np.int64)
    order = np.arange(max(map(int.__sub__, starts[1:], starts), default=0))
    for row in range(documents) if only is None else only.tolist():
        begin, end = starts[row], starts[row + 1]
        # Strongest first, ties by place: one number for both. What is too common becomes negative.
        key = (vectors.values[begin:end] * rare[vectors.places[begin:end]]).astype(np.int64)
        key <<= 24
        key -= order[: end - begin]
        best = (
            key.argpartition(-MAX_QUERY_TERMS)[-MAX_QUERY_TERMS:] if len(key) > MAX_QUERY_TERMS else np.arange(len(key))
        )
        best = best[key[best] > 0]
        best.sort()
        best += begin
        parts.append(best)
        counts[row] = len(best)
    at = np.concatenate(parts) if parts else np.zeros(0, np.int64)
    affordable = _affordable(vectors.steps[vectors.places[at]], counts)
    at = at[affordable]
    counts = np.bincount(np.repeat(np.arange(documents), counts)[affordable], minlength=documents)
    return QueryTerms(np.concatenate(([0], np.cumsum(counts))), vectors.places[at], vectors.values[at])


def _affordable(steps: NDArray[uint8], counts: NDArray[int64]) -> NDArray[bool_]:
    """Mark the rarest terms of each row that have at most MAX_POSTINGS together; `counts`: terms of each row."""
    rows = np.repeat(np.arange(len(counts)), counts)
    if not len(rows):
        return np.zeros(0, bool)
    order = np.lexsort((steps, rows))
    postings = np.cumsum(1 << steps[order].astype(np.int64))
    ends = np.cumsum(counts)
    before = np.concatenate(([0], postings))[ends - counts]
    affordable = np.empty(len(rows), bool)
    affordable[order] = postings - before[rows] <= MAX_POSTINGS
    return affordable


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Vectors, and their inverse for query terms: all that a row is computed from.

    Terms are renumbered, the commonest first, so that those of most products lie close together in memory.
    """

    starts: NDArray[int64]
    text_ends: NDArray[int64]
    places: NDArray[int32]
    values: NDArray[float32]
    keys: NDArray[uint32]
    steps: NDArray[uint8]
    query_terms: QueryTerms
    posting_starts: NDArray[int64]
    """Place of a term -> where its postings begin, if it is a query term of some document."""
    postings: NDArray[int32]
    posting_values: NDArray[float32]
    """Value of the term in each document of `postings`."""
    days: NDArray[int32]
    """Date of each document as a day number, or UNDATED."""
    factors: NDArray[float64]


def make_index(
    vectors: Vectors, query_terms: QueryTerms, rows: Iterable[int], days: NDArray[int32], factors: NDArray[float64]
) -> VectorIndex:
    """Invert the vectors for the query terms of these rows."""
    count = len(vectors.keys)
    frequencies = np.bincount(vectors.places, minlength=count)
    order = np.argsort(-frequencies, kind="stable")
    numbers = np.empty(count, np.int32)
    numbers[order] = np.arange(count, dtype=np.int32)
    places = numbers[vectors.places]
    query_terms = QueryTerms(query_terms.starts, numbers[query_terms.places], query_terms.values)
    asking = np.zeros(len(vectors.starts) - 1, bool)
    asking[list(rows)] = True
    wanted = np.zeros(count, bool)
    wanted[query_terms.places[np.repeat(asking, np.diff(query_terms.starts))]] = True
    entries = np.flatnonzero(wanted[places])
    terms = places[entries]
    # One plain sort of (term, entry) is four times as fast as a stable argsort.
    keys = np.sort((terms.astype(np.uint64) << np.uint64(32)) | entries.astype(np.uint64))
    entries = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return VectorIndex(
        vectors.starts,
        vectors.text_ends,
        places,
        vectors.values,
        vectors.keys[order],
        vectors.steps[order],
        query_terms,
        np.concatenate(([0], np.cumsum(np.bincount(terms, minlength=count)))),
        (np.searchsorted(vectors.starts, entries, side="right") - 1).astype(np.int32),
        vectors.values[entries],
        days,
        factors,
    )


def save_index(vector_index: VectorIndex, folder: Path) -> None:
    """Save it for other processes, which then share its memory."""
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(vector_index, name))
    for name in _QUERY_ARRAYS:
        np.save(folder / f"query_{name}.npy", getattr(vector_index.query_terms, name))


def load_index(folder: Path) -> VectorIndex:
    """Load what `save_index` saved."""
    # As plain arrays: a slice of a memmap costs ten times as much.
    query_terms = QueryTerms(
        *(np.asarray(np.load(folder / f"query_{name}.npy", mmap_mode="r")) for name in _QUERY_ARRAYS)
    )
    arrays = {name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS}
    return VectorIndex(query_terms=query_terms, **arrays)


_QUERY_ARRAYS: Final = ("starts", "places", "values")
_ARRAYS: Final = (
    "starts",
    "text_ends",
    "places",
    "values",
    "keys",
    "steps",
    "posting_starts",
    "postings",
    "posting_values",
    "days",
    "factors",
)


def nearest_of(vector_index: VectorIndex, rows: Sequence[int], limit: int, weights: Weights) -> NeighbourRows:
    """Compute rows: at most `limit` neighbours of each."""
    width = min(limit + SPARE_CANDIDATES, MAX_CANDIDATES)
    buffer = np.zeros(len(vector_index.keys), np.float32)
    neighbours = np.full((len(rows), min(limit, width)), -1, np.int32)
    scores = np.zeros(neighbours.shape)
    candidates = np.full((len(rows), width), -1, np.int32)
    least = np.zeros(len(rows))
    duplicates = np.zeros(neighbours.shape, bool)
    # Far apart in time, a near-duplicate has at least this score.
    least_of_duplicates = MIN_DUPLICATE_LIKENESS * weights.text / (1 + weights.time)
    for at, row in enumerate(rows):
        found, weakest = _candidates(vector_index, row, width)
        if not len(found):
            continue
        exact, products = _scores(vector_index, row, found, buffer)
        # The stable sort keeps the order of ids among equals, since candidates ascend.
        best = np.argsort(-exact, kind="stable")[:limit]
        ordered = exact[best]
        count = int(np.count_nonzero(ordered > 0))
        neighbours[at, :count] = found[best[:count]]
        scores[at, :count] = ordered[:count]
        candidates[at, : len(found)] = found
        least[at] = weakest
        if ordered[0] >= least_of_duplicates > 0:
            close = best[: int(np.count_nonzero(ordered >= least_of_duplicates))]
            texts = products[close] - _fact_products(vector_index, row, found[close])
            duplicates[at, : len(close)] = texts >= MIN_DUPLICATE_LIKENESS * SCALE**2 * weights.text
    return NeighbourRows(neighbours, scores, candidates, least, duplicates)


def _candidates(vector_index: VectorIndex, row: int, width: int) -> tuple[NDArray[Any], float]:
    """The documents that share most with the row's query terms, in ascending order, and the share of the weakest."""
    begin, end = vector_index.query_terms.starts[row], vector_index.query_terms.starts[row + 1]
    wanted = vector_index.query_terms.places[begin:end]
    starts, ends = vector_index.posting_starts[wanted], vector_index.posting_starts[wanted + 1]
    spans = list(map(slice, starts.tolist(), ends.tolist()))
    if not spans:
        return np.zeros(0, np.int32), 0.0
    owners = np.concatenate([vector_index.postings[s] for s in spans])
    worth = np.concatenate([vector_index.posting_values[s] for s in spans])
    worth *= np.repeat(vector_index.query_terms.values[begin:end], ends - starts)
    found, total = _sum_by_owner(owners, worth, len(vector_index.days))
    other = found != row
    found, total = found[other], total[other]
    first = total * vector_index.factors[days_between(int(vector_index.days[row]), vector_index.days[found])]
    if len(found) <= width:
        return found, 0.0
    weakest = float(np.partition(first, len(first) - width)[len(first) - width])
    # Equals at the border: those with the smaller ids, so that there are exactly `width`.
    above = first > weakest
    border = np.flatnonzero(first == weakest)[: width - int(np.count_nonzero(above))]
    above[border] = True
    return found[above], weakest


def _sum_by_owner(owners: NDArray[int32], worth: NDArray[float32], documents: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Each owner once, ascending, with its sum. The numbers are whole, so both ways give the same."""
    if documents < _DENSE_DOCUMENTS * len(owners):
        total = np.bincount(owners, worth, minlength=documents)
        found = np.flatnonzero(total)
        return found, total[found]
    keys = (owners.astype(np.int64) << _PRODUCT_BITS) | worth.astype(np.int64)
    keys.sort()
    owners = keys >> _PRODUCT_BITS
    starts = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
    return owners[starts], np.add.reduceat(keys & ((1 << _PRODUCT_BITS) - 1), starts).astype(np.float64)


_DENSE_DOCUMENTS: Final = 12
"""Documents for each answer above which sorting the postings takes less than a counter for every document."""
_PRODUCT_BITS: Final = 25
"""Room for a product, which stays below 2^24."""


def _scores(
    vector_index: VectorIndex, row: int, others: NDArray[Any], buffer: NDArray[float32]
) -> tuple[NDArray[float64], NDArray[float64]]:
    """Score a document with others by their whole vectors. Gives scores, and the products of the vectors."""
    begin, end = vector_index.starts[row], vector_index.starts[row + 1]
    own = vector_index.places[begin:end]
    buffer[own] = vector_index.values[begin:end]
    starts, ends = vector_index.starts[others], vector_index.starts[others + 1]
    spans = list(map(slice, starts.tolist(), ends.tolist()))
    # mode="clip" only spares the check of bounds.
    products = buffer.take(np.concatenate([vector_index.places[s] for s in spans]), mode="clip")
    products *= np.concatenate([vector_index.values[s] for s in spans])
    buffer[own] = 0
    lengths = ends - starts
    sums = np.add.reduceat(products, np.cumsum(lengths) - lengths).astype(np.float64)
    return scores_of(
        sums, vector_index.factors[days_between(int(vector_index.days[row]), vector_index.days[others])]
    ), sums


def _fact_products(vector_index: VectorIndex, row: int, others: NDArray[Any]) -> NDArray[float64]:
    """The part of the products that facts add."""
    mine = slice(vector_index.text_ends[row], vector_index.starts[row + 1])
    spans = list(map(slice, vector_index.text_ends[others].tolist(), vector_index.starts[others + 1].tolist()))
    places = np.concatenate([vector_index.places[s] for s in spans])
    values = np.concatenate([vector_index.values[s] for s in spans])
    owners = np.repeat(np.arange(len(others)), vector_index.starts[others + 1] - vector_index.text_ends[others])
    hits, at = (places[:, None] == vector_index.places[mine]).nonzero()
    sums: NDArray[Any] = np.bincount(owners[hits], values[hits] * vector_index.values[mine][at], minlength=len(others))
    return sums


def product_of(vector_index: VectorIndex, row: int, other: int) -> float:
    """The product of two vectors."""
    mine, yours = (slice(int(vector_index.starts[r]), int(vector_index.starts[r + 1])) for r in (row, other))
    _, at, there = np.intersect1d(
        vector_index.places[mine], vector_index.places[yours], assume_unique=True, return_indices=True
    )
    return float((vector_index.values[mine][at] * vector_index.values[yours][there]).sum())


def score_of(product: float, factor: float) -> float:
    """Product of two vectors, and closeness in time, to a score in 0..1."""
    return float(scores_of(product, factor))


def scores_of(products: NDArray[float64] | float, factors: NDArray[float64] | float) -> NDArray[float64]:
    """The scores of many pairs."""
    rounded: NDArray[float64] = np.minimum(np.round(products / SCALE**2 * factors, DECIMALS), 1.0)
    return rounded
