"""A process that is asked to end by a signal leaves as it would after an error: with its temporary files removed."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

GRACE_SECONDS: Final = 10
"""Time to clean up in; afterwards the process ends as it is. The next build repairs what it left."""
_SAME_REQUEST_SECONDS: Final = 1
"""Runners pass a signal on to a process that its whole group has got already; that is one request."""


class AskedToEndError(SystemExit):
    """Somebody has asked this process to end."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.line = f"Interrupted by {signal.Signals(number).name}."


@contextmanager
def end_when_asked() -> Iterator[None]:
    """Raise AskedToEndError where a signal asks this process to end, unless it is to be ignored (`nohup`)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = _Asked()
    before = {number: signal.getsignal(number) for number in _signals()}
    for number, handler in before.items():
        if handler is signal.SIG_DFL:
            signal.signal(number, asked.raise_once)
    try:
        yield
    finally:
        for number, handler in before.items():
            if handler is signal.SIG_DFL:
                signal.signal(number, handler)
        asked.stop()


def _signals() -> Iterator[int]:
    yield signal.SIGTERM
    if sys.platform != "win32":
        yield signal.SIGHUP


class _Asked:
    """Remembers when it was asked, and ends the process where the clean-up takes too long."""

    def __init__(self) -> None:
        self._at = float("-inf")
        self._timer: threading.Timer | None = None

    def raise_once(self, number: int, _frame: FrameType | None) -> None:
        """Handle a signal."""
        now = time.monotonic()
        if now - self._at < _SAME_REQUEST_SECONDS:
            return
        self._at = now
        if self._timer is None:
            self._timer = threading.Timer(GRACE_SECONDS, os._exit, (128 + number,))
            self._timer.daemon = True
            self._timer.start()
        raise AskedToEndError(number)

    def stop(self) -> None:
        """The clean-up is done."""
        if self._timer is not None:
            self._timer.cancel()
