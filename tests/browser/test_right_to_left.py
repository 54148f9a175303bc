"""A site in Arabic is written from right to left; on an English site an article in Arabic or Hebrew is."""

from collections.abc import Hashable, Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.conftest import SENTENCE
from tests.helpers.browser import Browsing, serve
from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.site import MKDOCS_YML, article, entity, page, topic, write_site
from tests.helpers.sites import BELOW

pytestmark = pytest.mark.browser

ARABIC: Final = "دراسة في المستشفيات"
HEBREW: Final = "מחקר על בינה מלאכותית בבתי חולים. "
LONG: Final = "https://example.org/" + "long-address-" * 12
SHORT: Final = {"article": "articles/arabic/", "page": "about/", "home": "", "list": "articles/", "topic": "topics/t/"}


@pytest.fixture(scope="module")
def english_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An English site with an article in Arabic, one in Hebrew and a page in Arabic."""
    root = tmp_path_factory.mktemp("sites") / "english"
    root.mkdir()
    body = (
        f"## العنوان\n\n{SENTENCE * 6}\n\n- {SENTENCE}\n\n> {SENTENCE}\n\n```\n{LONG}\n```\n\n"
        f"## ثم\n\n{SENTENCE}\n\n## أخيرا\n\n{LONG}\n"
    )
    common = {"topics": ["t"], "entities": ["e"]}
    write_site(
        root,
        {
            "mkdocs.yml": MKDOCS_YML,
            "content/articles/arabic.md": article(
                ARABIC, body, summary=SENTENCE, language="ar", similar=["english", "hebrew"], date="2026-06-05",
                source={"name": "A paper", "language": "ar", "url": "https://example.org/"}, curator="Ann", **common,
            ),
            "content/articles/hebrew.md": article(
                "מחקר", HEBREW * 9, summary=HEBREW, language="he", date="2026-06-04", **common
            ),
            "content/articles/english.md": article(
                "A study", "In English: [[arabic]].\n", similar=["arabic"], date="2026-06-03", **common
            ),
            "content/pages/about.md": page("عن الموقع", body, language="ar", updated="2026-06-01"),
            "content/topics/t.md": topic("Hospitals", summary="About hospitals."),
            "content/entities/e.md": entity("Clinic"),
        },
    )  # fmt: skip
    build(root, site_dir=root / "built", site_url=BELOW)
    with serve(Tree(root / "built", BELOW)) as address:
        yield address


@pytest.fixture
def english(browser: Browser, english_address: str, tabs: dict[Hashable, Page]) -> Iterator[Browsing]:
    """That site in the browser."""
    reader = Browsing(browser, english_address, tabs=tabs)
    yield reader
    reader.close()


def direction(element: Locator) -> str:
    return str(element.evaluate("e => getComputedStyle(e).direction"))


def spoken(element: Locator) -> str:
    return str(element.evaluate("e => e.closest('[lang]').lang"))


def gaps(element: Locator) -> tuple[float, float]:
    """Room between the first line of a text and the edges of its box: at the left, and at the right."""
    left, right = element.evaluate(
        """e => {
            const range = document.createRange(); range.selectNodeContents(e)
            const line = range.getClientRects()[0], box = e.getBoundingClientRect()
            return [line.left - box.left, box.right - line.right]
        }"""
    )
    return float(left), float(right)


@pytest.mark.parametrize("path", ["", "articles/awwal/", "articles/", "topics/sihha/", "entities/mustashfa/", "no/"])
def test_page_runs_from_right_to_left_and_fits(arabic: Browsing, path: str):
    page = arabic.look(path)
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.locator("html").get_attribute("dir") == "rtl"
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        name = page.locator("header a").first.bounding_box()
        assert name is not None
        assert name["x"] + name["width"] > width / 2, "the name of the site stands at the left"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_article_in_another_language_runs_its_own_way(arabic: Browsing):
    page = arabic.look("articles/thani/")
    main = page.get_by_role("main")
    assert main.get_attribute("lang") == "en"
    assert direction(main) == "ltr"
    side = page.locator(".sb-side")
    assert (spoken(side), direction(side)) == ("ar", "rtl")


@pytest.mark.parametrize("path", SHORT.values(), ids=SHORT)
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_runs_over_the_edge(english: Browsing, path: str, width: int):
    page = english.look(path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.dir") == ""


@pytest.mark.parametrize(
    ("path", "language"), [("articles/arabic/", "ar"), ("articles/hebrew/", "he"), ("about/", "ar")]
)
def test_the_text_of_a_page_is_in_its_language_and_at_the_right(english: Browsing, path: str, language: str):
    page = english.look(path)
    main = page.get_by_role("main")
    assert (main.get_attribute("lang"), main.get_attribute("dir")) == (language, "rtl")
    title = page.get_by_role("heading", level=1)
    left, right = gaps(title)
    assert right < 1 < left
    for text in (title, page.locator(".sb-body p").first):
        assert (spoken(text), direction(text)) == (language, "rtl")
    assert page.locator("html").get_attribute("lang") == "en"


def test_what_the_interface_says_beside_it_stays_english(english: Browsing):
    page = english.look("articles/arabic/")
    for name in (".sb-side h2", ".sb-source p", ".sb-last summary", ".sb-meta time", ".sb-meta span", "#sb-toc span"):
        assert spoken(page.locator(name).first) == "en", name
    for name in (".sb-side", ".sb-source", ".sb-last"):
        assert direction(page.locator(name).first) == "ltr", name
    box, text = page.locator(".sb-side").bounding_box(), page.locator(".sb-text").bounding_box()
    assert box is not None
    assert text is not None
    assert box["x"] < text["x"], "the side column stands at the end of the lines"


@pytest.mark.parametrize("path", ["", "articles/", "topics/t/", "entities/e/", "timeline/2026/", "timeline/2026/06/"])
def test_a_card_speaks_the_language_of_its_article(english: Browsing, path: str):
    page = english.look(path)
    main = page.get_by_role("main")
    for title, language, way in ((ARABIC, "ar", "rtl"), ("מחקר", "he", "rtl"), ("A study", "en", "ltr")):
        link = main.get_by_role("link", name=title, exact=True).first
        assert (spoken(link), direction(link)) == (language, way), title
    summary = main.locator(":is(p, summary)[lang=ar]").first
    assert summary.inner_text().strip() == SENTENCE.strip()
    assert spoken(main.locator(":is(.sb-meta, time)").first) == "en"


def test_entries_beside_an_article_speak_their_language(english: Browsing):
    page = english.look("articles/english/")
    link = page.locator(".sb-side").get_by_role("link", name=ARABIC).first
    assert (spoken(link), direction(link)) == ("ar", "rtl")
