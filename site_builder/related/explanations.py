"""What pairs of documents have in common, told from the strongest terms of each: in any process.

Depends on nothing but the two documents of a pair, their score, and how common terms are, in the steps of `weighing`:
so what is known of a pair stays right as long as both vectors do.
"""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from site_builder.related.nearest import Space
from site_builder.related.reason_words import common_spelling
from site_builder.related.snapshot import Spellings
from site_builder.related.term_counts import HASH_BITS, PAIR
from site_builder.related.vectors import DIRECT, ENTITY, TOPIC, Terms, Vectors, fact, names_of

if TYPE_CHECKING:
    from numpy import int64, uint8, uint32, uint64
    from numpy.typing import NDArray

TOLD: Final = 3
"""Words or names told of each signal."""
COMMON_SHARE: Final = 0.2
"""Words of more documents than this share are told only where there are no others,"""
SMALL: Final = 5.25
"""in collections above this: the step for 34 documents."""
STRONGEST: Final = 40
"""Single stems of a document that may be told."""
OFTEN: Final = 2
"""A word that a body has less often, and neither title nor summary, is told only where there is no other."""

Scored: TypeAlias = tuple[int, Sequence[tuple[int, float]]]
"""A row, and the rows to compare it with, each with the score."""
WEAK: Final = 1e-9
"""What multiplies the value of a word that says little: values are whole numbers, so it comes after all others."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What makes words of numbers: arrays alone, so that processes share them."""

    starts: "NDArray[int64]"
    """Where each document's words begin in"""
    written: "NDArray[uint32]"
    """how it writes the single stems of its vector, in their order: places in"""
    text: "NDArray[uint8]"
    """all words, in UTF-8 with spaces between;"""
    counts: "NDArray[uint8]"
    """and how often it has them."""
    links: "NDArray[uint64]"
    """Ascending: source row in the upper half, target row in the lower."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What may be told of a document."""

    values: Mapping[int, float]
    """Hash -> value of a word, made WEAK where it says little,"""
    words: Mapping[int, str]
    """and how it is written."""
    facts: Mapping[int, float]
    """Topics, entities and links by hash, with their values."""


@dataclass
class Atlas:
    """All that pairs are explained from."""

    space: Space
    lexicon: Lexicon
    names: Mapping[int, str]
    """Hash -> topic or entity."""
    common: float
    """Step from which words are common."""
    gists: dict[int, Gist] = field(default_factory=dict)
    """By row, made when first asked for."""

    @cached_property
    def words(self) -> list[str]:
        """All words as written."""
        return self.lexicon.text.tobytes().decode("utf-8", "surrogatepass").split(" ")

    def gist(self, row: int) -> Gist:
        """Of one document."""
        found = self.gists.get(row)
        if found is None:
            found = self.gists[row] = _gist(self, row)
        return found


@dataclass(slots=True)
class Shared:
    """The facts that one document has in common with another, the same from either side but for `linked`."""

    parts: dict[int, float]
    """Kind as a number -> what it adds to the product of the two vectors."""
    counts: dict[int, int]
    """How many of each kind."""
    topics: tuple[str, ...]
    """The strongest first, as are"""
    entities: tuple[str, ...]
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
    single = terms.places < np.searchsorted(terms.hashes, PAIR)
    used = vectors.used[single]
    starts = np.concatenate(([0], np.cumsum(used)))[spellings.starts]
    text = np.frombuffer(" ".join(spellings.words).encode("utf-8", "surrogatepass"), np.uint8)
    places = {d["id"]: row for row, d in enumerate(documents)}
    links = [
        row << 32 | places[name]
        for row, document in enumerate(documents)
        for name in names_of(document, "links")
        if name in places
    ]
    counts = terms.counts[single][used]
    return Lexicon(starts, spellings.written[used], text, counts, np.sort(np.array(links, np.uint64)))


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


def _gist(atlas: Atlas, row: int) -> Gist:
    import numpy as np  # noqa: PLC0415

    space, lexicon, written = atlas.space, atlas.lexicon, atlas.words
    begin, text_end, end = int(space.starts[row]), int(space.text_ends[row]), int(space.starts[row + 1])
    own = slice(int(lexicon.starts[row]), int(lexicon.starts[row + 1]))
    places = space.places[begin : begin + own.stop - own.start]
    values = space.values[begin : begin + own.stop - own.start]
    # Stable, so that equals come in the order of their hashes.
    best = (-values).argsort(kind="stable")[:STRONGEST]
    weak = (space.steps[places[best]] >= atlas.common) | (lexicon.counts[own][best] < OFTEN)
    hashes = space.hashes[places[best]].tolist()
    words = map(written.__getitem__, lexicon.written[own][best].tolist())
    valued = np.where(weak, values[best] * WEAK, values[best]).tolist()
    facts = space.hashes[space.places[text_end:end]].tolist()
    of_facts = space.values[text_end:end].tolist()
    return Gist(
        dict(zip(hashes, valued, strict=True)),
        dict(zip(hashes, words, strict=True)),
        dict(zip(facts, of_facts, strict=True)),
    )


def shared_facts(atlas: Atlas, row: int, other: int) -> Shared | None:
    """Compare the facts of two documents; None where they share none."""
    mine, yours = atlas.gist(row).facts, atlas.gist(other).facts
    keys = mine.keys() & yours.keys()
    if not keys:
        return None
    parts: dict[int, float] = {}
    counts: dict[int, int] = {}
    names: dict[int, list[tuple[float, str]]] = {}
    for key in keys:
        kind = key >> HASH_BITS
        product = mine[key] * yours[key]
        parts[kind] = parts.get(kind, 0.0) + product
        counts[kind] = counts.get(kind, 0) + 1
        if (name := atlas.names.get(key)) is not None:
            names.setdefault(kind, []).append((-product, name))
    topics, entities = (
        tuple(name for _, name in sorted(names.get(kind >> HASH_BITS, ()))[:TOLD]) for kind in (TOPIC, ENTITY)
    )
    linked = (False, False)
    if DIRECT >> HASH_BITS in parts:
        linked = (_leads(atlas.lexicon.links, row, other), _leads(atlas.lexicon.links, other, row))
    return Shared(parts, counts, topics, entities, linked)


def _leads(links: "NDArray[uint64]", source: int, target: int) -> bool:
    key = source << 32 | target
    at = int(links.searchsorted(key))
    return at < len(links) and int(links[at]) == key


def shared_words(atlas: Atlas, row: int, other: int, *, weak: bool = True) -> tuple[str, ...]:
    """The strongest words that two documents share, most telling first; `weak` ones only make up for strong ones."""
    mine, yours = atlas.gist(row), atlas.gist(other)
    one, two = mine.values, yours.values
    told: list[str] = []
    for value, key in sorted([(one[key] * two[key], key) for key in one.keys() & two.keys()], reverse=True):
        if len(told) == TOLD or (value < 1 and (not weak or len(told) == TOLD - 1)):
            break
        word = common_spelling(mine.words[key], yours.words[key])
        if word:
            told.append(word)
    return tuple(told)
