"""`/digest/`: a page for every week and month in which something was added or changed, and a feed of the weeks.

Weeks and months follow from the articles' own days (`added`, `updated`), never from today's, so the same content gives
the same pages on any day. An entry of the feed is dated by the last thing in its week: a newsletter service that mails
what is new since its last run sends a week when it is complete, and once more if something is added later.
"""

import datetime as dt
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article
from site_builder.content.vocabulary import Status
from site_builder.corpus.corpus import added_of, updated_of
from site_builder.i18n import Translations
from site_builder.pages.context import PageContext, newest_change
from site_builder.pages.parts import Card, Pagination, card_labels, paginate
from site_builder.pages.readings import AsksSite, SeenTable
from site_builder.pages.route import RECENT_VIEWS, AnyRoute, Route
from site_builder.render.json_ld import JsonNode, PageGraph
from site_builder.render.site_view import Head, Label, SiteView
from site_builder.render.templating.template import Template
from site_builder.routes import Section
from site_builder.urls import Permalink

BASE: Final = Section.DIGEST.url
MAX_WEEKS: Final = 12
"""Latest weeks on `/digest/`; older ones are on the pages of their months."""


class DigestGroup(msgspec.Struct, frozen=True):
    """New articles of one main topic; None for those without."""

    topic: Label | None
    cards: tuple[Card, ...]


class DigestView(msgspec.Struct, frozen=True):
    """`/digest/2026-W48/` and `/digest/2026-11/`, part by part."""

    head: Head
    title: str
    days: str
    """The first and the last."""
    groups: tuple[DigestGroup, ...]
    """The topic with the most new articles first."""
    updated: tuple[Card, ...]
    """Added in an earlier week or month and changed in this one; on the first part only, like the stubs."""
    stubs: tuple[Card, ...]
    counts: tuple[int, int, int]
    """New, updated, stubs."""
    newer: Label | None
    older: Label | None
    around: tuple[Label, ...]
    """The months of a week, the weeks of a month."""
    pagination: Pagination


class DigestYear(msgspec.Struct, frozen=True):
    """A year of `/digest/`."""

    title: str
    months: tuple[Label, ...]
    """Newest first."""


class DigestsView(msgspec.Struct, frozen=True):
    """`/digest/`"""

    head: Head
    title: str
    weeks: tuple[Label, ...]
    """The latest, newest first."""
    years: tuple[DigestYear, ...]


def describe_digest(view: DigestView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe the page as a collection of its new articles."""
    graph = PageGraph(view.head, url, site)
    labels = card_labels(card for group in view.groups for card in group.cards)
    return graph.document(graph.page("CollectionPage", mainEntity=graph.item_list(labels)))


def describe_digests(view: DigestsView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe the page as the collection of its weeks and months."""
    graph = PageGraph(view.head, url, site)
    labels = (*view.weeks, *(month for year in view.years for month in year.months))
    return graph.document(graph.page("CollectionPage", mainEntity=graph.item_list(labels)))


DIGEST_TEMPLATE: Final[Template[DigestView]] = Template("digest.html", describe_digest)
DIGESTS_TEMPLATE: Final[Template[DigestsView]] = Template("digests.html", describe_digests)


@dataclass
class Period:
    """A week or month with its articles."""

    first: dt.date
    last: dt.date
    url: Permalink
    new: list[Document[Article]] = field(default_factory=list)
    stubs: list[Document[Article]] = field(default_factory=list)
    updated: list[Document[Article]] = field(default_factory=list)
    """Added in an earlier period."""

    @property
    def articles(self) -> list[Document[Article]]:
        """All of them."""
        return [*self.new, *self.stubs, *self.updated]

    @property
    def newest(self) -> dt.date:
        """The day of the last addition or change in it."""
        days = (day for a in self.articles for day in (added_of(a), changed_of(a)) if day <= self.last)
        return max(days)


class DigestCalendar(AsksSite):
    """The weeks and months of a site, newest first."""

    def __init__(self, context: PageContext) -> None:
        self.context = context
        remember = context.readings.remember
        self.periods: SeenTable[str, Period] = context.readings.table("digests", self._by_address)
        """Address -> week or month."""
        self._weeks = remember(lambda: _periods(context.newest, week_of))
        self._months = remember(lambda: _periods(context.newest, month_of))

    @property
    def weeks(self) -> list[Period]:
        """By the year and number of ISO 8601."""
        return self._weeks()

    def _by_address(self) -> dict[str, Period]:
        return {period.url: period for period in (*self.weeks, *self.months)}

    @property
    def months(self) -> list[Period]:
        """Of the calendar."""
        return self._months()


def plan_digests(context: PageContext) -> Iterator[AnyRoute]:
    """`/digest/`, and its weeks and months; nothing where no article is listed."""
    if not context.corpus.listed:
        return
    calendar, words = DigestCalendar(context), context.translations
    shown = context.remember(partial(_shown, calendar), RECENT_VIEWS)
    for periods, others in ((calendar.weeks, calendar.months), (calendar.months, calendar.weeks)):
        for index, period in enumerate(periods):
            lastmod = newest_change(period.articles)
            newer = _label(periods[index - 1], words) if index else None
            older = _label(periods[index + 1], words) if index + 1 < len(periods) else None
            around = tuple(_label(o, words) for o in others if o.first <= period.last and o.last >= period.first)
            for url, _, place in paginate(period.new, context.config.options.per_page, period.url):
                view = partial(_digest_view, calendar, period.url, (newer, older), around, shown, place)
                yield Route(url, DIGEST_TEMPLATE, view, lastmod=lastmod, is_in_sitemap=True)
    digests = partial(_digests_view, context, calendar)
    yield Route(BASE, DIGESTS_TEMPLATE, digests, lastmod=context.lastmod, is_in_sitemap=True)


def changed_of(article: Document[Article]) -> dt.date:
    """Last real change, never before the day it was added."""
    return max(updated_of(article) or added_of(article), added_of(article))


def week_of(day: dt.date) -> tuple[dt.date, dt.date, Permalink]:
    """First and last day of a day's week, and the address of its digest, by the year and number of ISO 8601."""
    year, week, weekday = day.isocalendar()
    first = day.toordinal() - weekday + 1
    last = min(first + 6, dt.date.max.toordinal())
    return dt.date.fromordinal(first), dt.date.fromordinal(last), Permalink(f"{BASE}{year:04}-W{week:02}/")


def month_of(day: dt.date) -> tuple[dt.date, dt.date, Permalink]:
    """First and last day of a day's month, and the address of its digest."""
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return day.replace(day=1), last, Permalink(f"{BASE}{day.year:04}-{day.month:02}/")


def _periods(
    articles: Iterable[Document[Article]], part_of: Callable[[dt.date], tuple[dt.date, dt.date, Permalink]]
) -> list[Period]:
    """Newest first. An article is new in one of them, and updated in a later one if it changed there."""
    found: dict[dt.date, Period] = {}

    def period(day: dt.date) -> Period:
        first, last, url = part_of(day)
        return found.setdefault(first, Period(first, last, url))

    for article in articles:
        added = period(added_of(article))
        (added.stubs if article.meta.status is Status.STUB else added.new).append(article)
        changed = changed_of(article)
        if changed > added.last:
            period(changed).updated.append(article)
    return [found[first] for first in sorted(found, reverse=True)]


def _digest_view(
    calendar: DigestCalendar,
    url: Permalink,
    beside: tuple[Label | None, Label | None],
    around: tuple[Label, ...],
    shown: Callable[[Permalink], Sequence[tuple[Label | None, Card]]],
    place: Pagination,
) -> DigestView:
    context = calendar.context
    words, per_page = context.translations, context.config.options.per_page
    period, is_first = calendar.periods[url], place.number == 1
    title, days = title_of(period, words), span(period, words)
    feeds = Label(digest_name(context), BASE)
    description = f"{days}: {summary_of(period, words)}"
    return DigestView(
        head=context.head(words("digest_for", period=title), description, feeds=feeds, place=place),
        title=title,
        days=days,
        groups=tuple(
            DigestGroup(topic, tuple(card for _, card in group))
            for topic, group in groupby(place.part_of(shown(url), per_page), lambda p: p[0])
        ),
        updated=context.cards(period.updated[:per_page]) if is_first else (),
        stubs=context.cards(period.stubs[:per_page]) if is_first else (),
        counts=(len(period.new), len(period.updated), len(period.stubs)),
        newer=beside[0],
        older=beside[1],
        around=around,
        pagination=place,
    )


def _shown(calendar: DigestCalendar, url: Permalink) -> list[tuple[Label | None, Card]]:
    """The new articles of a period, in the order of its page."""
    return by_topic(calendar.context, calendar.periods[url].new)


def by_topic(context: PageContext, articles: Sequence[Document[Article]]) -> list[tuple[Label | None, Card]]:
    """Articles with their main topic: the topic with the most of them first, those without one last."""
    groups: dict[Label | None, list[Document[Article]]] = defaultdict(list)
    for article in articles:
        topics = context.taxonomy.topics[article.permalink]
        groups[Label(topics[0].title, topics[0].permalink) if topics else None].append(article)
    order = sorted(
        groups, key=lambda t: (t is None, -len(groups[t]), t.title.casefold() if t else "", t.url if t else "")
    )
    return [(topic, context.card(article)) for topic in order for article in groups[topic]]


def title_of(period: Period, words: Translations) -> str:
    """`Week 48 of 2026`, `November 2026`"""
    if "W" not in period.url:
        return words.month_of(period.first.year, period.first.month)
    year, week, _ = period.first.isocalendar()
    return words("digest_week", week=week, year=year)


def span(period: Period, words: Translations) -> str:
    """`23 November 2026 to 29 November 2026`"""
    return words("digest_days", first=words.day(period.first), last=words.day(period.last))


def summary_of(period: Period, words: Translations) -> str:
    """`5 new articles, 1 updated, 2 stubs`"""
    counts = (
        ("digest_new", len(period.new)), ("digest_updated", len(period.updated)), ("digest_stubs", len(period.stubs)),
    )  # fmt: skip
    return words.listed([words(key, count=count) for key, count in counts if count])


def _label(period: Period, words: Translations) -> Label:
    return Label(title_of(period, words), period.url, len(period.new) + len(period.stubs))


def digest_name(context: PageContext) -> str:
    """What the feed of digests is called."""
    return context.translations("digest_of", name=context.config.name)


def _digests_view(context: PageContext, calendar: DigestCalendar) -> DigestsView:
    words = context.translations
    years = tuple(
        DigestYear(str(year), tuple(_label(month, words) for month in group))
        for year, group in groupby(calendar.months, key=lambda m: m.first.year)
    )
    latest = tuple(_label(week, words) for week in calendar.weeks[:MAX_WEEKS])
    title = words("digest")
    head = context.head(title, words("digest_hint"), feeds=Label(digest_name(context), BASE))
    return DigestsView(head, title, latest, years)
