"""What `serve` adds to a page: the findings, in a corner; and its error pages."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from site_builder.config import Overrides
from site_builder.serve.http_server import make_server
from site_builder.serve.live import Live
from tests.helpers.barriers import violations
from tests.helpers.site import Files, article, write_files, write_site
from tests.helpers.sites import png

pytestmark = pytest.mark.browser

BROKEN: Files = {
    "content/articles/a.md": article("First", "[x](gone.md)\n"),
    "content/articles/b.md": article("Second", "![](p.png)\n"),
    "content/articles/c.md": article("Third", tittle="x"),
    "content/articles/p.png": png(1, 1),
}


class Editing:
    """A live site, its server, and a tab that looks at it."""

    def __init__(self, root: Path, page: Page) -> None:
        self.root = root
        self.page = page
        self.live = Live(root / "mkdocs.yml", Overrides(site_url="http://127.0.0.1/"))
        self.faults: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.live.load()
        self.address = ""

    def edit(self, **articles: str) -> None:
        write_files(self.root, {f"content/articles/{name}.md": text for name, text in articles.items()})
        self.live.load()


@pytest.fixture
def editing(browser: Browser, tmp_path: Path) -> Iterator[Editing]:
    context = browser.new_context()
    made = Editing(write_site(tmp_path, BROKEN), context.new_page())
    server = make_server(made.live, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_port}"
    yield made
    context.close()
    server.shutdown()
    server.server_close()


def test_it_opens_by_itself_for_errors_of_the_page_and_closes_by_the_keyboard(editing: Editing) -> None:
    page = editing.page
    page.goto(f"{editing.address}/articles/a/")
    panel = page.get_by_role("region", name="2 errors, 1 warning")
    expect(panel).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("site-builder: 2 errors, 1 warning")
    expect(panel.get_by_text("link-missing")).to_be_visible()
    badge = page.get_by_role("button", name="2 errors, 1 warning")
    expect(badge).to_have_attribute("aria-expanded", "true")
    panel.get_by_role("button", name="Close").focus()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(badge).to_be_focused()
    page.reload()
    expect(badge).to_be_visible()
    expect(panel).to_be_hidden()
    page.keyboard.press("Tab")
    badge.press("Enter")
    expect(panel).to_be_focused()
    assert editing.faults == []


def test_elsewhere_it_is_a_button_that_can_be_hidden(editing: Editing) -> None:
    page = editing.page
    page.goto(f"{editing.address}/articles/b/")
    badge = page.get_by_role("button", name="2 errors, 1 warning")
    expect(badge).to_be_visible()
    expect(page.get_by_role("region", name="2 errors, 1 warning")).to_be_hidden()
    page.get_by_role("button", name="Hide until the findings change").click()
    expect(badge).to_be_hidden()
    page.goto(f"{editing.address}/articles/")
    expect(badge).to_be_hidden()
    editing.edit(a=article("First", "It is mended.\n"))
    expect(page.get_by_role("button", name="1 error, 1 warning")).to_be_visible()
    assert editing.faults == []


def test_it_goes_when_all_is_mended(editing: Editing) -> None:
    page = editing.page
    page.goto(f"{editing.address}/articles/a/")
    expect(page.get_by_role("region", name="2 errors, 1 warning")).to_be_visible()
    editing.edit(a=article("First", "Mended.\n"), b=article("Second", "![A lamp](p.png)\n"), c=article("Third"))
    expect(page.get_by_text("Mended.")).to_be_visible()
    expect(page.get_by_role("button", name="warning")).to_have_count(0)
    assert editing.faults == []


def test_settings_that_are_wrong_are_shown_without_a_reload(editing: Editing) -> None:
    page = editing.page
    page.goto(f"{editing.address}/articles/b/")
    expect(page.get_by_role("button", name="2 errors, 1 warning")).to_be_visible()
    page.evaluate("window.stayed = true")
    settings = editing.root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text("site_name: [", encoding="utf-8")
    editing.live.load()
    expect(page.get_by_role("region", name="1 error")).to_contain_text("mkdocs.yml:1:")
    settings.write_text(text, encoding="utf-8")
    editing.live.load()
    expect(page.get_by_role("button", name="2 errors, 1 warning")).to_be_visible()
    assert page.evaluate("window.stayed")


def test_an_error_page_becomes_the_page_after_the_mend(editing: Editing) -> None:
    page = editing.page
    page.goto(f"{editing.address}/articles/c/")
    expect(page.get_by_role("heading", level=1)).to_have_text("content/articles/c.md cannot be shown")
    expect(page.get_by_text("key-unknown")).to_be_visible()
    editing.edit(c=article("Third", titel="x"))
    expect(page.get_by_text('"titel" is not a field')).to_be_visible()
    editing.edit(c=article("Third"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Third")
    assert all("500" in fault for fault in editing.faults)


def test_a_reload_keeps_the_place_on_the_page(editing: Editing) -> None:
    page, long = editing.page, "A line.\n\n" * 200
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="900"/>'
    write_files(editing.root, {"content/articles/tall.svg": picture})
    editing.edit(b=article("Second", f"![A lamp](tall.svg)\n\n{long}"))
    page.goto(f"{editing.address}/articles/b/")
    page.evaluate("scrollTo({top: 2500, behavior: 'instant'})")
    editing.edit(b=article("Second", f"![A lamp](tall.svg)\n\n{long}The end.\n"))
    expect(page.get_by_text("The end.")).to_be_attached()
    page.wait_for_load_state("load")
    page.wait_for_function("Math.abs(scrollY - 2500) < 2")
    page.goto(f"{editing.address}/articles/a/")
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barriers(scheme: Literal["light", "dark"], editing: Editing) -> None:
    page = editing.page
    page.emulate_media(color_scheme=scheme)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{editing.address}/articles/a/")
        expect(page.get_by_role("region", name="2 errors, 1 warning")).to_be_visible()
        assert violations(page) == []
        page.goto(f"{editing.address}/articles/c/")
        assert violations(page) == []
