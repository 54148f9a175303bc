"""One run of a command, measured: seconds that passed, seconds of CPU, and the most memory that it held.

The command and every process that it starts count together. While it runs, its processes are read from /proc (Linux):
memory is the largest sum of their resident sets, in which pages that processes share count once for each. CPU is what
the system says of all processes that were waited for, or the sum of the last readings if that is more: a worker whose
parent never waits for it is in the second only. Elsewhere than on Linux there is no memory and only the first CPU.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SAMPLE_SECONDS: Final = 0.05
LAST_LINES: Final = 15
"""Of what a command that failed wrote to its error stream."""
_TICKS: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Run:
    """What one run of a command cost."""

    wall_seconds: float
    cpu_seconds: float
    """User and system, of all processes."""
    peak_megabytes: float
    """0 where it cannot be read."""


class FailedRunError(Exception):
    """A command gave another exit code than 0."""

    def __init__(self, command: Sequence[str], code: int, errors: str) -> None:
        lines = "\n".join(errors.strip().splitlines()[-LAST_LINES:])
        super().__init__(f"{' '.join(command)} ended with {code}:\n{lines}")


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Run a command in a folder, with further variables for its environment."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        cost = wait_for(process)
        if process.returncode != 0:
            errors.seek(0)
            raise FailedRunError(command, process.returncode, errors.read().decode(errors="replace"))
    return cost


def wait_for(process: "subprocess.Popen[bytes]") -> Run:
    """Wait for a process that has just been started, whatever its exit code."""
    started = time.perf_counter()
    tree = _Tree(process.pid)
    is_over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(tree, is_over))
    watcher.start()
    try:
        waited_cpu = _wait(process)
    finally:
        is_over.set()
    seconds = time.perf_counter() - started
    watcher.join()
    return Run(seconds, max(waited_cpu, tree.cpu_seconds()), tree.peak_megabytes)


def _wait(process: "subprocess.Popen[bytes]") -> float:
    """Wait for a process. Gives the CPU seconds of it and of all that it waited for."""
    if sys.platform == "win32":
        process.wait()
        return 0.0
    _, status, usage = os.wait4(process.pid, 0)
    # Popen would wait for it a second time.
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def _watch(tree: "_Tree", is_over: threading.Event) -> None:
    while not is_over.wait(SAMPLE_SECONDS):
        tree.sample()


class _Tree:
    """A process and all below it, as /proc shows them."""

    def __init__(self, pid: int) -> None:
        self.peak_megabytes = 0.0
        self._pid = pid
        self._cpu: dict[int, float] = {}

    def cpu_seconds(self) -> float:
        return sum(self._cpu.values())

    def sample(self) -> None:
        total = 0
        waiting = [self._pid]
        while waiting:
            pid = waiting.pop()
            try:
                # The name of the command, in brackets, may hold anything.
                fields = (
                    Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
                )
                resident = int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
                for children in Path(f"/proc/{pid}/task").glob("*/children"):
                    waiting += [int(child) for child in children.read_text(encoding="utf-8").split()]
            except (OSError, ValueError, IndexError):
                continue
            total += resident * _PAGE_BYTES
            self._cpu[pid] = (int(fields[11]) + int(fields[12])) / _TICKS
        self.peak_megabytes = max(self.peak_megabytes, total / 2**20)


_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
