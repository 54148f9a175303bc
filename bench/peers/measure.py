"""One comparison: every program builds the same corpus, in rounds, each in a folder of its own.

Programs take turns within each scenario and the order moves on by one from round to round, so that other work on the
machine, and what the last program left in its memory, meets all of them. Before each run, what the last one wrote is on
the disk.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bench.peers.environment import Environment
from bench.peers.generator import Generator
from bench.peers.hugo import HUGO
from bench.peers.ours import BARE
from bench.peers.programs import OURS
from bench.peers.results import SCENARIOS, Comparison, Result, Scenario
from bench.peers.same_links import compare_links
from bench.process import FailedRunError, Run, run
from bench.sites import digest, files_for_article, files_of, gzip_bytes
from bench.synthetic import make_site

EDITED_SLUG: Final = "article-0"


def compare(
    generators: Sequence[Generator],
    environment: Environment,
    folder: Path,
    articles: int,
    rounds: int,
    say: Callable[[str], None],
) -> Comparison:
    """Measure all programs on a corpus of this many articles. A program that fails is said, and left out."""
    make_site(folder / "corpus", articles)
    taking_part = [_Entry(generator, environment, folder / generator.key) for generator in generators]
    for entry in taking_part:
        entry.generator.write_site(folder / "corpus/content", entry.root)
    for number in range(rounds):
        for scenario in SCENARIOS:
            start = number % max(1, len(taking_part))
            for entry in [*taking_part[start:], *taking_part[:start]]:
                try:
                    entry.measure(scenario, number)
                except (FailedRunError, OSError) as error:
                    say(f"{entry.generator.name} is left out: {error}")
                    taking_part.remove(entry)
                else:
                    say(f"round {number + 1} of {rounds}: {scenario}, {entry.generator.name}: {entry.last(scenario)}")
    results = tuple(entry.result() for entry in taking_part)
    sites = {entry.generator.key: entry.root / entry.generator.site for entry in taking_part}
    is_possible = HUGO.key in sites and BARE.key in sites
    links = str(compare_links(sites[BARE.key], sites[HUGO.key])) if is_possible else ""
    return Comparison(articles, rounds, results, links)


class _Entry:
    """A program that takes part, with what was measured so far."""

    def __init__(self, generator: Generator, environment: Environment, root: Path) -> None:
        self.generator = generator
        self.root = root
        self._environment = environment
        self._runs: dict[Scenario, list[Run]] = {}
        self._incremental: str | None = None
        """Digest of the last site that was built with a cache; the next clean build is of the same content."""
        self._same: bool | None = None

    def last(self, scenario: Scenario) -> str:
        runs = self._runs.get(scenario)
        return f"{runs[-1].wall_seconds:.2f} s" if runs else "keeps nothing, so as cold"

    def measure(self, scenario: Scenario, number: int) -> None:
        """Bring its folder into the state of a scenario, and build."""
        if scenario == "ci" and not self.generator.caches:
            return
        if scenario == "cold":
            self.generator.clean(self.root)
        elif scenario == "edit":
            with (self.root / self.generator.edited).open("a", encoding="utf-8") as file:
                file.write(f"\nOne more line in round {number + 1}.\n")
        elif scenario == "ci":
            self.generator.clean_site(self.root)
        if hasattr(os, "sync"):
            os.sync()
        command = self.generator.command(self._environment)
        self._runs.setdefault(scenario, []).append(run(command, self.root, self.generator.variables))
        if self.generator in OURS:
            self._check_bytes(scenario)

    def _check_bytes(self, scenario: Scenario) -> None:
        if scenario == "unchanged":
            return
        now = digest(self.root / self.generator.site)
        if scenario != "edit" and self._incremental is not None:
            self._same = self._same is not False and now == self._incremental
        self._incremental = now

    def result(self) -> Result:
        site = self.root / self.generator.site
        files = files_of(site)
        version = self._environment.versions([self.generator.requirement]) if self.generator.requirement else {}
        return Result(
            key=self.generator.key,
            name=self.generator.name,
            version=version.get(self.generator.requirement, ""),
            shows=self.generator.shows,
            runs={scenario: tuple(runs) for scenario, runs in self._runs.items()},
            files=len(files),
            megabytes=round(sum(file.stat().st_size for file in files) / 1e6, 1),
            files_for_article=files_for_article(site, EDITED_SLUG),
            article_gzip_bytes=gzip_bytes(sorted(site.glob(self.generator.articles))),
            same_bytes=self._same,
        )
