"""File changes: shown as a diff, and written all or none.

A change holds the bytes that it was planned from: if a file has changed meanwhile, nothing is written. Writing goes
through temporary files; if the disk fails half-way, the files already written are restored.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from site_builder.disk.faults import write_through
from site_builder.disk.temporary import beside, remove_left_files, remove_quietly
from site_builder.urls import SourcePath


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file before and after."""

    path: SourcePath
    """Current path of the file, or the path of a new one."""
    before: bytes | None
    """None for a new file."""
    after: bytes
    moved_to: SourcePath | None = None
    """New path of the file, if it is renamed."""

    @property
    def target(self) -> SourcePath:
        """Path of the file afterwards."""
        return self.moved_to or self.path


class StaleChangeError(Exception):
    """The files in `paths` have changed since the changes were planned; nothing was written."""

    def __init__(self, paths: Iterable[SourcePath]) -> None:
        self.paths = tuple(paths)
        super().__init__(f"changed meanwhile: {', '.join(self.paths)}")


def as_diff(changes: Iterable[FileChange]) -> str:
    """All changes as one unified diff, by path; a renamed file gets two lines that say so."""
    return "".join(line for change in sorted(changes, key=lambda c: c.path) for line in _diff(change))


def _diff(change: FileChange) -> Iterator[str]:
    if change.moved_to:
        yield f"rename from {change.path}\nrename to {change.moved_to}\n"
    old = "/dev/null" if change.before is None else f"a/{change.path}"
    lines = unified_diff(_lines(change.before or b""), _lines(change.after), old, f"b/{change.target}")
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[str]:
    """Lines with their endings; only `\\n` ends a line."""
    lines = [f"{line}\n" for line in data.decode("utf-8", "replace").split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def write_changes(root: Path, changes: Iterable[FileChange]) -> None:
    """Write all changes below a folder, or none.

    Raises StaleChangeError if a file is not as it was planned or a new name is taken, OSError if the disk fails.
    """
    every = tuple(changes)
    stale = [
        change.target if _is_taken(root, change) else change.path for change in every if not _is_fresh(root, change)
    ]
    if stale:
        raise StaleChangeError(stale)
    with ExitStack() as undo:
        temporary = [_written_beside(root, change, number, undo) for number, change in enumerate(every)]
        with ExitStack() as restore:
            for number, (change, file) in enumerate(zip(every, temporary, strict=True)):
                _put_in_place(root, change, file, number, restore, undo)
            restore.pop_all()


def _is_fresh(root: Path, change: FileChange) -> bool:
    file = root / change.path
    if change.before is None:
        return not os.path.lexists(file)
    try:
        is_same = file.read_bytes() == change.before
    except OSError:
        return False
    return is_same and not _is_taken(root, change) and not (change.moved_to and file.is_symlink())


def _is_taken(root: Path, change: FileChange) -> bool:
    """Does the new name belong to another file? A name that differs only in case may be the same file."""
    if change.moved_to is None:
        return False
    old, new = root / change.path, root / change.moved_to
    return os.path.lexists(new) and not (old.exists() and new.exists() and old.samefile(new))


def _written_beside(root: Path, change: FileChange, number: int, undo: ExitStack) -> Path:
    """Write the new bytes to a temporary file in the folder of the target."""
    target = Path(os.path.realpath(root / change.target))
    remove_left_files(target.parent)
    missing = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    for folder in reversed(missing):
        undo.callback(_remove_empty, folder)
    file = beside(target, number, "new")
    undo.callback(remove_quietly, file)
    write_through(file, change.after)
    if change.before is not None:
        shutil.copymode(root / change.path, file)
    return file


def _put_in_place(root: Path, change: FileChange, file: Path, number: int, restore: ExitStack, undo: ExitStack) -> None:
    """Move the new bytes to their place. What was there stays beside it until all is done, so no full disk loses it."""
    source, target = root / change.path, Path(os.path.realpath(root / change.target))
    if change.moved_to is not None:
        source.rename(target)
        restore.callback(target.rename, source)
    if change.before is None:
        restore.callback(target.unlink, missing_ok=True)
    else:
        older = beside(target, number, "old")
        undo.callback(remove_quietly, older)
        _keep(target, older, change.before)
        restore.callback(older.replace, target)
    file.replace(target)


def _keep(file: Path, older: Path, data: bytes) -> None:
    """Give a file a second name, or make a copy of it where the disk knows no second names."""
    older.unlink(missing_ok=True)
    try:
        older.hardlink_to(file)
    except OSError:
        write_through(older, data)
        shutil.copymode(file, older)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # not empty: it contains written files
        folder.rmdir()
