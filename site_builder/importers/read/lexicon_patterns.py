"""The languages of a lexicon joined to single patterns: what `phrases` is made of."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Final

from site_builder.importers.lexicon import LanguageLexicon, Lexicon, load_lexicon, load_names
from site_builder.importers.read.compile_patterns import any_of, any_word, at_edges, compiled

WIDE_COLON: Final = "\uff1a"
"""The colon of Chinese and Japanese."""

_ADVERTISERS: Final = frozenset({"outbrain", "taboola", "zergnet", "revcontent", "disqus"})
"""Class names of services that put lists of links, or comments, into pages."""


class LexiconPatterns:
    """Joins what any of the languages says."""

    def __init__(self, places: tuple[Path, ...], unused: frozenset[str]) -> None:
        """Of the files in these folders, without the languages that are not used; read when first needed."""
        self._places = places
        self._unused = unused

    @cached_property
    def _lexicon(self) -> Lexicon:
        return load_lexicon(*self._places, without=self._unused)

    @property
    def lexicon(self) -> Lexicon:
        """What the patterns are made of."""
        return self._lexicon

    @property
    def names(self) -> Lexicon:
        """The same, as far as it is about names, for which nothing else of thirty files need be read."""
        return self._lexicon if self._unused else load_names(self._places)

    # Names of elements

    @cached_property
    def similar_names(self) -> tuple[frozenset[str], ...]:
        """Sets of words: an element whose names hold all of one set holds similar articles."""
        return tuple({frozenset(e.split()): None for x in self._lexicon.values() for e in x.elements.similar})

    @cached_property
    def other_names(self) -> frozenset[str]:
        """Words in the names of elements that hold other links."""
        return self._names(lambda x: x.elements.other) | _ADVERTISERS

    @cached_property
    def dek_names(self) -> frozenset[str]:
        """Words in the names of elements that hold the dek."""
        return self._names(lambda x: x.elements.dek)

    @cached_property
    def box_names(self) -> frozenset[str]:
        """Words in the names of elements that hold something beside the article."""
        return self._names(lambda x: x.elements.boxes) | _ADVERTISERS

    @cached_property
    def comment_names(self) -> frozenset[str]:
        """Words in the names of elements that hold readers' comments."""
        return self._names(lambda x: x.elements.comments)

    @cached_property
    def credit_names(self) -> frozenset[str]:
        """Words in the names of elements that hold a picture's credit."""
        return self._names(lambda x: x.elements.credits)

    # Parts that several of these share

    @cached_property
    def _sources(self) -> str:
        return self._any(lambda x: (x.credits.sources,))

    @cached_property
    def _pictures(self) -> str:
        return self._any(lambda x: (x.credits.pictures,))

    @cached_property
    def _labels(self) -> str:
        return self._any(lambda x: x.boilerplate.labels)

    @cached_property
    def _by_forms(self) -> str:
        return f"{self._any(lambda x: x.lines.bylines)}|{self._words(lambda x: x.by_words)}"

    def _any(self, patterns: Callable[[LanguageLexicon], Iterable[str]]) -> str:
        """A pattern for what any of the languages says."""
        return any_of(p for x in self._lexicon.values() for p in patterns(x) if p)

    def _labelled(self, patterns: Callable[[LanguageLexicon], Iterable[str]]) -> re.Pattern[str]:
        return compiled(rf"^\W*(?:{self._any(patterns)})\s*[:{WIDE_COLON}]\s*(?P<rest>\S.*)$")

    def _bounded(self, patterns: Callable[[LanguageLexicon], Iterable[str]]) -> str:
        """The same, at the edges of words, where a language has spaces between them."""
        return at_edges(p for x in self._lexicon.values() for p in patterns(x) if p)

    def _words(self, words: Callable[[LanguageLexicon], str]) -> str:
        return any_word(w for x in self._lexicon.values() for w in words(x).split())

    def _cased(self, words: Callable[[LanguageLexicon], str]) -> str:
        """Words as written, and capitalised."""
        return any_word(c for x in self._lexicon.values() for w in words(x).split() for c in (w, w.capitalize()))

    def _names(self, words: Callable[[LanguageLexicon], str]) -> frozenset[str]:
        return frozenset(w for x in self._lexicon.values() for w in words(x).split())
