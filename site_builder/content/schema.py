"""The fields of every kind of document.

These models define front matter in one place: they validate it, and both the JSON Schema that `site-builder schema`
prints and the reference page in the documentation are made from them. They are plain frozen dataclasses, so that valid
documents can be read from the cache without validating them again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from typing import Annotated, Any, Final, NamedTuple

from pydantic import BeforeValidator, ConfigDict, Field, Strict, TypeAdapter
from pydantic.dataclasses import dataclass

from site_builder.content.fields.field_types import Day, FeedId, Flag, LanguageTag, NonEmptyText, ReviewTerm, WebUrl
from site_builder.content.vocabulary import Kind, Pricing, Status
from site_builder.field_docs import field_docs

_STRICT = ConfigDict(extra="forbid", defer_build=True)


MAX_LISTED: Final = 100
"""Names of one kind on a page, such as topics, synonyms or similar articles; those beyond are counted."""


class Relation(StrEnum):
    """How a similar article relates to the one that lists it."""

    BACKGROUND = "background"
    FOLLOW_UP = "follow-up"
    REBUTS = "rebuts"
    SAME_STORY = "same-story"
    UPDATE = "update"


class EntityKind(StrEnum):
    """What an entity is."""

    ORGANISATION = "organisation"
    PERSON = "person"
    LAW = "law"
    PRODUCT = "product"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Source:
    """The external page, paper or law that an article summarizes."""

    name: NonEmptyText
    """Who published it."""
    url: WebUrl | None = None
    """Its address. If it is omitted, the page says that no address is known."""
    author: NonEmptyText | None = None
    """Who wrote it."""
    language: LanguageTag | None = None
    """Its language, as a BCP 47 tag: `en`, `de`, `fr`."""
    archive: WebUrl | None = None
    """The address of an archived copy."""
    checked: Day | None = None
    """The day on which the address was last seen to work."""


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Image:
    """A picture at the top of an article."""

    src: NonEmptyText
    """File beside the document, or under `content/assets/`."""
    alt: Annotated[str, Strict()]
    """What the picture shows, for readers who cannot see it."""
    credit: NonEmptyText | None = None
    """Who made the picture."""


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Similar:
    """One curated entry under `similar`; a bare slug is short for `{to: slug}`."""

    to: NonEmptyText
    """Slug of the other article, which need not exist yet."""
    why: NonEmptyText | None = None
    """Why readers should go there, as a short clause."""
    kind: Relation | None = None
    """How the other article relates to this one."""


def _similar(value: object) -> object:
    return {"to": value} if isinstance(value, str) else value


_SimilarEntry = Annotated[Similar, BeforeValidator(_similar, json_schema_input_type=NonEmptyText | Similar)]


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Provenance:
    """Where an imported draft came from; written by `import`."""

    sha256: NonEmptyText | None = None
    """SHA-256 digest of the imported file."""
    retrieved: Day | None = None
    """The day on which it was fetched or saved."""
    sketch: Annotated[str, Strict(), Field(pattern=r"^[0-9a-f]{32}$")] | None = None
    """128-bit fingerprint of the text, by which near-duplicates are recognized later."""


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Article:
    """A curated summary of one external source: `content/articles/<slug>.md`, in any sub-folder."""

    title: NonEmptyText
    """The headline, in the curator's own words."""
    date: Day
    """Date of the source. Optional in drafts."""
    summary: NonEmptyText
    """One or two sentences that make sense on their own, in a list or a feed. Optional in drafts."""
    source: Source | None = None
    """What is summarized. Required except in stubs and drafts."""
    added: Day | None = None
    """The day on which the summary was added to the site, for feeds, "latest" and digests. Default: `date`."""
    updated: Day | None = None
    """The day of the last real change, for the sitemap and feeds. Default: `added`."""
    topics: tuple[NonEmptyText, ...] = ()
    """Slugs of topics, the main one first."""
    entities: tuple[NonEmptyText, ...] = ()
    """Slugs of the organisations, people, laws and products that it is about."""
    similar: tuple[_SimilarEntry, ...] = ()
    """Articles that the curator recommends to read next, best first: a slug, or `{to, why, kind}`."""
    unrelated: tuple[NonEmptyText, ...] = ()
    """Slugs of articles that are never suggested here."""
    duplicate_of: NonEmptyText | None = None
    """Slug of the article that replaces this one; this address then redirects there."""
    aliases: tuple[NonEmptyText, ...] = ()
    """Old addresses that redirect here, from the root: `/2026/06/mayo/`."""
    feed_id: FeedId | None = None
    """What feed readers know the article by, which must never change: the slug under which it was first published, or
    the whole id as a URI. Written by `mv`. Default: the first alias that is the address of an article, or the slug."""
    status: Status = Status.PUBLISHED
    """stub, draft, review or published; only published and stub appear on the site."""
    publish: Day | None = None
    """Embargo: before this day the article is treated as a draft."""
    unlisted: Flag = False
    """Publish the article without showing it in any list, feed, search, sitemap or graph."""
    image: Image | None = None
    """The picture at the top of the article."""
    curator: NonEmptyText | None = None
    """Who wrote the summary."""
    review: ReviewTerm | None = None
    """When to read it again: a day, or a length of time after `reviewed` or the last change, such as `6 months`."""
    reviewed: Day | None = None
    """The day on which somebody last read it again and found it right."""
    owner: NonEmptyText | None = None
    """Who keeps it up to date; shown in the editor's report and in `/api/review.json`."""
    language: LanguageTag | None = None
    """Language of the summary, if it differs from the site's."""
    provenance: Provenance | None = None
    """Where an imported draft came from."""


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Topic:
    """A subject of several articles: `content/topics/<slug>.md`. The body is its introduction."""

    title: NonEmptyText
    """Its name."""
    summary: NonEmptyText | None = None
    """What belongs here, in one sentence."""
    broader: tuple[NonEmptyText, ...] = ()
    """Slugs of broader topics, which also include its articles."""
    keywords: tuple[NonEmptyText, ...] = ()
    """Terms that indicate the topic in a text."""
    synonyms: tuple[NonEmptyText, ...] = ()
    """Other names for it."""
    feed: Flag | None = None
    """Whether it has feeds of its own. Default: from [`feed_articles`](settings.md) articles on."""
    replaced_by: NonEmptyText | None = None
    """Slug of the topic that it was merged into; this address then redirects there."""
    aliases: tuple[NonEmptyText, ...] = ()
    """Old addresses that redirect here."""
    updated: Day | None = None
    """The day of the last real change of the introduction."""
    review: ReviewTerm | None = None
    """When to read it again: a day, or a length of time after `reviewed` or the last change, such as `6 months`."""
    reviewed: Day | None = None
    """The day on which somebody last read it again and found it right."""
    owner: NonEmptyText | None = None
    """Who keeps it up to date; shown in the editor's report and in `/api/review.json`."""


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Entity:
    """An organisation, person, law, product or paper: `content/entities/<slug>.md`."""

    name: NonEmptyText
    """Its usual name."""
    kind: EntityKind
    """organisation, person, law, product or paper."""
    summary: NonEmptyText | None = None
    """Who or what it is, in one sentence."""
    synonyms: tuple[NonEmptyText, ...] = ()
    """Other names by which texts mention it."""
    same_as: tuple[WebUrl, ...] = ()
    """Addresses elsewhere that identify exactly the same thing."""
    feed: Flag | None = None
    """Whether it has feeds of its own. Default: from [`feed_articles`](settings.md) articles on."""
    replaced_by: NonEmptyText | None = None
    """Slug of the entity that it was merged into; its address and its names lead there."""
    aliases: tuple[NonEmptyText, ...] = ()
    """Old addresses that redirect here."""
    updated: Day | None = None
    """The day of the last real change of the description."""
    review: ReviewTerm | None = None
    """When to read it again: a day, or a length of time after `reviewed` or the last change, such as `6 months`."""
    reviewed: Day | None = None
    """The day on which somebody last read it again and found it right."""
    owner: NonEmptyText | None = None
    """Who keeps it up to date; shown in the editor's report and in `/api/review.json`."""


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Tool:
    """A featured tool: `content/tools/<slug>.md`, a card on `/tools/`."""

    name: NonEmptyText
    """Its name."""
    pricing: Pricing
    """free, freemium, paid or unknown."""
    summary: NonEmptyText
    """What it does, in one line. Optional in drafts."""
    tags: tuple[NonEmptyText, ...] = ()
    """What it is used for."""
    url: WebUrl | None = None
    """Where to learn more."""
    status: Status = Status.PUBLISHED
    """draft or published."""
    review: ReviewTerm | None = None
    """When to read it again: a day, or a length of time after `reviewed` or the last change, such as `6 months`."""
    reviewed: Day | None = None
    """The day on which somebody last read it again and found it right."""
    owner: NonEmptyText | None = None
    """Who keeps it up to date; shown in the editor's report and in `/api/review.json`."""


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class FreePage:
    """Any other page: `content/pages/<slug>.md` becomes `/<slug>/`; `index.md` is the text of the home page."""

    title: NonEmptyText
    """Its headline."""
    summary: NonEmptyText | None = None
    """What it is about, in one sentence."""
    aliases: tuple[NonEmptyText, ...] = ()
    """Old addresses that redirect here."""
    status: Status = Status.PUBLISHED
    """draft or published."""
    publish: Day | None = None
    """Embargo: before this day the page is treated as a draft."""
    unlisted: Flag = False
    """Publish the page without showing it in the menu or the sitemap."""
    updated: Day | None = None
    """The day of the last real change."""
    review: ReviewTerm | None = None
    """When to read it again: a day, or a length of time after `reviewed` or the last change, such as `6 months`."""
    reviewed: Day | None = None
    """The day on which somebody last read it again and found it right."""
    owner: NonEmptyText | None = None
    """Who keeps it up to date; shown in the editor's report and in `/api/review.json`."""
    order: Annotated[int, Strict()] = field(default=0)
    """Position in the menu of pages: small numbers first, ties by title."""
    language: LanguageTag | None = None
    """Language of the page, if it differs from the site's."""


Meta = Article | Topic | Entity | Tool | FreePage

MODELS: Final[dict[Kind, type[Meta]]] = {
    Kind.ARTICLE: Article,
    Kind.TOPIC: Topic,
    Kind.ENTITY: Entity,
    Kind.TOOL: Tool,
    Kind.PAGE: FreePage,
}

FOLDERS: Final[dict[str, Kind]] = {
    "articles": Kind.ARTICLE,
    "topics": Kind.TOPIC,
    "entities": Kind.ENTITY,
    "tools": Kind.TOOL,
    "pages": Kind.PAGE,
}
"""Folder under `content/` -> what its Markdown files are."""


def folder_of(kind: Kind) -> str:
    """The folder of the documents of a kind."""
    return next(folder for folder, k in FOLDERS.items() if k is kind)


def with_article(kind: Kind) -> str:
    """For messages: "an entity", "a topic"."""
    return f"{'an' if kind in {Kind.ARTICLE, Kind.ENTITY} else 'a'} {kind}"


NAMING_FIELDS: Final[Mapping[type, Mapping[str, Kind]]] = {
    Article: {
        "unrelated": Kind.ARTICLE,
        "duplicate_of": Kind.ARTICLE,
        "similar": Kind.ARTICLE,
        "topics": Kind.TOPIC,
        "entities": Kind.ENTITY,
    },
    Topic: {"broader": Kind.TOPIC, "replaced_by": Kind.TOPIC},
    Entity: {"replaced_by": Kind.ENTITY},
}
"""Fields that name other documents by their slugs -> the kind of document that they name.

The one list of them: it decides what is resolved, renamed by `mv`, corrected by `fix` and reported at its line."""


class NamingField(NamedTuple):
    """A field that names documents, with what it says in one document."""

    name: str
    kind: Kind
    slugs: tuple[str, ...]
    is_list: bool


def naming_fields(meta: "Meta") -> Iterator[NamingField]:
    """The fields of a document that name others, in the order of NAMING_FIELDS; empty ones too."""
    for name, kind in NAMING_FIELDS.get(type(meta), {}).items():
        value = getattr(meta, name)
        if isinstance(value, tuple):
            slugs = tuple(v.to if isinstance(v, Similar) else v for v in value) if value else ()
            yield NamingField(name, kind, slugs, is_list=True)
        else:
            yield NamingField(name, kind, (value,) if value else (), is_list=False)


def moved_to(meta: "Meta") -> tuple[str, str]:
    """The field that names a document's replacement, and the slug in it; "" if there is none."""
    if isinstance(meta, Article):
        return "duplicate_of", meta.duplicate_of or ""
    return "replaced_by", (meta.replaced_by or "") if isinstance(meta, Topic | Entity) else ""


ADAPTERS: Final[dict[Kind, TypeAdapter[Meta]]] = {kind: TypeAdapter(model) for kind, model in MODELS.items()}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of front matter: one definition for each kind, any of which may match."""
    definitions: dict[str, Any] = {}
    for kind, adapter in ADAPTERS.items():
        schema = adapter.json_schema()
        definitions |= schema.pop("$defs", {})
        definitions[MODELS[kind].__name__] = schema
    for model in (*MODELS.values(), Source, Image, Similar, Provenance):
        properties = definitions[model.__name__]["properties"]
        for field_, text in field_docs(model).items():
            properties[field_]["description"] = text
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of site_builder",
        "anyOf": [{"$ref": f"#/$defs/{model.__name__}"} for model in MODELS.values()],
        "$defs": dict(sorted(definitions.items())),
    }
