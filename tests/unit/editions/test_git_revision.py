"""A revision as a folder: complete, without a trace in the repository, and never outside of the folder."""

import os
import subprocess
from pathlib import Path

import pytest

from site_builder.disk.git_command import GitError
from site_builder.editions.git_revision import NoSiteError, find_revision, read_revision_file, write_revision
from tests.helpers.output import files
from tests.helpers.site import write_files

SETTINGS = "mkdocs.yml"


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch):
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name in ("CONFIG_GLOBAL", "CONFIG_SYSTEM"):
        monkeypatch.setenv(f"GIT_{name}", os.devnull)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@example.org")


def git(folder: Path, *arguments: str, given: bytes = b"") -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, input=given, capture_output=True, check=True)
    return done.stdout.decode().strip()


def commit(folder: Path, written: dict[str, str | bytes]) -> None:
    write_files(folder, written)
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "A")


def test_holds_every_file_as_it_was(tmp_path: Path):
    picture = b"\0\n\xff" * 1000
    written: dict[str, str | bytes] = {SETTINGS: "a", "content/ü b.md": "1", "content/x.png": picture, "empty": ""}
    commit(tmp_path / "repo", dict(written))
    commit(tmp_path / "repo", {SETTINGS: "b", "content/ü b.md": "2"})
    root = write_revision(find_revision(tmp_path / "repo", "HEAD~1"), tmp_path / "out", SETTINGS)
    assert files(root) == {name: data.encode() if isinstance(data, str) else data for name, data in written.items()}


def test_leaves_the_repository_as_it_is(tmp_path: Path):
    """No hook, no index, no list of working trees, no filter in an untrusted run."""
    repo = tmp_path / "repo"
    commit(repo, {SETTINGS: "a", ".gitattributes": "* filter=mine\n"})
    for hook in ("post-checkout", "reference-transaction", "post-index-change"):
        (repo / ".git/hooks" / hook).write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n")
        (repo / ".git/hooks" / hook).chmod(0o755)
    git(repo, "config", "core.fsmonitor", f"touch {tmp_path / 'ran'}")
    git(repo, "config", "filter.mine.smudge", f"touch {tmp_path / 'filtered'}; cat")
    before = {p: p.stat().st_mtime_ns for p in sorted((repo / ".git").rglob("*"))}
    write_revision(find_revision(repo, "HEAD"), tmp_path / "out", SETTINGS, is_untrusted=True)
    assert {p: p.stat().st_mtime_ns for p in sorted((repo / ".git").rglob("*"))} == before
    assert {p.name for p in tmp_path.iterdir()} == {"repo", "out"}


def test_files_are_as_a_checkout_makes_them(tmp_path: Path):
    commit(tmp_path / "repo", {SETTINGS: "a\n", ".gitattributes": "*.txt text eol=crlf\n", "content/a.txt": "1\n2\n"})
    root = write_revision(find_revision(tmp_path / "repo", "HEAD"), tmp_path / "out", SETTINGS)
    assert (root / "content/a.txt").read_bytes() == b"1\r\n2\r\n"


@pytest.mark.parametrize("path", ["../../outside.txt", ".git/hooks/post-checkout", "a/../../b", ".GIT/config"])
def test_a_tree_of_anybody_writes_nothing_outside(tmp_path: Path, path: str):
    """Git itself would refuse to check such a tree out, but it can be fetched."""
    repo = tmp_path / "repo"
    commit(repo, {SETTINGS: "a"})
    blob = git(repo, "hash-object", "-w", "--stdin", given=b"evil")
    blobs = {path: blob, SETTINGS: git(repo, "rev-parse", f"HEAD:{SETTINGS}")}
    entries = b"".join(b"100644 %s\0%s" % (n.encode(), bytes.fromhex(blobs[n])) for n in sorted(blobs))
    tree = git(repo, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=entries)
    made = git(repo, "commit-tree", tree, "-m", "B")
    write_revision(find_revision(repo, made), tmp_path / "out/deep", SETTINGS)
    assert [p.relative_to(tmp_path) for p in sorted((tmp_path / "out").rglob("*")) if p.is_file()] == [
        Path("out/deep/mkdocs.yml")
    ]


def test_nothing_is_written_through_a_link(tmp_path: Path):
    repo = tmp_path / "repo"
    commit(repo, {SETTINGS: "a", "content/a.md": "1"})
    link = git(repo, "hash-object", "-w", "--stdin", given=str(tmp_path / "elsewhere").encode())
    listed = git(repo, "ls-tree", "HEAD")
    tree = git(repo, "mktree", given=f"{listed}\n120000 blob {link}\tzz\n".encode())
    row = next(line for line in git(repo, "ls-tree", tree).splitlines() if line.endswith("content"))
    entries = {"content": ("40000", row.split()[2]), SETTINGS: ("100644", git(repo, "rev-parse", f"HEAD:{SETTINGS}"))}
    data = b"120000 content\0" + bytes.fromhex(link) + b"".join(
        mode.encode() + b" " + name.encode() + b"\0" + bytes.fromhex(blob) for name, (mode, blob) in entries.items()
    )  # fmt: skip
    twice = git(repo, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=data)
    (tmp_path / "elsewhere").mkdir()
    write_revision(find_revision(repo, git(repo, "commit-tree", twice, "-m", "B")), tmp_path / "out", SETTINGS)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_site_in_a_sub_folder_is_written_alone_unless_its_settings_lead_out(tmp_path: Path):
    repo = tmp_path / "repo"
    commit(repo, {"kb/mkdocs.yml": "a", "kb/content/a.md": "1", "program.py": "2"})
    revision = find_revision(repo / "kb", "HEAD")
    root = write_revision(revision, tmp_path / "out", SETTINGS)
    assert (root.name, set(files(tmp_path / "out"))) == ("kb", {"kb/mkdocs.yml", "kb/content/a.md"})
    assert read_revision_file(revision, "content/a.md") == b"1"
    assert read_revision_file(revision, "content/b.md") is None
    commit(repo, {"kb/mkdocs.yml": "INHERIT: ../base.yml", "base.yml": "x"})
    write_revision(find_revision(repo / "kb", "HEAD"), tmp_path / "all", SETTINGS)
    assert "base.yml" in files(tmp_path / "all")


def test_says_what_is_missing(tmp_path: Path):
    with pytest.raises(GitError, match="is in no Git repository"):
        find_revision(tmp_path, "main")
    commit(tmp_path / "repo", {"a": "1"})
    with pytest.raises(GitError) as unknown:
        find_revision(tmp_path / "repo", "mian")
    assert unknown.value.hint == 'did you mean "main"?'
    for odd in ("--upload-pack=touch x", "", "HEAD:a", "HEAD^9"):
        with pytest.raises(GitError, match="has no revision"):
            find_revision(tmp_path / "repo", odd)
    with pytest.raises(NoSiteError, match=r'has no file "mkdocs\.yml"'):
        write_revision(find_revision(tmp_path / "repo", "HEAD"), tmp_path / "out", SETTINGS)


def test_a_shallow_clone_says_so(tmp_path: Path):
    repo = tmp_path / "repo"
    for text in "ab":
        commit(repo, {SETTINGS: text})
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repo}", "clone")
    with pytest.raises(GitError) as cut:
        find_revision(tmp_path / "clone", "HEAD~1")
    assert "git fetch --unshallow" in cut.value.hint


def test_the_commit_at_which_two_branches_parted(tmp_path: Path):
    repo = tmp_path / "repo"
    commit(repo, {SETTINGS: "a"})
    first = git(repo, "rev-parse", "HEAD")
    git(repo, "checkout", "--quiet", "-b", "other")
    commit(repo, {SETTINGS: "b"})
    git(repo, "checkout", "--quiet", "main")
    commit(repo, {SETTINGS: "c"})
    assert find_revision(repo, "other", parted_from="HEAD").commit == first


def test_a_folder_that_looks_like_a_bare_repository_is_none(tmp_path: Path):
    """A commit may hold one, whose settings name programs."""
    repo = tmp_path / "repo"
    commit(repo, {SETTINGS: "a"})
    git(repo, "init", "--quiet", "--bare", "kb")
    (repo / "kb/mkdocs.yml").write_text("a")
    with pytest.raises(GitError):
        find_revision(repo / "kb", "HEAD")


def test_a_file_that_the_repository_lacks_is_named(tmp_path: Path):
    repo = tmp_path / "repo"
    commit(repo, {SETTINGS: "a", "content/a.md": "1", "content/b.md": "2", "content/c.md": "3"})
    blob = git(repo, "rev-parse", "HEAD:content/b.md")
    revision = find_revision(repo, "HEAD")
    (repo / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(GitError, match=r'lacks the file "content/b\.md"'):
        write_revision(revision, tmp_path / "out", SETTINGS, is_untrusted=True)
    with pytest.raises(GitError):
        write_revision(revision, tmp_path / "again", SETTINGS)
