"""Pages of the last session, for the seconds in which the site is read: those of the very files that are there now.

No file is read to see that: sizes and times are compared. Neither another port nor a later day matters here: links in
pages are relative, and what was published stays so. Once the site is loaded, its bytes, its address and the day are
compared, and where they differ after all, open pages reload.
"""

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from site_builder.cache import CacheDamage, program_digest
from site_builder.config import SiteConfig
from site_builder.markdown.extension_inputs import ExtensionInput, state_of
from site_builder.output.manifest import kept_path
from site_builder.output.usable_cache import keep, load_kept
from site_builder.serve.follow import settings_files
from site_builder.urls import Permalink

MAX_BYTES: Final = 4_000_000
"""Of all pages together; the latest are kept."""

Pages = Mapping[Permalink, tuple[str, bytes]]
"""Address -> media type and bytes."""


class KeptPages(msgspec.Struct, frozen=True):
    """Pages, and what they were made from."""

    files: str
    """Digest of names, sizes and times."""
    inputs: str
    """Digest of everything, by its bytes."""
    read: tuple[ExtensionInput, ...]
    """What Markdown extensions read."""
    pages: dict[Permalink, tuple[str, bytes]]
    mount: str
    """Where the site begins: `/kb` for a folder beside MkDocs, else "" for the root."""
    day: dt.date
    """On which they were made: an earlier one may have embargoes that were over then."""


def mount_of(config: SiteConfig) -> str:
    """Where a site begins on the server."""
    return f"/{config.options.folder}".rstrip("/")


def load_pages(config: SiteConfig) -> KeptPages | None:
    """The pages of the last session, if no file has changed since."""
    if config.cache_dir is None:
        return None
    kept = load_kept(_path(config), KeptPages, CacheDamage())
    if kept is None or kept.day > config.date or kept.files != _files(config):
        return None
    return kept if all(state_of(one.kind, one.path) == one.state for one in kept.read) else None


def keep_pages(config: SiteConfig, inputs: str, read: tuple[ExtensionInput, ...], pages: Pages) -> None:
    """Keep pages for the next session; where that cannot be, it starts without."""
    kept: dict[Permalink, tuple[str, bytes]] = {}
    size = 0
    for url, (kind, data) in reversed(list(pages.items())):
        size += len(data)
        if size > MAX_BYTES:
            break
        kept[url] = (kind, data)
    if config.cache_dir is not None:
        keep(_path(config), KeptPages(_files(config), inputs, read, kept, mount_of(config), config.date))


def _path(config: SiteConfig) -> Path:
    return kept_path(config.cache_dir, config.site_dir, ".served.json")


def _files(config: SiteConfig) -> str:
    """Digest of the settings, the program, and of names, sizes and times of all files that a site is made from."""
    settings = replace(config, url="", date=dt.date.min).key()
    digest = blake2b(program_digest().encode() + settings, digest_size=16)
    for file in settings_files(config.root / config.file):
        with suppress(OSError):
            digest.update(f"{file}\0{_state(file.stat())}\n".encode())
    for folder in (config.root / config.content, *config.template_dirs, *config.words_dirs):
        for line in sorted(_below(str(folder))):
            digest.update(os.fsencode(line))
    return digest.hexdigest()


def _below(folder: str) -> Iterator[str]:
    waiting = [folder]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                with suppress(OSError):
                    yield f"{entry.path}\0{_state(entry.stat())}\n"


def _state(stat: os.stat_result) -> str:
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"
