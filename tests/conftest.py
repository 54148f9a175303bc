"""Fixtures for all tests."""

from pathlib import Path

import pytest

from tests.helpers.memory import use_memory
from tests.helpers.site import Files, MakeSite, write_site


def pytest_configure() -> None:
    use_memory()


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the caller's shell sets may change a result."""
    for name in ("SOURCE_DATE_EPOCH", "GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """Write a site from a dict of files into a fresh folder; see `tests/helpers/site.py`."""
    made: list[Path] = []

    def make(files: Files) -> Path:
        root = tmp_path / f"site{len(made) or ''}"
        made.append(root)
        root.mkdir()
        return write_site(root, files)

    return make
