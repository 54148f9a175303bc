"""The neighbourhood of an article or a topic: a dozen neighbours, and the links between them.

Curated entries come first, then what the program proposes, what links here, topics and entities. Each neighbour appears
once. Unlisted articles are never neighbours.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import islice
from typing import Final, NamedTuple

from site_builder.content.document import Document
from site_builder.content.schema import Article, Entity, Kind, Topic
from site_builder.corpus.corpus import is_unlisted
from site_builder.pages.context import PageContext
from site_builder.render.site_view import Label
from site_builder.render.svg.neighbourhood_svg import NeighbourGroup, NeighbourhoodView
from site_builder.urls import Permalink

MIN_NEIGHBOURS: Final = 5
"""Below this number a picture says no more than the lists beside it."""
MAX_NEIGHBOURS: Final = 12
"""Beyond this number a picture is hard to read."""
MAX_EDGES: Final = 6
"""Links between neighbours that are shown."""
LINKED_KINDS: Final = frozenset({Kind.ARTICLE, Kind.TOPIC, Kind.ENTITY})
"""Kinds that may be neighbours. Tools and free pages are not part of the graph."""


class _Group(NamedTuple):
    """A group with its documents: see NeighbourGroup."""

    name: str
    """Key of its name among the interface texts."""
    documents: Sequence[Document]
    is_above: bool = False
    is_chosen: bool = False


def article_neighbourhood(context: PageContext, article: Document[Article]) -> NeighbourhoodView | None:
    """What an article belongs to and where it leads; None for few neighbours, and for an unlisted article."""
    if is_unlisted(article):
        return None
    here = article.permalink
    resolved, taxonomy = context.graph.resolved[here], context.taxonomy
    curated = [s.target.document for s in resolved.similar if s.target.document]
    taken = _Taken(article)
    chosen = taken.first(curated, 5)
    topics = taken.first(taxonomy.topics[here], 3)
    entities = taken.first(taxonomy.entities[here], 3)
    related = taken.first((r.article for r in context.related.get(here, ())), 4)
    linking = taken.first((link.source for link in context.graph.backlinks.get(here, ())), 3)
    return _view(
        context,
        article,
        _Group("topics", topics, is_above=True),
        _Group("named_here", entities, is_above=True),
        _Group("read_next", chosen, is_chosen=True),
        _Group("related", related),
        _Group("linked_from", linking),
    )


def topic_neighbourhood(
    context: PageContext,
    topic: Document[Topic],
    companions: Sequence[Label],
    entities: Sequence[tuple[Document[Entity], int]],
) -> NeighbourhoodView | None:
    """What a topic belongs to, its narrower topics, topics that occur with it, and its articles with the most links.

    `companions`: topics that share articles with it; `entities`: those that its articles name most often.
    """
    taxonomy = context.taxonomy
    articles = taxonomy.by_topic[topic.slug]
    taken = _Taken(topic)
    wider = taken.first(taxonomy.parents[topic.slug], 3)
    narrower = taken.first(taxonomy.children[topic.slug], 4)
    known = context.corpus.by_permalink
    beside = (known[Permalink(label.url)] for label in companions)
    return _view(
        context,
        topic,
        _Group("wider_topics", wider, is_above=True),
        _Group("narrower_topics", narrower, is_above=True),
        _Group("most_linked", taken.first(_most_linked(context, articles), 4), is_chosen=True),
        _Group("in_same_articles", taken.first(beside, 3)),
        _Group("often_named", taken.first((e for e, _ in entities), 3)),
    )


def _most_linked(context: PageContext, articles: Sequence[Document]) -> list[Document]:
    """Articles to which most links lead; the newer first if two have as many."""
    backlinks = context.graph.backlinks
    numbered = ((-len(backlinks.get(a.permalink, ())), n) for n, a in enumerate(articles))
    return [articles[n] for links, n in nsmallest(8, numbered) if links]


class _Taken:
    """Hands out neighbours, each of them once."""

    def __init__(self, centre: Document) -> None:
        self._seen = {centre.permalink}

    def first(self, documents: Iterable[Document], limit: int) -> list[Document]:
        """The first few that are listed and have not been handed out yet."""
        return list(islice(self._free(documents), limit))

    def _free(self, documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            if document.permalink not in self._seen and document.kind in LINKED_KINDS and not is_unlisted(document):
                self._seen.add(document.permalink)
                yield document


def _view(context: PageContext, centre: Document, *groups: _Group) -> NeighbourhoodView | None:
    counts = [len(group.documents) for group in groups]
    if sum(counts) < MIN_NEIGHBOURS:
        return None
    shown = [g._replace(documents=g.documents[:limit]) for g, limit in zip(groups, _limits(counts), strict=True)]
    views = tuple(
        NeighbourGroup(
            context.translations(g.name),
            tuple(Label(d.title, d.permalink) for d in g.documents),
            g.is_above,
            g.is_chosen,
        )
        for g in shown
        if g.documents
    )
    return NeighbourhoodView(centre.title, views, _edges(context, [d for g in shown for d in g.documents]))


def _limits(counts: Sequence[int]) -> list[int]:
    """How many of each group are shown: the longest are shortened, the later ones first."""
    limits = list(counts)
    while sum(limits) > MAX_NEIGHBOURS:
        longest = max(limits)
        limits[len(limits) - 1 - limits[::-1].index(longest)] -= 1
    return limits


def _edges(context: PageContext, shown: Sequence[Document]) -> tuple[tuple[int, int], ...]:
    """Links between neighbours, each pair once: of articles to each other, of topics to wider ones."""
    numbers = {d.permalink: n for n, d in enumerate(shown)}
    found: dict[tuple[int, int], None] = {}
    for number, document in enumerate(shown):
        for target in _onward(context, document):
            other = numbers.get(target, number)
            if other != number and (other, number) not in found:
                found[number, other] = None
    return tuple(found)[:MAX_EDGES]


def _onward(context: PageContext, document: Document) -> Iterator[Permalink]:
    if document.kind is Kind.ARTICLE:
        resolved = context.graph.resolved[document.permalink]
        yield from (s.target.document.permalink for s in resolved.similar if s.target.document)
        yield from (t.document.permalink for t in resolved.refs if t.document and t.document.kind is Kind.ARTICLE)
    elif document.kind is Kind.TOPIC:
        yield from (t.permalink for t in context.taxonomy.parents[document.slug])
