"""`card.json` beside every article, topic and entity: the text of the card on a link to it.

One small file per page, so that hovering over a link loads about a kilobyte, and an edit changes few
files. All texts are finished here; the script that shows them knows no language. An unlisted article has a card too: it
is part of its page, and is reached only by links to that page.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article, Entity, Status, Topic
from site_builder.pages.context import PageContext
from site_builder.pages.parts import shorten
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_file import Json
from site_builder.urls import Permalink

MAX_TITLE_BYTES: Final = 180
MAX_SUMMARY_BYTES: Final = 420
MAX_TOPICS_BYTES: Final = 120
"""In UTF-8: with its keys, a date and quotes that JSON escapes, a file stays below 1,000 bytes."""
MAX_TOPICS: Final = 3


class PreviewView(msgspec.Struct, frozen=True):
    """`card.json`; "" for what is not known."""

    title: str
    summary: str
    meta: str
    """The date of an article, or the number of articles."""
    topics: str = ""
    mark: str = ""
    """"Stub", in the site's language."""
    language: str = ""
    """Of the article, if it names one."""


def plan_previews(context: PageContext) -> Iterator[AnyRoute]:
    """A `card.json` for every published article, topic and entity."""
    for article in context.corpus.articles:
        yield Route(_url(article), Json(), partial(_article_preview, context, article), (article.path,))
    for topic in context.corpus.topics:
        count = len(context.taxonomy.by_topic[topic.slug])
        yield Route(_url(topic), Json(), partial(_term_preview, context, topic, count), (topic.path,))
    for entity in context.corpus.entities:
        count = len(context.taxonomy.by_entity[entity.slug])
        yield Route(_url(entity), Json(), partial(_term_preview, context, entity, count), (entity.path,))


def _url(document: Document) -> Permalink:
    return Permalink(f"{document.permalink}card.json")


def _article_preview(context: PageContext, article: Document[Article]) -> PreviewView:
    meta = article.meta
    topics = context.taxonomy.topics[article.permalink][:MAX_TOPICS]
    return PreviewView(
        title=shorten(meta.title, MAX_TITLE_BYTES),
        summary=shorten(meta.summary, MAX_SUMMARY_BYTES),
        meta=context.translations.day(meta.date),
        topics=shorten(" · ".join(t.title for t in topics), MAX_TOPICS_BYTES),
        mark=context.translations("stub") if meta.status is Status.STUB else "",
        language=meta.language or "",
    )


def _term_preview(context: PageContext, term: Document[Topic] | Document[Entity], count: int) -> PreviewView:
    summary = shorten(term.meta.summary or "", MAX_SUMMARY_BYTES)
    meta = context.translations("count_articles", count=count)
    return PreviewView(shorten(term.title, MAX_TITLE_BYTES), summary, meta)
