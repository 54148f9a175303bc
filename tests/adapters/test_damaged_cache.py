"""A damaged cache is one warning, in whichever command finds it; nothing else changes, not even in a strict run."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main
from site_builder.config import Overrides
from site_builder.output.site_list import LIST_NAME
from site_builder.serve.live import Live
from tests.helpers.mkdocs_commands import run_here
from tests.helpers.output import build, files
from tests.helpers.site import DATE, MKDOCS_YML, MakeSite, article, topic, write_files, write_site

SITE = {
    "mkdocs.yml": MKDOCS_YML,
    "content/articles/a.md": article("Weir", "A weir, and a [[b]].\n", topics=["t"]),
    "content/articles/b.md": article("Sluice", "A sluice of a [[a]].\n", topics=["t"]),
    "content/topics/t.md": topic("Water"),
}
ALL = ("record", "body", "inputs", "sketch", "related", "search", "rendered", "listing", "views")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("damaged") / "site"
    root.mkdir()
    write_site(root, SITE)
    build(root)
    yield root
    shutil.rmtree(root)


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A site with its cache."""
    return shutil.copytree(built, tmp_path / "site")


def spoil(root: Path, *tables: str) -> int:
    """Cut off the end of every value in some tables; gives how many there were."""
    (file,) = (root / ".cache/site_builder").glob("memo-*.sqlite")
    with closing(sqlite3.connect(file)) as base, base:
        changes = "UPDATE {} SET value = substr(value, 1, length(value) - 1)"
        return sum(base.execute(changes.format(table)).rowcount for table in tables)


def edit(root: Path) -> None:
    """Change a document: a build of an unchanged site reads nothing of the cache that may be damaged."""
    path = root / "content/articles/a.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")


def run(root: Path, *arguments: str) -> Result:
    done = CliRunner().invoke(main, [*arguments, "--config", str(root / "mkdocs.yml")])
    assert done.exit_code == 0, done.output
    return done


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--strict"), ("build", "--strict"), ("build", "--strict", "--explain"), ("render", "/articles/a/"),
        ("report",), ("mv", "a", "c", "--dry-run"), ("fix", "--dry-run"), ("explain", "a", "b"), ("urls",),
        ("graph", "--graphml", "-"), ("suggest", "a"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_command_warns_once(root: Path, command: tuple[str, ...]):
    sound = run(root, *command)
    assert "cache" not in sound.stderr
    spoil(root, *ALL)
    if command[0] == "build":
        edit(root)
    first = run(root, *command)
    assert first.output.count("[cache-damaged]") == 1
    if command[0] not in {"check", "build"}:
        assert first.stdout == sound.stdout
    assert "[cache-damaged]" not in run(root, *command).output


def test_what_it_says(root: Path):
    kept = {*(root / ".cache/site_builder").iterdir()}
    run(root, "build")
    count = spoil(root, "record")  # that of the document which is edited is not asked for
    edit(root)
    (root / "site" / LIST_NAME).write_bytes((root / "site" / LIST_NAME).read_bytes()[:-20])
    (settled,) = {*(root / ".cache/site_builder").glob("*.settled.json")} - kept
    settled.write_bytes(b"{}")
    said = run(root, "build").output
    assert (
        f"mkdocs.yml:1:1: warning: the cache was damaged: {count - 1} records, {LIST_NAME} and {settled.name} could "
        "not be used, and what was in there is made anew [cache-damaged]\n"
        "  hint: the site is the same; if this happens again, look at the disk, or at what restores the cache\n"
    ) in said


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_gives_the_same(root: Path, monkeypatch: pytest.MonkeyPatch, jobs: int):
    """Also where other processes find the damage: only they read bodies."""
    monkeypatch.setattr("site_builder.parallel.WORTH_PROCESSES", 1)
    clean = files(root / "site")
    spoil(root, "body", "rendered")
    shutil.rmtree(root / "site")
    report = build(root, jobs=jobs)
    assert [d.code for d in report.diagnostics] == ["cache-damaged"]
    assert files(root / "site") == clean


def test_programs_get_it_with_the_other_findings(root: Path):
    spoil(root, "record")
    (finding,) = json.loads(run(root, "check", "--format", "json").stdout)
    assert (finding["code"], finding["severity"]) == ("cache-damaged", "warning")
    spoil(root, "record")
    assert json.loads(run(root, "report", "--format", "json").stdout)["sections"]


def test_it_can_be_ignored(root: Path):
    write_files(root, {"mkdocs.yml": f"{MKDOCS_YML.rstrip()}:\n      severities: {{cache-damaged: ignore}}\n"})
    build(root)
    spoil(root, *ALL)
    for command in ("check", "build", "report"):
        assert "cache" not in run(root, command).output


def test_the_server_says_it_once(root: Path, capsys: pytest.CaptureFixture[str]):
    spoil(root, *ALL)
    live = Live(root / "mkdocs.yml", Overrides(site_url="http://127.0.0.1/", date=DATE, jobs=1))
    live.load()
    assert live.answer("/articles/a/").status == 200
    spoil(root, "body")
    write_files(root, {"content/articles/b.md": article("Gate")})
    live.load()
    assert live.answer("/articles/b/").status == 200
    assert capsys.readouterr().err.count("[cache-damaged]") == 1


def test_mkdocs_says_it_once(root: Path):
    spoil(root, *ALL)
    done = run_here(root, "build", "--strict")
    assert done.exit_code == 0, done.output
    assert done.output.count("[cache-damaged]") == 1
    assert "[cache-damaged]" not in run_here(root, "build", "--strict").output


def test_values_that_fit_their_digest_and_nothing_else_are_made_anew(make_site: MakeSite):
    """As if somebody had written them on purpose: no traceback, and nothing but the content decides."""
    from site_builder.cache import open_cache

    root = make_site(SITE)
    build(root)
    clean = files(root / "site")
    for value in (b"", b"\xff", b"\x93\x01\x02\x03", b"\xc0", b"\x80"):
        with open_cache(root / ".cache/site_builder") as cache:
            for table in ("record", "inputs", "sketch", "search", "related", "rendered", "listing"):
                cache.put(table, dict.fromkeys(cache.known(table), value))
            cache.put("body", dict.fromkeys(cache.known("body"), b"\xff"))
        shutil.rmtree(root / "site")
        report = build(root)
        assert [d.code for d in report.diagnostics] == ["cache-damaged"]
        assert files(root / "site") == clean
