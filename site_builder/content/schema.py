"""The fields of every kind of document.

These models are the one source of what front matter may hold: they validate it, give the JSON Schema that
`site-builder schema` prints, and the reference page in the documentation. They are plain frozen dataclasses, so a
document that is already known to be valid can be read back from the cache without validating it again.
"""

import datetime as dt
import re
from dataclasses import field
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, Strict, TypeAdapter, WithJsonSchema
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError

from site_builder.urls import outside_url, scheme

_STRICT = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Kind(StrEnum):
    """The kinds of document, in the order in which a bare `[[slug]]` is looked up."""

    ARTICLE = "article"
    TOPIC = "topic"
    ENTITY = "entity"
    TOOL = "tool"
    PAGE = "page"


class Status(StrEnum):
    """How far a summary has come. Only published and stub reach the site."""

    STUB = "stub"
    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"


class Relation(StrEnum):
    """What a similar article is to the one that lists it."""

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


class Pricing(StrEnum):
    """What a tool costs."""

    FREE = "free"
    FREEMIUM = "freemium"
    PAID = "paid"


def _text(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("text_empty", "is empty")
    return value.strip()


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(value: object) -> object:
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError("date_form", "is not a date written YYYY-MM-DD")
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date_impossible", "is not a day of the calendar") from None


def _web_url(value: str) -> str:
    value = value.strip()
    if scheme(value) not in {"http", "https"}:
        raise PydanticCustomError("url_scheme", "is not an http:// or https:// address")
    if not re.match(r"https?://[^\s/?#]+", value, re.IGNORECASE) or re.search(r"\s", value):
        raise PydanticCustomError("url_form", "is not a web address")
    return outside_url(value)


def _similar(value: object) -> object:
    return {"to": value} if isinstance(value, str) else value


NonEmptyText = Annotated[str, Strict(), AfterValidator(_text), WithJsonSchema({"type": "string", "pattern": r"\S"})]
Day = Annotated[dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
WebUrl = Annotated[
    str,
    Strict(),
    AfterValidator(_web_url),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": r"^\s*[Hh][Tt][Tt][Pp][Ss]?://"}),
]
Flag = Annotated[bool, Strict()]


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Source:
    """The outside page, paper or law that an article sums up."""

    name: NonEmptyText
    """Who published it."""
    url: WebUrl | None = None
    """Its address; left out where none is known, and the page then says so."""
    author: NonEmptyText | None = None
    """Who wrote it."""
    language: NonEmptyText | None = None
    """Its language, as a BCP 47 tag: `en`, `de`, `fr`."""
    archive: WebUrl | None = None
    """The address of an archived copy."""
    checked: Day | None = None
    """When somebody last saw the address work."""


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Image:
    """A picture that stands above an article."""

    src: NonEmptyText
    """File beside the document, or under `content/assets/`."""
    alt: Annotated[str, Strict()]
    """What the picture shows, for those who do not see it."""
    credit: NonEmptyText | None = None
    """Who made it."""


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Similar:
    """One curated entry under `similar`; a bare slug stands for `{to: slug}`."""

    to: NonEmptyText
    """Slug of the other article; it need not be written yet."""
    why: NonEmptyText | None = None
    """Why a reader should go there, as a short clause."""
    kind: Relation | None = None
    """What the other article is to this one."""


_SimilarEntry = Annotated[Similar, BeforeValidator(_similar, json_schema_input_type=NonEmptyText | Similar)]


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Provenance:
    """Where an imported draft came from; written by `import`."""

    sha256: NonEmptyText | None = None
    """Digest of the imported bytes."""
    retrieved: Day | None = None
    """When they were fetched or saved."""
    sketch: Annotated[str, Strict(), Field(pattern=r"^[0-9a-f]{32}$")] | None = None
    """128 bits of the text's wording, by which near-same pages are recognised later."""


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Article:
    """A curated summary of one outside source: `content/articles/<slug>.md`, in any sub-folder."""

    title: NonEmptyText
    """The headline, in the curator's own words."""
    date: Day
    """Date of the source. A draft may wait for it."""
    summary: NonEmptyText
    """One or two sentences that make sense alone, in a list or a feed. A draft may wait for it."""
    source: Source | None = None
    """What is summed up. Needed for everything but a stub or a draft."""
    added: Day | None = None
    """When the summary entered the site: feeds, "latest", digests. Default: `date`."""
    updated: Day | None = None
    """Last real change: sitemap, feeds. Default: `added`."""
    topics: tuple[NonEmptyText, ...] = ()
    """Slugs of topics, the main one first."""
    entities: tuple[NonEmptyText, ...] = ()
    """Slugs of the organisations, people, laws and products in it."""
    similar: tuple[_SimilarEntry, ...] = ()
    """Articles that the curator sends the reader to next, best first: a slug, or `{to, why, kind}`."""
    unrelated: tuple[NonEmptyText, ...] = ()
    """Slugs of articles never to propose here."""
    duplicate_of: NonEmptyText | None = None
    """Slug of the article that replaces this one; this address then leads there."""
    aliases: tuple[NonEmptyText, ...] = ()
    """Old addresses that redirect here, from the root: `/2026/06/mayo/`."""
    status: Status = Status.PUBLISHED
    """stub, draft, review or published; only published and stub reach the site."""
    publish: Day | None = None
    """Embargo: the article is a draft before this day."""
    unlisted: Flag = False
    """Has an address, but appears in no list, feed, search, sitemap or graph."""
    image: Image | None = None
    """The picture above the article."""
    curator: NonEmptyText | None = None
    """Who wrote the summary."""
    language: NonEmptyText | None = None
    """Language of the summary, where it is not the site's."""
    provenance: Provenance | None = None
    """Where an imported draft came from."""


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Topic:
    """A subject that articles share: `content/topics/<slug>.md`. The body is its introduction."""

    title: NonEmptyText
    """Its name."""
    summary: NonEmptyText | None = None
    """What belongs here, in one sentence."""
    broader: tuple[NonEmptyText, ...] = ()
    """Slugs of wider topics; its articles count for them too."""
    keywords: tuple[NonEmptyText, ...] = ()
    """Terms that signal the topic in a text."""
    synonyms: tuple[NonEmptyText, ...] = ()
    """Other names for it."""
    replaced_by: NonEmptyText | None = None
    """Slug of the topic that it was merged into; this address then leads there."""
    aliases: tuple[NonEmptyText, ...] = ()
    """Old addresses that redirect here."""
    updated: Day | None = None
    """Last real change of the introduction."""


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
    """Other names under which texts mention it."""
    same_as: tuple[WebUrl, ...] = ()
    """Addresses that stand for exactly the same thing elsewhere."""
    aliases: tuple[NonEmptyText, ...] = ()
    """Old addresses that redirect here."""
    updated: Day | None = None
    """Last real change of the description."""


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class Tool:
    """A featured tool: `content/tools/<slug>.md`, a card on `/tools/`."""

    name: NonEmptyText
    """Its name."""
    pricing: Pricing
    """free, freemium or paid."""
    summary: NonEmptyText
    """What it does, in one line."""
    tags: tuple[NonEmptyText, ...] = ()
    """What it is good for."""
    url: WebUrl | None = None
    """Where to learn more."""


@dataclass(frozen=True, slots=True, config=_STRICT, kw_only=True)
class FreePage:
    """A page of its own: `content/pages/<slug>.md` gives `/<slug>/`; `index.md` is the text of the home page."""

    title: NonEmptyText
    """Its headline."""
    summary: NonEmptyText | None = None
    """What it is about, in one sentence."""
    aliases: tuple[NonEmptyText, ...] = ()
    """Old addresses that redirect here."""
    status: Status = Status.PUBLISHED
    """draft or published."""
    publish: Day | None = None
    """Embargo: the page is a draft before this day."""
    unlisted: Flag = False
    """Has an address, but appears in no menu or sitemap."""
    updated: Day | None = None
    """Last real change."""
    order: Annotated[int, Strict()] = field(default=0)
    """Place in the menu of pages; small numbers first, ties by title."""
    language: NonEmptyText | None = None
    """Language of the page, where it is not the site's."""


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

ADAPTERS: Final[dict[Kind, TypeAdapter[Meta]]] = {kind: TypeAdapter(model) for kind, model in MODELS.items()}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of all front matter: one definition a kind, any of which may match."""
    definitions: dict[str, Any] = {}
    for kind, adapter in ADAPTERS.items():
        schema = adapter.json_schema()
        definitions |= schema.pop("$defs", {})
        definitions[MODELS[kind].__name__] = schema
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of site_builder",
        "anyOf": [{"$ref": f"#/$defs/{model.__name__}"} for model in MODELS.values()],
        "$defs": dict(sorted(definitions.items())),
    }
