"""What lies around an article or a topic: a dozen of its neighbours, and what leads from one of them to another.

Curated entries stand first, then what the program proposes, then what links here, then topics and entities; each
neighbour once. What is unlisted is nobody's neighbour.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import islice
from typing import Final, NamedTuple

from site_builder.content.document import Document
from site_builder.content.schema import Kind
from site_builder.corpus.corpus import is_unlisted
from site_builder.pages.context import PageContext
from site_builder.pages.parts import Label, NeighbourGroup, NeighbourhoodView
from site_builder.urls import Permalink

FEWEST: Final = 5
"""Neighbours below which a picture tells no more than the lists beside it."""
MOST: Final = 12
"""Neighbours in a picture: more are a thicket."""
TIES: Final = 6
"""Links between neighbours that are shown."""
LINKED: Final = frozenset({Kind.ARTICLE, Kind.TOPIC, Kind.ENTITY})
"""Kinds that may be neighbours; tools and free pages stand beside the knowledge."""


class _Group(NamedTuple):
    """A group as it is chosen: see NeighbourGroup."""

    name: str
    """Its key among the words of the interface."""
    documents: Sequence[Document]
    is_above: bool = False
    is_chosen: bool = False


def article_neighbourhood(knowledge: PageContext, article: Document) -> NeighbourhoodView | None:
    """What an article belongs to, and where it leads; None for few neighbours, and for what appears in no graph."""
    if is_unlisted(article):
        return None
    here = article.permalink
    resolved, membership = knowledge.graph.resolved[here], knowledge.membership
    curated = [s.target.document for s in resolved.similar if s.target.document]
    taken = _Taken(article)
    chosen = taken.first(curated, 5)
    topics = taken.first(membership.topics[here], 3)
    entities = taken.first(membership.entities[here], 3)
    related = taken.first((r.article for r in knowledge.related.get(here, ())), 4)
    linking = taken.first((link.source for link in knowledge.graph.backlinks.get(here, ())), 3)
    return _view(
        knowledge,
        article,
        _Group("topics", topics, is_above=True),
        _Group("named_here", entities, is_above=True),
        _Group("read_next", chosen, is_chosen=True),
        _Group("related", related),
        _Group("linked_from", linking),
    )


def topic_neighbourhood(
    knowledge: PageContext, topic: Document, company: Sequence[Label], entities: Sequence[tuple[Document, int]]
) -> NeighbourhoodView | None:
    """What a topic belongs to, its parts, the company it keeps, and those of its articles to which most links lead.

    `company`: topics that share articles with it; `entities`: those that its articles name most.
    """
    membership = knowledge.membership
    articles = membership.by_topic[topic.slug]
    taken = _Taken(topic)
    wider = taken.first(membership.parents[topic.slug], 3)
    narrower = taken.first(membership.children[topic.slug], 4)
    known = knowledge.corpus.by_permalink
    beside = (known[Permalink(label.url)] for label in company)
    return _view(
        knowledge,
        topic,
        _Group("wider_topics", wider, is_above=True),
        _Group("narrower_topics", narrower, is_above=True),
        _Group("most_linked", taken.first(_most_linked(knowledge, articles), 4), is_chosen=True),
        _Group("in_same_articles", taken.first(beside, 3)),
        _Group("often_named", taken.first((e for e, _ in entities), 3)),
    )


def _most_linked(knowledge: PageContext, articles: Sequence[Document]) -> list[Document]:
    """Articles to which most links lead, the newer first of two with as many."""
    backlinks = knowledge.graph.backlinks
    numbered = ((-len(backlinks.get(a.permalink, ())), n) for n, a in enumerate(articles))
    return [articles[n] for links, n in nsmallest(8, numbered) if links]


class _Taken:
    """Hands out neighbours, each once."""

    def __init__(self, centre: Document) -> None:
        self._seen = {centre.permalink}

    def first(self, documents: Iterable[Document], limit: int) -> list[Document]:
        """The first few that readers may find and nobody has got yet."""
        return list(islice(self._free(documents), limit))

    def _free(self, documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            if document.permalink not in self._seen and document.kind in LINKED and not is_unlisted(document):
                self._seen.add(document.permalink)
                yield document


def _view(knowledge: PageContext, centre: Document, *groups: _Group) -> NeighbourhoodView | None:
    counts = [len(group.documents) for group in groups]
    if sum(counts) < FEWEST:
        return None
    shown = [g._replace(documents=g.documents[:limit]) for g, limit in zip(groups, _limits(counts), strict=True)]
    views = tuple(
        NeighbourGroup(
            knowledge.words(g.name), tuple(Label(d.title, d.permalink) for d in g.documents), g.is_above, g.is_chosen
        )
        for g in shown
        if g.documents
    )
    return NeighbourhoodView(centre.title, views, _ties(knowledge, [d for g in shown for d in g.documents]))


def _limits(counts: Sequence[int]) -> list[int]:
    """How many of each group are shown: the longest give way, the later ones first."""
    limits = list(counts)
    while sum(limits) > MOST:
        longest = max(limits)
        limits[len(limits) - 1 - limits[::-1].index(longest)] -= 1
    return limits


def _ties(knowledge: PageContext, shown: Sequence[Document]) -> tuple[tuple[int, int], ...]:
    """Links between neighbours, each pair once: of articles to each other, of topics to wider ones."""
    numbers = {d.permalink: n for n, d in enumerate(shown)}
    found: dict[tuple[int, int], None] = {}
    for number, document in enumerate(shown):
        for target in _onward(knowledge, document):
            other = numbers.get(target, number)
            if other != number and (other, number) not in found:
                found[number, other] = None
    return tuple(found)[:TIES]


def _onward(knowledge: PageContext, document: Document) -> Iterator[Permalink]:
    if document.kind is Kind.ARTICLE:
        resolved = knowledge.graph.resolved[document.permalink]
        yield from (s.target.document.permalink for s in resolved.similar if s.target.document)
        yield from (t.document.permalink for t in resolved.refs if t.document and t.document.kind is Kind.ARTICLE)
    elif document.kind is Kind.TOPIC:
        yield from (t.permalink for t in knowledge.membership.parents[document.slug])
