"""Which files of the content folder are documents, published as they are, or left out."""

import os

import pytest

from site_builder.content.discover import discover
from tests.helpers.site import MakeSite, article, load


@pytest.mark.parametrize(
    "name", [".well-known/acme/token", ".nojekyll", ".htaccess", "README.md", "#1.png", ".github/x.yml", "a/_headers"]
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
