"""One request at a time to each host, with a pause after it, and longer ones where the host asks for that."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


class StoppedError(Exception):
    """The check is to end now."""


@dataclass(slots=True)
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    """When the next request may begin, by the monotonic clock."""


class HostTurns:
    """Whose turn it is to ask a host. Safe to use from several threads."""

    def __init__(self, pause_seconds: float) -> None:
        self._pause_seconds = pause_seconds
        self._turns: dict[str, _Turn] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()

    @contextmanager
    def of(self, host: str) -> Iterator[None]:
        """Wait until the host may be asked, and ask it meanwhile. Raises StoppedError."""
        turn = self._turn(host)
        with turn.lock:
            self.wait(turn.free_at - time.monotonic())
            try:
                yield
            finally:
                turn.free_at = max(turn.free_at, time.monotonic() + self._pause_seconds)

    def rest(self, host: str, seconds: float) -> None:
        """Let nobody ask a host for so long."""
        turn = self._turn(host)
        turn.free_at = max(turn.free_at, time.monotonic() + seconds)

    def wait(self, seconds: float) -> None:
        """Wait. Raises StoppedError at once where the check is to end."""
        if self._stop.wait(max(0.0, seconds)):
            raise StoppedError

    def stop(self) -> None:
        """Let everything that waits, or would wait, end."""
        self._stop.set()

    def _turn(self, host: str) -> _Turn:
        with self._lock:
            return self._turns.setdefault(host, _Turn())
