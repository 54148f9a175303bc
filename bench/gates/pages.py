"""What a browser makes of a sample of pages: bytes, barriers, complaints, edges, focus, words without scripts."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from statistics import median
from typing import Final, Literal

from playwright.sync_api import Browser, Page

from bench.gates.gate import Gate, at_least, at_most, none_of
from tests.helpers.barriers import violations
from tests.helpers.browser import Browsing
from tests.helpers.links import Tree

WIDTHS: Final = (360, 1280)
NARROWEST: Final = 320
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
KINDS_OF_FILE: Final = {"document": "HTML", "stylesheet": "CSS", "script": "JS", "font": "fonts"}
STOPS: Final = 60
"""How often Tab is pressed on a page."""
EXTENT: Final = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
FOCUS: Final = """() => {
    const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect()
    if (e === document.body) return null
    const shows = (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none"
    const inSight = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
    return [`${e.tagName} ${e.textContent.trim().slice(0, 40)}`, shows && inSight]
}"""
READING: Final = """() => {
    const out = {sizes: [], heights: [], lines: []}
    for (const p of document.querySelectorAll("main .sb-body > p")) {
        const style = getComputedStyle(p)
        out.sizes.push(parseFloat(style.fontSize))
        out.heights.push(parseFloat(style.lineHeight) / parseFloat(style.fontSize))
        if (/[^\\u0000-\\u024f\\u2000-\\u206f]/.test(p.textContent) || p.querySelector("code, img, br")) continue
        const tops = new Map(), range = document.createRange()
        const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT)
        while (walker.nextNode()) for (let i = 0; i < walker.currentNode.length; i++) {
            range.setStart(walker.currentNode, i); range.setEnd(walker.currentNode, i + 1)
            const box = range.getClientRects()[0]
            if (box) tops.set(Math.round(box.bottom), (tops.get(Math.round(box.bottom)) ?? 0) + 1)
        }
        out.lines.push(...[...tops].sort((a, b) => a[0] - b[0]).map(([, n]) => n).slice(0, -1))
    }
    return out
}"""


@dataclass
class Found:
    """What was seen on all pages so far."""

    bytes: dict[str, list[int]] = field(default_factory=dict)
    """Kind of file -> bytes of each page."""
    requests: list[int] = field(default_factory=list)
    axe: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    overflow: list[str] = field(default_factory=list)
    focus: list[str] = field(default_factory=list)
    words: dict[str, float] = field(default_factory=dict)
    """Page -> share of its words that stand there without scripts."""
    sizes: list[float] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def look(browser: Browser, base: str, tree: Tree, sample: Mapping[str, Sequence[str]]) -> Iterator[Gate]:
    """All gates of the pages; axe runs on the first page of each kind only, at both widths in both colours."""
    found = Found()
    for kind, paths in sample.items():
        for number, path in enumerate(paths):
            address = tree.address(path).removeprefix(tree.site_url)
            _visit(browser, base, address, found, with_axe=number == 0, is_article=kind == "articles/…")
    pages = len(found.requests)
    yield none_of(f"axe, {len(sample)} kinds, two widths, two schemes", found.axe)
    yield none_of(f"complaints and foreign requests, {pages} pages", found.faults)
    yield none_of(f"overflow at {NARROWEST} px", found.overflow)
    yield none_of("focus that does not show", found.focus)
    for name, bar in (("HTML", 8), ("CSS", 12), ("JS", 12), ("all", 60)):
        sizes = found.bytes.get(name, [0])
        yield at_most(f"{name}, median (most {max(sizes) / 1000:.1f})", median(sizes) / 1000, bar, " kB")
    yield at_most("requests", max(found.requests), 8)
    few = [f"{path}: {share:.0%}" for path, share in found.words.items() if share < 0.95]
    yield at_least("words without scripts", min(found.words.values()), 0.95, "", few)
    if found.lines:
        yield at_least("size of text", min(found.sizes), 17, " px")
        yield at_least("line height, least", min(found.heights), 1.45)
        yield at_most("line height, most", max(found.heights), 1.75)
        yield at_least("characters a line, mean", sum(found.lines) / len(found.lines), 55)
        yield at_most("characters a line, 95 of 100 lines", sorted(found.lines)[len(found.lines) * 95 // 100], 80)


def _visit(browser: Browser, base: str, address: str, found: Found, *, with_axe: bool, is_article: bool) -> None:
    reader = Browsing(browser, base)
    try:
        page = reader.open(address, reduced_motion="reduce")
        page.wait_for_load_state("networkidle")
        _weigh(reader, found)
        words = _words(page)
        if is_article:
            reading = page.evaluate(READING)
            found.sizes += reading["sizes"]
            found.heights += reading["heights"]
            found.lines += reading["lines"]
        found.focus += [f"{address}: {text}" for text in _unseen_focus(page)]
        if with_axe:
            for width, scheme in product(WIDTHS, SCHEMES):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                found.axe += [f"{address}: {width} {scheme}: {text}" for text in violations(page)]
        page.set_viewport_size({"width": NARROWEST, "height": 900})
        wide, width = page.evaluate(EXTENT)
        if wide > width:
            found.overflow.append(f"{address}: {wide} px")
        quiet = reader.open(address, java_script_enabled=False)
        found.words[address] = (words & _words(quiet)).total() / max(words.total(), 1)
        found.faults += [f"{address}: {fault}" for fault in reader.faults if address != "404.html"]
    finally:
        reader.close()


def _weigh(reader: Browsing, found: Found) -> None:
    found.requests.append(len(reader.finished))
    taken: Counter[str] = Counter()
    for request in reader.finished:
        sizes = request.sizes()
        taken[KINDS_OF_FILE.get(request.resource_type, "other")] += sizes["responseBodySize"]
        taken["all"] += sizes["responseBodySize"]
    for name in ("HTML", "CSS", "JS", "fonts", "other", "all"):
        found.bytes.setdefault(name, []).append(taken[name])


def _words(page: Page) -> Counter[str]:
    return Counter(re.findall(r"\w+", page.locator("body").inner_text()))


def _unseen_focus(page: Page) -> Iterator[str]:
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUS)
        if now is None:
            return
        if not now[1]:
            yield now[0]
