"""The list in the site folder: which files there are ours, whatever happened to the caches."""

import shutil
import zlib
from pathlib import Path

import pytest

from site_builder.cache import CacheDamage
from site_builder.output import site_list
from site_builder.output.site_list import (
    LIST_NAME,
    Foreign,
    count_foreign,
    is_below,
    load_site_list,
    only_below,
    save_site_list,
)
from site_builder.urls import OutputPath
from tests.helpers.output import build, files, try_build
from tests.helpers.site import MakeSite, article, write_files


@pytest.mark.parametrize(
    "path", ["", "/etc/x", "../x", "a/../../x", "a//b", "./a", "a/.", "a/", "C:\\x", "a\\..\\b", "a\0b", LIST_NAME]
)
def test_paths_that_are_none_of_ours(path: str):
    assert not is_below(path)
    good = [OutputPath("a/b"), OutputPath("c")]
    for mixed in ([OutputPath(path)], [OutputPath(path), *good], [*good, OutputPath(path)]):
        assert list(only_below(mixed)) == [one for one in mixed if one in good]


@pytest.mark.parametrize("path", ["index.html", "a/b/index.html", ".well-known/x", ".nojekyll", "ü/..x/index.md"])
def test_paths_that_may_be_ours(path: str):
    assert is_below(path)
    assert list(only_below([OutputPath(path)])) == [path]


def test_a_list_is_read_as_it_was_written(tmp_path: Path):
    paths = frozenset(map(OutputPath, ("a/index.html", "b.txt")))
    save_site_list(tmp_path, paths)
    assert load_site_list(tmp_path, CacheDamage()) == paths


def test_line_ends_that_git_changed_are_no_damage(tmp_path: Path):
    paths = frozenset(map(OutputPath, ("a/index.html", "b.txt")))
    save_site_list(tmp_path, paths)
    file, damage = tmp_path / LIST_NAME, CacheDamage()
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_site_list(tmp_path, damage) == paths
    assert not damage.files


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"a/index.html\n"])
def test_what_is_no_list_says_nothing(tmp_path: Path, data: bytes):
    assert load_site_list(tmp_path, CacheDamage()) is None
    (tmp_path / LIST_NAME).write_bytes(data)
    assert load_site_list(tmp_path, CacheDamage()) is None


def test_the_list_names_every_file_and_nothing_else(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article(), "content/articles/b.md": article(status="draft")})
    build(root)
    assert sorted(load_site_list(root / "site", CacheDamage()) or ()) == sorted(files(root / "site"))


@pytest.mark.parametrize("is_moved", [False, True], ids=["cache lost", "cache lost and project moved"])
def test_what_was_retracted_goes_without_the_cache(make_site: MakeSite, is_moved: bool):
    root = make_site({"content/articles/a.md": article(), "content/articles/b.md": article("Secret")})
    build(root)
    (root / "site/articles/b/mine.txt").write_text("mine")
    write_files(root, {"content/articles/b.md": article("Secret", status="draft")})
    shutil.rmtree(root / ".cache")
    if is_moved:
        root = root.rename(root.with_name("moved"))
    report = build(root)
    assert [name for name in files(root / "site") if "articles/b" in name] == ["articles/b/mine.txt"]
    assert not any(b"Secret" in data for data in files(root / "site").values())
    assert report.foreign == 1


def test_a_list_that_was_tampered_with_deletes_nothing_outside(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article()})
    build(root)
    outside = root / "outside"
    outside.mkdir()
    (outside / "x.txt").write_text("mine")
    (root / "site/link").symlink_to(outside)
    with (root / "site" / LIST_NAME).open("a") as file:
        for path in ("../outside/x.txt", "link/x.txt", "/etc/hostname", str(outside / "x.txt")):
            file.write(f"{path}\n{zlib.crc32(path.encode()):08x} {path}\n")
    build(root)
    assert (outside / "x.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        (b"a/index.html\n", b"a/mine.html\n", {"b.txt"}),
        (b"a/index.html\n", b"a/index.html\n00000000 CNAME\nCNAME\n", {"a/index.html", "b.txt"}),
        (b"a/index.html\n", b"a/ind\n", {"b.txt"}),
        (b"a/index.html\n", b"\xff\n", {"b.txt"}),
        (b"# 2 in all\n", b"", {"a/index.html", "b.txt"}),
        (b"# Files", b"# files", {"a/index.html", "b.txt"}),
        (b".txt\n# 2 in all\n", b"", {"a/index.html"}),
    ],
)
def test_lines_that_were_damaged_are_not_used(tmp_path: Path, old: bytes, new: bytes, left: set[str]):
    save_site_list(tmp_path, [OutputPath("a/index.html"), OutputPath("b.txt")])
    data = (tmp_path / LIST_NAME).read_bytes()
    (tmp_path / LIST_NAME).write_bytes(data.replace(old, new))
    damage = CacheDamage()
    assert {*(load_site_list(tmp_path, damage) or ())} == left
    assert damage.files == ({LIST_NAME} if b"iles" not in old else set())


def test_a_list_without_checksums_is_read(tmp_path: Path):
    head = "# Files that site-builder wrote here: the next build removes those that the site no longer has."
    (tmp_path / LIST_NAME).write_text(f"{head}\na/index.html\n../x\n")
    assert load_site_list(tmp_path, CacheDamage()) == frozenset({OutputPath("a/index.html")})


def test_a_page_is_not_written_behind_a_link(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article()})
    (root / "outside").mkdir()
    (root / "site").mkdir()
    (root / "site/articles").symlink_to(root / "outside")
    report = try_build(root)
    assert not report.is_built
    assert {d.code for d in report.diagnostics} >= {"output-blocked"}
    assert list((root / "outside").iterdir()) == []


def test_a_folder_in_place_of_the_list_is_reported(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article(), f"site/{LIST_NAME}/x": "mine"})
    report = try_build(root)
    assert not report.is_built
    assert "output-blocked" in {d.code for d in report.diagnostics}


def test_foreign_files_are_counted(tmp_path: Path):
    for path in ("a/index.html", "a/mine.txt", ".git/config", "CNAME", LIST_NAME):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    assert count_foreign(tmp_path, {"a/index.html"}) == Foreign(2, is_any=True)
    for path in ("a/mine.txt", "CNAME"):
        (tmp_path / path).unlink()
    assert count_foreign(tmp_path, {"a/index.html"}) == Foreign(0, is_any=False)
    (tmp_path / "a/theirs").mkdir()
    assert count_foreign(tmp_path, {"a/index.html"}) == Foreign(0, is_any=True)


def _times(root: Path) -> dict[str, int]:
    """When each file was written, save those of the database, which notes that it was read."""
    return {
        str(path): path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file() and "memo-" not in path.name
    }


def test_an_unchanged_build_writes_nothing_and_sees_what_others_add(make_site: MakeSite):
    """Also in a folder that was empty, or in one of theirs: the times of our folders do not tell of these."""
    root = make_site({"content/articles/a.md": article()})
    build(root)
    before = _times(root)
    report = build(root)
    assert (report.written, report.removed, report.foreign, report.pages) == (0, 0, 0, len(files(root / "site")))
    assert report.total_bytes == sum(map(len, files(root / "site").values()))
    assert _times(root) == before
    (root / "site/theirs/inner").mkdir(parents=True)
    assert build(root).foreign == 0
    (root / "site/theirs/inner/one.txt").write_text("1")
    assert build(root).foreign == 1
    assert build(root).foreign == 1
    (root / "site/theirs/inner/two.txt").write_text("2")
    assert build(root).foreign == 2
    shutil.rmtree(root / "site/theirs")
    assert [build(root).foreign for _ in range(2)] == [0, 0]
    (root / "site/articles/a/one.txt").write_text("1")
    assert build(root).foreign == 1


@pytest.mark.parametrize("how", ["cut off", "gone", "more"])
def test_an_unchanged_build_mends_the_list(make_site: MakeSite, how: str):
    root = make_site({"content/articles/a.md": article()})
    build(root)
    file = root / "site" / LIST_NAME
    data = file.read_bytes()
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(data[:200] if how == "cut off" else data + b"x\n")
    assert build(root).written == 0
    assert file.read_bytes() == data


def test_a_long_list_has_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Also while it is replaced: whatever file of it is written last, no path of both lists is missing."""
    monkeypatch.setattr(site_list, "IN_LIST", 2)
    few = [OutputPath(f"{n}/index.html") for n in "bdfh"]
    many = [OutputPath(f"{n}/index.html") for n in "abcdefghi"]
    seen: list[frozenset[str]] = []
    replace = site_list.replace_file

    def watched(file: Path, data: bytes) -> None:
        replace(file, data)
        seen.append(load_site_list(tmp_path, CacheDamage()) or frozenset())

    monkeypatch.setattr(site_list, "replace_file", watched)
    save_site_list(tmp_path, few, is_longer=True)
    seen.clear()
    save_site_list(tmp_path, many, is_longer=True)
    save_site_list(tmp_path, few)
    assert len(seen) > 5
    assert all(now.issuperset(few) for now in seen)
    assert load_site_list(tmp_path, CacheDamage()) == frozenset(few)
    assert sorted(p.name for p in tmp_path.iterdir()) == [LIST_NAME, f"{LIST_NAME}-2"]
    assert [is_below(name) for name in (f"{LIST_NAME}-2", f"a/{LIST_NAME}", f"{LIST_NAME}-x")] == [False, False, True]


def test_an_equal_list_is_left_as_it_is(tmp_path: Path):
    save_site_list(tmp_path, [OutputPath("a")])
    before = (tmp_path / LIST_NAME).stat().st_mtime_ns
    (tmp_path / f"{LIST_NAME}.tmp").write_text("cut off")
    save_site_list(tmp_path, [OutputPath("a")])
    assert (tmp_path / LIST_NAME).stat().st_mtime_ns == before
    assert not (tmp_path / f"{LIST_NAME}.tmp").exists()
