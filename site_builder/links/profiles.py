"""Documents to term counts: what of a document decides its neighbours, and depends on no other document.

Takes title, summary and body; gives for every document the hashes of its stems and pairs of stems, how often they
occur (a title counts for more), and one way each stem is written. Hashes, not numbers from a shared vocabulary, so that
documents can be read in any order, in any process, and kept by the digest of their text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from site_builder.links.terms import stem, words

if TYPE_CHECKING:
    from numpy import int32, uint8, uint32
    from numpy.typing import NDArray

FIELDS: Final = {"body": 1, "summary": 2, "title": 5}
"""How often a word of a field counts. Title 5 against 3: +0.002 recall@5 in the mean of seven collections with links
made by people (2 400 manual pages, 620 pages of Django's docs, 571 proposals, 2 wikis, a glossary, 830 docstrings)."""

EARLY_STEMS: Final = 400
"""Pairs of stems that stand further back in a body and only once are left out: a quarter of all terms fewer for
-0.0005 recall@5 in the mean of those collections; 250 stems cost -0.004."""

HASH_BITS: Final = 29
"""Room for a kind in a word of 32 bits; 200 000 stems share a hash about 40 times, and reasons look twice."""
PAIR: Final = 1 << HASH_BITS
"""The kind of pairs; single stems have none."""


@dataclass(frozen=True, slots=True)
class Profiles:
    """Term counts of documents, one after another."""

    counts: "NDArray[uint32]"
    """How many terms each document has,"""
    singles: "NDArray[uint32]"
    """and how many of them are single stems: these come first."""
    hashes: "NDArray[uint32]"
    """Every term of these documents once, ascending."""
    places: "NDArray[int32]"
    """For every term of every document its place in `hashes`, ascending in each document."""
    weights: "NDArray[uint8]"
    """How often, after FIELDS; 255 at most."""
    written: "NDArray[uint32]"
    """For every single stem, its place in `spellings`."""
    spellings: tuple[str, ...]
    """Words as written."""


def text_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The texts of a document in the order of FIELDS; what is no text is left out."""
    return tuple(v if isinstance(v := document.get(f), str) else "" for f in FIELDS)


def digest(texts: Iterable[str]) -> bytes:
    """What a profile can be kept by."""
    return blake2b("\x00".join(texts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def profile(documents: Sequence[tuple[str, ...]]) -> Profiles:
    """Count the terms of documents, each given as `text_of` gives it. A work unit for a pool."""
    import numpy as np  # noqa: PLC0415 - only sites with related articles need it

    numbers = _Numbers()
    texts = [[np.fromiter(map(numbers.__getitem__, words(t)), np.uint32) for t in fields] for fields in documents]
    hashes = np.array([hash_of(w) for w in numbers], np.uint32)
    parts = [_count(fields, hashes) for fields in texts]
    none = np.zeros(0, np.uint32)
    terms = np.concatenate([none, *(p[0] for p in parts)])
    hashes_used = distinct(terms)
    return Profiles(
        np.array([len(p[0]) for p in parts], np.uint32),
        np.array([len(p[2]) for p in parts], np.uint32),
        hashes_used,
        np.searchsorted(hashes_used, terms).astype(np.int32),
        np.concatenate([none.astype(np.uint8), *(p[1] for p in parts)]),
        np.concatenate([none, *(p[2] for p in parts)]),
        tuple(numbers),
    )


def distinct(values: "NDArray[uint32]") -> "NDArray[uint32]":
    """Each value once, ascending: by a plain sort, as numpy's own `unique` takes half as long again."""
    import numpy as np  # noqa: PLC0415

    if not len(values):
        return values
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]


class _Numbers(dict[str, int]):
    """Word as written -> its place among the words of these documents."""

    def __missing__(self, word: str) -> int:
        found = self[word] = len(self)
        return found


@lru_cache(maxsize=1_000_000)
def hash_of(word: str) -> int:
    """Hash the stem of a word; 0 for words that say nothing."""
    found = stem(word)
    return (crc32(found.encode("utf-8", "surrogatepass")) & (PAIR - 1) or 1) if found else 0


def _count(
    fields: Sequence["NDArray[uint32]"], hashes: "NDArray[uint32]"
) -> tuple["NDArray[uint32]", "NDArray[uint8]", "NDArray[uint32]"]:
    """Terms ascending, their weights, and the spelling of the single ones, as first written in the body."""
    import numpy as np  # noqa: PLC0415

    kept = [f[hashes[f] > 0] for f in fields] if len(hashes) else list(fields)
    spelt = np.concatenate(kept)
    if not len(spelt):
        return spelt, np.zeros(0, np.uint8), spelt
    stems = hashes[spelt]
    weight = np.repeat(np.array(list(FIELDS.values()), np.uint32), [len(k) for k in kept])
    field = np.repeat(np.arange(len(kept)), [len(k) for k in kept])
    inside = np.flatnonzero(field[1:] == field[:-1])
    terms = np.concatenate((stems, _pairs(stems[:-1], stems[1:])[inside]))
    weight = np.concatenate((weight, weight[1:][inside]))
    # One plain sort of (term, place) is four times as fast as a stable argsort.
    keys = np.sort((terms.astype(np.uint64) << np.uint64(32)) | np.arange(len(terms), dtype=np.uint64))
    places = (keys & np.uint64(0xFFFFFFFF)).astype(np.intp)
    terms = (keys >> np.uint64(32)).astype(np.uint32)
    starts = np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1])))
    totals = np.minimum(np.add.reduceat(weight[places], starts), 255).astype(np.uint8)
    terms, first = terms[starts], places[starts]
    # A pair is said early, or in title or summary, or again: the others are by the way.
    by_the_way = (totals < 2) & (first >= len(spelt) + EARLY_STEMS)
    single = int(np.searchsorted(terms, PAIR))
    written = spelt[first[:single]]
    return terms[~by_the_way], totals[~by_the_way], written


def _pairs(first: "NDArray[uint32]", second: "NDArray[uint32]") -> "NDArray[uint32]":
    """Hash neighbours, in order. Any good mixing does; these are the constants of xxHash32."""
    import numpy as np  # noqa: PLC0415

    mixed = first * np.uint32(0x9E3779B1) + second * np.uint32(0x85EBCA77)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0xC2B2AE3D)
    return (mixed >> np.uint32(32 - HASH_BITS)) | np.uint32(PAIR)
