"""Old addresses in the browser: the page that replaces them, at the same fragment and with the same query."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Route

from site_builder.editing.change import write_changes
from site_builder.editing.rename import RenamePlan, plan_rename
from site_builder.pipeline import Site
from tests.helpers.browser import Browsing, serve
from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.site import article, load_settings, topic, write_site
from tests.helpers.sites import AT_ROOT, BELOW

pytestmark = pytest.mark.browser

LONG = "## Wetlands\n\nText.\n\n## Überlauf & 水\n\nText.\n"
NEW = "articles/weir-log/"


@pytest.fixture(scope="module", params=[AT_ROOT, BELOW], ids=["root", "below"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with every kind of old address; one of them comes from a renaming."""
    root = tmp_path_factory.mktemp("redirects") / "site"
    root.mkdir()
    files = {
        "content/articles/river-log.md": article("Weir log", LONG, aliases=["/Old/Log/", "/2019/log.html", "/水/é/"]),
        "content/articles/copy.md": article("Copy", duplicate_of="river-log"),
        "content/topics/water.md": topic("Water", LONG),
        "content/topics/waters.md": topic("Waters", replaced_by="water"),
    }
    write_site(root, files)
    with closing(Site.load(load_settings(root)[0])) as site:
        plan = plan_rename(site, "river-log", "weir-log")
    assert isinstance(plan, RenamePlan)
    write_changes(root, plan.changes)
    build(root, site_dir=root / "built", site_url=request.param)
    with serve(Tree(root / "built", request.param)) as served:
        yield served


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Old/Log/", NEW, id="alias"),
        pytest.param("2019/log.html", NEW, id="file"),
        pytest.param("水/é/", NEW, id="letters"),
        pytest.param("articles/river-log/", NEW, id="mv"),
        pytest.param("articles/copy/", NEW, id="duplicate"),
        pytest.param("topics/waters/", "topics/water/", id="merged"),
    ],
)
def test_an_old_address_keeps_what_follows_it(browser: Browser, address: str, old: str, new: str):
    reader = Browsing(browser, address)
    page = reader.open("")
    for rest in ("#wetlands", "?from=mail&x=%26#uberlauf-%E6%B0%B4", "?q=1", "#:~:text=Text", ""):
        page.goto(f"{address}{old}{rest}", wait_until="commit")
        page.wait_for_url(f"{address}{new}{rest.removesuffix(':~:text=Text').removesuffix('#')}*")
        page.wait_for_load_state()
    assert reader.faults == []
    reader.close()


def test_a_slow_page_is_reached_at_its_fragment_too(browser: Browser, address: str):
    reader = Browsing(browser, address)
    page = reader.open("")

    def late(route: Route) -> None:
        page.wait_for_timeout(700)
        route.continue_()

    page.route(f"**/{NEW}", late)
    page.goto(f"{address}Old/Log/#wetlands", wait_until="commit")
    page.wait_for_url(f"{address}{NEW}#wetlands")
    page.go_back()
    assert page.url == address  # the old address is no step of the history
    reader.close()


def test_without_scripts_the_page_is_reached(browser: Browser, address: str):
    reader = Browsing(browser, address)
    page = reader.open("", java_script_enabled=False)
    page.goto(f"{address}articles/copy/#wetlands", wait_until="commit")
    page.wait_for_url(f"{address}{NEW}*")
    reader.close()


def test_without_its_script_the_page_names_the_new_one(browser: Browser, address: str):
    reader = Browsing(browser, address)
    page = reader.open("")
    page.route("**/redirect.js", lambda route: route.abort())
    page.goto(f"{address}Old/Log/")
    page.get_by_role("link", name="Weir log").click()
    page.wait_for_url(f"{address}{NEW}")
    reader.close()
