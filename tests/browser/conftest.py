"""One build in a run, one web server and one browser in each process; each test opens pages of its own."""

import os
from collections.abc import Hashable, Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.helpers.browser import ARGUMENTS, NO_CHROMIUM, Browsing, find_chromium, serve
from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.site import article, document, entity, topic, write_site
from tests.helpers.sites import BELOW, built_demonstration

ARABIC: Final = f"""\
site_name: مكتبة الصحة
site_url: {BELOW}
docs_dir: content
theme: site_builder
plugins:
  - site_builder:
      language: ar
"""
SENTENCE: Final = "تصف هذه المقالة دراسة عن استخدام الذكاء الاصطناعي في المستشفيات وما بقي منها بلا جواب. "


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it the tests skip, or fail where they must not."""
    found = find_chromium()
    if found is None and os.environ.get("SITE_BUILDER_REQUIRE_BROWSER"):
        pytest.fail(NO_CHROMIUM)
    if found is None:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def tabs() -> dict[Hashable, Page]:
    """The tabs of this process that `Browsing.look` uses again and again."""
    return {}


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The demonstration site below a path; one of its articles has an old address."""
    return built_demonstration(tmp_path_factory, BELOW)


@pytest.fixture(scope="session")
def demonstration_address(demonstration: Tree) -> Iterator[str]:
    with serve(demonstration) as address:
        yield address


@pytest.fixture
def browsing(browser: Browser, demonstration_address: str, tabs: dict[Hashable, Page]) -> Iterator[Browsing]:
    """The demonstration site in the browser."""
    reader = Browsing(browser, demonstration_address, tabs=tabs)
    yield reader
    reader.close()


@pytest.fixture(scope="session")
def arabic_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site in a language that is written from right to left, with one article in English."""
    root = tmp_path_factory.mktemp("sites") / "arabic"
    root.mkdir()
    body = f"## العنوان\n\n{SENTENCE * 8}\n\n- {SENTENCE}\n- {SENTENCE}\n\n> {SENTENCE}\n"
    common = {"topics": ["sihha"], "entities": ["mustashfa"]}
    write_site(
        root,
        {
            "mkdocs.yml": ARABIC,
            "content/articles/awwal.md": article(
                "دراسة في المستشفيات", body, summary=SENTENCE, similar=[{"to": "thani", "why": SENTENCE}], **common
            ),
            "content/articles/thani.md": article(
                "A study in English", "A paragraph in English.\n", summary="It is in English.", language="en", **common
            ),
            "content/topics/sihha.md": topic("الصحة", summary=SENTENCE),
            "content/entities/mustashfa.md": entity("المستشفى", summary=SENTENCE),
            "content/pages/index.md": document(SENTENCE, title="الصفحة الأولى"),
        },
    )
    build(root, site_dir=root / "built", site_url=BELOW)
    with serve(Tree(root / "built", BELOW)) as address:
        yield address


@pytest.fixture
def arabic(browser: Browser, arabic_address: str, tabs: dict[Hashable, Page]) -> Iterator[Browsing]:
    """That site in the browser."""
    reader = Browsing(browser, arabic_address, tabs=tabs)
    yield reader
    reader.close()
