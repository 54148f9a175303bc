"""Documents to term counts: the part of ranking that depends on one document alone.

Takes title, summary and body; gives for every document the hashes of its roots and of pairs of roots, how often they
occur (a title counts for more), and one spelling of each root. Hashes, not numbers from a shared vocabulary, so that
documents can be read in any order and process, and kept by the digest of their text. Two words may share a hash, so
nothing is said of a word because of its hash alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy import int32, int64, uint8, uint32
from numpy.typing import NDArray

from site_builder.text.tokenizer import root, words

FIELDS: Final = {"body": 1, "summary": 2, "title": 5}
"""How often a word of a field counts. Title 5 against 3: +0.002 recall@5 in the mean of seven collections with links
made by people (2 400 manual pages, 620 pages of Django's docs, 571 proposals, 2 wikis, a glossary, 830 docstrings)."""

MAX_CHARACTERS: Final = 20_000
"""What of a field is read: longer texts stray from their subject. On 571 proposals, half of them longer than 6 000
characters, +0.004 recall@5 and +0.01 MRR over reading all; 10 000 cost -0.01."""

EARLY_STEMS: Final = 400
"""Pairs of roots further back in a body that occur only once are left out: a quarter of all terms fewer for
-0.0005 recall@5 in the mean of those collections; 250 roots cost -0.004."""

HASH_BITS: Final = 29
"""Room for PAIR, and for FACT above it, in a word of 32 bits. 200 000 stems share a hash about 40 times, so reasons
compare the words themselves."""
PAIR: Final = 1 << HASH_BITS
"""Marks the hash of a pair; single roots are below."""
_BATCH_DOCUMENTS: Final = 8
"""Documents counted at once: 100 000 terms, so that they stay in the processor's cache. 64 at most."""
_PLACE_BITS: Final = 24
"""Room for the number of a word in a batch, in a key of 64 bits: 16 million words."""


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Term counts of documents, one after another."""

    counts: NDArray[uint32]
    """How many terms each document has,"""
    singles: NDArray[uint32]
    """and how many of them are single roots: these come first."""
    hashes: NDArray[uint32]
    """Every term of these documents once, ascending."""
    places: NDArray[int32]
    """For every term of every document its place in `hashes`, ascending in each document."""
    weights: NDArray[uint8]
    """How often, after FIELDS; 255 at most."""
    written: NDArray[uint32]
    """For every single root, its place in `spellings`."""
    spellings: tuple[str, ...]
    """Words as written."""


def texts_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The texts of a document in the order of FIELDS; "" for what is not a text."""
    return tuple(v[:MAX_CHARACTERS] if isinstance(v := document.get(f), str) else "" for f in FIELDS)


def text_digest(document: Mapping[str, Any]) -> bytes:
    """By which the term counts of a document are kept.

    A document may hold `body_digest` in place of `body`, any text that changes with it: then the body is read only
    where that is new.
    """
    parts = [*texts_of(document), str(document.get("body_digest", ""))]
    whole = "\x00".join((*(str(len(part)) for part in parts), *parts))
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def count_terms(documents: Sequence[tuple[str, ...]]) -> TermCounts:
    """Count the terms of documents, each given as `texts_of` gives it. A work unit for a pool."""
    numbers = _WordNumbers()
    batches = [_read(documents[i : i + _BATCH_DOCUMENTS], numbers) for i in range(0, len(documents), _BATCH_DOCUMENTS)]
    hashes = np.array([hash_of(w) for w in numbers], np.uint32)
    ranks = np.array([spelling_rank(w) for w in numbers], np.uint8)
    parts = [_count(batch, hashes, ranks) for batch in batches]
    none = np.zeros(0, np.uint32)
    terms = np.concatenate([none, *(p.terms for p in parts)])
    hashes_used = distinct(terms)
    return TermCounts(
        np.concatenate([none, *(p.counts for p in parts)]),
        np.concatenate([none, *(p.singles for p in parts)]),
        hashes_used,
        np.searchsorted(hashes_used, terms).astype(np.int32),
        np.concatenate([none.astype(np.uint8), *(p.weights for p in parts)]),
        np.concatenate([none, *(p.written for p in parts)]),
        tuple(numbers),
    )


def distinct(values: NDArray[uint32]) -> NDArray[uint32]:
    """Each value once, ascending: by a plain sort, as numpy's own `unique` takes half as long again."""
    if not len(values):
        return values
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]


class _WordNumbers(dict[str, int]):
    """Word as written -> its place among the words of these documents."""

    def __missing__(self, word: str) -> int:
        found = self[word] = len(self)
        return found


def hash_of(word: str) -> int:
    """Hash the root of a word; 0 for words without one."""
    found = root(word)
    return (crc32(found.encode("utf-8", "surrogatepass")) & (PAIR - 1) or 1) if found else 0


def spelling_rank(word: str) -> int:
    """Rank spellings of a word; reasons give the lowest.

    Lower case comes before all others, so that no word is given as it stands at the start of a sentence. Only "AI"
    comes before "ai", as words of two letters are given in capitals alone.
    """
    return 1 if word == word.lower() else 0 if len(word) == 2 and word.isupper() else 2


@dataclass(frozen=True, slots=True)
class _Batch:
    """Documents read, not yet counted."""

    written: NDArray[uint32]
    """All words, as numbers."""
    lengths: NDArray[int64]
    """Words of each field of each document."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """The same as in `TermCounts`, with hashes."""

    counts: NDArray[uint32]
    singles: NDArray[uint32]
    terms: NDArray[uint32]
    weights: NDArray[uint8]
    written: NDArray[uint32]


def _read(documents: Sequence[tuple[str, ...]], numbers: _WordNumbers) -> _Batch:
    """Texts to numbers of words."""
    texts = [words(text) for fields in documents for text in fields]
    lengths = np.array([len(t) for t in texts], np.int64)
    read = map(numbers.__getitem__, chain.from_iterable(texts))
    return _Batch(np.fromiter(read, np.uint32, int(lengths.sum())), lengths)


def _count(batch: _Batch, hashes: NDArray[uint32], ranks: NDArray[uint8]) -> _Counted:
    """Count the terms of each document.

    Terms ascend in each document; a single one is spelt as what stands first of its spellings of the lowest rank.
    """
    documents = len(batch.lengths) // len(FIELDS)
    says = hashes[batch.written] > 0 if len(hashes) else np.zeros(0, bool)
    spelt = batch.written[says]
    fields = np.repeat(np.arange(len(batch.lengths), dtype=np.uint32), batch.lengths)[says]
    stems = hashes[spelt] if len(hashes) else spelt
    owners = fields // np.uint32(len(FIELDS))
    inside = np.flatnonzero(fields[1:] == fields[:-1])
    places = np.arange(len(spelt), dtype=np.uint64)
    # One plain sort of (document, term, rank, place) is four times as fast as a stable argsort.
    own = owners.astype(np.uint64) << np.uint64(_PLACE_BITS + 34)
    singles = own | (stems.astype(np.uint64) << np.uint64(_PLACE_BITS + 2))
    singles |= ranks[spelt].astype(np.uint64) << np.uint64(_PLACE_BITS) if len(ranks) else np.uint64(0)
    pairs = own[inside] | (hash_pairs(stems[inside], stems[inside + 1]).astype(np.uint64) << np.uint64(_PLACE_BITS + 2))
    keys = np.concatenate((singles | places, pairs | places[inside]))
    keys.sort()
    at = (keys & np.uint64((1 << _PLACE_BITS) - 1)).astype(np.intp)
    keys >>= np.uint64(_PLACE_BITS + 2)
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.intp)
    weight = np.array(list(FIELDS.values()), np.uint16)[fields % np.uint32(len(FIELDS))]
    totals = np.add.reduceat(weight[at], starts, dtype=np.uint32) if len(keys) else np.zeros(0, np.uint32)
    keys, first = keys[starts], at[starts]
    terms = keys.astype(np.uint32)
    # Pairs count if they occur early, in title or summary, or again.
    early = np.searchsorted(owners, np.arange(documents)) + EARLY_STEMS
    owner = (keys >> np.uint64(32)).astype(np.intp)
    single = terms < PAIR
    kept = single | (totals >= 2) | (first < early[owner])
    return _Counted(
        np.bincount(owner[kept], minlength=documents).astype(np.uint32),
        np.bincount(owner[single], minlength=documents).astype(np.uint32),
        terms[kept],
        np.minimum(totals[kept], 255).astype(np.uint8),
        spelt[first[single]],
    )


def hash_pairs(first: NDArray[uint32], second: NDArray[uint32]) -> NDArray[uint32]:
    """Hash neighbours, in order. Any good mixing does; these are the constants of xxHash32."""
    mixed = first * np.uint32(0x9E3779B1) + second * np.uint32(0x85EBCA77)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0xC2B2AE3D)
    return (mixed >> np.uint32(32 - HASH_BITS)) | np.uint32(PAIR)
