"""Copies of dead pages, as the archive tells of them. Nothing here asks it."""

import datetime as dt
import json
from typing import Any

import pytest

from site_builder.config.link_states import LinkState, LinkStates
from site_builder.importers.fetch.fetch_error import FetchError
from site_builder.link_check.archived_copies import find_copy, with_copies

DAY = dt.date(2026, 6, 3)
COPY = "http://web.archive.org/web/20260601010203/https://x.example/a?b=c"


def answer(**closest: Any) -> bytes:
    whole = {"available": True, "status": "200", "url": COPY, "timestamp": "20260601010203"} | closest
    return json.dumps({"url": "x", "archived_snapshots": {"closest": whole}}).encode()


def test_the_nearest_copy_is_asked_for():
    asked: list[str] = []

    def get(url: str) -> bytes:
        asked.append(url)
        return answer()

    assert find_copy("https://x.example/a?b=c&d", DAY, get) == COPY.replace("http:", "https:", 1)
    assert asked == [
        "https://archive.org/wayback/available?url=https%3A%2F%2Fx.example%2Fa%3Fb%3Dc%26d&timestamp=20260603"
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<html>", b"[]", b"5", b"null", b"{}", b'{"archived_snapshots": {}}', b'{"archived_snapshots": []}',
        b'{"archived_snapshots": {"closest": "x"}}', b"[" * 100_000,
        answer(available=False), answer(available="true"), answer(status="404"), answer(status=200), answer(url=None),
        answer(url="https://evil.example/web/20260601010203/https://x.example/"),
        answer(url="https://web.archive.org.evil.example/web/20260601010203/https://x.example/"),
        answer(url="javascript:alert(1)"), answer(url=f"{COPY} onclick=x"),
    ],
)  # fmt: skip
def test_any_other_answer_is_no_copy(data: bytes):
    assert find_copy("https://x.example/", DAY, lambda _: data) == ""


def test_an_archive_that_does_not_answer_stops_nothing():
    def get(url: str) -> bytes:
        raise FetchError(url, "it took too long", "")

    assert find_copy("https://x.example/", DAY, get) == ""


def test_only_dead_addresses_without_a_copy_are_asked_for():
    dead = LinkState(failing=DAY, dead=DAY, alive=dt.date(2026, 5, 1))
    states = LinkStates(DAY, {
        "https://a.example/": dead, "https://b.example/": LinkState(),
        "https://c.example/": LinkState(failing=DAY),
        "https://d.example/": LinkState(failing=DAY, dead=DAY, archive=COPY),
        "https://e.example/": LinkState(dead=DAY),
    })  # fmt: skip
    asked: list[str] = []
    waits: list[int] = []

    def get(url: str) -> bytes:
        asked.append(url.partition("?")[2])
        return answer()

    found = with_copies(states, lambda: waits.append(1), get)
    assert asked == [
        "url=https%3A%2F%2Fa.example%2F&timestamp=20260501",
        "url=https%3A%2F%2Fe.example%2F&timestamp=20260603",
    ]
    assert waits == [1]
    assert found.links["https://a.example/"].archive.startswith("https://web.archive.org/web/2026")
    assert found.links["https://d.example/"].archive == COPY
