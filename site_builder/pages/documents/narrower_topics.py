"""The topics directly below one: as cards on its page, and at `/topics/<slug>/narrower/`, part by part, where there are
more than its page shows.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import MAX_LISTED, Topic
from site_builder.corpus.corpus import date_of
from site_builder.pages.context import PageContext
from site_builder.pages.parts import MAX_SUMMARY_BYTES, MAX_TITLE_BYTES, Pagination, paginate, shorten
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_ld import plain_page
from site_builder.render.site_view import Head, Label
from site_builder.render.templating.template import Template
from site_builder.routes import NARROWER

TOPICS_PER_PART: Final = 300
"""As in the index of topics."""
MAX_CARDS: Final = 8
"""Narrower topics that are shown as cards; of more, the largest are, and the others follow by name."""


class NarrowerTopic(msgspec.Struct, frozen=True):
    """A narrower topic as a card."""

    label: Label
    summary: str
    newest: Label | None
    """Its newest article; None where it has none."""
    date: dt.date | None
    """Of that."""


def narrower_cards(context: PageContext, topic: Document[Topic]) -> tuple[NarrowerTopic, ...]:
    """The narrower topics by title; of more than MAX_CARDS, those with most articles."""
    children = context.taxonomy.children[topic.slug]
    largest = sorted(children, key=lambda t: -context.count_articles(t))[:MAX_CARDS]
    return tuple(_card(context, t) for t in children if t in largest)


def _card(context: PageContext, topic: Document[Topic]) -> NarrowerTopic:
    newest = next(iter(context.taxonomy.by_topic[topic.slug]), None)
    return NarrowerTopic(
        context.topic_label(topic),
        shorten(topic.meta.summary or "", MAX_SUMMARY_BYTES),
        Label(shorten(newest.title, MAX_TITLE_BYTES), newest.permalink) if newest else None,
        date_of(newest) if newest else None,
    )


class NarrowerTopicsView(msgspec.Struct, frozen=True):
    """`/topics/<slug>/narrower/`, part by part."""

    head: Head
    title: str
    topic: Label
    """The broader topic."""
    total: int
    topics: tuple[Label, ...]
    """The narrower ones, by title."""
    pagination: Pagination


TEMPLATE: Final[Template[NarrowerTopicsView]] = Template("narrower.html", plain_page)


def all_narrower(context: PageContext, topic: Document[Topic]) -> Label | None:
    """The list of all topics directly below one, with their number; None where its page shows all."""
    total = len(context.taxonomy.children[topic.slug])
    return Label(topic.title, f"{topic.permalink}{NARROWER}/", total) if total > MAX_LISTED else None


def narrower_routes(context: PageContext, topic: Document[Topic]) -> Iterator[AnyRoute]:
    """The parts of that list, if there is one. Search engines find the topics in the index of topics."""
    if whole := all_narrower(context, topic):
        for url, part, place in paginate(context.taxonomy.children[topic.slug], TOPICS_PER_PART, whole.url):
            yield Route(url, TEMPLATE, partial(_view, context, topic, part, place), (topic.path,))


def _view(
    context: PageContext, topic: Document[Topic], part: Sequence[Document[Topic]], place: Pagination
) -> NarrowerTopicsView:
    title = context.translations("narrower_than", name=topic.title)
    head = context.head(title, place=place, is_indexed=False)
    total = len(context.taxonomy.children[topic.slug])
    labels = tuple(map(context.topic_label, part))
    return NarrowerTopicsView(head, title, context.topic_label(topic), total, labels, place)
