"""Which files of the content folder are documents, published as they are, or left out."""

import errno
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from site_builder.content.listing.discover import discover, matcher, without_backtracking
from site_builder.urls import SourcePath
from tests.helpers.site import MakeSite, article, load


@pytest.mark.parametrize(
    "name", [".well-known/acme/token", ".nojekyll", ".htaccess", "README.md", "#1.png", ".github/x.yml", "_headers"]
)
def test_everything_in_static_is_published_byte_for_byte(make_site: MakeSite, name: str):
    site = load(make_site({f"content/static/{name}": b"\xff\r\n\0"}))
    assert site.render(f"/{name}") == b"\xff\r\n\0"
    assert [d.code for d in site.diagnostics] == []


@pytest.mark.parametrize("path", ["articles/a.md", "articles/a.pdf", "assets/a.png", "static/a.txt"])
def test_a_pipe_is_reported_and_not_read(make_site: MakeSite, path: str):
    root = make_site({f"content/{path.replace('a.', 'b.')}": article() if path.endswith(".md") else b"x"})
    os.mkfifo(root / "content" / path)
    (root / "content" / path.replace("a.", "link.")).symlink_to(root / "content" / path)
    discovered, found = discover(root, "content")
    assert len(discovered.sources) + len(discovered.assets) + len(discovered.static) == 1
    assert {d.code for d in found} == {"file-unreadable"}
    assert len(found) == 2


LEFT_BEHIND = [".DS_Store", "a.md~", "#a.md#", ".#a.md", ".a.md.swp", "Thumbs.db", "._a.md", ".gitkeep", ".git/config"]


@pytest.mark.parametrize("folder", ["static", "articles"])
@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_what_programs_leave_behind_is_neither_published_nor_reported(make_site: MakeSite, folder: str, name: str):
    discovered, found = discover(make_site({f"content/{folder}/{name}": "x"}), "content")
    assert (discovered.sources, discovered.static, discovered.assets, found) == ((), (), frozenset(), [])


@pytest.mark.parametrize("name", [".a.md", "README.md", "ReadMe.md", ".sub/a.md", ".htaccess"])
def test_what_is_left_out_by_its_name_is_reported(make_site: MakeSite, name: str):
    files = {f"content/articles/{name}": article(), "content/articles/b.md": article()}
    discovered, (finding,) = discover(make_site(files), "content")
    assert [s.slug for s in discovered.sources] == ["b"]
    assert finding.code == "file-left-out"
    assert finding.location.path == f"content/articles/{name.removesuffix('/a.md')}"


def test_a_hidden_folder_of_a_tool_is_no_finding(make_site: MakeSite):
    _, found = discover(make_site({"content/.obsidian/app.json": "{}", "content/.gitignore": "x"}), "content")
    assert found == []


@pytest.mark.parametrize("name", ["content/static/robots.txt", "content/assets/p.png"])
def test_a_file_that_a_build_could_not_copy_is_found_by_check(make_site: MakeSite, name: str):
    root = make_site({"content/articles/a.md": article("A", "![x](p.png)\n")})
    (root / name).parent.mkdir(parents=True)
    (root / name).symlink_to("gone")
    found = discover(root, "content")[1]
    assert [(d.code, d.location.path, d.text) for d in found] == [
        ("file-unreadable", name, "the file could not be read: No such file or directory")
    ]


def test_a_folder_that_cannot_be_read_is_reported(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    root = make_site({"content/articles/a.md": article("A"), "content/articles/sub/b.md": article("B")})
    scandir = os.scandir

    def refuse(path: str | int) -> object:
        if str(path).endswith("sub"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = discover(root, "content")[1]
    assert [(d.code, d.location.path) for d in found] == [("file-unreadable", "content/articles/sub")]


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 14 + "*b", "a" * 250), ("?*" * 14 + "b", "a" * 250), ("[a-z]*" * 14 + "1", "a" * 250),
        ("**/a/" * 14 + "b", "a/" * 300 + "c"), ("/x/**" + "/a*a/**" * 14 + "/b", "x/" + "aa/" * 300 + "c"),
        ("**a" * 14 + "b", "a" * 250),
    ],
)  # fmt: skip
def test_a_pattern_tries_no_more_than_it_must(pattern: str, path: str):
    """pathspec's own regular expressions take ages for these: the test would not end."""
    assert not matcher(pattern, "content")(SourcePath(f"content/{path}"))


_PIECES = st.sampled_from(["*", "*", "a", "b", "?", "[ab]", "[b-]", "/", "/**/", "**/", "**", ".", "\\*"])
_NAMES = st.text("ab.*", min_size=1, max_size=6)


@given(st.lists(_PIECES, min_size=1, max_size=10).map("".join), st.lists(_NAMES, min_size=1, max_size=5))
def test_a_pattern_means_what_it_means_to_pathspec(pattern: str, names: list[str]):
    spec = GitIgnoreSpec.from_lines([pattern])
    for one in spec.patterns:
        if one.regex is not None:
            path = "/".join(names)
            ours, theirs = re.search(without_backtracking(one.regex.pattern), path), one.regex.search(path)
            assert (ours and ours.groupdict()) == (theirs and theirs.groupdict())


def test_a_set_of_characters_is_no_slash():
    """As Git has it; pathspec lets `[!a]` stand for one."""
    assert not matcher("a[!a]b", "content")(SourcePath("content/a/b"))
    assert matcher("a[!a]b", "content")(SourcePath("content/acb"))
