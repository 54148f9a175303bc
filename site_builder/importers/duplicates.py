"""Find the articles that an imported page duplicates: same address, same title, nearly the same text, same event."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from site_builder.content.vocabulary import NO_SUMMARY
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.importers.existing_content import ExistingContent, url_of
from site_builder.importers.imported_article import ImportedArticle
from site_builder.links.canonical_urls import page_key
from site_builder.text.folding import fold
from site_builder.text.simhash import BITS, sketch
from site_builder.urls import SourcePath

if TYPE_CHECKING:
    from site_builder.content.document import Document
    from site_builder.content.schema import Article

NEAR_BITS: Final = 36
"""Bits that may differ: of 50,000 unrelated texts less than one in 10,000 comes so near by chance (binomial)."""
EVENT_DAYS: Final = 14
_EVENT_SHARE: Final = 0.5
"""Weighted share of the words of title and dek that two reports of one event have in common, at least."""
_WORD: Final = re.compile(r"\w{4,}|(?<!\w)\d{1,3}(?!\w)")
"""Words long enough to be telling, and numbers."""
_NO_LETTER: Final = re.compile(r"[\W_]+")
_MIN_COMMON_WORDS: Final = 3
"""Words that two reports of one event share; fewer are chance."""
_MAX_DUPLICATES: Final = 5
"""Reported for one page."""
_MAX_NAMED_WORDS: Final = 4
"""Shared words that a reason names."""
_COMMON_FACTOR: Final = 1.4
"""A shared word has about 0.7 of the weight of one that only one text has, so the share never reaches 1 by itself."""


class Sameness(StrEnum):
    """Why two pages may be the same."""

    ADDRESS = "address"
    TITLE = "title"
    TEXT = "text"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that may be the same, or of the same event."""

    document: "Document[Article]"
    kind: Sameness
    score: float
    """0..1."""
    reason: str

    def finding(self, path: SourcePath) -> Diagnostic:
        """The finding about the page at `path`: duplicate-address, duplicate-title, duplicate-text, duplicate-event."""
        same = "about the same event as" if self.kind is Sameness.EVENT else "the same as"
        text = f'this may be {same} {self.document.path}: "{self.document.title}" ({self.score:.2f}): {self.reason}'
        return diagnostic(f"duplicate-{self.kind}", Location(path), text, "compare the two")


def find_duplicates(article: ImportedArticle, content: ExistingContent) -> tuple[Duplicate, ...]:
    """Articles that may be the same page or the same event: most certain first, each article once, at most five."""
    found: dict[str, Duplicate] = {}
    mine = sketch(article.body)
    key = title_key(article.title or "")
    marks = _marks(article.source.url or "")
    for document in content.articles:
        same = _same_page(article, marks, key, mine, document, content)
        if same is not None:
            found[document.path] = same
    for event in _same_event(article, [d for d in content.articles if d.path not in found]):
        found[event.document.path] = event
    order = list(Sameness)
    return tuple(sorted(found.values(), key=lambda d: (order.index(d.kind), -d.score, d.document.path)))[
        :_MAX_DUPLICATES
    ]


@lru_cache(maxsize=100_000)
def title_key(title: str) -> str:
    """A title without case, marks, punctuation and spaces."""
    return _NO_LETTER.sub("", fold(title))


def _same_page(
    article: ImportedArticle,
    marks: Sequence[str],
    key: str,
    mine: int | None,
    document: "Document[Article]",
    content: ExistingContent,
) -> Duplicate | None:
    url = article.source.url
    source = _source_of(document)
    if url and source and all(mark in source for mark in marks) and page_key(url) == page_key(url_of(document) or ""):
        return Duplicate(document, Sameness.ADDRESS, 1.0, f"its source has the same address, {url}")
    title = "it has the same title" if key and key == title_key(document.title) else ""
    theirs = content.sketches.get(document.path)
    different = BITS if mine is None or theirs is None else (mine ^ theirs).bit_count()
    if different <= NEAR_BITS:
        score = math.cos(math.pi * different / BITS)
        near = f"its text is nearly the same ({different} of {BITS} bits differ)"
        return Duplicate(document, Sameness.TEXT, score, f"{title}, and {near}" if title else near)
    return Duplicate(document, Sameness.TITLE, 1.0, title) if title else None


def _marks(url: str) -> tuple[str, ...]:
    """What every spelling of an address contains: a quick test before two are made canonical."""
    parts = urlsplit(url.casefold())
    return ((parts.hostname or "").removeprefix("www."), "" if "%" in parts.path else parts.path.rstrip("/"))


def _source_of(document: "Document[Article]") -> str:
    source = document.meta.source
    return (source.url or "").casefold() if source else ""


def _same_event(article: ImportedArticle, documents: Sequence["Document[Article]"]) -> Iterable[Duplicate]:
    """Articles of about the same day on the same things."""
    if article.date is None or not article.title:
        return
    day = article.date
    near = [d for d in documents if abs((d.meta.date - day).days) <= EVENT_DAYS]
    mine = _words(f"{article.title} {article.summary or ''}")
    theirs = [_words(f"{d.title} {_summary(d)}") for d in near]
    likely = [(d, words) for d, words in zip(near, theirs, strict=True) if len(mine & words) >= _MIN_COMMON_WORDS]
    wanted = mine.union(*(words for _, words in likely))
    spread = Counter(mine)
    for words in theirs:
        spread.update(wanted & words)
    weight = {word: 1 / spread[word] ** 0.5 for word in wanted}
    for document, words in likely:
        common = mine & words
        least = min(_sum(mine, weight), _sum(words, weight))
        share = _sum(common, weight) * _COMMON_FACTOR / least
        if share >= _EVENT_SHARE:
            days = abs((document.meta.date - day).days)
            when = "the same day" if not days else f"{days} day{'s' * (days > 1)} apart"
            named = ", ".join(sorted(common, key=lambda w: (-weight[w], w))[:_MAX_NAMED_WORDS])
            yield Duplicate(document, Sameness.EVENT, min(1.0, share), f"{when}, and both mention {named}")


def _summary(document: "Document[Article]") -> str:
    summary = document.meta.summary
    return "" if summary == NO_SUMMARY else summary


def _sum(words: Iterable[str], weight: dict[str, float]) -> float:
    return sum(weight[word] for word in words)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))
