"""The cache is never where it would be published, and its folder keeps what others put there."""

from pathlib import Path

import pytest

from site_builder.cache import open_cache
from site_builder.config import load_config
from tests.helpers.site import MKDOCS_YML, MakeSite, overrides


def settings(cache_dir: str) -> str:
    return MKDOCS_YML.replace("- site_builder", f'- site_builder: {{cache_dir: "{cache_dir}"}}')


@pytest.mark.parametrize(
    "place",
    [
        "site",
        "site/.cache",
        "content",
        "content/static/c",
        "templates/c",
        ".",
        "..",
        "./site/../site",
        "Site/c",
        "CONTENT/c",
        "linked",
        "linked/c",
        "a\\0b",
        "around",
    ],
)
def test_places_that_would_be_published(make_site: MakeSite, place: str):
    yml = (
        settings(place).replace("docs_dir: content", "docs_dir: around/content")
        if place == "around"
        else settings(place)
    )
    root = make_site({"mkdocs.yml": yml, "templates/x.html": "x", "around/content/x.md": "x", "content/x.md": "x"})
    (root / "linked").symlink_to(root / "content")
    config, found = load_config(root / "mkdocs.yml", overrides())
    assert config is None
    assert {(d.code, d.location.line) for d in found} == {("settings", 6)}


@pytest.mark.parametrize("place", [".cache/site_builder", "var/cache", "../shared-cache", "sites"])
def test_other_places(make_site: MakeSite, place: str):
    config, found = load_config(make_site({"mkdocs.yml": settings(place)}) / "mkdocs.yml", overrides())
    assert config is not None
    assert found == []


def test_a_folder_of_others_is_not_hidden_from_git(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine")
    with open_cache(tmp_path):
        assert not (tmp_path / ".gitignore").exists()
    with open_cache(tmp_path / "new"):
        assert (tmp_path / "new/.gitignore").read_text() == "*\n"


def test_a_list_of_ignored_files_stays(tmp_path: Path):
    (tmp_path / ".gitignore").write_text("/mine/\n")
    with open_cache(tmp_path):
        assert (tmp_path / ".gitignore").read_text() == "/mine/\n"
