"""A page with formulas, code and callouts keeps to what holds on every page, and its wide formulas can be scrolled."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.test_every_page import ALL_AUDITS, overflowing
from tests.browser.test_policy import LISTEN
from tests.helpers.barriers import violations
from tests.helpers.browser import Browsing, serve
from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.rough import FORMULAS
from tests.helpers.site import article, write_site

pytestmark = pytest.mark.browser

ADDRESS = "https://example.org/x/y/"


@pytest.fixture(scope="module")
def reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsing]:
    root = write_site(
        tmp_path_factory.mktemp("formulas"),
        {"content/articles/ferry.md": article("Ferries", FORMULAS), "content/articles/b.md": article("B")},
    )
    build(root, site_dir=root / "built", site_url=ADDRESS)
    with serve(Tree(root / "built", ADDRESS)) as address:
        reader = Browsing(browser, address)
        yield reader
        reader.close()


@pytest.mark.parametrize(("width", "scheme"), ALL_AUDITS)
def test_no_barrier_and_no_broken_policy(reader: Browsing, width: int, scheme: str):
    page = reader.look("articles/ferry/", init_script=LISTEN, width=width)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert violations(page) == []
    assert page.evaluate("violations") == []
    assert reader.faults == []


def test_a_wide_formula_scrolls_in_its_own_box(reader: Browsing):
    page = reader.look("articles/ferry/", width=320)
    assert overflowing(page) == []
    wide = page.locator(".math-display").first
    assert wide.evaluate("box => box.scrollWidth > box.clientWidth")
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert wide.evaluate("box => box.scrollLeft") > 0


def test_formulas_are_laid_out_and_their_tex_is_not_shown(reader: Browsing):
    page = reader.look("articles/ferry/", width=1280)
    assert page.locator("math").count() > 10
    assert page.locator("mfrac").first.bounding_box()["height"] > 20  # type: ignore[index]
    assert not page.locator("annotation").first.is_visible()
    assert "\\frac" not in page.locator(".sb-body").inner_text()


def test_only_pages_that_need_them_load_more_styles(reader: Browsing):
    sheets = "[...document.styleSheets].map(sheet => sheet.href.split('/').pop())"
    assert reader.look("articles/ferry/").evaluate(sheets) == ["style.css", "blocks.css", "formulas.css", "code.css"]
    assert reader.look("articles/b/").evaluate(sheets) == ["style.css"]
