"""What a reader sets and takes along: colours that stay, text to copy, a page on paper."""

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser import KINDS, Browsing

pytestmark = pytest.mark.browser

PAPER: Final = "getComputedStyle(document.body).backgroundColor"
LIGHT: Final = "rgb(255, 255, 255)"


def is_dark(page: Page) -> bool:
    """Whether the page has dark colours."""
    found: str = page.evaluate(PAPER)
    return found != LIGHT


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system_until_the_reader_chooses(browsing: Browsing, scheme: Any):
    page = browsing.open(KINDS["home"], color_scheme=scheme)
    control = page.locator(".sb-theme")
    assert is_dark(page) == (scheme == "dark")
    expect(control).to_have_accessible_name("Colours: system setting")
    control.click()
    assert not is_dark(page)
    control.click()
    expect(control).to_have_accessible_name("Colours: dark")
    assert is_dark(page)
    page.goto(browsing.base + KINDS["article"])
    assert is_dark(page), "the choice holds on the next page"
    page.reload()
    assert is_dark(page)
    page.locator(".sb-theme").click()
    assert is_dark(page) == (scheme == "dark")
    assert browsing.faults == []


def test_a_copy_button_copies_and_says_so(browsing: Browsing):
    page = browsing.open(KINDS["article"], permissions=["clipboard-read", "clipboard-write"])
    page.locator("summary", has_text="Save and share").click()
    button = page.locator('[data-copy="sb-link"]')
    button.click()
    expect(button).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#sb-link").get_attribute("href")
    page.locator('[data-copy="sb-bibtex"][data-done]').click()
    expect(page.locator('[data-copy="sb-bibtex"][data-done]')).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{mayo-microsoft-frontier-model,")
    assert browsing.faults == []


def test_a_citation_is_saved_as_a_file(browsing: Browsing):
    page = browsing.open(KINDS["article"])
    page.locator("summary", has_text="Save and share").click()
    with page.expect_download() as download:
        page.locator('[data-file$=".bib"]').click()
    assert download.value.suggested_filename == "mayo-microsoft-frontier-model.bib"
    assert download.value.path().read_text(encoding="utf-8") == page.locator("#sb-bibtex").text_content()
    assert browsing.faults == []


def test_without_script_no_button_stands_idle(browsing: Browsing):
    page = browsing.open(KINDS["article"], java_script_enabled=False)
    page.locator("summary", has_text="Save and share").click()
    expect(page.locator("#sb-bibtex")).to_be_visible()
    assert page.locator("button:visible").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_gets_the_text_and_its_source_and_no_navigation(browsing: Browsing, scheme: Any):
    page = browsing.open(KINDS["article-short"], color_scheme=scheme)
    page.emulate_media(media="print")
    assert not is_dark(page)
    for there in ("h1", ".sb-body", ".sb-source"):
        expect(page.locator(there).first).to_be_visible()
    for gone in (".sb-top nav", ".sb-theme", "[data-copy]", ".sb-foot nav"):
        expect(page.locator(gone).first).to_be_hidden()
    source = page.locator(".sb-source a[href^=http]").first
    shown = source.evaluate("e => getComputedStyle(e, '::after').content")
    assert str(source.get_attribute("href")) in shown or "attr" in shown
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, "no page of links behind the text"


def test_more_contrast_is_given_to_who_asks_for_it(browsing: Browsing):
    page = browsing.open(KINDS["article"])
    soft = "getComputedStyle(document.querySelector('.sb-meta')).color"
    before = page.evaluate(soft)
    page.emulate_media(contrast="more")
    assert page.evaluate(soft) != before
