"""The map of topics: one of its two drawings is shown, and a point with the focus shows its title."""

import pytest

from tests.helpers.browser import Browsing

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
def test_the_map_is_readable_and_shows_the_title_of_the_point_with_the_focus(browsing: Browsing, width: int):
    page = browsing.look("graph/", width=width, java_script_enabled=False)
    shown = page.locator("main svg[role=group]:visible")
    assert shown.count() == 1
    drawn = page.evaluate(
        """() => [...document.querySelectorAll("main svg[role=group]")].map(svg => svg.getBoundingClientRect().width /
        svg.viewBox.baseVal.width * Math.min(...[...svg.querySelectorAll("text")].map(text =>
        parseFloat(getComputedStyle(text).fontSize)))).filter(Boolean)"""
    )
    assert min(drawn) >= 11
    point = shown.locator(".sb-titles a").nth(3)
    title = point.locator("text")
    assert title.evaluate("text => getComputedStyle(text).opacity") == "0"
    shown.locator(".sb-titles a").nth(2).focus()
    page.keyboard.press("Tab")
    assert title.evaluate("text => getComputedStyle(text).opacity") == "1"
    place, box = title.bounding_box(), shown.bounding_box()
    assert place is not None
    assert box is not None
    assert box["x"] <= place["x"]
    assert place["x"] + place["width"] <= box["x"] + box["width"]
