"""Records to the files of the index.

A term's postings hold numbers of documents and, for each, how much the document is about the term; the browser works
out how rare a term is. So an edit changes only the files of its terms. For the same reason documents are numbered by a
hash of their address: a new document does not renumber others.

- `index.json`: how many documents there are, and the prefixes under which terms are filed.
- `t/<prefix>.json`: term -> its postings `[number, weight, step to the next number, weight, …]`.
- `d/<n>.json`: number -> what a result shows.
- `facets/<name>.json`: value -> its name and numbers; `facets/year.json` from the newest article to the oldest.
- `words.json`: frequent words of titles and names, to correct misspelled queries.
"""

import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

import msgspec

from site_builder.text.tokenizer import terms, words

LEAF_BYTES: Final = 12_000
"""Size of a file of terms; a prefix with more is divided by the next character."""
MAX_POSTINGS: Final = 3_000
"""Documents in the postings of a term, those that are most about it: a word that occurs everywhere finds little."""
HASH_BITS: Final = 24
DOCUMENTS_PER_FILE: Final = 12
MAX_WORDS: Final = 3_000
"""Words in `words.json`: some 25 kB."""
MAX_WEIGHT: Final = 15
"""The highest weight in a posting."""
SATURATION: Final = 4.0
"""A weight of this much counts half of the highest: BM25's k1, for weights where a title's word has 8."""
USUAL_LENGTH: Final = 300
"""Words of a usual text: BM25's average length, but constant, so that one edit does not change all weights."""
FIELDS: Final = {"title": 8.0, "names": 3.0, "summary": 2.0, "text": 1.0}
"""Field -> weight of a word in it; `names`: synonyms, topics, entities and the source."""


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """A document as the search knows it."""

    url: str
    kind: str
    """article, topic, entity, page or tool."""
    title: str
    names: str
    """More words that find it: synonyms, topics, entities, source."""
    summary: str
    text: str
    date: str
    """ISO 8601; "" for documents without a date."""
    source: str
    language: str
    """BCP 47 tag; "" for the language of the site."""
    topics: tuple[tuple[str, str], ...] = ()
    """Slug and name; the main one first, wider ones last."""
    entities: tuple[tuple[str, str], ...] = ()
    is_stub: bool = False


TermWeights = dict[str, int]
"""Term -> weight, 1 to MAX_WEIGHT."""


def weigh(record: SearchRecord) -> TermWeights:
    """How much a record is about each of its terms."""
    found: dict[str, float] = defaultdict(float)
    for name, weight in FIELDS.items():
        of_field = Counter(terms(getattr(record, name)))
        size = of_field.total()
        if name == "title":  # a single word is the whole title
            factor = weight * (1 + 2 / max(1, size))
        elif name == "text":
            factor = weight / (0.5 + 0.5 * size / USUAL_LENGTH)
        else:
            factor = weight
        for term, count in of_field.items():
            found[term] += factor * count
    return {t: max(1, round(MAX_WEIGHT * w / (w + SATURATION))) for t, w in found.items()}


PackedWeights = tuple[str, bytes]
"""Weights as they are kept: terms joined by spaces, and one byte for each. A tenth of the size of a dict."""


def pack(weights: TermWeights) -> PackedWeights:
    """The compact form, in the order of the terms."""
    ordered = sorted(weights)
    return " ".join(ordered), bytes(weights[term] for term in ordered)


def build_index(records: Sequence[SearchRecord], weights: Iterable[PackedWeights]) -> dict[str, bytes]:
    """Path below `/search/` -> content. The order of the records does not matter."""
    numbers = _numbers([record.url for record in records])
    encoded = _postings(numbers, weights)
    leaves = _leaves(sorted(encoded), encoded)
    shift = max(0, HASH_BITS - max(1, len(records) // DOCUMENTS_PER_FILE).bit_length() + 1)
    files = {
        f"t/{_file_name(leaf)}.json": _object((t, encoded[t]) for t in sorted(own)) for leaf, own in leaves.items()
    }
    files |= _documents(records, numbers, shift)
    files |= _facets(records, numbers)
    files["words.json"] = msgspec.json.encode(_vocabulary(records))
    files["index.json"] = msgspec.json.encode(
        {"documents": len(records), "shift": shift, "leaves": sorted(leaves), "longest": MAX_POSTINGS}, order="sorted"
    )
    return files


def _numbers(urls: Sequence[str]) -> list[int]:
    """A number for each address; where two share one, the later address takes the next that is free."""
    taken: dict[int, str] = {}
    for url in sorted(urls):
        number = int.from_bytes(blake2b(url.encode(), digest_size=HASH_BITS // 8).digest())
        while number in taken:
            number = (number + 1) % (1 << HASH_BITS)
        taken[number] = url
    places = {url: number for number, url in taken.items()}
    return [places[url] for url in urls]


def _postings(numbers: Sequence[int], weights: Iterable[PackedWeights]) -> dict[str, bytes]:
    """Term -> its postings as JSON, by number; numbers after the first as steps."""
    import numpy as np  # noqa: PLC0415 (only where an index is made)

    ids: dict[str, int] = {}
    of_terms, counts, values = array("I"), [], bytearray()
    for names, strengths in weights:
        of_terms.extend(ids.setdefault(name, len(ids)) for name in names.split(" ") if name)
        counts.append(len(strengths))
        values += strengths
    term = np.frombuffer(of_terms, np.uint32) if of_terms else np.zeros(0, np.uint32)
    number = np.repeat(np.asarray(numbers, np.int64), counts)
    weight = np.frombuffer(values, np.uint8).astype(np.int64)
    order = np.lexsort((number, term))
    starts = np.searchsorted(term[order], np.arange(len(ids) + 1))
    number, weight = number[order], weight[order]
    encoded = {}
    for (name, _), start, end in zip(ids.items(), starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        own, strength = number[start:end], weight[start:end]
        if end - start > MAX_POSTINGS:
            best = np.sort(np.lexsort((own, -strength))[:MAX_POSTINGS])
            own, strength = own[best], strength[best]
        flat = np.empty(2 * len(own), np.int64)
        flat[0::2] = np.diff(own, prepend=0)
        flat[1::2] = strength
        encoded[name] = msgspec.json.encode(flat.tolist())
    return encoded


def _object(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A JSON object of values that are JSON already."""
    return b"{" + b",".join(msgspec.json.encode(key) + b":" + value for key, value in entries) + b"}"


def _leaves(ordered: Sequence[str], encoded: Mapping[str, bytes], prefix: str = "") -> dict[str, Sequence[str]]:
    """Terms by the prefix that files them; a prefix that ends with a space is that one term itself."""
    size = sum(len(encoded[term]) + len(term) + 4 for term in ordered)
    if (size <= LEAF_BYTES and prefix) or len(ordered) <= 1:
        return {prefix: ordered} if ordered else {}
    found: dict[str, Sequence[str]] = {}
    groups: dict[str, list[str]] = defaultdict(list)
    for term in ordered:
        groups[term[len(prefix)] if len(term) > len(prefix) else " "].append(term)
    for character, own in groups.items():
        found |= {f"{prefix} ": own} if character == " " else _leaves(own, encoded, prefix + character)
    return found


def _file_name(leaf: str) -> str:
    """A name that works on every disk and server: letters and digits of ASCII as they are, others by their bytes."""
    if leaf.rstrip(" ").isascii() and leaf.rstrip(" ").isalnum():
        return leaf.rstrip(" ") + ("-" if leaf.endswith(" ") else "")
    return f"_{leaf.encode().hex()}"


def _documents(records: Sequence[SearchRecord], numbers: Sequence[int], shift: int) -> dict[str, bytes]:
    files: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for record, number in zip(records, numbers, strict=True):
        topic = record.topics[0][1] if record.topics and record.kind == "article" else ""
        shown = {
            "u": record.url,
            "k": record.kind,
            "t": record.title,
            "s": record.summary,
            "d": record.date,
            "o": record.source,
            "c": topic,
            "l": record.language,
            "b": int(record.is_stub),
        }
        files[number >> shift][str(number)] = {key: value for key, value in shown.items() if value}
    return {f"d/{part}.json": msgspec.json.encode(own, order="sorted") for part, own in files.items()}


def _facets(records: Sequence[SearchRecord], numbers: Sequence[int]) -> dict[str, bytes]:
    """Every value by which results can be filtered, with the articles that have it."""
    found: dict[str, dict[str, tuple[str, list[int]]]] = {name: {} for name in ("topic", "entity", "source", "year")}
    articles = [(r, n) for r, n in zip(records, numbers, strict=True) if r.kind == "article"]
    for record, number in sorted(articles, key=lambda a: (a[0].date, a[1]), reverse=True):
        values = [("topic", slug, name) for slug, name in record.topics]
        values += [("entity", slug, name) for slug, name in record.entities]
        values += [("year", record.date[:4], record.date[:4])]
        values += [("source", record.source, record.source)] if record.source else []
        for facet, key, name in values:
            found[facet].setdefault(key, (name, []))[1].append(number)
    listed = {
        facet: [[key, name, own if facet == "year" else _steps(own)] for key, (name, own) in values.items()]
        for facet, values in found.items()
    }
    return {f"facets/{facet}.json": msgspec.json.encode(_by_key(facet, own)) for facet, own in listed.items()}


def _by_key(facet: str, values: list[list[Any]]) -> list[list[Any]]:
    return values if facet == "year" else sorted(values, key=lambda value: value[0])


def _steps(numbers: Iterable[int]) -> list[int]:
    ordered = sorted(numbers)
    return [number - before for before, number in zip([0, *ordered], ordered, strict=False)]


def _vocabulary(records: Sequence[SearchRecord]) -> list[str]:
    """Words of titles and names, those of most documents first, in the spelling that most of them use."""
    spellings: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for record in records:
        for word in {*_spellings(record.title), *_spellings(record.names)}:
            if len(word) > 3:
                spellings[tuple(terms(word))][word] += 1
    ranked = sorted(spellings.values(), key=lambda own: (-own.total(), min(own)))[:MAX_WORDS]
    return [max(sorted(own), key=own.__getitem__) for own in ranked]


def _spellings(text: str) -> list[str]:
    """The words of a text as it writes them but for their case."""
    return [word.lower() for word in words(unicodedata.normalize("NFC", text))]
