"""The site as JSON under `/api/`, for other programs: articles, topics and entities, part by part.

`/api/index.json` lists the parts. Articles are in the order in which they were added, so that a new one changes the
last part only; no file holds more than ITEMS_PER_PART entries, however large the site.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, TypeVar

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article, Entity, Meta, Topic
from site_builder.corpus.corpus import added_of, is_unlisted, updated_of
from site_builder.pages.context import PageContext
from site_builder.pages.data.review_list import REVIEW_JSON, reviewed_documents
from site_builder.pages.parts import count_parts
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_file import Json
from site_builder.routes import Section
from site_builder.urls import Permalink

BASE: Final = Section.API.url
ITEMS_PER_PART: Final = 100


class ApiSource(msgspec.Struct, frozen=True):
    """Where an article comes from."""

    name: str
    url: str | None
    author: str | None
    language: str | None


class ApiSimilar(msgspec.Struct, frozen=True):
    """An entry of the curated list."""

    id: str
    """Of the article; of a missing one, the name by which it is listed."""
    why: str | None
    kind: str | None
    """background, follow-up, rebuts, same-story or update."""


class ApiRelated(msgspec.Struct, frozen=True):
    """An entry of the computed list."""

    id: str
    score: float
    """0 to 1"""
    reasons: tuple[str, ...]


class ApiArticle(msgspec.Struct, frozen=True):
    """An article without its text, which is at `markdown`."""

    id: str
    """Its slug."""
    url: str
    markdown: str
    title: str
    summary: str
    date: dt.date
    """Of the source."""
    added: dt.date
    updated: dt.date
    status: str
    """published or stub."""
    language: str
    curator: str | None
    source: ApiSource | None
    topics: tuple[str, ...]
    """Their ids, the main one first."""
    entities: tuple[str, ...]
    """Their ids."""
    similar: tuple[ApiSimilar, ...]
    related: tuple[ApiRelated, ...]


class ApiTopic(msgspec.Struct, frozen=True):
    """A topic."""

    id: str
    url: str
    markdown: str
    title: str
    summary: str | None
    synonyms: tuple[str, ...]
    broader: tuple[str, ...]
    """Ids."""
    narrower: tuple[str, ...]
    articles: int
    """Their number, with those of narrower topics."""


class ApiEntity(msgspec.Struct, frozen=True):
    """An organisation, person, law, product or paper."""

    id: str
    url: str
    markdown: str
    name: str
    kind: str
    summary: str | None
    synonyms: tuple[str, ...]
    same_as: tuple[str, ...]
    articles: int


class ApiPart(msgspec.Struct, frozen=True):
    """`/api/articles/1.json` and the like."""

    part: int
    parts: int
    total: int
    """Entries of all parts."""
    previous: str | None
    """Address of the part before this one."""
    next: str | None
    items: tuple[ApiArticle | ApiTopic | ApiEntity, ...]
    """All of one kind."""


class ApiList(msgspec.Struct, frozen=True):
    """A list in the index."""

    total: int
    parts: int
    first: str
    """Address of its first part; the others are numbered from there."""


class ApiIndex(msgspec.Struct, frozen=True):
    """`/api/index.json`."""

    name: str
    url: str
    """Of the site, at whose root all addresses begin."""
    language: str
    articles: ApiList
    topics: ApiList
    entities: ApiList
    graph: str
    review: str | None
    """Address of the list of documents that are to be read again; null where none says so."""


M = TypeVar("M", bound=Meta)


def plan_api(context: PageContext) -> Iterator[AnyRoute]:
    """The index, and the parts of the three lists."""
    corpus = context.corpus
    articles = sorted(corpus.listed, key=lambda a: (added_of(a), a.slug))
    topics = [t for t in corpus.topics if not is_unlisted(t)]
    entities = [e for e in corpus.entities if not is_unlisted(e)]
    yield from _plan_parts(context, "articles", articles, _article)
    yield from _plan_parts(context, "topics", topics, _topic)
    yield from _plan_parts(context, "entities", entities, _entity)
    totals = (len(articles), len(topics), len(entities))
    yield Route(Permalink(f"{BASE}index.json"), Json(), partial(_index, context, *totals))


def _plan_parts(
    context: PageContext,
    name: str,
    documents: Sequence[Document[M]],
    item_of: Callable[[PageContext, Document[M]], ApiArticle | ApiTopic | ApiEntity],
) -> Iterator[AnyRoute]:
    for number in range(1, count_parts(len(documents), ITEMS_PER_PART) + 1):
        url = Permalink(_part_url(name, number))
        part = documents[(number - 1) * ITEMS_PER_PART : number * ITEMS_PER_PART]
        yield Route(url, Json(), partial(_part, context, name, part, item_of, number, len(documents)))


def _part_url(name: str, number: int) -> str:
    return f"{BASE}{name}/{number}.json"


def _index(context: PageContext, articles: int, topics: int, entities: int) -> ApiIndex:
    config = context.config
    return ApiIndex(
        config.name,
        config.url,
        config.options.language,
        articles=_list("articles", articles),
        topics=_list("topics", topics),
        entities=_list("entities", entities),
        graph=f"{BASE}graph.json",
        review=REVIEW_JSON if reviewed_documents(context) else None,
    )


def _list(name: str, total: int) -> ApiList:
    return ApiList(total, count_parts(total, ITEMS_PER_PART), _part_url(name, 1))


def _part(
    context: PageContext,
    name: str,
    part: Sequence[Document[M]],
    item_of: Callable[[PageContext, Document[M]], ApiArticle | ApiTopic | ApiEntity],
    number: int,
    total: int,
) -> ApiPart:
    count = count_parts(total, ITEMS_PER_PART)
    return ApiPart(
        number,
        count,
        total,
        _part_url(name, number - 1) if number > 1 else None,
        _part_url(name, number + 1) if number < count else None,
        tuple(item_of(context, d) for d in part),
    )


def _article(context: PageContext, article: Document[Article]) -> ApiArticle:
    meta, taxonomy = article.meta, context.taxonomy
    source = meta.source
    return ApiArticle(
        id=article.slug,
        url=article.permalink,
        markdown=context.markdown_url(article),
        title=meta.title,
        summary=meta.summary,
        date=meta.date,
        added=added_of(article),
        updated=updated_of(article) or meta.date,
        status=str(meta.status),
        language=meta.language or context.config.options.language,
        curator=meta.curator,
        source=ApiSource(source.name, source.url, source.author, source.language) if source else None,
        topics=tuple(t.slug for t in taxonomy.topics[article.permalink]),
        entities=tuple(e.slug for e in taxonomy.entities[article.permalink]),
        similar=tuple(_similar(context, article)),
        related=tuple(
            ApiRelated(r.article.slug, round(r.score, 4), r.reasons) for r in context.related.get(article.permalink, ())
        ),
    )


def _similar(context: PageContext, article: Document[Article]) -> Iterator[ApiSimilar]:
    for similar in context.graph.resolved[article.permalink].similar:
        document, entry = similar.target.document, similar.entry
        if document is None or not is_unlisted(document):
            yield ApiSimilar(
                document.slug if document else entry.to, entry.why, str(entry.kind) if entry.kind else None
            )


def _topic(context: PageContext, topic: Document[Topic]) -> ApiTopic:
    taxonomy = context.taxonomy
    return ApiTopic(
        id=topic.slug,
        url=topic.permalink,
        markdown=context.markdown_url(topic),
        title=topic.title,
        summary=topic.meta.summary,
        synonyms=topic.meta.synonyms,
        broader=tuple(t.slug for t in taxonomy.parents[topic.slug]),
        narrower=tuple(t.slug for t in taxonomy.children[topic.slug]),
        articles=context.count_articles(topic),
    )


def _entity(context: PageContext, entity: Document[Entity]) -> ApiEntity:
    return ApiEntity(
        id=entity.slug,
        url=entity.permalink,
        markdown=context.markdown_url(entity),
        name=entity.meta.name,
        kind=str(entity.meta.kind),
        summary=entity.meta.summary,
        synonyms=context.corpus.entity_names(entity)[1:],
        same_as=context.corpus.same_as(entity),
        articles=context.count_articles(entity),
    )
