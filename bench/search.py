"""The search of built sites in Chromium: `python -m bench.search SITE… [--queries N] [--made-up N,N]`.

Three kinds of queries ask for articles that are known to be there: two words of a title, three words of a sentence, a
word of a title with two neighbouring letters swapped. The figures: how often the article came first and among the
first five, bytes that a reader's first query asks for (gzip, as hosts send it; with what ten results show, without
the page itself), milliseconds from the query to ten results. Each query starts with an empty cache.

Then the wait of a reader who types on an article's page, from the first key to the first result, in milliseconds, with
the number of files that are fetched once the search is opened, of those that are fetched one after another, and their
bytes; a word of a title, and the same with two letters swapped. Without SITE the demonstration is built, and a Material
site of the same texts beside it; `--made-up 1000,10000` adds search indexes of so many made-up articles.
`--pagefind` puts Pagefind's command beside it, on a copy of the site's pages
of articles, topics and entities, through its JavaScript API and without its interface.
"""

import argparse
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, Request, sync_playwright

from bench.search_corpus import make_search_site
from bench.serving import serve
from bench.wait import MATERIAL_BOX, SITE_BUILDER_BOX, Box, make_material_site, measure_wait, wait_row

SEED: Final = 20260601
WORD: Final = re.compile(r"[^\W\d_]{4,}")
SWAPPED_LETTERS: Final = 6
"""The fewest letters of a word that gets a swap."""
QUICK: Final = 5
SHOWN: Final = 10
ROOT: Final = Path(__file__).parents[1]
WAITED_FOR: Final = ("privacy", "priavcy")
KINDS: Final = ("title", "sentence", "swapped")
COMMANDS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

Query = tuple[str, str]
"""What is typed, and the address of the article that it asks for."""

_OURS: Final = """async ([folder, text]) => {
  const form = document.getElementById('sb-search'), list = document.querySelector('.sb-found')
  const status = document.querySelector('[role=status]')
  const started = performance.now()
  await new Promise((done) => {
    new MutationObserver(done).observe(status, {childList: true, characterData: true, subtree: true})
    form.elements.q.value = text
    form.requestSubmit()
  })
  while (list.ariaBusy == 'true') await new Promise(requestAnimationFrame)
  return [performance.now() - started, [...list.querySelectorAll('a')].map((link) => link.href)]
}"""

_PAGEFIND: Final = """async ([folder, text]) => {
  const pagefind = await import(`${folder}pagefind/pagefind.js`)
  await pagefind.init()
  const started = performance.now()
  const {results} = await pagefind.search(text)
  const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()))
  return [performance.now() - started, shown.map(({url}) => new URL(url, folder).href)]
}"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one query."""

    place: int | None
    """Of the article among the results, from 0."""
    bytes: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Engine:
    """A search to ask."""

    name: str
    script: str
    """JavaScript: folder of the site and words -> milliseconds, addresses of the results."""
    mine: re.Pattern[str]
    """Addresses of its files, below the site."""


SITE_BUILDER: Final = Engine("site_builder", _OURS, re.compile(r"search/.+|assets/search\..*|.*index\.md"))
PAGEFIND: Final = Engine("Pagefind", _PAGEFIND, re.compile(r"pagefind/.*"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table a site."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("sites", nargs="*", type=Path, help="folders of built sites; without any, the demonstration")
    parser.add_argument("--queries", type=int, default=30, help="of each kind (30)")
    parser.add_argument(
        "--made-up", default="", metavar="N,N", help="measure the wait with so many made-up articles, too"
    )
    parser.add_argument("--rounds", type=int, default=7, help="of each word that is waited for (7)")
    parser.add_argument("--pagefind", metavar="COMMAND", help="Pagefind's command, to compare with")
    given = parser.parse_args(arguments)
    command = next(filter(None, map(shutil.which, COMMANDS)), None)
    if command is None:
        sys.exit("There is no Chromium here: on Debian and Ubuntu, apt-get install chromium.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        sites = given.sites or [_demonstration(Path(folder))]
        browser = driver.chromium.launch(executable_path=command, args=["--no-sandbox", "--disable-gpu"])
        for number, site in enumerate(sites):
            articles = read_articles(site)
            print(f"{site.name}: {len(articles):,} articles")
            print(f"{'':14}{'queries':10}{'first':>7}{'in five':>9}{'median kB':>11}{'most kB':>9}{'median ms':>11}")
            _table(browser, SITE_BUILDER, site, articles, given.queries)
            if given.pagefind:
                copy = Path(folder) / f"pagefind-{number}"
                _index_with_pagefind(given.pagefind, site, copy)
                _table(browser, PAGEFIND, copy, articles, given.queries)
        print(f"\n{'':22}{'word':12}{'ms':>6}{'files':>7}{'in a row':>10}{'kB':>6}")
        for site in sites:
            _waits(browser, SITE_BUILDER_BOX, site.name, site, read_articles(site)[0][0], given.rounds)
        if not given.sites:
            page = read_articles(sites[0])[0][0]
            material = make_material_site(ROOT, Path(folder) / "material")
            _waits(browser, MATERIAL_BOX, "Material", material, page, given.rounds)
            for count in map(int, filter(None, given.made_up.split(","))):
                made_up = Path(folder) / f"made-up-{count}"
                make_search_site(sites[0], ROOT / "content", made_up, count)
                _waits(browser, SITE_BUILDER_BOX, f"{count:,} made-up articles", made_up, page, given.rounds)
        browser.close()


def _waits(browser: Browser, box: Box, name: str, site: Path, page: str, rounds: int) -> None:
    """Rows for a word and for the same word mistyped."""
    with serve(site) as folder:
        for word in WAITED_FOR:
            waits = [measure_wait(browser, box, folder + page, word) for _ in range(rounds)]
            print(f"{name:22}{word:12}{wait_row(waits)}", flush=True)


def read_articles(site: Path) -> list[tuple[str, str, str]]:
    """Address below the root, title and text of each article in English that a built site has."""
    out = []
    parts = json.loads((site / "api/index.json").read_text(encoding="utf-8"))["articles"]["parts"]
    for number in range(1, parts + 1):
        items = json.loads((site / f"api/articles/{number}.json").read_text(encoding="utf-8"))["items"]
        for item in items:
            text = (site / item["markdown"].removeprefix("/")).read_text(encoding="utf-8")
            out.append((item["url"].removeprefix("/"), item["title"], text))
    return out


def make_queries(kind: str, articles: Sequence[tuple[str, str, str]], count: int) -> list[Query]:
    """Queries of a kind, the same each time."""
    random_ = random.Random(f"{SEED} {kind}")
    out: list[Query] = []
    for url, title, text in random_.sample(articles, len(articles)):
        if (query := _query(kind, title, text, random_)) is not None:
            out.append((query, url))
        if len(out) == count:
            break
    return out


def _query(kind: str, title: str, text: str, random_: random.Random) -> str | None:
    of_title = list(dict.fromkeys(WORD.findall(title)))
    if kind == "title":
        return " ".join(random_.sample(of_title, 2)) if len(of_title) > 1 else None
    if kind == "sentence":
        lines = [line for line in text.split("\n") if not line.startswith(("#", "- ", "|", ">")) and "](" not in line]
        sentences = [found for line in lines for part in line.split(". ") if len(found := WORD.findall(part)) >= SHOWN]
        return " ".join(random_.sample(random_.choice(sentences), 3)) if sentences else None
    long = [word for word in of_title if len(word) >= SWAPPED_LETTERS]
    if not long:
        return None
    word: str = random_.choice(long)
    places = [at for at in range(1, len(word) - 1) if word[at].lower() != word[at + 1].lower()]
    at = random_.choice(places or [0])
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _table(browser: Browser, engine: Engine, site: Path, articles: Sequence[tuple[str, str, str]], count: int) -> None:
    with serve(site) as folder:
        for kind in KINDS:
            answers = [_ask(browser, engine, folder, query) for query in make_queries(kind, articles, count)]
            print(f"{engine.name:14}{kind:10}{row(answers)}", flush=True)


def row(answers: Sequence[Answer]) -> str:
    """The figures of a table's row."""
    if not answers:
        return "no query"
    places = [SHOWN if answer.place is None else answer.place for answer in answers]
    first, quick = (statistics.mean(place < end for place in places) for end in (1, QUICK))
    sizes = [answer.bytes / 1000 for answer in answers]
    times = statistics.median(answer.milliseconds for answer in answers)
    return f"{first:7.2f}{quick:9.2f}{statistics.median(sizes):11.0f}{max(sizes):9.0f}{times:11.0f}"


def _ask(browser: Browser, engine: Engine, folder: str, query: Query) -> Answer:
    text, wanted = query
    context = browser.new_context(bypass_csp=True)
    page: Page = context.new_page()
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 (Playwright writes on it)
    page.goto(f"{folder}search/", wait_until="networkidle")
    milliseconds, found = page.evaluate(engine.script, [folder, text])
    page.wait_for_load_state("networkidle")
    size = 0
    for request in finished:
        if engine.mine.fullmatch(request.url.removeprefix(folder)):
            size += request.sizes()["responseBodySize"]
    context.close()
    place = found.index(folder + wanted) if folder + wanted in found else None
    return Answer(place, size, milliseconds)


def _demonstration(folder: Path) -> Path:
    site = folder / "demonstration"
    command = [sys.executable, "-m", "site_builder", "build", "-f", str(ROOT / "mkdocs.yml"), "--out", str(site)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return site


def _index_with_pagefind(command: str, site: Path, copy: Path) -> None:
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("*.png"))
    run = [command, "--site", str(copy), "--root-selector", "main", "--glob", "{articles,topics,entities}/*/index.html"]
    started = time.perf_counter()
    subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
    print(f"{'Pagefind':14}made its index in {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
