"""The Nu checker of the W3C finds nothing, not even a warning, in any HTML, CSS or SVG file."""

import os
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.rough import FORMULAS, ROUGH
from tests.helpers.shared import shared_result
from tests.helpers.site import article, write_site
from tests.helpers.sites import ROOT
from tests.helpers.validator import JAR, validate

pytestmark = pytest.mark.validator

Messages = dict[str, list[dict[str, Any]]]
"""Name of a folder -> the messages about its files."""


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


@pytest.fixture(scope="session")
def messages(java: str, tmp_path_factory: pytest.TempPathFactory, demonstration: Tree, golden: Tree) -> Messages:
    """What the checker says of each folder: one run for all of them, for it is Java that takes the time."""

    def check() -> Messages:
        folders = {
            "demonstration": demonstration.folder,
            "golden": golden.folder,
            "rough": _rough(tmp_path_factory.mktemp("rough")),
            "faulty": _faulty(tmp_path_factory.mktemp("faulty")),
        }
        found: Messages = {name: [] for name in folders}
        for message in validate(java, *folders.values()):
            file = Path(url2pathname(urlsplit(message.get("url", "")).path))
            name = next((name for name, folder in folders.items() if file.is_relative_to(folder)), "")
            found.setdefault(name, []).append({**message, "file": file.name})
        return found

    result: Messages = shared_result(tmp_path_factory, "nu-checker", check)
    return result


def _rough(folder: Path) -> Path:
    articles = {
        f"content/articles/{name}.md": article(name, body) for name, body in {**ROUGH, "formulas": FORMULAS}.items()
    }
    picture = ROOT / "tests" / "invalid" / "image-alt" / "site" / "content" / "articles" / "chart.png"
    build(write_site(folder, {**articles, "content/assets/x.png": picture.read_bytes()}))
    return folder / "site"


def _faulty(folder: Path) -> Path:
    """One file of each kind with a fault."""
    (folder / "a.html").write_text("<!doctype html><title>x</title><p><p id=a><p id=a>", encoding="utf-8")
    (folder / "b.css").write_text("p { colour: red }", encoding="utf-8")
    (folder / "c.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><p/></svg>', encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["demonstration", "golden"])
def test_sites_are_valid(messages: Messages, name: str):
    assert [(m.get("url"), m.get("lastLine"), m["type"], m["message"]) for m in messages[name]] == []


def test_what_people_write_by_hand_becomes_valid(messages: Messages):
    assert [(m.get("url"), m.get("extract"), m["message"]) for m in messages["rough"]] == []


def test_the_validator_finds_faults_in_each_kind_of_file(messages: Messages):
    assert {m["file"] for m in messages["faulty"]} == {"a.html", "b.css", "c.svg"}


def test_every_message_is_about_a_file(messages: Messages):
    assert messages.get("") is None
