"""The cache is never where it would be published, and its folder keeps what others put there."""

from pathlib import Path

import pytest

from site_builder.cache import open_cache
from site_builder.config import load_config
from tests.helpers.site import MKDOCS_YML, MakeSite, overrides


def settings(cache_dir: str) -> str:
    return MKDOCS_YML.replace("- site_builder", f'- site_builder: {{cache_dir: "{cache_dir}"}}')


@pytest.mark.parametrize(
    "place", ["site", "site/.cache", "content", "content/static/c", "templates/c", ".", "..", "./site/../site"]
)
def test_places_that_would_be_published(make_site: MakeSite, place: str):
    root = make_site({"mkdocs.yml": settings(place), "templates/x.html": "x"})
    config, found = load_config(root / "mkdocs.yml", overrides())
    assert config is None
    assert [(d.code, d.location.line) for d in found] == [("settings", 6)]


@pytest.mark.parametrize("place", [".cache/site_builder", "var/cache", "../shared-cache", "sites"])
def test_other_places(make_site: MakeSite, place: str):
    config, found = load_config(make_site({"mkdocs.yml": settings(place)}) / "mkdocs.yml", overrides())
    assert config is not None
    assert found == []


def test_a_list_of_ignored_files_stays(tmp_path: Path):
    (tmp_path / ".gitignore").write_text("/mine/\n")
    with open_cache(tmp_path):
        assert (tmp_path / ".gitignore").read_text() == "/mine/\n"
