"""Related lists that no page waits for: a page shows the list that is known, and the new one once it is ranked.

Ranking one list takes 0.3 s for each 1,000 articles, which is longer than an edit may take to be on the screen. So a
large site ranks after the page was answered; where the list has changed, the page reloads.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from site_builder.content.document import is_a
from site_builder.content.schema import Article
from site_builder.corpus.corpus import is_unlisted
from site_builder.links.related_article import RelatedArticle, RelatedByArticle
from site_builder.pipeline import Site
from site_builder.related.site_related import related_of
from site_builder.urls import Permalink

RANKED_AT_ONCE: Final = 150
"""Articles up to which a list is ranked before its page is answered: some 50 ms."""
MOST_RANKED: Final = 5
"""Lists that are ranked after an edit: those of the pages that are open, the last ones asked for."""


class LateLists(Mapping[Permalink, tuple[RelatedArticle, ...]]):
    """Article -> its list, as far as it is known."""

    def __init__(self, before: RelatedByArticle) -> None:
        """`before`: lists from before the last edit."""
        self._before = dict(before)
        self._ranked: dict[Permalink, tuple[RelatedArticle, ...]] = {}
        self._asked: dict[Permalink, None] = {}

    def __getitem__(self, url: Permalink) -> tuple[RelatedArticle, ...]:
        if url in self._ranked:
            return self._ranked[url]
        self._asked.pop(url, None)
        self._asked[url] = None
        return self._before.get(url, ())

    def __iter__(self) -> Iterator[Permalink]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    @property
    def known(self) -> RelatedByArticle:
        """All lists, old and new."""
        return {**self._before, **self._ranked}

    @property
    def missing(self) -> tuple[Permalink, ...]:
        """Articles whose list was asked for and is not ranked, the last one first."""
        return tuple(reversed(self._asked))[:MOST_RANKED]

    def add(self, lists: RelatedByArticle) -> bool:
        """Take over lists; whether any is another one than was shown."""
        is_other = any(_shown(self._before.get(url, ())) != _shown(found) for url, found in lists.items())
        self._ranked.update(lists)
        for url in lists:
            self._asked.pop(url, None)
        return is_other


def _shown(found: tuple[RelatedArticle, ...]) -> list[tuple[Permalink, float, tuple[str, ...]]]:
    """What pages and files show of a list."""
    return [(one.article.permalink, round(one.score, 4), one.reasons) for one in found]


class LiveSite(Site):
    """A site whose related lists come late, if it is large."""

    before: RelatedByArticle = MappingProxyType({})
    """The lists of an earlier state, perhaps with articles that are gone."""

    def make_related(self) -> RelatedByArticle:
        """The related lists."""
        if len(self.corpus.listed) <= RANKED_AT_ONCE:
            return super().make_related()
        return LateLists({url: tuple(self._still_there(url, found)) for url, found in self.before.items()})

    def _still_there(self, url: Permalink, found: tuple[RelatedArticle, ...]) -> Iterator[RelatedArticle]:
        of = self.corpus.by_permalink
        curated = {s.target.document for s in self.graph.resolved[url].similar} if url in self.graph.resolved else set()
        for one in found:
            article = of.get(one.article.permalink)
            if article is not None and is_a(article, Article) and not is_unlisted(article) and article not in curated:
                yield RelatedArticle(article, one.score, one.reasons)

    def forget_related(self) -> None:
        """Let lists be ranked again, and show those of now until then."""
        late = self.__dict__.get("related")
        if isinstance(late, LateLists):
            self.before = late.known

    def ranking(self) -> Callable[[], RelatedByArticle] | None:
        """What ranks the lists that are missing, in any thread; None where none is."""
        late = self.__dict__.get("related")
        if not isinstance(late, LateLists) or not late.missing:
            return None
        articles = [a for a in self.corpus.listed if a.permalink in late.missing]
        gone = set(late.missing) - {a.permalink for a in articles}
        late.add(dict.fromkeys(gone, ()))
        arguments = self.related_arguments()
        return lambda: {a.permalink: related_of(a, *arguments) for a in articles}
