"""What the card on a link says of the page behind it: `card.json` beside every article, topic and entity.

One small file a page, so that a reader who points at a link waits for a kilobyte and an edit makes few files anew. All
texts are finished here; the script that shows them knows no language. An unlisted article has its card like others:
it is a part of its page, and only links to that page lead to it.
"""

from collections.abc import Iterator
from typing import Final

from site_builder.content.document import Document
from site_builder.content.schema import Entity, Status, Topic
from site_builder.corpus.corpus import article_meta
from site_builder.pages.context import PageContext
from site_builder.pages.parts import PreviewView
from site_builder.pages.route import Page, Recipe
from site_builder.urls import Permalink

TITLE_BYTES: Final = 180
SUMMARY_BYTES: Final = 420
TOPICS_BYTES: Final = 120
"""In UTF-8: with its keys, a date and quotes that JSON escapes, a file stays below 1,000 bytes."""
TOPICS: Final = 3


def plan_previews(knowledge: PageContext) -> Iterator[Page]:
    """A `card.json` for every article, topic and entity that is published."""
    corpus, membership = knowledge.corpus, knowledge.membership
    for article in corpus.articles:
        yield _page(article, _article(knowledge, article))
    for documents, members in ((corpus.topics, membership.by_topic), (corpus.entities, membership.by_entity)):
        for document in documents:
            yield _page(document, _term(knowledge, document, len(members[document.slug])))


def _article(knowledge: PageContext, article: Document) -> PreviewView:
    meta = article_meta(article)
    topics = knowledge.membership.topics[article.permalink][:TOPICS]
    return PreviewView(
        title=shorten(meta.title, TITLE_BYTES),
        summary=shorten(meta.summary, SUMMARY_BYTES),
        meta=knowledge.words.day(meta.date),
        topics=shorten(" · ".join(t.title for t in topics), TOPICS_BYTES),
        mark=knowledge.words("stub") if meta.status is Status.STUB else "",
        language=meta.language or "",
    )


def _term(knowledge: PageContext, document: Document, count: int) -> PreviewView:
    assert isinstance(document.meta, Topic | Entity)  # noqa: S101 (tells the type checker what the caller knows)
    summary = shorten(document.meta.summary or "", SUMMARY_BYTES)
    return PreviewView(shorten(document.title, TITLE_BYTES), summary, knowledge.words("count_articles", count=count))


def shorten(text: str, limit: int) -> str:
    """The text, or so many whole words of it as fit into the limit (bytes in UTF-8), with an ellipsis."""
    if len(text.encode()) <= limit:
        return text
    cut = text.encode()[: limit - len("…".encode())].decode(errors="ignore")
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.") + "…"


def _page(document: Document, view: PreviewView) -> Page:
    return Page(Permalink(f"{document.permalink}card.json"), Recipe.JSON, "", view, (document.path,))
