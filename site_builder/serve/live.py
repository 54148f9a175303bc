"""The site in its present state: loaded again after an edit, asked for one page at a time, and its findings kept."""

import importlib
import mimetypes
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from site_builder.config import Overrides, SiteConfig, load_config
from site_builder.config.cache_findings import cache_damaged
from site_builder.content.document import Document, permalink_of
from site_builder.content.schema import Article, FreePage, Kind
from site_builder.diagnostics import Diagnostic, Location, apply_severities, as_text, count_line, diagnostic
from site_builder.output.build_stamp import inputs_digest
from site_builder.pipeline import Site
from site_builder.render.format import RenderError
from site_builder.render.templating.template import NOT_FOUND
from site_builder.serve.findings_html import error_page, overlay, with_script
from site_builder.serve.follow import Sources, settings_files, sources_of
from site_builder.urls import OutputPath, Permalink, SourcePath, encode

WAIT_SECONDS: Final = 25
"""How long a browser's request for changes is held open; proxies close connections after 30 s."""
HTML: Final = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser gets: status, media type (for 301: none) and bytes (for 301: the address)."""

    status: int
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Version:
    """Which state of the site a browser knows."""

    site: int
    """Changes with every page that may look different."""
    findings: int
    """Changes with the findings too."""


class Live:
    """The site as it is now. Safe to use from several threads."""

    def __init__(self, file: Path, overrides: Overrides, tell: Callable[[str], object] = click.echo) -> None:
        """`tell` prints a line for the editor."""
        self._file = file
        self._overrides = overrides
        self._tell = tell
        self._site: Site | None = None
        self._inputs = ""
        """Digest of what the site is made from."""
        self._found_in_site: tuple[Diagnostic, ...] = ()
        self._found: tuple[Diagnostic, ...] = ()
        """Of the site, or of settings with which it could not be loaded again."""
        self._has_told = False
        self._has_told_damage = False
        self._changed = threading.Condition(threading.RLock())
        self.version = Version(0, 0)

    def load(self) -> SiteConfig | None:
        """Load the site again, and print what is new. With wrong settings, the earlier site stays."""
        self._import_again()
        config, found = load_config(self._file, self._overrides)
        if config is None:
            self._keep(tuple(found), 1)
            return None
        site = Site.load(config, tuple(found))
        self._tell_damage(site)
        inputs = inputs_digest(config, site.content, tuple(found))
        if inputs == self._inputs:
            site.close()
            self._keep(self._found_in_site, site.content.files_read)
            return config
        self._found_in_site = site.diagnostics
        with self._changed:
            if self._site is not None:
                self._site.close()
            self._site, self._inputs = site, inputs
            self.version = Version(self.version.site + 1, self.version.findings)
            self._changed.notify_all()
        self._keep(self._found_in_site, site.content.files_read)
        return config

    def fail(self, error: BaseException) -> None:
        """Keep what prevents the site from being loaded and is no finding."""
        text = f"the site could not be loaded: {type(error).__name__}: {error}"
        self._keep((diagnostic("settings", Location(SourcePath(self._file.name)), text),), 1)

    def sources(self) -> Sources:
        """What the site is made from, as far as it is known."""
        with self._changed:
            if self._site is None:
                return Sources(frozenset(), frozenset(settings_files(self._file)))
            sources = sources_of(self._site.config, self._site.content.inputs)
            return Sources(sources.trees, sources.files | {*settings_files(self._file)}, sources.folders)

    def wait(self, known: Version) -> Version:
        """The version, once it differs from the one given or WAIT_SECONDS have passed."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != known, WAIT_SECONDS)
            return self.version

    def answer(self, url: str) -> Answer:
        """The answer for an address; a folder without its slash is redirected."""
        with self._changed:
            site = self._site
            if site is None:
                return self._error(503, "The site is not loaded yet", self._found, Path())
            mount = _mount(site)
            if mount and url in {"/", mount}:
                return Answer(301, "", encode(f"{mount}/").encode())
            if not url.startswith(f"{mount}/"):
                return self._page(site, NOT_FOUND, 404)
            url = url.removeprefix(mount)
            permalink = Permalink(url.removesuffix("index.html") if url.endswith("/index.html") else url)
            if permalink in site.routes:
                return self._page(site, permalink, 200)
            if f"{permalink}/" in site.routes or f"{permalink}/" in self._unread(site):
                return Answer(301, "", encode(f"{mount}{permalink}/").encode())
            if path := self._unread(site).get(permalink):
                found = [d for d in self._found if d.location.path == path]
                return self._error(500, f"{path} cannot be shown", found, site.config.root)
            if (document := _unpublished(site, permalink)) is not None:
                note = f"{document.path} is a draft, in review or under an embargo. serve --drafts shows it."
                return self._error(404, f"“{document.title}” is not published", (), site.config.root, note)
            return self._page(site, NOT_FOUND, 404)

    def overlay(self, url: str) -> dict[str, object]:
        """What a page at an address shows of the findings, as data for its script."""
        with self._changed:
            site = self._site
            if site is None:
                return overlay(self._found, (), "")
            permalink = Permalink(url.removeprefix(_mount(site)))
            of_route = site.routes[permalink].sources if permalink in site.routes else ()
            sources = {*of_route, self._unread(site).get(permalink, "")}
            return overlay(self._found, sources, site.config.content)

    def _page(self, site: Site, url: Permalink, status: int) -> Answer:
        if url not in site.routes:
            return Answer(404, "text/plain; charset=utf-8", b"nothing here")
        try:
            data = site.render(url)
            self._tell_damage(site)
        except RenderError as error:
            return self._error(500, f"The page {url} cannot be shown", (error.diagnostic,), site.config.root)
        except OSError as error:
            named = Path(error.filename or ".")
            place = named.relative_to(site.config.root) if named.is_relative_to(site.config.root) else named
            text = f"the file could not be read: {error.strerror or error}"
            found = diagnostic("file-unreadable", Location(SourcePath(place.as_posix())), text)
            return self._error(500, f"The page {url} cannot be shown", (found,), site.config.root)
        except Exception as error:  # noqa: BLE001 (the server goes on, and the editor sees why)
            note = f"{type(error).__name__}: {error}"
            return self._error(500, f"The page {url} cannot be shown", (), site.config.root, note)
        kind = media_type(site.routes[url].path)
        return Answer(status, kind, with_script(data, self.version.site) if kind == HTML else data)

    def _error(self, status: int, title: str, found: Iterable[Diagnostic], root: Path, note: str = "") -> Answer:
        return Answer(status, HTML, with_script(error_page(title, tuple(found), root, note), self.version.site))

    def _tell_damage(self, site: Site) -> None:
        """Print, once, what was unusable in the cache; it is no finding that an edit could remove."""
        if site.cache.damage and not self._has_told_damage:
            self._has_told_damage = True
            found = apply_severities(cache_damaged(site.config.file, site.cache.damage), site.config.severities)
            click.echo(as_text(found), err=True)

    def _unread(self, site: Site) -> dict[str, SourcePath]:
        """Address that a document would have, had it no errors -> its file."""
        read = {d.path for d in site.content.documents}
        broken = [s for s in site.content.discovered.sources if s.path not in read and s.kind is not Kind.TOOL]
        aliases = {str(a): d.path for d in site.content.partial for a in getattr(d.meta, "aliases", None) or ()}
        return {**aliases, **{permalink_of(s.kind, s.slug): s.path for s in broken}}

    def _import_again(self) -> None:
        """Let the settings name what has changed in the site's own extensions; they convert in other processes."""
        importlib.invalidate_caches()
        read = {one.path for one in self._site.content.inputs} if self._site else set()
        for name, module in list(sys.modules.items()):
            if read and getattr(module, "__file__", None) in read:
                del sys.modules[name]

    def _keep(self, found: tuple[Diagnostic, ...], files: int) -> None:
        """Keep the findings for the browser, and print those that are new."""
        with self._changed:
            new = _not_in(found, self._found)
            if new:
                click.echo(as_text(new), err=True)
            if not self._has_told:
                self._tell(f"{files:,} {'document' if files == 1 else 'documents'}; {count_line(found, files)}.")
            elif new or _not_in(self._found, found):
                self._tell(f"{count_line(found, files)}.")
            self._has_told = True
            if found != self._found:
                self._found = found
                self.version = Version(self.version.site, self.version.findings + 1)
                self._changed.notify_all()


def _mount(site: Site) -> str:
    """Where the site begins: `/kb` for a folder beside MkDocs, else "" for the root."""
    return f"/{site.config.options.folder}".rstrip("/")


def _not_in(found: Iterable[Diagnostic], known: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings that others lack; the same finding may have moved to another line."""
    left = Counter((d.location.path, d.code, d.text, d.severity) for d in known)
    new = []
    for d in found:
        meaning = (d.location.path, d.code, d.text, d.severity)
        if left[meaning]:
            left[meaning] -= 1
        else:
            new.append(d)
    return new


def _unpublished(site: Site, url: Permalink) -> Document | None:
    """The valid document that would be at an address, if it were published."""
    for document in site.content.documents:
        if document.permalink == url and isinstance(document.meta, Article | FreePage):
            return document
    return None


def media_type(path: OutputPath) -> str:
    """The media type of a file, with its character set if it is text."""
    guessed = mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = guessed.startswith("text/") or guessed.endswith(("json", "xml", "javascript"))
    return f"{guessed}; charset=utf-8" if is_text else guessed
