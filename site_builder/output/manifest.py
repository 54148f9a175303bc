"""What was written into a site folder, and from what, kept between builds beside the other caches.

It saves time only. Which files are ours is also told by the list in the site folder (`site_list.py`).
"""

from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from site_builder.output.site_list import is_below, load_site_list
from site_builder.output.usable_cache import keep
from site_builder.urls import OutputPath

_VERSION: Final = 1


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

    def is_intact(self, site_dir: Path, path: str) -> bool:
        """Is the file there as we left it? Judged by size and modification time, as make and rsync do."""
        try:
            status = (site_dir / path).stat()
        except OSError:
            return False
        return status.st_size == self.size and status.st_mtime_ns == self.mtime_ns


PENDING: Final = Written(("", "", "", ""))


class _File(msgspec.Struct):
    version: int
    outputs: dict[OutputPath, Written]


def manifest_path(cache_dir: Path, site_dir: Path) -> Path:
    """One manifest for each site folder, so that two folders can be built from one content folder."""
    name = blake2b(str(site_dir).encode(), digest_size=8).hexdigest()
    return cache_dir / f"outputs-{name}.json"


def lock_path(manifest: Path) -> Path:
    """What a build holds while it works on the site folder of a manifest."""
    return manifest.with_suffix(".lock")


def forget(manifest: Path) -> None:
    """Remove everything that is kept about a site folder."""
    for path in manifest.parent.glob(f"{manifest.stem}.*"):
        path.unlink(missing_ok=True)


def load_manifest(path: Path) -> dict[OutputPath, Written] | None:
    """What was written; None where nothing is known, or the file is damaged."""
    try:
        data = msgspec.json.decode(path.read_bytes(), type=_File)
    except (OSError, msgspec.MsgspecError):
        return None
    if data.version != _VERSION:
        return None
    return {path: written for path, written in data.outputs.items() if is_below(path)}


def known_outputs(manifest: Path, site_dir: Path) -> dict[OutputPath, Written] | None:
    """All files in the site folder that are ours; None where nothing is known."""
    written, listed = load_manifest(manifest), load_site_list(site_dir)
    if written is None and listed is None:
        return None
    return dict.fromkeys(listed or (), PENDING) | (written or {})


def save_manifest(path: Path, outputs: dict[OutputPath, Written]) -> OSError | None:
    """Replace the manifest. If that is impossible, an older one stays, whose files the next build finds changed."""
    return keep(path, msgspec.json.encode(_File(_VERSION, outputs)))
