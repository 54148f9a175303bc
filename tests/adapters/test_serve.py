"""The editing server: one address to its bytes, and a reload after an edit."""

import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.config import Overrides
from site_builder.serve import RELOAD, SCRIPT, Live, make_server
from tests.helpers.site import article, write_site


@pytest.fixture
def live(tmp_path: Path) -> Live:
    root = write_site(tmp_path, {"content/articles/a.md": article("First"), "content/articles/b.md": article("Second")})
    live = Live(root / "mkdocs.yml", Overrides(site_url="http://127.0.0.1/"))
    assert live.load() is not None
    return live


@pytest.fixture
def address(live: Live) -> Iterator[str]:
    server = make_server(live, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _get(url: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read().decode()


def test_a_page_is_made_when_asked_for_and_carries_the_reload_script(address: str):
    status, kind, text = _get(f"{address}/articles/a/")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert "First" in text
    assert text.count(SCRIPT) == 1
    assert _get(address + SCRIPT)[:2] == (200, "text/javascript")


def test_nothing_is_written(address: str, tmp_path: Path):
    _get(f"{address}/")
    assert not list(tmp_path.rglob("site"))


def test_a_folder_without_its_slash_is_sent_on(address: str):
    assert _get(f"{address}/articles/a")[0] == 200


def test_an_unknown_address_gets_the_404_page(address: str):
    status, _, text = _get(f"{address}/no/such/page/")
    assert status == 404
    assert "<h1>" in text


def test_feeds_and_assets_have_their_types(address: str):
    assert _get(f"{address}/feed.json")[1].startswith("application/json")
    assert _get(f"{address}/feed.xml")[1].endswith("xml; charset=utf-8")
    assert _get(f"{address}/assets/style.css")[1] == "text/css; charset=utf-8"


def test_an_edit_is_seen_by_a_waiting_browser(live: Live, address: str, tmp_path: Path):
    before = live.version
    answers: list[str] = []
    waiting = threading.Thread(target=lambda: answers.append(_get(f"{address}{RELOAD}?{before}")[2]))
    waiting.start()
    (tmp_path / "content/articles/a.md").write_text(article("Edited"), encoding="utf-8")
    live.load()
    waiting.join(10)
    assert answers == [str(before + 1)]
    assert "Edited" in _get(f"{address}/articles/a/")[2]


def test_many_connections_wait_their_turn(live: Live):
    server = make_server(live, "127.0.0.1", 0)  # it accepts none yet
    waiting = []
    try:
        waiting = [socket.create_connection(("127.0.0.1", server.server_port), timeout=0.5) for _ in range(40)]
    finally:
        for connection in waiting:
            connection.close()
        server.server_close()
    assert len(waiting) == 40


def test_a_version_that_is_no_number_is_answered_at_once(address: str):
    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=10) as connection:
        connection.sendall(f"GET {RELOAD}?".encode() + b"\xb2 HTTP/1.0\r\n\r\n")  # a digit of Latin-1, yet no number
        assert b" 200 " in connection.recv(100)


def test_settings_that_are_wrong_leave_the_site_as_it_was(live: Live, address: str, tmp_path: Path):
    (tmp_path / "mkdocs.yml").write_text("site_name: [", encoding="utf-8")
    assert live.load() is None
    assert _get(f"{address}/articles/a/")[0] == 200


def test_a_template_that_fails_is_told_in_the_browser(live: Live, address: str, tmp_path: Path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/article.html").write_text("{{ page.nothing }}", encoding="utf-8")
    live.load()
    status, _, text = _get(f"{address}/articles/a/")
    assert status == 500
    assert "[template-error]" in text
