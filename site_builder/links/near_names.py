"""What a writer may have meant by a name that no document has, and which slugs are free for a new document.

Made once for a corpus; the lists that all names are compared with are made when the first is asked for.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import Corpus
from site_builder.corpus.names import spoken_names
from site_builder.diagnostics import KnownWords, ask_whether
from site_builder.urls import SourcePath, fold

SHOWN: Final = 3
"""Names in a hint."""


class NearNames:
    """Slugs and spoken names of a corpus, and the slugs of files that could not be read."""

    def __init__(self, corpus: Corpus, unread: Mapping[tuple[Kind, str], SourcePath]) -> None:
        self._corpus, self._unread = corpus, unread
        self._slugs_of = cache(self._slugs)
        self._names_of = cache(self._names)
        self.taken = cache(self._taken)
        """Kind -> the slugs that no new document of the kind can have, each with its kind, folded."""

    def like_slug(self, word: str, kinds: tuple[Kind, ...], path: SourcePath) -> str:
        """The hint for a misspelled slug in a document: `did you mean "x"?` or ""."""
        here = self._corpus.by_path.get(path)
        own = [str(here.slug)] if here and here.kind in kinds and not self._is_shared(str(here.slug), kinds) else []
        return _ask(self._slugs_of(kinds), word, own)

    def like_name(self, word: str, kinds: tuple[Kind, ...], path: SourcePath) -> str:
        """The same for a title, name or synonym."""
        here = self._corpus.by_path.get(path)
        return _ask(self._names_of(kinds), word, spoken_names(here) if here else ())

    def _is_shared(self, slug: str, kinds: tuple[Kind, ...]) -> bool:
        """Whether documents of several kinds have a slug."""
        return sum((kind, fold(slug)) in self.taken(kind) for kind in kinds) > 1

    def _slugs(self, kinds: tuple[Kind, ...]) -> KnownWords:
        known = {str(d.slug) for d in self._corpus.by_path.values() if d.kind in kinds}
        return KnownWords(known | {slug for kind, slug in self._unread if kind in kinds})

    def _names(self, kinds: tuple[Kind, ...]) -> KnownWords:
        """The titles, names and synonyms of one document only."""
        called = self._corpus.called
        names = [name for d in self._corpus.documents() if d.kind in kinds for name in spoken_names(d)]
        return KnownWords(name for name in names if sum(len(called(kind, name)) for kind in kinds) == 1)

    def _taken(self, kind: Kind) -> frozenset[tuple[Kind, str]]:
        existing = ((kind, fold(d.slug)) for d in self._corpus.by_path.values() if d.kind is kind)
        return frozenset((*existing, *((k, fold(slug)) for k, slug in self._unread)))


def _ask(known: KnownWords, word: str, own: Iterable[str]) -> str:
    left_out = frozenset(own)
    near = known.nearest(word, SHOWN + len(left_out))
    return ask_whether([name for name in near if name not in left_out][:SHOWN])
