"""What an untrusted run refuses in the settings, and what it leaves out.

Refused, as errors: hooks, YAML tags, extensions that are not installed packages, and paths that lead out of the folder
of the settings. Left out, with a note: templates of the site's own. Other plugins of MkDocs are not imported.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from markdown.extensions import Extension

from site_builder.config.mkdocs_settings.without_effect import HOOKS
from site_builder.config.positions import PLUGIN
from site_builder.config.settings_files import PlainSettings, read_plain_settings
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.theme import OVERRIDES, theme_dir
from site_builder.trust.fence import fenced
from site_builder.trust.installed_code import (
    code_of_repository,
    holds_installed,
    is_below,
    is_installed,
    leads_out,
    repository_of,
)
from site_builder.urls import SourcePath

EXTENSIONS: Final = "markdown_extensions"
WORDS: Final = "words"
_OUTSIDE: Final = "an untrusted run reads and writes in the folder of the settings only"
_READ_FILES: Final = {"pymdownx.snippets": ("base_path", "auto_append"), "pymdownx.b64": ("base_path",)}
"""Extension -> options of it that hold paths. Whatever else reads or writes is stopped when a text is converted."""


def plain_settings(path: Path, out: Path | None) -> tuple[dict[str, Any], list[Diagnostic]]:
    """The values for MkDocs to validate, without what is left out, and what is refused.

    `out`: the folder that somebody has named on the command line for the site.
    May report settings, untrusted-code, untrusted-ignored and untrusted-path.
    """
    root = path.absolute().parent
    if module := code_of_repository(root):
        text = f'code of the repository was running before this program could refuse it: "{_shown(module, root)}"'
        hint = "take the repository out of PYTHONPATH, and start site-builder from another folder"
        return {}, [diagnostic("untrusted-code", Location(SourcePath(path.name)), text, hint)]
    given, found = read_plain_settings(path)
    if found:
        return {}, found
    found = [
        *_hooks(given),
        *_extensions(given, root),
        *_folders(given, root, out),
        *_paths(given, root),
        *_linked_words(root),
    ]
    if found:
        return {}, sorted(found, key=lambda one: one.location)
    return _without_other_code(given.values), [*_templates_left_out(given, root)]


def _hooks(given: PlainSettings) -> Iterator[Diagnostic]:
    if given.values.get(HOOKS):
        text = f'an untrusted run refuses "{HOOKS}": they are code of the repository'
        yield diagnostic(
            "untrusted-code", given.place(HOOKS), text, "remove them; site-builder does not run them anyway"
        )


def _extensions(given: PlainSettings, root: Path) -> Iterator[Diagnostic]:
    for name in _names(given.values.get(EXTENSIONS)):
        if problem := _problem_with(name, root):
            text = f'an untrusted run refuses the extension "{name}": {problem}'
            hint = "name an extension of an installed package"
            yield diagnostic("untrusted-code", given.place(EXTENSIONS, name), text, hint)


def _names(listed: Any) -> Iterator[str]:
    """Names in a list of names and mappings, or in one mapping; MkDocs reports other shapes."""
    for item in listed if isinstance(listed, list) else [listed]:
        yield from (str(name) for name in (item if isinstance(item, dict) else [item] if item else []))


def _options(listed: Any, name: str) -> Iterator[Mapping[str, Any]]:
    for item in listed if isinstance(listed, list) else [listed]:
        for key, options in item.items() if isinstance(item, dict) else ():
            if str(key).partition(":")[0] == name and isinstance(options, dict):
                yield options


def _problem_with(name: str, root: Path) -> str:
    """Why an extension is refused; "" for one that an installed package provides."""
    named = next((point for point in entry_points(group="markdown.extensions") if point.name == name), None)
    module, _, attribute = (named.value if named else name).partition(":")
    parts = module.strip().split(".")
    if any(not part.isidentifier() or part.startswith("__") for part in parts):
        return "this is not the name of a module"
    if parts[0] in sys.stdlib_module_names:
        return "it is a module of Python itself, not an extension"
    places = _places(parts)
    if not places:
        return "it is not an installed package"
    repository = str(repository_of(root))
    if any(is_below(place, repository) and not is_installed(place) for place in places):
        return "it is code of the repository"
    return "" if named or not attribute else _problem_with_class(module, attribute, root)


def _places(parts: Sequence[str]) -> list[str]:
    """Files and folders of a module and the packages around it; none where it is missing. Nothing is imported."""
    places: list[str] = []
    folders: Sequence[str] | None = None
    for count in range(1, len(parts) + 1):
        try:
            spec = PathFinder.find_spec(".".join(parts[:count]), folders) if folders else find_spec(parts[0])
        except (ImportError, ValueError):
            spec = None
        if spec is None:
            return []
        folders = [*(spec.submodule_search_locations or ())]
        places += [*folders, *([spec.origin] if spec.origin else [])]
        if not folders and count < len(parts):
            return []
    return places


def _problem_with_class(module: str, attribute: str, root: Path) -> str:
    """Python-Markdown calls whatever a name after ":" leads to: it must be a class of extensions."""
    try:
        with fenced(str(root)):
            found = getattr(import_module(module), attribute, None)
    except (Exception, SystemExit) as error:  # noqa: BLE001 (of any package)
        return f"it cannot be imported ({type(error).__name__})"
    return "" if isinstance(found, type) and issubclass(found, Extension) else "it is not a class of extensions"


def _folders(given: PlainSettings, root: Path, out: Path | None) -> Iterator[Diagnostic]:
    """Report a folder for texts or the site that is elsewhere, or another program's: `.git`, an environment."""
    for key, default in (("docs_dir", "docs"), ("site_dir", "site")):
        path = given.values.get(key, default)
        if not isinstance(path, str) or (key == "site_dir" and out is not None):
            continue
        real = Path(os.path.realpath(root / path))
        text = ""
        if not is_below(str(real), str(root)):
            text = f'"{key}" leads to "{path}": {_OUTSIDE}'
        elif any(part.startswith(".") for part in real.relative_to(root.resolve()).parts) or holds_installed(str(real)):
            text = f'"{key}" leads to "{path}", which an untrusted run leaves to the programs that it belongs to'
        if text:
            yield diagnostic("untrusted-path", given.place(key), text)
    # Whoever named it means the folder, not what the repository has put in its place.
    if out is not None and leads_out(out, root):
        text = f'"{out}" is in the repository, and a symbolic link there leads out of it'
        yield diagnostic("untrusted-path", Location(given.files[0].name), text)


def _paths(given: PlainSettings, root: Path) -> Iterator[Diagnostic]:
    """Report options that lead out of the folder of the settings, or fetch something."""
    values = given.values
    for options in _own_options(values.get("plugins")):
        path = options.get("cache_dir")
        if isinstance(path, str) and not is_below(str(root / path), str(root)):
            text = f'"cache_dir" leads to "{path}": {_OUTSIDE}'
            yield diagnostic("untrusted-path", given.place("plugins", "cache_dir"), text)
    for extension, keys in _READ_FILES.items():
        for options in _options(values.get(EXTENSIONS), extension):
            for key in keys:
                paths = options.get(key)
                for path in paths if isinstance(paths, list) else [paths]:
                    if isinstance(path, str) and not is_below(os.path.abspath(path), str(root)):  # noqa: PTH100 (as it does)
                        text = f'"{key}" of {extension} leads to "{path}": {_OUTSIDE}'
                        yield diagnostic("untrusted-path", given.place(EXTENSIONS, key), text)
            if options.get("url_download"):
                text = f'"url_download" of {extension} fetches what texts name: an untrusted run asks no other server'
                yield diagnostic("untrusted-path", given.place(EXTENSIONS, "url_download"), text, "remove it")


def _linked_words(root: Path) -> Iterator[Diagnostic]:
    """Report texts of the interface that are kept elsewhere: of the files in `templates/`, only they are read."""
    folder = root / OVERRIDES / WORDS
    for path in sorted(folder.glob("*.yml")) if folder.resolve() != (theme_dir() / WORDS).resolve() else ():
        if not is_below(str(path), str(root)):
            place = Location(SourcePath(path.relative_to(root).as_posix()))
            yield diagnostic("untrusted-path", place, f'"{place.path}" is kept elsewhere: {_OUTSIDE}')


def _own_options(plugins: Any) -> Iterator[Mapping[str, Any]]:
    yield from (options for name, options in _plugins(plugins) if _is_ours(name) and isinstance(options, dict))


def _plugins(plugins: Any) -> Iterator[tuple[str, Any]]:
    for item in plugins if isinstance(plugins, list) else [plugins]:
        if isinstance(item, dict):
            yield from ((str(name), options) for name, options in item.items())
        elif item:
            yield str(item), {}


def _is_ours(name: str) -> bool:
    return name.partition(" #")[0] == PLUGIN


def _without_other_code(values: Mapping[str, Any]) -> dict[str, Any]:
    """The settings with our plugin alone, and with a theme's own templates."""
    kept = {
        **values,
        HOOKS: [],
        "plugins": [{name: options} for name, options in _plugins(values.get("plugins")) if _is_ours(name)],
    }
    theme = values.get("theme")
    if isinstance(theme, dict):
        rest = {key: value for key, value in theme.items() if key != "custom_dir"}
        kept["theme"] = rest if rest.get("name") else {**rest, "name": PLUGIN}
    return kept


def _templates_left_out(given: PlainSettings, root: Path) -> Iterator[Diagnostic]:
    theme = given.values.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    text = "an untrusted run does not use templates of the site: every page is made with those of the theme"
    if isinstance(custom, str):
        yield diagnostic("untrusted-ignored", given.place("theme", "custom_dir"), text)
    folder = root / OVERRIDES
    if folder.resolve() != theme_dir().resolve() and any(path.is_file() for path in _own_templates(folder)):
        yield diagnostic("untrusted-ignored", Location(SourcePath("templates")), text)


def _own_templates(folder: Path) -> Iterator[Path]:
    """What is in `templates/` beside the texts of the interface, which are plain data."""
    for name in sorted(os.listdir(folder)) if folder.is_dir() else ():  # noqa: PTH208
        if name != WORDS:
            yield from (folder / name).rglob("*") if (folder / name).is_dir() else [folder / name]


def _shown(path: str, root: Path) -> str:
    return os.path.relpath(path, root)
