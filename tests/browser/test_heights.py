"""Pages end soon after what they are for: nothing below a text is a second page of links."""

from typing import Final

import pytest

from tests.helpers.browser import Browsing
from tests.helpers.links import Tree

pytestmark = pytest.mark.browser

MEASURES: Final = """() => {
    const [title, text] = ["h1", ".sb-body"].map(name => document.querySelector(`main ${name}`))
    const height = text.getBoundingClientRect().bottom - title.getBoundingClientRect().top
    return [document.documentElement.scrollHeight, Math.round(height), (text.innerText.match(/\\S+/g) ?? []).length]
}"""
"""Heights of the page and of its text block, from the title to the end of the text, in pixels; words of the text."""
LONG: Final = 600
"""Pixels from which a text block is to be most of its page."""
RATIO: Final = 2.2
ON_A_PHONE: Final = 2.5
"""How many times as high a page may be at 390 pixels as at 1280."""


def test_an_article_is_not_much_higher_than_its_text(browsing: Browsing, demonstration: Tree):
    slugs = sorted(f.parent.name for f in demonstration.folder.glob("articles/*/index.html"))
    found = {}
    for slug in [slug for slug in slugs if slug != "page"]:
        page = browsing.look(f"articles/{slug}/", width=1280, height=900)
        if page.locator("main .sb-body").count():  # otherwise it has moved
            found[slug] = page.evaluate(MEASURES)
    assert len(found) > 50
    tall = {s: (page, text) for s, (page, text, _) in found.items() if text >= LONG and page > RATIO * text}
    assert tall == {}
    assert {s: page for s, (page, _, words) in found.items() if words < 300 and page > 2600} == {}


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(("width", "limit"), [(1280, 4500), (390, 4500 * ON_A_PHONE)])
def test_a_topic_of_many_articles_is_short_and_has_them_all(
    browsing: Browsing, width: int, limit: int, javascript: bool
):
    page = browsing.look("topics/regulation/", width=width, height=900, java_script_enabled=javascript)
    root = page.locator("html").bounding_box()
    assert root is not None
    assert root["height"] <= limit
    total = page.locator(".sb-all > h2").inner_text()
    assert total == f"{page.locator('.sb-rows > li').count()} articles"


def test_the_first_screen_of_a_topic_has_its_introduction_and_narrower_topics(browsing: Browsing):
    page = browsing.look("topics/regulation/", width=1280, height=900)
    for part in ("h1", ".sb-deck", ".sb-body", ".sb-tiles li:last-child"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900, part


def test_the_rest_of_an_introduction_and_a_summary_unfold_without_a_script(browsing: Browsing):
    page = browsing.look("topics/regulation/", java_script_enabled=False)
    rest = page.locator(".sb-rest .sb-body")
    assert not rest.is_visible()
    page.locator(".sb-rest > summary").click()
    assert rest.is_visible()
    row = page.locator(".sb-rows > li").nth(3)
    line = row.locator("summary").bounding_box()
    row.locator("summary").click()
    whole = row.locator("summary").bounding_box()
    assert line is not None
    assert whole is not None
    assert whole["height"] > line["height"]
    assert row.locator("details p").is_visible()


def test_bars_lead_to_their_articles(browsing: Browsing):
    page = browsing.look("topics/privacy/")
    bar = page.locator(".sb-chart a").last
    target = bar.evaluate("link => new URL(link.getAttribute('href'), document.baseURI).href")
    assert "/timeline/" in target or "/topics/privacy/" in target
    page.goto(target)
    assert page.locator("main h1").is_visible()
