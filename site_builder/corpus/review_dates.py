"""When documents are to be read again: the day that `review` sets, or so long after the last reading."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.content.document import Document
from site_builder.content.fields.review_term import add_length, is_day
from site_builder.content.schema import Article, Tool
from site_builder.diagnostics import Diagnostic, diagnostic


@dataclass(frozen=True, slots=True)
class ReviewDate:
    """When a document is to be read again."""

    document: Document
    day: dt.date
    """From this day on the review is due."""


def last_reading(document: Document) -> dt.date | None:
    """The day on which somebody last read a document with care; None if it does not tell.

    Of an article, not the date of its source, unless that is when it was added.
    """
    meta = document.meta
    days = [meta.reviewed]
    if isinstance(meta, Article):
        days += [meta.updated, meta.added or meta.date]
    elif not isinstance(meta, Tool):
        days.append(meta.updated)
    return max((day for day in days if day is not None), default=None)


def review_date(document: Document) -> ReviewDate | None:
    """When a document is to be read again; None if it does not say, or says how long after a day that it does not
    name.
    """
    term = document.meta.review
    if term is None:
        return None
    if is_day(term):
        return ReviewDate(document, dt.date.fromisoformat(term))
    since = last_reading(document)
    return ReviewDate(document, add_length(since, term)) if since else None


def review_remedy(document: Document, today: dt.date) -> str:
    """What to do once the review of a document is due."""
    if is_day(document.meta.review or ""):
        return f'read it again, then set "reviewed: {today}" and a later day in "review"'
    return f'read it again, then set "reviewed: {today}"'


def find_due_reviews(documents: Iterable[Document], today: dt.date) -> Iterator[Diagnostic]:
    """Findings about published documents: review-due and review-undated."""
    for document in documents:
        if document.meta.review is None:
            continue
        place, due = document.location("review"), review_date(document)
        if due is None:
            text = f'"review" is {document.meta.review}, but the document names no day from which to count'
            yield diagnostic(
                "review-undated", place, text, f'add the day on which it was last read: "reviewed: {today}"'
            )
        elif due.day <= today:
            owner = f", by {document.meta.owner}" if document.meta.owner else ""
            text = f"the document was to be read again by {due.day}{owner}"
            yield diagnostic("review-due", place, text, review_remedy(document, today))
