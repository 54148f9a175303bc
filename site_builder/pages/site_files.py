"""Files that are published as they are: those of `content/static/`, those that documents use, and the theme's.

Only an SVG that a page shows is cleaned first.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from site_builder.config import SiteConfig
from site_builder.content.listing.discover import STATIC, Discovered
from site_builder.content.runnable_files import pictures_to_clean
from site_builder.links.target import asset_address
from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute, Route, RouteFamily
from site_builder.render.copy_file import Copy, SvgPicture
from site_builder.urls import Permalink, SourcePath

THEME_ASSETS: Final = "assets"
"""Folder of a theme whose files are published under `/assets/`."""


def static_routes(config: SiteConfig, discovered: Discovered) -> Iterator[AnyRoute]:
    """Files of `content/static/`, at the root of the site."""
    for path in discovered.static:
        yield _copy(static_address(path, config.content), path, path)


def static_address(path: SourcePath, content: str) -> Permalink:
    """Where a file of `content/static/` is published."""
    return Permalink(path.removeprefix(f"{content}/{STATIC}"))


def used_assets(context: PageContext, discovered: Discovered) -> RouteFamily:
    """Files beside the documents, at their path below the content folder: those that a published document uses.

    Which ones these are is known once the links are.
    """
    addresses = frozenset(asset_address(path, context.config.content) for path in discovered.assets)
    return RouteFamily("/", context.remember(partial(_asset_routes, context)), addresses)


def _asset_routes(context: PageContext) -> tuple[AnyRoute, ...]:
    content, resolved = context.config.content, context.graph.resolved.values()
    used = {path for one in resolved for path in one.assets}
    shown = {path for one in resolved for path in one.pictures}
    to_clean = pictures_to_clean(content, shown, context.config.options.allow_files)
    return tuple(
        Route(asset_address(path, content), SvgPicture(path) if path in to_clean else Copy(path), _no_view, (path,))
        for path in sorted(used)
    )


def theme_asset_routes(config: SiteConfig) -> Iterator[AnyRoute]:
    """Files under `assets/` of the template folders; the first folder that has a name takes precedence."""
    seen: set[str] = set()
    for folder in config.template_dirs:
        for file in sorted((folder / THEME_ASSETS).rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and name not in seen and not file.name.startswith("."):
                seen.add(name)
                yield _copy(Permalink(f"/{name}"), str(file), _shown(file, config.root))


def _shown(file: Path, root: Path) -> SourcePath:
    """How messages name a file of a template folder."""
    inside = file.is_relative_to(root)
    return SourcePath(file.relative_to(root).as_posix() if inside else f"theme/{file.name}")


def _copy(url: Permalink, name: str, source: SourcePath) -> AnyRoute:
    return Route(url, Copy(name), _no_view, (source,))


def _no_view() -> None:
    """A copied file has none."""
