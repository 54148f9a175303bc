"""The most memory that a process and its workers hold together, sampled while it runs."""

import subprocess
import threading
import time
from pathlib import Path
from typing import Final

SAMPLE_SECONDS: Final = 0.05


def wait_for(process: "subprocess.Popen[bytes]") -> float:
    """Wait until a process ends. Gives the largest sum of the resident sets of it and its children, in megabytes."""
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peak))
    watcher.start()
    process.wait()
    watcher.join()
    return peak[0]


def _watch(process: "subprocess.Popen[bytes]", peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], _tree_megabytes(process.pid))
        time.sleep(SAMPLE_SECONDS)


def _tree_megabytes(pid: int) -> float:
    """Resident memory of a process and its children (Linux; 0 elsewhere). Pages that they share count once for each."""
    total = 0
    waiting = [pid]
    while waiting:
        current = waiting.pop()
        try:
            status = Path(f"/proc/{current}/status").read_text(encoding="utf-8")
            waiting += [int(c) for c in Path(f"/proc/{current}/task/{current}/children").read_text().split()]
        except (OSError, ValueError):
            continue
        total += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
    return total / 1024
