"""Which part of a MkDocs site is ours: all of `docs_dir`, or the one folder that the option `folder` names.

Without the option every page is ours, so a site that MkDocs' own themes render must say so before anything is built.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pydantic_core import PydanticCustomError

from site_builder.config.positions import PLUGIN, Positions
from site_builder.diagnostics import Diagnostic, Location, diagnostic, did_you_mean
from site_builder.urls import SourcePath

FOLDER: Final = "folder"
_OUR_THEME: Final = "site_builder"
_DEFAULT_THEME: Final = "mkdocs"
_OTHER_SIGNS: Final = re.compile(r"[\\:%#?\x00-\x1f\x7f]")
"""What Windows' paths and addresses take for signs of their own, and control characters."""


def folder_in_docs(value: object) -> object:
    """A folder inside `docs_dir`, without a slash at its end."""
    parts = value.strip("/").removeprefix("./").split("/") if isinstance(value, str) else [""]
    is_absolute = isinstance(value, str) and value.startswith("/")
    if is_absolute or any(map(_is_no_name, parts)):
        wanted = "the name of a folder inside docs_dir, with / between its parts, such as kb or guides/kb"
        raise PydanticCustomError("folder", wanted)
    return "/".join(parts)


def _is_no_name(part: str) -> bool:
    return not part or part != part.strip() or part.startswith(".") or bool(_OTHER_SIGNS.search(part))


def is_beside(raw_options: Any) -> bool:
    """Whether the plugin's options, as written, leave a part of the site to MkDocs."""
    return isinstance(raw_options, dict) and FOLDER in raw_options


def wrong_placement(
    settings: Any, folder: str, docs: Path, name: SourcePath, positions: Positions
) -> Iterator[Diagnostic]:
    """Report a site that is not ours to render, or a folder that cannot be ours."""
    ours = [key for key in settings.plugins if key.partition(" #")[0] == PLUGIN]
    if len(ours) > 1:
        text = f'"{PLUGIN}" is listed {len(ours)} times under "plugins"'
        hint = "keep one: it renders the whole site, or one folder"
        yield diagnostic("settings", Location(name, *positions.get("plugins", (1, 1))), text, hint)
    if not folder:
        yield from _other_theme(settings, name, positions)
        return
    if settings.theme.name == _OUR_THEME:
        place = Location(name, *positions.get("theme.name", positions.get("theme", (1, 1))))
        text = f'the theme "{_OUR_THEME}" cannot render the pages outside the folder "{folder}"'
        hint = 'name a theme of MkDocs, such as "theme: material", or remove "folder" to render the whole site'
        yield diagnostic("settings", place, text, hint)
    place = Location(name, *positions.get(f"{PLUGIN}.{FOLDER}", (1, 1)))
    shown = f"{docs.name}/{folder}"
    if not (docs / folder).is_dir():
        yield diagnostic("settings", place, f'there is no folder "{shown}"', _folder_hint(folder, docs))
    page = docs / f"{folder}.md"
    if page.is_file() and settings.use_directory_urls:
        text = f'"{docs.name}/{page.relative_to(docs).as_posix()}" would be published at "{folder}/", as the folder is'
        yield diagnostic("settings", place, text, f"rename the page, or make it {shown}/pages/index.md")


def _other_theme(settings: Any, name: SourcePath, positions: Positions) -> Iterator[Diagnostic]:
    """A theme that somebody asked for; MkDocs fills in its own where nobody did."""
    theme = settings.theme.name
    if theme in {None, _OUR_THEME} or (theme == _DEFAULT_THEME and "theme" not in positions):
        return
    place = Location(name, *positions.get("theme.name", positions.get("theme", (1, 1))))
    text = f'the theme is "{theme}", but site_builder would render every page itself'
    yield diagnostic("settings", place, text, f'to let site_builder render one folder only, {OPTION_LINE}; '
                     'to let it render the whole site, write "theme: site_builder"')  # fmt: skip


OPTION_LINE: Final = 'write "- site_builder: {folder: kb}" under "plugins:"'
"""What to write so that MkDocs keeps its pages."""


def _folder_hint(folder: str, docs: Path) -> str:
    inside = folder.removeprefix(f"{docs.name}/")
    if inside != folder and (docs / inside).is_dir():
        return f'the name starts inside {docs.name}/: write "{inside}"'
    parent, _, last = folder.rpartition("/")
    siblings = [p.name for p in (docs / parent).iterdir() if p.is_dir()] if (docs / parent).is_dir() else []
    near = did_you_mean(last, siblings)
    return near or f"make it, with folders such as {docs.name}/{folder}/articles/ for its documents"
