"""Changes of files, shown as a diff and written all or none.

A change knows the bytes that it was planned from: where a file has changed meanwhile, nothing is written. Writing goes
through temporary files; when the disk fails in the middle, what was written is put back.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from site_builder.urls import SourcePath


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file before and after."""

    path: SourcePath
    """The file as it is called now; a new file's name."""
    before: bytes | None
    """None for a file that is not there yet."""
    after: bytes
    moved_to: SourcePath | None = None
    """The file's new name, where it gets one."""

    @property
    def target(self) -> SourcePath:
        """What the file is called afterwards."""
        return self.moved_to or self.path


class StaleChangeError(Exception):
    """Files are not as they were when the changes were planned; nothing was written. `paths` names them."""

    def __init__(self, paths: Iterable[SourcePath]) -> None:
        self.paths = tuple(paths)
        super().__init__(f"changed meanwhile: {', '.join(self.paths)}")


def as_diff(changes: Iterable[FileChange]) -> str:
    """All changes as one unified diff, by path; a file that only gets another name has two lines that say so."""
    return "".join(line for change in sorted(changes, key=lambda c: c.path) for line in _diff(change))


def _diff(change: FileChange) -> Iterator[str]:
    if change.moved_to:
        yield f"rename from {change.path}\nrename to {change.moved_to}\n"
    old = "/dev/null" if change.before is None else f"a/{change.path}"
    lines = unified_diff(_lines(change.before or b""), _lines(change.after), old, f"b/{change.target}")
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[str]:
    """Lines with their ends; only `\\n` ends one."""
    lines = [f"{line}\n" for line in data.decode("utf-8", "replace").split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def write_changes(root: Path, changes: Iterable[FileChange]) -> None:
    """Write all changes below a folder, or none.

    Raises StaleChangeError where a file is not as planned, or a new name is taken; OSError where the disk fails.
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
            for change, file in zip(every, temporary, strict=True):
                _put_in_place(root, change, file, restore)
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
    """Is the new name another file's? A name that differs only in case may be the same file."""
    if change.moved_to is None:
        return False
    old, new = root / change.path, root / change.moved_to
    return os.path.lexists(new) and not (old.exists() and new.exists() and old.samefile(new))


def _written_beside(root: Path, change: FileChange, number: int, undo: ExitStack) -> Path:
    """The new bytes in a temporary file in the folder where they belong."""
    target = Path(os.path.realpath(root / change.target))
    missing = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    for folder in reversed(missing):
        undo.callback(_remove_empty, folder)
    file = target.with_name(f".site-builder-{os.getpid()}-{number}.new")
    undo.callback(file.unlink, missing_ok=True)
    file.write_bytes(change.after)
    if change.before is not None:
        shutil.copymode(root / change.path, file)
    return file


def _put_in_place(root: Path, change: FileChange, file: Path, restore: ExitStack) -> None:
    source, target = root / change.path, Path(os.path.realpath(root / change.target))
    if change.moved_to is not None:
        source.rename(target)
        restore.callback(target.rename, source)
    if change.before is None:
        restore.callback(target.unlink, missing_ok=True)
    else:
        restore.callback(target.write_bytes, change.before)
    file.replace(target)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # it holds what was written
        folder.rmdir()
