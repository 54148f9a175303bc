"""The search: results while one types, what it says, keys, filters, an address for each search, and without it."""

# ruff: noqa: RUF001 (letters of other alphabets)

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from site_builder.search import facets, index, shards
from site_builder.text.tokenizer import terms
from tests.helpers.barriers import violations
from tests.helpers.browser import KINDS, Browsing, serve
from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.site import article, topic, write_site

pytestmark = pytest.mark.browser

FOUND: Final = ".sb-found li"
BYTES: Final = 200_000


def status(page: Page) -> str:
    """What is said to who hears the page, once it is said."""
    said = page.locator("[role=status]")
    expect(said).not_to_be_empty()
    return said.inner_text()


def test_results_come_as_one_types_with_the_words_marked(browsing: Browsing):
    page = browsing.open("search/")
    page.locator("#sb-q").press_sequentially("priva", delay=20)
    expect(page.locator(FOUND).first).to_contain_text("Privacy")
    assert page.locator(FOUND).count() >= 5
    assert status(page).startswith("Results: ")
    assert page.locator(f"{FOUND} mark").first.inner_text().lower().startswith("priva")
    page.wait_for_url("**/search/?q=priva")  # the address follows the keys with a delay
    assert browsing.faults == []


def test_a_search_has_an_address_and_takes_few_bytes(browsing: Browsing):
    page = browsing.open("search/?q=health")
    expect(page.locator(FOUND)).to_have_count(10)
    page.wait_for_load_state("networkidle")
    assert sum(request.sizes()["responseBodySize"] for request in browsing.finished) < BYTES
    page.locator("button", has_text="More results").click()
    expect(page.locator(FOUND)).to_have_count(20)
    assert page.locator(FOUND).nth(10).locator("a").evaluate("e => e === document.activeElement")
    href = page.locator(f"{FOUND} a").first.get_attribute("href")
    page.locator(f"{FOUND} a").first.click()
    page.wait_for_url(str(href))
    assert browsing.faults == []


@pytest.mark.parametrize(
    ("typed", "instead"), [("priacy", "privacy"), ("Microsfot", "microsoft"), ("rivacy", "privacy")]
)
def test_a_mistyped_word_still_finds_and_says_so(browsing: Browsing, typed: str, instead: str):
    page = browsing.open(f"search/?q={typed}")
    assert status(page).startswith(f"No page contains “{typed}”. These are results for “{instead}”. Results: ")
    assert page.locator(FOUND).count() >= 5


@pytest.mark.parametrize(("typed", "instead"), [("legislaiton", "legislation"), ("infrastrcuture", "infrastructure")])
def test_so_does_one_that_stands_in_texts_only(browsing: Browsing, typed: str, instead: str):
    page = browsing.open(f"search/?q={typed}")
    assert status(page).startswith(f"No page contains “{typed}”. These are results for “{instead}”. Results: ")
    assert page.locator(FOUND).count() >= 3


def test_the_end_of_a_word_may_be_swapped_too(browsing: Browsing):
    page = browsing.open("search/?q=accses")
    assert status(page).startswith("No page contains “accses”. These are results for “access”. Results: ")


def test_only_the_missing_word_is_told_and_a_topic_called_so_comes_first(browsing: Browsing):
    page = browsing.open("search/?q=priacy+law")
    assert status(page).startswith("No page contains “priacy”. These are results for “privacy”. ")
    page = browsing.open("search/?q=privacy")
    expect(page.locator(FOUND).first.locator("a")).to_have_text("Privacy")
    assert browsing.path(page) == "search/?q=privacy"


def test_an_empty_result_says_so_and_leaves_ways_on(browsing: Browsing):
    page = browsing.open("search/?q=qqzzqqzz")
    assert status(page) == "No page contains “qqzzqqzz”."
    assert page.locator(FOUND).count() == 0
    expect(page.locator("main .sb-group a", has_text="Topics").first).to_be_visible()


def test_all_words_come_before_some_and_plurals_find_each_other(browsing: Browsing):
    page = browsing.open("search/?q=clinical+trials")
    expect(page.locator(FOUND).first).to_contain_text("linical")
    assert page.locator(f"{FOUND} mark", has_text="trial").count() > 0


def test_filters_and_order_are_kept_in_the_address(browsing: Browsing):
    page = browsing.open("search/?q=health")
    everything = int(status(page).removeprefix("Results: "))
    page.locator(".sb-narrow summary").click()
    page.get_by_label("Topic").focus()
    page.get_by_label("Topic").select_option("enforcement")
    expect(page.locator("[role=status]")).not_to_have_text(f"Results: {everything}")
    fewer = int(status(page).removeprefix("Results: "))
    assert 0 < fewer < everything
    assert "topic=enforcement" in page.url
    expect(page.get_by_label("Topic")).to_be_focused()
    page.get_by_label("Sort by").select_option("date")
    expect(page.locator(FOUND).first).to_be_visible()
    page.wait_for_function("location.search.includes('sort=date')")
    page.reload()
    assert status(page) == f"Results: {fewer}"
    expect(page.get_by_label("Topic")).to_have_value("enforcement")
    told = [text.split(" · ")[0] for text in page.locator(f"{FOUND} .sb-meta").all_inner_texts()]
    days = [dt.datetime.strptime(day, "%d %B %Y") for day in told]  # noqa: DTZ007 (days, to compare)
    assert days == sorted(days, reverse=True)
    for name in ("Mentioning", "Year", "Source"):
        assert page.get_by_label(name).locator("option").count() > 1


@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_keys_open_it_from_any_page_and_arrows_go_through_it(browsing: Browsing, keys: str):
    page = browsing.open(KINDS["article-short"])
    page.wait_for_load_state("networkidle")
    page.locator("h1").click()
    page.keyboard.press(keys)
    box = page.locator("#sb-find input")
    expect(box).to_be_focused()
    page.keyboard.type("hipaa")
    expect(page.locator(f"#sb-find {FOUND}").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#sb-find {FOUND} a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#sb-find")).to_be_hidden()
    page.keyboard.press(keys)
    expect(page.locator("#sb-find")).to_be_visible()
    expect(box).to_be_focused()
    expect(page.locator(f"#sb-find {FOUND} a").first).to_have_attribute("href", re.compile("/hipaa/$"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hipaa/")
    assert browsing.faults == []


def test_results_that_come_late_keep_the_focus_in_the_list(browsing: Browsing):
    page = browsing.open(KINDS["home"])
    page.locator(".sb-find").click()
    expect(page.locator("#sb-find input")).to_be_focused()
    page.keyboard.type("hipaa")
    first = page.locator(f"#sb-find {FOUND} a").first
    expect(first).to_have_text("HIPAA")
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.evaluate(
        "box => { box.value = 'gdpr'; box.dispatchEvent(new Event('input')) }", page.query_selector("#sb-find input")
    )
    expect(first).to_have_text("GDPR")
    expect(first).to_be_focused()


def test_enter_goes_to_all_results(browsing: Browsing):
    page = browsing.open(KINDS["home"], width=360)
    page.locator(".sb-find").click()
    expect(page.locator("#sb-find input")).to_be_focused()
    page.keyboard.type("gdpr")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=gdpr")
    expect(page.locator(FOUND).first).to_be_visible()


def test_a_slash_in_a_field_is_a_slash(browsing: Browsing):
    page = browsing.open("search/")
    page.locator("#sb-q").click()
    page.keyboard.type("a/b")
    expect(page.locator("#sb-q")).to_have_value("a/b")


def test_without_script_the_page_offers_the_lists(browsing: Browsing):
    page = browsing.open(KINDS["home"], java_script_enabled=False)
    page.locator(".sb-find").click()
    assert browsing.path(page) == "search/"
    assert page.locator("form:visible").count() == 0
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    for name in ("Topics", "Names", "Timeline"):
        expect(page.locator("main a", has_text=name).first).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_no_barrier_with_results_filters_and_window(browsing: Browsing, width: int, scheme: str):
    page = browsing.open("search/?q=health", width=width, color_scheme=scheme)
    expect(page.locator(FOUND).first).to_be_visible()
    page.locator(".sb-narrow summary").click()
    expect(page.get_by_label("Topic")).to_be_visible()
    assert violations(page) == []
    page = browsing.open("", width=width, color_scheme=scheme, reduced_motion="reduce")
    page.locator(".sb-find").click()
    expect(page.locator("#sb-find input")).to_be_focused()
    page.keyboard.type("health")
    expect(page.locator(f"#sb-find {FOUND}").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


GREEK: Final = "Το νερό της πόλης"
TEXTS: Final = [
    "Policies, laws and cases: Straße ÜBER Ελλάδα ΣΊΣΥΦΟΣ naïve",
    "us class basis as is gas studies series buses",
    "医療のAI活用 ภาษาไทย 한국어 검색",
    "a-b_c d.e 3.14 2026-06-03 x² \ufb01ne \uff46\uff55\uff4c\uff4c",
    "İstanbul ŞIŞ ñandú e\u0301te\u0301",
    "हिन्दी भाषा, தமிழ் மொழி, กินข้าว 葛\U000e0100城 می\u200cخواهم Hawai\u02bbi 1\ufe0f\u20e3",
]


def test_words_become_the_same_terms_in_python_and_in_the_browser(browsing: Browsing):
    page = browsing.open("search/")
    script = "async texts => { const { terms } = await import('../assets/search.js'); return texts.map(terms) }"
    assert page.evaluate(script, TEXTS) == [terms(text) for text in TEXTS]
    letters = [f"e{chr(point)}e" for point in (*range(0x80, 0x2000), *range(0xA600, 0xAC00), *range(0xFB00, 0xFF00))]
    known = [letter for letter in letters if unicodedata.category(letter[1]) not in {"Cn", "Cs"}]
    found = page.evaluate(script, known)
    assert {t: own for t, own in zip(known, found, strict=True) if own != terms(t)} == {}


WAYS: Final = {
    "hydro": "Government hydrology report",
    "report hydro": "Government hydrology report",
    "hydro report": "Government hydrology report",
    "polici": "A policy for rivers",
    "policie": "A policy for rivers",
    "Hochwasser": "Hochwasserschutz",
    "Hochwas": "Hochwasserschutz",
    "데이터": "Tables",
    "데": "Tables",
    "人工": "Machines",
    "人": "Machines",
    "ガバ": "Machines",
    "ガ": "Machines",
    "Datenschutzg": "Soft hyphens",
    "lodz": "Łódź Øresund ışık",
    "Łód": "Łódź Øresund ışık",
    "oresund": "Łódź Øresund ışık",
    "ISIK": "Łódź Øresund ışık",
    "كتاب": "Books",
    "كِتَا": "Books",
    "كتـــاب": "Books",
    "احمد": "Books",
    "हिन्": "Languages",
}
"""What is typed -> the title of the only result."""


@pytest.fixture(scope="module", params=["small", "large"])
def many_scripts(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browsing]:
    """A site with a text for each of WAYS; once with many small shards, as a large site has them."""
    root = tmp_path_factory.mktemp("scripts") / "site"
    root.mkdir()
    texts = {
        "Government hydrology report": "Text.\n",
        "A policy for rivers": "Text.\n",
        "Hochwasserschutz": "Text.\n",
        "Tables": "그 데이터베이스를 읽는다.\n",
        "Machines": "人工知能とガバナンス。\n",
        "Łódź Øresund ışık": "Text.\n",
        "Books": "كِتَاب أحمد.\n",
        "Languages": "हिन्दी भाषा।\n",
        "Soft hyphens": "Daten\u00adschutz\u00adgesetz.\n",
        "Aims and aids": "Hochwald.\n",
        "Notes": "Few of them are about AI.\n",
    }
    files = {f"content/articles/a{n}.md": article(title, text) for n, (title, text) in enumerate(texts.items())}
    write_site(root, files)
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "large":
            _make_large(patch)
        build(root, site_dir=root / "built", site_url="https://example.org/x/y/")
    assert len(list(root.glob("built/search/t/*"))) == 1 or request.param == "large"
    with serve(Tree(root / "built", "https://example.org/x/y/")) as address:
        reader = Browsing(browser, address)
        yield reader
        reader.close()


def _make_large(patch: pytest.MonkeyPatch) -> None:
    """A site of some articles gets an index as ten thousand have one."""
    patch.setattr(shards, "SHARD_BYTES", 150)
    patch.setattr(index, "ROOT_RECORDS_BYTES", 0)
    patch.setattr(facets, "PART_NUMBERS", 7)


LAKES: Final = 24


@pytest.fixture(scope="module")
def lakes(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsing]:
    """A site with an index in many shards."""
    root = tmp_path_factory.mktemp("lakes") / "site"
    root.mkdir()
    files = {
        f"content/articles/a{n}.md": article(
            f"Lakes {n} of the mountains",
            f"Water{chr(97 + n)} and fish of the lakebed, a lakeshore{n}. Quietly.\n",
            summary=f"Summary {n}.",
            topics=["even" if n % 2 else "odd"],
            date=f"2026-01-{n + 1:02}",
        )
        for n in range(LAKES)
    }
    write_site(root, {**files, "content/topics/even.md": topic("Even"), "content/topics/odd.md": topic("Odd")})
    with pytest.MonkeyPatch.context() as patch:
        _make_large(patch)
        build(root, site_dir=root / "built", site_url="https://example.org/x/y/")
    with serve(Tree(root / "built", "https://example.org/x/y/")) as address:
        reader = Browsing(browser, address)
        yield reader
        reader.close()


@pytest.mark.parametrize("typed", ["l", "la", "lake", "lakes", "mountians", "waetra", "quitely"])
def test_a_large_index_gives_what_is_typed_begun_or_mistyped(lakes: Browsing, typed: str):
    page = lakes.open("search/")
    page.locator("#sb-q").press_sequentially(typed)
    count = 1 if typed == "waetra" else 10
    expect(page.locator(FOUND)).to_have_count(count)
    expect(page.locator(f"{FOUND} p", has_text="Summary")).to_have_count(count)
    assert lakes.faults == []


def test_a_large_index_has_filters_and_an_order_in_parts(lakes: Browsing):
    page = lakes.open("search/?q=lakes&topic=odd&sort=date")
    expect(page.locator(f"{FOUND} a")).to_have_text([f"Lakes {n} of the mountains" for n in range(22, 2, -2)])
    assert status(page) == f"Results: {LAKES // 2}"
    page.get_by_role("button", name="More results").click()
    expect(page.locator(FOUND)).to_have_count(LAKES // 2)


def test_first_results_of_a_large_index_need_no_other_files(lakes: Browsing):
    page = lakes.open("articles/a1/")
    page.route("**/search/d/*", lambda route: route.fulfill(status=HTTPStatus.NO_CONTENT))
    page.keyboard.press("/")
    expect(page.locator("#sb-find input")).to_be_focused()
    page.keyboard.type("lakes")
    expect(page.locator(f"#sb-find {FOUND} a").first).to_contain_text("of the mountains")
    expect(page.locator(f"#sb-find {FOUND} .sb-meta").first).to_contain_text("2026")


@pytest.mark.parametrize("typed", ["privacy", "priavcy"])
def test_a_search_asks_for_the_index_once_and_then_for_its_shards(browsing: Browsing, typed: str):
    page = browsing.open(KINDS["article"])
    page.wait_for_load_state("networkidle")
    browsing.finished.clear()
    page.keyboard.press("/")
    expect(page.locator("#sb-find input")).to_be_focused()
    page.locator("#sb-find input").fill(typed)
    expect(page.locator(f"#sb-find {FOUND} a").first).to_have_text("Privacy")
    asked = [request.url.removeprefix(browsing.base) for request in browsing.finished]
    files = [path for path in asked if path.startswith("search/")]
    assert len(files) == len(set(files)) <= 3
    assert [path for path in files if not path.startswith("search/t/")] == ["search/index.json"]


def test_pointing_at_its_link_loads_the_search_once(browsing: Browsing):
    page = browsing.open(KINDS["article"])
    page.wait_for_load_state("networkidle")
    browsing.finished.clear()
    with page.expect_response("**/search/index.json"), page.expect_response("**/assets/search.js"):
        page.locator(".sb-find").hover()
    page.locator(".sb-find").click()
    page.locator("#sb-find input").fill("privacy")
    expect(page.locator(f"#sb-find {FOUND} a").first).to_have_text("Privacy")
    asked = [request.url for request in browsing.finished]
    assert len(asked) == len(set(asked))
    assert browsing.faults == []


def test_a_beginning_finds_while_typing_after_enter_and_by_address(many_scripts: Browsing):
    page = many_scripts.open("search/")
    result = page.locator(f"{FOUND} a")
    for typed, title in WAYS.items():
        page.goto(f"{many_scripts.base}search/")
        page.locator("#sb-q").press_sequentially(typed)
        expect(result).to_have_text([title])
        expect(page.locator(f"{FOUND} mark").first).to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_function("typed => new URLSearchParams(location.search).get('q') == typed", arg=typed)
        expect(result).to_have_text([title])
        page.reload()
        expect(result).to_have_text([title])
    assert many_scripts.faults == []


def test_a_whole_word_comes_before_words_that_only_begin_so(many_scripts: Browsing):
    page = many_scripts.open("search/?q=ai")
    expect(page.locator(f"{FOUND} a")).to_have_text(["Notes", "Aims and aids"])


def test_other_scripts_are_found(browser: Browser, tmp_path: Path):
    root = write_site(
        tmp_path / "scripts",
        {
            "content/articles/a.md": article("医療における人工知能", "本文です。\n", language="ja"),
            "content/articles/b.md": article(GREEK, language="el"),
            "content/topics/x.md": topic("Wasser & Ökologie"),
        },
    )
    build(root, site_dir=root / "built", site_url="https://example.org/x/y/")
    assert json.loads((root / "built/search/index.json").read_text(encoding="utf-8"))["documents"] == 3
    with serve(Tree(root / "built", "https://example.org/x/y/")) as address:
        reader = Browsing(browser, address)
        for query, title in (
            ("人工知能", "医療における人工知能"),
            (GREEK[3:7], GREEK),
            ("okologie", "Wasser & Ökologie"),
        ):
            page = reader.open(f"search/?q={query}")
            expect(page.locator(FOUND).first.locator("a")).to_have_text(title)
        assert page.locator(FOUND).count() == 1
        assert reader.faults == []
        reader.close()


def test_filters_that_leave_nothing_are_told_and_can_be_dropped(browsing: Browsing):
    page = browsing.open("search/?q=hipaa&topic=energy")
    assert status(page) == "No page that contains “hipaa” matches these filters."
    page.get_by_role("button", name="Search without filters").click()
    expect(page.locator(FOUND).first).to_be_visible()
    assert browsing.path(page) == "search/?q=hipaa"
    page = browsing.open("search/?q=hipaa&topic=nothing-of-the-kind")
    expect(page.locator(FOUND).first).to_be_visible()
    assert browsing.path(page) == "search/?q=hipaa"


def test_a_word_that_no_page_has_is_told_beside_the_results_for_the_others(browsing: Browsing):
    page = browsing.open("search/?q=zzqqzz+privacy")
    assert status(page).startswith("No page contains “zzqqzz”. Results: ")


def test_a_hit_deep_in_a_summary_is_in_sight(browsing: Browsing):
    page = browsing.open("search/?q=privacy", width=320)
    expect(page.locator(FOUND).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    hidden: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".sb-found p:not(.sb-meta)")].filter(p => {
            const mark = p.querySelector("mark")
            return mark && mark.getBoundingClientRect().top > p.getBoundingClientRect().bottom
        }).map(p => p.textContent)"""
    )
    assert hidden == []


def test_without_its_files_it_says_so_and_leads_to_the_lists(browsing: Browsing):
    page = browsing.open("")
    page.route("**/search/*.json", lambda route: route.abort())
    page.locator(".sb-find").click()
    page.keyboard.type("gdpr")
    expect(page.locator("#sb-find [role=status]")).to_contain_text("could not load its files")
    page.locator("#sb-find").get_by_role("link", name="To the lists").click()
    page.wait_for_url("**/search/")


def test_without_its_script_the_page_offers_the_lists(browsing: Browsing):
    page = browsing.open("")
    page.route("**/assets/search.js", lambda route: route.abort())
    page.goto(f"{browsing.base}search/")
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    expect(page.locator("#sb-search")).to_be_hidden()
    expect(page.locator("main a", has_text="Topics").first).to_be_visible()


def test_what_is_typed_before_the_window_is_there_is_kept(browsing: Browsing):
    page = browsing.open(KINDS["article"])

    def late(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/assets/search.*", late)
    page.keyboard.press("Control+k")
    page.keyboard.type("hipaa")
    expect(page.locator("#sb-find input")).to_have_value("hipaa")
    expect(page.locator(f"#sb-find {FOUND} a").first).to_have_text("HIPAA")


def test_the_single_key_can_be_turned_off(browsing: Browsing):
    page = browsing.open("search/")
    page.get_by_label("Open search with /").uncheck()
    page.goto(browsing.base)
    page.keyboard.press("/")
    page.keyboard.press("Control+k")
    expect(page.locator("#sb-find input")).to_have_value("")
    page.keyboard.press("Escape")
    page.goto(f"{browsing.base}search/")
    expect(page.get_by_label("Open search with /")).not_to_be_checked()
    page.get_by_label("Open search with /").check()
    page.goto(browsing.base)
    page.keyboard.press("/")
    expect(page.locator("#sb-find input")).to_be_focused()
