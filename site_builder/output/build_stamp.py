"""The inputs of the last finished build: while none of them has changed and every file is intact, nothing needs doing.

A build of an unchanged site then ends after reading and hashing its inputs.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

import msgspec

from site_builder import i18n
from site_builder.cache import CacheDamage, program_digest
from site_builder.config import SiteConfig
from site_builder.content.listing.discover import Discovered
from site_builder.corpus.embargoes import Embargoes
from site_builder.diagnostics import Diagnostic
from site_builder.output.manifest import Written, kept_path
from site_builder.output.usable_cache import keep, load_kept
from site_builder.urls import OutputPath, folders_of


class HasFiles(Protocol):
    """Content of which the files are known, loaded or not."""

    @property
    def digest(self) -> bytes:
        """Digest of all documents and names."""

    @property
    def discovered(self) -> Discovered:
        """The files that were found."""


class BuildStamp(msgspec.Struct, frozen=True):
    """A finished build."""

    inputs: str
    diagnostics: tuple[Diagnostic, ...]
    """What it found, to be reported again."""
    embargoes: Embargoes
    """What it held back."""
    named_inputs: tuple[bytes, ...]
    """Keys of all that Markdown extensions read for it; the digest of the inputs does not cover that."""
    site_list: str = ""
    """Digest of the list of its files in the site folder."""
    folders: str = ""
    """`folders_digest` of the site folder; "" where files of others were in it, which come and go unnoticed."""


def inputs_digest(config: SiteConfig, content: HasFiles, earlier: tuple[Diagnostic, ...]) -> str:
    """Digest of everything a site is made from: program, settings, documents, files beside them, templates."""
    digest = blake2b(program_digest().encode(), digest_size=16)
    digest.update(config.key() + content.digest + msgspec.msgpack.encode(earlier))
    for path in (*sorted(content.discovered.assets), *content.discovered.static):
        _add(digest, path, config.root / path)
    words = (folder / i18n.FOLDER for folder in config.words_dirs if folder not in config.template_dirs)
    for number, folder in enumerate((*config.template_dirs, *words)):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                _add(digest, f"{number}/{file.relative_to(folder).as_posix()}", file)
    return digest.hexdigest()


def _add(digest: blake2b, name: str, file: Path) -> None:
    try:
        data = file.read_bytes()
    except OSError:
        data = b""
    digest.update(f"\0{name}\0{len(data)}\0".encode() + data)


def load_stamp(config: SiteConfig, damage: CacheDamage) -> BuildStamp | None:
    """What the last finished build of this site folder was made from; None where nothing is known."""
    return load_kept(_path(config), BuildStamp, damage)


def invalidate_stamp(config: SiteConfig) -> None:
    """Forget the last finished build, because the site folder is about to change."""
    with suppress(OSError):  # it is in the way of a file of ours, and none
        _path(config).unlink()


def save_stamp(config: SiteConfig, stamp: BuildStamp) -> OSError | None:
    """Remember a finished build."""
    return keep(_path(config), stamp)


def is_intact(known: dict[OutputPath, Written], site_dir: Path) -> bool:
    """Is every file there as it was written?"""
    folder = str(site_dir)
    return bool(known) and all(written.is_intact(folder, path) for path, written in known.items())


def folders_digest(site_dir: Path, paths: Iterable[OutputPath]) -> str:
    """Digest of the times at which files last came into or went from the folders of these files; "" if one is gone.

    A folder's time is that of the last change of its names, so while all are the same, no file of others was added.
    """
    base = str(site_dir)
    try:
        times = [os.stat(f"{base}/{folder}").st_mtime_ns for folder in sorted(folders_of(paths))]  # noqa: PTH116 (a Path is slow)
    except OSError:
        return ""
    return blake2b(repr(times).encode(), digest_size=16).hexdigest()


def _path(config: SiteConfig) -> Path:
    return kept_path(config.cache_dir, config.site_dir, ".settled.json")
