"""Every page of the site, with its address; two at one address are an error that names both sources."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from site_builder.config import SiteConfig
from site_builder.content.discover import STATIC, Discovered
from site_builder.corpus.corpus import normal_alias
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.links.resolve import asset_address
from site_builder.pages.context import SITE_IMAGE, PageContext
from site_builder.pages.data.api import plan_api
from site_builder.pages.data.citations_and_embeds import plan_keeping
from site_builder.pages.data.feeds import plan_feeds, plan_llms, plan_sitemap
from site_builder.pages.data.markdown_alternate import plan_twins
from site_builder.pages.data.previews import plan_previews
from site_builder.pages.data.social_images import missing_pictures, plan_pictures
from site_builder.pages.documents.article import plan_articles, plan_timeline
from site_builder.pages.documents.topic import plan_entities, plan_topics
from site_builder.pages.lists.digest import plan_digests
from site_builder.pages.lists.graph_page import has_overview, plan_graph
from site_builder.pages.lists.home import (
    plan_free_pages,
    plan_home,
    plan_not_found,
    plan_redirects,
    plan_tools,
    plan_wanted,
)
from site_builder.pages.lists.report_page import plan_report
from site_builder.pages.lists.search_page import plan_search
from site_builder.pages.lists.subscribe import follow_labels, plan_follow, suggest
from site_builder.pages.parts import Label, SiteView
from site_builder.pages.route import Page, Recipe
from site_builder.urls import HOME, Permalink, SourcePath, fold

THEME_ASSETS = "assets"
"""Folder of a theme whose files are published under `/assets/`."""
GIVES_WAY: Final = frozenset({Permalink("/robots.txt"), Permalink("/llms.txt")})
"""Addresses at which a file of `content/static/` takes the place of ours."""


def plan_site(knowledge: PageContext, found: Discovered) -> tuple[dict[Permalink, Page], list[Diagnostic]]:
    """Plan everything. Gives address -> page, sorted.

    May report address-clash, address-case and images-missing.
    """
    pages = [page for part in _PARTS for page in part(knowledge)]
    pages += plan_twins(knowledge, pages)
    pages += plan_sitemap(knowledge, pages)
    static = list(_static_files(knowledge.config, found))
    given = {page.url for page in static} & GIVES_WAY
    pages = [page for page in pages if page.url not in given] + static
    pages += _assets(knowledge)
    pages += _theme_assets(knowledge.config)
    planned, clashes = _by_address(pages, knowledge)
    return planned, clashes + missing_pictures(knowledge.config)


_PARTS = (
    plan_home,
    plan_articles,
    plan_topics,
    plan_entities,
    plan_timeline,
    plan_tools,
    plan_wanted,
    plan_report,
    plan_free_pages,
    plan_not_found,
    plan_redirects,
    plan_feeds,
    plan_graph,
    plan_previews,
    plan_keeping,
    plan_digests,
    plan_follow,
    plan_pictures,
    plan_api,
    plan_llms,
    plan_search,
)


def site_view(knowledge: PageContext) -> SiteView:
    """What every page shows of the site: its name, its lists, its free pages."""
    config, corpus, words = knowledge.config, knowledge.corpus, knowledge.words
    lists = [
        Label(words("articles"), "/articles/"),
        Label(words("topics"), "/topics/"),
        Label(words("entities"), "/entities/"),
        Label(words("timeline"), "/timeline/"),
        *([Label(words("graph"), "/graph/")] if has_overview(knowledge) else []),
        *([Label(words("tools"), "/tools/")] if corpus.tools else []),
    ]
    shown = (p for p in corpus.pages if p.permalink != HOME and not getattr(p.meta, "unlisted", False))
    return SiteView(
        config.name,
        config.description,
        config.url,
        config.author,
        config.copyright,
        config.options.language,
        config.repo_url,
        tuple(lists),
        tuple(Label(p.title, p.permalink) for p in shown),
        knowledge.has_feeds,
        follow_labels(knowledge),
        config.options.newsletter_action,
        config.options.newsletter_field,
        suggest(knowledge),
        SITE_IMAGE if knowledge.has_images else "",
        bool(knowledge.search),
    )


def _static_files(config: SiteConfig, found: Discovered) -> Iterator[Page]:
    """Files of `content/static/`, at the root."""
    for path in found.static:
        yield _copy(static_address(path, config.content), path, path)


def static_address(path: SourcePath, content: str) -> Permalink:
    """Where a file of `content/static/` is published."""
    return Permalink(path.removeprefix(f"{content}/{STATIC}"))


def _assets(knowledge: PageContext) -> Iterator[Page]:
    """Files that a published document uses, at their path below the content folder."""
    used = {path: None for resolved in knowledge.graph.resolved.values() for path in resolved.assets}
    for path in sorted(used):
        yield _copy(asset_address(path, knowledge.config.content), path, path)


def _theme_assets(config: SiteConfig) -> Iterator[Page]:
    """Files under `assets/` of the template folders; the first folder that has a name wins."""
    seen: set[str] = set()
    for folder in config.template_dirs:
        for file in sorted((folder / THEME_ASSETS).rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and name not in seen and not file.name.startswith("."):
                seen.add(name)
                yield _copy(Permalink(f"/{name}"), str(file), _shown(file, config.root))


def _shown(file: Path, root: Path) -> SourcePath:
    inside = file.is_relative_to(root)
    return SourcePath(file.relative_to(root).as_posix() if inside else f"theme/{file.name}")


def _copy(url: Permalink, name: str, source: SourcePath) -> Page:
    return Page(url, Recipe.COPY, name, None, (source,))


def _by_address(pages: Iterable[Page], knowledge: PageContext) -> tuple[dict[Permalink, Page], list[Diagnostic]]:
    first: dict[str, Page] = {}
    found: list[Diagnostic] = []
    for page in pages:
        other = first.setdefault(fold(page.path), page)
        if other is not page:
            found.append(_clash(page, other, knowledge))
    found += _file_as_folder(first, knowledge.config)
    return dict(sorted((p.url, p) for p in first.values())), found


def _clash(page: Page, other: Page, knowledge: PageContext) -> Diagnostic:
    """Two pages want one address: told where the alias is written, if it is one, else of the second."""
    for one, another in ((page, other), (other, page)):
        if (place := _alias_place(one, knowledge)) is not None:
            there = another.sources[0] if another.sources else "a page of the site's own"
            return diagnostic("alias-clash", place, f'the alias "{one.url}" is taken by {there}', "remove the alias")
    place = Location(page.sources[0] if page.sources else knowledge.config.file)
    there = other.sources[0] if other.sources else "a page of the site's own"
    hint = "rename one of the two" if other.sources else "rename it or leave it out"
    if other.path == page.path:
        return diagnostic("address-clash", place, f'the address "{page.url}" is taken by {there} already', hint)
    text = f'the address "{page.url}" differs from "{other.url}" ({there}) only in upper and lower case'
    return diagnostic("address-case", place, text, hint)


def _alias_place(page: Page, knowledge: PageContext) -> Location | None:
    """Where the alias is written that a page stands for; None if it stands for none."""
    if page.url not in knowledge.corpus.aliases:
        return None
    document = knowledge.corpus.by_path.get(page.sources[0]) if page.sources else None
    for index, written in enumerate(getattr(document.meta, "aliases", ()) if document else ()):
        if document and normal_alias(written) == page.url:
            return document.location(f"aliases.{index}")
    return None


def _file_as_folder(pages: Mapping[str, Page], config: SiteConfig) -> Iterator[Diagnostic]:
    """A file `a` and a page `a/index.html` cannot lie in one folder; told once a file."""
    told: set[str] = set()
    for path, page in pages.items():
        parts = path.split("/")
        for folder in {"/".join(parts[:depth]) for depth in range(1, len(parts))} - told:
            other = pages.get(folder)
            if other is not None:
                told.add(folder)
                place = Location(other.sources[0] if other.sources else config.file)
                text = f'the file "{other.url}" stands in the way of "{page.url}"'
                hint = "rename one of the two" if page.sources else "rename it or leave it out"
                yield diagnostic("address-clash", place, text, hint)
