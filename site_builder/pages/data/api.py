"""The site as JSON under `/api/`: articles, topics and entities, part by part, for other programs.

`/api/index.json` tells of the parts. Articles stand in the order in which they were added, so that a new one changes
the last part only; no file grows with the site beyond IN_A_PART entries.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from site_builder.content.document import Document
from site_builder.content.schema import Entity, Topic
from site_builder.corpus.corpus import added_of, article_meta, is_unlisted, updated_of
from site_builder.pages.context import PageContext
from site_builder.pages.route import Page, Recipe
from site_builder.urls import Permalink

BASE: Final = "/api/"
IN_A_PART: Final = 100


@dataclass(frozen=True, slots=True)
class ApiSource:
    """Where an article comes from."""

    name: str
    url: str | None
    author: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class ApiSimilar:
    """An entry of the curated list."""

    id: str
    """Of the article; of one that nobody has written, the name it goes by."""
    why: str | None
    kind: str | None
    """background, follow-up, rebuts, same-story or update."""


@dataclass(frozen=True, slots=True)
class ApiRelated:
    """An entry of the computed list."""

    id: str
    score: float
    """0 to 1"""
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApiArticle:
    """An article, without its text: that is at `markdown`."""

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


@dataclass(frozen=True, slots=True)
class ApiTopic:
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
    """How many, those of narrower topics too."""


@dataclass(frozen=True, slots=True)
class ApiEntity:
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


@dataclass(frozen=True, slots=True)
class ApiPart:
    """`/api/articles/1.json` and its like."""

    part: int
    parts: int
    total: int
    """Entries of all parts."""
    previous: str | None
    """Address of the part before this one."""
    next: str | None
    items: tuple[ApiArticle, ...] | tuple[ApiTopic, ...] | tuple[ApiEntity, ...]


@dataclass(frozen=True, slots=True)
class ApiList:
    """A list in the index."""

    total: int
    parts: int
    first: str
    """Address of its first part; the others count on from there."""


@dataclass(frozen=True, slots=True)
class ApiIndex:
    """`/api/index.json`."""

    name: str
    url: str
    """Of the site; all addresses begin at its root."""
    language: str
    articles: ApiList
    topics: ApiList
    entities: ApiList
    graph: str


def plan_api(knowledge: PageContext) -> Iterator[Page]:
    """The index, and the parts of the three lists."""
    corpus, config = knowledge.corpus, knowledge.config
    listed = sorted(corpus.listed, key=lambda a: (added_of(a), a.slug))
    articles = tuple(_article(knowledge, a) for a in listed)
    topics = tuple(_topic(knowledge, t) for t in corpus.topics if not is_unlisted(t))
    entities = tuple(_entity(knowledge, e) for e in corpus.entities if not is_unlisted(e))
    yield from _parts("articles", articles)
    yield from _parts("topics", topics)
    yield from _parts("entities", entities)
    index = ApiIndex(
        config.name,
        config.url,
        config.options.language,
        articles=_list("articles", articles),
        topics=_list("topics", topics),
        entities=_list("entities", entities),
        graph=f"{BASE}graph.json",
    )
    yield Page(Permalink(f"{BASE}index.json"), Recipe.JSON, "", index, ())


def _list(name: str, items: Sequence[object]) -> ApiList:
    return ApiList(len(items), _count(items), f"{BASE}{name}/1.json")


def _count(items: Sequence[object]) -> int:
    return max(1, -(-len(items) // IN_A_PART))


def _parts(name: str, items: tuple[ApiArticle, ...] | tuple[ApiTopic, ...] | tuple[ApiEntity, ...]) -> Iterator[Page]:
    count = _count(items)
    for number in range(1, count + 1):
        view = ApiPart(
            number,
            count,
            len(items),
            f"{BASE}{name}/{number - 1}.json" if number > 1 else None,
            f"{BASE}{name}/{number + 1}.json" if number < count else None,
            items[(number - 1) * IN_A_PART : number * IN_A_PART],
        )
        yield Page(Permalink(f"{BASE}{name}/{number}.json"), Recipe.JSON, "", view, ())


def _article(knowledge: PageContext, article: Document) -> ApiArticle:
    meta, membership = article_meta(article), knowledge.membership
    source = meta.source
    return ApiArticle(
        id=article.slug,
        url=article.permalink,
        markdown=knowledge.twin(article),
        title=meta.title,
        summary=meta.summary,
        date=meta.date,
        added=added_of(article),
        updated=updated_of(article) or meta.date,
        status=str(meta.status),
        language=meta.language or knowledge.config.options.language,
        curator=meta.curator,
        source=ApiSource(source.name, source.url, source.author, source.language) if source else None,
        topics=tuple(t.slug for t in membership.topics[article.permalink]),
        entities=tuple(e.slug for e in membership.entities[article.permalink]),
        similar=tuple(_similar(knowledge, article)),
        related=tuple(
            ApiRelated(r.article.slug, round(r.score, 4), r.reasons)
            for r in knowledge.related.get(article.permalink, ())
        ),
    )


def _similar(knowledge: PageContext, article: Document) -> Iterator[ApiSimilar]:
    for similar in knowledge.graph.resolved[article.permalink].similar:
        document, entry = similar.target.document, similar.entry
        if document is None or not is_unlisted(document):
            yield ApiSimilar(
                document.slug if document else entry.to, entry.why, str(entry.kind) if entry.kind else None
            )


def _topic(knowledge: PageContext, topic: Document) -> ApiTopic:
    assert isinstance(topic.meta, Topic)  # noqa: S101 (tells the type checker what the caller knows)
    membership = knowledge.membership
    return ApiTopic(
        id=topic.slug,
        url=topic.permalink,
        markdown=knowledge.twin(topic),
        title=topic.title,
        summary=topic.meta.summary,
        synonyms=topic.meta.synonyms,
        broader=tuple(t.slug for t in membership.parents[topic.slug]),
        narrower=tuple(t.slug for t in membership.children[topic.slug]),
        articles=len(membership.by_topic[topic.slug]),
    )


def _entity(knowledge: PageContext, entity: Document) -> ApiEntity:
    assert isinstance(entity.meta, Entity)  # noqa: S101 (as above)
    return ApiEntity(
        id=entity.slug,
        url=entity.permalink,
        markdown=knowledge.twin(entity),
        name=entity.meta.name,
        kind=str(entity.meta.kind),
        summary=entity.meta.summary,
        synonyms=entity.meta.synonyms,
        same_as=entity.meta.same_as,
        articles=len(knowledge.membership.by_entity[entity.slug]),
    )
