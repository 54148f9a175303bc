"""What was written into a site folder, and from what, kept between builds beside the other caches.

It saves time only. Which files are ours is also told by the list in the site folder (`site_list.py`).
"""

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from site_builder.cache import CacheDamage
from site_builder.output.site_list import load_site_list, only_below
from site_builder.output.usable_cache import keep, load_kept
from site_builder.urls import OutputPath


class Written(msgspec.Struct, array_like=True, frozen=True):
    """One file that we wrote. Of a pending one nothing is known but its path: it may or may not be there."""

    fingerprint: tuple[str, str, str, str]
    """Of `output.fingerprint`."""
    digest: str = ""
    """Of the bytes."""
    size: int = -1
    mtime_ns: int = -1

    @property
    def is_pending(self) -> bool:
        """Is nothing known but its path?"""
        return self.size < 0

    def is_intact(self, site_dir: Path | str, path: str) -> bool:
        """Is the file there as we left it? Judged by size and modification time, as make and rsync do."""
        try:
            status = os.stat(f"{site_dir}/{path}")  # noqa: PTH116 (a Path for each of 100,000 files takes longer)
        except (OSError, ValueError):
            return False
        return status.st_size == self.size and status.st_mtime_ns == self.mtime_ns


PENDING: Final = Written(("", "", "", ""))


_SUFFIXES: Final = (".outputs.json", ".settled.json", ".inputs.json", ".lock")
"""Of what is kept about a site folder: see the callers of `kept_path`."""


def kept_path(cache_dir: Path | None, site_dir: Path, suffix: str) -> Path:
    """A file for each site folder, so that two folders can be built from one content folder."""
    if cache_dir is None:
        raise ValueError("a build needs a folder for its cache")
    name = blake2b(os.fsencode(site_dir), digest_size=8).hexdigest()
    return cache_dir / f"site-{name}{suffix}"


def manifest_path(cache_dir: Path | None, site_dir: Path) -> Path:
    """What was written into a site folder."""
    return kept_path(cache_dir, site_dir, ".outputs.json")


def lock_path(cache_dir: Path | None, site_dir: Path) -> Path:
    """What a build holds while it works on a site folder."""
    return kept_path(cache_dir, site_dir, ".lock")


def forget(cache_dir: Path, site_dir: Path) -> None:
    """Remove everything that is kept about a site folder."""
    for suffix in _SUFFIXES:
        with suppress(OSError):
            kept_path(cache_dir, site_dir, suffix).unlink()


def load_manifest(path: Path, damage: CacheDamage) -> dict[OutputPath, Written] | None:
    """What was written; None where nothing is known, or the file is damaged, which is noted."""
    outputs = load_kept(path, dict[OutputPath, Written], damage)
    if outputs is None:
        return None
    below = only_below(outputs)
    return outputs if len(below) == len(outputs) else {path: outputs[path] for path in below}


def known_outputs(manifest: Path, site_dir: Path, damage: CacheDamage) -> dict[OutputPath, Written] | None:
    """All files in the site folder that are ours; None where nothing is known."""
    written, listed = load_manifest(manifest, damage), load_site_list(site_dir, damage)
    if written is None and listed is None:
        return None
    return dict.fromkeys(listed or (), PENDING) | (written or {})


def save_manifest(path: Path, outputs: dict[OutputPath, Written]) -> OSError | None:
    """Replace the manifest. If that is impossible, an older one stays, whose files the next build finds changed."""
    return keep(path, outputs)
