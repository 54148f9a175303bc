"""MkDocs' settings that this program does not use: what an editor should do instead.

Those of MkDocs' own commands (`dev_addr`, `watch`, `remote_name`, `remote_branch`) work there, so they are not listed.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from site_builder.config.positions import Positions
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath

HOOKS: Final = "hooks"
FILLED_IN: Final = frozenset({"validation", "repo_name"})
"""Settings that MkDocs gives a value where nobody has written one: `repo_name` follows from `repo_url`."""

_TEMPLATES: Final = "to change the design, put templates and files of the same name as the theme's into templates/"

_INSTEAD: Final[Mapping[str, str]] = {
    "nav": "write `menu` under `site_builder:`; a free page takes its place at the foot by its field `order`",
    "not_in_nav": "to keep a page out of the menu, write `unlisted: true` in its front matter",
    "repo_name": "remove it; `repo_url` alone makes the link to the repository",
    "extra_templates": "put files that need no template into the folder static/ of the content",
    "extra": _TEMPLATES,
    "validation": "to change how severe a finding is, use `severities` under `site_builder:`",
}
"""Setting -> what to do instead."""

_OF_THEME: Final = frozenset({"name", "custom_dir"})
"""Parts of `theme` that have an effect."""

_OF_THEME_INSTEAD: Final[Mapping[str, str]] = {
    "locale": "write `language` under `site_builder:`",
    "language": "write `language` under `site_builder:`",
}


def settings_without_effect(
    settings: Mapping[str, Any], name: SourcePath, positions: Positions
) -> Iterator[Diagnostic]:
    """Report what somebody wrote into the settings for nothing. Empty values ask for nothing.

    MkDocs fills in `theme` and FILLED_IN, so of these only what is written in the file itself counts.
    """
    for key, hint in _INSTEAD.items():
        if settings.get(key) and (key in positions or key not in FILLED_IN):
            yield _without_effect(key, hint, name, positions)
    if settings.get("use_directory_urls") is False:
        yield _without_effect("use_directory_urls", "remove it; every address ends with a slash", name, positions)
    for key in positions:
        group, _, part = key.partition(".")
        if group == "theme" and part and part not in _OF_THEME:
            yield _without_effect(key, _OF_THEME_INSTEAD.get(part, _TEMPLATES), name, positions)


def hooks_not_run(name: SourcePath, positions: Positions) -> Diagnostic:
    """The finding for hooks, which are Python code that only MkDocs runs."""
    text = f'"{HOOKS}" are not run by site-builder, only by mkdocs'
    hint = 'run "mkdocs build" if the site needs them; extensions under markdown_extensions work with both'
    return diagnostic("settings-ignored", Location(name, *positions.get(HOOKS, (1, 1))), text, hint)


def _without_effect(key: str, hint: str, name: SourcePath, positions: Positions) -> Diagnostic:
    place = Location(name, *positions.get(key, positions.get(key.partition(".")[0], (1, 1))))
    return diagnostic("settings-ignored", place, f'"{key}" has no effect here', hint)
