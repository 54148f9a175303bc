"""What pairs of documents have in common, told from the strongest terms of each: in any process.

Depends on nothing but the two documents of a pair, their score, and how common terms are, in the steps of `weighing`:
so what is known of a pair stays right as long as both vectors do.
"""

import pickle
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from site_builder.related.nearest import Space
from site_builder.related.reason_words import common_spelling
from site_builder.related.snapshot import Spellings
from site_builder.related.term_counts import PAIR
from site_builder.related.vectors import FACT, FactKind, Facts, Terms, Vectors, names_of
from site_builder.text.terms import stem

if TYPE_CHECKING:
    from numpy import bool_, int64, uint8, uint32, uint64
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
    """Where each document's words begin in the next three arrays."""
    written: "NDArray[uint32]"
    """How it writes each of its single stems, in their order: places in `text`."""
    counts: "NDArray[uint8]"
    """How often it has each."""
    used: "NDArray[bool_]"
    """Which of the stems are in its vector."""
    text: "NDArray[uint8]"
    """All words, in UTF-8 with spaces between."""
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
    """Topics, entities and links by number, with their values."""


@dataclass
class Atlas:
    """All that pairs are explained from."""

    space: Space
    lexicon: Lexicon
    names: tuple[str, ...]
    """Of topics and entities, which have the first numbers of all facts."""
    kind_starts: tuple[int, ...]
    """Number of the first fact of each kind."""
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

    parts: dict[FactKind, float]
    """Kind -> what it adds to the product of the two vectors."""
    counts: dict[FactKind, int]
    """How many of each kind."""
    topics: tuple[str, ...]
    """The strongest first, as are"""
    entities: tuple[str, ...]
    linked: tuple[bool, bool]
    """Whether the first links to the second, and the second to the first."""


def make_atlas(
    documents: Sequence[Mapping[str, Any]],
    terms: Terms,
    spellings: Spellings,
    facts: Facts,
    vectors: Vectors,
    space: Space,
) -> Atlas:
    """For documents that stand in the order of their ids."""
    total = vectors.corpus[0]
    # Half a step less, as steps are rounded: no word that is common passes for rare.
    common = total + log2(COMMON_SHARE) - 0.5 if total > SMALL else 255.0
    names = facts.names[: facts.kind_starts[FactKind.REFERENCE]]
    return Atlas(space, _lexicon(documents, terms, spellings, vectors), names, facts.kind_starts, common)


def _lexicon(documents: Sequence[Mapping[str, Any]], terms: Terms, spellings: Spellings, vectors: Vectors) -> Lexicon:
    import numpy as np  # noqa: PLC0415

    # Single stems come first, in each document and among all hashes.
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
    return Lexicon(spellings.starts, spellings.written, terms.counts[single], vectors.used[single], text, of_links)


def save_atlas(atlas: Atlas, folder: Path) -> None:
    """Lay it down for other processes, all but the space."""
    import numpy as np  # noqa: PLC0415

    for one in fields(Lexicon):
        np.save(folder / f"lexicon_{one.name}.npy", getattr(atlas.lexicon, one.name))
    (folder / "names.pickle").write_bytes(pickle.dumps((atlas.names, atlas.kind_starts, atlas.common)))


def load_atlas(folder: Path, space: Space) -> Atlas:
    """Read what `save_atlas` laid down."""
    import numpy as np  # noqa: PLC0415

    arrays = (np.asarray(np.load(folder / f"lexicon_{f.name}.npy", mmap_mode="r")) for f in fields(Lexicon))
    names, kind_starts, common = pickle.loads((folder / "names.pickle").read_bytes())  # noqa: S301 (our own, of this run)
    return Atlas(space, Lexicon(*arrays), names, kind_starts, common)


def _gist(atlas: Atlas, row: int) -> Gist:
    import numpy as np  # noqa: PLC0415

    space, lexicon, written = atlas.space, atlas.lexicon, atlas.words
    begin, text_end, end = int(space.starts[row]), int(space.text_ends[row]), int(space.starts[row + 1])
    own = slice(int(lexicon.starts[row]), int(lexicon.starts[row + 1]))
    used = lexicon.used[own].nonzero()[0]
    places = space.places[begin : begin + len(used)]
    values = space.values[begin : begin + len(used)]
    # Stable, so that equals come in the order of their hashes.
    best = (-values).argsort(kind="stable")[:STRONGEST]
    of_best = used[best]
    weak = (space.steps[places[best]] >= atlas.common) | (lexicon.counts[own][of_best] < OFTEN)
    hashes = space.keys[places[best]].tolist()
    words = map(written.__getitem__, lexicon.written[own][of_best].tolist())
    valued = np.where(weak, values[best] * WEAK, values[best]).tolist()
    facts = (space.keys[space.places[text_end:end]] - FACT).tolist()
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
    parts: dict[FactKind, float] = {}
    counts: dict[FactKind, int] = {}
    names: dict[FactKind, list[tuple[float, str]]] = {}
    for key in keys:
        kind = _KINDS[bisect_right(atlas.kind_starts, key) - 1]
        product = mine[key] * yours[key]
        parts[kind] = parts.get(kind, 0.0) + product
        counts[kind] = counts.get(kind, 0) + 1
        if key < len(atlas.names):
            names.setdefault(kind, []).append((-product, atlas.names[key]))
    topics, entities = (
        tuple(name for _, name in sorted(names.get(kind, ()))[:TOLD]) for kind in (FactKind.TOPIC, FactKind.ENTITY)
    )
    linked = (False, False)
    if FactKind.DIRECT in parts:
        linked = (_leads(atlas.lexicon.links, row, other), _leads(atlas.lexicon.links, other, row))
    return Shared(parts, counts, topics, entities, linked)


_KINDS: Final = tuple(FactKind)


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


def is_any_word_shared(atlas: Atlas, row: int, other: int) -> bool:
    """Whether two documents have a stem in common at all: hashes alone would not prove it."""
    return not _stems(atlas, row).isdisjoint(_stems(atlas, other))


def _stems(atlas: Atlas, row: int) -> set[str]:
    own = slice(int(atlas.lexicon.starts[row]), int(atlas.lexicon.starts[row + 1]))
    return {stem(atlas.words[place]) for place in atlas.lexicon.written[own].tolist()}
