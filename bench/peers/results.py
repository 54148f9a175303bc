"""What a comparison found, as data: seconds and megabytes of every run, medians, and how they are kept as JSON."""

import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec

from bench.process import Run

Scenario = Literal["cold", "unchanged", "edit", "ci"]
SCENARIOS: Final[tuple[Scenario, ...]] = ("cold", "unchanged", "edit", "ci")
"""From nothing; again, with nothing changed; after one line was added to an article; with the cache but without the
site, as where CI restores what the last run left."""
TITLES: Final[dict[Scenario, str]] = {"cold": "cold", "unchanged": "unchanged", "edit": "one edit", "ci": "CI"}


class Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one program needed for one corpus."""

    key: str
    name: str
    version: str
    shows: str
    runs: dict[Scenario, tuple[Run, ...]]
    """Every run, in order. Without `ci` where nothing is kept: that is the cold build."""
    files: int
    megabytes: float
    files_for_article: int
    """Files with the name of one article in their address."""
    article_gzip_bytes: int
    """HTML of an article's page, on average."""
    same_bytes: bool | None
    """Whether incremental builds gave the bytes of a clean one; None where that was not compared."""

    def wall(self, scenario: Scenario) -> float | None:
        """Median of the seconds that passed."""
        return self._median(scenario, lambda run: run.wall_seconds)

    def cpu(self, scenario: Scenario) -> float | None:
        """Median of the seconds of CPU, of all processes."""
        return self._median(scenario, lambda run: run.cpu_seconds)

    def peak(self, scenario: Scenario) -> float | None:
        """Median of the most megabytes held at once, by all processes."""
        return self._median(scenario, lambda run: run.peak_megabytes)

    def _median(self, scenario: Scenario, number: Callable[[Run], float]) -> float | None:
        runs = self.runs.get(scenario)
        return statistics.median(number(run) for run in runs) if runs else None


class Comparison(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All programs on a corpus of one size."""

    articles: int
    rounds: int
    results: tuple[Result, ...]
    links: str = ""
    """What comparing the links of Hugo's pages with ours found."""


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `bench/results/` keeps: comparisons, and on what they were made."""

    day: str
    machine: str
    """Cores, memory and system; no name."""
    note: str
    """What a reader must know of this run."""
    comparisons: tuple[Comparison, ...]


def base_of(results: Sequence[Result], keys: Sequence[str]) -> Result | None:
    """The result that ratios are to: of the first of these keys that was measured."""
    return next((result for key in keys for result in results if result.key == key), None)


def ratio(result: Result, base: Result, scenario: Scenario) -> float | None:
    """Wall time in times of the base's; of its cold build where the base keeps nothing."""
    own = result.wall(scenario)
    other = base.wall(scenario) or base.wall("cold")
    return own / other if own is not None and other else None


def write(record: Record, path: Path) -> None:
    """As JSON with one value per line, so that two runs can be compared."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(_rounded(record)), indent=1) + b"\n")


def read(path: Path) -> Record:
    """A record that `write` wrote."""
    return msgspec.json.decode(path.read_bytes(), type=Record)


def _rounded(record: Record) -> Record:
    """Milliseconds and tenths of megabytes: the rest is noise."""

    def run(value: Run) -> Run:
        return Run(round(value.wall_seconds, 3), round(value.cpu_seconds, 3), round(value.peak_megabytes, 1))

    return msgspec.structs.replace(
        record,
        comparisons=tuple(
            msgspec.structs.replace(
                comparison,
                results=tuple(
                    msgspec.structs.replace(
                        result, runs={name: tuple(run(value) for value in runs) for name, runs in result.runs.items()}
                    )
                    for result in comparison.results
                ),
            )
            for comparison in record.comparisons
        ),
    )
