"""A page is for reading: type, measure, colours, paper, and that the next good article needs no hunting."""

import re
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import Page

from tests.helpers.browser import ARTICLES, KINDS, Browsing

pytestmark = pytest.mark.browser

SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
READ_NEXT: Final = 'main section:has(> h2:text-is("Read next"))'
LINKED_FROM: Final = 'main section:has(> h2:text-is("Linked from"))'

LUMINANCE: Final = """
    const luminance = colour => {
        const canvas = new OffscreenCanvas(1, 1).getContext("2d")
        canvas.fillStyle = colour
        canvas.fillRect(0, 0, 1, 1)
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
        const linear = [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        return a ? .2126 * linear[0] + .7152 * linear[1] + .0722 * linear[2] : null
    }
"""
"""Defines luminance() of a CSS colour: 0 is black, 1 is white, null is nothing at all."""


def colours(page: Page, selector: str) -> list[dict[str, Any]]:
    """The luminance of text and ground of each visible element."""
    found: list[dict[str, Any]] = page.evaluate(
        f"""selector => {{
            {LUMINANCE}
            const ground = e => e && (luminance(getComputedStyle(e).backgroundColor) ?? ground(e.parentElement))
            return [...document.querySelectorAll(selector)].filter(e => e.checkVisibility()).map(e => ({{
                text: e.textContent.trim(), ink: luminance(getComputedStyle(e).color), ground: ground(e),
                colour: getComputedStyle(e).color,
            }}))
        }}""",
        selector,
    )
    return found


def contrast(colour: dict[str, Any]) -> float:
    """By WCAG; a page without a ground of its own is paper."""
    ground = 1.0 if colour["ground"] is None else colour["ground"]
    light, dark = sorted((float(colour["ink"]), float(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lines(page: Page) -> list[int]:
    """Characters on each full line of an article's paragraphs: the last line of each is left out."""
    found: list[int] = page.evaluate(
        """() => [...document.querySelectorAll("main .sb-body > p")].flatMap(p => {
            const tops = new Map()
            const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT)
            const range = document.createRange()
            while (walker.nextNode()) {
                for (let i = 0; i < walker.currentNode.length; i++) {
                    range.setStart(walker.currentNode, i)
                    range.setEnd(walker.currentNode, i + 1)
                    const box = range.getClientRects()[0]
                    if (box) tops.set(Math.round(box.bottom), (tops.get(Math.round(box.bottom)) ?? 0) + 1)
                }
            }
            return [...tops].sort((a, b) => a[0] - b[0]).map(([, count]) => count).slice(0, -1)
        })"""
    )
    return found


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", ["article", "article-short", "page"])
def test_body_text_is_large_and_airy(browsing: Browsing, kind: str, width: int):
    page = browsing.look(KINDS[kind], width=width)
    found: list[tuple[float, float]] = page.evaluate(
        """() => [...document.querySelectorAll("main .sb-body > :is(p, ul, ol, blockquote)")].map(e => {
            const style = getComputedStyle(e)
            return [parseFloat(style.fontSize), parseFloat(style.lineHeight) / parseFloat(style.fontSize)]
        })"""
    )
    assert found
    assert [size for size, _ in found if size < 17] == []
    assert [height for _, height in found if not 1.45 <= height <= 1.75] == []


@pytest.mark.parametrize("kind", ARTICLES)
def test_a_line_is_easy_to_follow(browsing: Browsing, kind: str):
    counts = lines(browsing.look(KINDS[kind], width=1280))
    assert len(counts) > 5
    assert 55 <= sum(counts) / len(counts) <= 80
    assert max(counts) <= 80


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "redirect"])
def test_navigation_can_be_hit_with_a_finger(browsing: Browsing, kind: str):
    page = browsing.look(KINDS[kind], has_touch=True)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        small: list[str] = page.evaluate(
            """() => [...document.querySelectorAll("nav a[href]")].filter(e => e.checkVisibility()).flatMap(e => {
                const { width, height } = e.getBoundingClientRect()
                return Math.min(width, height) < 24 ? [`${e.textContent.trim()}: ${width} × ${height}`] : []
            })"""
        )
        assert small == [], width


@pytest.mark.parametrize("kind", ["home", "article", "404", "redirect"])
def test_dark_is_dark(browsing: Browsing, kind: str):
    page = browsing.look(KINDS[kind], color_scheme="light")
    if kind != "redirect":  # it has no style of its own: the browser's colours follow the scheme
        assert colours(page, "body")[0]["ground"] > 0.8
        page.emulate_media(color_scheme="dark")
        assert colours(page, "body")[0]["ground"] < 0.1
    page.emulate_media(color_scheme="dark")
    assert colours(page, "h1")[0]["ink"] > 0.5


@pytest.mark.parametrize("kind", ["home", "article", "topic", "timeline"])
def test_forced_colours_keep_text_and_links(browsing: Browsing, kind: str):
    page = browsing.look(KINDS[kind], forced_colors="active")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found = colours(page, "main :is(h1, h2, h3, p, li, a, span, mark, time, b, dt), header a, footer :is(a, p)")
        assert len(found) > 10
        assert [each for each in found if contrast(each) < 4.5] == []
        plain = colours(page, "h1")[0]["colour"]
        assert {each["colour"] for each in colours(page, "main a")} - {plain}, "links look like text"
        bars = page.evaluate(
            "[...document.querySelectorAll('rect:not(a > g > rect)')].map(e => getComputedStyle(e).fill)"
        )
        assert set(bars) <= {plain}


@pytest.mark.parametrize("kind", ["home", "article", "topic", "timeline", "page"])
def test_nothing_moves_for_those_who_asked(browsing: Browsing, kind: str):
    page = browsing.look(KINDS[kind], reduced_motion="reduce")
    moving: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(e => ["", "::before", "::after"].some(part => {
            const style = getComputedStyle(e, part)
            const times = `${style.transitionDuration}, ${style.animationDuration}`.split(", ").map(parseFloat)
            return Math.max(...times) > .01 || style.scrollBehavior === "smooth"
        })).map(e => `${e.tagName} ${e.className}`)"""
    )
    assert moving == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", ["home", "article", "topic", "entities", "articles-2", "page"])
def test_paper_has_text_and_no_navigation(browsing: Browsing, kind: str, scheme: Literal["light", "dark"]):
    page = browsing.look(KINDS[kind], color_scheme=scheme)
    page.emulate_media(media="print")
    seen: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("nav, a[href='#sb-main']")].filter(e => e.checkVisibility())
            .map(e => e.textContent.trim())"""
    )
    assert seen == []
    for each in colours(page, "body, h1, main .sb-body > :is(p, ul, ol)"):
        assert contrast(each) > 12, each
        assert each["ground"] in {1, None}, each
    if kind in ARTICLES:
        assert {each["ink"] for each in colours(page, "main .sb-body > p")} == {0}


@pytest.mark.parametrize("kind", ARTICLES)
def test_the_next_article_stands_where_the_text_ends(browsing: Browsing, kind: str):
    page = browsing.look(KINDS[kind], width=1280, height=900)
    body, first = page.locator("main .sb-body").bounding_box(), page.locator(f"{READ_NEXT} li a").first.bounding_box()
    assert body is not None
    assert first is not None
    assert 0 < first["y"] - (body["y"] + body["height"]) < 200
    assert first["x"] == body["x"], "in the same column"


@pytest.mark.parametrize("kind", ARTICLES)
def test_the_next_article_follows_the_text_on_a_phone(browsing: Browsing, kind: str):
    """Less than half a screen after the last word, and before whatever else there is."""
    page = browsing.look(KINDS[kind], width=360, height=800)
    body, first = page.locator("main .sb-body").bounding_box(), page.locator(f"{READ_NEXT} li a").first.bounding_box()
    assert body is not None
    assert first is not None
    assert 0 < first["y"] - (body["y"] + body["height"]) < 400
    later = page.locator(LINKED_FROM).bounding_box()
    assert later is not None
    assert first["y"] < later["y"]


def test_the_filter_in_force_is_marked_by_more_than_colour(browsing: Browsing):
    page = browsing.look(KINDS["topic-year"])
    lines: list[str] = page.locator(".sb-filters a").evaluate_all(
        "links => links.map(link => `${link.ariaCurrent ?? ''} ${getComputedStyle(link).textDecorationLine}`)"
    )
    assert {line for line in lines if line.startswith("page")} == {"page underline"}
    assert {line for line in lines if not line.startswith("page")} == {" none"}


def test_on_paper_no_side_note_is_larger_than_the_text(browsing: Browsing):
    page = browsing.look(KINDS["article"])
    page.emulate_media(media="print")
    sizes: dict[str, float] = page.evaluate(
        """() => Object.fromEntries([".sb-body p", ".sb-source p", ".sb-paths p", ".sb-meta"].map(selector => [
            selector, parseFloat(getComputedStyle(document.querySelector(`main ${selector}`)).fontSize)]))"""
    )
    assert max(sizes.values()) == sizes[".sb-body p"]
    assert 14 <= sizes[".sb-body p"] <= 15


@pytest.mark.parametrize(("width", "form"), [(1280, "lanes"), (390, "calendar")])
def test_a_mark_of_the_timeline_shows_its_title_when_it_is_focused(browsing: Browsing, width: int, form: str):
    page = browsing.look("timeline/", width=width, height=900)
    marks = page.locator(f"svg.sb-{form} a[aria-label]")
    assert marks.count() == page.locator("main .sb-time a[aria-label]:visible").count() > 50
    mark = marks.nth(30)
    title = mark.locator("text")
    assert not title.is_visible()
    mark.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert title.is_visible()
    name = mark.get_attribute("aria-label")
    assert name is not None
    assert (title.text_content() or "").split()[:3] == name.replace(",", "").split()[:3]
    small = page.evaluate(
        """name => [...document.querySelectorAll(`svg.${name} text`)].map(e =>
            parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a).filter(size => size < 11)""",
        f"sb-{form}",
    )
    assert small == []


def test_a_digest_prints_as_a_newsletter_of_few_pages(browsing: Browsing):
    page = browsing.look("digest/2026-W48/")
    assert not page.locator(".sb-address").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator("main .sb-cards > li").count() > 50
    addresses = page.locator(".sb-address").all_inner_texts()
    assert len(addresses) == len(set(addresses)) == page.locator("main .sb-cards > li").count() + 1
    styles = "e => [getComputedStyle(e).breakInside, getComputedStyle(e.closest('.sb-issue')).columnCount]"
    assert page.locator("main .sb-cards > li").first.evaluate(styles) == ["avoid", "2"]
    assert len(re.findall(rb"/Type */Page\b", page.pdf(format="A4"))) <= 5
