"""Records to the files of the index.

A term's postings hold numbers of documents and, for each, how much the document is about the term; the browser works
out how rare a term is. So an edit changes only the files of its terms. For the same reason documents are numbered by a
hash of their address: a new document does not renumber others, unless there are twice as many as there were once.

- `index.json`, loaded when the search opens: how many documents there are, where the shards begin, frequent words to
  correct misspelled queries; in a small site also the records of all documents.
- `t/<first term>.json`: a shard, which is a range of terms with their postings `[number, weight, step to the next
  number, weight, …]`, and the records of the first documents of each term, without their summaries (`shards.py`).
- `d/<n>.json`: number -> record, where a site is too large to have all of them in `index.json`.
- `facets/<name>-<n>.json`: value -> its name and numbers (`facets.py`).
"""

import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import chain, pairwise
from typing import Any, Final

import msgspec

from site_builder.search.facets import make_facets
from site_builder.search.search_record import PackedWeights, SearchRecord
from site_builder.search.shards import MAX_POSTINGS, Postings, in_script_order, make_shards
from site_builder.text.tokenizer import terms, words

SPARE_BITS: Final = 6
"""Numbers of documents are 64 times as many as documents: few share a hash, and steps between numbers are short."""
ROOT_RECORDS_BYTES: Final = 60_000
"""Records that are in `index.json` itself: some 20 kB with gzip, or 200 documents."""
DOCUMENTS_PER_FILE: Final = 16
MAX_WORDS: Final = 3_000
"""Words of titles and names for corrections: with gzip some 11 kB."""
MAX_WORDS_OF_TEXTS: Final = 1_500
_WEIGHT_BITS: Final = 7
"""Room for a weight in a sort key."""
LEAST_LETTERS: Final = 4
"""Of a word that others are corrected to."""


def build_index(records: Sequence[SearchRecord], weights: Iterable[PackedWeights]) -> dict[str, bytes]:
    """Path below `/search/` -> content. The order of the records does not matter."""
    bits = len(records).bit_length() + SPARE_BITS
    numbers = _numbers([record.url for record in records], bits)
    postings = _postings(numbers, bits, weights)
    shown = dict(zip(numbers, map(_shown, records), strict=True))
    whole = {number: msgspec.json.encode(record, order="sorted") for number, record in shown.items()}
    is_small = sum(map(len, whole.values())) <= ROOT_RECORDS_BYTES
    shift = max(0, bits - max(1, len(records) // DOCUMENTS_PER_FILE).bit_length())
    brief = {} if is_small else {number: _brief(record) for number, record in shown.items()}
    shards = make_shards(postings, brief)
    facets = make_facets(records, numbers)
    root = {
        "documents": len(records),
        "facets": {facet: len(parts) for facet, parts in facets.items()},
        "longest": MAX_POSTINGS,
        "records": {str(number): shown[number] for number in sorted(shown)} if is_small else {},
        "shards": list(shards),
        "shift": shift,
        "vocabulary": " ".join(_vocabulary(records, postings)),
    }
    files = {f"t/{file_name(first)}.json": data for first, data in shards.items()}
    files |= {} if is_small else _documents(whole, shift)
    files |= {
        f"facets/{facet}-{n}.json": data for facet, parts in facets.items() for n, data in enumerate(parts, start=1)
    }
    files["index.json"] = msgspec.json.encode(root, order="sorted")
    return files


def _numbers(urls: Sequence[str], bits: int) -> list[int]:
    """A number for each address, from its hash; where two share one, the later address takes the next that is free."""
    taken: dict[int, str] = {}
    for url in sorted(urls):
        number = int.from_bytes(blake2b(url.encode(), digest_size=4).digest()) >> (32 - bits)
        while number in taken:
            number = (number + 1) % (1 << bits)
        taken[number] = url
    places = {url: number for number, url in taken.items()}
    return [places[url] for url in urls]


class _Ids(dict[str, int]):
    """Term -> number, in the order in which they are first asked for."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


def _postings(numbers: Sequence[int], bits: int, weights: Iterable[PackedWeights]) -> Postings:
    """All postings, by term and number; `bits`: room for a number."""
    import numpy as np  # noqa: PLC0415 (only where an index is made)

    ids = _Ids()
    number_of = ids.__getitem__
    of_terms, counts, values = array("I"), [], bytearray()
    for names, strengths in weights:
        if names:
            of_terms.extend(map(number_of, names.split(" ")))
        counts.append(len(strengths))
        values += strengths
    ordered = sorted(ids, key=in_script_order)
    # 100,000 articles have some 30 million postings: one key for each, which is sorted in its place.
    places = np.zeros(len(ids), np.int64)
    places[[ids[term] for term in ordered]] = np.arange(len(ids))
    keys = places[np.frombuffer(of_terms, np.uint32)] if of_terms else np.zeros(0, np.int64)
    keys <<= bits
    keys |= np.repeat(np.asarray(numbers, np.int32), counts)
    keys <<= _WEIGHT_BITS
    keys |= np.frombuffer(values, np.int8)
    keys.sort()
    weight = (keys & ((1 << _WEIGHT_BITS) - 1)).astype(np.int8)
    keys >>= _WEIGHT_BITS
    number = (keys & ((1 << bits) - 1)).astype(np.int32)
    keys >>= bits
    starts = np.searchsorted(keys, np.arange(len(ids) + 1))
    return Postings(ordered, starts.tolist(), number, weight)


def file_name(first: str) -> str:
    """A name that works on every disk and server: letters and digits of ASCII as they are, others by their bytes."""
    return first if first.isascii() and first.isalnum() else f"_{first.encode().hex()}"


def _shown(record: SearchRecord) -> dict[str, Any]:
    """What a result shows."""
    values = {
        "u": record.url,
        "k": record.kind,
        "t": record.title,
        "s": record.summary,
        "d": record.date,
        "o": record.source,
        "c": record.topics[0][1] if record.topics and record.kind == "article" else "",
        "l": record.language,
        "b": int(record.is_stub),
    }
    return {key: value for key, value in values.items() if value}


def _brief(shown: Mapping[str, Any]) -> bytes:
    """What a result shows until the rest is there."""
    return msgspec.json.encode({key: value for key, value in shown.items() if key != "s"}, order="sorted")


def _documents(whole: Mapping[int, bytes], shift: int) -> dict[str, bytes]:
    files: dict[int, dict[str, msgspec.Raw]] = defaultdict(dict)
    for number, record in whole.items():
        files[number >> shift][str(number)] = msgspec.Raw(record)
    return {f"d/{part}.json": msgspec.json.encode(own, order="sorted") for part, own in files.items()}


def _vocabulary(records: Sequence[SearchRecord], postings: Postings) -> list[str]:
    """Words that a misspelled one may have meant, those of most documents first.

    First words of titles and names, in the spelling that most of them use, then terms that several texts have.
    """
    found_in = Counter(
        chain.from_iterable({*_spellings(record.title), *_spellings(record.names)} for record in records)
    )
    spellings: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for word, count in found_in.items():
        if len(word) >= LEAST_LETTERS:
            spellings[tuple(terms(word))][word] = count
    ranked = sorted(spellings.values(), key=lambda own: (-own.total(), min(own)))[:MAX_WORDS]
    of_titles = [max(sorted(own), key=own.__getitem__) for own in ranked]
    known = {term for word in of_titles for term in terms(word)}
    counts = (end - start for start, end in pairwise(postings.starts))
    found = [(count, term) for term, count in zip(postings.terms, counts, strict=True) if _may_be_meant(term, count)]
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    of_texts = [term for _, term in found if term not in known]
    return [*of_titles, *of_texts[:MAX_WORDS_OF_TEXTS]]


def _may_be_meant(term: str, count: int) -> bool:
    return count > 1 and len(term) >= LEAST_LETTERS and term.isalpha()


def _spellings(text: str) -> list[str]:
    """The words of a text as it writes them but for their case."""
    return [word.lower() for word in words(unicodedata.normalize("NFC", text))]
