"""A site as a function from address to bytes.

`Site.load` runs the stages up to planned pages, cheaply; `Site.render` makes one page's bytes when somebody asks.
Building asks for every stale page, serving for the one that a browser wants, checking for none.
"""

import mimetypes
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from typing import Any, NamedTuple, Self

import msgspec

from site_builder.cache import Cache, program_digest
from site_builder.config import SiteConfig
from site_builder.content.document import Document, read_body
from site_builder.content.load import Content, Progress, load_content
from site_builder.corpus.corpus import Corpus, build_corpus
from site_builder.corpus.taxonomy import build_taxonomy
from site_builder.diagnostics import Diagnostic, apply_severities, has_errors
from site_builder.i18n import load_translations
from site_builder.links.graph import LinkGraph, build_graph
from site_builder.links.mentions import Names, entity_names
from site_builder.links.resolve import Resolver
from site_builder.markdown.body import plain_text
from site_builder.pages.context import PageContext
from site_builder.pages.plan import SiteRoutes, plan_site, site_view
from site_builder.pages.route import Page
from site_builder.pages.site_files import static_address
from site_builder.related.malloc import trim_malloc
from site_builder.related.site_related import RelatedSettings, build_related
from site_builder.render.copy_file import Copy
from site_builder.render.format import BodyView, RenderContext
from site_builder.render.site_view import Label
from site_builder.render.template import Template
from site_builder.render.template_digests import TemplateDigests
from site_builder.search.records import search_files
from site_builder.urls import Permalink, SourcePath


def read_content(config: SiteConfig, cache: Cache, progress: Progress = lambda _n: None) -> Content:
    """The content folder, each file on its own."""
    return load_content(config.root, config.content, config.markdown, cache, config.jobs, progress)


class Fingerprint(NamedTuple):
    """What a page's bytes are made from, part by part, so that a change can be told by its cause."""

    program: str
    """Our code, Python and the installed libraries."""
    template: str
    """The template and all that it reaches."""
    site: str
    """What every page knows of the site."""
    data: str
    """The page's own view, or the bytes of a file that is copied."""


class Site:
    """Every page of a site, planned, and the findings on the way there."""

    def __init__(self, config: SiteConfig, content: Content, cache: Cache, earlier: Iterable[Diagnostic] = ()) -> None:
        """Join, link and plan documents that are read; `earlier` findings are reported with the others."""
        self.config = config
        self.content = content
        self.files = content.files_read
        self._cache = cache
        self.knowledge, self.routes, found = _plan(config, content, cache)
        self.pages = {url: route.page() for url, route in self.routes.all().items()}
        self._templates = TemplateDigests(config.template_dirs)
        for name in self.routes.templates():
            self._templates[name]  # what is wrong with a template is found before anything is rendered
        site = site_view(self.knowledge)
        self.context = RenderContext(
            config.root, site, self.knowledge.translations, config.template_dirs, self._templates.version()
        )
        self._site_digest = _digest(msgspec.msgpack.encode((site, self.knowledge.translations)))
        everything = (*earlier, *content.diagnostics, *found, *self._templates.found)
        self.diagnostics = apply_severities(everything, config.severities)

    @classmethod
    def load(cls, config: SiteConfig, earlier: Iterable[Diagnostic] = (), progress: Progress = lambda _n: None) -> Self:
        """Read the content folder, then plan."""
        cache = Cache(config.cache_dir)
        return cls(config, read_content(config, cache, progress), cache, earlier)

    @property
    def is_sound(self) -> bool:
        """May it be built? Errors forbid it; in a strict run warnings too."""
        return not has_errors(self.diagnostics, strict=self.config.strict)

    def render(self, url: str) -> bytes:
        """The bytes at an address. Raises KeyError where there is none, RenderError where a template fails."""
        return self.pages[Permalink(url)].render(self.context, self.body_html)

    def body_html(self, body: BodyView) -> str:
        """The context-free HTML of a body, from the cache or made anew."""
        key = bytes.fromhex(body.digest)
        found = self._cache.get("body", [key]).get(key)
        return found.decode() if found is not None else self._read_body(body)

    def bodies(self, wanted: list[BodyView]) -> dict[str, str]:
        """The HTML of many bodies by digest, in one go."""
        found = self._cache.get("body", [bytes.fromhex(b.digest) for b in wanted])
        known = {key.hex(): html.decode() for key, html in found.items()}
        return {b.digest: known[b.digest] if b.digest in known else self._read_body(b) for b in wanted}

    def _read_body(self, body: BodyView) -> str:
        path = SourcePath(body.path)
        digest, html = read_body((self.config.root / path).read_bytes(), path, self.config.markdown)
        self._cache.put("body", {bytes.fromhex(digest): html.encode()})  # not body.digest: the file may be a newer one
        return html

    def fingerprint(self, page: Page[Any]) -> Fingerprint:
        """Digests of all that the page's bytes are made from."""
        if isinstance(page.format, Copy):
            data = b""
            with suppress(OSError):  # a file that is gone is reported when it is copied
                data = (self.config.root / page.format.name).read_bytes()
            return Fingerprint("", "", "", _digest(data))
        template = self._templates[page.format.name].hex()[:16] if isinstance(page.format, Template) else ""
        return Fingerprint(program_digest(), template, self._site_digest, _digest(msgspec.msgpack.encode(page.view)))

    def view(self, url: str) -> Any:
        """The view of the page at an address."""
        return self.pages[Permalink(url)].view

    def close(self) -> None:
        """Let go of the cache."""
        self._cache.close()


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def content_type(page: Page[Any]) -> str:
    """The media type of a page's bytes."""
    guessed = mimetypes.guess_type(page.path)[0] or "application/octet-stream"
    is_text = guessed.startswith("text/") or guessed.endswith(("json", "xml", "javascript"))
    return f"{guessed}; charset=utf-8" if is_text else guessed


def relation_settings(config: SiteConfig) -> RelatedSettings:
    """What the settings say of related lists."""
    options = config.options
    weights = {str(signal): weight for signal, weight in options.related_weights.items()}
    return RelatedSettings(
        options.related_items, options.related_threshold, options.related_threshold_text, weights, config.jobs
    )


def read_texts(config: SiteConfig, documents: Iterable[Document], cache: Cache) -> dict[str, str]:
    """Path of a document -> the plain text of its body, from the cache or made anew."""
    wanted = {d.path: bytes.fromhex(d.body.digest) for d in documents}
    found = cache.get("body", wanted.values())
    texts: dict[str, str] = {}
    for path, key in wanted.items():
        html = found[key].decode() if key in found else _read_again(config, path)
        texts[path] = plain_text(html)
    return texts


def _read_again(config: SiteConfig, path: SourcePath) -> str:
    with suppress(OSError):
        return read_body((config.root / path).read_bytes(), path, config.markdown)[1]
    return ""


def _mentions(config: SiteConfig, corpus: Corpus, graph: LinkGraph, cache: Cache) -> dict[Permalink, tuple[Label, ...]]:
    """Article -> entities that its text names and does not link, as written there."""
    names = Names((e.permalink, entity_names(e)) for e in corpus.entities)
    texts = read_texts(config, corpus.articles, cache)
    found: dict[Permalink, tuple[Label, ...]] = {}
    for article in corpus.articles:
        linked = {t.url for t in graph.resolved[article.permalink].refs}
        first = [Label(m.text, m.id) for m in names.first(texts[article.path]) if m.id not in linked]
        if first:
            found[article.permalink] = tuple(first)
    return found


def _plan(config: SiteConfig, content: Content, cache: Cache) -> tuple[PageContext, SiteRoutes, list[Diagnostic]]:
    corpus, found = build_corpus(content.documents, config.date, config.drafts)
    membership, more = build_taxonomy(corpus)
    found += more
    static = frozenset(static_address(path, config.content) for path in content.discovered.static)
    read = {d.path for d in content.documents}
    unread = {(s.kind, s.slug): s.path for s in content.discovered.sources if s.path not in read}
    graph, more = build_graph(corpus, Resolver(corpus, config.content, content.discovered.assets, static, unread))
    found += more
    words, more = load_translations(config.template_dirs, config.options.language, config.root)
    found += more
    settings = relation_settings(config)
    texts = partial(read_texts, config, cache=cache)
    related = build_related(corpus, membership, graph.resolved, settings, words, cache, texts)
    trim_malloc()
    mentions = _mentions(config, corpus, graph, cache) if config.options.link_mentions else {}
    index = (
        search_files(corpus, membership, cache, partial(read_texts, config, cache=cache), config.jobs)
        if config.options.search
        else {}
    )
    trim_malloc()
    knowledge = PageContext(
        config,
        corpus,
        membership,
        words,
        graph=lambda: graph,
        related=lambda: related,
        mentions=lambda: mentions,
        search=lambda: index,
    )
    routes, more = plan_site(knowledge, content.discovered)
    trim_malloc()
    return knowledge, routes, [*found, *more, *routes.family_clashes]
