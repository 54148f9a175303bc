"""The articles, topics and entities of the site, published or not, as importing needs them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from site_builder.content.vocabulary import NO_SUMMARY, Kind
from site_builder.links.canonical_urls import canonical_url
from site_builder.text.simhash import BITS, sketch
from site_builder.urls import fold

if TYPE_CHECKING:
    from site_builder.cache import Cache, CacheDamage
    from site_builder.config import SiteConfig
    from site_builder.content.document import Document
    from site_builder.content.load import Content
    from site_builder.content.schema import Article, Entity, Topic
    from site_builder.corpus.corpus import Corpus
    from site_builder.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class ExistingContent:
    """What the site's content folder holds."""

    articles: tuple["Document[Article]", ...]
    topics: tuple["Document[Topic]", ...]
    """Without those that were replaced."""
    entities: tuple["Document[Entity]", ...]
    """Without those that were replaced."""
    texts: Mapping[str, str]
    """Path of an article -> the plain text of its body."""
    taken: frozenset[str]
    """Slugs of articles, of invalid files too."""
    found: tuple["Diagnostic", ...] = ()
    """Findings about the content as it is."""
    root: Path = Path()
    """The folder of the settings file, to which paths are relative."""
    sketches: Mapping[str, int | None] = field(default_factory=dict)
    """Path of an article -> the sketch of its source's text, or of its own."""
    unpublished: frozenset[str] = frozenset()
    """Slugs of articles that readers may not see today, or that another one replaces."""
    tools: Mapping[str, str] = field(default_factory=dict)
    """Folded slug or name of a tool, of invalid files too -> its slug."""
    written: Mapping[str, str] = field(default_factory=dict)
    """Canonical address of a source -> slug of what the same run has written about it."""
    damage: "CacheDamage | None" = None
    """What was unusable in the cache."""
    corpus: "Corpus | None" = None
    """What is published of it: knows the names of entities, and what topics and entities are called now."""

    def current(self, kind: Literal[Kind.TOPIC, Kind.ENTITY], names: Iterable[str]) -> list[str]:
        """The slugs of the topics or entities that a document names, whatever it calls them."""
        corpus = self.corpus
        found = ((corpus.find(kind, name) if corpus else None, name) for name in names)
        return list(dict.fromkeys(document.slug if document else name for document, name in found))


NO_CONTENT: Final = ExistingContent((), (), (), {}, frozenset())


def load_existing(config: "SiteConfig") -> ExistingContent:
    """Read the content folder; unchanged files come from the cache."""
    # Imported late: what reads a site takes longer to load than a page to import, where there is no site.
    from site_builder.cache import Cache  # noqa: PLC0415
    from site_builder.content.document import is_a  # noqa: PLC0415
    from site_builder.content.kept_bodies import KeptBodies  # noqa: PLC0415
    from site_builder.content.load import load_content  # noqa: PLC0415
    from site_builder.content.schema import Article, Entity, Topic  # noqa: PLC0415
    from site_builder.corpus.corpus import build_corpus, is_published  # noqa: PLC0415
    from site_builder.markdown.references import plain_text  # noqa: PLC0415

    cache = Cache(config.cache_dir)
    try:
        content = load_content(config, cache)
        articles = tuple(d for d in content.documents if is_a(d, Article))
        bodies = KeptBodies(config.root, config.markdown, cache).of(articles)
        texts: dict[str, str] = {path: plain_text(html) for path, html in bodies.items()}
        sketches = read_sketches(articles, texts, cache)
    finally:
        cache.close()
    drafts = content.discovered.drafts
    public = {d.path for d in articles if d.path not in drafts and is_published(d, config.date, config.drafts)}
    return ExistingContent(
        articles,
        tuple(d for d in content.documents if is_a(d, Topic) and not d.meta.replaced_by and d.path not in drafts),
        tuple(d for d in content.documents if is_a(d, Entity) and not d.meta.replaced_by and d.path not in drafts),
        texts,
        frozenset(s.slug for s in content.discovered.sources if s.kind is Kind.ARTICLE),
        content.diagnostics,
        config.root,
        sketches,
        frozenset(d.slug for d in articles if d.path not in public or d.meta.duplicate_of),
        _tools(content),
        damage=cache.damage,
        corpus=build_corpus(content.documents, config.date, config.drafts, drafts)[0],
    )


def _tools(content: "Content") -> dict[str, str]:
    slugs = {fold(s.slug): str(s.slug) for s in content.discovered.sources if s.kind is Kind.TOOL}
    return slugs | {fold(d.title): str(d.slug) for d in content.documents if d.kind is Kind.TOOL}


def read_sketches(
    articles: Sequence["Document[Article]"], texts: Mapping[str, str], cache: "Cache"
) -> dict[str, int | None]:
    """Sketches of articles: from the provenance of the import, else from the cache, else computed."""
    out: dict[str, int | None] = {}
    keys = {d.path: bytes.fromhex(d.body.digest) for d in articles}
    known = cache.get("sketch", keys.values())
    fresh: dict[bytes, bytes] = {}
    for document in articles:
        provenance = document.meta.provenance
        key = keys[document.path]
        if provenance is not None and provenance.sketch is not None:
            out[document.path] = int(provenance.sketch, 16)
        elif len(known.get(key, b"?")) in {0, BITS // 8}:
            out[document.path] = int.from_bytes(known[key]) if known[key] else None
        else:
            made = out[document.path] = sketch(texts[document.path])
            fresh[key] = b"" if made is None else made.to_bytes(BITS // 8)
    if fresh:
        cache.put("sketch", fresh)
    return out


_canonical = lru_cache(maxsize=100_000)(canonical_url)
"""A feed asks for the same addresses once per entry."""


def url_of(document: "Document[Article]") -> str | None:
    """Canonical address of an article's source."""
    source = document.meta.source
    return _canonical(source.url) if source and source.url else None


def as_ranked_document(document: "Document[Article]", content: ExistingContent) -> dict[str, Any]:
    """An article as the ranking and the suggestion of topics take documents."""
    meta = document.meta
    topics = content.current(Kind.TOPIC, meta.topics)
    return {
        "id": document.slug,
        "title": meta.title,
        "summary": "" if meta.summary == NO_SUMMARY else meta.summary,
        "body": content.texts.get(document.path, ""),
        "topics": topics,
        "entities": content.current(Kind.ENTITY, meta.entities),
        "date": meta.date,
        "links": [s.to for s in meta.similar],
        "unrelated": list(meta.unrelated),
        "labels": topics,
    }


def topics_as_ranked(topics: Sequence["Document[Topic]"]) -> list[dict[str, Any]]:
    """Topics as the suggestion takes them."""
    return [
        {
            "id": d.slug,
            "name": d.meta.title,
            "description": d.meta.summary or "",
            "keywords": [*d.meta.keywords, *d.meta.synonyms],
        }
        for d in topics
    ]
