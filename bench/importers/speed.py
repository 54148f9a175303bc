"""What an import costs beside the library underneath it: `python -m bench.importers.speed [FILE …] [--runs N]`.

Each figure is CPU time, user and system, of a process of its own; all kinds of runs take turns, round by round, after a
first round that does not count, so that all modules are compiled, as they are once the program is installed. The
baseline starts Python, imports click and trafilatura, and extracts once, with metadata, from the same file. Beside it:
`import FILE --json` and `import FILE --into DIR --dry-run` in an empty folder, and `import FILE --dry-run` in a copy of
the demonstration site. Then all files in one call, for each of them. Compare ratios, not milliseconds.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

PAGES: Final = Path(__file__).with_name("pages")
REPOSITORY: Final = Path(__file__).parents[2]
BASELINE: Final = "trafilatura alone"
_EXTRACT: Final = (
    "import sys, click, trafilatura\ntrafilatura.bare_extraction(open(sys.argv[1], 'rb').read(), with_metadata=True)"
)
_KINDS: Final[Mapping[str, tuple[str, Sequence[str]]]] = {
    "json": ("empty", ("--json",)),
    "draft": ("empty", ("--into", "drafts", "--dry-run")),
    "draft in a site": ("site", ("--dry-run",)),
}
"""Name -> the folder in which it runs, and its options."""


def main() -> None:
    """Print a row for each file, and one for all of them in one call."""
    parser = argparse.ArgumentParser(prog="python -m bench.importers.speed", description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, help="saved pages [default: three of bench/importers/pages]")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--site", type=Path, default=REPOSITORY, help="a site with mkdocs.yml and content/")
    options = parser.parse_args()
    if missing := [str(file) for file in options.files if not file.is_file()]:
        parser.error(f"there is no file {', '.join(missing)}")
    every = [file.resolve() for file in options.files] or sorted(PAGES.glob("html-*.html"))
    with tempfile.TemporaryDirectory() as folder:
        places = _places(Path(folder), options.site)
        print(f"{'ms of CPU':<34} {BASELINE:>18} " + " ".join(f"{name:>22}" for name in _KINDS))
        for file in every if options.files else every[:: max(1, len(every) // 3)][:3]:
            cost = measure(file, places, options.runs)
            base = cost.pop(BASELINE)
            cells = " ".join(f"{ms:>14.0f} ({ms / base:4.2f}x)" for ms in cost.values())
            print(f"{file.name[:24]:<24} {file.stat().st_size / 1000:>6.0f} kB {base:>18.0f} {cells}")
        cells = " ".join(f"{_together(every, *_KINDS[name], places):>22.0f}" for name in _KINDS)
        print(f"{f'each of {len(every)} files in one call':<34} {'':>18} {cells}")


def measure(file: Path, places: Mapping[str, Path], runs: int) -> dict[str, float]:
    """Kind of run -> median milliseconds of CPU."""
    found: dict[str, list[float]] = {}
    for number in range(runs + 1):
        cost = {BASELINE: _cpu((sys.executable, "-c", _EXTRACT, str(file)), places["empty"])}
        cost |= {name: _import([file], place, options, places) for name, (place, options) in _KINDS.items()}
        for name, ms in cost.items() if number else ():
            found.setdefault(name, []).append(ms)
    return {name: statistics.median(values) for name, values in found.items()}


def _together(files: Sequence[Path], place: str, options: Sequence[str], places: Mapping[str, Path]) -> float:
    return _import(files, place, options, places) / len(files)


def _import(files: Sequence[Path], place: str, options: Sequence[str], places: Mapping[str, Path]) -> float:
    command = (sys.executable, "-m", "site_builder", "import", *map(str, files), *options)
    return _cpu(command, places[place])


def _places(folder: Path, site: Path) -> dict[str, Path]:
    """An empty folder, and a copy of a site, whose cache is filled."""
    places = {"empty": folder / "empty", "site": folder / "site"}
    places["empty"].mkdir()
    places["site"].mkdir()
    shutil.copytree(site / "content", places["site"] / "content")
    shutil.copy(site / "mkdocs.yml", places["site"])
    _cpu((sys.executable, "-m", "site_builder", "check"), places["site"])
    return places


def _cpu(command: Sequence[str], folder: Path) -> float:
    """Milliseconds of one run. What it finds wrong with a page is no failure."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    if done.returncode not in {0, 1}:
        sys.exit(f"{' '.join(command[:8])} failed: {done.stderr.decode(errors='replace')[-500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


if __name__ == "__main__":
    main()
