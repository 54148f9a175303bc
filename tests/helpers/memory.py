"""A temporary folder in memory: the tests write some 100,000 small files, for which a disk takes much longer."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

SHARED_MEMORY: Final = Path("/dev/shm")
"""A file system in memory, on Linux."""
NEEDED_BYTES: Final = 2_000_000_000
"""Free, both of the file system and of memory: the tests hold a fifth of that at most, Chromium's included."""


def use_memory() -> None:
    """Let temporary files of this process and its children live in memory, unless TMPDIR is set or memory is short."""
    if "TMPDIR" not in os.environ and _is_suitable(SHARED_MEMORY):
        os.environ["TMPDIR"] = str(SHARED_MEMORY)
        tempfile.tempdir = None  # asked for anew


def _is_suitable(folder: Path) -> bool:
    """Can files be written and programs be run there (containers often forbid it), and is there room?"""
    if not os.access(folder, os.W_OK | os.X_OK) or os.statvfs(folder).f_flag & os.ST_NOEXEC:
        return False
    return min(shutil.disk_usage(folder).free, _available_memory()) > NEEDED_BYTES


def _available_memory() -> int:
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("MemAvailable:"))
    return int(kilobytes) * 1024
