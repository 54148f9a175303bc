"""What commands cost after one edit: `python -m bench.commands [--against FOLDER] [--articles N] [--rounds N]`.

A synthetic site is built once. Then, round by round, an article gets one more line before each command, so that every
command finds a warm cache and one change: `check`, `render` of the page of that article, `mv --dry-run`, and `build`.
Printed is the median CPU time (user and system, with all processes that a command starts), and its ratio to `build`.

`--against` names another checkout of the program with a `.venv` of its own: the `build` of that checkout is then
measured in the same rounds, on a site of its own, and the ratios are to that. Compare ratios, not seconds.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.synthetic import make_site

DATE: Final = "2026-01-01"
EDITED: Final = "content/articles/article-5.md"
COMMANDS: Final = {
    "check": ("check",),
    "render": ("render", "/articles/article-5/"),
    "mv": ("mv", "article-7", "article-seven", "--dry-run"),
    "build": ("build",),
}
OTHER_BUILD: Final = "build of the other"


def main() -> None:
    """Print a row for each command."""
    parser = argparse.ArgumentParser(prog="python -m bench.commands", description=__doc__.partition("\n")[0])
    parser.add_argument("--against", type=Path, help="another checkout, whose build the ratios are to")
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seconds = measure(Path(folder), options.articles, options.rounds, options.against)
    base = seconds[OTHER_BUILD if options.against else "build"]
    for name, value in seconds.items():
        print(f"{name:<20} {value:6.2f} s CPU  {value / base:5.2f} x")


def measure(folder: Path, articles: int, rounds: int, against: Path | None = None) -> dict[str, float]:
    """Command -> median seconds of CPU."""
    ours, theirs = folder / "ours", folder / "theirs"
    runs: dict[str, list[float]] = {}
    make_site(ours, articles)
    _cpu([sys.executable], ours, ("build",))
    if against:
        make_site(theirs, articles)
        _cpu([str(against / ".venv/bin/python")], theirs, ("build",))
    for number in range(rounds):
        if against:
            _edit(theirs, number, OTHER_BUILD)
            runs.setdefault(OTHER_BUILD, []).append(_cpu([str(against / ".venv/bin/python")], theirs, ("build",)))
        for name, arguments in COMMANDS.items():
            _edit(ours, number, name)
            runs.setdefault(name, []).append(_cpu([sys.executable], ours, arguments))
    return {name: statistics.median(values) for name, values in runs.items()}


def _edit(root: Path, number: int, name: str) -> None:
    with (root / EDITED).open("a", encoding="utf-8") as file:
        file.write(f"\nOne more line, for {name} in round {number}.\n")


def _cpu(python: Sequence[str], root: Path, arguments: Sequence[str]) -> float:
    """User and system seconds of one run, with those of its child processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [*python, "-m", "site_builder", arguments[0], *arguments[1:], "--date", DATE]
    done = subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed: {done.stderr.decode()[-500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
