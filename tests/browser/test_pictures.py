"""An ordinary SVG looks the same after it has been cleaned."""

from base64 import b64encode
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from site_builder.markdown.clean_html.clean_svg import clean_svg

pytestmark = pytest.mark.browser

_THEME: Final = find_spec("material")
ICONS: Final = sorted(Path(_THEME.origin).parent.rglob("*.svg")) if _THEME and _THEME.origin else []
EVERY: Final = 1500
"""Of some 15,000 icons, one in so many is looked at."""
HEAD: Final = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 90">'
DRAWINGS: Final = {
    "gradient": """<defs><linearGradient id="a" x1="0" x2="1"><stop offset="0" stop-color="red"/><stop offset="1"
        style="stop-color:blue;stop-opacity:.5"/></linearGradient><radialGradient id="b" xlink:href="#a"/></defs>
        <rect width="50" height="90" fill="url(#a)"/><circle cx="60" cy="60" r="25" style="fill:url('#b')"/>""",
    "style": """<style><![CDATA[ .x > path { stroke: green; stroke-width: 5 } #y { fill: url(#p) } ]]></style><defs>
        <pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse"><circle cx="4" cy="4"
        r="3"/></pattern></defs>
        <g class="x"><path d="M5 5L80 80"/></g><rect id="y" x="30" y="10" width="50" height="40"/>""",
    "use": """<symbol id="s" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></symbol><use xlink:href="#s" width="40"
        height="40"/>
        <use href="#s" x="45" y="45" width="40" height="40" transform="rotate(20 60 60)" fill="teal"/>""",
    "filter": """<filter id="f"><feGaussianBlur stdDeviation="3"/><feOffset dx="4"/></filter><mask id="m"><rect
        width="60"
        height="60" fill="#fff"/></mask><clipPath id="c"><circle cx="45" cy="45" r="40"/></clipPath>
        <g clip-path="url(#c)"><rect width="70" height="70" filter="url(#f)" mask="url(#m)"/></g>""",
    "text": """<text x="5" y="20" font-family="serif" font-size="14" text-anchor="start">A &amp; B &lt;c>
        é<tspan dy="20" x="9"
        font-weight="bold">down</tspan></text><path id="t" d="M5 60Q40 30 85 60" fill="none"/><text
        font-size="9"><textPath
        xlink:href="#t">along a path</textPath></text><text x="5" y="85" xml:space="preserve">a    b</text>""",
    "marker": """<marker id="m" markerWidth="6" markerHeight="6" refX="3" refY="3" orient="auto"><path d="M0
        0l6 3l-6 3z"/>
        </marker><path d="M5 80L40 20L80 70" fill="none" stroke="#333" stroke-dasharray="4 2" marker-end="url(#m)"/>""",
    "drawing-program": """<!-- made by hand --><sodipodi:namedview xmlns:sodipodi="urn:s" pagecolor="red"/><metadata><x
        xmlns="urn:x">y</x></metadata><g xmlns:i="urn:i" i:label="Layer" style="display:inline"><rect
        width="40" height="40"
        i:x="9"/></g><a href="https://example.org/" target="_blank"><circle cx="60" cy="60" r="20" fill="navy"/></a>""",
    "fallback": """<switch><g requiredExtensions="urn:none"><rect width="90" height="90"/></g><g><rect width="30"
        height="30" fill="orange"/></g></switch><svg x="40" y="40" width="40" height="40" viewBox="0 0 4 4"><path
        d="M0 0h4v4z"/></svg>""",
}


def picture(page: Page, data: bytes) -> bytes:
    """What a reader sees of it."""
    address = f"data:image/svg+xml;base64,{b64encode(data).decode()}"
    page.set_content(f'<body style="margin:0;background:#fee"><img width="120" height="120" src="{address}">')
    page.wait_for_function("document.images[0].complete && document.images[0].naturalWidth")
    return page.screenshot()


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 120, "height": 120}).new_page()


def test_drawings_look_the_same(page: Page):
    blank = picture(page, f"{HEAD}</svg>".encode())
    for name, inside in DRAWINGS.items():
        data = f"{HEAD}{inside}</svg>".encode()
        clean = clean_svg(data)
        before = picture(page, data)
        assert before != blank, name
        assert (clean.removed, picture(page, clean.data) == before) == ((), True), name
    page.context.close()


def test_icons_look_the_same(page: Page):
    some = ICONS[::EVERY]
    assert len(some) > 8
    for icon in some:
        data = icon.read_bytes()
        clean = clean_svg(data)
        assert (clean.removed, picture(page, clean.data) == picture(page, data)) == ((), True), icon.name
    page.context.close()


def test_all_icons_are_drawn_whole():
    """Nothing is removed from any of a few hundred, and cleaning twice is cleaning once."""
    for icon in ICONS[::50]:
        clean = clean_svg(icon.read_bytes())
        assert clean.removed == (), icon.name
        assert clean_svg(clean.data).data == clean.data
