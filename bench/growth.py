"""Builds at several sizes: time and memory in one process and in two, the same bytes, and how time grows.

Each synthetic site has everything switched on. It is built from nothing in one process and in two, which must give the
same bytes; then nothing changes, then one article does, then the site is only checked. Every run is a process of its
own, as an operator starts it. Compare ratios, not seconds: machines differ.
"""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.process import Run, run
from bench.sites import digest, files_of
from bench.synthetic import make_site

RUNS_WITHOUT_CHANGE: Final = 3
"""The quickest of these counts: they are short, so other work on the machine would show."""
DATE: Final = "2026-01-01"
"""All builds are of the same day."""
HEADINGS: Final = (
    "articles",
    "files",
    "one s",
    "MB",
    "two s",
    "MB",
    "bytes",
    "again s",
    "edit s",
    "check s",
    "again/two",
)
WIDTHS: Final = (9, 9, 9, 7, 9, 7, 7, 9, 8, 9, 11)


def measure(sizes: Sequence[int]) -> bool:
    """Print a row for each size, and how time grows with size. Whether one process and two gave the same bytes."""
    _print_row(HEADINGS)
    clean: dict[int, float] = {}
    are_same = True
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            make_site(root, size)
            clean[size], is_same = _measure(root, size)
            are_same = are_same and is_same
    if len(sizes) > 1:
        small, large = min(sizes), max(sizes)
        print(f"{large / small:.0f} times the articles take {clean[large] / clean[small]:.1f} times as long")
    return are_same


def _measure(root: Path, size: int) -> tuple[float, bool]:
    """Print the row of a site. Gives the seconds of a clean build in two processes, and whether the bytes are the same.

    Every number of processes gets a cache of its own: the first one's would do the second one's work.
    """
    one = _build(root, jobs=1)
    bytes_of_one = digest(root / "site")
    shutil.rmtree(root / "site")
    shutil.rmtree(root / ".cache")
    two = _build(root, jobs=2)
    is_same = digest(root / "site") == bytes_of_one
    files = len(files_of(root / "site"))
    again = min(_build(root).wall_seconds for _ in range(RUNS_WITHOUT_CHANGE))
    article = root / "content/articles/article-0.md"
    article.write_text(article.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    edit = _build(root).wall_seconds
    check = _run(root, "check").wall_seconds
    _print_row(
        (
            *(f"{size:,}", f"{files:,}", f"{one.wall_seconds:.1f}", f"{one.peak_megabytes:.0f}"),
            *(f"{two.wall_seconds:.1f}", f"{two.peak_megabytes:.0f}", "same" if is_same else "DIFFER"),
            *(f"{again:.2f}", f"{edit:.2f}", f"{check:.2f}", f"{again / two.wall_seconds:.3f}"),
        )
    )
    return two.wall_seconds, is_same


def _print_row(cells: tuple[str, ...]) -> None:
    print("".join(f"{cell:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True)), flush=True)


def _build(root: Path, jobs: int | None = None) -> Run:
    return _run(root, "build", "--date", DATE, *(("--jobs", str(jobs)) if jobs else ()))


def _run(root: Path, command: str, *options: str) -> Run:
    return run((sys.executable, "-m", "site_builder", command, "-f", str(root / "mkdocs.yml"), *options), root)
