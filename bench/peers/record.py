"""Where the results of a comparison go: JSON and SVG, and with `--record` those that `docs/performance.md` shows."""

import datetime as dt
import os
import platform
import re
from pathlib import Path
from typing import Final

from bench.peers.chart import draw
from bench.peers.environment import ROOT
from bench.peers.programs import BASE, OURS
from bench.peers.results import Comparison, Record, base_of, read, write
from bench.peers.tables import as_markdown

RESULTS: Final = ROOT / "bench/results/peers.json"
PAGE: Final = ROOT / "docs/performance.md"
CHART: Final = ROOT / "docs/performance.svg"
SCRATCH: Final = ROOT / ".cache/bench"
"""Where results go that are not recorded."""
_TABLES: Final = re.compile(r"(<!-- tables: .*? -->\n).*?(?=<!-- end of tables -->)", re.DOTALL)


def record_of(comparisons: tuple[Comparison, ...], note: str) -> Record:
    """What is kept of a run: the day and the kind of machine, but no name."""
    return Record(today(), machine(), note, comparisons)


def keep(record: Record, *, is_recorded: bool) -> list[Path]:
    """Write JSON and SVG, and the tables of the page if it is to show them. Gives the files written."""
    json, svg = (RESULTS, CHART) if is_recorded else (SCRATCH / "peers.json", SCRATCH / "peers.svg")
    write(record, json)
    drawing = chart_of(read(json))
    if drawing:
        svg.write_text(drawing, encoding="utf-8")
    if not is_recorded:
        return [json, *([svg] if drawing else [])]
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), read(json)), encoding="utf-8")
    return [json, svg, PAGE]


def chart_of(record: Record) -> str | None:
    """The chart of the largest corpus, if anything was measured there."""
    if not record.comparisons:
        return None
    comparison = max(record.comparisons, key=lambda one: one.articles)
    base = base_of(comparison.results, BASE)
    return draw(comparison, base, frozenset(own.key for own in OURS)) if base else None


def with_tables(page: str, record: Record) -> str:
    """The page with the tables of a record between its two marks."""
    if not _TABLES.search(page):
        raise ValueError("the page has no place for the tables")
    return _TABLES.sub(lambda match: f"{match[1]}\n{as_markdown(record, BASE)}\n", page)


def today() -> str:
    """The day of a measurement."""
    return dt.datetime.now(tz=dt.UTC).date().isoformat()


def machine() -> str:
    """Cores, memory, system and Python, but no name."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    shown = f" and {memory:.0f} GiB of memory" if memory else ""
    return f"{cores} cores{shown}, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
