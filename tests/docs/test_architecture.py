"""The architecture page names every part of the package, and no part that does not exist."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

import site_builder
from tools.reference import ROOT

PACKAGE: Final = Path(site_builder.__file__).parent
PAGE: Final = ROOT / "docs" / "architecture.md"
NOT_NAMED: Final = {
    "__init__.py",
    "__main__.py",
    "importers/read/feed/",
    "importers/read/html/",
    "importers/read/text/",
}
"""Nothing to explain, or named without their whole path."""
OUTSIDE: Final = {"content/", "site/", "tests/docs/", "tests/properties/"}
"""Folders of a checkout or a site, not only of the package."""


def named(text: str) -> set[str]:
    """Folders (`pages/lists/`) and modules (`pages/plan.py`) in code spans."""
    return set(re.findall(r"`([\w/]+(?:/|\.py))`", text))


def parts() -> Iterable[str]:
    """Every folder, and every module at the top."""
    for path in PACKAGE.rglob("*"):
        name = path.relative_to(PACKAGE).as_posix()
        if path.is_dir() and any(path.glob("*.py")):
            yield f"{name}/"
        elif "/" not in name and path.suffix == ".py":
            yield name


def missing(text: str) -> list[str]:
    return sorted(set(parts()) - named(text) - NOT_NAMED)


def test_every_part_is_named():
    assert missing(PAGE.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("part", ["pipeline.py", "render/", "pages/lists/"])
def test_a_part_that_is_not_named_is_found(part: str):
    assert missing(PAGE.read_text(encoding="utf-8").replace(f"`{part}`", "")) == [part]


def test_every_part_that_is_named_exists():
    names = named(PAGE.read_text(encoding="utf-8"))
    known = {p.name for p in PACKAGE.rglob("*.py")} | {f"{p.name}/" for p in PACKAGE.rglob("*")} | OUTSIDE
    absent = [n for n in names - known if not (PACKAGE / n).exists() and not (ROOT / n).exists()]
    assert sorted(absent) == []
