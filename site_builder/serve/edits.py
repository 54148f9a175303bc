"""The paths that were touched since the site was last read; and when the editor has finished with them.

Editors save in several steps. Where the system says that a file was closed, it is whole; otherwise some time passes.
"""

import threading
import time
from collections.abc import Collection
from pathlib import Path
from typing import Final

SETTLE_SECONDS: Final = 0.2
"""Quiet time after a change to a file that somebody may still be writing."""
FINISHED_SECONDS: Final = 0.01
"""The same where every file was closed: a formatter may write it once more."""
MOST_SECONDS: Final = 2.0
"""After which edits are read even if there are always more."""


class Edits:
    """Touched paths, which one thread adds and another one takes."""

    def __init__(self) -> None:
        self._paths: set[Path] = set()
        self._unfinished: set[Path] = set()
        self._last = 0.0
        self._changed = threading.Condition()

    def add(self, paths: Collection[Path], is_finished: bool) -> None:
        """Note that files were touched; `is_finished` where nobody is writing them any more."""
        with self._changed:
            self._paths.update(paths)
            (self._unfinished.difference_update if is_finished else self._unfinished.update)(paths)
            self._last = time.monotonic()
            self._changed.notify_all()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for an edit, for so long at most; whether there is one."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._paths), seconds)

    def take(self) -> frozenset[Path]:
        """Wait for edits, and until they are finished; their paths."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._paths))
            end = time.monotonic() + MOST_SECONDS
            while True:
                settle = SETTLE_SECONDS if self._unfinished else FINISHED_SECONDS
                left = min(self._last + settle, end) - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            taken = frozenset(self._paths)
            self._paths.clear()
            self._unfinished.clear()
            return taken
