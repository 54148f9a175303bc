"""Articles that tell nearly the same: equal titles, and sketches of which few bits differ; no two texts are compared.

Takes articles and the sketches of their texts (128 bits each, of which few differ where the wording is nearly the
same), gives pairs. Sketches are looked up by parts of them: texts that agree in all bits of one part are candidates.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from site_builder.content.document import Document
from site_builder.urls import slugify

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]

BITS: Final = 128
MAX_BITS_APART: Final = 24
"""Bits that may differ: texts that share about 83 % of their runs of three words, one word in eighteen being changed.
Two unrelated texts come so near once in 10^12 pairs (binomial)."""
_PART_BITS: Final = 16
_PARTS: Final = 128
"""Sixteen bits spread 10,000 texts so thinly that few unrelated ones meet; at the limit of 24 bits one part agrees
with 3.6 %, so one of 128 does with 99 %, and at 20 bits with 99.99 %."""
_MAX_GROUP: Final = 50
"""Articles in one group beyond which only neighbours are paired: a form letter, a title like "Weekly notes"."""


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """Two articles that tell nearly the same, the newer one first as in the list given."""

    one: Document
    other: Document
    bits: int | None
    """How many bits of their sketches differ; None for an equal title alone."""


def find_near_duplicates(
    articles: Sequence[Document], sketches: Mapping[str, int | None]
) -> tuple[NearDuplicates, ...]:
    """Pairs of near-same articles, nearest texts first, then equal titles; each pair once."""
    found: dict[tuple[int, int], int | None] = {(a, b): bits for a, b, bits in _near(articles, sketches)}
    for a, b in _same_title(articles):
        found.setdefault((a, b), None)
    ranked = sorted(found.items(), key=lambda f: (MAX_BITS_APART + 1 if f[1] is None else f[1], f[0]))
    return tuple(NearDuplicates(articles[a], articles[b], bits) for (a, b), bits in ranked)


def _same_title(articles: Sequence[Document]) -> Iterator[tuple[int, int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        groups[slugify(article.title)].append(number)
    for title, group in groups.items():
        if title:
            yield from _pairs(group)


def _pairs(group: Sequence[int]) -> Iterable[tuple[int, int]]:
    return combinations(group, 2) if len(group) <= _MAX_GROUP else pairwise(group)


def _near(articles: Sequence[Document], sketches: Mapping[str, int | None]) -> Iterator[tuple[int, int, int]]:
    """Numbers of two articles, and how many bits differ."""
    import numpy as np  # noqa: PLC0415 (0.1 s, and few commands look for twins)

    known = [(n, s) for n, a in enumerate(articles) if (s := sketches.get(a.path)) is not None]
    if len(known) < 2:
        return
    numbers = [n for n, _ in known]
    data = np.frombuffer(b"".join(s.to_bytes(BITS // 8) for _, s in known), dtype=np.uint8).reshape(-1, BITS // 8)
    bits = np.unpackbits(data, axis=1)
    words = data.copy().view(np.uint64)
    seen: set[tuple[int, int]] = set()
    for part in range(_PARTS):
        # Steps of an odd width visit sixteen different bits; each part takes other ones.
        places = (part * 37 + (2 * part + 1) * np.arange(_PART_BITS)) % BITS
        keys = np.packbits(bits[:, places], axis=1).copy().view(np.uint16).ravel()
        one, other = _same_keys(keys)
        apart = np.bitwise_count(words[one] ^ words[other]).sum(axis=1)
        near = apart <= MAX_BITS_APART
        for a, b, d in zip(one[near].tolist(), other[near].tolist(), apart[near].tolist(), strict=True):
            if (a, b) not in seen:
                seen.add((a, b))
                yield numbers[a], numbers[b], d


def _same_keys(keys: "NDArray[np.uint16]") -> tuple["Ints", "Ints"]:
    """Every two places that hold the same key, the lower place first; in a crowd, neighbours alone."""
    import numpy as np  # noqa: PLC0415 (as above)

    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    one: list[Ints] = []
    other: list[Ints] = []
    for step in range(1, min(_MAX_GROUP, len(keys))):
        same = np.flatnonzero(sorted_keys[:-step] == sorted_keys[step:])
        if not same.size:
            break
        one.append(order[same])
        other.append(order[same + step])
    empty = np.empty(0, dtype=np.int64)
    return (np.concatenate(one), np.concatenate(other)) if one else (empty, empty)
