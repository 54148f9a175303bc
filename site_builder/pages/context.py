"""All that composing a page needs to know, and the small parts that most pages share: cards, labels, backlinks."""

import datetime as dt
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from site_builder.config import SiteConfig
from site_builder.content.document import Document
from site_builder.content.schema import Article, Entity, EntityKind, FreePage, Kind, Status, Tool
from site_builder.corpus.corpus import Corpus, article_meta, is_unlisted, updated_of
from site_builder.corpus.taxonomy import Taxonomy
from site_builder.i18n import Translations
from site_builder.images import image_size
from site_builder.links.graph import LinkGraph
from site_builder.links.resolve import Outcome, Target
from site_builder.markdown.body import RefKind, fill_text
from site_builder.pages.backlinks import group_backlinks
from site_builder.pages.parts import (
    BacklinkGroup,
    BodyView,
    Card,
    Head,
    HeadingView,
    Label,
    Pagination,
    RefView,
    ToolView,
)
from site_builder.pages.unique_titles import shared_descriptions, title_marks
from site_builder.related.site_related import Relation
from site_builder.render.social_card import pillow_version
from site_builder.urls import Permalink, SourcePath

BACKLINKS: Final = 50
"""Backlinks shown on a page."""
NEIGHBOURS: Final = 12
"""Entities of a topic, topics of an entity."""

SITE_IMAGE: Final = "/social.png"
"""Picture that stands for the site elsewhere; an article or topic has one beside its page."""
TWINS: Final = frozenset({Kind.ARTICLE, Kind.TOPIC, Kind.ENTITY, Kind.PAGE})
"""Documents that have a page, and so a twin of it in Markdown."""
PICTURED: Final = frozenset({Kind.ARTICLE, Kind.TOPIC})

T = TypeVar("T")


@dataclass(slots=True)
class PageContext:
    """Corpus, membership and graph under one name, with the cards made from them, each once."""

    config: SiteConfig
    corpus: Corpus
    membership: Taxonomy
    graph: LinkGraph
    words: Translations
    related: Mapping[Permalink, tuple[Relation, ...]] = field(default_factory=dict)
    """Article -> what the program proposes beside the curated list."""
    mentions: Mapping[Permalink, tuple[Label, ...]] = field(default_factory=dict)
    """Article -> entities that its text names without a link, where the settings ask for links."""
    search: Mapping[str, bytes] = field(default_factory=dict)
    """Path below `/search/` -> a file of the index; empty where there is no search."""
    _cards: dict[Permalink, Card] = field(default_factory=dict)
    _sizes: dict[SourcePath, tuple[int, int] | None] = field(default_factory=dict)
    _wanted: dict[str, str] = field(default_factory=dict)
    _agents: dict[str, Document] | None = None
    _marks: Mapping[Permalink, str] | None = None
    _shared: frozenset[str] = frozenset()

    @property
    def has_feeds(self) -> bool:
        """Feeds hold absolute addresses, and something to read."""
        return bool(self.config.url and self.corpus.listed)

    @property
    def has_images(self) -> bool:
        """Pictures for other sites are drawn where that is asked for and possible; their addresses are absolute."""
        return bool(self.config.url and self.config.options.social_images and pillow_version())

    @property
    def agents(self) -> Mapping[str, Document]:
        """Organisations and people among the entities, by their names in lower case."""
        if self._agents is None:
            self._agents = {}
            for entity in self.corpus.entities:
                assert isinstance(entity.meta, Entity)  # noqa: S101 (tells the type checker what the corpus knows)
                if entity.meta.kind in {EntityKind.ORGANISATION, EntityKind.PERSON}:
                    for name in (entity.meta.name, *entity.meta.synonyms):
                        self._agents.setdefault(name.casefold(), entity)
        return self._agents

    def card(self, article: Document) -> Card:
        """The article as it looks in a list."""
        card = self._cards.get(article.permalink)
        if card is None:
            meta = article_meta(article)
            topics = self.membership.topics[article.permalink]
            card = Card(
                article.permalink,
                meta.title,
                meta.summary,
                meta.date,
                meta.status is Status.STUB,
                meta.source.name if meta.source else "",
                Label(topics[0].title, topics[0].permalink) if topics else None,
                meta.language if meta.language and meta.language != self.config.options.language else "",
            )
            self._cards[article.permalink] = card
        return card

    def cards(self, articles: Iterable[Document]) -> tuple[Card, ...]:
        """Several articles as they look in a list."""
        return tuple(self.card(a) for a in articles)

    def head(self, title: str, description: str = "", *, feeds: Label | None = None, document: Document | None = None,
             parts: Pagination | None = None) -> Head:  # fmt: skip
        """The head of a page; parts after the first say so in their title."""
        number = parts.number if parts else 1
        language = document.meta.language if document and isinstance(document.meta, Article | FreePage) else None
        site = (Label(self.config.name, "/"),) if self.has_feeds else ()
        found = (*site, *((feeds,) if feeds and self.has_feeds else ()))
        if document:
            title, description = self._told_apart(title, description, document)
        return Head(
            title if number == 1 else self.words("page_of_title", title=title, number=number),
            self.words("page_of_description", description=description, number=number)
            if number > 1 and description
            else description,
            found,
            is_indexed=document is None or not is_unlisted(document),
            language=language or "",
            previous=parts.previous if parts else "",
            next=parts.next if parts else "",
            image=self.picture(document) if document else "",
            twin=self.twin(document) if document and number == 1 else "",
        )

    def _told_apart(self, title: str, description: str, document: Document) -> tuple[str, str]:
        """Both, with what tells them from those of other documents: elsewhere they stand alone."""
        if self._marks is None:
            documents = list(self.corpus.by_permalink.values())
            self._marks = title_marks(documents, self.words)
            self._shared = shared_descriptions(documents)
        if mark := self._marks.get(document.permalink):
            title = self.words("title_told_apart", title=title, mark=mark)
        if description in self._shared:
            description = self.words("description_told_apart", title=title, description=description)
        return title, description

    def picture(self, document: Document) -> str:
        """Address of the picture that stands for a document elsewhere; "" where that is the site's."""
        has_own = self.has_images and document.kind in PICTURED and not is_unlisted(document)
        return f"{document.permalink}{SITE_IMAGE[1:]}" if has_own else ""

    def twin(self, document: Document) -> str:
        """Address of a document's page as Markdown; an unlisted one has its page and nothing else."""
        has_twin = document.kind in TWINS and not is_unlisted(document)
        return f"{document.permalink}index.md" if has_twin else ""

    def body(self, document: Document) -> BodyView:
        """A document's body with its references resolved."""
        targets = self.graph.resolved[document.permalink].refs
        refs = tuple(self._ref(ref.kind, target) for ref, target in zip(document.body.refs, targets, strict=True))
        return BodyView(document.body.digest, document.path, refs, self.mentions.get(document.permalink, ()))

    def _ref(self, kind: RefKind, target: Target) -> RefView:
        if kind is RefKind.IMAGE:
            size = self.image_size(target.asset) if target.asset else None
            return RefView(target.url, target.title, is_image=True, size=size)
        return RefView(self.url(target), target.title, is_wanted=target.outcome is Outcome.WANTED)

    def url(self, target: Target) -> str:
        """A target's address; that of a wanted page is its entry, on whichever part of `/wanted/` it stands.

        What only unlisted documents name has none: they appear in no list.
        """
        if target.outcome is not Outcome.WANTED:
            return target.url
        if not self._wanted:
            base, per_page = "/wanted/", self.config.options.per_page
            for index, entry in enumerate(self.graph.wanted):
                self._wanted[entry.url] = entry.url.replace(base, part_url(base, index // per_page + 1), 1)
        return self._wanted.get(target.url, "/wanted/")

    def image_size(self, path: SourcePath) -> tuple[int, int] | None:
        """Width and height of an image file, read once; None for what is no image that we can measure."""
        if path not in self._sizes:
            self._sizes[path] = image_size(self.config.root / path)
        return self._sizes[path]

    def headings(self, document: Document) -> tuple[HeadingView, ...]:
        """The table of contents of a body."""
        titles = [t.title for t in self.graph.resolved[document.permalink].refs]
        return tuple(HeadingView(h.level, h.id, fill_text(h.text, titles)) for h in document.body.headings)

    def excerpt(self, document: Document) -> str:
        """The start of a body as plain text."""
        return fill_text(document.body.excerpt, [t.title for t in self.graph.resolved[document.permalink].refs])

    def backlinks(self, document: Document, listed: Container[str] = frozenset()) -> tuple[BacklinkGroup, ...]:
        """What leads to a document, with the words around each link, grouped by the way it leads.

        `listed` are those that its page names elsewhere.
        """
        return group_backlinks(self.graph.backlinks.get(document.permalink, ())[:BACKLINKS], self.words, listed)

    def topic_label(self, topic: Document) -> Label:
        """A link to a topic, with how many articles it holds."""
        return Label(topic.title, topic.permalink, len(self.membership.by_topic[topic.slug]))

    def entity_label(self, entity: Document) -> Label:
        """A link to an entity, with how many articles name it."""
        return Label(entity.title, entity.permalink, len(self.membership.by_entity[entity.slug]))

    def edit_url(self, document: Document) -> str:
        """Where a reader may propose a change; "" where the settings name no place."""
        path = document.path.removeprefix(f"{self.config.content}/")
        return self.config.edit_url.replace("{path}", path)

    def tool(self, document: Document) -> ToolView:
        """A tool as a card."""
        assert isinstance(document.meta, Tool)  # noqa: S101 (tells the type checker what the caller knows)
        meta = document.meta
        body = self.body(document)
        return ToolView(document.slug, meta.name, str(meta.pricing), meta.summary, meta.tags, meta.url or "", body)


def paginate(items: Sequence[T], per_page: int, base: str) -> Iterator[tuple[str, Sequence[T], Pagination]]:
    """Cut a list into parts: (address, items, where it stands). The first part is at `base`, even if it is empty."""
    count = max(1, -(-len(items) // per_page))
    for number in range(1, count + 1):
        previous = part_url(base, number - 1) if number > 1 else ""
        following = part_url(base, number + 1) if number < count else ""
        part = items[(number - 1) * per_page : number * per_page]
        yield part_url(base, number), part, Pagination(number, count, previous, following)


def part_url(base: str, number: int) -> str:
    """`/topics/privacy/`, `/topics/privacy/page/2/`"""
    return base if number == 1 else f"{base}page/{number}/"


def most_common(documents: Iterable[Iterable[Document]], limit: int = NEIGHBOURS) -> list[tuple[Document, int]]:
    """Documents counted over groups, most frequent first, ties by title and slug."""
    counts: Counter[Permalink] = Counter()
    known: dict[Permalink, Document] = {}
    for group in documents:
        for document in group:
            counts[document.permalink] += 1
            known[document.permalink] = document
    ranked = sorted(counts.items(), key=lambda c: (-c[1], known[c[0]].title.casefold(), c[0]))
    return [(known[permalink], count) for permalink, count in ranked[:limit]]


def newest_change(documents: Iterable[Document]) -> dt.date | None:
    """The last change among some documents: the honest `lastmod` of a list of them."""
    return max((day for d in documents if (day := updated_of(d)) is not None), default=None)
