"""Term counts and facts to one vector of whole numbers for each document; the product of two is their likeness.

Everything that depends on the other documents is rounded to steps: how common a term is to powers of two, the number of
documents and the mean length to quarters of one, each length to 1 %. So an edit leaves nearly all vectors unchanged.
The numbers are whole and small, so that sums of products are exact in any order, in 32-bit floats as well.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, chain
from typing import Any, Final, TypeAlias

import numpy as np
from numpy import bool_, float32, int32, int64, uint8, uint32
from numpy.typing import NDArray

from site_builder.config.option_values import Weights
from site_builder.related.term_counts import PAIR


class FactKind(IntEnum):
    """Kinds of what two documents may have in common beside words."""

    TOPIC = 0
    ENTITY = 1
    REFERENCE = 2
    """Something that a document links to."""
    CITED_BY = 3
    """A document that links to it."""
    DIRECT = 4
    """A link between two documents, the same from either side."""


FACT: Final = PAIR << 1
"""Added to the number of a fact where it stands beside hashes of terms, which are all smaller."""

SCALE: Final = 2048
"""One, in whole numbers: SCALE² times all weights stays below 2^24, up to where 32-bit floats count exactly."""
PAIR_WEIGHT: Final = 0.7
"""A pair of stems against a single one. On the seven collections named in `term_counts`: recall@5 +0.02 over none, and
0.3 to 1.2 differ by 0.005."""
PIVOT: Final = 0.85
"""How far a long vector is shortened: 1 is the cosine. 0.8 to 0.9 gave +0.005 recall@5 in the mean over 1."""
SMOOTHING_DOCUMENTS: Final = 8
"""Added to the number of documents, so that among a handful a word that all have still counts a little."""
MIN_RARITY: Final = 0.75
"""In powers of two: terms in more than six documents in ten are left out."""
_RAW_SCALE: Final = 64
_BLOCK_ENTRIES: Final = 1 << 16
_LENGTH_STEPS: Final = 64
"""Steps per doubling: 1 %."""


SparseRows: TypeAlias = tuple[NDArray[int64], NDArray[int32], NDArray[float32]]
"""Rows of a matrix: where each starts, the columns, the values."""


@dataclass(frozen=True, slots=True)
class CorpusTerms:
    """The texts of all documents as counted terms."""

    starts: NDArray[int64]
    """Where each document begins, and the end of the last."""
    places: NDArray[int32]
    """For every term of every document its place in `hashes`, ascending in each document."""
    counts: NDArray[uint8]
    hashes: NDArray[uint32]
    """Every term once, ascending."""


@dataclass(frozen=True, slots=True)
class CorpusFacts:
    """Topics, entities and links of all documents, numbered in the order of their kinds and names.

    Numbers and not hashes, since two links that shared a hash would relate documents that are not linked. A number
    holds for these documents only; another run finds the same fact by its name.
    """

    starts: NDArray[int64]
    """Where each document begins, and the end of the last."""
    numbers: NDArray[int32]
    """For every fact of every document its place in `names`."""
    shares: NDArray[float32]
    """1 divided by the square root of how many of its kind the document has; 1 for direct links."""
    names: tuple[str, ...]
    """Every fact once: by kind, then by name."""
    kind_starts: tuple[int, ...]
    """Where each FactKind begins in `names`, and the end of the last."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors of all documents, and what they were made of that depends on the other documents."""

    starts: NDArray[int64]
    text_ends: NDArray[int64]
    """Where the facts of each document begin."""
    places: NDArray[int32]
    values: NDArray[float32]
    """Whole numbers."""
    keys: NDArray[uint32]
    """Hashes of terms, then FACT + number for facts: ascending."""
    steps: NDArray[uint8]
    """How common each is: the power of two, rounded; 255 for what only one document has."""
    lengths: NDArray[int32]
    """Of each document's text, in steps."""
    corpus: tuple[float, float]
    """Number of documents and mean length, in steps: what every vector depends on."""
    used: NDArray[bool_]
    """Which entries of the terms are in the vectors: what is too rare or too common is worth nothing."""


def names_of(document: Mapping[str, Any], field: str) -> list[str]:
    """The names in a field, each once, in order; what is no list of names counts as empty."""
    value = document.get(field)
    if not isinstance(value, list | tuple | set | frozenset | Sequence) or isinstance(value, str | bytes):
        return []
    return sorted({name for v in value if v is not None and (name := str(v))})


def gather_facts(documents: Sequence[Mapping[str, Any]]) -> CorpusFacts:
    """Facts of documents that stand in the order of their ids."""
    known = {d["id"] for d in documents}
    cited: dict[str, list[str]] = defaultdict(list)
    links = [[name for name in names_of(d, "links") if name != d["id"]] for d in documents]
    for document, targets in zip(documents, links, strict=True):
        for target in targets:
            if target in known:
                cited[target].append(document["id"])
    owned: list[tuple[FactKind, list[str]]] = []
    shares: list[float] = []
    starts = [0]
    for document, targets in zip(documents, links, strict=True):
        own = document["id"]
        sources = cited.get(own, [])
        of_kinds = (
            (FactKind.TOPIC, names_of(document, "topics")),
            (FactKind.ENTITY, names_of(document, "entities")),
            (FactKind.REFERENCE, targets),
            (FactKind.CITED_BY, sources),
        )
        for kind, names in of_kinds:
            owned.append((kind, names))
            shares += [len(names) ** -0.5] * len(names) if names else []
        other = sorted({*sources, *(t for t in targets if t in known)})
        owned.append((FactKind.DIRECT, [_edge(own, name) for name in other]))
        shares += [1.0] * len(other)
        starts.append(len(shares))
    names_by_kind = [sorted({*chain.from_iterable(n for k, n in owned if k is kind)}) for kind in FactKind]
    kind_starts = tuple(accumulate(map(len, names_by_kind), initial=0))
    places = [dict(zip(n, range(s, s + len(n)), strict=True)) for n, s in zip(names_by_kind, kind_starts, strict=False)]
    numbers = chain.from_iterable(map(places[kind].__getitem__, names) for kind, names in owned)
    return CorpusFacts(
        np.array(starts, np.int64),
        np.fromiter(numbers, np.int32, len(shares)),
        np.array(shares, np.float32),
        tuple(chain.from_iterable(names_by_kind)),
        kind_starts,
    )


def _edge(one: str, other: str) -> str:
    """Name the link between two documents, the same from either side; the length keeps the two ids apart."""
    if other < one:
        one, other = other, one
    return f"{len(one)} {one} {other}"


def renumber_facts(before: CorpusFacts, now: CorpusFacts) -> NDArray[int32]:
    """Number of each earlier fact -> its number now, or -1: by kind and name."""
    if before.names == now.names and before.kind_starts == now.kind_starts:
        return np.arange(len(now.names), dtype=np.int32)
    found: list[int] = []
    for kind in FactKind:
        start, end = now.kind_starts[kind : kind + 2]
        places = dict(zip(now.names[start:end], range(start, end), strict=True))
        found += (places.get(name, -1) for name in before.names[slice(*before.kind_starts[kind : kind + 2])])
    return np.array(found, np.int32)


def frequency_steps(frequencies: NDArray[Any]) -> NDArray[uint8]:
    """Powers of two, rounded: 2 -> 1, 3 -> 2, 5 -> 2, 6 -> 3. 255 for what is found once or not at all."""
    steps: NDArray[uint8] = np.rint(np.log2(np.maximum(frequencies, 1))).astype(np.uint8)
    steps[frequencies < 2] = 255
    return steps


def make_vectors(terms: CorpusTerms, facts: CorpusFacts, weights: Weights) -> Vectors:
    """Turn counts into vectors."""
    documents = len(terms.starts) - 1
    total = round(np.log2(documents + SMOOTHING_DOCUMENTS) * 4) / 4
    steps = frequency_steps(np.bincount(terms.places, minlength=len(terms.hashes)))
    raw_of = _raw_values(terms, steps, total)
    squares = np.zeros(documents, np.int64)
    for rows, entries in blocks(terms.starts):
        raw = raw_of(entries)
        squares[rows] = _row_sums(raw * raw, terms.starts[rows.start : rows.stop + 1] - entries.start)
    lengths = np.rint(np.log2(np.maximum(squares, 1)) / 2 * _LENGTH_STEPS).astype(np.int32)
    filled = squares[squares > 0]
    mean = round(float(np.log2(np.sqrt(filled).sum() / len(filled))) * 4) / 4 if len(filled) else 0.0
    divisor = (1 - PIVOT) * 2.0**mean + PIVOT * np.exp2(lengths / _LENGTH_STEPS)
    factor = (SCALE * weights.text**0.5 / divisor).astype(np.float32)
    values = np.empty(len(terms.places), np.float32)
    sizes = np.diff(terms.starts)
    for rows, entries in blocks(terms.starts):
        np.rint(raw_of(entries) * np.repeat(factor[rows], sizes[rows]), out=values[entries], casting="same_kind")
    fact_steps = frequency_steps(np.bincount(facts.numbers, minlength=len(facts.names)))
    fact_values = np.rint(_fact_values(facts, fact_steps, total, weights)[facts.numbers] * facts.shares)
    used = values > 0
    texts = _select((terms.starts, terms.places, values), used)
    starts, all_places, all_values = _append_facts(
        texts,
        (facts.starts, facts.numbers + np.int32(len(terms.hashes)), fact_values.astype(np.float32)),
    )
    return Vectors(
        starts,
        starts[:-1] + np.diff(texts[0]),
        all_places,
        all_values,
        np.concatenate((terms.hashes, np.arange(FACT, FACT + len(facts.names), dtype=np.uint32))),
        np.concatenate((steps, fact_steps)),
        lengths,
        (total, mean),
        used,
    )


def blocks(starts: NDArray[int64]) -> Iterator[tuple[slice, slice]]:
    """Rows, and their entries, as many as fit into the processor's cache: much is worked out of each entry."""
    row, rows = 0, len(starts) - 1
    while row < rows:
        end = min(rows, max(row + 1, int(np.searchsorted(starts, starts[row] + _BLOCK_ENTRIES, side="right")) - 1))
        yield slice(row, end), slice(int(starts[row]), int(starts[end]))
        row = end


def _raw_values(terms: CorpusTerms, steps: NDArray[uint8], total: float) -> Callable[[slice], NDArray[int32]]:
    """Square root of the count, times rarity: from a table, as there are only a few thousand values."""
    powers = np.arange(64) // 2
    rarity = np.where(powers >= 31, 0.0, total - powers)
    rarity[rarity < MIN_RARITY] = 0
    rarity[1::2] *= PAIR_WEIGHT
    table = np.rint(_RAW_SCALE * np.sqrt(np.arange(256))[None, :] * rarity[:, None]).astype(np.int32).ravel()
    rows = (np.minimum(steps, 31).astype(np.int32) * 2 + (terms.hashes >= PAIR)) * np.int32(256)
    return lambda entries: table[rows[terms.places[entries]] + terms.counts[entries]]


def _fact_values(facts: CorpusFacts, steps: NDArray[uint8], total: float, weights: Weights) -> NDArray[Any]:
    """What a fact adds to a vector in which it stands alone."""
    kinds = np.repeat(np.arange(len(FactKind)), np.diff(facts.kind_starts))
    parts = (weights.topics, weights.entities, weights.coupling, weights.cocited, weights.direct)
    rarity = np.clip((total - steps) / total, 0, 1)
    rarity[kinds == FactKind.DIRECT] = 1
    rarity[steps == 255] = 0
    values: NDArray[Any] = SCALE * np.sqrt(np.array(parts))[kinds] * rarity
    return values


def _append_facts(terms: "SparseRows", facts: "SparseRows") -> "SparseRows":
    """Put each document's facts, without zeros, behind its terms."""
    starts, places, values = terms
    fact_starts, fact_places, fact_values = _select(facts, facts[2] > 0)
    both = starts + fact_starts
    of_facts = np.repeat(starts[1:], np.diff(fact_starts)) + np.arange(fact_starts[-1])
    of_terms = np.ones(both[-1], bool)
    of_terms[of_facts] = False
    all_places, all_values = np.empty(both[-1], np.int32), np.empty(both[-1], np.float32)
    all_places[of_terms], all_values[of_terms] = places, values
    all_places[of_facts], all_values[of_facts] = fact_places, fact_values
    return both, all_places, all_values


def _select(part: "SparseRows", kept: NDArray[bool_]) -> "SparseRows":
    """Leave entries out."""
    starts, places, values = part
    return np.concatenate(([0], np.cumsum(kept)))[starts], places[kept], values[kept]


def _row_sums(values: NDArray[int32], starts: NDArray[int64]) -> NDArray[int64]:
    """Sum each row of whole numbers; 0 for empty ones."""
    sums = np.zeros(len(starts) - 1, np.int64)
    filled = np.flatnonzero(np.diff(starts))
    if len(filled):
        sums[filled] = np.add.reduceat(values, starts[filled], dtype=np.int64)
    return sums
