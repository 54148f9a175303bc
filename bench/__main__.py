"""Time and memory of builds at several sizes: `python -m bench [SIZE …]`, by default 1,000 and 10,000 articles.

Each synthetic site has everything switched on. It is built from nothing in one process and in two, which must give the
same bytes; then nothing changes, then one article does, then the site is only checked. Every run is a process of its
own, as an operator starts it. Memory is the largest sum of the resident sets of that process and its workers, sampled.
Compare ratios, not seconds: machines differ.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from bench.peak_memory import wait_for
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


def main() -> None:
    """Print a row for each size, and how time grows with size. Exits with 1 where the bytes differ."""
    sizes = [int(a) for a in sys.argv[1:]] or [1_000, 10_000]
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
        print(f"{large // small} times the articles take {clean[large] / clean[small]:.1f} times as long")
    if not are_same:
        sys.exit("one process and two do not give the same bytes")


def _measure(root: Path, size: int) -> tuple[float, bool]:
    """Print the row of a site. Gives the seconds of a clean build in two processes, and whether the bytes are the same.

    Every number of processes gets a cache of its own: the first one's would do the second one's work.
    """
    one, one_megabytes = _build(root, jobs=1)
    bytes_of_one = _digest(root / "site")
    shutil.rmtree(root / "site")
    shutil.rmtree(root / ".cache")
    two, two_megabytes = _build(root, jobs=2)
    is_same = _digest(root / "site") == bytes_of_one
    files = sum(1 for f in (root / "site").rglob("*") if f.is_file())
    again = min(_build(root)[0] for _ in range(RUNS_WITHOUT_CHANGE))
    article = root / "content/articles/article-0.md"
    article.write_text(article.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    edit, _ = _build(root)
    check, _ = _run(root, "check")
    megabytes = (f"{one_megabytes:.0f}", f"{two_megabytes:.0f}")
    _print_row(
        (
            *(f"{size:,}", f"{files:,}", f"{one:.1f}", megabytes[0], f"{two:.1f}", megabytes[1]),
            *("same" if is_same else "DIFFER", f"{again:.2f}", f"{edit:.2f}", f"{check:.2f}", f"{again / two:.3f}"),
        )
    )
    return two, is_same


def _print_row(cells: tuple[str, ...]) -> None:
    print("".join(f"{cell:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True)), flush=True)


def _digest(site: Path) -> str:
    """A digest of the names and bytes of all files."""
    total = hashlib.sha256()
    for path in sorted(f for f in site.rglob("*") if f.is_file()):
        total.update(f"{path.relative_to(site)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def _build(root: Path, jobs: int | None = None) -> tuple[float, float]:
    return _run(root, "build", "--date", DATE, *(("--jobs", str(jobs)) if jobs else ()))


def _run(root: Path, command: str, *options: str) -> tuple[float, float]:
    """Seconds and megabytes of one run."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "site_builder", command, "-f", str(root / "mkdocs.yml"), *options],
        stdout=subprocess.DEVNULL,
    )
    megabytes = wait_for(process)
    if process.returncode != 0:
        sys.exit(f"site-builder {command} failed")
    return time.perf_counter() - started, megabytes


if __name__ == "__main__":
    main()
