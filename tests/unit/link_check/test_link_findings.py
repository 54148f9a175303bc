"""What is said about each link, and the list for an issue."""

import datetime as dt

import pytest

from site_builder.config.link_states import LinkState, LinkStates
from site_builder.diagnostics import Location
from site_builder.link_check.answers import LinkAnswer, Verdict
from site_builder.link_check.link_findings import MAX_LISTED, link_findings, list_for_issue, named_part
from site_builder.links.outside_links import OutsideLink
from site_builder.urls import SourcePath

DAY = dt.date(2026, 6, 3)
URL = "https://x.example/a"


def link(url: str = URL, fragment: str = "", path: str = "content/articles/a.md", line: int = 7) -> OutsideLink:
    return OutsideLink(url, fragment, Location(SourcePath(path), line, 3))


def found(state: LinkState, answer: LinkAnswer | None = None, fragment: str = "") -> list[str]:
    answers = {URL: answer} if answer else {}
    return [str(d) for d in link_findings([link(fragment=fragment)], LinkStates(DAY, {URL: state}), answers)]


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (LinkState(failing=DAY, dead=DAY), f'the link to "{URL}" is dead: not reached since 2026-06-03 [link-dead]'),
        (LinkState(failing=DAY, days=1, why="404 Not Found"),
         f'"{URL}" fails since 2026-06-03, on 1 day: 404 Not Found [link-failing]'),
        (LinkState(refused="403 Forbidden"),
         f'"{URL}" was not seen, because its server refuses programs: 403 Forbidden [link-refused]'),
        (LinkState(moved="https://y.example/b"),
         f'"{URL}" has moved for good to https://y.example/b [link-moved]\n  hint: write https://y.example/b'),
        (LinkState(moved="https://y.example/"), f'"{URL}" now leads to a home page, https://y.example/ [link-moved]'),
    ],
)  # fmt: skip
def test_what_is_said(state: LinkState, text: str):
    (one,) = found(state)
    assert one.startswith(f"content/articles/a.md:7:3: info: {text}")


def test_nothing_is_said_about_a_living_address():
    assert found(LinkState()) == []


def test_an_address_that_was_not_asked():
    (one,) = found(
        LinkState(), LinkAnswer(Verdict.UNKNOWN, '"x.example" is 10.0.0.1, which is not on the public internet')
    )
    assert f'"{URL}" was not checked: "x.example" is 10.0.0.1' in one


@pytest.mark.parametrize(
    ("fragment", "is_found"),
    [("part", True), ("gone", False), ("caf%C3%A9", True), ("gone:~:text=x", False), ("part:~:text=x", True),
     (":~:text=x", True), ("!/app", True), ("/route", True), ("", True), ("TOP", True)],
)  # fmt: skip
def test_parts_of_pages(fragment: str, is_found: bool):
    answer = LinkAnswer(Verdict.ALIVE, ids=frozenset({"part", "café"}))
    assert [("fragment-missing" in one) for one in found(LinkState(), answer, fragment)] == ([] if is_found else [True])
    assert found(LinkState(), LinkAnswer(Verdict.ALIVE, ids=None), fragment) == []
    assert (named_part(fragment) != "") == (fragment not in {":~:text=x", "!/app", "/route", "", "TOP"})


def test_the_suggested_address_keeps_the_part():
    (one,) = found(LinkState(moved="https://y.example/b"), None, "part")
    assert "write https://y.example/b#part" in one


DEAD = LinkState(alive=dt.date(2026, 5, 1), failing=DAY, dead=DAY, why="404 Not Found")


def test_the_list_for_an_issue():
    other, old = "https://x.example/b", "https://x.example/old"
    states = LinkStates(DAY, {
        URL: DEAD, old: LinkState(failing=DAY, dead=DAY, why="it took too long", archive="https://web.archive.org/web/1/x"),
        other: LinkState(failing=DAY, days=1, why="404 Not Found"),
    })  # fmt: skip
    links = [link(), link(path="content/pages/[a].md", line=2), link(other), link(old)]
    text = list_for_issue(links, states, LinkStates(DAY, {old: DEAD}))
    assert text.partition("\n\n")[2] == (
        "## Died since the last check\n\n"
        "- <https://x.example/a> since 2026-06-03 (404 Not Found, last seen alive on 2026-05-01): "
        "content/articles/a.md line 7, content/pages/\\[a\\].md line 2\n\n"
        "## Dead before\n\n"
        "- <https://x.example/old> since 2026-06-03 (it took too long): content/articles/a.md line 7; "
        "[archived copy](<https://web.archive.org/web/1/x>)\n\n"
        "## Failing, but not yet for so long that they count as dead\n\n"
        "- <https://x.example/b> since 2026-06-03 (404 Not Found): content/articles/a.md line 7\n"
    )


def test_nothing_dead_is_no_issue():
    assert list_for_issue([link()], LinkStates(DAY, {URL: LinkState(failing=DAY, days=1)}), LinkStates()) == ""


def test_a_long_list_fits_into_an_issue():
    urls = [f"https://x.example/{'y' * 150}{n:04}" for n in range(1000)]
    links = [link(url, path=f"content/articles/{'z' * 60}{n}.md") for url in urls for n in range(9)]
    text = list_for_issue(links, LinkStates(DAY, dict.fromkeys(urls, DEAD)), LinkStates())
    assert f"- and {1000 - MAX_LISTED} more" in text
    assert "and 6 more" in text
    assert len(text) < 65_536
