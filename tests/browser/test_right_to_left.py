"""A site in Arabic is written from right to left."""

import pytest

from tests.helpers.browser import Browsing

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["", "articles/awwal/", "articles/", "topics/sihha/", "entities/mustashfa/", "no/"])
def test_page_runs_from_right_to_left_and_fits(arabic: Browsing, path: str):
    page = arabic.open(path)
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.locator("html").get_attribute("dir") == "rtl"
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        name = page.locator("header a").first.bounding_box()
        assert name is not None
        assert name["x"] + name["width"] > width / 2, "the name of the site stands at the left"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_article_in_another_language_runs_its_own_way(arabic: Browsing):
    page = arabic.open("articles/thani/")
    main = page.get_by_role("main")
    assert main.get_attribute("lang") == "en"
    assert main.evaluate("e => getComputedStyle(e).direction") == "ltr"
