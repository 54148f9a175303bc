"""Everything that planning and composing pages may ask for, and the small parts that most pages share.

Planning asks for settings, documents, taxonomy and interface texts; the rest is computed when a view asks for it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeVar, cast

from site_builder.config import SiteConfig
from site_builder.content.document import Document
from site_builder.content.schema import Article, Entity, EntityKind, FreePage, Meta, Topic
from site_builder.content.vocabulary import Kind, Status
from site_builder.corpus.corpus import Corpus, added_of, date_of, is_unlisted, updated_of
from site_builder.corpus.feed_keys import feed_keys
from site_builder.corpus.taxonomy import Taxonomy
from site_builder.i18n import Translations
from site_builder.images import image_size
from site_builder.links.graph import LinkGraph
from site_builder.links.graph_export import Network, build_network
from site_builder.links.related_article import RelatedArticle
from site_builder.links.target import Outcome, Target
from site_builder.markdown.body import Body
from site_builder.markdown.headings import other_ids
from site_builder.markdown.references import Ref, fill_text
from site_builder.pages.backlinks import by_source, count_sources, group_backlinks
from site_builder.pages.dead_links import at_address, dead_by_document, in_text
from site_builder.pages.parts import (
    MAX_NAME_BYTES,
    MAX_SUMMARY_BYTES,
    MAX_TITLE_BYTES,
    BacklinkGroup,
    Card,
    HeadingView,
    Pagination,
    part_url,
    shorten,
)
from site_builder.pages.readings import TEXTS, AsksSite, Readings, Remembered, Seen, SeenTable
from site_builder.pages.unique_titles import shared_descriptions, title_marks
from site_builder.render.format import BodyView, DeadLinkView, RefView
from site_builder.render.raster.source_picture import Picture, inspect_picture
from site_builder.render.site_view import Head, Label
from site_builder.render.social_card import drawable, pillow_version
from site_builder.routes import LINKED_FROM, Section
from site_builder.urls import Permalink, Slug, SourcePath, slugify

MAX_BACKLINKS: Final = 50
"""Sources of links shown on a page; of more, `linked-from/` below it lists all."""
MAX_FREQUENT: Final = 12
"""Entities shown with a topic, and topics with an entity."""

SITE_CARD: Final = Permalink("/social.png")
"""The social card of the site. An article or topic has one beside its page."""
HAVE_MARKDOWN: Final = frozenset({Kind.ARTICLE, Kind.TOPIC, Kind.ENTITY, Kind.PAGE})
"""Documents that have a page, and so a Markdown version of it."""
HAVE_SOCIAL_CARD: Final = frozenset({Kind.ARTICLE, Kind.TOPIC})

M = TypeVar("M", bound=Meta)
T = TypeVar("T")


class PageContext(AsksSite):
    """The site's content under one name, with the cards made from it, each once.

    What composing a view asks for is noted in `readings`, also where it was made before: so whatever is kept here is
    kept with what it was made from (`remember`), or is a table that is read key by key.
    """

    def __init__(  # noqa: PLR0913 (one for each stage that pages are made from)
        self,
        config: SiteConfig,
        corpus: Corpus,
        taxonomy: Taxonomy,
        translations: Translations,
        *,
        graph: Callable[[], LinkGraph],
        related: Callable[[], Mapping[Permalink, tuple[RelatedArticle, ...]]] = dict,
        mentions: Callable[[Document], tuple[Label, ...]] = lambda _document: (),
        search: Callable[[], Mapping[str, bytes]] = dict,
    ) -> None:
        """The last four are called when they are first needed, and at most once, `mentions` once for each article."""
        self.config = config
        self.readings = Readings()
        self.corpus = cast(Corpus, Seen(self.readings, "corpus", Corpus, lambda: corpus))
        self.taxonomy = cast(Taxonomy, Seen(self.readings, "taxonomy", Taxonomy, lambda: taxonomy))
        self._graph = Seen(self.readings, "graph", LinkGraph, graph)
        self.graph = cast(LinkGraph, self._graph)
        """Every link and what it means."""
        self.translations = translations
        table = self.readings.table
        self.related: SeenTable[Permalink, tuple[RelatedArticle, ...]] = table("related", related)
        """Article -> what the program proposes beside the curated list."""
        self.search: SeenTable[str, bytes] = table("search", search)
        """Path below `/search/` -> a file of the search index; empty where there is no search."""
        self.feed_keys: SeenTable[Permalink, str] = table("feed_keys", lambda: feed_keys(corpus.listed)[0])
        """Address of a listed article -> its key in feeds, which a renaming does not change."""
        self.agents: SeenTable[str, Document[Entity]] = table("agents", lambda: _agents(corpus))
        """Organisations and people among the entities, by their names in lower case."""
        self._title_marks = table("title_marks", lambda: title_marks(corpus.by_permalink.values(), translations))
        self._shared_descriptions: SeenTable[str, bool] = table(
            "shared_descriptions",
            lambda: dict.fromkeys(map(_name_of, shared_descriptions(corpus.by_permalink.values())), True),
        )
        self._wanted: SeenTable[str, str] = table("wanted", lambda: _wanted(config.options.per_page, graph()))
        """Address of a wanted page's entry on `/wanted/` -> its address on the right part."""
        self._counts: SeenTable[Permalink, int] = table("counts", lambda: _counts(corpus, taxonomy))
        """Topic or entity -> the number of its articles."""
        self._sizes = table("image_sizes", lambda: _Measured(config.root, image_size))
        self.pictures: SeenTable[SourcePath, Picture | None] = table(
            "pictures", lambda: _Measured(config.root, inspect_picture)
        )
        """Path of a picture -> what its smaller copies are made from; None where there are none."""
        self._dead_links: SeenTable[Permalink, tuple[DeadLinkView, ...]] = table(
            "dead_links", lambda: dead_by_document(config.dead_links, corpus)
        )
        self.readings.tables[TEXTS] = lambda: _Texts(corpus.by_path)
        self.readings.tables["day"] = lambda: config.date
        self._remembered: list[Remembered[object]] = []
        self.card = Remembered(self.readings, self._card, None)
        """The article as it looks in a list."""
        self._source_slugs: dict[str, Slug] = {}
        self._mentions_of = self.remember(mentions)
        self._network = self.remember(lambda: build_network(self.corpus, self.taxonomy, self.graph, self.related))
        self._has_wanted = self.remember(self._is_any_wanted)
        self._newest = Remembered(self.readings, lambda: newest_first(self.corpus.listed), None)
        self._lastmod = Remembered(self.readings, lambda: newest_change(self.corpus.listed), None)

    def remember(self, compose: Callable[..., T], size: int | None = None) -> Remembered[T]:
        """A function that remembers its last results (None: all), until the texts of documents change."""
        remembered = self.readings.remember(compose, size)
        self._remembered.append(cast(Remembered[object], remembered))
        return remembered

    def forget_texts(self) -> None:
        """Forget all that was made from texts or links. What front matter says is as it was."""
        for remembered in self._remembered:
            remembered.forget()
        for table in (self._graph, self.related, self.search, self._wanted, self._dead_links):
            table.forget()

    @property
    def today(self) -> dt.date:
        """The day of the build; nothing but the editor's report should follow from it."""
        self.readings.note("day")
        return self.config.date

    @property
    def network(self) -> Network:
        """The whole link graph of what readers may find, as nodes and edges."""
        return self._network()

    def mentions(self, document: Document) -> tuple[Label, ...]:
        """Entities that an article's text names without a link, if the settings ask for links."""
        if document.kind is not Kind.ARTICLE or not self.config.options.link_mentions:
            return ()
        self.note_text(document)
        self.readings.add({("graph.resolved", document.permalink), ("corpus.entities", None), ("corpus.merged", None)})
        return self._mentions_of(document)

    def note_text(self, document: Document) -> None:
        """Note that a view is made from a document's body. Whoever reads one calls this."""
        self.readings.note(TEXTS, document.path)

    @property
    def has_wanted(self) -> bool:
        """Whether any page is still to be written: one that documents name, or a stub."""
        return self._has_wanted()

    def _is_any_wanted(self) -> bool:
        return bool(self.graph.wanted) or any(a.meta.status is Status.STUB for a in self.corpus.listed)

    @property
    def has_search(self) -> bool:
        """Whether the settings ask for search."""
        return self.config.options.search

    @property
    def has_feeds(self) -> bool:
        """Feeds need absolute addresses, and something to read."""
        return bool(self.config.url and self.corpus.listed)

    def has_feed(self, term: Document[Topic] | Document[Entity]) -> bool:
        """Whether a topic or entity has feeds of its own: it says so, or has enough articles."""
        count, least = self.count_articles(term), self.config.options.feed_articles
        is_wanted = count >= least if term.meta.feed is None else term.meta.feed
        return self.has_feeds and count > 0 and is_wanted

    def articles_of(self, term: Document[Topic] | Document[Entity]) -> Sequence[Document[Article]]:
        """The articles of a topic or entity, as its page lists them."""
        members = self.taxonomy.by_topic if term.kind is Kind.TOPIC else self.taxonomy.by_entity
        return members[term.slug]

    def count_articles(self, term: Document[Topic] | Document[Entity]) -> int:
        """How many articles a topic or entity has."""
        return self._counts[term.permalink]

    @property
    def has_social_cards(self) -> bool:
        """Social cards need absolute addresses and Pillow, and the settings may turn them off."""
        return bool(self.config.url and self.config.options.social_images and pillow_version())

    @property
    def newest(self) -> tuple[Document[Article], ...]:
        """Listed articles by the day they were added, newest first, then by the date of their source."""
        return self._newest()

    @property
    def lastmod(self) -> dt.date | None:
        """The last change of any listed article."""
        return self._lastmod()

    def _card(self, article: Document[Article]) -> Card:
        meta = article.meta
        topics = self.taxonomy.topics[article.permalink]
        return Card(
            article.permalink,
            shorten(meta.title, MAX_TITLE_BYTES),
            shorten(meta.summary, MAX_SUMMARY_BYTES),
            meta.date,
            meta.status is Status.STUB,
            meta.source.name if meta.source else "",
            Label(shorten(topics[0].title, MAX_NAME_BYTES), topics[0].permalink) if topics else None,
            meta.language if meta.language and meta.language != self.config.options.language else "",
            None if added_of(article) == meta.date else added_of(article),
        )

    def cards(self, articles: Iterable[Document[Article]]) -> tuple[Card, ...]:
        """Several articles as they look in a list."""
        return tuple(self.card(a) for a in articles)

    def head(self, title: str, description: str = "", *, feeds: Label | None = None, document: Document | None = None,
             place: Pagination | None = None, is_indexed: bool = True) -> Head:  # fmt: skip
        """The head of a page; parts of a list after the first say so in their title."""
        number = place.number if place else 1
        language = document.meta.language if document and isinstance(document.meta, Article | FreePage) else None
        site = (Label(self.config.name, "/"),) if self.has_feeds else ()
        if document:
            title, description = self._made_unique(title, description, document)
        words = self.translations
        return Head(
            title if number == 1 else words("page_of_title", title=title, number=number),
            words("page_of_description", description=description, number=number)
            if number > 1 and description
            else description,
            (*site, *((feeds,) if feeds and self.has_feeds else ())),
            is_indexed=is_indexed and (document is None or not is_unlisted(document)),
            language=language or "",
            previous=place.previous if place else "",
            next=place.next if place else "",
            image=self.social_card_url(document) if document else "",
            twin=self.markdown_url(document) if document and number == 1 else "",
        )

    def _made_unique(self, title: str, description: str, document: Document) -> tuple[str, str]:
        """Both, with what distinguishes them from those of other documents: search results show nothing else."""
        if mark := self._title_marks.get(document.permalink):
            title = self.translations("title_told_apart", title=title, mark=mark)
        if _name_of(description) in self._shared_descriptions:
            description = self.translations("description_told_apart", title=title, description=description)
        return title, description

    def social_card_url(self, document: Document) -> str:
        """Address of a document's social card; "" where the site's is used, as for titles that cannot be drawn."""
        may_have = self.has_social_cards and document.kind in HAVE_SOCIAL_CARD and not is_unlisted(document)
        return f"{document.permalink}social.png" if may_have and drawable(document.title) else ""

    def markdown_url(self, document: Document) -> str:
        """Address of a document's page as Markdown; "" for an unlisted one, which has its page and nothing else."""
        has_markdown = document.kind in HAVE_MARKDOWN and not is_unlisted(document)
        return f"{document.permalink}index.md" if has_markdown else ""

    def body(self, document: Document) -> BodyView:
        """A document's body with its references resolved."""
        self.note_text(document)
        targets = self.graph.resolved[document.permalink].refs
        refs = tuple(self._ref(ref, target) for ref, target in zip(document.body.refs, targets, strict=True))
        ids = tuple(self._other_ids(document).items())
        dead = self.dead_in_text(document)
        return BodyView(document.body.digest, document.path, refs, self.mentions(document), ids, dead)

    def dead_in_text(self, document: Document) -> tuple[DeadLinkView, ...]:
        """Addresses elsewhere that are dead and to which a document's text links."""
        return in_text(document, self._dead_links.get(document.permalink, ()))

    def dead_link(self, document: Document, written: str | None) -> DeadLinkView | None:
        """What is known of an address in a document's front matter that is dead; None for one that is not."""
        return at_address(written, self._dead_links.get(document.permalink, ()))

    def _other_ids(self, document: Document) -> Mapping[str, str]:
        """Id of a heading that is made of the name of a document which readers may not see -> another one."""
        targets = self.graph.resolved[document.permalink].refs
        hidden = {number for number, target in enumerate(targets) if target.outcome is Outcome.HIDDEN}
        return other_ids(document.body.headings, document.body.anchors, hidden)

    def _ref(self, ref: Ref, target: Target) -> RefView:
        if ref.kind.is_image:
            size = self.image_size(target.asset) if target.asset else None
            return RefView(target.url, target.title, is_image=True, size=size)
        summary = self._summary(target.document) if ref.is_quoted and target.document and "#" not in target.url else ""
        is_wanted = target.outcome is Outcome.WANTED
        is_full = target.outcome is Outcome.ELSEWHERE
        return RefView(self.url(target), target.title, is_wanted=is_wanted, summary=summary, is_full=is_full)

    def _summary(self, document: Document) -> str:
        """What says in a sentence or two what a document is about."""
        return getattr(document.meta, "summary", None) or self.excerpt(document)

    def url(self, target: Target) -> str:
        """A target's address; that of a wanted page is its entry, on whichever part of `/wanted/` it is.

        A page that only unlisted documents name has no entry: they appear in no list.
        """
        return self._wanted.get(target.url, Section.WANTED.url) if target.outcome is Outcome.WANTED else target.url

    def image_size(self, path: SourcePath) -> tuple[int, int] | None:
        """Width and height of an image file, read once; None for a file that cannot be measured."""
        return self._sizes[path]

    def headings(self, document: Document) -> tuple[HeadingView, ...]:
        """The table of contents of a body."""
        self.note_text(document)
        titles = self._titles(document)
        ids = self._other_ids(document)
        return tuple(
            HeadingView(h.level, ids.get(h.id, h.id), fill_text(h.text, titles)) for h in document.body.headings
        )

    def excerpt(self, document: Document) -> str:
        """The start of a body as plain text."""
        self.note_text(document)
        return fill_text(document.body.excerpt, self._titles(document))

    def _titles(self, document: Document) -> list[str]:
        return [target.title for target in self.graph.resolved[document.permalink].refs]

    def backlinks(self, document: Document, listed: Container[str] = frozenset()) -> tuple[BacklinkGroup, ...]:
        """The links to a document, with the words around each, grouped by how they lead here.

        `listed`: addresses that its page names elsewhere.
        """
        sources = by_source(self.graph.backlinks.get(document.permalink, ()))
        language = self.config.options.language
        return group_backlinks(sources[:MAX_BACKLINKS], self.translations, language, listed)

    def all_backlinks(self, document: Document) -> Label | None:
        """The list of all pages that link to a document, with their number; None where its page shows all."""
        total = count_sources(self.graph.backlinks.get(document.permalink, ()))
        return Label(document.title, f"{document.permalink}{LINKED_FROM}/", total) if total > MAX_BACKLINKS else None

    def source_slug(self, name: str) -> Slug:
        """The name of a source as part of an address."""
        if name not in self._source_slugs:
            self._source_slugs[name] = slugify(name)
        return self._source_slugs[name]

    def topic_label(self, topic: Document[Topic]) -> Label:
        """A link to a topic, with the number of its articles."""
        return Label(shorten(topic.title, MAX_NAME_BYTES), topic.permalink, self.count_articles(topic))

    def entity_label(self, entity: Document[Entity]) -> Label:
        """A link to an entity, with the number of articles that name it."""
        return Label(shorten(entity.title, MAX_NAME_BYTES), entity.permalink, self.count_articles(entity))

    def edit_url(self, document: Document) -> str:
        """Where a reader may propose a change; "" where the settings name no repository."""
        path = document.path.removeprefix(f"{self.config.content}/")
        return self.config.edit_url.replace("{path}", path)


def most_common(groups: Iterable[Iterable[Document[M]]], limit: int = MAX_FREQUENT) -> list[tuple[Document[M], int]]:
    """Documents counted over groups, most frequent first, ties by title and slug."""
    counts: Counter[Document[M]] = Counter(document for group in groups for document in group)
    ranked = sorted(counts.items(), key=lambda c: (-c[1], c[0].title.casefold(), c[0].permalink))
    return ranked[:limit]


def newest_first(articles: Iterable[Document[Article]]) -> tuple[Document[Article], ...]:
    """Articles by the day they were added, newest first, then by the date of their source."""
    return tuple(sorted(articles, key=lambda a: (added_of(a), date_of(a)), reverse=True))


def newest_change(documents: Iterable[Document]) -> dt.date | None:
    """The last change among some documents: the `lastmod` of a list of them."""
    return max((day for d in documents if (day := updated_of(d)) is not None), default=None)


def _name_of(text: str) -> str:
    """A short key for a text."""
    return blake2b(text.encode(), digest_size=12).hexdigest()


def _agents(corpus: Corpus) -> Mapping[str, Document[Entity]]:
    agents: dict[str, Document[Entity]] = {}
    for entity in corpus.entities:
        if entity.meta.kind in {EntityKind.ORGANISATION, EntityKind.PERSON}:
            for name in corpus.entity_names(entity):
                agents.setdefault(name.casefold(), entity)
    return agents


def _wanted(per_page: int, graph: LinkGraph) -> Mapping[str, str]:
    base = Section.WANTED.url
    return {
        entry.url: entry.url.replace(base, part_url(base, index // per_page + 1), 1)
        for index, entry in enumerate(graph.wanted)
    }


def _counts(corpus: Corpus, taxonomy: Taxonomy) -> Mapping[Permalink, int]:
    topics = {t.permalink: len(taxonomy.by_topic[t.slug]) for t in corpus.topics}
    return topics | {e.permalink: len(taxonomy.by_entity[e.slug]) for e in corpus.entities}


class _Measured(Mapping[SourcePath, T]):
    """Path of an image -> what is measured of it, when it is first asked for, and once."""

    def __init__(self, root: Path, measure: Callable[[Path], T]) -> None:
        self._root, self._measure = root, measure
        self._measured: dict[SourcePath, T] = {}

    def __getitem__(self, path: SourcePath) -> T:
        if path not in self._measured:
            self._measured[path] = self._measure(self._root / path)
        return self._measured[path]

    def __iter__(self) -> Iterator[SourcePath]:
        return iter(self._measured)

    def __len__(self) -> int:
        return len(self._measured)


class _Texts(Mapping[SourcePath, Body]):
    """Path of a document -> its body."""

    def __init__(self, documents: Mapping[SourcePath, Document]) -> None:
        self._documents = documents

    def __getitem__(self, path: SourcePath) -> Body:
        return self._documents[path].body

    def __iter__(self) -> Iterator[SourcePath]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)
