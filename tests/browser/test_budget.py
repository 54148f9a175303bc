"""A page is light: what a reader on a slow line has to wait for."""

import gzip
import re
from collections.abc import Iterable
from typing import Final

import pytest
from playwright.sync_api import Request

from tests.helpers.browser import KINDS, Browsing
from tests.helpers.sites import ROOT

STYLE_LIMIT: Final = 12_800
"""Bytes of the one style sheet, uncompressed; beyond it, take something away."""
SCRIPT_LIMIT: Final = 5_300
"""Bytes as hosts send them, with gzip."""
EVERYWHERE: Final = {"site.js", "previews.js"}
"""Scripts that reading alone may load."""
PAGE_LIMIT: Final = 60_000
"""Bytes of a page and all that it loads, as hosts send them: what is text with gzip, and headers."""
REQUEST_LIMIT: Final = 8


def test_the_style_sheet_and_the_scripts_are_small():
    """Others are loaded where they are needed: by a script, or by a page that is no ordinary one."""
    assets = ROOT / "templates" / "assets"
    assert (assets / "style.css").stat().st_size <= STYLE_LIMIT
    base = (ROOT / "templates" / "base.html").read_text(encoding="utf-8")
    assert len(re.findall(r'rel="stylesheet" href="{{ href\("', base)) == 1  # others are the site's own
    scripts = [path.read_bytes() for path in assets.glob("*.js") if path.name in EVERYWHERE]
    assert sum(len(gzip.compress(script)) for script in scripts) <= SCRIPT_LIMIT


@pytest.mark.browser
def test_a_page_takes_few_bytes_in_few_requests(browsing: Browsing):
    """Each of them, not only most."""
    kinds = ("home", "article", "article-short", "topic", "entity", "timeline", "page")
    taken = {kind: _transfer(browsing, KINDS[kind]) for kind in kinds}
    assert {kind: count for kind, (_, count) in taken.items() if count > REQUEST_LIMIT} == {}
    assert {kind: size for kind, (size, _) in taken.items() if size > PAGE_LIMIT} == {}


def _transfer(browsing: Browsing, path: str) -> tuple[int, int]:
    """Bytes and requests of a page that is seen for the first time."""
    browsing.finished.clear()
    browsing.open(path)
    return sum(_sizes(browsing.finished)), len(browsing.finished)


def _sizes(requests: Iterable[Request]) -> Iterable[int]:
    for request in requests:
        response = request.response()
        assert response is not None
        body = response.body()
        yield request.sizes()["responseHeadersSize"] + min(len(body), len(gzip.compress(body)))
