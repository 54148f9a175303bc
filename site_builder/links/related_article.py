"""The entry of a related list, as the graph's export and the pages read it; the package `related` makes them."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article
from site_builder.urls import Permalink


class RelatedArticle(msgspec.Struct, frozen=True):
    """A related article, and why."""

    article: Document[Article]
    score: float
    """0..1."""
    reasons: tuple[str, ...]
    """Phrases to be joined by "; "."""


RelatedByArticle = Mapping[Permalink, tuple[RelatedArticle, ...]]


class RelatedLists(Mapping[Permalink, tuple[RelatedArticle, ...]]):
    """Article -> its related articles. The first list that is asked for is made alone; a second one makes them all.

    So `render` and a reload of `serve` pay for one list. A build, which shows them all, asks for all first.
    """

    def __init__(
        self,
        one: Callable[[Permalink], tuple[RelatedArticle, ...]],
        every: Callable[[], RelatedByArticle],
    ) -> None:
        self._one = one
        self._every = every
        self._known: RelatedByArticle = {}

    def make_all(self) -> None:
        """Make every list now, in one ranking."""
        self._known = self._all

    @cached_property
    def _all(self) -> RelatedByArticle:
        return self._every()

    def __getitem__(self, url: Permalink) -> tuple[RelatedArticle, ...]:
        if not self._known and "_all" not in self.__dict__:
            self._known = {url: self._one(url)}
        return self._known[url] if url in self._known else self._all[url]

    def __iter__(self) -> Iterator[Permalink]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)
