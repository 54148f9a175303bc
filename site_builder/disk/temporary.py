"""Temporary files beside content files, and temporary folders, both removed again even after a kill.

A process that is killed removes nothing. So the names of files carry its number, and its folders are locked as long as
it lives; whoever works there next removes what belongs to no living process.
"""

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

_FILE: Final = re.compile(r"\.site-builder-(?P<process>\d+)-\d+\.(?:new|old)")
_FOLDER: Final = "site-builder-"
_MINUTE: Final = 60
"""Seconds after which a folder without a lock belongs to nobody; a process locks its own at once."""


def beside(target: Path, number: int, suffix: str) -> Path:
    """The path of a temporary file in the folder of a content file; `suffix` is `new` or `old`."""
    return target.with_name(f".site-builder-{os.getpid()}-{number}.{suffix}")


def remove_quietly(file: Path) -> None:
    """Remove a temporary file. Where that fails all is done nevertheless, and whoever works there next removes it."""
    with suppress(OSError):
        file.unlink()


def remove_left_files(folder: Path) -> None:
    """Remove the temporary files of ended processes from a content folder, at any depth."""
    for here, _, names in os.walk(folder):
        for name in names:
            if name.startswith(".site-builder-") and (match := _FILE.fullmatch(name)) and not _runs(match["process"]):
                remove_quietly(Path(here, name))


def _runs(process: str) -> bool:
    if sys.platform == "win32":  # asking would end it there
        return int(process) == os.getpid()
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it runs for somebody else
        return True
    return True


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder in the system's place for temporary files, removed at the end; old ones of killed runs go first."""
    _remove_left_folders(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=_FOLDER, ignore_cleanup_errors=True) as made, _held(Path(made)):
        yield Path(made)


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Hold a folder of ours; whether that was possible."""
    if sys.platform == "win32":
        yield False
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_held = True
        except OSError:
            is_held = False
        yield is_held
    finally:
        os.close(opened)


def _remove_left_folders(place: Path) -> None:
    for folder in place.glob(f"{_FOLDER}????????"):
        with suppress(OSError):
            status = folder.lstat()
            if sys.platform != "win32" and status.st_uid == os.getuid() and time.time() - status.st_mtime > _MINUTE:
                with _held(folder) as is_free:
                    if is_free:
                        shutil.rmtree(folder, ignore_errors=True)
