"""What the disk refuses, with the file and what to do: one line for whoever runs the command.

The system names no file where it is the write that fails and not the opening, as on a full disk.
"""

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_REMEDIES: Final[Mapping[int, str]] = {
    errno.ENOSPC: "make room on that disk and run the command again",
    errno.EDQUOT: "make room within your quota of that disk and run the command again",
    errno.EFBIG: "the system limits the size of files here: see ulimit -f",
    errno.EROFS: "that disk can only be read; choose another place",
    errno.EACCES: "give yourself the right to write there, or choose another place",
    errno.EPERM: "give yourself the right to write there, or choose another place",
    errno.EMFILE: "raise the limit of open files (ulimit -n) and run the command again",
    errno.ENFILE: "too many files are open on this machine; close other programs and run the command again",
    errno.ENAMETOOLONG: "choose a shorter name, or a place with a shorter path",
    errno.EIO: "the disk itself reports a fault; look after it, then run the command again",
    errno.ENOTDIR: "a file is where a folder is needed; move it away",
    errno.EISDIR: "a folder is where a file is needed; move it away",
    errno.EEXIST: "something else is in that place; move it away",
    errno.ENOENT: "it went while the command ran; run the command again",
}


@contextmanager
def naming(file: Path | str) -> Iterator[None]:
    """Let an OSError that names no file name this one."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(file)
        raise


def write_file(file: Path | str, data: bytes) -> None:
    """Write a whole file. Raises OSError, which names it."""
    with naming(file), open(file, "wb") as handle:  # noqa: PTH123 (a Path for each of 100,000 files takes longer)
        handle.write(data)


def write_new(file: Path, data: bytes) -> None:
    """Write a file that is not there yet, with its folders. Raises OSError; FileExistsError where it is there."""
    with naming(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as handle:
            handle.write(data)


def write_through(file: Path, data: bytes) -> None:
    """The same, and the disk has it: for what people wrote, before it takes the place of anything."""
    with naming(file), file.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def refusal(error: OSError) -> str:
    """`No space left on device (/srv/kb/site/index.html); make room on that disk and run the command again`."""
    place = error.filename2 or error.filename  # of two, the one that was to be made
    shown = f" ({os.fsdecode(place)})" if isinstance(place, (str, bytes, os.PathLike)) else ""
    return f"{error.strerror or error}{shown}" + (f"; {hint}" if (hint := remedy(error)) else "")


def remedy(error: OSError) -> str:
    """What to do about it; empty where that cannot be said."""
    return _REMEDIES.get(error.errno or 0, "")
