"""A site folder that is gone, with its cache still there, as in CI: what did not change is copied, and nothing else."""

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from site_builder.build import build_site
from site_builder.cache import open_cache
from site_builder.disk.file_states import are_as_before, states_of_files
from site_builder.output import write
from site_builder.output.rendered_pages import is_kept, keep_pages
from site_builder.parallel import WorkerPool
from site_builder.pipeline import Site
from site_builder.urls import OutputPath
from tests.helpers.output import build, clean_pages, files
from tests.helpers.site import MakeSite, article, load_settings, topic, write_files

SITE: Final = {
    "content/articles/weir.md": article("Weir", "A weir, and a [[sluice]].\n", topics=["water"]),
    "content/articles/sluice.md": article("Sluice", "A gate of a [[weir]].\n\n![A lock](lock.svg)\n", topics=["water"]),
    "content/articles/canal.md": article("Canal", "Boats rise.\n", topics=["water"]),
    "content/articles/lock.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "content/topics/water.md": topic("Water", "All of it.\n"),
    "content/static/robots-extra.txt": "x\n",
}
LEADS_OUT: Final = b"\x93\x91\x93\xa0\xa0\xa0\x91\x93\xa4../x\x00\xc4\x01a\x90"
"""A list of one file."""
JOBS: Final = pytest.mark.parametrize("jobs", [1, 2])


@pytest.fixture
def root(make_site: MakeSite) -> Path:
    """A site that was built, without its site folder."""
    folder = make_site(SITE)
    build(folder)
    shutil.rmtree(folder / "site")
    return folder


def clean(root: Path) -> Mapping[str, bytes]:
    """What a build with nothing kept gives."""
    pages = clean_pages(root)
    assert pages is not None
    return pages[0]


def refuse(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> None:
    def refused(*_: object) -> None:
        raise AssertionError(f"{name} was called")

    monkeypatch.setattr(where, name, refused)


def count_rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of all pages that are rendered from now on in this process, save copies of files."""
    rendered: list[str] = []
    real = write._rendered

    def counted(context: Any, bodies: Any, page: Any) -> Any:
        rendered.extend([page.path] if is_kept(page) else [])
        return real(context, bodies, page)

    monkeypatch.setattr(write, "_rendered", counted)
    return rendered


@JOBS
def test_an_unchanged_site_is_copied(root: Path, monkeypatch: pytest.MonkeyPatch, jobs: int):
    monkeypatch.setattr("site_builder.parallel.WORTH_PROCESSES", 1)
    monkeypatch.setattr("site_builder.output.restore.WORTH_THREADS", 1)
    wanted = clean(root)
    with monkeypatch.context() as patch:
        refuse(patch, WorkerPool, "__init__")
        refuse(patch, Site, "page")
        refuse(patch, write, "stage")
        report = build(root, jobs=jobs)
    assert files(root / "site") == wanted
    assert (report.written, report.pages, report.diagnostics) == (len(wanted), len(wanted), ())
    assert build(root, jobs=jobs).written == 0


@JOBS
def test_after_an_edit_only_what_is_stale_is_rendered(root: Path, monkeypatch: pytest.MonkeyPatch, jobs: int):
    """In another checkout too, to which the cache was copied."""
    other = shutil.copytree(root, root.with_name("other"))
    build(root)
    for folder in (root, other):
        write_files(folder, {"content/articles/canal.md": article("Canal", "Boats sink.\n", topics=["water"])})
    stale = {path for path, _ in build(root).stale}
    monkeypatch.setattr("site_builder.parallel.WORTH_PROCESSES", 1)
    rendered = count_rendered(monkeypatch)
    build(other, jobs=jobs)
    assert "articles/canal/index.html" in stale
    assert "articles/weir/index.html" not in stale
    if jobs == 1:
        assert {*rendered} == stale
    assert files(other / "site") == clean(other)


def test_what_an_undone_edit_needs_is_there(root: Path, monkeypatch: pytest.MonkeyPatch):
    build(root)
    before = files(root / "site")
    write_files(root, {"content/articles/canal.md": article("Canal", "Boats sink.\n", topics=["water"])})
    build(root)
    write_files(root, {"content/articles/canal.md": SITE["content/articles/canal.md"]})
    rendered = count_rendered(monkeypatch)
    build(root)
    assert rendered == []
    assert files(root / "site") == before


def change(root: Path, statement: str, *values: object) -> int:
    (file,) = (root / ".cache/site_builder").glob("memo-*.sqlite")
    with closing(sqlite3.connect(file)) as base, base:
        return base.execute(statement, values).rowcount


def cut_off(root: Path, table: str) -> None:
    assert change(root, f"UPDATE {table} SET value = substr(value, 1, length(value) - 1)")


def swap(root: Path) -> None:
    """The bytes of each page under the key of another."""
    (file,) = (root / ".cache/site_builder").glob("memo-*.sqlite")
    with closing(sqlite3.connect(file)) as base, base:
        keys, values = zip(*base.execute("SELECT key, value FROM rendered"), strict=True)
        moved = zip((*values[1:], values[0]), keys, strict=True)
        base.executemany("UPDATE rendered SET value = ? WHERE key = ?", moved)


def plant(value: bytes) -> Callable[[Path], object]:
    """Values that have no seal of ours."""
    return lambda root: change(root, "UPDATE rendered SET value = ?", value)


def put(table: Any, value: bytes) -> Callable[[Path], None]:
    """Values that have one."""

    def damage(root: Path) -> None:
        with open_cache(root / ".cache/site_builder") as cache:
            cache.put(table, dict.fromkeys(cache.known(table), value))

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda root: cut_off(root, "rendered"), id="pages cut off"),
        pytest.param(lambda root: cut_off(root, "listing"), id="list cut off"),
        pytest.param(swap, id="pages swapped"),
        pytest.param(plant(b"<script>alert(1)</script>"), id="planted"),
        pytest.param(plant(bytes(16) + b"=<script>alert(1)</script>"), id="planted with a seal"),
        pytest.param(put("rendered", b""), id="empty page"),
        pytest.param(put("rendered", b"zz"), id="page that cannot be unpacked"),
        pytest.param(put("rendered", b"\x80"), id="page of another kind"),
        pytest.param(put("listing", b"\x93\x90\x90\x90"), id="list of no files"),
        pytest.param(put("listing", LEADS_OUT), id="list that leads out"),
        pytest.param(put("listing", b"\x93\x90\x91\x93\xa1x\x07\xc4\x01a\x90"), id="list without digests"),
    ],
)
def test_damage_is_told_once_and_changes_nothing(damage: Callable[[Path], object], root: Path):
    damage(root)
    report = build(root)
    assert [d.code for d in report.diagnostics] == ["cache-damaged"]
    assert files(root / "site") == clean(root)
    assert build(root).diagnostics == ()


def test_a_page_that_is_missing_is_rendered(root: Path):
    change(root, "DELETE FROM rendered WHERE rowid = 1")
    assert build(root).diagnostics == ()
    assert files(root / "site") == clean(root)


def kept(root: Path, table: Any = "rendered") -> int:
    with open_cache(root / ".cache/site_builder") as cache:
        return cache.count(table)


def test_the_cache_does_not_grow_without_end(root: Path):
    pages = build(root).pages
    for number in range(12):
        write_files(root, {"content/articles/canal.md": article(f"Canal {number}", "Boats.\n", topics=["water"])})
        build(root)
        assert kept(root) <= 1.1 * pages
    assert kept(root, "listing") == 1


def test_room_is_given_back(root: Path):
    many = {f"content/articles/n{n}.md": article(f"N {n}", "Words. " * 200, topics=["water"]) for n in range(40)}
    write_files(root, many)
    build(root)
    (file,) = (root / ".cache/site_builder").glob("memo-*.sqlite")
    large, rows = file.stat().st_size, kept(root)
    for path in many:
        (root / path).unlink()
    build(root)
    assert kept(root) < rows / 2
    assert file.stat().st_size < large - 40 * 3000


def test_an_untrusted_run_neither_reads_nor_writes_it(root: Path):
    put("rendered", b"=<script>alert(1)</script>")(root)
    (file,) = (root / ".cache/site_builder").glob("memo-*.sqlite")
    before = file.read_bytes()
    config, found = load_settings(root)
    assert build_site(replace(config, cache_dir=None), tuple(found)).is_built  # as --untrusted has it
    assert not [path for path, data in files(root / "site").items() if b"alert(1)" in data]
    assert file.read_bytes() == before


def test_without_a_place_on_the_disk_no_page_is_kept():
    with open_cache(None) as cache:
        keep_pages(cache, {b"key": (OutputPath("index.html"), b"data")})
        assert cache.count("rendered") == 0


@pytest.mark.parametrize("name", ["content/articles/weir.md", "templates/article.html"])
def test_what_was_rendered_while_its_source_changed_is_not_kept(root: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    """Somebody saves an edit during the build and undoes it later: what lies under the old fingerprint is the old."""
    write_files(root, {"templates/article.html": "<p>{{ page.title }}</p>{# one #}\n"})
    build(root)
    (file,) = (root / ".cache/site_builder").glob("memo-*.sqlite")
    file.unlink()
    shutil.rmtree(root / "site")
    old = (root / name).read_text(encoding="utf-8")
    real = write._rendered

    def edited(context: Any, bodies: Any, page: Any) -> Any:
        write_files(root, {name: old.replace("#}", "#} edited").replace("A weir", "An edited weir")})
        with open_cache(root / ".cache/site_builder") as cache:
            cache.keep_only("body", frozenset())
        return real(context, bodies, page)

    with monkeypatch.context() as patch:
        patch.setattr(write, "_rendered", edited)
        build(root)
    write_files(root, {name: old})
    shutil.rmtree(root / "site")
    build(root)
    assert files(root / "site") == clean(root)


def test_a_change_of_a_folder_of_templates_is_noticed(tmp_path: Path):
    write_files(tmp_path, {"partials/a.html": "a"})
    states = states_of_files([tmp_path])
    assert are_as_before(states)
    write_files(tmp_path, {"partials/b.html": "b"})
    assert not are_as_before(states)
    states = states_of_files([tmp_path])
    write_files(tmp_path, {"partials/a.html": "longer"})
    assert not are_as_before(states)


def test_another_site_folder_is_copied_too(root: Path, monkeypatch: pytest.MonkeyPatch):
    refuse(monkeypatch, write, "stage")
    build(root, site_dir=root / "elsewhere")
    monkeypatch.undo()
    assert files(root / "elsewhere") == clean(root)
