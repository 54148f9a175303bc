"""How long a reader waits for the first result of a search, in Chromium with an empty cache.

The reader opens an article, opens the search with its key and types a word, one key every 60 milliseconds. The figures:
milliseconds from the first key of the word to the first result that can be seen; how many files were fetched since the
search was opened, how many of them in a row, each asked for after the one before had come; their bytes as hosts send
them (gzip).
"""

import re
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml
from playwright.sync_api import Browser, Page, Request

from bench.peers.corpus import split

KEY_MILLISECONDS: Final = 60
"""Between two keys: 200 letters a minute, with the pauses of someone who thinks taken out."""
SETTLED_MILLISECONDS: Final = 300
PATIENCE_MILLISECONDS: Final = 30_000
_WIKI_LINK: Final = re.compile(r"\[\[([^\]|]+)\|?([^\]]*)\]\]")

_CLOCK: Final = """selector => {
  window.waited = new Promise((done) => {
    let first = 0
    addEventListener("keydown", () => { first ||= performance.now() }, true)
    const look = () => {
      if (first && document.querySelector(selector)?.checkVisibility()) done(performance.now() - first)
      else requestAnimationFrame(look)
    }
    look()
  })
}"""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a program has its search: what is focused when it is open, and what the first result is."""

    name: str
    field: str
    result: str


SITE_BUILDER_BOX: Final = Box("site_builder", "#sb-find input", "#sb-find .sb-found li a")
MATERIAL_BOX: Final = Box("Material", ".md-search__input", ".md-search-result__item a")


@dataclass(frozen=True, slots=True)
class Wait:
    """What came of one word."""

    milliseconds: float
    fetches: int
    in_a_row: int
    """The longest chain of fetches of which each began after another had ended."""
    bytes: int


def measure_wait(browser: Browser, box: Box, address: str, word: str) -> Wait:
    """The wait for the first result of a word that is typed on a page seen for the first time."""
    context = browser.new_context()
    page: Page = context.new_page()
    page.goto(address, wait_until="networkidle")
    page.mouse.move(5, 5)
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 (Playwright writes on it)
    page.keyboard.press("/")
    page.locator(f"{box.field}:focus").wait_for(timeout=PATIENCE_MILLISECONDS)
    page.evaluate(f"selector => {{ ({_CLOCK})(selector) }}", box.result)
    page.keyboard.type(word, delay=KEY_MILLISECONDS)
    milliseconds = page.evaluate("window.waited")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLED_MILLISECONDS)
    timings = [request.timing for request in finished]
    spans = [(timing["startTime"], timing["startTime"] + timing["responseEnd"]) for timing in timings]
    sizes = sum(request.sizes()["responseBodySize"] for request in finished)
    context.close()
    return Wait(milliseconds, len(finished), in_a_row(spans), sizes)


def in_a_row(spans: Sequence[tuple[float, float]]) -> int:
    """The length of the longest chain of spans that do not overlap."""
    count, end = 0, float("-inf")
    for start, stop in sorted(spans, key=lambda span: span[1]):
        if start >= end:
            count, end = count + 1, stop
    return count


def wait_row(waits: Sequence[Wait]) -> str:
    """The medians of a table's row."""
    milliseconds = statistics.median(wait.milliseconds for wait in waits)
    files, chain, size = (
        statistics.median(getattr(wait, name) for wait in waits) for name in ("fetches", "in_a_row", "bytes")
    )
    return f"{milliseconds:6.0f}{files:7.0f}{chain:10.0f}{size / 1000:6.0f}"


def make_material_site(root: Path, folder: Path) -> Path:
    """The Markdown of a site of ours as Material shows it, links left out; gives the built site."""
    for path in sorted(root.glob("content/*/*.md")):
        head, body = split(path.read_text(encoding="utf-8"))
        fields = yaml.safe_load(head)
        title, summary = fields.get("title") or fields.get("name"), fields.get("summary") or ""
        kind = path.parent.name
        to = folder / "docs" / ("" if kind == "pages" else kind) / path.name
        to.parent.mkdir(parents=True, exist_ok=True)
        body = _WIKI_LINK.sub(lambda match: match[2] or match[1], body)
        to.write_text(f"# {title}\n\n{summary}\n\n{body}", encoding="utf-8")
    settings = "site_name: Material\ntheme: {name: material, font: false}\nplugins: [search]\n"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / "site"
