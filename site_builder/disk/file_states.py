"""Whether files and folders are as they were, by their size and times alone."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

FileStates = tuple[tuple[str, int, int, int], ...]
"""Path, size and times of files and folders, by which a change is noticed."""


def states_of_files(folders: Sequence[Path]) -> FileStates:
    """Of everything in some folders. To be taken before any of it is read."""
    return _states(path for folder in folders for path in _walk(folder))


def are_as_before(states: FileStates) -> bool:
    """Whether all these files and folders are still in that state."""
    return _states(path for path, *_ in states) == states


def _walk(folder: Path) -> Iterator[str]:
    for here, _, names in os.walk(folder):
        yield here
        yield from (os.path.join(here, name) for name in names)  # noqa: PTH118 (strings, as os.walk gives them)


def _states(paths: Iterable[str]) -> FileStates:
    states = []
    for path in paths:
        try:
            found = os.stat(path)  # noqa: PTH116 (as above)
        except OSError:
            states.append((path, -1, 0, 0))
        else:
            states.append((path, found.st_size, found.st_mtime_ns, found.st_ctime_ns))
    return tuple(states)
