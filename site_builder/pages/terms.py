"""Topics and entities: their indexes, and a page for each with its articles part by part."""

from collections.abc import Iterator

from site_builder.content.document import Document
from site_builder.content.schema import Entity, EntityKind, Topic
from site_builder.corpus.corpus import updated_of
from site_builder.pages.knowledge import Knowledge, most_common, newest_change, paginate
from site_builder.pages.page import Page, template_page
from site_builder.pages.views import EntityView, Label, TermGroup, TermsView, TermView, TopicView

ENTITY_GROUPS = {
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
            total=len(articles),
            cards=knowledge.cards(part),
            pagination=where,
            backlinks=knowledge.backlinks(topic) if is_first else (),
            edit_url=knowledge.edit_url(topic),
        )
        days = [day for day in (newest_change(part), updated_of(topic) if is_first else None) if day]
        yield template_page(url, "topic.html", view, sources=(topic.path,), lastmod=max(days, default=None))


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
            total=len(articles),
            cards=knowledge.cards(part),
            pagination=where,
            backlinks=knowledge.backlinks(entity) if is_first else (),
            edit_url=knowledge.edit_url(entity),
        )
        days = [day for day in (newest_change(part), updated_of(entity) if is_first else None) if day]
        yield template_page(url, "entity.html", view, sources=(entity.path,), lastmod=max(days, default=None))
