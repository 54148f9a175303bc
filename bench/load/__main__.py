"""What builds cost where one thing is there far too often: `python -m bench.load [SCENARIO …] [--scale 0.1]`.

Prints a row for each scenario: processor seconds and megabytes of a build from nothing and of a check, files, the
heaviest page and the heaviest other file, and the lines that the build prints. `--scale 0.1` makes a tenth of each,
`--scale 2.5` more; `--program FOLDER` measures the program of another checkout.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bench.load.scenarios import SCENARIOS, write_site
from bench.process import wait_for

DATE: Final = "2026-06-01"
PAGE_BYTES: Final = 200_000
"""No page may be heavier."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one scenario costs."""

    scenario: str
    size: int
    build_seconds: float
    build_megabytes: float
    check_seconds: float
    check_megabytes: float
    exit_code: int
    files: int
    heaviest_page: str
    page_bytes: int
    heaviest_file: str
    file_bytes: int
    lines: int
    """Printed by the build."""
    printed_bytes: int


def main() -> None:
    """Print the table; write it as JSON too if a file is named."""
    parser = argparse.ArgumentParser(description="What builds cost where one thing is there far too often.")
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=f"some of: {', '.join(SCENARIOS)}")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--program", type=Path, default=Path(__file__).parents[2])
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    unknown = set(given.scenarios) - set(SCENARIOS)
    if unknown:
        parser.error(f"no scenario is called {', '.join(sorted(unknown))}")
    _print_row("scenario", "size", "build s", "MB", "check s", "MB", "files", "page kB", "file kB", "lines", "exit")
    found: list[Cost] = []
    for name in given.scenarios or SCENARIOS:
        size = max(10, round(SCENARIOS[name].size * given.scale))
        cost = _measure(name, size, given.jobs, given.program)
        found.append(cost)
        _print_row(
            *(name, f"{size:,}", f"{cost.build_seconds:.1f}", f"{cost.build_megabytes:.0f}"),
            *(f"{cost.check_seconds:.1f}", f"{cost.check_megabytes:.0f}", f"{cost.files:,}"),
            *(f"{cost.page_bytes / 1000:,.0f}", f"{cost.file_bytes / 1000:,.0f}", f"{cost.lines:,}"),
            *(str(cost.exit_code), f"{cost.heaviest_page}  {cost.heaviest_file}"),
        )
    if given.json:
        given.json.write_text(json.dumps([asdict(cost) for cost in found], indent=1) + "\n", encoding="utf-8")


def _print_row(*cells: str) -> None:
    widths = (-14, 10, 9, 7, 9, 7, 9, 9, 9, 8, 5)
    shown = (f"{c:<{-w}}" if w < 0 else f"{c:>{w}}" for c, w in zip(cells, widths, strict=False))
    print("".join(shown), *cells[len(widths) :], flush=True)


def _measure(name: str, size: int, jobs: int, program: Path) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_site(root, name, size)
        check_seconds, check_megabytes, _, _ = _run(root, program, "check")
        build_seconds, build_megabytes, exit_code, printed = _run(root, program, "build", "--jobs", str(jobs))
        sizes = {
            f.relative_to(root / "site").as_posix(): f.stat().st_size for f in (root / "site").rglob("*") if f.is_file()
        }
    pages = {path: size for path, size in sizes.items() if path.endswith(".html")}
    others = {path: size for path, size in sizes.items() if path not in pages}
    page, page_bytes = max(pages.items(), key=lambda p: p[1], default=("", 0))
    file, file_bytes = max(others.items(), key=lambda p: p[1], default=("", 0))
    return Cost(
        name, size, build_seconds, build_megabytes, check_seconds, check_megabytes, exit_code, len(sizes),
        page, page_bytes, file, file_bytes, printed.count("\n"), len(printed.encode()),
    )  # fmt: skip


def _run(root: Path, program: Path, command: str, *options: str) -> tuple[float, float, int, str]:
    """Processor seconds, megabytes and exit code of one run, and all that it printed."""
    printed = root / "printed.txt"
    with printed.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "site_builder", command, "-f", str(root / "mkdocs.yml"), "--date", DATE, *options],
            cwd=program,  # Python looks there first
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        cost = wait_for(process)
    return (
        cost.cpu_seconds,
        cost.peak_megabytes,
        process.returncode,
        printed.read_text(encoding="utf-8", errors="replace"),
    )


if __name__ == "__main__":
    main()
