"""The Nu checker of the W3C finds nothing, not even a warning, in any HTML, CSS or SVG file."""

import os
import shutil
from pathlib import Path

import pytest

from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.rough import ROUGH
from tests.helpers.site import article, write_site
from tests.helpers.sites import ROOT
from tests.helpers.validator import JAR, validate

pytestmark = pytest.mark.validator


@pytest.fixture(scope="session")
def java() -> str:
    """The command; without it or the validator the tests skip, or fail where they must not."""
    found = shutil.which("java")
    missing = "" if found and JAR.is_file() else "no Java" if not found else "no vnu.jar: run 'make validator'"
    if missing and os.environ.get("SITE_BUILDER_REQUIRE_VALIDATOR"):
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    return str(found)


def test_sites_are_valid(java: str, demonstration: Tree, golden: Tree):
    messages = validate(java, demonstration.folder, golden.folder)
    assert [(m.get("url"), m.get("lastLine"), m["type"], m["message"]) for m in messages] == []


def test_what_people_write_by_hand_becomes_valid(java: str, tmp_path: Path):
    articles = {f"content/articles/{name}.md": article(name, body) for name, body in ROUGH.items()}
    picture = ROOT / "tests" / "invalid" / "image-alt" / "site" / "content" / "articles" / "chart.png"
    build(write_site(tmp_path / "rough", {**articles, "content/assets/x.png": picture.read_bytes()}))
    messages = validate(java, tmp_path / "rough" / "site")
    assert [(m.get("url"), m.get("extract"), m["message"]) for m in messages] == []


def test_the_validator_finds_faults_in_each_kind_of_file(java: str, tmp_path: Path):
    (tmp_path / "a.html").write_text("<!doctype html><title>x</title><p><p id=a><p id=a>", encoding="utf-8")
    (tmp_path / "b.css").write_text("p { colour: red }", encoding="utf-8")
    (tmp_path / "c.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><p/></svg>', encoding="utf-8")
    named = {Path(message["url"]).name for message in validate(java, tmp_path) if "url" in message}
    assert named == {"a.html", "b.css", "c.svg"}
