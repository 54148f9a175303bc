"""What the views of several page types share: cards, parts of a list, headings, backlinks.

Views are frozen data, complete when made. Addresses in them are permalinks, so a template writes `href(card.url)`. A
page's fingerprint is made from its view, so a view holds everything that the page depends on and nothing else.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

import msgspec

from site_builder.render.site_view import Label
from site_builder.urls import Permalink

T = TypeVar("T")

MAX_TITLE_BYTES: Final = 400
"""Of a title in a list of articles, in UTF-8; a longer one is cut at a word."""
MAX_SUMMARY_BYTES: Final = 1_200
"""Of a summary in such a list: 50 of them with their titles make a page of less than 200 kB."""
MAX_NAME_BYTES: Final = 200
"""Of a name in a list of topics or entities, which may have hundreds."""
STEPS: Final = (1, 5, 20, 100, 500, 2_000, 10_000)
"""Sizes of the steps of a pager. From a multiple of one of them, two steps of the next smaller size either way lead to
every multiple of that size, so the parts can be reached one size after the other."""
MAX_AT_ONCE: Final = 16
"""The largest steps cross the whole list in at most as many: then four clicks reach any of 1,600 parts."""


class Card(msgspec.Struct, frozen=True):
    """An article in a list."""

    url: Permalink
    title: str
    summary: str
    date: dt.date
    is_stub: bool
    source: str
    """Name of the source; "" for a stub without one."""
    topic: Label | None
    """The main topic."""
    language: str = ""
    """Set where it differs from the site's."""
    added: dt.date | None = None
    """The day on which it was added to the site, where that is not `date`."""


def shorten(text: str, limit_bytes: int) -> str:
    """The text, or as many of its words as fit into the limit (in UTF-8) with an ellipsis."""
    if len(text.encode()) <= limit_bytes:
        return text
    cut = text.encode()[: limit_bytes - len("…".encode())].decode(errors="ignore")
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.") + "…"


def card_labels(cards: Iterable[Card]) -> Iterator[Label]:
    """Cards as links."""
    return (Label(card.title, card.url) for card in cards)


class HeadingView(msgspec.Struct, frozen=True):
    """An entry of a table of contents."""

    level: int
    id: str
    text: str


class BacklinkView(msgspec.Struct, frozen=True):
    """A page that links here: once, even if it lists this page and also names it in its text."""

    title: str
    url: str
    why: str
    """What its curator says about this page; "" for nothing."""
    before: str
    """The sentence around the link in its text, in three parts; all "" where the text does not link here."""
    text: str
    after: str
    language: str = ""
    """Of the title, where it differs from the site's."""


class BacklinkGroup(msgspec.Struct, frozen=True):
    """Pages that link here in the same way."""

    title: str
    """What they have in common, as a heading: "This follows up on"."""
    items: tuple[BacklinkView, ...]
    again: tuple[BacklinkView, ...] = ()
    """Those that the page already lists among what to read next."""
    is_relation: bool = False
    """Whether a curator said how each of them relates to this page."""


class PagerStep(msgspec.Struct, frozen=True):
    """A part of a list that a pager leads to."""

    number: int
    url: str


class Pagination(msgspec.Struct, frozen=True):
    """The place of a page in a list of several parts."""

    number: int
    count: int
    previous: str
    next: str
    steps: tuple[PagerStep, ...] = ()
    """Parts to choose from besides the previous and the next: the first, the last, and some between; the nearer, the
    more of them."""

    def part_of(self, items: Sequence[T], per_page: int) -> Sequence[T]:
        """The items on this page."""
        return items[(self.number - 1) * per_page : self.number * per_page]


def count_parts(total: int, per_page: int) -> int:
    """Into how many parts a list is divided; an empty list has one."""
    return max(1, -(-total // per_page))


def paginate(items: Sequence[T], per_page: int, base: str) -> Iterator[tuple[Permalink, Sequence[T], Pagination]]:
    """Divide a list into parts: (address, items, place). The first part is at `base`, even if it is empty."""
    for url, place in _places(count_parts(len(items), per_page), base):
        yield url, place.part_of(items, per_page), place


def paginate_weighed(
    items: Sequence[T], weight: Callable[[T], int], limit: int, base: str
) -> Iterator[tuple[Permalink, Sequence[T], Pagination]]:
    """Divide a list whose items are of different length into parts of at most `limit` together, or of one item."""
    parts: list[list[T]] = [[]]
    total = 0
    for item in items:
        total += weight(item)
        if total > limit and parts[-1]:
            parts.append([])
            total = weight(item)
        parts[-1].append(item)
    for part, (url, place) in zip(parts, _places(len(parts), base), strict=True):
        yield url, part, place


def _places(count: int, base: str) -> Iterator[tuple[Permalink, Pagination]]:
    for number in range(1, count + 1):
        previous = part_url(base, number - 1) if number > 1 else ""
        following = part_url(base, number + 1) if number < count else ""
        yield (
            Permalink(part_url(base, number)),
            Pagination(number, count, previous, following, _steps(number, count, base)),
        )


def _steps(number: int, count: int, base: str) -> tuple[PagerStep, ...]:
    if count <= 2:  # the previous or the next is all there is
        return ()
    return tuple(PagerStep(n, part_url(base, n)) for n in step_numbers(number, count))


def step_numbers(number: int, count: int) -> list[int]:
    """The parts that the pager of one part shows, in order, that part among them."""
    found = {1, number, count}
    for step in STEPS:
        if count <= step * MAX_AT_ONCE:
            found.update(range(step, count + 1, step))
            break
        below, above = -(-number // step), number // step
        found.update(n * step for n in (below - 2, below - 1, above + 1, above + 2))
    return sorted(n for n in found if 1 <= n <= count)


def part_url(base: str, number: int) -> str:
    """`/topics/privacy/`, `/topics/privacy/page/2/`"""
    return base if number == 1 else f"{base}page/{number}/"


def first_part_url(url: str, place: Pagination) -> str:
    """The address of the first part, from that of any part."""
    return url.removesuffix(f"page/{place.number}/") if place.number > 1 else url
