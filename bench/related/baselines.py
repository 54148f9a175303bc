"""Simple rankings to compare with: documents as `site_builder.related.neighbours` takes them -> id -> ids, best first.

All of them get the program's own stems without stop words, so that a difference lies in the ranking and not in how
words are cut. Equal scores are put in an order that says nothing, the same in every run; what scores 0 is left out.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final
from zlib import crc32

from site_builder.text.tokenizer import Roots

Document = Mapping[str, Any]
Ranker = Callable[[Sequence[Document]], Mapping[str, Sequence[str]]]

K1: Final = 1.2
B: Final = 0.75
TIME: Final = 0.5
"""How much the same day adds to a likeness of 1; after DAYS it is half of that."""
DAYS: Final = 30
HUGO_WEIGHTS: Final = {"keywords": 100, "date": 10}
HUGO_THRESHOLD: Final = 80


def text_of(document: Document) -> list[str]:
    """The stems of title, summary and body."""
    return Roots().of_text("\n".join(str(document.get(field) or "") for field in ("title", "summary", "body")))


def in_order(own: str, scores: Mapping[str, float]) -> list[str]:
    """Best first, without the document itself."""
    found = [other for other, score in scores.items() if other != own and score > 0]
    return sorted(found, key=lambda other: (-scores[other], crc32(other.encode())))


class BM25:
    """Texts to be asked with other texts; a word counts once in a question, however often it stands there."""

    def __init__(self, texts: Mapping[str, Sequence[str]]) -> None:
        self.lengths = {name: len(text) for name, text in texts.items()}
        self.mean = sum(self.lengths.values()) / max(len(texts), 1) or 1.0
        self.postings: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for name, text in texts.items():
            for word, count in Counter(text).items():
                self.postings[word].append((name, count))

    def scores(self, question: Iterable[str]) -> dict[str, float]:
        """Text -> score, for those that share a word with the question."""
        total: dict[str, float] = defaultdict(float)
        for word in sorted(set(question)):
            found = self.postings.get(word, [])
            rarity = math.log(1 + (len(self.lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for name, count in found:
                length = K1 * (1 - B + B * self.lengths[name] / self.mean)
                total[name] += rarity * count * (K1 + 1) / (count + length)
        return total


def bm25(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Each document's text as a question to the others."""
    texts = {d["id"]: text_of(d) for d in documents}
    asked = BM25(texts)
    return {own: in_order(own, asked.scores(text)) for own, text in texts.items()}


def _cosines(texts: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Cosines of the vectors of (1 + log count) × log(documents / documents with the word)."""
    spread = Counter(word for text in texts.values() for word in set(text))
    postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for name, text in texts.items():
        weights = {w: (1 + math.log(n)) * math.log(len(texts) / spread[w]) for w, n in Counter(text).items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        for word, weight in weights.items():
            postings[word].append((name, weight / length))
    likeness: dict[str, dict[str, float]] = {name: defaultdict(float) for name in texts}
    for word in sorted(postings):
        for one, weight in postings[word]:
            for other, others in postings[word]:
                likeness[one][other] += weight * others
    return likeness


def tf_idf(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Cosine of single words."""
    likeness = _cosines({d["id"]: text_of(d) for d in documents})
    return {own: in_order(own, scores) for own, scores in likeness.items()}


def tf_idf_time(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Cosine of words and pairs of neighbouring words, times 1 to 1.5 by closeness in time."""
    texts = {d["id"]: text_of(d) for d in documents}
    likeness = _cosines({name: [*text, *map(" ".join, pairwise(text))] for name, text in texts.items()})
    days = {d["id"]: _day(d) for d in documents}

    def close(one: str, other: str) -> float:
        first, second = days[one], days[other]
        apart = math.inf if first is None or second is None else abs(first - second)
        return 1 + TIME * DAYS / (DAYS + apart)

    return {
        own: in_order(own, {other: score * close(own, other) for other, score in scores.items()})
        for own, scores in likeness.items()
    }


def tag_jaccard(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Shared tags (topics and entities) as a part of all tags of both."""
    tags = {d["id"]: set(_keywords(d)) for d in documents}
    return {
        own: in_order(own, {other: len(mine & theirs) / (len(mine | theirs) or 1) for other, theirs in tags.items()})
        for own, mine in tags.items()
    }


def hugo(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Related content as Hugo's documentation describes it, with its defaults and `includeNewer`.

    Every keyword that two pages share adds the weight of its index, here keywords (topics and entities, in lower case)
    and the month of the date. The mean weight of the matches, put between 0 and 100 from the least to the greatest
    weight of an index, must reach the threshold divided by the number of matches. Then the sum decides, then the newer.
    Newer pages are let in, unlike in Hugo's defaults: half of what people linked is newer.
    """
    indices: dict[tuple[str, str], list[str]] = defaultdict(list)
    keys: dict[str, list[tuple[str, str]]] = {}
    for document in documents:
        day = _day(document)
        month = [] if day is None else [("date", date.fromordinal(day).strftime("%Y-%m"))]
        keys[document["id"]] = [*(("keywords", word.lower()) for word in _keywords(document)), *month]
        for key in keys[document["id"]]:
            indices[key].append(document["id"])
    days = {d["id"]: _day(d) or 0 for d in documents}
    least, most = min(HUGO_WEIGHTS.values()), max(HUGO_WEIGHTS.values())
    lists = {}
    for own, mine in keys.items():
        matches: dict[str, list[int]] = defaultdict(list)
        for key in mine:
            for other in indices[key]:
                if other != own:
                    matches[other].append(HUGO_WEIGHTS[key[0]])
        passed = [
            other
            for other, weights in matches.items()
            if round(100 * (sum(weights) // len(weights) - least) / (most - least)) >= HUGO_THRESHOLD // len(weights)
        ]
        lists[own] = sorted(passed, key=lambda other: (-sum(matches[other]), -days[other], crc32(other.encode())))
    return lists


def shuffled(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Everything in an order that says nothing."""
    names = sorted(d["id"] for d in documents)
    return {own: random.Random(own).sample([n for n in names if n != own], len(names) - 1) for own in names}


BASELINES: Final[Mapping[str, Ranker]] = {
    "random": shuffled,
    "tag Jaccard": tag_jaccard,
    "Hugo": hugo,
    "BM25": bm25,
    "TF-IDF": tf_idf,
    "TF-IDF+pairs+time": tf_idf_time,
}


def _keywords(document: Document) -> list[str]:
    return [*(document.get("topics") or ()), *(document.get("entities") or ())]


def _day(document: Document) -> int | None:
    value = document.get("date")
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return value.toordinal() if isinstance(value, date) else None
