"""The theme's own typeface: there at the first look, more of it only where it is used, and nothing moves for it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.helpers.browser import KINDS, Browsing, serve
from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.site import article, write_site

pytestmark = pytest.mark.browser

ADDRESS = "https://example.org/x/y/"
FACES = "[...document.fonts].filter(face => face.status == 'loaded').map(face => `${face.weight} ${face.style}`).sort()"
WIDTH = """family => {
    const span = document.body.appendChild(document.createElement("span"))
    span.style.cssText = `position: absolute; white-space: pre; font: 100px ${family}`
    span.textContent = "Reading is a pleasure"
    return span.getBoundingClientRect().width
}"""


@pytest.fixture(scope="module")
def writing(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsing]:
    """A page without and one with bold and italic."""
    root = write_site(
        tmp_path_factory.mktemp("sites") / "writing",
        {
            "content/articles/plain.md": article("Plain", "Nothing but text.\n"),
            "content/articles/rich.md": article("Rich", "Some *italic* and some **bold** text.\n"),
            "content/articles/bold.md": article("Bold", "Some **bold** text.\n"),
        },
    )
    build(root, site_dir=root / "built", site_url=ADDRESS)
    with serve(Tree(root / "built", ADDRESS)) as address:
        reader = Browsing(browser, address)
        yield reader
        reader.close()


def fonts(reader: Browsing) -> list[str]:
    """Files of the typeface that a page has asked for."""
    found = [request.url.rpartition("latin-")[2] for request in reader.finished if request.url.endswith(".woff2")]
    reader.finished.clear()
    return sorted(found)


@pytest.mark.parametrize("kind", ["home", "article", "topic", "timeline"])
def test_pages_are_set_in_it(browsing: Browsing, kind: str):
    page = browsing.open(KINDS[kind], bypass_csp=True)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.fonts.check('1em \"Source Serif 4\"')")
    ours, system = (page.evaluate(WIDTH, family) for family in ('"Source Serif 4"', "serif"))
    assert ours != system
    assert fonts(browsing) == ["400-normal.woff2"], "no other file before the text, and none where nothing is bold"
    assert browsing.faults == []


@pytest.mark.parametrize(
    ("slug", "files"),
    [
        ("plain", ["400-normal.woff2"]),
        ("bold", ["400-normal.woff2", "600-normal.woff2"]),
        ("rich", ["400-italic.woff2", "400-normal.woff2", "600-normal.woff2"]),
    ],
)
def test_bold_and_italic_come_where_they_are_used(writing: Browsing, slug: str, files: list[str]):
    page = writing.open(f"articles/{slug}/")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert fonts(writing) == files
    assert len(page.evaluate(FACES)) == len(files)
    assert writing.faults == []
