"""`/topics/<slug>/2024/`, `…/entity/<slug>/` and `…/source/<name>/`: the list of a topic, narrowed in one way."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article, Entity, Topic
from site_builder.corpus.corpus import date_of
from site_builder.pages.context import MAX_FREQUENT, PageContext, most_common
from site_builder.pages.parts import Card, Pagination, card_labels, paginate
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_ld import JsonNode, PageGraph
from site_builder.render.site_view import Head, Label, SiteView
from site_builder.render.templating.template import Template
from site_builder.urls import Permalink

MIN_CHOICES: Final = 2
"""Years, entities or sources from which a filter is useful."""


class FilterGroup(msgspec.Struct, frozen=True):
    """Years, newest first; entities or sources, most frequent first."""

    title: str
    ways: tuple[Label, ...]


class Filters(msgspec.Struct, frozen=True):
    """Ways to narrow a topic's list: plain links to pages of their own."""

    all: Label
    groups: tuple[FilterGroup, ...]


class TopicPartView(msgspec.Struct, frozen=True):
    """`/topics/<slug>/2024/`, `…/entity/<slug>/` and `…/source/<name>/`: a topic's list, narrowed."""

    head: Head
    title: str
    topic: Label
    chosen: str
    """Address of the filter in use."""
    filters: Filters
    total: int
    cards: tuple[Card, ...]
    pagination: Pagination


def describe_topic_part(view: TopicPartView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe the page as a collection of articles about the topic."""
    graph = PageGraph(view.head, url, site)
    about = graph.ref(f"{view.topic.url}#term")
    page = graph.page("CollectionPage", mainEntity=graph.item_list(card_labels(view.cards)), about=about)
    return graph.document(page, graph.term(view.topic), has_terms=True, trail=(view.topic,))


TEMPLATE: Final[Template[TopicPartView]] = Template("topic-part.html", describe_topic_part)


class FilterChoice(msgspec.Struct, frozen=True):
    """One way to narrow a list, with the articles that are left."""

    title: str
    url: Permalink
    articles: tuple[Document[Article], ...]
    title_key: str
    """Key of the text that makes the title of its page."""


class TopicFilters(msgspec.Struct, frozen=True):
    """The filters of a topic as a view, and the choices behind them."""

    view: Filters
    choices: tuple[FilterChoice, ...]


def topic_filters(context: PageContext, topic: Document[Topic]) -> TopicFilters | None:
    """What readers may choose from; None where every choice would show the same list."""
    articles = context.taxonomy.by_topic[topic.slug]
    least = context.config.options.list_articles
    groups, choices = [], []
    for title, group in _groups(context, topic, articles):
        narrower = [choice for choice in group if least <= len(choice.articles) < len(articles)]
        if narrower:
            groups.append(FilterGroup(title, tuple(Label(c.title, c.url, len(c.articles)) for c in narrower)))
            choices += narrower
    if max((len(group.ways) for group in groups), default=0) < MIN_CHOICES:
        return None
    return TopicFilters(Filters(Label(topic.title, topic.permalink, len(articles)), tuple(groups)), tuple(choices))


def _groups(
    context: PageContext, topic: Document[Topic], articles: Sequence[Document[Article]]
) -> Iterator[tuple[str, list[FilterChoice]]]:
    """By year, by entity and by source."""
    base, words, least = topic.permalink, context.translations, context.config.options.list_articles
    years: defaultdict[int, list[Document[Article]]] = defaultdict(list)
    entities: defaultdict[Document[Entity], list[Document[Article]]] = defaultdict(list)
    sources: defaultdict[str, list[Document[Article]]] = defaultdict(list)
    named, source_slug = context.taxonomy.entities, context.source_slug
    for article in articles:
        years[date_of(article).year].append(article)
        for entity in named[article.permalink]:
            entities[entity].append(article)
        source = article.meta.source
        if source and (name := source_slug(source.name)):
            sources[name].append(article)
    # Those with too few articles would be left out afterwards, and are most of them.
    often = most_common([e] * len(own) for e, own in entities.items() if len(own) >= least)
    largest = sorted(sources.items(), key=lambda group: (-len(group[1]), group[0]))
    yield (
        words("year"),
        [FilterChoice(f"{y}", Permalink(f"{base}{y}/"), tuple(own), "topic_part") for y, own in years.items()],
    )
    yield (
        words("naming"),
        [
            FilterChoice(e.title, Permalink(f"{base}entity/{e.slug}/"), tuple(entities[e]), "topic_part")
            for e, _ in often
        ],
    )
    yield (
        words("source"),
        [
            FilterChoice(_source_name(own), Permalink(f"{base}source/{name}/"), tuple(own), "topic_part_source")
            for name, own in largest[:MAX_FREQUENT]
        ],
    )


def _source_name(articles: Sequence[Document[Article]]) -> str:
    """As most of the articles write it; if several are as frequent, as the newest does."""
    return Counter(a.meta.source.name for a in articles if a.meta.source).most_common(1)[0][0]


def filtered_routes(context: PageContext, topic: Document[Topic], filters: TopicFilters) -> Iterator[AnyRoute]:
    """A page, or several parts, for every choice. They repeat other lists, so search engines leave them out."""
    for choice in filters.choices:
        for url, part, place in paginate(choice.articles, context.config.options.per_page, choice.url):
            chosen = Label(choice.title, choice.url, len(choice.articles))
            view = partial(_part_view, context, topic, filters.view, chosen, choice.title_key, part, place)
            yield Route(url, TEMPLATE, view, (topic.path,))


def _part_view(
    context: PageContext,
    topic: Document[Topic],
    filters: Filters,
    chosen: Label,
    title_key: str,
    part: Sequence[Document[Article]],
    place: Pagination,
) -> TopicPartView:
    words, total = context.translations, chosen.count or 0
    title = words(title_key, topic=topic.title, choice=chosen.title)
    description = words("topic_part_description", count=total, title=title)
    head = context.head(title, description, place=place, is_indexed=False)
    return TopicPartView(head, title, filters.all, chosen.url, filters, total, context.cards(part), place)
