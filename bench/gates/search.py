"""The search as a reader meets it, from the home page: a key, a word, the first result; a typo, nonsense, a link."""

import re
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Final

from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as Late

from bench.gates.gate import Gate, at_least, at_most, none_of
from tests.helpers.browser import Browsing
from tests.helpers.links import Tree

ROUNDS: Final = 5
PATIENCE_MILLISECONDS: Final = 5_000
NONSENSE: Final = "qzxvkqzxw"
FIRST: Final = """async (word) => {
    const box = document.activeElement, window_ = box.closest("dialog") ?? document
    const started = performance.now()
    box.value = word
    box.dispatchEvent(new InputEvent("input", {bubbles: true}))
    while (!window_.querySelector(".sb-found li")) await new Promise(requestAnimationFrame)
    return performance.now() - started
}"""


def look(browser: Browser, base: str, tree: Tree) -> Iterator[Gate]:
    """All gates of the search, with words of the site's own titles."""
    if "search/index.html" not in tree.files:
        return
    common, rare = _words(tree)
    reader = Browsing(browser, base)
    try:
        times, sizes = [], []
        for _ in range(ROUNDS):
            reader.finished.clear()
            page = _open(reader)
            times.append(page.evaluate(FIRST, common))
            page.wait_for_load_state("networkidle")
            sizes.append(sum(request.sizes()["responseBodySize"] for request in reader.finished))
        yield at_most(f"search: first result for {common!r}", median(times), 250, " ms")
        yield at_least("search: results", page.locator("dialog .sb-found li").count(), 5)
        yield at_most("search: bytes, page and all", max(sizes) / 1000, 200, " kB")
        yield none_of("search: faults", [*_faults(reader, common, rare), *reader.faults])
    finally:
        reader.close()


def _words(tree: Tree) -> tuple[str, str]:
    """A word that many titles have, and one of at least seven letters that some have."""
    titles = [page.title for path, page in tree.pages.items() if re.match(r"articles/(?!page/)[^/]+/", path)]
    words = Counter(
        word for title in titles for word in set(re.findall(r"[a-z]{4,}", title.rpartition(" · ")[0].lower()))
    )
    long = [word for word, count in words.most_common() if len(word) >= 7 and count >= 2]
    return words.most_common(1)[0][0], (long or [words.most_common(1)[0][0]])[0]


def _open(reader: Browsing) -> Page:
    page = reader.open("")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.locator("dialog input:focus").wait_for(timeout=PATIENCE_MILLISECONDS)
    return page


def _faults(reader: Browsing, common: str, rare: str) -> Iterator[str]:
    page = _open(reader)
    page.keyboard.type(rare[:2] + rare[3:])
    try:
        page.locator("dialog .sb-found li").first.wait_for(timeout=PATIENCE_MILLISECONDS)
    except Late:
        yield f"nothing for {rare[:2] + rare[3:]!r}, which is {rare!r} without a letter"
    else:
        if not page.locator("dialog [role=status]").inner_text():
            yield "nothing is announced"
        page.keyboard.press("ArrowDown")
        if not page.evaluate("document.activeElement.matches('dialog .sb-found a')"):
            yield "arrow down does not lead to the first result"
    page = reader.open(f"search/?q={NONSENSE}")
    try:
        page.locator("[role=status]", has_text=NONSENSE).wait_for(timeout=PATIENCE_MILLISECONDS)
    except Late:
        yield "an empty result says nothing"
    page = reader.open(f"search/?q={common}")
    try:
        page.locator("main .sb-found li").first.wait_for(timeout=PATIENCE_MILLISECONDS)
    except Late:
        yield "?q= finds nothing"
