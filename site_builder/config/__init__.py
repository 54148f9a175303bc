"""Read the settings in `mkdocs.yml` into a frozen SiteConfig, or report findings with their lines.

MkDocs' own loader reads the file, so that the same file works with `site-builder` and `mkdocs`. Our own options are
under `plugins: - site_builder:` and are checked here for both. Only this module and `mkdocs_plugin` import MkDocs (or
ProperDocs, its maintained fork).
"""

import datetime as dt
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec

from site_builder.config.cache_findings import cache_tracked
from site_builder.config.clock import today
from site_builder.config.folder_places import cache_overlaps, real_path, site_is_no_folder, site_overlaps
from site_builder.config.form_backend import (
    FormBackend,
    FormOptions,
    folder_in_repository,
    form_backend,
    written_edit_uri,
)
from site_builder.config.link_states import DeadLink, dead_links, load_link_states
from site_builder.config.mkdocs_settings.beside_mkdocs import is_beside, wrong_placement
from site_builder.config.mkdocs_settings.mkdocs_validation import validate
from site_builder.config.mkdocs_settings.mkdocs_values import (
    edit_address,
    home_address,
    mkdocs_finding,
    patterns,
    plain_text_of,
)
from site_builder.config.mkdocs_settings.without_effect import HOOKS, hooks_not_run, settings_without_effect
from site_builder.config.own_look import OwnLook, own_look
from site_builder.config.plugin_options import Options, read_options
from site_builder.config.positions import PLUGIN, Positions, code_failed, key_positions, not_yaml, unusable
from site_builder.config.published_texts import forbidden_in_settings
from site_builder.config.relative_paths import paths_beside, plain_paths
from site_builder.config.settings_files import read_settings
from site_builder.config.untrusted import plain_settings
from site_builder.diagnostics import Diagnostic, Location, Severity, diagnostic, did_you_mean, has_errors
from site_builder.theme import OVERRIDES, theme_dir
from site_builder.trust.fence import fenced
from site_builder.trust.installed_code import leave_repository
from site_builder.urls import SourcePath


@dataclass(frozen=True, slots=True)
class Overrides:
    """Settings from the command line or the environment that replace those in the file; None keeps the file's."""

    site_dir: Path | None = None
    site_url: str | None = None
    date: dt.date | None = None
    drafts: bool = False
    strict: bool = False
    jobs: int | None = None
    untrusted: bool = False
    index_links: bool = False
    is_preview: bool = False
    """Whether `site_url` is that of a server for who writes: texts know the site by the address in the file."""


@dataclass(frozen=True, slots=True, eq=False)
class MarkdownOptions:
    """Python-Markdown extensions by name, and the options of each. Equal if their keys are."""

    extensions: tuple[str, ...] = ("toc", "tables", "fenced_code")
    configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    within: str = ""
    """The folder in which an untrusted run holds extensions; "" where they may do what they like."""
    home: str = ""
    """Address of the site's home page: links that are written in full lead to its pages too. "" if it is not set."""

    def key(self) -> bytes:
        """What distinguishes one set of options from another, in a fixed byte form."""
        is_held = bool(self.within)  # not where: the same site may be in two folders
        return msgspec.json.encode(
            [self.extensions, self.configs, is_held, self.home], order="sorted", enc_hook=_stable
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MarkdownOptions) and self.key() == other.key()

    def __hash__(self) -> int:
        return hash(self.key())

    def beside(self, path: SourcePath) -> "MarkdownOptions":
        """The options for one document."""
        return replace(self, configs=paths_beside(self.configs, path.rpartition("/")[0]))


def _stable(value: object) -> object:
    """An option that is not plain data (`!!python/name:…`) by its name; its address in memory differs in each run."""
    if isinstance(value, partial):
        return [_stable(value.func), list(value.args), value.keywords]
    name = getattr(value, "__qualname__", None)
    return f"{getattr(value, '__module__', '')}.{name}" if name else re.sub(r" at 0x[0-9a-f]+", "", repr(value))


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """All settings of one run."""

    root: Path
    """Folder of `mkdocs.yml`."""
    file: SourcePath
    """Name of that file."""
    content: str
    """Content folder, relative to the root, with `/`."""
    site_dir: Path
    whole_site_dir: Path
    """The folder that MkDocs fills, which is `site_dir` or contains it."""
    name: str
    whole_name: str
    """Name of the MkDocs site, of which ours may be a folder with a name of its own."""
    url: str
    """Address of the home page, ending with `/`; "" if it is not set."""
    description: str
    author: str
    copyright: str
    repo_url: str
    edit_url: str
    """Address at which a source is edited, with `{path}` for its path below the content folder; "" for none."""
    template_dirs: tuple[Path, ...]
    """Folders that are searched for templates, in this order."""
    words_dirs: tuple[Path, ...]
    """The same for texts of the interface. They are plain data, so an untrusted run reads those of the site too."""
    cache_dir: Path | None
    """None for a cache that is not to be used."""
    markdown: MarkdownOptions
    options: Options
    severities: Mapping[str, Severity | None]
    date: dt.date
    """The day of the build, which decides about embargoes."""
    look: OwnLook = field(default_factory=OwnLook)
    dead_links: tuple[DeadLink, ...] = ()
    """Addresses elsewhere that count as dead, from the last checks of them."""
    form: FormBackend | None = None
    """What the browser form talks to; None where the site has no form."""
    exclude_docs: str = ""
    """Patterns like those of .gitignore: files of the content folder that are not read."""
    draft_docs: str = ""
    """The same for documents that are drafts, whatever their front matter says."""
    directory_urls: bool = True
    """Whether the pages that MkDocs renders have addresses that end with a slash."""
    drafts: bool = False
    """Also publish drafts, reviews and embargoed documents."""
    index_links: bool = False
    """Whether links name `index.html`, so that pages open from a disk."""
    strict: bool = False
    jobs: int = 1

    @property
    def docs(self) -> str:
        """MkDocs' `docs_dir`, relative to the root: the content folder, or a folder above it."""
        folder = self.options.folder
        return self.content.removesuffix(f"/{folder}") if folder else self.content

    def key(self) -> bytes:
        """All settings that a page, a fingerprint or a finding can depend on, in a fixed byte form."""
        plain = replace(
            self, markdown=MarkdownOptions(), site_dir=Path(), whole_site_dir=Path(), cache_dir=None, jobs=1
        )
        return repr(plain).encode() + self.markdown.key()


def load_config(
    file: Path | str = "mkdocs.yml", overrides: Overrides | None = None
) -> tuple[SiteConfig | None, list[Diagnostic]]:
    """Read the settings file. May report settings, settings-ignored, site-url-missing and untrusted-…."""
    path, overrides = Path(file), overrides or Overrides()
    name = SourcePath(path.name)
    try:
        text = read_settings(path)
    except (OSError, UnicodeDecodeError) as error:
        problem = "does not exist" if isinstance(error, FileNotFoundError) else f"cannot be read: {error}"
        hint = "run this in the folder of your site, or name the file with --config"
        if isinstance(error, UnicodeDecodeError):
            problem, hint = "is not UTF-8 text", "save the file as UTF-8"
        return None, [diagnostic("settings", Location(SourcePath(str(file))), f'"{file}" {problem}', hint)]
    positions, found = key_positions(text, name)
    if found:
        return None, found
    if overrides.untrusted:
        leave_repository(path.absolute().parent)  # before MkDocs looks for plugins and themes
    settings = _mkdocs_config_class()(config_file_path=str(path.resolve()))
    left_out = _read_values(settings, path, text, overrides)
    if has_errors(left_out):
        return None, left_out
    hooks = settings.get(HOOKS)
    settings[HOOKS] = []  # validating them would import them
    try:
        with fenced(str(path.resolve().parent) if overrides.untrusted else ""):
            errors, warnings = validate(settings)
    except SystemExit as error:  # of an extension, such as a script that runs when it is imported
        return None, [code_failed(error, text, "markdown_extensions", name)]
    known = [key for key, _ in settings._schema]  # noqa: SLF001 (the only list of MkDocs' settings)
    found = [mkdocs_finding(name, positions, key, error, "settings", path) for key, error in errors]
    found += [
        mkdocs_finding(
            name,
            positions,
            key,
            warning,
            "settings-ignored",
            path,
            "" if key in known else did_you_mean(str(key), known),
        )
        for key, warning in warnings
    ]
    if hooks and (errors or not is_beside(_raw_options(settings))):
        found.append(hooks_not_run(name, positions))
    if errors:
        return None, left_out + found
    try:
        config, more = from_mkdocs(settings, overrides, positions)
    except (ValueError, RecursionError) as error:  # of a path that no disk can have; of an alias that leads back
        return None, [unusable(error, name)]
    return config, left_out + found + more


def _read_values(settings: Any, path: Path, text: str, overrides: Overrides) -> list[Diagnostic]:
    """Read the files into MkDocs' settings, with its own loader in a trusted run."""
    name = SourcePath(path.name)
    found: list[Diagnostic] = []
    try:
        if overrides.untrusted:
            values, found = plain_settings(path, overrides.site_dir)
            settings.load_dict(values)
        else:
            with path.open("rb") as stream:
                settings.load_file(stream)
    except click.ClickException as error:  # MkDocs' ConfigurationError, with the YAML error as its cause
        return [not_yaml(error.__cause__ or error.__context__ or error, name)]
    except (Exception, SystemExit) as error:  # noqa: BLE001 (of code that `!!python/name:` imports)
        return [unusable(error, name) if overrides.untrusted else code_failed(error, text, "!!python/", name)]
    return found


def from_mkdocs(
    settings: Any, overrides: Overrides, positions: Positions | None = None
) -> tuple[SiteConfig | None, list[Diagnostic]]:
    """Convert a validated MkDocs configuration to ours."""
    path = Path(settings.config_file_path or "mkdocs.yml").resolve()
    root, name = path.parent, SourcePath(path.name)
    if positions is None:
        positions, _ = key_positions(path.read_text(encoding="utf-8"), name) if path.is_file() else ({}, [])
    raw_options = _raw_options(settings)
    options, found = read_options(raw_options, name, positions)
    forbidden = [
        *forbidden_in_settings(settings.data, name, positions),
        *forbidden_in_settings(raw_options, name, positions, f"{PLUGIN}."),
    ]
    if forbidden:
        return None, found + forbidden  # a folder with a null in its name cannot even be asked for
    folder = options.folder if options else ""
    if not is_beside(raw_options):
        found += settings_without_effect(settings, name, positions)
    docs = Path(os.path.relpath(settings.docs_dir, root)).as_posix()
    if docs.startswith(".."):
        text = f'the content folder "{docs}" is outside the folder of {name}'
        found.append(diagnostic("settings", Location(name, *positions.get("docs_dir", (1, 1))), text))
    if options is not None:
        found += wrong_placement(settings, folder, root / docs, name, positions)
    url = overrides.site_url if overrides.site_url is not None else settings.site_url or ""
    if url and not re.fullmatch(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", url, re.IGNORECASE):
        place = Location(name, *positions.get("site_url", (1, 1)))
        text = f'the site\'s address "{url}" is not an http:// or https:// address'
        found.append(diagnostic("settings", place, text, "write it like https://example.org/knowledge/"))
    if not url:
        hint = 'add a line "site_url: https://…", or pass --site-url'
        text = "the address of the site is not set, so there are no feeds, sitemap or canonical links"
        found.append(diagnostic("site-url-missing", Location(name), text, hint))
    whole_site_dir = real_path(overrides.site_dir or Path(settings.site_dir))
    templates = _template_dirs(settings, root, is_all=not folder)
    place = Location(name, *positions.get("site_dir", (1, 1)))
    sources = (real_path(root / docs), *templates)
    found += site_overlaps(whole_site_dir, sources, root, place)
    found += site_is_no_folder(whole_site_dir, root, place)
    if options is not None:
        place = Location(name, *positions.get(f"{PLUGIN}.cache_dir", (1, 1)))
        look, missing = own_look(options, settings, root / docs / folder, templates, name, positions)
        found += missing
        found += cache_overlaps(root / options.cache_dir, whole_site_dir, sources, root, place)
    form = None
    if options is not None and options.form is not None:
        form, unclear = _form(options.form, settings, root, name, positions)
        found += unclear
    if options is None or any(d.code == "settings" for d in found):
        return None, found
    cache_dir = root / options.cache_dir
    states, unread = load_link_states(root)
    found += unread
    tracked = [] if overrides.untrusted else list(cache_tracked(cache_dir, options.cache_dir, place))
    config = SiteConfig(
        root=root,
        file=name,
        content=f"{docs}/{folder}" if folder else docs,
        site_dir=whole_site_dir if overrides.site_dir else whole_site_dir / folder,
        whole_site_dir=whole_site_dir,
        name=options.site_name or settings.site_name,
        whole_name=settings.site_name,
        url=home_address(url, folder),
        description=options.site_description or settings.site_description or "",
        author=settings.site_author or "",
        copyright=plain_text_of(settings.copyright or ""),
        repo_url=(settings.repo_url or "").rstrip("/"),
        edit_url=edit_address(settings, folder),
        template_dirs=(theme_dir().resolve(),) if overrides.untrusted else templates,
        words_dirs=templates,
        cache_dir=None if tracked or overrides.untrusted else cache_dir,
        markdown=MarkdownOptions(
            tuple(settings.markdown_extensions),
            plain_paths(settings.mdx_configs, root),
            str(root) if overrides.untrusted else "",
            home_address(settings.site_url or "" if overrides.is_preview else url, folder),
        ),
        options=options,
        look=look,
        dead_links=dead_links(states) if states else (),
        form=form,
        severities={code: None if level == "ignore" else Severity(level) for code, level in options.severities.items()},
        exclude_docs=patterns(settings.exclude_docs),
        draft_docs=patterns(settings.draft_docs),
        directory_urls=bool(settings.use_directory_urls),
        date=overrides.date or today(options.timezone),
        drafts=overrides.drafts,
        index_links=overrides.index_links,
        strict=overrides.strict or bool(settings.strict),
        jobs=overrides.jobs or os.cpu_count() or 1,
    )
    return config, [*found, *tracked]


def _form(
    options: FormOptions, settings: Any, root: Path, name: SourcePath, positions: Positions
) -> tuple[FormBackend | None, list[Diagnostic]]:
    """What the browser form talks to. May report settings."""
    is_written = bool({"edit_uri", "edit_uri_template"} & positions.keys())
    edit_uri = written_edit_uri(settings, is_written)
    backend, problem = form_backend(options, settings.repo_url or "", edit_uri, folder_in_repository(root))
    if problem is None:
        return backend, []
    text, hint = problem
    return None, [diagnostic("settings", Location(name, *positions.get(f"{PLUGIN}.form", (1, 1))), text, hint)]


def _mkdocs_config_class() -> Any:
    """MkDocs' configuration class, or ProperDocs' if only that is installed; imported only when settings are read."""
    try:
        from mkdocs.config.defaults import MkDocsConfig  # noqa: PLC0415
    except ImportError:
        from properdocs.config.defaults import ProperDocsConfig  # noqa: PLC0415

        return ProperDocsConfig
    return MkDocsConfig


def _raw_options(settings: Any) -> Any:
    """What is written under `site_builder:`, unchecked."""
    plugins = settings.plugins
    return getattr(dict(plugins).get(PLUGIN), "raw_options", {}) if isinstance(plugins, Mapping) else {}


def _template_dirs(settings: Any, root: Path, *, is_all: bool) -> tuple[Path, ...]:
    """Folders with templates of ours; the `custom_dir` of another theme has none."""
    custom = real_path(Path(settings.theme.custom_dir)) if settings.theme.custom_dir else None
    wanted = [custom, root / OVERRIDES, theme_dir()] if is_all else [root / OVERRIDES, theme_dir()]
    found = (real_path(d) for d in wanted if d is not None and d.is_dir())
    return tuple(dict.fromkeys(d for d in found if is_all or d != custom))
