"""Cards on links: by pointer, by keyboard and by finger, and out of the way again (WCAG 2.2, 1.4.13)."""

from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.helpers.browser import KINDS, Browsing

pytestmark = pytest.mark.browser

CARD: Final = "#sb-card"
LINK: Final = "main .sb-next a"


def link(page: Page) -> Locator:
    """The first link to another article."""
    return page.locator(LINK).first


def test_a_card_on_hover_tells_of_the_page_and_can_be_entered(browsing: Browsing):
    page = browsing.open(KINDS["article"])
    page.wait_for_load_state("networkidle")
    target = link(page)
    title = target.inner_text()
    target.hover()
    card = page.locator(CARD)
    expect(card).to_be_visible()
    expect(card).to_contain_text(title)
    assert target.get_attribute("aria-describedby") == "sb-card"
    card.hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.mouse.move(2, 2)
    expect(card).to_be_hidden()
    assert target.get_attribute("aria-describedby") is None
    assert browsing.faults == []


def test_a_card_on_focus_goes_with_escape_and_comes_from_the_page_it_tells_of(browsing: Browsing):
    page = browsing.open(KINDS["article"])
    page.locator("h1").click()
    for _ in range(60):
        page.keyboard.press("Tab")
        if link(page).evaluate("e => e === document.activeElement"):
            break
    card = page.locator(CARD)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert link(page).evaluate("e => e === document.activeElement"), "Escape keeps the focus where it was"
    address = link(page).evaluate("e => e.href")
    assert [r.url for r in browsing.finished if r.resource_type == "fetch"].count(address) == 1


def test_a_card_says_what_its_page_says(browsing: Browsing):
    page = browsing.open(KINDS["topic"])
    page.wait_for_load_state("networkidle")
    target = page.locator("main .sb-rows div a").first
    target.hover()
    card = page.locator(CARD)
    expect(card).to_be_visible()
    lines = card.locator("p").all_inner_texts()
    page.goto(target.evaluate("e => e.href"))
    topics = page.locator("main header ul.sb-kicker li").all_inner_texts()[:3]
    told = [page.locator(s).first.inner_text() for s in ("h1", ".sb-deck", "main header time")]
    assert [*lines[:2], lines[2].removeprefix("Short entry ")] == told
    assert [t.casefold() for t in lines[3].split(" · ")] == [t.casefold() for t in topics]


def test_a_long_press_shows_the_card_and_a_tap_follows_the_link(browsing: Browsing):
    page = browsing.open(KINDS["article"], width=360, has_touch=True, is_mobile=True)
    page.wait_for_load_state("networkidle")
    target = link(page)
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box
    point = {"x": box["x"] + 20, "y": box["y"] + box["height"] / 2}
    client = page.context.new_cdp_session(page)
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    card = page.locator(CARD)
    expect(card).to_be_visible()
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(card).to_be_visible()
    assert browsing.path(page) == KINDS["article"]
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    href = target.get_attribute("href")
    page.touchscreen.tap(5, 200)
    expect(card).to_be_hidden()
    target.tap()
    page.wait_for_url(f"**/{str(href).removeprefix('../')}")


def test_a_card_keeps_inside_the_window(browsing: Browsing):
    page = browsing.open(KINDS["topic"], width=390, height=500)
    page.wait_for_load_state("networkidle")
    for number in (0, 3, 8):
        target = page.locator("main .sb-rows div a").nth(number)
        target.hover()
        card = page.locator(CARD)
        expect(card).to_be_visible()
        here = page.evaluate(
            """() => {
                const box = document.querySelector("#sb-card").getBoundingClientRect()
                return [box.left >= 0, box.right <= innerWidth, box.top >= 0, box.bottom <= innerHeight]
            }"""
        )
        assert all(here)
        page.keyboard.press("Escape")
        page.mouse.move(2, 2)
