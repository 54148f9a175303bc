"""Time and memory of builds at several sizes: `python -m bench [SIZE …]`, by default 1,000 and 10,000 articles.

Every build is a process of its own, as an operator runs it; memory is the largest sum of the resident sets of that
process and its workers, sampled. Quote ratios, not seconds: machines differ.
"""

import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Final

from bench.synthetic import make_site

SAMPLE_SECONDS: Final = 0.05
WIDTHS: Final = (9, 9, 9, 9, 8, 9, 7, 13)


def main() -> None:
    """Print a row a size, and what the rows say together."""
    sizes = [int(a) for a in sys.argv[1:]] or [1_000, 10_000]
    head = ("articles", "files", "clean s", "again s", "edit s", "check s", "MB", "again/clean")
    print("".join(f"{name:>{width}}" for name, width in zip(head, WIDTHS, strict=True)))
    clean: dict[int, float] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            make_site(root, size)
            clean[size], megabytes = _run(root, "build")
            again = min(_run(root, "build")[0] for _ in range(3))
            article = root / "content/articles/article-0.md"
            article.write_text(article.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
            edit, _ = _run(root, "build")
            check, _ = _run(root, "check")
            files = sum(1 for f in (root / "site").rglob("*") if f.is_file())
            ratio = again / clean[size]
            times = (f"{seconds:.2f}" for seconds in (clean[size], again, edit, check))
            row = (f"{size:,}", f"{files:,}", *times, f"{megabytes:.0f}", f"{ratio:.3f}")
            print("".join(f"{cell:>{width}}" for cell, width in zip(row, WIDTHS, strict=True)), flush=True)
    if len(sizes) > 1:
        small, large = min(sizes), max(sizes)
        print(f"{large // small} times the articles take {clean[large] / clean[small]:.1f} times as long")


def _run(root: Path, command: str) -> tuple[float, float]:
    """Seconds and megabytes of one run."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "site_builder", command, "-f", str(root / "mkdocs.yml")], stdout=subprocess.DEVNULL
    )
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peak))
    watcher.start()
    if process.wait() != 0:
        sys.exit(f"site-builder {command} failed")
    seconds = time.perf_counter() - started
    watcher.join()
    return seconds, peak[0]


def _watch(process: "subprocess.Popen[bytes]", peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], _tree_megabytes(process.pid))
        time.sleep(SAMPLE_SECONDS)


def _tree_megabytes(pid: int) -> float:
    """Resident memory of a process and its children (Linux; 0 elsewhere). Pages that they share count once each."""
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


if __name__ == "__main__":
    main()
