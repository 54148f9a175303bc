"""What the search knows of a document, and how much the document is about each of its terms.

Weights depend on the document alone, so one edit changes no weight of another: BM25's saturation, with a constant for
the usual length.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

from site_builder.text.tokenizer import terms

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
