"""Texts that are nearly the same: pairs with the same title, and pairs whose simhashes differ in few bits.

Takes titles and simhashes (128 bits for each text, see `simhash`), gives pairs by their places in the list. Texts are
not compared all with all: simhashes are looked up by parts, and those that agree in all bits of one part are compared.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from site_builder.text.simhash import BITS
from site_builder.urls import slugify

MAX_BITS_APART: Final = 24
"""Bits that may differ: texts that share about 83 % of their runs of three words, with one word in eighteen changed.
Two unrelated texts come so near once in 10^12 pairs (binomial)."""
_PART_BITS: Final = 16
_PARTS: Final = 128
"""Sixteen bits spread 10,000 texts so thinly that few unrelated ones meet. At the limit of 24 bits, one part agrees
with a chance of 3.6 %, and at least one of 128 with 99 %; at 20 bits with 99.99 %."""
_MAX_GROUP: Final = 50
"""Texts in one group up to which all are paired: in larger ones, such as "Weekly notes", only neighbours are."""

_Places: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """Two texts that are nearly the same, by their places in the list given, the smaller place first."""

    one: int
    other: int
    bits: int | None
    """How many bits of their simhashes differ; None for an equal title alone."""


def find_near_duplicates(titles: Sequence[str], simhashes: Sequence[int | None]) -> tuple[NearDuplicates, ...]:
    """Pairs of texts, nearest first, then equal titles; each pair once. A text without a simhash has its title only."""
    found: dict[tuple[int, int], int | None] = {(a, b): bits for a, b, bits in _near(simhashes)}
    for pair in _same_title(titles):
        found.setdefault(pair, None)
    ranked = sorted(found.items(), key=lambda f: (MAX_BITS_APART + 1 if f[1] is None else f[1], f[0]))
    return tuple(NearDuplicates(a, b, bits) for (a, b), bits in ranked)


def _same_title(titles: Sequence[str]) -> Iterator[tuple[int, int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for place, title in enumerate(titles):
        groups[slugify(title)].append(place)
    for title, group in groups.items():
        if title:
            yield from _pairs(group)


def _pairs(group: Sequence[int]) -> Iterable[tuple[int, int]]:
    return combinations(group, 2) if len(group) <= _MAX_GROUP else pairwise(group)


def _near(simhashes: Sequence[int | None]) -> Iterator[tuple[int, int, int]]:
    """Places of two texts, and how many bits differ."""
    known = [(place, simhash) for place, simhash in enumerate(simhashes) if simhash is not None]
    if len(known) < 2:
        return
    places = [place for place, _ in known]
    data = np.frombuffer(b"".join(s.to_bytes(BITS // 8) for _, s in known), dtype=np.uint8).reshape(-1, BITS // 8)
    bits = np.unpackbits(data, axis=1)
    words = data.copy().view(np.uint64)
    seen: set[tuple[int, int]] = set()
    for part in range(_PARTS):
        # Steps of an odd width visit sixteen different bits; each part takes other ones.
        chosen = (part * 37 + (2 * part + 1) * np.arange(_PART_BITS)) % BITS
        keys = np.packbits(bits[:, chosen], axis=1).copy().view(np.uint16).ravel()
        one, other = _same_keys(keys)
        apart = np.bitwise_count(words[one] ^ words[other]).sum(axis=1)
        near = apart <= MAX_BITS_APART
        for a, b, distance in zip(one[near].tolist(), other[near].tolist(), apart[near].tolist(), strict=True):
            if (a, b) not in seen:
                seen.add((a, b))
                yield places[a], places[b], distance


def _same_keys(keys: NDArray[np.uint16]) -> tuple[_Places, _Places]:
    """Every two places that hold the same key, the lower place first; in a large group, neighbours alone."""
    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    one: list[_Places] = []
    other: list[_Places] = []
    for step in range(1, min(_MAX_GROUP, len(keys))):
        same = np.flatnonzero(sorted_keys[:-step] == sorted_keys[step:])
        if not same.size:
            break
        one.append(order[same])
        other.append(order[same + step])
    empty = np.empty(0, dtype=np.int64)
    return (np.concatenate(one), np.concatenate(other)) if one else (empty, empty)
