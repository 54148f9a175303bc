"""Topics and entities: their indexes, and a page for each with its articles part by part."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from site_builder.content.document import Document
from site_builder.content.schema import Entity, EntityKind, Topic
from site_builder.corpus.corpus import date_of, updated_of
from site_builder.pages.charts import chart
from site_builder.pages.knowledge import Knowledge, most_common, newest_change, paginate
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

CHOICES: Final = 2
"""Years or entities that make a filter worth its place."""
ENTITY_GROUPS: Final = {
    EntityKind.ORGANISATION: "Organisations",
    EntityKind.PERSON: "People",
    EntityKind.LAW: "Laws",
    EntityKind.PRODUCT: "Products",
    EntityKind.PAPER: "Papers and standards",
}


def plan_topics(knowledge: Knowledge) -> Iterator[Page]:
    """`/topics/` and every topic, rolled up."""
    corpus = knowledge.corpus
    roots = [t for t in corpus.topics if not knowledge.membership.parents[t.slug]]
    terms = tuple(_topic_term(knowledge, t) for t in roots)
    head = knowledge.head("Topics", f"{len(corpus.topics)} topics, from the widest to the narrowest.")
    view = TermsView(head, "Topics", (TermGroup("", terms),), len(corpus.topics))
    yield template_page("/topics/", "topics.html", view, lastmod=newest_change(knowledge.corpus.listed))
    for topic in corpus.topics:
        yield from _topic(knowledge, topic)


def _topic_term(knowledge: Knowledge, topic: Document) -> TermView:
    assert isinstance(topic.meta, Topic)  # noqa: S101
    children = tuple(knowledge.topic_label(c) for c in knowledge.membership.children[topic.slug])
    return TermView(knowledge.topic_label(topic), topic.meta.summary or "", children)


def _topic(knowledge: Knowledge, topic: Document) -> Iterator[Page]:
    assert isinstance(topic.meta, Topic)  # noqa: S101
    membership = knowledge.membership
    articles = membership.by_topic[topic.slug]
    entities = most_common(knowledge.membership.entities[a.permalink] for a in articles)
    feeds = Label(topic.title, topic.permalink) if articles else None
    filters = _filters(topic, articles, entities)
    bars = chart([date_of(a) for a in articles])
    for url, part, where in paginate(articles, knowledge.config.options.per_page, topic.permalink):
        is_first = where.number == 1
        description = topic.meta.summary or f"{len(articles)} articles on {topic.title}."
        view = TopicView(
            head=knowledge.head(topic.title, description, feeds=feeds, parts=where),
            title=topic.title,
            summary=topic.meta.summary or "",
            synonyms=topic.meta.synonyms,
            body=knowledge.body(topic) if is_first else None,
            parents=tuple(knowledge.topic_label(p) for p in membership.parents[topic.slug]),
            children=tuple(knowledge.topic_label(c) for c in membership.children[topic.slug]),
            entities=tuple(Label(e.title, e.permalink, count) for e, count in entities),
            chart=bars if is_first else None,
            filters=filters,
            total=len(articles),
            cards=knowledge.cards(part),
            pagination=where,
            backlinks=knowledge.backlinks(topic) if is_first else (),
            edit_url=knowledge.edit_url(topic),
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
        title = f"{topic.title}: {choice.title}"
        for url, part, where in paginate(group, knowledge.config.options.per_page, choice.url):
            head = replace(knowledge.head(title, parts=where), is_indexed=False)
            label = Label(topic.title, topic.permalink, len(articles))
            cards = knowledge.cards(part)
            view = TopicPartView(head, title, label, choice.title, filters, len(group), cards, where)
            yield template_page(url, "topic-part.html", view, sources=(topic.path,), is_in_sitemap=False)


def plan_entities(knowledge: Knowledge) -> Iterator[Page]:
    """`/entities/`, grouped by kind, and every entity."""
    corpus = knowledge.corpus
    groups: dict[EntityKind, list[TermView]] = {}
    for entity in corpus.entities:
        assert isinstance(entity.meta, Entity)  # noqa: S101
        term = TermView(knowledge.entity_label(entity), entity.meta.summary or "")
        groups.setdefault(entity.meta.kind, []).append(term)
    shown = tuple(TermGroup(name, tuple(groups[kind])) for kind, name in ENTITY_GROUPS.items() if kind in groups)
    head = knowledge.head("Entities", "The organisations, people, laws, products and papers in the articles.")
    view = TermsView(head, "Entities", shown, len(corpus.entities))
    yield template_page("/entities/", "entities.html", view, lastmod=newest_change(knowledge.corpus.listed))
    for entity in corpus.entities:
        yield from _entity(knowledge, entity)


def _entity(knowledge: Knowledge, entity: Document) -> Iterator[Page]:
    assert isinstance(entity.meta, Entity)  # noqa: S101
    articles = knowledge.membership.by_entity[entity.slug]
    topics = most_common(knowledge.membership.topics[a.permalink] for a in articles)
    feeds = Label(entity.title, entity.permalink) if articles else None
    bars = chart([date_of(a) for a in articles])
    for url, part, where in paginate(articles, knowledge.config.options.per_page, entity.permalink):
        is_first = where.number == 1
        description = entity.meta.summary or f"{len(articles)} articles that mention {entity.title}."
        view = EntityView(
            head=knowledge.head(entity.title, description, feeds=feeds, parts=where),
            title=entity.title,
            kind=str(entity.meta.kind),
            summary=entity.meta.summary or "",
            synonyms=entity.meta.synonyms,
            same_as=entity.meta.same_as,
            body=knowledge.body(entity) if is_first else None,
            topics=tuple(Label(t.title, t.permalink, count) for t, count in topics),
            chart=bars if is_first else None,
            total=len(articles),
            cards=knowledge.cards(part),
            pagination=where,
            backlinks=knowledge.backlinks(entity) if is_first else (),
            edit_url=knowledge.edit_url(entity),
        )
        days = [day for day in (newest_change(part), updated_of(entity) if is_first else None) if day]
        yield template_page(url, "entity.html", view, sources=(entity.path,), lastmod=max(days, default=None))
