"""The site in its present state: loaded again after an edit, asked for one page at a time, and its findings kept."""

import gc
import importlib
import mimetypes
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import click

from site_builder.config import Overrides, SiteConfig, load_config
from site_builder.config.cache_findings import cache_damaged
from site_builder.content.document import Document, permalink_of
from site_builder.content.schema import Article, FreePage
from site_builder.content.vocabulary import Kind
from site_builder.diagnostics import Diagnostic, Location, apply_severities, as_text, count_line, diagnostic
from site_builder.output.build_stamp import inputs_digest
from site_builder.pages.site_files import THEME_ASSETS
from site_builder.render.format import RenderError
from site_builder.render.templating.template import NOT_FOUND
from site_builder.serve.findings_html import error_page, overlay, with_script
from site_builder.serve.follow import Sources, settings_files, sources_of
from site_builder.serve.kept_pages import KeptPages, keep_pages, load_pages, mount_of
from site_builder.serve.late_related import LateLists, LiveSite
from site_builder.serve.reload import read_again, without_passing
from site_builder.urls import HOME, OutputPath, Permalink, SourcePath, encode

WAIT_SECONDS: Final = 25
"""How long a browser's request for changes is held open; proxies close connections after 30 s."""
HTML: Final = "text/html; charset=utf-8"
MAX_SHOWN_BYTES: Final = 500_000
"""Of a page that is kept for the next session."""


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
        self.file = file
        self._overrides = replace(overrides, is_preview=True)
        self._tell = tell
        self._site: LiveSite | None = None
        self._inputs = ""
        """Digest of what the site is made from."""
        self._found: tuple[Diagnostic, ...] = ()
        """Of the site, or of settings with which it could not be loaded again."""
        self._is_sound = True
        """Whether the last edit was taken over."""
        self._is_loading = False
        self._settings: tuple[SiteConfig | None, list[Diagnostic]] | None = None
        """Read, and still to be used."""
        self._earlier: tuple[Diagnostic, ...] = ()
        """What was found in the settings."""
        self._early: KeptPages | None = None
        self._shown: dict[Permalink, tuple[str, bytes]] = {}
        """Pages of the present state, for the next session."""
        self._waiting = 0
        """Requests that wait for a change: those of open pages."""
        self._is_answered = True
        """Whether a page was asked for since the last change, or nobody waited for it."""
        self._last_answer = 0.0
        self._is_tidy = False
        self._is_over = False
        self._kept: object = None
        """Version and addresses of the pages that were kept."""
        self._has_told = False
        self._has_told_damage = False
        self._changed = threading.Condition(threading.RLock())
        self.version = Version(0, 0)

    def load(self) -> SiteConfig | None:
        """Load the site again, and print what is new. With wrong settings, the earlier site stays."""
        config = self.update()
        if config is not None:
            self.find()
        return config

    def start(self) -> bool:
        """Read the settings, and look for pages of the last session; False where the settings are wrong.

        From now on requests wait until the site is loaded.
        """
        settings = load_config(self.file, self._overrides)
        if settings[0] is None:
            self._keep(tuple(settings[1]), 1)
            return False
        self._settings = settings
        self._early = load_pages(settings[0])
        with self._changed:
            self._is_loading = True
            self.version = Version(1, 0)
        return True

    def update(self, paths: Collection[Path] | None = None) -> SiteConfig | None:
        """Take over what has changed, in these paths or (None) anywhere, so that pages show it; no page is made.

        With wrong settings, the earlier site stays.
        """
        site, is_sound, self._is_sound = self._site, self._is_sound, False
        with self._changed:
            if paths is not None and site is not None and is_sound and self._revise(site, paths):
                self._is_sound = True
                return site.config
        self._import_again()
        (config, found), self._settings = self._settings or load_config(self.file, self._overrides), None
        if config is None:
            self._keep(tuple(found), 1)
            return None
        loaded = LiveSite.load(config, tuple(found), content=site.content if site and is_sound else None)
        self._tell_damage(loaded)
        inputs = inputs_digest(config, loaded.content, tuple(found))
        self._is_sound = True
        if inputs == self._inputs:
            loaded.close()
            return config
        with self._changed:
            if site is not None:
                site.forget_related()
                loaded.before = site.before
                site.close()
            is_as_shown = self._early is None or self._early.inputs == inputs
            self._site, self._inputs, self._earlier = loaded, inputs, tuple(found)
            self._early, self._is_loading, self._is_tidy = None, False, False
            self._shown.clear()
            if site is None and self.version.site and is_as_shown:  # the version that `start` has begun
                self._changed.notify_all()
            else:
                self._renew()
        return config

    def _revise(self, site: LiveSite, paths: Collection[Path]) -> bool:
        """Take over new texts under the same front matter; whether this is all that has changed."""
        root = site.config.root
        below = [SourcePath(path.relative_to(root).as_posix()) for path in paths if path.is_relative_to(root)]
        if len(below) < len(paths):
            return False
        revision = read_again(
            site.config, site.cache, site.content, site.corpus, without_passing(root, site.content, below)
        )
        if revision is None:
            return False
        if revision.earlier:
            self._inputs = ""
            self._forget_pages()
            site.forget_related()
            site.revise(revision.content, revision.earlier)
            self._renew()
        return True

    def _renew(self) -> None:
        """Let open pages reload."""
        self.version = Version(self.version.site + 1, self.version.findings)
        self._is_answered = not self._waiting
        self._changed.notify_all()

    def _forget_pages(self) -> None:
        """Forget what was shown, save for the theme's own files."""
        self._shown = {url: shown for url, shown in self._shown.items() if _is_asset(url)}

    def find(self) -> None:
        """Compute the findings of the present site, and print those that are new."""
        with self._changed:
            if self._site is not None:
                self._keep(self._site.diagnostics, self._site.content.files_read)

    def rank(self) -> None:
        """Rank the related lists that open pages show, unless there is an edit meanwhile; where they differ, reload."""
        with self._changed:
            site, version = self._site, self.version.site
            ranking = site.ranking() if site is not None else None
        if site is None or ranking is None:
            return
        try:
            lists = ranking()
        except Exception:
            if self._site is not site or self.version.site != version:  # made from what has just been changed
                return
            raise
        with self._changed:
            late = site.related
            if self._site is not site or self.version.site != version or not isinstance(late, LateLists):
                return
            is_other = late.add(lists)
            site.context.forget_texts()
            if is_other:
                self._forget_pages()
                self._renew()

    def is_busy(self, seconds: float) -> bool:
        """Whether a page is still to be answered after the last change, or anything was within so many seconds."""
        return not self._is_answered or time.monotonic() - self._last_answer < seconds

    def tidy(self) -> None:
        """What nobody waits for: collect garbage, and keep pages for the next session."""
        with self._changed:
            if not self._is_tidy:
                gc.unfreeze()
                gc.collect()
                gc.freeze()
                gc.enable()
                self._is_tidy = True
            self.keep_pages()

    def keep_pages(self) -> None:
        """Keep the pages of the present state, and the home page in any case, for the next session."""
        with self._changed:
            site = self._site
            if site is None or not self._is_sound or HOME not in site.routes:
                return
            if HOME not in self._shown:
                self._page(site, HOME, 200)
            pages = self._shown
            if site.ranking() is not None:  # pages of articles lack their related lists; the home page has none
                pages = {url: page for url, page in pages.items() if url == HOME or _is_asset(url)}
            shown = frozenset(pages)
            if (self.version, shown) != self._kept:
                self._inputs = self._inputs or inputs_digest(site.config, site.content, self._earlier)
                keep_pages(site.config, self._inputs, site.content.inputs, pages)
                self._kept = (self.version, shown)

    def close(self) -> None:
        """Say nothing more: what is under way ends in its midst."""
        self._is_over = True

    def fail(self, error: BaseException) -> None:
        """Keep what prevents the site from being loaded and is no finding."""
        self._is_loading = False
        text = f"the site could not be loaded: {type(error).__name__}: {error}"
        self._keep((diagnostic("settings", Location(SourcePath(self.file.name)), text),), 1)

    @property
    def site(self) -> LiveSite:
        """The present site, for who asks from the thread that updates it."""
        if self._site is None:
            raise ValueError("the site is not loaded yet")
        return self._site

    def sources(self) -> Sources:
        """What the site is made from, as far as it is known."""
        with self._changed:
            config = self._site.config if self._site else self._settings[0] if self._settings else None
            if config is None:
                return Sources(frozenset(), frozenset(settings_files(self.file)))
            sources = sources_of(config, self._site.content.inputs if self._site else ())
            return Sources(sources.trees, sources.files | {*settings_files(self.file)}, sources.folders)

    def wait(self, known: Version) -> Version:
        """The version, once it differs from the one given or WAIT_SECONDS have passed."""
        with self._changed:
            self._waiting += 1
            try:
                self._changed.wait_for(lambda: self.version != known, WAIT_SECONDS)
            finally:
                self._waiting -= 1
            return self.version

    def answer(self, url: str) -> Answer:
        """The answer for an address; a folder without its slash is redirected."""
        with self._changed:
            if (early := self._early_answer(url)) is not None:
                return early
            self._changed.wait_for(lambda: not self._is_loading)
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
            return self._instead(site, permalink, mount)

    def _instead(self, site: LiveSite, permalink: Permalink, mount: str) -> Answer:
        """The answer for an address that is none: a redirect, or why there is nothing."""
        if f"{permalink}/" in site.routes or f"{permalink}/" in self._unread(site):
            return Answer(301, "", encode(f"{mount}{permalink}/").encode())
        if path := self._unread(site).get(permalink):
            found = apply_severities(
                (d for d in site.content.diagnostics if d.location.path == path), site.config.severities
            )
            return self._error(500, f"{path} cannot be shown", found, site.config.root)
        if (document := _unpublished(site, permalink)) is not None:
            note = f"{document.path} is a draft, in review or under an embargo. serve --drafts shows it."
            return self._error(404, f"“{document.title}” is not published", (), site.config.root, note)
        return self._page(site, NOT_FOUND, 404)

    def _early_answer(self, url: str) -> Answer | None:
        """The page of the last session, while the site is being loaded."""
        if self._early is None:
            return None
        shown = self._early.pages.get(Permalink(url.removeprefix(self._early.mount)))
        return self._made(*shown) if shown else None

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

    def _page(self, site: LiveSite, url: Permalink, status: int) -> Answer:
        self._last_answer = time.monotonic()
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
        if status == 200 and len(data) < MAX_SHOWN_BYTES:
            self._shown[url] = (kind, data)
        return self._made(kind, data, status)

    def _error(self, status: int, title: str, found: Iterable[Diagnostic], root: Path, note: str = "") -> Answer:
        return self._made(HTML, error_page(title, tuple(found), root, note), status)

    def _made(self, kind: str, data: bytes, status: int = 200) -> Answer:
        """An answer of these bytes, with our script if it is a page."""
        if kind != HTML:
            return Answer(status, kind, data)
        self._is_answered = True
        return Answer(status, kind, with_script(data, self.version.site))

    def _tell_damage(self, site: LiveSite) -> None:
        """Print, once, what was unusable in the cache; it is no finding that an edit could remove."""
        if site.cache.damage and not self._has_told_damage:
            self._has_told_damage = True
            found = apply_severities(cache_damaged(site.config.file, site.cache.damage), site.config.severities)
            click.echo(as_text(found), err=True)

    def _unread(self, site: LiveSite) -> dict[str, SourcePath]:
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
            if self._is_over:
                return
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


def _is_asset(url: Permalink) -> bool:
    """Whether an address is that of a file of the theme."""
    return url.startswith(f"/{THEME_ASSETS}/")


def _mount(site: LiveSite) -> str:
    """Where the site begins: `/kb` for a folder beside MkDocs, else "" for the root."""
    return mount_of(site.config)


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


def _unpublished(site: LiveSite, url: Permalink) -> Document | None:
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
