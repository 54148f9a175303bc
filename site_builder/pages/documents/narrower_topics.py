"""`/topics/<slug>/narrower/`, part by part: all topics directly below one that has more than its page shows."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import MAX_LISTED, Topic
from site_builder.pages.context import PageContext
from site_builder.pages.parts import Pagination, paginate
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_ld import plain_page
from site_builder.render.site_view import Head, Label
from site_builder.render.templating.template import Template
from site_builder.routes import NARROWER

TOPICS_PER_PART: Final = 300
"""As in the index of topics."""


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
