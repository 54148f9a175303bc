"""A cache that git tracks came with a commit: it is not used. Whatever git's index looks like, and without git."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.config.git_index import is_tracked
from site_builder.pipeline import Site
from tests.helpers.output import build, files
from tests.helpers.site import MKDOCS_YML, MakeSite, article, load_settings, write_files

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

CACHE = ".cache/site_builder"
KEPT = f"{CACHE}/memo.sqlite"


def git(folder: Path, *arguments: str) -> None:
    names = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always")
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PATH": os.environ["PATH"]}
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True, env=plain)


def repository(folder: Path, *options: str, tracked: tuple[str, ...] = (KEPT,)) -> Path:
    folder.mkdir(parents=True)
    git(folder, "init", "-q", *options)
    write_files(
        folder, {"content/a.md": "a", "zz/z.txt": "z", f"{CACHE}/.gitignore": "*\n", KEPT: "kept", ".cache/x": "x"}
    )
    git(folder, "add", "content", "zz")
    if tracked:
        git(folder, "add", "-f", *tracked)
    return folder


@pytest.mark.parametrize(
    "tracked",
    [(), (".cache/x",), (f"{CACHE}/.gitignore",), (KEPT,), (".cache",)],
    ids=lambda t: " ".join(t) or "nothing",
)
def test_a_file_in_the_folder(tmp_path: Path, tracked: tuple[str, ...]):
    root = repository(tmp_path / "r", tracked=tracked)
    assert is_tracked(root / CACHE) is (tracked not in {(), (".cache/x",)})
    git(root, "rm", "-rqf", "--cached", "--ignore-unmatch", ".cache")
    assert not is_tracked(root / CACHE)


@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_every_format(tmp_path: Path, version: str, form: str):
    root = repository(tmp_path / "r", f"--object-format={form}")
    write_files(root, {f"content/{n}/{'long name ' * 20}/x.md": "x" for n in range(40)})
    git(root, "add", "content")
    git(root, "add", "-N", "zz")
    git(root, "update-index", "--index-version", version)
    assert is_tracked(root / CACHE)
    git(root, "rm", "-rqf", "--cached", ".cache")
    assert not is_tracked(root / CACHE)


def test_names_longer_than_their_flags_tell(tmp_path: Path):
    root = repository(tmp_path / "r", tracked=())
    folder = root.joinpath(*["n" * 200] * 18)
    assert len(str(folder.relative_to(root))) < 4095
    assert not is_tracked(folder)


def test_a_split_index(tmp_path: Path):
    root = repository(tmp_path / "r")
    write_files(root, {f"content/{n}.md": "x" for n in range(200)})
    git(root, "add", "content")
    git(root, "config", "splitIndex.maxPercentChange", "100")
    git(root, "update-index", "--split-index")
    assert is_tracked(root / CACHE)
    git(root, "rm", "-rqf", "--cached", ".cache")
    assert list((root / ".git").glob("sharedindex.*"))
    assert not is_tracked(root / CACHE)
    git(root, "add", "-f", KEPT)
    assert is_tracked(root / CACHE)


def test_a_sparse_index(tmp_path: Path):
    root = repository(tmp_path / "r")
    git(root, "commit", "-qm", "all")
    git(root, "sparse-checkout", "set", "--cone", "--sparse-index", "content")
    write_files(root, {KEPT: "made anew"})
    assert not is_tracked(root / CACHE), "what git left out, it did not bring"
    git(root, "sparse-checkout", "set", "--cone", "--sparse-index", "content", ".cache/site_builder")
    assert is_tracked(root / CACHE)


def test_a_second_working_tree_and_a_module(tmp_path: Path):
    root = repository(tmp_path / "r")
    git(root, "commit", "-qm", "all")
    git(root, "worktree", "add", "-q", str(tmp_path / "second"))
    assert is_tracked(tmp_path / "second" / CACHE)
    outer = repository(tmp_path / "outer", tracked=())
    git(outer, "submodule", "-q", "add", str(root), "kb")
    assert is_tracked(outer / "kb" / CACHE)
    assert not is_tracked(outer / CACHE)
    git(outer, "rm", "-rqf", "--cached", "--ignore-unmatch", ".cache")
    shutil.rmtree(outer / ".cache")
    git(outer, "submodule", "-q", "add", str(root), ".cache")
    assert is_tracked(outer / ".cache/anything"), "the module is part of the repository around it"


def test_a_link_to_it_or_in_the_way(tmp_path: Path):
    root = repository(tmp_path / "r", tracked=())
    write_files(root, {"planted/site_builder/memo.sqlite": "x"})
    git(root, "add", "-f", "planted")
    shutil.rmtree(root / ".cache")
    (root / ".cache").symlink_to("planted")
    assert is_tracked(root / CACHE), "git tracks what the link leads to"
    (root / ".cache").unlink()
    (root / ".cache").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere/site_builder").mkdir(parents=True)
    assert not is_tracked(root / CACHE)
    git(root, "add", "-f", ".cache")
    assert is_tracked(root / CACHE), "git tracks the link"


def test_a_git_dir_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = repository(tmp_path / "r")
    (root / ".git").rename(tmp_path / "bare")
    assert not is_tracked(root / CACHE)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "bare"))
    monkeypatch.setenv("GIT_WORK_TREE", str(root))
    assert is_tracked(root / CACHE)


@pytest.mark.parametrize(
    "data", [b"", b"DIRC", b"DIRC\0\0\0\2\0\0\xff\xff", b"nothing", b"DIRC\0\0\0\4\0\0\0\1" + b"\xff" * 99]
)
def test_an_index_that_cannot_be_read(tmp_path: Path, data: bytes):
    write_files(tmp_path, {".git/index": data, KEPT: "x"})
    assert not is_tracked(tmp_path / CACHE)


def broken_git_file(root: Path) -> None:
    write_files(root, {".git": b"gitdir: \xff\n"})


def circular_git(root: Path) -> None:
    (root / ".git").symlink_to(".git")


def git_file_of_nothing(root: Path) -> None:
    write_files(root, {".git": "gitdir: ../missing\n"})


@pytest.mark.parametrize("make", [broken_git_file, circular_git, git_file_of_nothing, lambda _: None])
def test_what_is_no_repository(tmp_path: Path, make: Callable[[Path], None]):
    write_files(tmp_path, {KEPT: "x"})
    make(tmp_path)
    assert not is_tracked(tmp_path / CACHE)


def test_names_that_differ_in_case_only(tmp_path: Path):
    root = repository(tmp_path / "r", tracked=())
    write_files(root, {".CACHE/site_builder/memo.sqlite": "x"})
    git(root, "add", "-f", ".CACHE")
    same = (root / ".CACHE").samefile(root / ".cache")
    assert is_tracked(root / CACHE) is same
    if not same:  # as on a disk that takes them for the same
        shutil.rmtree(root / ".cache")
        (root / ".cache").symlink_to(".CACHE")
        assert is_tracked(root / CACHE)


def test_the_site_is_built_without_it(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article("Weir", "One gate.\n")})
    build(root)
    clean = files(root / "site")
    git(root, "init", "-q")
    git(root, "add", "-f", ".cache")
    before = {path: path.stat().st_mtime_ns for path in (root / CACHE).iterdir()}
    config, found = load_settings(root)
    assert config.cache_dir is None
    (finding,) = found
    assert (finding.severity, finding.code) == ("warning", "cache-tracked")
    assert finding.text == 'git tracks files in the cache ".cache/site_builder", so it is not used'
    assert "run git rm -r --cached .cache/site_builder" in finding.hint
    for _ in range(2):
        report = build(root)
        assert [d.code for d in report.diagnostics] == ["cache-tracked"]
        assert files(root / "site") == clean
    assert {path: path.stat().st_mtime_ns for path in (root / CACHE).iterdir()} == before
    assert not Site.load(*load_settings(root, strict=True)).is_sound
    git(root, "rm", "-rq", "--cached", ".cache")
    assert load_settings(root)[1] == []


def test_the_finding_stands_at_the_setting(make_site: MakeSite):
    yml = MKDOCS_YML.replace("- site_builder", "- site_builder:\n      cache_dir: kept")
    root = make_site({"mkdocs.yml": yml, "kept/x": "x"})
    git(root, "init", "-q")
    git(root, "add", "kept")
    (finding,) = load_settings(root)[1]
    assert (finding.code, finding.location.line) == ("cache-tracked", 7)
