"""The sites that the tests here look at, each built once in a run."""

import pytest

from tests.helpers.links import Tree
from tests.helpers.sites import AT_ROOT, BELOW, built_demonstration, built_golden


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The demonstration site, as it stands below a path."""
    return built_demonstration(tmp_path_factory, BELOW)


@pytest.fixture(scope="session")
def demonstration_at_root(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The same at the root of a host."""
    return built_demonstration(tmp_path_factory, AT_ROOT)


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The golden site: small, with pagination, pictures, drafts, aliases and all that Markdown can do."""
    return built_golden(tmp_path_factory, "tiny", BELOW)


@pytest.fixture(scope="session")
def golden_at_root(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return built_golden(tmp_path_factory, "tiny", AT_ROOT)


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
