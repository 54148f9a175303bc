"""The card for other sites fits the frame that its address offers, also on a phone."""

import re
from html import unescape

import pytest

from tests.helpers.browser import Browsing
from tests.helpers.links import Tree

pytestmark = pytest.mark.browser

PHONE = 340


def test_a_card_fits_its_frame(browsing: Browsing, demonstration: Tree):
    articles = sorted(path.split("/")[1] for path in demonstration.files if path.startswith("embed/"))
    assert len(articles) > 50
    page = browsing.open(f"embed/{articles[0]}/")
    taller = []
    for slug in articles:
        offered = re.findall(
            r'<iframe [^>]*width="(\d+)" height="(\d+)"', unescape(demonstration.read(f"articles/{slug}/index.html"))
        )
        frame = dict(zip(("width", "height"), map(int, offered[0]), strict=True))
        page.goto(f"{browsing.base}embed/{slug}/")
        for width in (frame["width"], PHONE):
            page.set_viewport_size({"width": width, "height": frame["height"]})
            height = page.evaluate("document.documentElement.scrollHeight")
            if height > frame["height"]:  # on a busy machine our typeface may come too late for the first showing
                page.reload()
                height = page.evaluate("document.documentElement.scrollHeight")
            taller += [(slug, width, height, frame["height"])] if height > frame["height"] else []
    assert taller == []
    assert browsing.faults == []
