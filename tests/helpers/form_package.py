"""The browser form for tests: the archives of its program, which `make validator` fetches, and a backend."""

import os
from pathlib import Path
from typing import Any, Final

import pytest

from site_builder.config.form_backend import FormBackend, FormOptions, form_backend

FOLDER: Final = Path(__file__).parents[1] / "validators" / "form"


def form_archives() -> tuple[Path, ...]:
    """The archives; without them the test skips, or fails where it must not."""
    found = tuple(sorted(FOLDER.glob("*.tgz")))
    if not found and os.environ.get("SITE_BUILDER_REQUIRE_VALIDATOR"):
        pytest.fail("the form's program is missing: make validator")
    if not found:
        pytest.skip("the form's program was not fetched: make validator")
    return found


def backend_of(
    repo_url: str = "https://github.com/owner/name", edit_uri: str = "", folder: str = "", **options: Any
) -> FormBackend:
    """What the form talks to with these options."""
    backend, problem = form_backend(FormOptions(**options), repo_url, edit_uri, folder)
    assert problem is None
    assert backend is not None
    return backend
