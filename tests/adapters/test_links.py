"""`links`: the addresses elsewhere, asked of a server on this machine that misbehaves in many ways."""

import contextlib
import json
import os
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main
from site_builder.config.link_states import LINKS_FILE
from site_builder.link_check import archived_copies, ask_address
from tests.helpers.odd_server import Server, raw, response
from tests.helpers.processes import started, until
from tests.helpers.site import MKDOCS_YML, MakeSite, article, entity


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def busy() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _without_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask_address, "AskLimits", partial(ask_address.AskLimits, backoff_seconds=()))


def run(root: Path, *arguments: str, date: str = "2026-07-01") -> Result:
    with contextlib.chdir(root):
        result = CliRunner().invoke(main, ["links", "--date", date, *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def ask(root: Path, *arguments: str, date: str = "2026-07-01") -> Result:
    return run(root, "--external", "--allow-private", "--delay", "0", *arguments, date=date)


def states(root: Path) -> dict[str, Any]:
    return dict(json.loads((root / LINKS_FILE).read_text(encoding="utf-8"))["links"])


def site_with(make_site: MakeSite, *urls: str) -> Path:
    return make_site({"content/articles/a.md": article(body="".join(f"- <{url}>\n" for url in urls))})


def test_without_asking_it_lists_addresses_and_places(make_site: MakeSite):
    settings = MKDOCS_YML.replace("- site_builder", "- site_builder: {menu: [{title: X, url: https://menu.example/}]}")
    root = make_site(
        {
            "mkdocs.yml": settings,
            "content/articles/a.md": article(body="[b](https://b.example/#x)\n", source={"name": "S", "url": "https://a.example/"}),
            "content/articles/draft.md": article(status="draft", body="<https://draft.example/>\n"),
            "content/entities/e.md": entity(same_as=["https://b.example/"]),
        }
    )  # fmt: skip
    done = run(root)
    assert done.exit_code == 0
    assert [line.split(" ", 1)[0] for line in done.stdout.splitlines()] == [
        "https://a.example/", "https://b.example/", "https://menu.example/",
    ]  # fmt: skip
    assert "https://b.example/ content/articles/a.md:9, content/entities/e.md:5" in done.stdout
    assert "draft.example" in run(root, "--drafts").stdout
    assert not (root / LINKS_FILE).exists()


def test_all_that_can_happen_to_an_address(make_site: MakeSite, server: Server, busy: Server):
    server.scripts |= {
        "/fine": response(),
        "/moved": response(status="301 x", Location="/fine"),
        "/gone": response(status="404 x"),
        "/robots": response(status="403 x"),
    }
    busy.scripts["/later"] = response(status="429 x", Retry_After="3600")
    later, names = f"{busy.url}/later", ["fine", "moved", "gone", "robots"]
    root = site_with(make_site, *(f"{server.url}/{name}" for name in names), later, "http://nobody.invalid/")
    done = ask(root)
    assert done.exit_code == 0, done.output
    assert {line.rpartition("[")[2].rstrip("]") for line in done.stdout.splitlines() if ": info:" in line} == {
        "link-failing", "link-moved", "link-refused", "link-unchecked",
    }  # fmt: skip
    assert "6 addresses: 2 alive, 2 failing, 1 refused to programs, 1 not checked." in done.stdout
    known = states(root)
    assert known[f"{server.url}/fine"] == {}
    assert known[f"{server.url}/moved"] == {"moved": f"{server.url}/fine"}
    assert known[f"{server.url}/robots"] == {"refused": "403 Forbidden"}
    assert known[f"{server.url}/gone"] == {
        "failing": "2026-07-01", "days": 1, "last": "2026-07-01", "why": "404 Not Found",
    }  # fmt: skip
    assert later not in known


def test_an_address_dies_is_marked_and_comes_back(make_site: MakeSite, server: Server, tmp_path: Path):
    summary = tmp_path / "dead.md"
    server.scripts |= {"/a": response(), "/b": response()}
    root = site_with(make_site, f"{server.url}/a", f"{server.url}/b")
    ask(root, date="2026-06-03")
    alive = (root / LINKS_FILE).read_bytes()
    server.scripts["/a"] = response(status="410 x")
    for date in ("2026-06-10", "2026-06-17", "2026-06-24"):
        done = ask(root, "--summary", str(summary), date=date)
    assert "[link-dead]" in done.stdout
    assert f"- <{server.url}/a> since 2026-06-10 (410 Gone, last seen alive on 2026-06-03)" in summary.read_text()
    shown = CliRunner().invoke(main, ["render", "/articles/a/", "-f", str(root / "mkdocs.yml")]).stdout
    assert shown.count("(dead link)") == 1
    server.scripts["/a"] = response()
    ask(root, "--summary", str(summary), date="2026-07-01")
    assert summary.read_text() == ""
    assert (root / LINKS_FILE).read_bytes() == alive.replace(b"2026-06-03", b"2026-07-01")


def test_severities_decide_about_the_exit_code(make_site: MakeSite, server: Server):
    server.scripts["/"] = response(status="404 x")
    settings = MKDOCS_YML.replace("- site_builder", "- site_builder: {severities: {link-failing: warning}}")
    root = make_site({"mkdocs.yml": settings, "content/articles/a.md": article(body=f"<{server.url}/>\n")})
    assert ask(root, "--again").exit_code == 0
    assert ask(root, "--again", "--strict").exit_code == 1


@pytest.mark.parametrize("format_", ["json", "github", "sarif"])
def test_for_programs_standard_output_holds_findings_only(make_site: MakeSite, server: Server, format_: str):
    server.scripts["/"] = response(status="404 x")
    done = ask(site_with(make_site, f"{server.url}/"), "--format", format_)
    assert "link-failing" in done.stdout
    assert "1 address: 1 failing." in done.stderr
    if format_ != "github":
        assert json.loads(done.stdout)


def test_what_was_seen_alive_today_is_not_asked_again(make_site: MakeSite, server: Server):
    server.scripts |= {"/a": response(), "/b": response(status="404 x")}
    root = site_with(make_site, f"{server.url}/a", f"{server.url}/b")
    ask(root)
    server.asked.clear()
    assert "(1 seen alive today and not asked again)" in ask(root).stdout
    assert {head.split(" ")[1] for head in server.asked} == {"/b"}
    server.asked.clear()
    ask(root, "--again")
    assert {head.split(" ")[1] for head in server.asked} == {"/a", "/b"}


def test_parts_of_pages(make_site: MakeSite, server: Server):
    server.scripts["/"] = response(b'<p id="here">', Content_Type="text/html")
    root = site_with(make_site, f"{server.url}/#here", f"{server.url}/#there")
    done = ask(root, "--fragments")
    assert done.stdout.count("[fragment-missing]") == 1
    assert 'has no part "there"' in done.stdout


def test_copies_of_dead_pages(make_site: MakeSite, server: Server, monkeypatch: pytest.MonkeyPatch):
    copy = "https://web.archive.org/web/20260601000000/x"
    answer = {"archived_snapshots": {"closest": {"available": True, "status": "200", "url": copy}}}
    monkeypatch.setattr(archived_copies, "get", lambda _url: json.dumps(answer).encode())
    monkeypatch.setattr(archived_copies.with_copies, "__defaults__", (archived_copies.get, str))
    server.scripts["/"] = response(status="404 x")
    root = site_with(make_site, f"{server.url}/")
    for date in ("2026-06-03", "2026-06-10", "2026-06-17"):
        done = ask(root, "--archive", date=date)
    assert states(root)[f"{server.url}/"]["archive"] == copy
    assert f"link to the archived copy, {copy}" in done.stdout


def test_nothing_is_written_in_a_dry_run(make_site: MakeSite, server: Server):
    server.scripts["/"] = response()
    root = site_with(make_site, f"{server.url}/")
    assert "1 alive" in ask(root, "--dry-run").stdout
    assert not (root / LINKS_FILE).exists()


def test_what_is_known_is_not_overwritten_where_it_cannot_be_read(make_site: MakeSite, server: Server):
    root = site_with(make_site, f"{server.url}/")
    (root / LINKS_FILE).write_text("<<<<<<< HEAD", encoding="utf-8")
    done = ask(root)
    assert done.exit_code == 2
    assert "[links-file]" in done.stderr
    assert server.asked == []
    assert (root / LINKS_FILE).read_text(encoding="utf-8") == "<<<<<<< HEAD"


def test_without_a_network_nothing_is_recorded(make_site: MakeSite):
    root = site_with(make_site, "http://127.0.0.1:9/", "http://127.0.0.2:9/")
    done = ask(root)
    assert (done.exit_code, done.stderr) == (
        1,
        "Error: no server was reached: is there a network? Nothing was recorded\n",
    )
    assert not (root / LINKS_FILE).exists()


def test_private_addresses_are_not_asked_unless_that_is_wanted(make_site: MakeSite, server: Server):
    root = site_with(make_site, f"{server.url}/", "http://localhost/")
    done = run(root, "--external")
    assert done.stdout.count("which is not on the public internet [link-unchecked]") == 2
    assert server.asked == []


@pytest.mark.parametrize(
    "option", [["--again"], ["--fragments"], ["--summary", "x"], ["--allow-private"], ["--archive"]]
)
def test_options_that_need_another_one(make_site: MakeSite, option: list[str]):
    done = run(site_with(make_site), *option)
    assert (done.exit_code, "without --external" in done.stderr) == (2, True)


def test_a_site_without_links(make_site: MakeSite):
    root = site_with(make_site)
    assert run(root).stdout == ""
    assert ask(root).stdout == "0 addresses: nothing to ask.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="signals")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_keeps_what_was_found(make_site: MakeSite, server: Server, sign: signal.Signals):
    for number in range(50):
        server.scripts[f"/{number}"] = response()
    root = site_with(make_site, *(f"{server.url}/{number}" for number in range(50)))
    command = ["site_builder", "links", "--external", "--allow-private", "--delay", "0.1", "--date", "2026-07-01"]
    with started(command, root) as process:
        assert until(lambda: len(server.asked) > 5)
        os.kill(process.pid, sign)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 128 + sign
    assert "Traceback" not in told
    known = states(root)
    assert 3 < len(known) < 50
    assert {tuple(state.items()) for state in known.values()} == {(("alive", "2026-07-01"),)}
    assert not [path for path in root.iterdir() if path.name.startswith(".site-builder")]
    asked = len(server.asked)
    assert f"({len(known)} seen alive today and not asked again)" in ask(root).stdout
    assert len(server.asked) - asked == 50 - len(known)


def test_an_odd_server_stops_nothing(make_site: MakeSite, server: Server):
    server.scripts |= {
        "/empty": raw(),
        "/nonsense": raw(b"\x00\xff\x1b[31m" * 10),
        "/loop": response(status="302 x", Location="/loop"),
        "/escape": response(status="301 x", Location="/\x1b]0;x\x07"),
    }
    urls = [f"{server.url}{path}" for path in server.scripts]
    done = ask(site_with(make_site, *urls))
    assert done.exit_code == 0
    assert all(line.isprintable() for line in done.output.splitlines())
    assert done.stdout.count("[link-failing]") == 4
