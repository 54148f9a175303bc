"""Related lists that are not what they were: which article came in, which left, and why.

Lists are ranked among all articles, so an edit of one article can move lists of others. What can be said for sure is
said: an article is gone, an editor has chosen or barred it, one of the two was edited. What remains is that other
articles are nearer now, or that words and topics of the two are more or less common among all.
"""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum

import msgspec

from site_builder.content.schema import Article
from site_builder.editions.edition import DocumentFacts, Edition, Listed
from site_builder.urls import Permalink


class Cause(StrEnum):
    """Why an article came into a list, or left it."""

    NEW = "it is new on the site"
    GONE = "it is no longer on the site"
    CURATED = "the editor lists it under similar now"
    NOT_CURATED = "the editor no longer lists it under similar"
    BARRED = "the editor says that it is unrelated"
    NOT_BARRED = "the editor no longer says that it is unrelated"
    EDITED = "it was edited"
    LIST_EDITED = "this article was edited"
    OTHERS = "other articles have changed"


class ListedChange(msgspec.Struct, frozen=True):
    """An entry that came or left."""

    url: Permalink
    title: str
    cause: Cause
    reasons: tuple[str, ...]
    """What the two articles have in common, as the page says it."""


class RelatedMove(msgspec.Struct, frozen=True):
    """The related list of one article that both editions have."""

    url: Permalink
    title: str
    came: tuple[ListedChange, ...]
    left: tuple[ListedChange, ...]
    is_reordered: bool
    """Whether what stayed is in another order."""


def compare_related(base: Edition, head: Edition, moved: Mapping[Permalink, Permalink]) -> tuple[RelatedMove, ...]:
    """The lists that differ, by address. `moved`: former address of a renamed article -> the one of now."""
    lists = {moved.get(url, url): entries for url, entries in base.related.items()}
    both = _Both(base, head, moved)
    found = (_move(url, lists[url], after, both) for url, after in head.related.items() if url in lists)
    return tuple(sorted((move for move in found if move), key=lambda move: move.url))


def _move(url: Permalink, before: tuple[Listed, ...], after: tuple[Listed, ...], both: "_Both") -> RelatedMove | None:
    if before == after:
        return None
    was = {both.moved.get(one.url, one.url): one for one in before}
    now = {one.url: one for one in after}
    if list(was) == list(now):
        return None
    came = tuple(_change(url, one, both, is_new=True) for key, one in now.items() if key not in was)
    left = tuple(_change(url, one, both, is_new=False) for key, one in was.items() if key not in now)
    stayed = [key for key in was if key in now]
    return RelatedMove(url, both.title(url), came, left, stayed != [key for key in now if key in was])


def _change(url: Permalink, entry: Listed, both: "_Both", *, is_new: bool) -> ListedChange:
    other = both.moved.get(entry.url, entry.url)
    causes = both.causes_to_come(url, other) if is_new else both.causes_to_leave(url, other)
    return ListedChange(entry.url, both.title(other), next(causes), entry.reasons)


class _Both:
    """Both editions, asked for the causes."""

    def __init__(self, base: Edition, head: Edition, moved: Mapping[Permalink, Permalink]) -> None:
        self.moved = moved
        self._before = {moved.get(one.url, one.url): one for one in base.documents if one.presence.has_page}
        self._after = {one.url: one for one in head.documents if one.presence.has_page}

    def title(self, url: Permalink) -> str:
        one = self._after.get(url) or self._before.get(url)
        return one.title if one else url

    def causes_to_come(self, url: Permalink, other: Permalink) -> Iterator[Cause]:
        """Those that hold, the plainest first."""
        if other not in self._before:
            yield Cause.NEW
        if self._lists("similar", self._before, url, other) and not self._lists("similar", self._after, url, other):
            yield Cause.NOT_CURATED
        if self._bars(self._before, url, other) and not self._bars(self._after, url, other):
            yield Cause.NOT_BARRED
        yield from self._edits(url, other)
        yield Cause.OTHERS

    def causes_to_leave(self, url: Permalink, other: Permalink) -> Iterator[Cause]:
        """Those that hold, the plainest first."""
        if other not in self._after:
            yield Cause.GONE
        if self._lists("similar", self._after, url, other):
            yield Cause.CURATED
        if self._bars(self._after, url, other):
            yield Cause.BARRED
        yield from self._edits(url, other)
        yield Cause.OTHERS

    def _edits(self, url: Permalink, other: Permalink) -> Iterator[Cause]:
        if self._is_edited(other):
            yield Cause.EDITED
        if self._is_edited(url):
            yield Cause.LIST_EDITED

    def _is_edited(self, url: Permalink) -> bool:
        one, other = self._before.get(url), self._after.get(url)
        if one is None or other is None:
            return False
        return one.body != other.body or one.front_matter != other.front_matter

    def _bars(self, edition: Mapping[Permalink, DocumentFacts], url: Permalink, other: Permalink) -> bool:
        return self._lists("unrelated", edition, url, other) or self._lists("unrelated", edition, other, url)

    def _lists(self, field: str, edition: Mapping[Permalink, DocumentFacts], url: Permalink, other: Permalink) -> bool:
        """Whether an article names another one in a field of its front matter."""
        one, named = edition.get(url), edition.get(other)
        meta = one.meta_of() if one else None
        if named is None or not isinstance(meta, Article):
            return False
        slugs: Collection[str] = meta.unrelated if field == "unrelated" else [entry.to for entry in meta.similar]
        return named.slug in slugs
