"""Topics and entities: their indexes, and a page for each with its articles part by part."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, TypeAlias

from site_builder.content.document import Document
from site_builder.content.schema import Entity, EntityKind, Topic
from site_builder.corpus.cooccurrence import entity_company, topic_neighbours, topic_words
from site_builder.corpus.corpus import article_meta, date_of, updated_of
from site_builder.pages.context import NEIGHBOURS, PageContext, most_common, newest_change, paginate, part_url
from site_builder.pages.neighbourhood import topic_neighbourhood
from site_builder.pages.parts import (
    EntityView,
    FilterGroup,
    Filters,
    Label,
    TermGroup,
    TermsView,
    TermView,
    TopicPartView,
    TopicView,
)
from site_builder.pages.route import Page, template_page
from site_builder.render.svg.bar_chart import chart
from site_builder.urls import Permalink, slugify

IN_INDEX: Final = 300
"""Topics or entities on one part of their index: some 60 kB."""
CHOICES: Final = 2
"""Years, entities or sources that make a filter worth its place; articles that make a source one of them."""
_KINDS: Final = (EntityKind.ORGANISATION, EntityKind.PERSON, EntityKind.LAW, EntityKind.PRODUCT, EntityKind.PAPER)
"""In the order of the index."""


def entity_meta(document: Document) -> Entity:
    """The front matter of what is known to be an entity."""
    assert isinstance(document.meta, Entity)  # noqa: S101 (tells the type checker what the caller knows)
    return document.meta


def plan_topics(knowledge: PageContext) -> Iterator[Page]:
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


def _topic_term(knowledge: PageContext, topic: Document) -> TermView:
    assert isinstance(topic.meta, Topic)  # noqa: S101
    children = tuple(knowledge.topic_label(t) for t in _narrower(knowledge, topic))
    return TermView(knowledge.topic_label(topic), topic.meta.summary or "", children)


def _narrower(knowledge: PageContext, topic: Document) -> list[Document]:
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
    knowledge: PageContext, topic: Document, neighbours: tuple[Label, ...], marks: tuple[str, ...]
) -> Iterator[Page]:
    assert isinstance(topic.meta, Topic)  # noqa: S101
    membership = knowledge.membership
    articles = membership.by_topic[topic.slug]
    entities = most_common(knowledge.membership.entities[a.permalink] for a in articles)
    feeds = Label(topic.title, topic.permalink) if articles else None
    choices = _choices(knowledge, topic, articles, entities)
    filters = _filters(topic, articles, choices)
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
        yield from _narrowed(knowledge, topic, filters, choices)


@dataclass(frozen=True, slots=True)
class _Choice:
    """One way to narrow a list, and what is left then."""

    title: str
    url: Permalink
    articles: list[Document]
    key: str = "topic_part"
    """Of the words for the title of its page."""


_Choices: TypeAlias = Mapping[str, list[_Choice]]
"""Name of the group -> its choices."""


def _choices(
    knowledge: PageContext, topic: Document, articles: Sequence[Document], entities: Sequence[tuple[Document, int]]
) -> _Choices:
    """By year, by entity, and by source where one has several articles."""
    base, words, membership = topic.permalink, knowledge.words, knowledge.membership
    years: dict[str, list[Document]] = {}
    sources: dict[str, list[Document]] = {}
    for article in articles:
        years.setdefault(str(date_of(article).year), []).append(article)
        source = article_meta(article).source
        if source and (name := slugify(source.name)):
            sources.setdefault(name, []).append(article)
    often = sorted(((n, a) for n, a in sources.items() if len(a) >= CHOICES), key=lambda s: (-len(s[1]), s[0]))
    return {
        words("year"): [_Choice(y, Permalink(f"{base}{y}/"), years[y]) for y in years],
        words("naming"): [
            _Choice(
                e.title,
                Permalink(f"{base}entity/{e.slug}/"),
                [a for a in articles if e in membership.entities[a.permalink]],
            )
            for e, _ in entities
        ],
        words("source"): [
            _Choice(_source_name(own), Permalink(f"{base}source/{name}/"), own, "topic_part_source")
            for name, own in often[:NEIGHBOURS]
        ],
    }


def _source_name(articles: Sequence[Document]) -> str:
    """As most of the articles write it, of two equal ones the newest article's."""
    names = Counter(source.name for a in articles if (source := article_meta(a).source))
    return names.most_common(1)[0][0]


def _filters(topic: Document, articles: Sequence[Document], choices: _Choices) -> Filters | None:
    """What to choose from; None where every choice would show the same list."""
    groups = []
    for title, ways in choices.items():
        labels = tuple(Label(w.title, w.url, len(w.articles)) for w in ways if len(w.articles) < len(articles))
        if labels:
            groups.append(FilterGroup(title, labels))
    if max((len(group.ways) for group in groups), default=0) < CHOICES:
        return None
    return Filters(Label(topic.title, topic.permalink, len(articles)), tuple(groups))


def _narrowed(knowledge: PageContext, topic: Document, filters: Filters, choices: _Choices) -> Iterator[Page]:
    """A page, or several parts, for every filter. They repeat other lists, so they stay out of sitemap and index."""
    shown = {label.url for group in filters.groups for label in group.ways}
    for choice in (c for group in choices.values() for c in group if c.url in shown):
        title = knowledge.words(choice.key, topic=topic.title, choice=choice.title)
        for url, part, where in paginate(choice.articles, knowledge.config.options.per_page, choice.url):
            told = knowledge.words("topic_part_description", count=len(choice.articles), title=title)
            head = replace(knowledge.head(title, told, parts=where), is_indexed=False)
            cards = knowledge.cards(part)
            view = TopicPartView(head, title, filters.all, choice.url, filters, len(choice.articles), cards, where)
            yield template_page(url, "topic-part.html", view, sources=(topic.path,), is_in_sitemap=False)


def plan_entities(knowledge: PageContext) -> Iterator[Page]:
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


def _entity(knowledge: PageContext, entity: Document, company: tuple[Label, ...]) -> Iterator[Page]:
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
