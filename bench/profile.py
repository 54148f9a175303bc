"""What takes how long in a cold build of ours: `python -m bench.profile [--articles N] [--record]`.

A synthetic site with everything switched on is built from nothing twice, in one process: once for the seconds of each
stage (`--timings`), once under cProfile, which slows Python down but not what it calls; so the second table is a share
of the whole. Work in C counts for the part that called it. With --record the tables go to `docs/performance.md`.
"""

import argparse
import pstats
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bench.peers.environment import ROOT
from bench.peers.ours import DATE
from bench.peers.record import PAGE, machine, today
from bench.peers.tables import table
from bench.synthetic import make_site

ROWS: Final = 14
_STAGE: Final = re.compile(r"^(\w[\w ]*?) +([\d.]+) s$", re.MULTILINE)
_PLACE: Final = re.compile(r"(<!-- profile: .*? -->\n).*?(?=<!-- end of profile -->)", re.DOTALL)
_PACKAGE: Final = re.compile(r"/site-packages/([^/.]+)")

Function = tuple[str, int, str]
"""A function as cProfile names it: file, line, name; "~" is the file of what is written in C."""


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--record", action="store_true", help="write the tables into docs/performance.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make_site(Path(folder), options.articles)
        text = f"{options.articles:,} articles. Measured on {today()} on {machine()}.\n\n{profile(Path(folder))}"
    print(text)
    if options.record:
        PAGE.write_text(with_profile(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")


def profile(root: Path) -> str:
    """Both tables for a site."""
    stages = _build(root, [], "--timings", "--out", "timed")
    found = [(name, float(seconds)) for name, seconds in _STAGE.findall(stages)]
    total = sum(seconds for _, seconds in found) or 1.0
    by_stage = [["stage", "seconds", "share"], *([n, f"{s:.2f}", f"{s / total:.0%}"] for n, s in found)]
    shutil.rmtree(root / ".cache")
    _build(root, ["-m", "cProfile", "-o", str(root / "profile")], "--out", "profiled")
    shares = by_part(pstats.Stats(str(root / "profile")).stats)  # type: ignore[attr-defined] # not in the stubs
    whole = sum(shares.values()) or 1.0
    by_share = [["part", "share"], *([name, f"{value / whole:.0%}"] for name, value in list(shares.items())[:ROWS])]
    return f"{table(by_stage)}\n{table(by_share)}"


def by_part(
    stats: dict[Function, tuple[int, int, float, float, dict[Function, tuple[int, int, float, float]]]],
) -> dict[str, float]:
    """Folder of ours, or library -> seconds in its own functions and in the C functions that these call."""
    shares: dict[str, float] = {}
    for (file, _, _), (_, _, own, _, callers) in stats.items():
        if file != "~":
            shares[part_of(file)] = shares.get(part_of(file), 0.0) + own
        for (caller, _, _), (_, _, seconds, _) in callers.items() if file == "~" else ():
            shares[part_of(caller)] = shares.get(part_of(caller), 0.0) + seconds
    return dict(sorted(shares.items(), key=lambda item: -item[1]))


def part_of(file: str) -> str:
    """`site_builder/pages` for a module of ours, the name of a library, `Python: re` for what comes with it."""
    path = Path(file)
    if path.is_relative_to(ROOT / "site_builder"):
        return "/".join(path.relative_to(ROOT).parts[:2])
    if "<template>" in file or path.suffix in {".html", ".xml", ".jinja", ".md"}:
        return "templates"
    if file.startswith(("~", "<")):
        return "Python: built in"
    package = _PACKAGE.search(path.as_posix())
    return package[1] if package else f"Python: {path.parent.name if path.stem.startswith('_') else path.stem}"


def with_profile(page: str, text: str) -> str:
    """The page with these tables between its two marks."""
    if not _PLACE.search(page):
        raise ValueError("the page has no place for the profile")
    return _PLACE.sub(lambda match: f"{match[1]}\n{text}\n", page)


def _build(root: Path, python: Iterable[str], *options: str) -> str:
    command = [sys.executable, *python, "-m", "site_builder", "build", "--jobs", "1", "--date", DATE, *options]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
