"""The Content Security Policy: every page works under it, and it keeps out what it should."""

from typing import Final

import pytest
from playwright.sync_api import Page

from tests.helpers.browser import KINDS, Browsing

pytestmark = pytest.mark.browser

MORE: Final = {"embed": "embed/gdpr/", "digest": "digest/", "digest-month": "digest/2026-11/", "feeds": "feeds/"}
LISTEN: Final = """
    window.violations = []
    document.addEventListener("securitypolicyviolation", (event) =>
        violations.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`))
"""


def watched(browsing: Browsing, path: str) -> Page:
    """A page that has noted every violation from its first line on."""
    return browsing.look(path, init_script=LISTEN)


@pytest.mark.parametrize("kind", [*(k for k in KINDS if k != "redirect"), *MORE])
def test_no_page_breaks_the_policy(browsing: Browsing, kind: str):
    page = watched(browsing, {**KINDS, **MORE}[kind])
    for button in page.get_by_role("button").all():
        button.click()  # what a script does only when asked
    page.wait_for_load_state("networkidle")
    assert page.evaluate("violations") == []
    assert [fault for fault in browsing.faults if "Content Security Policy" in fault] == []


def test_previews_keep_to_the_policy(browsing: Browsing):
    page = watched(browsing, KINDS["home"])
    page.locator("main a[href*='articles/']").first.focus()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(800)
    assert page.evaluate("violations") == []


def test_what_is_injected_does_not_run(browsing: Browsing):
    page = watched(browsing, KINDS["article"])
    page.evaluate(
        """() => {
            const script = document.createElement("script")
            script.textContent = "window.injected = true"
            document.body.append(script)
            document.body.insertAdjacentHTML("beforeend", "<p style='color: red' onclick='injected = true'>x</p>")
            document.body.insertAdjacentHTML("beforeend", "<img src='https://example.net/a.png' alt=''>")
        }"""
    )
    page.wait_for_timeout(200)
    found = {text.partition(":")[0] for text in page.evaluate("violations")}
    assert found >= {"script-src-elem", "style-src-attr", "img-src"}
    assert page.evaluate("window.injected") is None
