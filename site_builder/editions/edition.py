"""What readers find on a site at one time, as plain data: small enough to be kept, and enough to be compared.

    edition = take_edition(site)
    edition.documents[0].title

Taking one asks for every stage up to the views: related lists are ranked, and each file of the site gets its
fingerprint. No page is rendered.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from hashlib import blake2b
from typing import Final

import msgspec

from site_builder.config import SiteConfig
from site_builder.config.cache_findings import CODES as OF_CACHE
from site_builder.content.document import Document
from site_builder.content.schema import MODELS, Article, FreePage, Meta
from site_builder.content.vocabulary import Kind, Status
from site_builder.corpus.corpus import is_unlisted
from site_builder.diagnostics import Diagnostic, has_errors
from site_builder.output.fingerprint import Fingerprint, Fingerprints
from site_builder.output.known_views import KnownViews
from site_builder.pipeline import Site
from site_builder.render.copy_file import Copy, SvgPicture
from site_builder.urls import OutputPath, Permalink, SourcePath


class Presence(StrEnum):
    """Whether readers find a document, or why not."""

    PUBLISHED = "published"
    UNLISTED = "unlisted"
    """It has an address and appears in no list."""
    REPLACED = "replaced"
    """Its address leads to the document that replaced it."""
    EMBARGOED = "embargoed"
    DRAFT = "draft"
    REVIEW = "review"

    @property
    def has_page(self) -> bool:
        """Whether its text is on the site."""
        return self in {Presence.PUBLISHED, Presence.UNLISTED}


class DocumentFacts(msgspec.Struct, frozen=True, array_like=True):
    """One valid document."""

    path: SourcePath
    kind: Kind
    slug: str
    url: Permalink
    title: str
    presence: Presence
    front_matter: msgspec.Raw
    """Encoded; `meta_of` reads it."""
    body: str
    """Digest of its text, by which the cache has its HTML."""
    words: int
    source: bytes
    """Digest of the file."""
    names: tuple[str, ...] = ()
    """What references of the text are called that say nothing themselves, in the order of the references."""
    targets: tuple[str, ...] = ()
    """The addresses to which they lead; "" for none."""

    @property
    def key(self) -> tuple[Kind, str]:
        """What a document is known by."""
        return self.kind, self.slug

    def meta_of(self) -> Meta:
        """The front matter."""
        return _READERS[self.kind].decode(self.front_matter)


_READERS: Mapping[Kind, "msgspec.msgpack.Decoder[Meta]"] = {
    kind: msgspec.msgpack.Decoder(model) for kind, model in MODELS.items()
}


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """An entry of a related list."""

    url: Permalink
    reasons: tuple[str, ...]


class Edition(msgspec.Struct, frozen=True, array_like=True):
    """A site at one time."""

    site_name: str
    site_url: str
    language: str
    content: str
    """The content folder, below which files lie as their addresses say."""
    date: dt.date
    """The day on which embargoes are judged."""
    markdown: bytes
    """Digest of how texts are read: with another one, digests of files cannot be compared."""
    documents: tuple[DocumentFacts, ...]
    """By path, unpublished ones too."""
    redirects: Mapping[Permalink, Permalink]
    """Old address -> the one that it leads to."""
    pages: frozenset[Permalink]
    """The addresses of pages that readers find, by themselves or in the sitemap."""
    related: Mapping[Permalink, tuple[Listed, ...]]
    """Article -> what the program proposes beside the curated list."""
    findings: tuple[Diagnostic, ...]
    made_from: tuple[tuple[str, str, str], ...]
    """Program, template and site of fingerprints: most files share theirs."""
    files: Mapping[OutputPath, tuple[int, bytes]]
    """Every file of the site -> the number of what it shares, and its own digest; empty where nothing can be built."""

    @property
    def is_sound(self) -> bool:
        """Whether a site can be built from it."""
        return bool(self.files)

    def fingerprint(self, path: OutputPath) -> Fingerprint:
        """What a file is made from: equal fingerprints mean equal bytes."""
        number, data = self.files[path]
        return Fingerprint(*self.made_from[number], data.hex())

    @property
    def is_of_nothing(self) -> bool:
        """Whether there is no site yet."""
        return self.date == dt.date.min


NOTHING: Final = Edition("", "", "", "", dt.date.min, b"", (), {}, frozenset(), {}, (), (), {})
"""Where there is no site yet."""


def take_edition(site: Site) -> Edition:
    """The edition that a site is. Findings about the cache are left out: they are not about the site."""
    config, findings = site.config, tuple(d for d in site.diagnostics if d.code not in OF_CACHE)
    corpus = site.corpus
    is_sound = not has_errors(findings)
    if is_sound:
        site.rank_all()
    related = site.related if is_sound else {}
    numbers: dict[tuple[str, str, str], int] = {}
    files = {
        path: (numbers.setdefault(made[:3], len(numbers)), bytes.fromhex(made.data))
        for path, made in (_files(site) if is_sound else ())
    }
    return Edition(
        site_name=config.name,
        site_url=config.url,
        language=config.options.language,
        content=config.content,
        date=config.date,
        markdown=_digest(config.markdown.key()),
        documents=tuple(_documents(site)),
        redirects={**corpus.aliases, **corpus.moved},
        pages=frozenset(
            {url for url, route in site.routes.listed().items() if route.is_in_sitemap}
            | {d.permalink for d in corpus.documents() if "#" not in d.permalink}
        ),
        related={
            a.permalink: tuple(Listed(r.article.permalink, r.reasons) for r in related.get(a.permalink, ()))
            for a in corpus.listed
        },
        findings=findings,
        made_from=tuple(numbers),
        files=files,
    )


def _documents(site: Site) -> Iterator[DocumentFacts]:
    keys = {source.path: key for source, key in site.content.keys.items()}
    for path, document in sorted(site.corpus.by_path.items()):
        yield DocumentFacts(
            path,
            document.kind,
            document.slug,
            document.permalink,
            document.title,
            presence_of(document, site),
            msgspec.Raw(msgspec.msgpack.encode(document.meta)),
            document.body.digest,
            document.body.words,
            keys[path],
            tuple(target.title for target in site.graph.references[path].refs),
            tuple(target.url for target in site.graph.references[path].refs),
        )


def presence_of(document: Document, site: Site) -> Presence:
    """Whether readers find a document of a site."""
    corpus, config = site.corpus, site.config
    if document.permalink in corpus.moved:
        return Presence.REPLACED
    if corpus.by_permalink.get(document.permalink) is document:
        return Presence.UNLISTED if is_unlisted(document) else Presence.PUBLISHED
    status = getattr(document.meta, "status", Status.DRAFT)
    if status is Status.REVIEW:
        return Presence.REVIEW
    if document.path not in site.content.discovered.drafts and _is_embargoed(document, config):
        return Presence.EMBARGOED
    return Presence.DRAFT


def _is_embargoed(document: Document, config: SiteConfig) -> bool:
    meta = document.meta
    if not isinstance(meta, Article | FreePage) or meta.status not in {Status.PUBLISHED, Status.STUB}:
        return False
    return meta.publish is not None and meta.publish > config.date


def _files(site: Site) -> Iterator[tuple[OutputPath, Fingerprint]]:
    """Path of each file with its fingerprint."""
    fingerprints = Fingerprints(site)
    with KnownViews(site, is_kept=True) as views:
        for route in site.routes.all().values():
            if isinstance(route.format, Copy | SvgPicture):
                yield route.path, fingerprints.of_file(route.format)
            else:
                yield route.path, fingerprints.of_view(route.format, views.of(route)[0])


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=12).digest()
