"""The folder beside the site in which files wait until all of them are there."""

import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_STAGING_MARK: Final = ".site-builder-staging"
"""A file in a staging folder that tells it from a folder of others with such a name."""


@contextmanager
def staging_folder(site_dir: Path) -> Iterator[Path]:
    """A folder on the same disk as the site, removed at the end."""
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=_staging_prefix(site_dir), dir=_staging_home(site_dir)))
    try:
        (folder / _STAGING_MARK).touch()
        yield folder
    finally:
        _remove_staging(folder)


def remove_old_staging(site_dir: Path) -> None:
    """Remove the folders that killed builds left behind."""
    # Exactly what mkdtemp appends: `site` must not take away what `site-staging` is making at the same time.
    for old in _staging_home(site_dir).glob(f"{glob.escape(_staging_prefix(site_dir))}????????"):
        if (old / _STAGING_MARK).is_file():
            _remove_staging(old)
        else:
            with suppress(OSError):  # it is not empty: no build that was killed has left it
                old.rmdir()


def _remove_staging(folder: Path) -> None:
    """Remove a folder, its mark last: what is left of it after a kill is still known as ours."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name != _STAGING_MARK:
                with suppress(OSError):
                    Path(entry).unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _staging_prefix(site_dir: Path) -> str:
    return f".{site_dir.name}-staging-"


def _staging_home(site_dir: Path) -> Path:
    """Beside the site; inside it where the site is a volume of its own, or where we may not write beside it."""
    inside = os.path.ismount(site_dir) or (site_dir.is_dir() and not os.access(site_dir.parent, os.W_OK))
    return site_dir if inside else site_dir.parent
