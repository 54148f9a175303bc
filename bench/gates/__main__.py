"""`python -m bench.gates SITE… [--lighthouse COMMAND]`: a table a site, and what keeps a bar from being met."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from bench.gates import files, lighthouse, pages, sample, search
from bench.gates.gate import Gate
from bench.serving import serve
from tests.helpers.browser import ARGUMENTS, NO_CHROMIUM, find_chromium
from tests.helpers.links import Tree, parse_page

TOLD: Final = 8
"""Faults that are told of a gate."""
WIDTH: Final = 300
"""Characters that are told of a fault."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables; exit with 1 where a bar is not met."""
    parser = argparse.ArgumentParser(prog="python -m bench.gates", description=str(__doc__))
    parser.add_argument("sites", nargs="+", type=Path, help="folders of built sites that have a site_url")
    parser.add_argument("--per-kind", type=int, default=4, help="pages of each kind that the browser opens (4)")
    parser.add_argument("--lighthouse", metavar="COMMAND", help="Lighthouse's command (npm install lighthouse)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of Lighthouse a page (3)")
    parser.add_argument("--no-files", action="store_true", help="leave out what reads the whole folder")
    given = parser.parse_args(arguments)
    chromium = find_chromium()
    if chromium is None:
        sys.exit(NO_CHROMIUM)
    missed = 0
    for site in given.sites:
        print(f"\n{site}")
        for gate in _measure(site.resolve(), chromium, given):
            missed += not gate.is_met
            print(f"{'ok' if gate.is_met else 'NOT':4}{gate.name:54}{gate.bar:>12}{gate.found:>14}", flush=True)
            for text in () if gate.is_met else gate.where[:TOLD]:
                print(f"      {' '.join(text.split())[:WIDTH]}")
    sys.exit(1 if missed else 0)


def _measure(site: Path, chromium: str, given: argparse.Namespace) -> Iterator[Gate]:
    home = parse_page((site / "index.html").read_text(encoding="utf-8"))
    tree = Tree(site, home.canonical)
    if not given.no_files:
        yield from files.find(tree)
    picked = sample.pick(tree, given.per_kind)
    with serve(site, urlsplit(home.canonical).path) as base:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            yield from pages.look(browser, base, tree, picked)
            yield from search.look(browser, base, tree)
            browser.close()
        if given.lighthouse:
            yield from lighthouse.ask(given.lighthouse, chromium, base, picked, given.rounds)


if __name__ == "__main__":
    main()
