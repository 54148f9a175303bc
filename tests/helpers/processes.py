"""Commands as processes of their own, and which of them, and of what they start, still run. For Linux."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

WAIT_SECONDS: Final = 60
"""After which something will not happen any more; far more than any machine needs."""


def of_session(leader: int) -> frozenset[int]:
    """Living processes of the session that a process leads, whether it lives or not."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                fields = (entry / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
                if int(fields[3]) == leader and fields[0] not in {"Z", "X"}:
                    found.add(int(entry.name))
    return frozenset(found)


def until(holds: Callable[[], object], seconds: float = WAIT_SECONDS) -> bool:
    """Whether a condition holds in time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


@contextmanager
def started(
    command: Sequence[str], root: Path, more: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[str]"]:
    """`python -m COMMAND` as the leader of a session, of which nothing is left at the end."""
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **(more or {})}
    process = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=root, env=environ, text=True, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        for number in of_session(process.pid):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        process.communicate()
