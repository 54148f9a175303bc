"""What pairs of documents have in common, from their vectors: many pairs at once, in any process.

Depends on nothing but the two documents of a pair and on how common terms are, in the steps of `weighing`: so what is
known of a pair stays right as long as both vectors do.
"""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from site_builder.links.kept import Spellings
from site_builder.links.nearest import Space
from site_builder.links.profiles import HASH_BITS, PAIR, hash_pairs
from site_builder.links.weighing import DIRECT, ENTITY, TOPIC, Terms, Vectors, fact, names_of
from site_builder.links.wording import common_spelling

if TYPE_CHECKING:
    from numpy import int64, uint8, uint32, uint64
    from numpy.typing import NDArray

TOLD_WORDS: Final = 3
"""Words or names told of each signal."""
KINDS: Final = 8
"""Room for kinds of terms and facts: see HASH_BITS."""
COMMON_SHARE: Final = 0.2
"""Words of more documents than this share are told only where there are no others,"""
SMALL: Final = 5.25
"""in collections above this: the step for 34 documents."""
_SINGLES: Final = 12
"""Single stems looked at of each pair of documents, strongest first,"""
_PAIRS: Final = 3
"""and pairs of stems. A pair is told by its words, and these must be among the single ones."""
_MANY: Final = 40
"""Shared terms of a pair of documents above which those below the mean count for no reason."""
_BLOCK: Final = 1000
"""Pairs of documents worked on at once, so that what is made of them stays in the processor's cache."""

Pairing: TypeAlias = tuple[int, Sequence[int]]
"""A row, and the rows to compare it with."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What makes words of numbers: arrays alone, so that processes share them."""

    starts: "NDArray[int64]"
    """Where each document's words begin in"""
    written: "NDArray[uint32]"
    """how it writes the single stems of its vector, in their order: places in"""
    text: "NDArray[uint8]"
    """all words, in UTF-8 with spaces between,"""
    ends: "NDArray[int64]"
    """and where each ends."""
    links: "NDArray[uint64]"
    """Ascending: source row in the upper half, target row in the lower."""

    def word(self, number: int) -> str:
        """A word as written."""
        begin = int(self.ends[number - 1]) + 1 if number else 0
        return self.text[begin : int(self.ends[number])].tobytes().decode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Atlas:
    """All that pairs are explained from."""

    space: Space
    lexicon: Lexicon
    names: Mapping[int, str]
    """Hash -> topic or entity."""
    common: float
    """Step from which words are common."""
    told: dict[tuple[int, int], str] = field(default_factory=dict)
    """Places of two spellings in the lexicon -> what is told of them, worked out once."""

    def common_spelling(self, mine: int, yours: int) -> str:
        """See `wording`."""
        key = (mine, yours)
        found = self.told.get(key)
        if found is None:
            word = self.lexicon.word
            found = self.told[key] = common_spelling(word(mine), word(yours))
        return found


@dataclass(slots=True)
class Shared:
    """What one document has in common with another, the same from either side but for `linked`."""

    row: int
    other: int
    parts: tuple[float, ...]
    """What each kind, as a number, adds to the product of the two vectors."""
    words: tuple[str, ...]
    """Words and pairs of words, most telling first."""
    names: tuple[tuple[str, ...], tuple[str, ...]]
    """Topics and entities, likewise."""
    counts: tuple[int, ...]
    """How many of each kind."""
    linked: tuple[bool, bool]
    """Whether the first links to the second, and the second to the first."""


def make_atlas(
    documents: Sequence[Mapping[str, Any]], terms: Terms, spellings: Spellings, vectors: Vectors, space: Space
) -> Atlas:
    """For documents that stand in the order of their ids."""
    total = vectors.corpus[0]
    # Half a step less, as steps are rounded: no word that is common passes for rare.
    common = total + log2(COMMON_SHARE) - 0.5 if total > SMALL else 255.0
    return Atlas(space, _lexicon(documents, terms, spellings, vectors), _names(documents), common)


def _lexicon(documents: Sequence[Mapping[str, Any]], terms: Terms, spellings: Spellings, vectors: Vectors) -> Lexicon:
    import numpy as np  # noqa: PLC0415

    # Single stems come first, in each document and among all hashes.
    used = vectors.used[terms.places < np.searchsorted(terms.hashes, PAIR)]
    starts = np.concatenate(([0], np.cumsum(used)))[spellings.starts]
    text = np.frombuffer(" ".join((*spellings.words, "")).encode("utf-8", "surrogatepass"), np.uint8)
    places = {d["id"]: row for row, d in enumerate(documents)}
    links = [
        row << 32 | places[name]
        for row, document in enumerate(documents)
        for name in names_of(document, "links")
        if name in places
    ]
    ends = np.flatnonzero(text == ord(" "))
    return Lexicon(starts, spellings.written[used], text, ends, np.sort(np.array(links, np.uint64)))


def _names(documents: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    found: dict[int, str] = {}
    known: set[tuple[int, str]] = set()
    for document in documents:
        for kind, where in ((TOPIC, "topics"), (ENTITY, "entities")):
            known.update((kind, name) for name in names_of(document, where))
    # Descending, so that of two names with one hash the first is told, whatever else there is.
    for kind, name in sorted(known, reverse=True):
        found[fact(kind, name)] = name
    return found


def save_atlas(atlas: Atlas, folder: Path) -> None:
    """Lay it down for other processes, all but the space."""
    import numpy as np  # noqa: PLC0415

    for one in fields(Lexicon):
        np.save(folder / f"lexicon_{one.name}.npy", getattr(atlas.lexicon, one.name))
    (folder / "names.pickle").write_bytes(pickle.dumps((atlas.names, atlas.common)))


def load_atlas(folder: Path, space: Space) -> Atlas:
    """Read what `save_atlas` laid down."""
    import numpy as np  # noqa: PLC0415

    arrays = (np.asarray(np.load(folder / f"lexicon_{f.name}.npy", mmap_mode="r")) for f in fields(Lexicon))
    names, common = pickle.loads((folder / "names.pickle").read_bytes())  # noqa: S301 (our own, of this run)
    return Atlas(space, Lexicon(*arrays), names, common)


def shared_by(atlas: Atlas, pairings: Iterable[Pairing], *, words: bool = True) -> list[Shared]:
    """Compare documents, pair by pair in the order given. Words are most of the work."""
    found: list[Shared] = []
    block: list[Pairing] = []
    size = 0
    for row, others in pairings:
        block.append((row, others))
        size += len(others)
        if size >= _BLOCK:
            found += _compare(atlas, block, words)
            block, size = [], 0
    return found + _compare(atlas, block, words)


@dataclass(frozen=True, slots=True)
class _Hits:
    """Entries that both documents of a pair have."""

    owners: "NDArray[int64]"
    """Which pair of documents."""
    mine: "NDArray[int64]"
    """Places in the vectors."""
    yours: "NDArray[int64]"
    products: "NDArray[Any]"
    hashes: "NDArray[uint32]"
    steps: "NDArray[uint8]"


def _hits(space: Space, pairings: Sequence[Pairing]) -> _Hits:
    import numpy as np  # noqa: PLC0415

    buffer = np.zeros(len(space.hashes), np.int32)
    others = np.array([o for _, others in pairings for o in others], np.int64)
    lengths = (space.starts[others + 1] - space.starts[others]) if len(others) else others
    ends = np.cumsum(lengths)
    spans = list(map(slice, space.starts[others].tolist(), space.starts[others + 1].tolist()))
    mine: list[NDArray[Any]] = [np.zeros(0, np.int64)]
    at: list[NDArray[Any]] = [np.zeros(0, np.int64)]
    first = begin = 0
    for row, group in pairings:
        if not group:
            continue
        own = slice(int(space.starts[row]), int(space.starts[row + 1]))
        buffer[space.places[own]] = np.arange(1, own.stop - own.start + 1, dtype=np.int32)
        numbers = buffer.take(np.concatenate([space.places[s] for s in spans[first : first + len(group)]]), mode="clip")
        buffer[space.places[own]] = 0
        hits = numbers.nonzero()[0]
        mine.append(numbers[hits] + (own.start - 1))
        at.append(hits + begin)
        first += len(group)
        begin = int(ends[first - 1])
    both, places = np.concatenate(mine), np.concatenate(at)
    owners = np.searchsorted(ends, places, side="right")
    yours = places + (space.starts[others] - (ends - lengths))[owners] if len(others) else places
    terms = space.places[both]
    products = space.values[both] * space.values[yours]
    return _Hits(owners, both, yours, products, space.hashes[terms], space.steps[terms])


def _compare(atlas: Atlas, pairings: Sequence[Pairing], with_words: bool) -> list[Shared]:
    import numpy as np  # noqa: PLC0415

    pairs = [(row, other) for row, others in pairings for other in others]
    if not pairs:
        return []
    hits = _hits(atlas.space, pairings)
    kinds = (hits.hashes >> HASH_BITS).astype(np.intp)
    cells = hits.owners * KINDS + kinds
    room = len(pairs) * KINDS
    parts = np.bincount(cells, hits.products, minlength=room).reshape(-1, KINDS).tolist()
    counts = np.bincount(cells, minlength=room).reshape(-1, KINDS).tolist()
    words = _words(atlas, hits, kinds, pairs) if with_words else [()] * len(pairs)
    topics, entities = (_facts(atlas, hits, kinds, kind >> HASH_BITS, len(pairs)) for kind in (TOPIC, ENTITY))
    linked = _linked(atlas.lexicon.links, pairs, [c[DIRECT >> HASH_BITS] for c in counts])
    return [
        Shared(row, other, tuple(p), w, (t, e), tuple(c), who)
        for (row, other), p, w, t, e, c, who in zip(pairs, parts, words, topics, entities, counts, linked, strict=True)
    ]


def _linked(
    links: "NDArray[uint64]", pairs: Sequence[tuple[int, int]], direct: Sequence[int]
) -> list[tuple[bool, bool]]:
    """Who links to whom, of those pairs that have a link."""

    def there(source: int, target: int) -> bool:
        key = source << 32 | target
        at = int(links.searchsorted(key))
        return at < len(links) and int(links[at]) == key

    return [
        (there(one, other), there(other, one)) if count else (False, False)
        for (one, other), count in zip(pairs, direct, strict=True)
    ]


def _strongest(hits: _Hits, chosen: "NDArray[Any]", count: int, width: int) -> "NDArray[int64]":
    """Each pair's strongest of the chosen hits as places, filled up with -1; ties in the order of the vectors.

    Of a pair that has many, only hits above their mean: the others need not be sorted.
    """
    import numpy as np  # noqa: PLC0415

    owners, products = hits.owners[chosen], hits.products[chosen]
    numbers = np.bincount(owners, minlength=count)
    means = np.bincount(owners, products, minlength=count) / np.maximum(numbers, 1)
    means[numbers <= _MANY] = 0
    strong = np.flatnonzero(products >= means[owners])
    # One plain sort of (pair, falling product, place) is four times as fast as a stable argsort.
    keys = owners[strong] << 50
    keys |= ((1 << 24) - products[strong].astype(np.int64)) << 25
    keys |= strong
    keys.sort()
    owners = keys >> 50
    ranks = np.arange(len(keys)) - np.searchsorted(owners, np.arange(count))[owners]
    first = ranks < width
    table = np.full((count, width), -1, np.int64)
    table[owners[first], ranks[first]] = chosen[keys[first] & ((1 << 25) - 1)]
    return table


def _facts(atlas: Atlas, hits: _Hits, kinds: "NDArray[Any]", kind: int, count: int) -> list[tuple[str, ...]]:
    """Names of the strongest shared facts of a kind."""
    import numpy as np  # noqa: PLC0415

    chosen = np.flatnonzero(kinds == kind)
    table = _strongest(hits, chosen, count, TOLD_WORDS)
    hashes = np.append(hits.hashes, np.uint32(0))[table].tolist()
    products = np.append(hits.products, np.float32(0))[table].tolist()
    names = atlas.names
    return [
        tuple(n for _, n in sorted((-p, names.get(h, "")) for h, p in zip(own, worth, strict=True) if h))
        if own[0]
        else ()
        for own, worth in zip(hashes, products, strict=True)
    ]


def _words(atlas: Atlas, hits: _Hits, kinds: "NDArray[Any]", pairs: Sequence[tuple[int, int]]) -> list[tuple[str, ...]]:
    """The words that each pair of documents is told by."""
    import numpy as np  # noqa: PLC0415

    space, lexicon = atlas.space, atlas.lexicon
    singles = _strongest(hits, np.flatnonzero(kinds == 0), len(pairs), _SINGLES)
    doubles = _strongest(hits, np.flatnonzero(kinds == 1), len(pairs), _PAIRS)
    rows, others = np.array(pairs, np.int64).T
    has = singles >= 0
    if not has.any():
        return [()] * len(pairs)
    at = np.where(has, singles, 0)
    mine = np.where(has, hits.mine[at] + (lexicon.starts[rows] - space.starts[rows])[:, None], 0)
    yours = np.where(has, hits.yours[at] + (lexicon.starts[others] - space.starts[others])[:, None], 0)
    hashes = np.where(has, hits.hashes[at], np.uint32(0))
    made = hash_pairs(hashes[:, :, None], hashes[:, None, :]).reshape(len(pairs), -1)
    halves = []
    for k in range(_PAIRS):
        wanted = np.where(doubles[:, k] >= 0, hits.hashes[doubles[:, k]], np.uint32(0))
        # No pair has the hash 0.
        same = made == wanted[:, None]
        place = same.argmax(axis=1)
        found = same[np.arange(len(pairs)), place]
        halves.append(np.where(found, place, -1))
    products = np.append(hits.products, np.float32(0))
    common = np.append(hits.steps >= atlas.common, False)
    columns = (
        lexicon.written[mine],
        lexicon.written[yours],
        has.sum(axis=1),
        products[singles],
        common[singles],
        np.stack(halves, axis=1),
        products[doubles],
        common[doubles],
    )
    return [_told(atlas, _Strongest(*row)) for row in zip(*(c.tolist() for c in columns), strict=True)]


@dataclass(slots=True)
class _Strongest:
    """The strongest single stems of a pair of documents, and pairs of stems."""

    mine: list[int]
    """How each document writes them: places in the lexicon."""
    yours: list[int]
    count: int
    """How many stems there are; the lists are filled up."""
    products: list[float]
    common: list[bool]
    """Whether many documents have them."""
    halves: list[int]
    """Of each pair its two stems as one number, first * _SINGLES + second; -1 where they are not known."""
    pair_products: list[float]
    pair_common: list[bool]

    def in_order(self) -> list[tuple[float, tuple[int, ...]]]:
        """Place and stems, the best first; common ones behind all others, from _COMMON_PLACE.

        A pair stands where the weaker of its stems does, if not by its own strength before: it is told instead of them.
        """
        common, products = self.common, self.products
        found: list[tuple[float, tuple[int, ...]]] = [
            (_COMMON_PLACE + k if common[k] else k, (k,)) for k in range(self.count)
        ]
        for half, product, is_common in zip(self.halves, self.pair_products, self.pair_common, strict=True):
            if half >= 0 and (weaker := max(stems := divmod(half, _SINGLES))) < self.count:
                before = next((k for k in range(weaker) if products[k] <= product), weaker)
                found.append((before - 0.5 + _COMMON_PLACE * is_common, stems))
        found.sort()
        return found


_COMMON_PLACE: Final = 1000


def _told(atlas: Atlas, strongest: _Strongest) -> tuple[str, ...]:
    """Choose words, strongest first: a pair of words takes the place of its two; common ones only make up for rare."""
    chosen: dict[tuple[int, ...], str] = {}
    in_pairs: set[int] = set()
    count = 0
    mine, yours, spelling = strongest.mine, strongest.yours, atlas.common_spelling
    for place, stems in strongest.in_order():
        if len(chosen) == TOLD_WORDS or (place >= _COMMON_PLACE - 1 and count >= 2):
            break
        if not in_pairs.isdisjoint(stems):
            continue
        words = [spelling(mine[k], yours[k]) for k in stems]
        if not all(words):
            continue
        count += len(stems)
        if len(stems) == 2:
            in_pairs.update(stems)
            for k in stems:
                count -= chosen.pop((k,), None) is not None
        chosen[stems] = " ".join(words)
    return tuple(chosen.values()) if count >= 2 else ()
