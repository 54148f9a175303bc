"""Everything without a mouse: where the focus goes, and that it shows."""

from typing import Any, Final

import pytest
from playwright.sync_api import Page

from tests.helpers.browser import KINDS, Browsing

pytestmark = pytest.mark.browser

SKIP: Final = 'a[href="#sb-main"]'
LOOKS: Final = """
    const look = e => {
        const s = getComputedStyle(e)
        const outline = s.outlineStyle === "none" ? "none" : `${s.outlineStyle} ${s.outlineWidth} ${s.outlineColor}`
        return JSON.stringify([outline, s.boxShadow, s.borderTop, s.borderRight, s.borderBottom, s.borderLeft])
    }
    const stops = [...document.querySelectorAll("a[href], summary, button")].filter(e => e.checkVisibility())
"""
"""Defines look(e), what can mark an element as the one in focus, and stops, all that can have it."""


def focused(page: Page) -> dict[str, Any]:
    """The element in focus: its number among the page's links and folds, its look and where it is."""
    found: dict[str, Any] = page.evaluate(
        f"""() => {{
            {LOOKS}
            const e = document.activeElement
            const box = e.getBoundingClientRect()
            const isSeen = box.width > 0 && box.top >= 0 && box.bottom <= innerHeight + 1 && box.left >= 0
            return {{
                link: stops.indexOf(e),
                tag: e.tagName.toUpperCase(), look: look(e), isSeen, isInMain: !!e.closest("main"),
            }}
        }}"""
    )
    return found


@pytest.mark.parametrize("kind", ["home", "article", "topic", "404"])
def test_skip_link_comes_first_and_leads_to_the_text(browsing: Browsing, kind: str):
    page = browsing.open(KINDS[kind])
    page.keyboard.press("Tab")
    first = focused(page)
    assert page.locator(SKIP).evaluate("e => e === document.activeElement")
    assert first["isSeen"]
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#sb-main'")
    page.keyboard.press("Tab")
    after = focused(page)
    links_in_main = page.locator("main a[href]").count()
    assert after["isInMain"] or not links_in_main


@pytest.mark.parametrize(("kind", "scheme"), [("article", "light"), ("article-short", "dark")])
def test_every_link_is_reached_in_order_and_shows_it(browsing: Browsing, kind: str, scheme: str):
    # Without reduced motion, the page would still be on its way to the link when we look.
    page = browsing.open(KINDS[kind], color_scheme=scheme, reduced_motion="reduce")
    plain: list[str] = page.evaluate(f"() => {{ {LOOKS} return stops.map(look) }}")
    reached = []
    for _ in plain:
        page.keyboard.press("Tab")
        now = focused(page)
        assert now["tag"] in {"A", "SUMMARY", "BUTTON"}
        assert now["look"] != plain[now["link"]], f"link {now['link']} looks as if it had no focus"
        assert now["isSeen"], f"link {now['link']} has the focus out of sight"
        reached.append(now["link"])
    assert reached == list(range(len(plain)))
