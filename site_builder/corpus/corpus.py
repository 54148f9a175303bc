"""Join documents into a Corpus: those that are published, by kind and slug, with their old addresses.

Documents that are drafts, in review or under embargo are left out. Only their slugs are kept, so that a link to them
can be distinguished from a link to nothing.
"""

import datetime as dt
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Final, Literal, TypeAlias, overload

import msgspec

from site_builder.content.document import Document, M, is_a, permalink_of
from site_builder.content.foreign_fields import other_names_remedy
from site_builder.content.schema import Article, Entity, FreePage, Tool, Topic, moved_to
from site_builder.content.vocabulary import Kind, Status
from site_builder.corpus.addresses_of_hidden import without_addresses_of
from site_builder.corpus.embargoes import Embargoes
from site_builder.corpus.names import NameIndex, spoken_names
from site_builder.corpus.review_dates import find_due_reviews
from site_builder.diagnostics import Diagnostic, diagnostic
from site_builder.urls import Permalink, Slug, SourcePath, fold, is_slug, shorten_url

ReadTexts: TypeAlias = Callable[[Sequence[Document]], Mapping[str, str]]
"""Documents -> path -> plain text of the body."""


class Corpus(msgspec.Struct, frozen=True):
    """All published documents, and the addresses by which they are found."""

    articles: tuple[Document[Article], ...]
    """Newest first, ties by slug; with unlisted articles, without duplicates."""
    listed: tuple[Document[Article], ...]
    """The articles that appear in lists, newest first."""
    topics: tuple[Document[Topic], ...]
    """By title, without those that were replaced."""
    entities: tuple[Document[Entity], ...]
    """By name, without those that were replaced."""
    tools: tuple[Document[Tool], ...]
    """By name."""
    pages: tuple[Document[FreePage], ...]
    """By order, then title; including the text of the home page."""
    by_permalink: Mapping[Permalink, Document]
    by_path: Mapping[SourcePath, Document]
    """Every valid document, including unpublished and replaced ones."""
    hidden: frozenset[tuple[Kind, Slug]]
    """Documents that exist but are not published."""
    moved: Mapping[Permalink, Permalink]
    """Address of a duplicate, or of a merged topic or entity -> the address that replaces it."""
    merged: Mapping[Permalink, tuple[Document[Entity], ...]]
    """Address of an entity -> those that were merged into it, by slug."""
    aliases: Mapping[Permalink, Permalink]
    """Old address -> current address."""
    names: NameIndex
    """Every document by title, name, synonym and former slug, including unpublished ones."""

    @overload
    def find(self, kind: Literal[Kind.ARTICLE], slug: str) -> Document[Article] | None: ...
    @overload
    def find(self, kind: Literal[Kind.TOPIC], slug: str) -> Document[Topic] | None: ...
    @overload
    def find(self, kind: Literal[Kind.ENTITY], slug: str) -> Document[Entity] | None: ...
    @overload
    def find(self, kind: Kind, slug: str) -> Document | None: ...
    def find(self, kind: Kind, slug: str) -> Document | None:
        """The published document with that slug or name; for a duplicate, or a merged topic or entity, the one
        that replaces it.

        None if several documents have the name, or if the slug is that of an unpublished one.
        """
        document = self.with_slug(kind, slug)
        if document is not None or (kind, slug) in self.hidden:
            return document
        named = self.called(kind, slug)
        return named[0] if len(named) == 1 else None

    def with_slug(self, kind: Kind, slug: str) -> Document | None:
        """The published document with exactly that slug, or the one that replaces it."""
        permalink = permalink_of(kind, slug)
        return self.by_permalink.get(self.moved.get(permalink, permalink))

    def called(self, kind: Kind, name: str) -> tuple[Document, ...]:
        """The published documents with that name."""
        found = (self.with_slug(kind, d.slug) for d in self.names.called(kind, name))
        return tuple(dict.fromkeys(d for d in found if d is not None))

    def entity_names(self, entity: Document[Entity]) -> tuple[str, ...]:
        """What texts call an entity: its name, its synonyms, and the names of those that were merged into it."""
        everyone = (entity, *self.merged.get(entity.permalink, ()))
        return tuple(dict.fromkeys(name for one in everyone for name in spoken_names(one)))

    def same_as(self, entity: Document[Entity]) -> tuple[str, ...]:
        """Addresses elsewhere of an entity and of those that were merged into it."""
        everyone = (entity, *self.merged.get(entity.permalink, ()))
        return tuple(dict.fromkeys(url for one in everyone for url in one.meta.same_as))

    def documents(self) -> Iterable[Document]:
        """All published documents, kind by kind."""
        return (*self.articles, *self.topics, *self.entities, *self.tools, *self.pages)


def is_published(document: Document, date: dt.date, drafts: bool = False) -> bool:
    """Whether readers may see the document on that day."""
    meta = document.meta
    if drafts or not isinstance(meta, Article | FreePage | Tool):
        return True
    embargo = None if isinstance(meta, Tool) else meta.publish
    return meta.status in {Status.PUBLISHED, Status.STUB} and (embargo is None or embargo <= date)


def embargoes(documents: Iterable[Document], date: dt.date) -> Embargoes:
    """Which documents an embargo holds back, and until when. Drafts and reviews have more to wait for."""
    days = [
        document.meta.publish
        for document in documents
        if isinstance(document.meta, Article | FreePage)
        and document.meta.publish is not None
        and document.meta.status in {Status.PUBLISHED, Status.STUB}
    ]
    held = [day for day in days if day > date]
    return Embargoes(len(held), min(held, default=None), max(held, default=None), days.count(date))


def is_unlisted(document: Document) -> bool:
    """Whether it has an address but appears in no list."""
    return isinstance(document.meta, Article | FreePage) and document.meta.unlisted


def date_of(article: Document[Article]) -> dt.date:
    """The date of an article's source."""
    return article.meta.date


def added_of(article: Document[Article]) -> dt.date:
    """The day on which an article was added to the site."""
    return article.meta.added or article.meta.date


def updated_of(document: Document) -> dt.date | None:
    """The last real change; None if the document does not give it."""
    meta = document.meta
    if isinstance(meta, Article):
        return meta.updated or meta.added or meta.date
    return None if isinstance(meta, Tool) else meta.updated


def build_corpus(
    documents: Iterable[Document],
    date: dt.date,
    drafts: bool,
    held: Container[SourcePath] = (),
    folder: str = "",
    home: str = "",
) -> tuple[Corpus, list[Diagnostic]]:
    """Join documents into a corpus; `held` are paths of those that are not published, whatever they say themselves.

    `folder` is that of the site beside MkDocs, which is no part of its addresses; `home` is the address of the site.

    May report slug-duplicate, date-future, redirect-cycle, alias-invalid, alias-clash, target-unpublished, review-due
    and review-undated.
    """
    first, found = _unique(documents)
    found += _future_dates(first, date)
    first, more = _without_hidden_addresses(first, date, drafts, held, home)
    found += more
    published = [d for d in first if d.path not in held and is_published(d, date, drafts)]
    public = {d.permalink: d for d in published}
    names = NameIndex.of(first)
    moved, more = _moved(published, public, names)
    found += more
    present = [d for d in published if d.permalink not in moved]
    aliases, more = _aliases(published, moved, folder)
    found += more
    articles = sorted(sorted(_of(present, Article), key=lambda d: d.slug), key=date_of, reverse=True)
    corpus = Corpus(
        articles=tuple(articles),
        listed=tuple(a for a in articles if not is_unlisted(a)),
        topics=tuple(sorted(_of(present, Topic), key=_by_title)),
        entities=tuple(sorted(_of(present, Entity), key=_by_title)),
        tools=tuple(sorted(_of(present, Tool), key=_by_title)),
        pages=tuple(sorted(_of(present, FreePage), key=lambda d: (d.meta.order, *_by_title(d)))),
        by_permalink={d.permalink: d for d in present},
        by_path={d.path: d for d in first},
        hidden=frozenset((d.kind, d.slug) for d in first if d.permalink not in public),
        moved=moved,
        merged=_merged(published, public, moved),
        aliases=aliases,
        names=names,
    )
    return corpus, [*found, *find_due_reviews(present, date)]


def _without_hidden_addresses(
    documents: list[Document], date: dt.date, drafts: bool, held: Container[SourcePath], home: str
) -> tuple[list[Document], list[Diagnostic]]:
    """The documents, of which those that are published name no hidden one by its address."""
    shown = {d.path for d in documents if d.path not in held and is_published(d, date, drafts)}
    hidden = {d.permalink for d in documents if d.path not in shown}
    if not home or not hidden:
        return documents, []
    found: list[Diagnostic] = []
    told: list[Document] = []
    for document in documents:
        kept, more = without_addresses_of(document, hidden if document.path in shown else (), home)
        told.append(kept)
        found += more
    return told, found


def _of(documents: Iterable[Document], model: type[M]) -> list[Document[M]]:
    return [d for d in documents if is_a(d, model)]


def _by_title(document: Document) -> tuple[str, str]:
    return document.title.casefold(), document.slug


def _unique(documents: Iterable[Document]) -> tuple[list[Document], list[Diagnostic]]:
    """The first document of each kind and slug. A second one is an error that names both files."""
    first: dict[tuple[Kind, str], Document] = {}
    found: list[Diagnostic] = []
    for document in sorted(documents, key=lambda d: d.path):
        other = first.setdefault((document.kind, fold(document.slug)), document)
        if other is document:
            continue
        if other.slug == document.slug:
            text = f'the {document.kind} "{document.slug}" already exists: {other.path}'
            found.append(diagnostic("slug-duplicate", document.location(), text, "rename one of the two files"))
        else:
            text = f'"{document.slug}" differs from "{other.slug}" ({other.path}) only in upper and lower case'
            found.append(diagnostic("address-case", document.location(), text, "rename one of the two files"))
    return list(first.values()), found


TIME_ZONES: Final = dt.timedelta(days=1)
"""A day that has begun elsewhere is not in the future: the earliest time zones are 26 hours before the last."""


def _future_dates(documents: Iterable[Document], date: dt.date) -> Iterator[Diagnostic]:
    """Dates after the day of the build, or after the embargo that holds the document until then."""
    for document in documents:
        latest = max(date, getattr(document.meta, "publish", None) or date)
        for field in ("date", "added", "updated", "reviewed"):
            day = getattr(document.meta, field, None)
            if day is not None and day - latest > TIME_ZONES:
                text = f'"{field}" is in the future: {day}'
                hint = 'correct the date; to publish on a later day, use "publish"'
                yield diagnostic("date-future", document.location(field), text, hint)


def _moved(
    published: list[Document], public: Mapping[Permalink, Document], names: NameIndex
) -> tuple[dict[Permalink, Permalink], list[Diagnostic]]:
    """Follow `duplicate_of` and `replaced_by` to their ends. Missing ends are reported when links are resolved."""
    steps: dict[Permalink, tuple[Permalink, Document, str]] = {}
    for document in published:
        field, slug = moved_to(document.meta)
        if slug:
            steps[document.permalink] = (_step(document.kind, slug, public, names), document, field)
    ends: dict[Permalink, Permalink | None] = {}  # None: the steps from there go round in a circle
    found: list[Diagnostic] = []
    for start in steps:
        way: dict[Permalink, None] = {}  # in the order of the steps
        at = start
        while at in steps and at not in ends and at not in way:
            way[at] = None
            at = steps[at][0]
        if at in way:
            found += _circle(list(way)[list(way).index(at) :], steps)
        ends |= dict.fromkeys(way, None if at in way else ends.get(at, at))
    moved = {start: end for start in steps if (end := ends[start]) is not None and end in public}
    return moved, found


def _circle(circle: list[Permalink], steps: Mapping[Permalink, tuple[Permalink, Document, str]]) -> list[Diagnostic]:
    """A finding about steps that end where they began; a field that names its own document is a link-self."""
    if len(circle) == 1:
        return []
    first = circle.index(min(circle))
    _, document, field = steps[circle[first]]
    names = " to ".join(p.strip("/").rsplit("/", 1)[-1] for p in (*circle[first:], *circle[: first + 1]))
    text, hint = f'"{field}" is circular: {names}', f'remove "{field}" from one of these documents'
    return [diagnostic("redirect-cycle", document.location(field), text, hint)]


def _merged(
    published: Iterable[Document], public: Mapping[Permalink, Document], moved: Mapping[Permalink, Permalink]
) -> dict[Permalink, tuple[Document[Entity], ...]]:
    """Address of an entity -> those that were merged into it."""
    merged: dict[Permalink, list[Document[Entity]]] = {}
    for entity in sorted(_of(published, Entity), key=lambda d: d.slug):
        if entity.permalink in moved:
            merged.setdefault(public[moved[entity.permalink]].permalink, []).append(entity)
    return {end: tuple(entities) for end, entities in merged.items()}


def _step(kind: Kind, name: str, public: Mapping[Permalink, Document], names: NameIndex) -> Permalink:
    """The address that a slug or a name means."""
    permalink = permalink_of(kind, name)
    named = [d.permalink for d in names.called(kind, name) if d.permalink in public]
    return named[0] if permalink not in public and len(named) == 1 else permalink


def _aliases(
    published: list[Document], moved: Mapping[Permalink, Permalink], folder: str
) -> tuple[dict[Permalink, Permalink], list[Diagnostic]]:
    taken: dict[str, Document] = {fold(d.permalink): d for d in published}
    aliases: dict[Permalink, Permalink] = {}
    found: list[Diagnostic] = []
    for document in published:
        if isinstance(document.meta, Tool):
            continue
        for index, written in enumerate(document.meta.aliases):
            place = document.location(f"aliases.{index}")
            alias = normal_alias(written)
            if alias is None:
                hint = _alias_remedy(written, document)
                found.append(
                    diagnostic(
                        "alias-invalid",
                        place,
                        f'the alias "{shorten_url(written)}" is not an address on this site',
                        hint,
                    )
                )
                continue
            if folder and alias.startswith(f"/{folder}/"):
                text = f'the alias "{written}" would be published at "/{folder}{alias}"'
                hint = f'aliases start in the folder: write "{written.removeprefix(f"/{folder}")}"'
                found.append(diagnostic("alias-invalid", place, text, hint))
                continue
            other = taken.get(fold(alias))
            if other is not None:
                is_own = other is document
                owner = "already an address of this document" if is_own else f"taken by {other.path}"
                text = f'the alias "{written}" is {owner}'
                hint = (
                    "remove the alias" if is_own or fold(other.permalink) == fold(alias) else "keep it in one of them"
                )
                found.append(diagnostic("alias-clash", place, text, hint))
                continue
            taken[fold(alias)] = document
            aliases[alias] = moved.get(document.permalink, document.permalink)
    return aliases, found


def _alias_remedy(written: str, document: Document) -> str:
    """What an alias may mean: an address, or another name, which has a field of its own."""
    if len(written) > MAX_ALIAS_CHARACTERS:
        return f"write an address of at most {MAX_ALIAS_CHARACTERS:,} characters"
    if "/" not in written:
        return other_names_remedy([written], {field.name for field in fields(document.meta)})
    if "?" in written:
        return 'remove it; a static site cannot redirect an address by what follows its "?"'
    path = re.sub(r"^[a-z]+://[^/]*", "", written.partition("#")[0], flags=re.IGNORECASE)
    proposed = "/" + "-".join(path.split()).lstrip("/")
    if proposed != written and normal_alias(proposed):
        return f'write the path from the root of the site: "{proposed}"'
    return "write a path from the root of the site, such as /2026/06/mayo/"


MAX_ALIAS_CHARACTERS: Final = 1_000
"""No system holds paths that are much longer than this."""


def normal_alias(written: str) -> Permalink | None:
    """The address of an alias: `/a/b` and `/a/b/` are the same, `/a/b.html` is a file. None if it is not an address."""
    if len(written) > MAX_ALIAS_CHARACTERS:
        return None
    parts = written.removeprefix("/").removesuffix("/").split("/")
    if not written.startswith("/") or not all(is_slug(p) and p != ".." for p in parts):
        return None
    is_file = "." in parts[-1] and not written.endswith("/")
    if is_file and not parts[-1].lower().endswith((".html", ".htm")):
        return None
    return Permalink("/" + "/".join(parts) + ("" if is_file else "/"))
