"""Terms with their postings to shards: files of a bounded size, of which a query loads one for each word.

Shards are ranges of the sorted terms, cut where a prefix ends, so that an edit moves few terms to another shard. Each
has the records of the documents that are first for one of its terms: a first result needs no other file. A beginning of
words that are filed in several shards is an entry of its own (`pr*`), with the best documents of all these words.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import msgspec

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARD_BYTES: Final = 32_000
"""Size of a shard: some 12 kB with gzip. Smaller ones would be many files, larger ones a longer wait."""
MAX_POSTINGS: Final = 3_000
"""Documents in the postings of a term, those that are most about it: a word that occurs everywhere finds little."""
MAX_BEGINNING: Final = 300
"""Documents of a beginning, until more of the word is typed."""
RECORDS_OF_TERM: Final = 3
"""Documents of a term whose records are in its shard, at most: those of all words would be twice the postings."""
LIKELY_WEIGHT: Final = 9
"""What a word of a title weighs at least: readers look for these."""
LIKELY_DOCUMENTS: Final = 10
"""A term that so many documents have is looked for, too."""
BEGINNING_SCALE: Final = 10
"""Weights of a beginning are tenths."""

_BLOCK_POSTINGS: Final = 1 << 18
"""Postings that are worked on at once."""
_NUMBER_BITS: Final = 32
_NUMBERS: Final = (1 << _NUMBER_BITS) - 1
_WEIGHT_BITS: Final = 12
_WEIGHTS: Final = (1 << _WEIGHT_BITS) - 1
"""Room for a number and a weight, also in tenths, in a sort key of 64 bits: one plain sort of these takes a tenth of
the time of a sort by several columns."""


@dataclass(frozen=True, slots=True)
class Postings:
    """All postings, by term and number."""

    terms: Sequence[str]
    """Sorted as JavaScript sorts."""
    starts: Sequence[int]
    """Where the postings of each term start; one more for the end."""
    numbers: "NDArray[Any]"
    weights: "NDArray[Any]"


@dataclass(frozen=True, slots=True)
class _Part:
    """Terms that may become a shard."""

    start: int
    end: int
    size: int
    """Of their postings as JSON."""
    documents: frozenset[int]
    """Whose records go with them."""


def in_script_order(term: str) -> bytes:
    """A sort key: JavaScript compares strings by their UTF-16 units, Python by code points."""
    return term.encode("utf-16-be", "surrogatepass")


def make_shards(postings: Postings, records: Mapping[int, bytes]) -> dict[str, bytes]:
    """First term, or a beginning of it, that a shard may have -> its content, in order; the first is "".

    `records`: number -> record as JSON, of documents that readers do not have yet when they load a shard.
    """
    import numpy as np  # noqa: PLC0415 (only where an index is made)

    encoded, best = _encode(postings), _best(postings)
    parts = _cut(postings.terms, encoded, best, records)
    names = [_beginning(postings.terms, part.start) for part in parts]
    entries: list[dict[str, bytes]] = [dict(_entries(postings, encoded, part)) for part in parts]
    documents = [set(part.documents) for part in parts]
    keys = [in_script_order(name) for name in names]
    lengths = np.array([len(term) for term in postings.terms])
    for start in sorted(_beginnings(postings.terms, parts)):
        place = bisect_right(keys, in_script_order(start)) - 1
        entries[place][f"{start}*"], first = _of_beginning(postings, lengths, start)
        documents[place].update(number for number in first if number in records)
    return {
        name: _object(
            {
                "terms": _object(own),
                "records": _object({str(number): records[number] for number in sorted(numbers)}),
            }
        )
        for name, own, numbers in zip(names, entries, documents, strict=True)
    }


def _entries(postings: Postings, encoded: Sequence[bytes], part: _Part) -> Iterator[tuple[str, bytes]]:
    return ((postings.terms[at], encoded[at]) for at in range(part.start, part.end))


def _object(entries: Mapping[str, bytes]) -> bytes:
    """A JSON object of values that are JSON already."""
    return b"{" + b",".join(msgspec.json.encode(key) + b":" + value for key, value in entries.items()) + b"}"


def _steps(numbers: "NDArray[Any]", weights: "NDArray[Any]", starts: "NDArray[Any]") -> "NDArray[Any]":
    """Number, weight, step to the next number, weight, …; the first of each list is a number itself."""
    import numpy as np  # noqa: PLC0415 (only where an index is made)

    flat = np.empty(2 * len(numbers), np.int64)
    flat[0::2] = np.diff(numbers, prepend=0)
    flat[2 * starts] = numbers[starts]
    flat[1::2] = weights
    return flat


def _blocks(postings: Postings) -> Iterator[tuple[int, int]]:
    """Ranges of terms with not too many postings: what is worked out of them is several times as large."""
    start = 0
    while start < len(postings.terms):
        end = bisect_right(postings.starts, postings.starts[start] + _BLOCK_POSTINGS) - 1
        yield start, max(end, start + 1)
        start = max(end, start + 1)


def _encode(postings: Postings) -> list[bytes]:
    """The postings of each term as JSON: those of many terms as one list of numbers, which is then cut."""
    import numpy as np  # noqa: PLC0415

    powers = 10 ** np.arange(1, 19)
    encoded: list[bytes] = []
    for first, last in _blocks(postings):
        numbers, weights, starts = _heaviest(postings, first, last)
        flat = _steps(numbers, weights, starts[:-1])
        text = msgspec.json.encode(flat.tolist())
        sizes = np.searchsorted(powers, flat, side="right") + 2  # digits, and the comma or bracket after them
        places = np.concatenate(([1], 1 + np.cumsum(sizes)))[2 * starts].tolist()
        encoded += [b"[%b]" % text[start : end - 1] for start, end in pairwise(places)]
    return encoded


def _heaviest(postings: Postings, first: int, last: int) -> tuple["NDArray[Any]", "NDArray[Any]", "NDArray[Any]"]:
    """The postings that terms keep, and where those of each start; one more for the end."""
    import numpy as np  # noqa: PLC0415

    starts = np.asarray(postings.starts[first : last + 1])
    numbers, weights = postings.numbers[starts[0] : starts[-1]], postings.weights[starts[0] : starts[-1]]
    starts -= starts[0]
    counts = np.diff(starts)
    if counts.max() <= MAX_POSTINGS:
        return numbers, weights, starts
    is_kept = np.ones(len(numbers), bool)
    for at in np.flatnonzero(counts > MAX_POSTINGS).tolist():
        own = slice(starts[at], starts[at + 1])
        ranked = _heaviest_first(numbers[own], weights[own])
        is_kept[own] = ranked <= np.partition(ranked, MAX_POSTINGS - 1)[MAX_POSTINGS - 1]
    counts = np.minimum(counts, MAX_POSTINGS)
    return numbers[is_kept], weights[is_kept], np.concatenate(([0], np.cumsum(counts)))


def _heaviest_first(numbers: "NDArray[Any]", weights: "NDArray[Any]") -> "NDArray[Any]":
    """Sort keys, each another: by weight, the highest first, then by number. The last 32 bits are the number."""
    import numpy as np  # noqa: PLC0415

    keys: NDArray[Any] = ((_WEIGHTS - weights.astype(np.int64)) << _NUMBER_BITS) | numbers
    return keys


def _best(postings: Postings) -> list[list[int]]:
    """The documents of each term whose records are in its shard."""
    import numpy as np  # noqa: PLC0415

    found: list[list[int]] = []
    for first, last in _blocks(postings):
        starts = np.asarray(postings.starts[first : last + 1])
        own = slice(starts[0], starts[-1])
        counts = np.diff(starts)
        keys = np.repeat(np.arange(last - first), counts) << (_NUMBER_BITS + _WEIGHT_BITS)
        keys |= _heaviest_first(postings.numbers[own], postings.weights[own])
        keys.sort()
        weights = _WEIGHTS - ((keys >> _NUMBER_BITS) & _WEIGHTS)
        places = np.arange(len(keys)) - np.repeat(starts[:-1] - starts[0], counts)
        is_likely = (weights >= LIKELY_WEIGHT) | ((places == 0) & (np.repeat(counts, counts) >= LIKELY_DOCUMENTS))
        kept = (places < RECORDS_OF_TERM) & is_likely
        ends = np.concatenate(([0], np.cumsum(kept)))[starts - starts[0]].tolist()
        numbers = (keys[kept] & _NUMBERS).tolist()
        found += [numbers[start:end] for start, end in pairwise(ends)]
    return found


def _cut(
    terms: Sequence[str], encoded: Sequence[bytes], best: Sequence[Sequence[int]], records: Mapping[int, bytes]
) -> list[_Part]:
    """The parts that become shards, in order."""

    def size_of(size: int, documents: frozenset[int]) -> int:
        return size + sum(len(records[number]) + 11 for number in documents)

    def is_small(part: _Part) -> bool:
        return part.size <= SHARD_BYTES and size_of(part.size, part.documents) <= SHARD_BYTES

    def joined(one: _Part, other: _Part) -> _Part:
        return _Part(one.start, other.end, one.size + other.size, one.documents | other.documents)

    def cut(start: int, end: int, depth: int) -> list[_Part]:
        whole = _Part(
            start,
            end,
            sum(len(encoded[at]) + len(terms[at]) + 4 for at in range(start, end)),
            frozenset(number for at in range(start, end) for number in best[at] if number in records),
        )
        if is_small(whole) or end - start == 1:
            return [whole]
        parts: list[_Part] = []
        while start < end:
            prefix = terms[start][: depth + 1]
            stop = start + 1
            while stop < end and terms[stop][: depth + 1] == prefix and len(prefix) > depth:
                stop += 1
            for part in cut(start, stop, depth + 1):
                if parts and is_small(both := joined(parts[-1], part)):
                    parts[-1] = both
                else:
                    parts.append(part)
            start = stop
        return parts

    return cut(0, len(terms), 0) if terms else []


def _beginning(terms: Sequence[str], at: int) -> str:
    """The shortest beginning of a term that comes after the term before."""
    return terms[at][: _common_letters(terms[at - 1], terms[at]) + 1] if at else ""


def _common_letters(one: str, other: str) -> int:
    """With how many equal letters two terms begin."""
    return next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))


def _beginnings(terms: Sequence[str], parts: Sequence[_Part]) -> set[str]:
    """Beginnings of terms that are in more than one shard."""
    return {
        terms[part.start][:length]
        for part in parts[1:]
        for length in range(1, _common_letters(terms[part.start - 1], terms[part.start]) + 1)
    }


def _of_beginning(postings: Postings, lengths: "NDArray[Any]", start: str) -> tuple[bytes, list[int]]:
    """How many documents there are, then postings of the best; and the numbers of the very best.

    A term counts for as much as is typed of it. `lengths`: letters of each term.
    """
    import numpy as np  # noqa: PLC0415

    key = in_script_order(start)
    first = bisect_left(postings.terms, key, key=in_script_order)
    last = bisect_right(postings.terms, key, lo=first, key=lambda term: in_script_order(term)[: len(key)])
    places = np.asarray(postings.starts[first : last + 1])
    share = np.repeat(len(start) / lengths[first:last], np.diff(places))
    own = slice(places[0], places[-1])
    weights = np.maximum(1, np.rint(postings.weights[own] * share * BEGINNING_SCALE)).astype(np.int64)
    # Sorted by number, the highest weight of each first.
    keys = (postings.numbers[own].astype(np.int64) << _WEIGHT_BITS) | (_WEIGHTS - weights)
    keys.sort()
    numbers = keys >> _WEIGHT_BITS
    is_first = np.diff(numbers, prepend=-1) != 0
    numbers, weights = numbers[is_first], _WEIGHTS - (keys[is_first] & _WEIGHTS)
    ranked = _heaviest_first(numbers, weights)
    is_kept = np.ones(len(numbers), bool)
    if len(ranked) > MAX_BEGINNING:
        is_kept = ranked <= np.partition(ranked, MAX_BEGINNING - 1)[MAX_BEGINNING - 1]
    very_best = np.sort(ranked[is_kept])[:RECORDS_OF_TERM] & _NUMBERS
    steps = _steps(numbers[is_kept], weights[is_kept], np.zeros(1, np.int64))
    return msgspec.json.encode([len(numbers), *steps.tolist()]), very_best.tolist()
