"""The stages of a site, each computed when somebody first asks for it: read → join → plan → link → rank.

`Site` is a function from address to bytes, and it is lazy. `check` asks for findings: it joins, plans and links, ranks
nothing and composes no view. `render` and `serve` compose the view of one page, `build` those of all pages. None of
them has a code path of its own, so the bytes that `build` writes are those that `render` gives.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property, wraps
from typing import Any, Final, Self, TypeVar

from site_builder.cache import Cache
from site_builder.config import SiteConfig
from site_builder.config.cache_findings import cache_damaged
from site_builder.content.document import Document
from site_builder.content.kept_bodies import KeptBodies
from site_builder.content.listing.discover import STATIC
from site_builder.content.load import Content, Progress, load_content
from site_builder.content.runnable_files import runnable_files
from site_builder.corpus.corpus import Corpus, ReadTexts, build_corpus
from site_builder.corpus.taxonomy import Taxonomy, build_taxonomy
from site_builder.diagnostics import Diagnostic, apply_severities, has_errors
from site_builder.form.pinned_packages import unchanged_files
from site_builder.i18n import Translations, load_translations
from site_builder.links.addresses_beside import AddressesBeside
from site_builder.links.graph import LinkGraph, build_graph
from site_builder.links.graph_update import update_graph
from site_builder.links.mentions import Names
from site_builder.links.outside_links import find_dead
from site_builder.links.related_article import RelatedArticle, RelatedByArticle, RelatedLists
from site_builder.links.resolve import Resolver
from site_builder.links.target import Resolved
from site_builder.links.unlinked_mentions import mentionable
from site_builder.markdown.body import Body
from site_builder.markdown.references import plain_text
from site_builder.pages.context import PageContext
from site_builder.pages.pictures import broken_pictures
from site_builder.pages.plan import SiteRoutes, plan_site, site_view
from site_builder.pages.route import Page
from site_builder.parallel import Executors
from site_builder.related.site_related import RelatedSettings, build_related, related_of
from site_builder.render.format import RenderContext
from site_builder.render.site_view import Label
from site_builder.render.templating.template_digests import TemplateDigests, templates_version
from site_builder.search.records import search_files
from site_builder.theme import theme_dir
from site_builder.urls import Permalink, SourcePath

T = TypeVar("T")

STAGES: Final = (
    "read",
    "join",
    "plan",
    "link",
    "templates",
    "rank",
    "mentions",
    "index",
    "compose",
    "render",
    "copy",
    "write",
)
"""In the order in which a build reaches them."""


class Stopwatch:
    """Seconds spent in each stage; what a stage asks of another one counts for the other."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner = [0.0]

    def in_order(self) -> dict[str, float]:
        """Stage -> seconds, in the order of STAGES."""
        return {stage: self.seconds[stage] for stage in STAGES if stage in self.seconds}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of a block for a stage."""
        started = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            whole = time.perf_counter() - started
            self.seconds[name] = self.seconds.get(name, 0.0) + whole - self._inner.pop()
            self._inner[-1] += whole


def staged(stage: str) -> Callable[[Callable[["Site"], T]], cached_property[T]]:
    """A property of Site that is computed once, with its time counted for a stage."""

    def decorate(compute: Callable[["Site"], T]) -> cached_property[T]:
        @wraps(compute)
        def timed(site: "Site") -> T:
            with site.stopwatch.stage(stage):
                return compute(site)

        return cached_property(timed)

    return decorate


class Site:
    """A content folder that has been read, and everything that follows from it, computed when it is asked for.

    Safe to ask from one thread at a time.
    """

    def __init__(
        self,
        config: SiteConfig,
        content: Content | Callable[[], Content],
        cache: Cache,
        earlier: Iterable[Diagnostic] = (),
        stopwatch: Stopwatch | None = None,
        executors: Executors | None = None,
    ) -> None:
        """`content` may be loaded when it is first asked for. `earlier` findings are those of the settings.

        `executors` do the work of all stages; without them, each stage has its own.
        """
        self.config = config
        self._content = content
        self.cache = cache
        self.stopwatch = stopwatch or Stopwatch()
        self._executors = executors
        self._earlier = tuple(earlier)
        self._findings: dict[str, list[Diagnostic]] = {}

    @classmethod
    def load(
        cls,
        config: SiteConfig,
        earlier: Iterable[Diagnostic] = (),
        progress: Progress = lambda _n: None,
        content: Content | None = None,
    ) -> Self:
        """Read the content folder, of which `content` may have been read before."""
        cache = Cache(config.cache_dir)
        return cls(config, load_content(config, cache, progress, content), cache, earlier)

    @property
    def content(self) -> Content:
        """The content folder."""
        if not isinstance(self._content, Content):
            with self.stopwatch.stage("read"):
                self._content = self._content()
        return self._content

    def with_content(self, content: Content) -> "Site":
        """The same site with other content: what a planned edit would make of it."""
        return Site(self.config, content, self.cache, self._earlier)

    def executors(self) -> AbstractContextManager[Executors]:
        """Where a stage does its work."""
        return Executors(self.config.jobs) if self._executors is None else nullcontext(self._executors)

    # Join

    @staged("join")
    def corpus(self) -> Corpus:
        """The published documents."""
        config, drafts = self.config, self.content.discovered.drafts
        corpus, self._findings["corpus"] = build_corpus(
            self.content.documents, config.date, config.drafts, drafts, config.options.folder, config.markdown.home
        )
        return corpus

    @staged("join")
    def taxonomy(self) -> Taxonomy:
        """Topics with the articles of all their narrower ones, and the articles of each entity."""
        taxonomy, self._findings["taxonomy"] = build_taxonomy(self.corpus)
        return taxonomy

    # Plan

    @staged("plan")
    def translations(self) -> Translations:
        """The texts of the interface."""
        options = self.config.options
        translations, self._findings["translations"] = load_translations(
            self.config.words_dirs, options.language, self.config.root
        )
        return translations

    @staged("plan")
    def context(self) -> PageContext:
        """What composing a page may ask for."""
        return PageContext(
            self.config,
            self.corpus,
            self.taxonomy,
            self.translations,
            graph=lambda: self.graph,
            related=lambda: self.related,
            mentions=self.mentions,
            search=lambda: self.search,
        )

    @staged("plan")
    def routes(self) -> SiteRoutes:
        """Every address of the site, with the way to its bytes; no view is composed."""
        routes, found = plan_site(self.context, self.content.discovered)
        self._findings["routes"] = found
        return routes

    # Link

    def resolver(self) -> Resolver:
        """Looks up the references of this content: the one place that knows what a Resolver needs."""
        read = {d.path for d in self.content.documents}
        sources = (*self.content.discovered.misnamed, *self.content.discovered.sources)
        unread = {(s.kind, s.slug): s.path for s in sources if s.path not in read}
        discovered, config = self.content.discovered, self.config
        beside = AddressesBeside(discovered.beside, config.options.folder)
        title = self.translations("unpublished_page")
        return Resolver(
            self.corpus,
            config.content,
            discovered.assets,
            self.routes.is_linkable,
            unread,
            beside,
            config.markdown.home,
            title,
        )

    @cached_property
    def _resolver(self) -> Resolver:
        return self.resolver()

    @staged("link")
    def graph(self) -> LinkGraph:
        """Every reference with its target, and every link seen from its target."""
        graph, self._findings["graph"] = build_graph(self.corpus, self._resolver, self.content.partial)
        return graph

    @staged("link")
    def _runnable_files(self) -> list[Diagnostic]:
        """Files that a browser would run, among those that the site publishes, and pictures that it cannot show."""
        resolved = self.graph.resolved.values()
        published = {*self.content.discovered.static}.union(*(one.assets for one in resolved))
        shown = {path for one in resolved for path in one.pictures}
        scripts = (f"/{STATIC}{address}" for address in self.config.look.scripts)
        allowed = (*self.config.options.allow_files, *scripts)
        if self.config.form is not None:
            form = unchanged_files(self.config.root / self.config.content)
            published -= {SourcePath(f"{self.config.content}/{path}") for path in form}
        runnable = runnable_files(self.config.root, self.config.content, published, shown, allowed)
        return [*runnable, *broken_pictures(self.config.root, shown)]

    def revise(self, content: Content, earlier: Mapping[SourcePath, Body]) -> None:
        """Go on with content of which some documents have new bodies, and `earlier` are the former ones.

        What follows from front matter stays, such as the plan; of the links, those that may have changed are renewed.
        """
        self._content = content
        if "graph" in self.__dict__:
            with self.stopwatch.stage("link"):
                before, found = self.graph, self._findings["graph"]
                self._resolver.found.clear()
                graph, self._findings["graph"] = update_graph(
                    before, found, self.corpus, self._resolver, earlier, content.partial
                )
                self.__dict__["graph"] = graph
                changed = (url for url, one in graph.resolved.items() if before.resolved[url] is not one)
                if any(_files(before, url) != _files(graph, url) for url in changed):
                    self.__dict__.pop("_runnable_files", None)
        for name in ("related", "search", "render_context"):
            self.__dict__.pop(name, None)
        if "context" in self.__dict__:
            self.context.forget_texts()
        if "routes" in self.__dict__:
            self.routes.forget_texts()

    # Rank

    def texts(self, documents: Iterable[Document]) -> dict[str, str]:
        """Path of a document -> the plain text of its body."""
        return {path: plain_text(html) for path, html in self.bodies.of(documents).items()}

    @cached_property
    def related(self) -> RelatedByArticle:
        """Article -> what the program proposes beside the curated list."""
        return self.make_related()

    def rank_all(self) -> None:
        """Make every list now, in one ranking."""
        if isinstance(self.related, RelatedLists):
            self.related.make_all()

    def make_related(self) -> RelatedByArticle:
        """The lists, none of which is ranked yet."""
        return RelatedLists(self._related_of, self._related_of_all)

    def _related_of(self, url: Permalink) -> tuple[RelatedArticle, ...]:
        article = next((a for a in self.corpus.listed if a.permalink == url), None)
        with self.stopwatch.stage("rank"), self.executors() as executors:
            return related_of(article, *self.related_arguments(executors)) if article else ()

    def _related_of_all(self) -> RelatedByArticle:
        with self.stopwatch.stage("rank"), self.executors() as executors:
            return build_related(*self.related_arguments(executors))

    def related_arguments(
        self, executors: Executors | None = None
    ) -> tuple[Corpus, Taxonomy, Mapping[Permalink, Resolved], RelatedSettings, Translations, Cache, ReadTexts]:
        """What ranking takes."""
        settings = related_settings(self.config, executors)
        return (
            self.corpus, self.taxonomy, self.graph.resolved, settings, self.translations, self.cache, self.texts,
        )  # fmt: skip

    @staged("mentions")
    def _entity_names(self) -> Names:
        return mentionable(self.corpus)

    def mentions(self, article: Document) -> tuple[Label, ...]:
        """Entities that an article's text names and does not link, as written there; for `link_mentions`."""
        if not self.config.options.link_mentions:
            return ()
        names = self._entity_names
        with self.stopwatch.stage("mentions"):
            linked = {target.url for target in self.graph.resolved[article.permalink].refs}
            found = names.first(self.texts([article])[article.path])
            return tuple(Label(mention.text, mention.id) for mention in found if mention.id not in linked)

    @staged("index")
    def search(self) -> Mapping[str, bytes]:
        """Path below `/search/` -> a file of the search index."""
        if not self.config.options.search:
            return {}
        with self.executors() as executors:
            return search_files(self.corpus, self.taxonomy, self.cache, self.texts, executors)

    # Compose and render

    @staged("templates")
    def templates(self) -> TemplateDigests:
        """Digests of the templates that routes use; what is wrong with one is found before anything is rendered."""
        digests = TemplateDigests(self.config.template_dirs)
        for name in sorted(self.routes.templates()):
            digests[name]
        self._findings["templates"] = digests.found
        return digests

    @staged("render")
    def render_context(self) -> RenderContext:
        """What rendering needs beside the page, the same for every page."""
        config = self.config
        version = templates_version(config.template_dirs)
        return RenderContext(config.root, site_view(self.context), self.translations, config.template_dirs, version)

    def page(self, url: str) -> Page[Any]:
        """The page at an address, with its view composed. Raises KeyError where the site has no such address."""
        with self.stopwatch.stage("compose"):
            route = self.routes.find(Permalink(url))
            if route is None:
                raise KeyError(url)
            return route.page()

    def view(self, url: str) -> Any:
        """The view of the page at an address. Raises KeyError where the site has no such address."""
        return self.page(url).view

    def render(self, url: str) -> bytes:
        """The bytes at an address. Raises KeyError where there is none, RenderError where a template fails."""
        page = self.page(url)
        with self.stopwatch.stage("render"):
            return page.render(self.render_context, self.bodies)

    @property
    def bodies(self) -> KeptBodies:
        """Where the renderer asks for bodies."""
        return KeptBodies(self.config.root, self.config.markdown, self.cache)

    # Findings

    @property
    def content_findings(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the documents and their links, with the severities of the program."""
        self.graph  # noqa: B018 (computing a stage adds its findings)
        stages, included = ("corpus", "taxonomy", "graph"), self.content.included
        found = (d for stage in stages for d in self._findings[stage])
        used = (d for d in found if d.code != "asset-unused" or d.location.path not in included)
        return (*self.content.diagnostics, *used, *self._runnable_files)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every finding that needs no page to be composed, with the severities of the settings."""
        content = self.content_findings
        planned = (d for stage in ("translations", "routes") for d in self._findings[stage])
        dead = find_dead(self.config, self.corpus.documents())
        everything = (*self._earlier, *content, *dead, *planned, *self._template_findings, *self.routes.family_clashes)
        return apply_severities(everything, self.config.severities)

    @property
    def all_findings(self) -> tuple[Diagnostic, ...]:
        """The same, and what was found unusable in the cache so far, which never stops a build."""
        found = self.diagnostics  # first: it reads from the cache
        damaged = cache_damaged(self.config.file, self.cache.damage)
        return apply_severities((*found, *damaged), self.config.severities)

    @property
    def _template_findings(self) -> Iterable[Diagnostic]:
        """What is wrong with the site's own templates; those of the theme alone need no look."""
        if self.config.template_dirs == (theme_dir().resolve(),):
            return ()
        self.templates  # noqa: B018 (as above)
        return self._findings["templates"]

    @property
    def is_sound(self) -> bool:
        """May it be built? Errors forbid it; in a strict run warnings too."""
        return not has_errors(self.diagnostics, strict=self.config.strict)

    def close(self) -> None:
        """Close the cache."""
        self.cache.close()


def _files(graph: LinkGraph, url: Permalink) -> tuple[tuple[SourcePath, ...], tuple[SourcePath, ...]]:
    one = graph.resolved[url]
    return one.assets, one.pictures


def related_settings(config: SiteConfig, executors: Executors | None = None) -> RelatedSettings:
    """What the settings say of related lists."""
    options = config.options
    weights = {str(signal): weight for signal, weight in options.related_weights.items()}
    return RelatedSettings(
        options.related_items,
        options.related_threshold,
        options.related_threshold_text,
        weights,
        executors or config.jobs,
    )
