"""One build at a time works on a site folder, from whichever checkout; another one waits.

The folder itself is locked, so no file of ours lies in it or beside it, and the system lets go of the lock however the
build ends. Windows cannot lock folders: there, builds with the same cache wait for one another.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    from filelock import FileLock
else:
    import fcntl


@contextmanager
def site_lock(site_dir: Path, fallback: Path, on_wait: Callable[[], object] = int) -> Iterator[None]:
    """Hold the site folder, which is made if it is missing, and removed again if it stays empty.

    `fallback` is the file to lock where folders cannot be. `on_wait` is called where another build holds it. Raises
    OSError if the folder cannot be made or written.
    """
    if sys.platform == "win32":
        fallback.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(fallback):
            yield
    else:
        is_new, folder = _hold(site_dir, on_wait)
        if not os.access(site_dir, os.W_OK):
            os.close(folder)
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(site_dir))
        try:
            yield
        finally:
            if is_new:
                with suppress(OSError):  # it is not empty
                    site_dir.rmdir()
            os.close(folder)


def _hold(site_dir: Path, on_wait: Callable[[], object]) -> tuple[bool, int]:
    """Whether the folder was made, and its file descriptor. A folder that went while we waited is made anew."""
    while True:
        is_new = not site_dir.exists()
        site_dir.mkdir(parents=True, exist_ok=True)
        folder = os.open(site_dir, os.O_RDONLY)
        if sys.platform != "win32":
            with suppress(OSError):  # a network disk without locks
                try:
                    fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    on_wait()
                    fcntl.flock(folder, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(folder), site_dir.stat()):
                return is_new, folder
        os.close(folder)
