"""The demonstration site and the golden sites: copies that a test may build, and builds that all tests look at."""

import shutil
import struct
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.shared import shared_folder

ROOT: Final = Path(__file__).parents[2]
GOLDEN: Final = ROOT / "tests" / "golden"
PICTURES: Final = {"tiny": {"content/articles/2026/hollen.png": (64, 36)}}
"""Golden site -> pictures that are drawn for it, with their size: git holds text only."""


BELOW: Final = "https://example.org/x/y/"
AT_ROOT: Final = "https://example.org/"

MOVED: Final = "old/private-gradients/"
"""An alias that the tests give to an article of the demonstration site."""
MOVED_TO: Final = "articles/dp-sgd/"
PLACES: Final = {BELOW: "below", AT_ROOT: "root"}
"""Address of a site -> the folder that it is built into."""


def copy_demonstration(to: Path) -> Path:
    """The settings and the content of this repository, with MOVED. A copy, so that its cache stays out of ours."""
    to.mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", to)
    shutil.copytree(ROOT / "content", to / "content")
    moved = to / "content" / f"{MOVED_TO.rstrip('/')}.md"
    text = moved.read_text(encoding="utf-8")
    moved.write_text(text.replace("---\n", f"---\naliases: [/{MOVED}]\n", 1), encoding="utf-8")
    return to


def built_demonstration(factory: pytest.TempPathFactory, site_url: str) -> Tree:
    """The demonstration site at BELOW or AT_ROOT; built once in a run, so it must not be changed."""
    return _built(factory, "demonstration", copy_demonstration, site_url)


def built_golden(factory: pytest.TempPathFactory, name: str, site_url: str) -> Tree:
    """A golden site at BELOW or AT_ROOT; built once in a run, so it must not be changed."""
    return _built(factory, name, partial(copy_golden, name), site_url)


def source_of(built: Tree) -> Path:
    """The folder of settings and content that one of the two above was built from."""
    return built.folder.parent / "source"


def _built(factory: pytest.TempPathFactory, name: str, copy: Callable[[Path], Path], site_url: str) -> Tree:
    def make(folder: Path) -> None:
        root = copy(folder / "source")
        for url, place in PLACES.items():
            build(root, site_dir=folder / place, site_url=url)

    return Tree(shared_folder(factory, f"{name}-built", make) / PLACES[site_url], site_url)


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
