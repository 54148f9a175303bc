"""What pairs of documents have in common, from the strongest terms and the facts of each; works in any process.

Depends only on the two documents of a pair, their score, and how common terms are, in the steps of `vectors`. So what
is known of a pair stays true as long as both vectors do.
"""

import pickle
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from math import log2
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
from numpy import bool_, int64, uint8, uint32, uint64
from numpy.typing import NDArray

from site_builder.related.nearest import VectorIndex
from site_builder.related.reason_words import SharedSpellings
from site_builder.related.snapshot import Spellings
from site_builder.related.term_counts import PAIR
from site_builder.related.vectors import FACT, CorpusFacts, CorpusTerms, FactKind, Vectors, names_of
from site_builder.text.tokenizer import root

MAX_NAMES: Final = 3
"""Words or names given for each signal."""
MAX_COMMON_SHARE: Final = 0.2
"""Words of more documents than this share are given only where there are no others, in collections above"""
SMALL_CORPUS_STEP: Final = 5.25
"""this size: the step for 34 documents."""
MAX_STEMS: Final = 40
"""Single roots of a document that may be given."""
MIN_OCCURRENCES: Final = 2
"""A word that a body has less often, and neither title nor summary, is given only where there is no other."""

RowScores: TypeAlias = tuple[int, Sequence[tuple[int, float]]]
"""A row, and the rows it is compared with, each with its score."""
WEAK_FACTOR: Final = 1e-9
"""Factor for the value of a word that says little: values are whole numbers, so it comes after all others."""


@dataclass(frozen=True, slots=True)
class WordTable:
    """The words behind the terms, and all links: arrays only, so that processes share them."""

    starts: NDArray[int64]
    """Where each document's words begin in the next three arrays."""
    written: NDArray[uint32]
    """How it spells each of its single roots, in their order: places in `text`."""
    counts: NDArray[uint8]
    """How often it has each."""
    used: NDArray[bool_]
    """Which of the roots are in its vector."""
    text: NDArray[uint8]
    """All words, in UTF-8 with spaces between."""
    links: NDArray[uint64]
    """Ascending: source row in the upper half, target row in the lower."""


@dataclass(frozen=True, slots=True)
class DocumentFeatures:
    """What may be said of a document."""

    values: Mapping[int, float]
    """Hash of a word -> its value, times WEAK_FACTOR where it says little."""
    words: Mapping[int, str]
    """Hash of a word -> how it is written."""
    facts: Mapping[int, float]
    """Number of a topic, entity or link -> its value."""


@dataclass
class ExplanationIndex:
    """Everything that explanations of pairs are made from."""

    vector_index: VectorIndex
    words_table: WordTable
    names: tuple[str, ...]
    """Names of topics and entities, which have the first numbers of all facts."""
    kind_starts: tuple[int, ...]
    """Number of the first fact of each kind."""
    common: float
    """Step from which a word is common."""
    features: dict[int, DocumentFeatures] = field(default_factory=dict)
    """By row, made when first asked for."""
    spellings: SharedSpellings = field(default_factory=SharedSpellings)

    @cached_property
    def words(self) -> list[str]:
        """All words as written."""
        return self.words_table.text.tobytes().decode("utf-8", "surrogatepass").split(" ")

    def features_of(self, row: int) -> DocumentFeatures:
        """The features of one document."""
        found = self.features.get(row)
        if found is None:
            found = self.features[row] = _features(self, row)
        return found


@dataclass(slots=True)
class SharedFacts:
    """The facts that one document has in common with another, the same from either side but for `linked`."""

    parts: dict[FactKind, float]
    """Kind -> what it adds to the product of the two vectors."""
    counts: dict[FactKind, int]
    """How many of each kind."""
    topics: tuple[str, ...]
    """The strongest first."""
    entities: tuple[str, ...]
    """The strongest first."""
    linked: tuple[bool, bool]
    """Whether the first links to the second, and the second to the first."""


def make_explanations(
    documents: Sequence[Mapping[str, Any]],
    terms: CorpusTerms,
    spellings: Spellings,
    facts: CorpusFacts,
    vectors: Vectors,
    vector_index: VectorIndex,
) -> ExplanationIndex:
    """Prepare explanations of documents that stand in the order of their ids."""
    total = vectors.corpus[0]
    # Half a step less, as steps are rounded: no common word passes for rare.
    common = total + log2(MAX_COMMON_SHARE) - 0.5 if total > SMALL_CORPUS_STEP else 255.0
    names = facts.names[: facts.kind_starts[FactKind.REFERENCE]]
    return ExplanationIndex(
        vector_index, _word_table(documents, terms, spellings, vectors), names, facts.kind_starts, common
    )


def _word_table(
    documents: Sequence[Mapping[str, Any]], terms: CorpusTerms, spellings: Spellings, vectors: Vectors
) -> WordTable:
    # Single roots come first, in each document and among all hashes.
    single = terms.places < np.searchsorted(terms.hashes, PAIR)
    text = np.frombuffer(" ".join(spellings.words).encode("utf-8", "surrogatepass"), np.uint8)
    places = {d["id"]: row for row, d in enumerate(documents)}
    links = [
        row << 32 | places[name]
        for row, document in enumerate(documents)
        for name in names_of(document, "links")
        if name in places
    ]
    of_links = np.sort(np.array(links, np.uint64))
    return WordTable(spellings.starts, spellings.written, terms.counts[single], vectors.used[single], text, of_links)


def save_explanations(explanations: ExplanationIndex, folder: Path) -> None:
    """Save it for other processes, without the vector index."""
    for one in fields(WordTable):
        np.save(folder / f"lexicon_{one.name}.npy", getattr(explanations.words_table, one.name))
    (folder / "names.pickle").write_bytes(
        pickle.dumps((explanations.names, explanations.kind_starts, explanations.common))
    )


def load_explanations(folder: Path, vector_index: VectorIndex) -> ExplanationIndex:
    """Load what `save_explanations` saved."""
    arrays = (np.asarray(np.load(folder / f"lexicon_{f.name}.npy", mmap_mode="r")) for f in fields(WordTable))
    names, kind_starts, common = pickle.loads((folder / "names.pickle").read_bytes())  # noqa: S301 (our own, of this run)
    return ExplanationIndex(vector_index, WordTable(*arrays), names, kind_starts, common)


def _features(explanations: ExplanationIndex, row: int) -> DocumentFeatures:
    vector_index, words_table, written = explanations.vector_index, explanations.words_table, explanations.words
    begin, text_end, end = (
        int(vector_index.starts[row]),
        int(vector_index.text_ends[row]),
        int(vector_index.starts[row + 1]),
    )
    own = slice(int(words_table.starts[row]), int(words_table.starts[row + 1]))
    used = words_table.used[own].nonzero()[0]
    places = vector_index.places[begin : begin + len(used)]
    values = vector_index.values[begin : begin + len(used)]
    # Stable, so that equals come in the order of their hashes.
    best = (-values).argsort(kind="stable")[:MAX_STEMS]
    of_best = used[best]
    weak = (vector_index.steps[places[best]] >= explanations.common) | (
        words_table.counts[own][of_best] < MIN_OCCURRENCES
    )
    hashes = vector_index.keys[places[best]].tolist()
    words = map(written.__getitem__, words_table.written[own][of_best].tolist())
    valued = np.where(weak, values[best] * WEAK_FACTOR, values[best]).tolist()
    facts = (vector_index.keys[vector_index.places[text_end:end]] - FACT).tolist()
    of_facts = vector_index.values[text_end:end].tolist()
    return DocumentFeatures(
        dict(zip(hashes, valued, strict=True)),
        dict(zip(hashes, words, strict=True)),
        dict(zip(facts, of_facts, strict=True)),
    )


def shared_facts(explanations: ExplanationIndex, row: int, other: int) -> SharedFacts | None:
    """Compare the facts of two documents; None where they share none."""
    mine, yours = explanations.features_of(row).facts, explanations.features_of(other).facts
    keys = mine.keys() & yours.keys()
    if not keys:
        return None
    parts: dict[FactKind, float] = {}
    counts: dict[FactKind, int] = {}
    names: dict[FactKind, list[tuple[float, str]]] = {}
    for key in keys:
        kind = _KINDS[bisect_right(explanations.kind_starts, key) - 1]
        product = mine[key] * yours[key]
        parts[kind] = parts.get(kind, 0.0) + product
        counts[kind] = counts.get(kind, 0) + 1
        if key < len(explanations.names):
            names.setdefault(kind, []).append((-product, explanations.names[key]))
    topics, entities = (
        tuple(name for _, name in sorted(names.get(kind, ()))[:MAX_NAMES]) for kind in (FactKind.TOPIC, FactKind.ENTITY)
    )
    linked = (False, False)
    if FactKind.DIRECT in parts:
        linked = (
            _is_linked(explanations.words_table.links, row, other),
            _is_linked(explanations.words_table.links, other, row),
        )
    return SharedFacts(parts, counts, topics, entities, linked)


_KINDS: Final = tuple(FactKind)


def _is_linked(links: NDArray[uint64], source: int, target: int) -> bool:
    key = source << 32 | target
    at = int(links.searchsorted(key))
    return at < len(links) and int(links[at]) == key


def shared_words(explanations: ExplanationIndex, row: int, other: int, *, weak: bool = True) -> tuple[str, ...]:
    """The words that two documents share, strongest first; `weak` allows words that say little where others are few."""
    mine, yours = explanations.features_of(row), explanations.features_of(other)
    one, two = mine.values, yours.values
    shared: list[str] = []
    for value, key in sorted([(one[key] * two[key], key) for key in one.keys() & two.keys()], reverse=True):
        if len(shared) == MAX_NAMES or (value < 1 and (not weak or len(shared) == MAX_NAMES - 1)):
            break
        word = explanations.spellings[mine.words[key], yours.words[key]]
        if word:
            shared.append(word)
    return tuple(shared)


def is_any_word_shared(explanations: ExplanationIndex, row: int, other: int) -> bool:
    """Whether two documents have a root in common at all, which equal hashes do not prove."""
    return not _stems(explanations, row).isdisjoint(_stems(explanations, other))


def _stems(explanations: ExplanationIndex, row: int) -> set[str]:
    own = slice(int(explanations.words_table.starts[row]), int(explanations.words_table.starts[row + 1]))
    return {root(explanations.words[place]) for place in explanations.words_table.written[own].tolist()}
