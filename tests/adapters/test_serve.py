"""The editing server: one address to its bytes, and a reload after an edit."""

import datetime as dt
import errno
import json
import re
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from site_builder.config import Overrides, load_config
from site_builder.serve.findings_html import SCRIPT, STATE, STYLE
from site_builder.serve.http_server import make_server
from site_builder.serve.live import Live, Version
from tests.helpers.site import MKDOCS_YML, article, write_files, write_site
from tests.helpers.sites import png


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
    assert _get(address + SCRIPT)[:2] == (200, "text/javascript; charset=utf-8")
    assert _get(address + STYLE)[:2] == (200, "text/css; charset=utf-8")


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


def state(address: str, page: str = "/", version: int = -1, findings: int = -1) -> dict[str, Any]:
    """What the script of a page is told; it waits for another version than the one given."""
    status, kind, text = _get(f"{address}{STATE}?version={version}&findings={findings}&page={quote(page)}")
    assert (status, kind) == (200, "application/json")
    told: dict[str, Any] = json.loads(text)
    return told


def test_an_edit_is_seen_by_a_waiting_browser(live: Live, address: str, tmp_path: Path):
    before = live.version
    answers: list[dict[str, Any]] = []
    waiting = threading.Thread(target=lambda: answers.append(state(address, "/", before.site, before.findings)))
    waiting.start()
    (tmp_path / "content/articles/a.md").write_text(article("Edited"), encoding="utf-8")
    live.load()
    waiting.join(10)
    assert [answer["version"] for answer in answers] == [before.site + 1]
    assert "Edited" in _get(f"{address}/articles/a/")[2]


def test_what_changes_nothing_is_no_new_version(live: Live, tmp_path: Path):
    before = live.version
    (tmp_path / "content/articles/a.md").touch()
    write_files(tmp_path, {"notes.log": "x", "content/articles/.a.md.swp": "x"})
    live.load()
    assert live.version == before


def test_the_overlay_tells_what_is_wrong_on_the_page_first(live: Live, address: str, tmp_path: Path):
    assert state(address, "/articles/a/")["label"] == ""
    write_files(tmp_path, {
        "content/articles/a.md": article("First", "See <b>[this](gone.md)</b>.\n"),
        "content/articles/b.md": article("Second", "![](p.png)\n"),
        "content/articles/p.png": png(1, 1),
    })  # fmt: skip
    live.load()
    told = state(address, "/articles/b/")
    assert (told["label"], told["severity"]) == ("1 error, 1 warning", "error")
    first, second = told["html"].split("<h3>")[1:]
    assert first.startswith("On this page")
    assert "content/articles/b.md:" in first
    assert second.startswith("Elsewhere")
    assert "[link-missing]" not in second
    assert "<code>link-missing</code>" in second
    (tmp_path / "content/articles/a.md").write_text(article("First"), encoding="utf-8")
    live.load()
    assert state(address, "/articles/a/")["label"] == "1 warning"
    (tmp_path / "content/articles/b.md").write_text(article("Second", "![A lamp](p.png)\n"), encoding="utf-8")
    live.load()
    assert state(address, "/articles/a/")["label"] == ""


def test_the_overlay_shows_a_limited_number(live: Live, address: str, tmp_path: Path):
    body = "".join(f"[x](gone-{number}.md)\n" for number in range(60))
    (tmp_path / "content/articles/a.md").write_text(article("First", body), encoding="utf-8")
    live.load()
    told = state(address, "/articles/b/")
    assert told["label"] == "60 errors"
    assert told["html"].count("<li ") == 50
    assert "… and 10 more" in told["html"]


def test_the_terminal_prints_what_is_new_only(live: Live, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    def load(**files: str) -> tuple[str, str]:
        write_files(tmp_path, {f"content/articles/{name}.md": text for name, text in files.items()})
        capsys.readouterr()
        live.load()
        told = capsys.readouterr()
        return told.out, told.err

    out, err = load(a=article("First", "[x](gone.md)\n"))
    assert err.count("[link-missing]") == 1
    assert out == "1 error in 1 of 2 files.\n"
    assert load(a=article("First", "One line more.\n\n[x](gone.md)\n")) == ("", "")
    out, err = load(b=article("Second", "[y](lost.md)\n"))
    assert ("gone.md" in err, "lost.md" in err) == (False, True)
    assert load(a=article("First"))[0] == "1 error in 1 of 2 files.\n"
    assert load(b=article("Second")) == ("nothing to report in 2 files.\n", "")


@pytest.mark.parametrize(
    ("broken", "wanted"),
    [
        ("---\ntitle: [\n---\nText.\n", "front-matter-yaml"),
        (article("First", tittle="x"), "key-unknown"),
        (article("First", date=None), "field-missing"),
        ("No front matter <script>x</script>.\n", "front-matter-missing"),
        ("", "file-empty"),
    ],
    ids=["yaml", "key", "field", "no front matter", "empty"],
)
def test_a_broken_article_is_an_error_page(broken: str, wanted: str, live: Live, address: str, tmp_path: Path):
    (tmp_path / "content/articles/a.md").write_text(broken, encoding="utf-8")
    live.load()
    for url in ("/articles/a/", "/articles/a", "/articles/a/index.html"):
        status, kind, text = _get(address + url)
        assert (status, kind) == (500, "text/html; charset=utf-8")
        assert f"<code>{wanted}</code>" in text
        assert "content/articles/a.md:1:1" in text or "content/articles/a.md:" in text
        assert "<script>x" not in text
        assert text.count(SCRIPT) == text.count(STYLE) == 1, "it follows the next edit too"
    (tmp_path / "content/articles/a.md").write_text(article("Mended"), encoding="utf-8")
    live.load()
    assert _get(f"{address}/articles/a/")[0] == 200


def test_the_alias_of_a_broken_article_is_an_error_page(live: Live, address: str, tmp_path: Path):
    text = article("First", aliases=["/old/"], tittle="x")
    (tmp_path / "content/articles/a.md").write_text(text, encoding="utf-8")
    live.load()
    assert _get(f"{address}/old/")[0] == 500


def test_a_draft_says_why_it_is_not_there(live: Live, address: str, tmp_path: Path):
    (tmp_path / "content/articles/a.md").write_text(article("First", status="draft"), encoding="utf-8")
    live.load()
    status, _, text = _get(f"{address}/articles/a/")
    assert status == 404
    assert "--drafts" in text


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
        request = f"GET {STATE}?version=".encode() + b"\xb2&findings=\xb2 HTTP/1.0\r\nHost: localhost\r\n\r\n"
        connection.sendall(request)  # a digit of Latin-1, yet no number
        assert b" 200 " in connection.recv(100)


@pytest.mark.parametrize("header", ["Host: evil.example\r\n", ""])
def test_a_request_with_the_name_of_another_host_is_refused(header: str, address: str):
    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=10) as connection:
        connection.sendall(f"GET /articles/a/ HTTP/1.0\r\n{header}\r\n".encode())
        assert b" 421 " in connection.recv(100)


def _session(root: Path) -> Live:
    return Live(root / "mkdocs.yml", Overrides(site_url="http://127.0.0.1/"))


def test_a_session_starts_with_the_pages_of_the_last_one_unless_a_file_has_changed(live: Live, tmp_path: Path):
    shown = live.answer("/articles/a/")
    live.keep_pages()
    second = _session(tmp_path)
    assert second.start()
    assert second.answer("/articles/a/") == shown, "it is not loaded yet"
    assert b"First" in second.answer("/").data, "the home page is always kept"
    assert second.update() is not None
    assert second.version.site == 1, "open pages stay as they are"
    assert second.answer("/articles/a/") == shown
    (tmp_path / "content/articles/b.md").write_text(article("Other"), encoding="utf-8")
    third = _session(tmp_path)
    assert third.start()
    answers: list[bytes] = []
    thread = threading.Thread(target=lambda: answers.append(third.answer("/articles/b/").data), daemon=True)
    thread.start()
    assert third.update() is not None
    thread.join(60)
    assert b"Other" in answers[0]


@pytest.mark.parametrize(
    ("site_url", "days_later", "is_shown"),
    [("http://127.0.0.1:8001/", 0, True), ("http://127.0.0.1/", 1, True), ("http://127.0.0.1/", -1, False)],
    ids=["another port", "the next day", "an earlier day"],
)
def test_another_port_or_a_later_day_starts_with_these_pages_too(
    live: Live, tmp_path: Path, site_url: str, days_later: int, is_shown: bool
):
    """They reload once the site is loaded. On an earlier day, an embargo may hold back what they show."""
    shown = live.answer("/articles/a/")
    live.keep_pages()
    day = live.site.config.date + dt.timedelta(days=days_later)
    second = Live(tmp_path / "mkdocs.yml", Overrides(site_url=site_url, date=day))
    assert second.start()
    assert (second._early is not None) is is_shown
    config, _ = load_config(tmp_path / "mkdocs.yml", Overrides())
    assert config is not None
    assert config.markdown == live.site.config.markdown, "what check and build have read is not read again"
    if is_shown:
        assert second.answer("/articles/a/") == shown
    assert second.update() is not None
    assert second.version.site == (2 if is_shown else 1)
    assert site_url.encode() in second.answer("/articles/a/").data


def test_a_full_address_of_the_published_site_is_a_link_within_the_preview(tmp_path: Path):
    settings = re.sub(r"(?m)^site_url:.*", "site_url: https://kb.example.org/", MKDOCS_YML)
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    text = "See [the other](https://kb.example.org/articles/b/).\n"
    (tmp_path / "content/articles/a.md").write_text(article("First", text), encoding="utf-8")
    (tmp_path / "content/articles/b.md").write_text(article("Second"), encoding="utf-8")
    session = _session(tmp_path)
    assert session.load() is not None
    assert b'href="../b/"' in session.answer("/articles/a/").data


def test_pages_kept_by_mistake_are_loaded_again(live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Two files of one size and time, say on a disk that counts in seconds: their bytes tell."""
    live.answer("/articles/a/")
    live.keep_pages()
    (tmp_path / "content/articles/a.md").write_text(article("Final"), encoding="utf-8")
    monkeypatch.setattr("site_builder.serve.kept_pages._state", lambda stat: str(stat.st_size))
    live.version = Version(9, 9)  # so that they are kept once more, as if nothing had changed
    live.keep_pages()
    second = _session(tmp_path)
    assert second.start()
    assert b"First" in second.answer("/articles/a/").data
    assert second.update() is not None
    assert second.version.site == 2, "open pages reload"
    assert b"Final" in second.answer("/articles/a/").data


def test_only_texts_are_read_again_where_only_they_changed(live: Live, tmp_path: Path):
    first, path = live.site, tmp_path / "content/articles/a.md"
    path.write_text(article("First", "Other words.\n"), encoding="utf-8")
    assert live.update({path}) is not None
    assert live.site is first
    assert b"Other words." in live.answer("/articles/a/").data
    path.write_text(article("Another title"), encoding="utf-8")
    assert live.update({path}) is not None
    assert live.site is not first
    assert b"Another title" in live.answer("/articles/b/").data or b"Another title" in live.answer("/").data


def test_settings_that_are_wrong_leave_the_site_as_it_was(live: Live, address: str, tmp_path: Path):
    (tmp_path / "mkdocs.yml").write_text("site_name: [", encoding="utf-8")
    assert live.load() is None
    assert _get(f"{address}/articles/a/")[0] == 200
    assert "mkdocs.yml:" in state(address, "/articles/a/")["html"]
    (tmp_path / "mkdocs.yml").write_text(MKDOCS_YML, encoding="utf-8")
    assert live.load() is not None
    assert state(address, "/articles/a/")["label"] == ""


def test_a_template_that_fails_is_told_in_the_browser(live: Live, address: str, tmp_path: Path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/article.html").write_text("{{ page.nothing }}", encoding="utf-8")
    live.load()
    status, _, text = _get(f"{address}/articles/a/")
    assert status == 500
    assert "<code>template-error</code>" in text
    assert "templates/article.html:1:" in text
    assert "<mark>   1  {{ page.nothing }}</mark>" in text


def test_a_request_for_no_address_is_answered(address: str):
    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=10) as connection:
        connection.sendall(b"GET http://[x HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


def test_it_listens_on_ipv6_too(live: Live):
    try:
        server = make_server(live, "::1", 0)
    except OSError as error:
        if error.errno != errno.EADDRNOTAVAIL:
            raise
        pytest.skip("this machine has no IPv6")
    assert server.socket.family == socket.AF_INET6
    server.server_close()
