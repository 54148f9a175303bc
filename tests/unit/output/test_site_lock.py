"""One build at a time works on a site folder; another one says that it waits."""

import sys
from pathlib import Path

import pytest

from site_builder.output.site_lock import site_lock


class WaitsError(Exception):
    pass


def waits() -> None:
    raise WaitsError


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked there")
def test_a_second_build_says_that_it_waits(tmp_path: Path):
    with site_lock(tmp_path / "site", tmp_path / "lock", waits), pytest.raises(WaitsError):  # noqa: SIM117
        with site_lock(tmp_path / "site", tmp_path / "lock", waits):
            pass
    with site_lock(tmp_path / "site", tmp_path / "lock", waits):
        assert (tmp_path / "site").is_dir()
