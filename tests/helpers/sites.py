"""The demonstration site and the golden sites, copied to where a test may build them."""

import shutil
import struct
import zlib
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
GOLDEN: Final = ROOT / "tests" / "golden"
PICTURES: Final = {"tiny": {"content/articles/2026/hollen.png": (64, 36)}}
"""Golden site -> pictures that are drawn for it, with their size: git holds text only."""


def copy_demonstration(to: Path) -> Path:
    """The settings and the content of this repository. A copy, so that its cache stays out of ours."""
    to.mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", to)
    shutil.copytree(ROOT / "content", to / "content")
    return to


def copy_golden(name: str, to: Path) -> Path:
    """A golden site with its pictures."""
    to.mkdir(parents=True)
    shutil.copy(GOLDEN / name / "mkdocs.yml", to)
    shutil.copytree(GOLDEN / name / "content", to / "content")
    for path, size in PICTURES.get(name, {}).items():
        (to / path).write_bytes(png(*size))
    return to


def png(width: int, height: int) -> bytes:
    """A grey picture of that size; its data is stored as it is, so every zlib gives the same bytes."""
    rows = zlib.compress(b"\0".join([b""] + [b"\x80" * width] * height), 0)
    chunks = {b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0), b"IDAT": rows, b"IEND": b""}
    made = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks.items())
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)
