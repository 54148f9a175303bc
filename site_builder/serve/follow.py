"""What a server follows: the content, the templates, the settings and what Markdown extensions read; nothing else.

The operating system tells about whole folders, and `mkdocs.yml` often lies beside logs and swap files. So every event
is compared with what the site is made from. A folder that does not exist yet, such as `templates/`, is followed as soon
as somebody makes it.
"""

import logging
import re
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from site_builder.config import SiteConfig
from site_builder.config.link_states import LINKS_FILE
from site_builder.content.listing.discover import LEFT_BEHIND
from site_builder.markdown.extension_inputs import ExtensionInput
from site_builder.theme import OVERRIDES


@dataclass(frozen=True, slots=True)
class Sources:
    """What a site is made from, as paths, which need not exist."""

    trees: frozenset[Path]
    """Folders that count with everything below them."""
    files: frozenset[Path]
    folders: frozenset[Path] = frozenset()
    """Folders of which the names of the files count."""

    def without(self, tree: Path, file: Path) -> "Sources":
        """The same without a folder and everything in it, and without a file."""
        files = frozenset(one for one in self.files if one != file and tree not in one.parents)
        return Sources(self.trees - {tree}, files, self.folders)

    def include(self, path: Path) -> bool:
        """Whether a change there may change the site."""
        if path in self.files or path in self.trees or path in self.folders or path.parent in self.folders:
            return True
        above = path.parents
        if any(tree in above for tree in self.trees):
            return not LEFT_BEHIND.fullmatch(path.name)
        return any(path in wanted.parents for wanted in (*self.trees, *self.files, *self.folders))


def sources_of(config: SiteConfig, inputs: Iterable[ExtensionInput]) -> Sources:
    """What to follow for a site; `inputs` are those of its extensions."""
    trees = {config.root / config.content, config.root / OVERRIDES, *config.template_dirs}
    above = {config.root, *config.root.parents}  # they exist, and files in them come and go
    read = {(one.kind, Path(one.path)) for one in inputs if one.path and Path(one.path) not in above}
    files = {path for kind, path in read if kind in {"bytes", "type", "link"}}
    listed = {Path(one.path) for one in inputs if one.kind == "names"}
    settings = settings_files(config.root / config.file)
    return Sources(frozenset(trees), frozenset((*settings, config.root / LINKS_FILE, *files)), frozenset(listed))


def settings_files(file: Path) -> tuple[Path, ...]:
    """The settings file, and those that it inherits from (`INHERIT`)."""
    found: list[Path] = []
    path = file.resolve()
    while path not in found:
        found.append(path)
        with suppress(OSError, UnicodeDecodeError, yaml.YAMLError):
            parent = re.search(r"^INHERIT:\s*(\S.*?)\s*$", path.read_text(encoding="utf-8"), re.MULTILINE)
            name = yaml.safe_load(parent[1]) if parent else None
            if isinstance(name, str):
                path = (path.parent / name).resolve()
    return tuple(found)


class Follower:
    """Reports every change of the sources of a site, in another thread."""

    def __init__(self, on_change: Callable[[Collection[Path], bool], object]) -> None:
        """`on_change` gets the paths, and whether nobody is writing them any more."""
        self._on_change = on_change
        self._sources = Sources(frozenset(), frozenset())
        self._watches: dict[tuple[Path, bool], tuple[int, ObservedWatch]] = {}
        """Folder, and whether with all below it -> its number on the disk, and the watch on it."""
        # watchdog warns, at length, where a folder is made together with one inside it, and follows both.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, r"watchdog\.")
        logging.getLogger("watchdog.observers.inotify").addFilter(_is_worth_telling)
        self._observer: BaseObserver = Observer()
        self._observer.start()

    def follow(self, sources: Sources) -> bool:
        """Follow these sources from now on; whether folders were added that were not followed before."""
        self._sources = sources
        try:
            return self._watch(sources)
        except OSError:  # the system's limit for watches is reached: look at the files again and again instead
            if isinstance(self._observer, PollingObserver):
                raise
            self._observer.stop()
            self._watches.clear()
            self._observer = PollingObserver()
            self._observer.start()
            return self._watch(sources)

    def _watch(self, sources: Sources) -> bool:
        wanted = {(folder, is_tree): folder.stat().st_ino for folder, is_tree in _folders(sources)}
        for key, (number, watch) in list(self._watches.items()):
            if wanted.get(key) != number:  # no longer needed, or another folder of this name
                del self._watches[key]
                with suppress(KeyError, OSError):
                    self._observer.unschedule(watch)
        new = wanted.keys() - self._watches.keys()
        for folder, is_tree in sorted(new):
            handler = _Handler(self._seen)
            with suppress(FileNotFoundError, NotADirectoryError):  # it has just gone; its parent is followed
                watch = self._observer.schedule(handler, str(folder), recursive=is_tree)
                self._watches[folder, is_tree] = (wanted[folder, is_tree], watch)
        return bool(new)

    def again(self) -> bool:
        """Follow the same sources, of which some may have been made meanwhile; whether any were."""
        return self.follow(self._sources)

    def stop(self) -> None:
        """Follow nothing any more."""
        self._observer.stop()

    def _seen(self, event: FileSystemEvent) -> None:
        if event.event_type not in {"created", "modified", "moved", "deleted", "closed"}:
            return
        if event.is_directory and event.event_type == "modified":  # reported with each file in it
            return
        named = [Path(str(name)) for name in (event.src_path, event.dest_path) if name]
        if paths := [path for path in named if self._sources.include(path)]:
            is_finished = event.is_directory or event.event_type in {"moved", "deleted", "closed"}
            self._on_change(paths, is_finished)


class _Handler(FileSystemEventHandler):
    """Hands every event on."""

    def __init__(self, seen: Callable[[FileSystemEvent], Any]) -> None:
        self._seen = seen

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._seen(event)


def _folders(sources: Sources) -> Iterator[tuple[Path, bool]]:
    """Folders to watch, and whether with all below; where one does not exist, the nearest above it that does."""
    whole = {tree for tree in sources.trees if tree.is_dir()}
    yield from ((tree, True) for tree in whole)
    near = {path.parent for path in (*sources.trees, *sources.files)} | {*sources.folders}
    for folder in near:
        existing = next(f for f in (folder, *folder.parents) if f.is_dir())
        if not any(existing == tree or tree in existing.parents for tree in whole):
            yield existing, False


def _is_worth_telling(record: logging.LogRecord) -> bool:
    """Not that a last event came while following ended, as watchdog does; that events were lost is."""
    return "thread is inactive" not in record.getMessage()
