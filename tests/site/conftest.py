"""The sites that the tests here look at, each built once a process."""

from pathlib import Path
from typing import Final

import pytest

from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.sites import copy_demonstration, copy_golden

BELOW: Final = "https://example.org/x/y/"
AT_ROOT: Final = "https://example.org/"


@pytest.fixture(scope="session")
def demonstration_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of settings and content."""
    return copy_demonstration(tmp_path_factory.mktemp("sites") / "demonstration")


@pytest.fixture(scope="session")
def demonstration(demonstration_source: Path) -> Tree:
    """The demonstration site, as it stands below a path."""
    return _built(demonstration_source, "below", BELOW)


@pytest.fixture(scope="session")
def demonstration_at_root(demonstration_source: Path) -> Tree:
    """The same at the root of a host."""
    return _built(demonstration_source, "root", AT_ROOT)


@pytest.fixture(scope="session")
def golden_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_golden("tiny", tmp_path_factory.mktemp("sites") / "tiny")


@pytest.fixture(scope="session")
def golden(golden_source: Path) -> Tree:
    """The golden site: small, with pagination, pictures, drafts, aliases and all that Markdown can do."""
    return _built(golden_source, "below", BELOW)


@pytest.fixture(scope="session")
def golden_at_root(golden_source: Path) -> Tree:
    return _built(golden_source, "root", AT_ROOT)


def _built(source: Path, name: str, site_url: str) -> Tree:
    build(source, site_dir=source / "built" / name, site_url=site_url)
    return Tree(source / "built" / name, site_url)


@pytest.fixture(params=["demonstration", "golden"])
def tree(request: pytest.FixtureRequest) -> Tree:
    """Either site below a path."""
    found: Tree = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["demonstration", "demonstration_at_root", "golden", "golden_at_root"])
def any_tree(request: pytest.FixtureRequest) -> Tree:
    """Either site, below a path and at the root."""
    found: Tree = request.getfixturevalue(request.param)
    return found
