"""Scripts are no part of the site: with JavaScript turned off nothing is missing and every way stays open."""

import re

import pytest

from tests.helpers.browser import KINDS, Browsing

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_words_are_visible(browsing: Browsing, kind: str):
    with_script, without = (browsing.look(KINDS[kind], java_script_enabled=on) for on in (True, False))
    words = without.locator("body").inner_text()
    assert words.strip()
    with_script.locator(".sb-js").evaluate_all("buttons => buttons.forEach(button => button.remove())")
    assert re.sub(r"\s+", " ", words) == re.sub(r"\s+", " ", with_script.locator("body").inner_text())


def test_a_reader_finds_the_way(browsing: Browsing):
    """Home, topic, article, read next, entity, timeline: by clicks on what is to be seen."""
    page = browsing.look(KINDS["home"], java_script_enabled=False)
    ways = [
        ('main section:has(h2:text-is("Topics")) a', r"topics/[^/]+/"),
        ("main .sb-begin a", r"articles/[^/]+/"),
        ('main section:has(h2:text-is("Read next")) li a', r"articles/[^/]+/"),
        (".sb-names a", r"entities/[^/]+/"),
        ('header nav a:text-is("Timeline")', r"timeline/"),
        ("main h2 a", r"timeline/\d{4}/"),
        ("main h2 a", r"timeline/\d{4}/\d\d/"),
        ("main h2 a", r"articles/[^/]+/"),
    ]
    seen = [browsing.path(page)]
    for selector, address in ways:
        page.locator(selector).first.click()
        page.wait_for_load_state()
        seen.append(browsing.path(page))
        assert re.fullmatch(address, seen[-1]), seen
        assert page.get_by_role("heading", level=1).is_visible()
    assert browsing.faults == []


def test_a_lost_reader_finds_back(browsing: Browsing):
    page = browsing.look(KINDS["404"], java_script_enabled=False)
    page.get_by_role("link", name="home page").click()
    page.wait_for_load_state()
    assert browsing.path(page) == ""
    assert browsing.faults == []
