"""The neighbourhood of an article or a topic: a dozen neighbours, and the links between them.

Curated entries come first, then what the program proposes, what links here, topics and entities. Each neighbour appears
once. Unlisted articles are never neighbours.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
"""Below this number a picture adds nothing to the lists beside it."""
MAX_NEIGHBOURS: Final = 12
"""Beyond this number a picture is hard to read."""
MAX_OF_GROUP: Final[Mapping[str, int]] = {
    "topics": 3,
    "named_here": 3,
    "read_next": 5,
    "related": 4,
    "linked_from": 3,
    "wider_topics": 3,
    "narrower_topics": 4,
    "most_linked": 4,
    "in_same_articles": 3,
    "often_named": 3,
}
"""Group, by the key of its name among the interface texts -> neighbours in it."""
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
    chosen = taken.group("read_next", curated, is_chosen=True)
    topics = taken.group("topics", taxonomy.topics[here], is_above=True)
    entities = taken.group("named_here", taxonomy.entities[here], is_above=True)
    related = taken.group("related", (r.article for r in context.related.get(here, ())))
    linking = taken.group("linked_from", (link.source for link in context.graph.backlinks.get(here, ())))
    return _view(context, article, topics, entities, chosen, related, linking)


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
    known = context.corpus.by_permalink
    return _view(
        context,
        topic,
        taken.group("wider_topics", taxonomy.parents[topic.slug], is_above=True),
        taken.group("narrower_topics", taxonomy.children[topic.slug], is_above=True),
        taken.group("most_linked", _most_linked(context, articles), is_chosen=True),
        taken.group("in_same_articles", (known[Permalink(label.url)] for label in companions)),
        taken.group("often_named", (entity for entity, _ in entities)),
    )


def _most_linked(context: PageContext, articles: Sequence[Document]) -> list[Document]:
    """Articles to which most links lead; the newer first if two have as many."""
    backlinks = context.graph.backlinks
    numbered = ((-len(backlinks.get(a.permalink, ())), n) for n, a in enumerate(articles))
    count = 2 * MAX_OF_GROUP["most_linked"]  # some may be unlisted
    return [articles[n] for links, n in nsmallest(count, numbered) if links]


class _Taken:
    """Hands out neighbours, each of them once."""

    def __init__(self, centre: Document) -> None:
        self._seen = {centre.permalink}

    def group(
        self, name: str, documents: Iterable[Document], *, is_above: bool = False, is_chosen: bool = False
    ) -> _Group:
        """A group of the first few documents that are listed and have not been handed out yet."""
        return _Group(name, list(islice(self._free(documents), MAX_OF_GROUP[name])), is_above, is_chosen)

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
