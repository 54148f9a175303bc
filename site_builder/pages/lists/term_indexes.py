"""`/topics/` and `/entities/`, part by part: all topics with those below them, and all entities by kind."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import MAX_LISTED, Entity, Topic
from site_builder.pages.context import PageContext
from site_builder.pages.entity_kinds import KINDS
from site_builder.pages.parts import MAX_SUMMARY_BYTES, Pagination, paginate, paginate_weighed, part_url, shorten
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_ld import TOPIC_SET, JsonNode, PageGraph
from site_builder.render.site_view import Head, Label, SiteView
from site_builder.render.templating.template import Template
from site_builder.routes import Section
from site_builder.urls import Permalink

TERMS_PER_PART: Final = 300
"""Topics or entities on one part of their index: about 60 kB."""
WEIGHT_OF_TERM: Final = 6
"""Of a topic with its summary in the index, where that of a narrower topic, which has a name only, is 1."""
MAX_WEIGHT: Final = TERMS_PER_PART * WEIGHT_OF_TERM
"""Of one part of the index of topics: about 150 kB."""


class TermView(msgspec.Struct, frozen=True):
    """A topic or entity in an index."""

    label: Label
    summary: str
    children: tuple[Label, ...] = ()
    """Narrower topics at any depth; the first of them."""
    more_children: int = 0
    """Number of the others."""


class TermGroup(msgspec.Struct, frozen=True):
    """A section of an index: entities of one kind, or topics without a parent."""

    name: str
    id: str
    """Of its heading."""
    terms: tuple[TermView, ...]
    """Those on this part of the index."""


class TermsView(msgspec.Struct, frozen=True):
    """`/topics/` and `/entities/`, part by part."""

    head: Head
    title: str
    groups: tuple[TermGroup, ...]
    kinds: tuple[Label, ...]
    """All groups of the index, each with the address at which it begins."""
    total: int
    pagination: Pagination


def _labels(view: TermsView) -> list[Label]:
    return [term.label for group in view.groups for term in group.terms]


def describe_topic_index(view: TermsView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe the page as a collection, and its topics as terms of one set."""
    graph = PageGraph(view.head, url, site)
    labels = _labels(view)
    page = graph.page("CollectionPage", mainEntity=graph.item_list(labels), about=graph.ref(TOPIC_SET))
    return graph.document(page, graph.topic_set() | {"hasDefinedTerm": [graph.term(label) for label in labels]})


def describe_entity_index(view: TermsView, url: Permalink, site: SiteView) -> JsonNode:
    """Describe the page as a collection of entities."""
    graph = PageGraph(view.head, url, site)
    return graph.document(graph.page("CollectionPage", mainEntity=graph.item_list(_labels(view))))


TOPICS_TEMPLATE: Final[Template[TermsView]] = Template("topics.html", describe_topic_index)
ENTITIES_TEMPLATE: Final[Template[TermsView]] = Template("entities.html", describe_entity_index)


def plan_topic_index(context: PageContext) -> Iterator[AnyRoute]:
    """`/topics/`: the topics without a parent, those with most articles first, each with every narrower one."""
    roots = _largest_first(context, (t for t in context.corpus.topics if not context.taxonomy.parents[t.slug]))
    for url, part, place in paginate_weighed(roots, partial(_weight, context), MAX_WEIGHT, Section.TOPICS.url):
        view = partial(_topic_index_view, context, part, place)
        yield Route(url, TOPICS_TEMPLATE, view, lastmod=context.lastmod, is_in_sitemap=bool(roots))


def _topic_index_view(context: PageContext, part: Sequence[Document[Topic]], place: Pagination) -> TermsView:
    words, total = context.translations, len(context.corpus.topics)
    description = words("sentence", text=words("topics_sum", count=total))
    head = context.head(words("topics"), description, place=place, is_indexed=total > 0)
    terms = tuple(_topic_term(context, topic) for topic in part)
    return TermsView(head, words("topics"), (TermGroup("", "", terms),), (), total, place)


def _topic_term(context: PageContext, topic: Document[Topic]) -> TermView:
    narrower = _narrower(context, topic)
    shown = tuple(map(context.topic_label, narrower[:MAX_LISTED]))
    summary = shorten(topic.meta.summary or "", MAX_SUMMARY_BYTES)
    return TermView(context.topic_label(topic), summary, shown, len(narrower[MAX_LISTED:]))


def _weight(context: PageContext, topic: Document[Topic]) -> int:
    """How much room a topic takes with those below it."""
    return WEIGHT_OF_TERM + min(len(_narrower(context, topic)), MAX_LISTED)


def _largest_first(context: PageContext, topics: Iterable[Document[Topic]]) -> list[Document[Topic]]:
    """Topics by their number of articles, ties by title."""
    return sorted(topics, key=lambda t: (-context.count_articles(t), t.title.casefold(), t.slug))


def _narrower(context: PageContext, topic: Document[Topic]) -> list[Document[Topic]]:
    """Every narrower topic at any depth, each once, a topic before those below it, and the largest first."""
    found: dict[Permalink, Document[Topic]] = {}
    waiting = _largest_first(context, context.taxonomy.children[topic.slug])[::-1]
    while waiting:
        current = waiting.pop()
        if current.permalink not in found:
            found[current.permalink] = current
            waiting += _largest_first(context, context.taxonomy.children[current.slug])[::-1]
    return list(found.values())


def plan_entity_index(context: PageContext) -> Iterator[AnyRoute]:
    """`/entities/`: all entities, grouped by kind."""
    entities = sorted(context.corpus.entities, key=lambda e: KINDS.index(e.meta.kind))
    for url, part, place in paginate(entities, TERMS_PER_PART, Section.ENTITIES.url):
        view = partial(_entity_index_view, context, entities, part, place)
        yield Route(url, ENTITIES_TEMPLATE, view, lastmod=context.lastmod, is_in_sitemap=bool(entities))


def _entity_index_view(
    context: PageContext, entities: Sequence[Document[Entity]], part: Sequence[Document[Entity]], place: Pagination
) -> TermsView:
    words = context.translations
    groups = tuple(
        TermGroup(words(f"kinds_{kind}"), f"sb-{kind}", tuple(_entity_term(context, e) for e in group))
        for kind, group in groupby(part, key=lambda e: e.meta.kind)
    )
    head = context.head(words("entities"), words("entities_description"), place=place, is_indexed=bool(entities))
    return TermsView(head, words("entities"), groups, _kinds(context, entities), len(entities), place)


def _entity_term(context: PageContext, entity: Document[Entity]) -> TermView:
    return TermView(context.entity_label(entity), shorten(entity.meta.summary or "", MAX_SUMMARY_BYTES))


def _kinds(context: PageContext, entities: Sequence[Document[Entity]]) -> tuple[Label, ...]:
    """Every kind that there is, with the address at which it begins."""
    starts = {e.meta.kind: index for index, e in reversed(list(enumerate(entities)))}
    counts = Counter(e.meta.kind for e in entities)
    return tuple(
        Label(
            context.translations(f"kinds_{kind}"),
            f"{part_url('/entities/', starts[kind] // TERMS_PER_PART + 1)}#sb-{kind}",
            counts[kind],
        )
        for kind in KINDS
        if kind in starts
    )
