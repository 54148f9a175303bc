"""`/`: the latest full articles, those most linked to, the largest subjects and where to begin, other topics, tools."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article, Topic
from site_builder.content.vocabulary import Status
from site_builder.corpus.corpus import date_of
from site_builder.pages.context import PageContext
from site_builder.pages.documents.where_to_begin import begin_with, broad_topics, newest_full
from site_builder.pages.lists.tools import ToolView, tool_view
from site_builder.pages.parts import MAX_SUMMARY_BYTES, Card, card_labels, shorten
from site_builder.pages.pictures import PictureView, picture_of
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.format import BodyView
from site_builder.render.json_ld import PUBLISHER, JsonNode, PageGraph
from site_builder.render.site_view import Head, Label, SiteView
from site_builder.render.svg.bar_chart import Chart, chart
from site_builder.render.templating.template import Template
from site_builder.urls import HOME, Permalink

MAX_SECOND: Final = 2
"""Articles after the first that are shown with their summary too."""
MIN_LEAD_WIDTH: Final = 600
"""Pixels of a picture above the first article: it fills its column."""
MIN_WIDTH: Final = 280
"""Of one above the articles after it."""
MAX_LINKED: Final = 5
MAX_TOPICS: Final = 24
MAX_TOOLS: Final = 6
SUBJECTS: Final = 3
"""Broad topics that have a column of their own."""
MAX_OF_SUBJECT: Final = 2
"""Articles to begin with in such a column, and new ones."""
YEAR: Final = dt.timedelta(days=365)
MIN_MONTHS: Final = 3
"""Months with articles from which a chart of the last year says something."""


class Subject(msgspec.Struct, frozen=True):
    """A broad topic with the articles that lead into it."""

    label: Label
    summary: str
    begin: tuple[Card, ...]
    new: tuple[Card, ...]
    """Those added last, of which none is shown elsewhere on the page."""


class HomeView(msgspec.Struct, frozen=True):
    """`/`"""

    head: Head
    title: str
    body: BodyView | None
    lead: Card | None
    lead_picture: PictureView | None
    second: tuple[Card, ...]
    """The next ones, with their summaries too."""
    second_pictures: tuple[PictureView | None, ...]
    """A picture of each of them; empty where none has one."""
    latest: tuple[Card, ...]
    """Those after them."""
    linked: tuple[Label, ...]
    """The articles that most pages link to, with the number of pages."""
    subjects: tuple[Subject, ...]
    """The largest broad topics; none where the largest is small."""
    topics: tuple[Label, ...]
    """All others, by size; the first of them."""
    chart: Chart | None
    """The year up to the newest source by month, or all years."""
    tools: tuple[ToolView, ...]
    """The first few."""
    tools_total: int
    total: int
    parts: tuple[str, ...]
    """Those of `linked`, `topics` and `tools` that are shown; the last two appear in this order."""


def describe_home(view: HomeView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe the page as the collection of its latest articles."""
    graph = PageGraph(view.head, url, site)
    cards = chain((view.lead,) if view.lead else (), view.second, view.latest)
    page = graph.page("CollectionPage", mainEntity=graph.item_list(card_labels(cards)), about=graph.ref(PUBLISHER))
    return graph.document(page)


TEMPLATE: Final[Template[HomeView]] = Template("home.html", describe_home)


def plan_home(context: PageContext) -> Iterator[AnyRoute]:
    """The home page."""
    text = context.corpus.by_permalink.get(HOME)
    sources = (text.path,) if text else ()
    yield Route(HOME, TEMPLATE, partial(_home_view, context), sources, context.lastmod, is_in_sitemap=True)


def _home_view(context: PageContext) -> HomeView:
    """Stubs are left out: they wait where others link to them."""
    corpus, config = context.corpus, context.config
    text = corpus.by_permalink.get(HOME)
    shown = _shown(context)
    parts = tuple(dict.fromkeys(config.options.home))
    lead, second, others = shown[:1], shown[1 : 1 + MAX_SECOND], shown[1 + MAX_SECOND :]
    pictures = tuple(_picture(context, article, MIN_WIDTH) for article in second)
    subjects = broad_topics(context, SUBJECTS)
    topics = sorted(corpus.topics, key=lambda t: -context.count_articles(t))
    return HomeView(
        head=context.head(config.name, config.description or _counts(context)),
        title=text.title if text else config.name,
        body=context.body(text) if text else None,
        lead=context.card(lead[0]) if lead and "lead" in parts else None,
        lead_picture=_picture(context, lead[0], MIN_LEAD_WIDTH) if lead and "lead" in parts else None,
        second=context.cards(second) if "lead" in parts else (),
        second_pictures=pictures if "lead" in parts and any(pictures) else (),
        latest=context.cards(others if "lead" in parts else shown) if "latest" in parts else (),
        linked=_most_linked(context, lead + second),
        subjects=_subjects(context, subjects, shown),
        topics=tuple(context.topic_label(t) for t in topics if t not in subjects)[:MAX_TOPICS],
        chart=_chart(context),
        tools=tuple(tool_view(context, t) for t in corpus.tools[:MAX_TOOLS]),
        tools_total=len(corpus.tools),
        total=len(corpus.listed),
        parts=tuple(part for part in parts if part not in {"lead", "latest"}),
    )


def _shown(context: PageContext) -> list[Document[Article]]:
    articles = [a for a in context.newest if a.meta.status is not Status.STUB]
    return articles[: 1 + context.config.options.home_items]


def leading(context: PageContext) -> Sequence[Document[Article]]:
    """The articles that the home page shows with their pictures."""
    return _shown(context)[: 1 + MAX_SECOND] if "lead" in context.config.options.home else ()


def _picture(context: PageContext, article: Document[Article], min_width: int) -> PictureView | None:
    view = picture_of(context, article, or_in_text=True)
    return view if view and view.size and view.size[0] >= min_width else None


def _subjects(
    context: PageContext, topics: Sequence[Document[Topic]], shown: Sequence[Document[Article]]
) -> tuple[Subject, ...]:
    """Each article is shown once on the page, as far as the subjects have others."""
    known = set(shown)
    found = []
    for topic in topics:
        begin = [a for a in begin_with(context, topic) if a not in known][:MAX_OF_SUBJECT]
        known.update(begin)
        new = [a for a in newest_full(context, topic) if a not in known][:MAX_OF_SUBJECT]
        known.update(new)
        summary = shorten(topic.meta.summary or "", MAX_SUMMARY_BYTES)
        found.append(Subject(context.topic_label(topic), summary, context.cards(begin), context.cards(new)))
    return tuple(found)


def _chart(context: PageContext) -> Chart | None:
    days = [date_of(a) for a in context.corpus.listed]
    newest = max(days, default=dt.date.min + YEAR)
    year = [day for day in days if day > newest - YEAR]
    is_busy = len({(day.year, day.month) for day in year}) >= MIN_MONTHS
    return (chart(year, context.translations) if is_busy else None) or chart(days, context.translations)


def _most_linked(context: PageContext, shown: Sequence[Document[Article]]) -> tuple[Label, ...]:
    """The full articles that most pages link to, with the number of pages: what the site keeps coming back to."""
    known = {article.permalink for article in shown}
    linked = []
    for article in context.corpus.listed:
        if article.permalink not in known and article.meta.status is not Status.STUB:
            links = context.graph.backlinks.get(article.permalink, ())
            linked.append(Label(article.title, article.permalink, len({link.source.permalink for link in links})))
    linked.sort(key=lambda label: -(label.count or 0))
    return tuple(label for label in linked[:MAX_LINKED] if (label.count or 0) > 1)


def _counts(context: PageContext) -> str:
    """What the site holds, for a site that the settings do not describe."""
    corpus, words = context.corpus, context.translations
    return words(
        "home_description",
        name=context.config.name,
        articles=words("count_articles", count=len(corpus.listed)),
        topics=words("count_topics", count=len(corpus.topics)),
        entities=words("count_entities", count=len(corpus.entities)),
    )
