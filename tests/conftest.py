"""Fixtures for all tests."""

import functools
import signal
from importlib.metadata import entry_points
from pathlib import Path

import mkdocs.utils
import pytest

from tests.helpers.compiled_templates import keep_compiled_templates
from tests.helpers.memory import use_memory
from tests.helpers.site import Files, MakeSite, write_site


def pytest_configure() -> None:
    """Spare hundreds of small sites what costs each of them more than its build."""
    use_memory()
    keep_compiled_templates()
    # MkDocs looks through all installed packages for each settings file.
    vars(mkdocs.utils)["entry_points"] = functools.cache(entry_points)
    # Programs inherit what a shell ignores for a job in the background, or `nohup`; the tests send such signals.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


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
