"""`/api/review.json`: which documents are to be read again, when and by whom; only where a document says so.

It gives days and does not say which of them have passed, so that the file stays the same from day to day.
"""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.corpus.corpus import is_unlisted
from site_builder.corpus.review_dates import review_date
from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_file import Json
from site_builder.routes import Section
from site_builder.urls import Permalink

REVIEW_JSON: Final = Permalink(f"{Section.API.url}review.json")


class ApiReview(msgspec.Struct, frozen=True):
    """A document that is to be read again."""

    kind: str
    """article, topic, entity, tool or page."""
    id: str
    """Its slug."""
    url: str
    title: str
    due: dt.date | None
    """From this day on; null if that cannot be told."""
    review: str
    """As written: a day, or a length of time."""
    reviewed: dt.date | None
    owner: str | None


class ApiReviews(msgspec.Struct, frozen=True):
    """`/api/review.json`."""

    total: int
    items: tuple[ApiReview, ...]
    """The first due first; those without a day come last."""


def reviewed_documents(context: PageContext) -> list[Document]:
    """The listed documents that say when they are to be read again."""
    return [d for d in context.corpus.documents() if d.meta.review is not None and not is_unlisted(d)]


def plan_review_list(context: PageContext) -> Iterator[AnyRoute]:
    """The file, if a document says when it is to be read again."""
    documents = reviewed_documents(context)
    if documents:
        yield Route(REVIEW_JSON, Json(), partial(_reviews, documents))


def _reviews(documents: list[Document]) -> ApiReviews:
    items = sorted(map(_review, documents), key=lambda item: (item.due or dt.date.max, item.kind, item.id))
    return ApiReviews(len(items), tuple(items))


def _review(document: Document) -> ApiReview:
    meta, date = document.meta, review_date(document)
    return ApiReview(
        kind=str(document.kind),
        id=document.slug,
        url=document.permalink,
        title=document.title,
        due=date.day if date else None,
        review=meta.review or "",
        reviewed=meta.reviewed,
        owner=meta.owner,
    )
