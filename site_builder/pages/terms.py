"""Topics and entities: their indexes, and a page for each with its articles part by part."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from site_builder.content.document import Document
from site_builder.content.schema import Entity, EntityKind, Topic
from site_builder.corpus.corpus import date_of, updated_of
from site_builder.links.company import entity_company, topic_neighbours, topic_words
from site_builder.pages.charts import chart
from site_builder.pages.knowledge import Knowledge, most_common, newest_change, paginate, part_url
from site_builder.pages.neighbourhood import topic_neighbourhood
from site_builder.pages.page import Page, template_page
from site_builder.pages.views import (
    EntityView,
    Filters,
    Label,
    TermGroup,
    TermsView,
    TermView,
    TopicPartView,
    TopicView,
)
from site_builder.urls import Permalink

IN_INDEX: Final = 300
"""Topics or entities on one part of their index: some 60 kB."""
CHOICES: Final = 2
"""Years or entities that make a filter worth its place."""
_KINDS: Final = (EntityKind.ORGANISATION, EntityKind.PERSON, EntityKind.LAW, EntityKind.PRODUCT, EntityKind.PAPER)
"""In the order of the index."""


def entity_meta(document: Document) -> Entity:
    """The front matter of what is known to be an entity."""
    assert isinstance(document.meta, Entity)  # noqa: S101 (tells the type checker what the caller knows)
    return document.meta


def plan_topics(knowledge: Knowledge) -> Iterator[Page]:
    """`/topics/` and every topic, rolled up."""
    corpus, words = knowledge.corpus, knowledge.words
    roots = [t for t in corpus.topics if not knowledge.membership.parents[t.slug]]
    terms = tuple(_topic_term(knowledge, t) for t in roots)
    lastmod = newest_change(corpus.listed)
    for url, part, where in paginate(terms, IN_INDEX, "/topics/"):
        description = words("sentence", text=words("topics_sum", count=len(corpus.topics)))
        head = knowledge.head(words("topics"), description, parts=where)
        view = TermsView(head, words("topics"), (TermGroup("", "", tuple(part)),), (), len(corpus.topics), where)
        yield template_page(url, "topics.html", view, lastmod=lastmod)
    neighbours = topic_neighbours(corpus, knowledge.membership)
    marks = topic_words(corpus, knowledge.membership)
    for topic in corpus.topics:
        near = tuple(Label(c.document.title, c.document.permalink, c.shared) for c in neighbours.get(topic.slug, ()))
        yield from _topic(knowledge, topic, near, marks[topic.slug])


def _topic_term(knowledge: Knowledge, topic: Document) -> TermView:
    assert isinstance(topic.meta, Topic)  # noqa: S101
    children = tuple(knowledge.topic_label(t) for t in _narrower(knowledge, topic))
    return TermView(knowledge.topic_label(topic), topic.meta.summary or "", children)


def _narrower(knowledge: Knowledge, topic: Document) -> list[Document]:
    """Every narrower topic at any depth, each once, a topic before those below it."""
    found: dict[Permalink, Document] = {}
    waiting = list(knowledge.membership.children[topic.slug])
    while waiting:
        current = waiting.pop(0)
        if current.permalink not in found:
            found[current.permalink] = current
            waiting = [*knowledge.membership.children[current.slug], *waiting]
    return list(found.values())


def _topic(
    knowledge: Knowledge, topic: Document, neighbours: tuple[Label, ...], marks: tuple[str, ...]
) -> Iterator[Page]:
    assert isinstance(topic.meta, Topic)  # noqa: S101
    membership = knowledge.membership
    articles = membership.by_topic[topic.slug]
    entities = most_common(knowledge.membership.entities[a.permalink] for a in articles)
    feeds = Label(topic.title, topic.permalink) if articles else None
    filters = _filters(topic, articles, entities)
    counted = knowledge.words("topic_description", count=len(articles), name=topic.title)
    bars = chart([date_of(a) for a in articles], knowledge.words)
    for url, part, where in paginate(articles, knowledge.config.options.per_page, topic.permalink):
        is_first = where.number == 1
        description = topic.meta.summary or counted
        view = TopicView(
            head=knowledge.head(topic.title, description, feeds=feeds, document=topic, parts=where),
            title=topic.title,
            summary=topic.meta.summary or "",
            synonyms=topic.meta.synonyms,
            body=knowledge.body(topic) if is_first else None,
            parents=tuple(knowledge.topic_label(p) for p in membership.parents[topic.slug]),
            children=tuple(knowledge.topic_label(c) for c in membership.children[topic.slug]),
            neighbours=neighbours,
            words=marks,
            entities=tuple(Label(e.title, e.permalink, count) for e, count in entities),
            chart=bars if is_first else None,
            filters=filters,
            total=len(articles),
            cards=knowledge.cards(part),
            pagination=where,
            backlinks=knowledge.backlinks(topic) if is_first else (),
            edit_url=knowledge.edit_url(topic),
            neighbourhood=topic_neighbourhood(knowledge, topic, neighbours, entities) if is_first else None,
        )
        days = [day for day in (newest_change(part), updated_of(topic) if is_first else None) if day]
        yield template_page(url, "topic.html", view, sources=(topic.path,), lastmod=max(days, default=None))

    if filters is not None:
        yield from _narrowed(knowledge, topic, articles, filters, entities)


def _filters(topic: Document, articles: Sequence[Document], entities: Sequence[tuple[Document, int]]) -> Filters | None:
    """Years and entities to choose from; None where every choice would show the same list."""
    years = Counter(date_of(a).year for a in articles)
    base = topic.permalink
    by_year = tuple(Label(str(y), f"{base}{y}/", years[y]) for y in sorted(years, reverse=True))
    by_entity = tuple(Label(e.title, f"{base}entity/{e.slug}/", n) for e, n in entities if n < len(articles))
    if len(by_year) < CHOICES and len(by_entity) < CHOICES:
        return None
    return Filters(Label(topic.title, base, len(articles)), by_year if len(by_year) >= CHOICES else (), by_entity)


def _narrowed(
    knowledge: Knowledge,
    topic: Document,
    articles: Sequence[Document],
    filters: Filters,
    entities: Sequence[tuple[Document, int]],
) -> Iterator[Page]:
    """A page, or several parts, for every filter. They repeat other lists, so they stay out of sitemap and index."""
    by_year = {f"{topic.permalink}{year}/": list(group) for year, group in groupby(articles, lambda a: date_of(a).year)}
    named = {
        f"{topic.permalink}entity/{e.slug}/": [a for a in articles if e in knowledge.membership.entities[a.permalink]]
        for e, _ in entities
    }
    for choice in (*filters.years, *filters.entities):
        group = (by_year | named)[choice.url]
        title = knowledge.words("topic_part", topic=topic.title, choice=choice.title)
        for url, part, where in paginate(group, knowledge.config.options.per_page, choice.url):
            head = replace(knowledge.head(title, parts=where), is_indexed=False)
            label = Label(topic.title, topic.permalink, len(articles))
            cards = knowledge.cards(part)
            view = TopicPartView(head, title, label, choice.title, filters, len(group), cards, where)
            yield template_page(url, "topic-part.html", view, sources=(topic.path,), is_in_sitemap=False)


def plan_entities(knowledge: Knowledge) -> Iterator[Page]:
    """`/entities/`, grouped by kind, and every entity."""
    corpus, words = knowledge.corpus, knowledge.words
    terms = sorted(
        (
            (entity_meta(e).kind, TermView(knowledge.entity_label(e), entity_meta(e).summary or ""))
            for e in corpus.entities
        ),
        key=lambda term: _KINDS.index(term[0]),
    )
    starts = {kind: index for index, (kind, _) in reversed(list(enumerate(terms)))}
    counts = Counter(kind for kind, _ in terms)
    kinds = tuple(
        Label(words(f"kinds_{k}"), f"{part_url('/entities/', starts[k] // IN_INDEX + 1)}#sb-{k}", counts[k])
        for k in _KINDS
        if k in starts
    )
    lastmod = newest_change(corpus.listed)
    for url, part, where in paginate(terms, IN_INDEX, "/entities/"):
        groups = tuple(
            TermGroup(words(f"kinds_{kind}"), f"sb-{kind}", tuple(term for _, term in group))
            for kind, group in groupby(part, key=lambda term: term[0])
        )
        head = knowledge.head(words("entities"), words("entities_description"), parts=where)
        view = TermsView(head, words("entities"), groups, kinds, len(corpus.entities), where)
        yield template_page(url, "entities.html", view, lastmod=lastmod)
    company = entity_company(corpus, knowledge.membership)
    for entity in corpus.entities:
        near = tuple(Label(c.document.title, c.document.permalink, c.shared) for c in company.get(entity.slug, ()))
        yield from _entity(knowledge, entity, near)


def _entity(knowledge: Knowledge, entity: Document, company: tuple[Label, ...]) -> Iterator[Page]:
    assert isinstance(entity.meta, Entity)  # noqa: S101
    articles = knowledge.membership.by_entity[entity.slug]
    topics = most_common(knowledge.membership.topics[a.permalink] for a in articles)
    feeds = Label(entity.title, entity.permalink) if articles else None
    counted = knowledge.words("entity_description", count=len(articles), name=entity.title)
    bars = chart([date_of(a) for a in articles], knowledge.words)
    for url, part, where in paginate(articles, knowledge.config.options.per_page, entity.permalink):
        is_first = where.number == 1
        description = entity.meta.summary or counted
        view = EntityView(
            head=knowledge.head(entity.title, description, feeds=feeds, document=entity, parts=where),
            title=entity.title,
            kind=str(entity.meta.kind),
            summary=entity.meta.summary or "",
            synonyms=entity.meta.synonyms,
            same_as=entity.meta.same_as,
            body=knowledge.body(entity) if is_first else None,
            topics=tuple(Label(t.title, t.permalink, count) for t, count in topics),
            entities=company,
            chart=bars if is_first else None,
            total=len(articles),
            cards=knowledge.cards(part),
            pagination=where,
            backlinks=knowledge.backlinks(entity) if is_first else (),
            edit_url=knowledge.edit_url(entity),
        )
        days = [day for day in (newest_change(part), updated_of(entity) if is_first else None) if day]
        yield template_page(url, "entity.html", view, sources=(entity.path,), lastmod=max(days, default=None))
