"""What holds on every page type: no barrier, no complaint, nothing from elsewhere, nothing beyond the edge."""

from itertools import product
from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.helpers.barriers import OPTIONS, audit, violations
from tests.helpers.browser import KINDS, Browsing, serve
from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.site import article, topic, write_site
from tests.helpers.sites import MOVED, MOVED_TO

pytestmark = pytest.mark.browser

WIDTHS: Final = (360, 1280)
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
NARROWEST: Final = 320
"""WCAG's 1.4.10: 1280 pixels at 400 %."""
AUDITS: Final[tuple[tuple[int, Literal["light", "dark"]], ...]] = ((360, "light"), (1280, "dark"))
ALL_AUDITS: Final = tuple(product(WIDTHS, SCHEMES))
"""For a few types only. Axe takes its time, and the two above show all colours and both layouts."""


def overflowing(page: Page) -> list[str]:
    """The elements that stick out at either side, where the page can be scrolled to them."""
    found: list[str] = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth
            if (document.documentElement.scrollWidth <= width && document.body.scrollWidth <= width) return []
            const out = [...document.querySelectorAll("body *")].filter(e => {
                const box = e.getBoundingClientRect()
                return box.width && (box.right > width + .5 || box.left < -.5)
            })
            return ["the page itself", ...out.map(e => `${e.tagName} ${e.className}: ${e.textContent.slice(0, 60)}`)]
        }"""
    )
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_no_barriers(browsing: Browsing, kind: str):
    page = browsing.look(KINDS[kind])
    audits = ALL_AUDITS if kind in {"home", "topic", "article"} else AUDITS
    if kind == "redirect":  # its ground is the browser's own, which axe takes for white in the dark too
        audits = tuple((width, "light") for width in WIDTHS)
    for width, scheme in audits:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], (width, scheme)


@pytest.mark.parametrize("kind", KINDS)
def test_page_loads_in_peace_and_fits(browsing: Browsing, kind: str):
    """No message, no failed or foreign request, and no need to scroll sideways."""
    for scheme in SCHEMES:
        page = browsing.look(KINDS[kind], color_scheme=scheme)
        for width in (*WIDTHS, NARROWEST):
            page.set_viewport_size({"width": width, "height": 900})
            assert overflowing(page) == [], (width, scheme)
        assert browsing.path(page) == KINDS[kind]
    assert browsing.faults == []


def test_redirect_leads_on(browsing: Browsing):
    page = browsing.open("")
    page.goto(browsing.base + MOVED, wait_until="commit")  # it may be gone before it is loaded
    page.wait_for_url(browsing.base + MOVED_TO)
    assert page.get_by_role("main").is_visible()


def test_every_rule_that_was_asked_for_runs(browsing: Browsing):
    """A tag that axe does not know would be passed over in silence."""
    results = audit(browsing.look(KINDS["article"]), OPTIONS)
    ran = {rule["id"] for group in ("passes", "incomplete", "inapplicable", "violations") for rule in results[group]}
    assert ran >= {"color-contrast", "target-size", "region", "meta-refresh", "link-in-text-block"}


def test_faults_are_seen(browsing: Browsing):
    page = browsing.open(KINDS["article"])
    page.evaluate(
        """() => {
            document.body.insertAdjacentHTML("beforeend", "<img src=/elsewhere.png><div style=color:red>x</div>")
            document.body.lastElementChild.style.width = "2000px"
            console.warn("a warning")
        }"""
    )
    page.wait_for_load_state("networkidle")
    assert {fault.partition(":")[0] for fault in browsing.faults} == {"console", "leaves the site", "404"}
    assert any("Content Security Policy" in fault for fault in browsing.faults), "the style in the page is refused"
    assert overflowing(page) != []
    assert {text.partition(":")[0] for text in violations(page)} == {"image-alt", "region"}


def test_long_words_stay_on_a_narrow_screen(browser: Browser, tmp_path: Path):
    """In titles, reasons, links and tables: names of functions and addresses know no space."""
    word = "wallet_addEthereumChainWithAllItsParameters" * 2
    common = {"summary": word, "topics": ["t"], "source": {"name": word}, "similar": [{"to": "b", "why": word}]}
    root = write_site(
        tmp_path / "long",
        {
            "content/articles/a.md": article(
                f"`{word}`", f"{word} [[b]]\n\n| a | b |\n|---|---|\n| {word} | 1 |\n", **common
            ),
            "content/articles/b.md": article(word, f"## {word}\n\n## {word}2\n\n    {word}\n\n[[a]]\n", topics=["t"]),
            "content/topics/t.md": topic(word),
        },
    )
    build(root, site_dir=root / "built", site_url="https://example.org/x/y/")
    with serve(Tree(root / "built", "https://example.org/x/y/")) as address:
        reader = Browsing(browser, address)
        for path in ("", "articles/", "articles/a/", "articles/b/", "topics/t/", "topics/", "timeline/2026/", "graph/"):
            page = reader.look(path, width=320)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        reader.close()
