"""`/timeline/`, with a page for each year and each month in which the source of an article appeared."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article
from site_builder.corpus.corpus import date_of
from site_builder.pages.context import PageContext, newest_change
from site_builder.pages.lists.articles import TEMPLATE as ARTICLES_TEMPLATE
from site_builder.pages.lists.articles import ArticlesView
from site_builder.pages.parts import Card, Pagination, paginate
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_ld import JsonNode, PageGraph
from site_builder.render.site_view import Head, Label, SiteView
from site_builder.render.templating.template import Template
from site_builder.routes import Section
from site_builder.urls import Permalink

BASE: Final = Section.TIMELINE.url
MAX_OF_MONTH: Final = 10
"""Articles of each month on the page of its year."""


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


class TimelineView(msgspec.Struct, frozen=True):
    """`/timeline/`"""

    head: Head
    title: str
    years: tuple[Year, ...]
    total: int


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
    return TimelineView(head, title, shown, len(context.corpus.listed))
