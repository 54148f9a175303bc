"""`/timeline/`, with a page for each year and each month in which the source of an article appeared."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article, Topic
from site_builder.corpus.corpus import date_of
from site_builder.pages.context import PageContext, newest_change
from site_builder.pages.lists.articles import TEMPLATE as ARTICLES_TEMPLATE
from site_builder.pages.lists.articles import ArticlesView
from site_builder.pages.parts import MAX_NAME_BYTES, Card, Pagination, paginate, shorten
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_ld import JsonNode, PageGraph
from site_builder.render.site_view import Head, Label, SiteView
from site_builder.render.svg.events import Event
from site_builder.render.svg.time_calendar import CalendarView, time_calendar
from site_builder.render.svg.time_lanes import LanesView, time_lanes
from site_builder.render.templating.template import Template
from site_builder.routes import Section
from site_builder.urls import Permalink

BASE: Final = Section.TIMELINE.url
MAX_OF_MONTH: Final = 10
"""Articles of each month on the page of its year."""
MAX_LANES: Final = 5
"""Topics with a lane and a sign of their own in the picture; those of the others share one."""
MIN_EVENTS: Final = 3
"""Below this number a picture adds nothing to the list."""


class Month(msgspec.Struct, frozen=True):
    """A month of the timeline."""

    label: Label
    cards: tuple[Card, ...]
    """The first articles; all of them are on the month's own page."""


class Year(msgspec.Struct, frozen=True):
    """A year of the timeline."""

    label: Label
    months: tuple[Label, ...]
    """Newest first."""


class TimelinePicture(msgspec.Struct, frozen=True):
    """All articles by topic and the date of their source, in two forms of which a screen shows one."""

    topics: tuple[Label, ...]
    """Of each lane; the address is "" for that of all other topics."""
    lanes: LanesView
    calendar: CalendarView


class TimelineView(msgspec.Struct, frozen=True):
    """`/timeline/`"""

    head: Head
    title: str
    years: tuple[Year, ...]
    total: int
    picture: TimelinePicture | None
    """None for fewer than MIN_EVENTS articles."""


class YearView(msgspec.Struct, frozen=True):
    """`/timeline/2026/`"""

    head: Head
    title: str
    months: tuple[Month, ...]
    total: int
    newer: Label | None
    older: Label | None


def describe_timeline(view: TimelineView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe the page as the collection of its years."""
    graph = PageGraph(view.head, url, site)
    return graph.document(graph.page("CollectionPage", mainEntity=graph.item_list(year.label for year in view.years)))


def describe_year(view: YearView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe the page as the collection of its months."""
    graph = PageGraph(view.head, url, site)
    return graph.document(
        graph.page("CollectionPage", mainEntity=graph.item_list(month.label for month in view.months))
    )


TIMELINE_TEMPLATE: Final[Template[TimelineView]] = Template("timeline.html", describe_timeline)
YEAR_TEMPLATE: Final[Template[YearView]] = Template("year.html", describe_year)


def _url_of_year(number: int) -> Permalink:
    return Permalink(f"{BASE}{number}/")


class _Year(msgspec.Struct, frozen=True):
    """A year with its articles by month, all newest first."""

    number: int
    months: tuple[tuple[int, tuple[Document[Article], ...]], ...]

    @property
    def url(self) -> Permalink:
        return _url_of_year(self.number)

    @property
    def articles(self) -> list[Document[Article]]:
        return [article for _, articles in self.months for article in articles]

    def label(self) -> Label:
        return Label(str(self.number), self.url, len(self.articles))

    def month_labels(self, context: PageContext) -> tuple[Label, ...]:
        month = context.translations.month
        return tuple(Label(month(number), f"{self.url}{number:02}/", len(own)) for number, own in self.months)


def plan_timeline(context: PageContext) -> Iterator[AnyRoute]:
    """The timeline, its years, and its months part by part."""
    years = list(_years(context.corpus.listed))
    for index, year in enumerate(years):
        newer = years[index - 1] if index else None
        older = years[index + 1] if index + 1 < len(years) else None
        view = partial(_year_view, context, year, newer, older)
        yield Route(year.url, YEAR_TEMPLATE, view, lastmod=newest_change(year.articles), is_in_sitemap=True)
        for month, articles in year.months:
            yield from _plan_month(context, year, month, articles)
    timeline = partial(_timeline_view, context, years)
    yield Route(BASE, TIMELINE_TEMPLATE, timeline, lastmod=context.lastmod, is_in_sitemap=bool(context.corpus.listed))


def _years(articles: Sequence[Document[Article]]) -> Iterator[_Year]:
    for number, group in groupby(articles, key=lambda a: date_of(a).year):
        yield _Year(number, tuple((m, tuple(own)) for m, own in groupby(group, key=lambda a: date_of(a).month)))


def _plan_month(
    context: PageContext, year: _Year, month: int, articles: Sequence[Document[Article]]
) -> Iterator[AnyRoute]:
    for url, part, place in paginate(articles, context.config.options.per_page, f"{year.url}{month:02}/"):
        view = partial(_month_view, context, year.number, month, part, len(articles), place)
        yield Route(url, ARTICLES_TEMPLATE, view, lastmod=newest_change(part), is_in_sitemap=True)


def _year_view(context: PageContext, year: _Year, newer: _Year | None, older: _Year | None) -> YearView:
    words, title, total = context.translations, str(year.number), len(year.articles)
    head = context.head(words("timeline_of", year=title), words("year_description", count=total, year=title))
    labels = year.month_labels(context)
    months = tuple(
        Month(label, context.cards(own[:MAX_OF_MONTH])) for label, (_, own) in zip(labels, year.months, strict=True)
    )
    return YearView(head, title, months, total, newer.label() if newer else None, older.label() if older else None)


def _month_view(
    context: PageContext, year: int, month: int, part: Sequence[Document[Article]], total: int, place: Pagination
) -> ArticlesView:
    words = context.translations
    title = words.month_of(year, month)
    head = context.head(title, words("month_description", count=total, month=title), place=place)
    return ArticlesView(head, title, total, context.cards(part), place, Label(str(year), _url_of_year(year)))


def _timeline_view(context: PageContext, years: Sequence[_Year]) -> TimelineView:
    title = context.translations("timeline")
    head = context.head(title, context.translations("timeline_description"), is_indexed=bool(context.corpus.listed))
    shown = tuple(Year(year.label(), year.month_labels(context)) for year in years)
    return TimelineView(head, title, shown, len(context.corpus.listed), _picture(context))


def _picture(context: PageContext) -> TimelinePicture | None:
    articles = sorted(context.corpus.listed, key=lambda a: (date_of(a), a.permalink))
    if len(articles) < MIN_EVENTS:
        return None
    topics = _lane_topics(context, articles)
    counts = Counter(topic for topic in topics if topic)
    largest = sorted(counts, key=lambda t: (-counts[t], t.permalink))
    if len(largest) > MAX_LANES + 1 or (len(largest) > MAX_LANES and None in topics):
        largest = largest[:MAX_LANES]
    others = sum(topic not in largest for topic in topics)
    labels = [Label(shorten(t.title, MAX_NAME_BYTES), t.permalink, counts[t]) for t in largest]
    if others:
        name = "other_topics" if largest else "articles"
        labels.append(Label(context.translations(name), "" if largest else Section.ARTICLES.url, others))
    lane_of: dict[Document[Topic] | None, int] = {topic: number for number, topic in enumerate(largest)}
    cards = context.cards(articles)
    events = [
        Event(card.date, card.title, card.url, lane_of.get(topic, len(largest)), card.language)
        for card, topic in zip(cards, topics, strict=True)
    ]
    return TimelinePicture(tuple(labels), time_lanes(events, [label.title for label in labels]), time_calendar(events))


def _lane_topics(context: PageContext, articles: Sequence[Document[Article]]) -> list[Document[Topic] | None]:
    """The broadest topic above the main topic of each article; if that is the same for all, the one below it."""
    ways = [_way_down(context, context.taxonomy.topics[article.permalink][:1]) for article in articles]
    level = 0
    while len({way[: level + 1] for way in ways}) == 1 and any(len(way) > level + 1 for way in ways):
        level += 1
    return [way[min(level, len(way) - 1)] if way else None for way in ways]


def _way_down(context: PageContext, way: tuple[Document[Topic], ...]) -> tuple[Document[Topic], ...]:
    """From the broadest topic to this one, always by the first of several broader ones."""
    while way and (parents := context.taxonomy.parents[way[0].slug]):
        way = (parents[0], *way)
    return way
