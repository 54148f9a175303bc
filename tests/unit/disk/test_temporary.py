"""Temporary files and folders of processes that were killed go; those of living ones and of others stay."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from site_builder.disk.temporary import beside, remove_left_files, temporary_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="asks for living processes")


@pytest.fixture
def ended() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_files_beside_content(tmp_path: Path, ended: int):
    (tmp_path / "deep").mkdir()
    left = [tmp_path / "deep" / f".site-builder-{ended}-{number}.{kind}" for number, kind in enumerate(("new", "old"))]
    others = [
        beside(tmp_path / "a.md", 0, "new"), tmp_path / f".site-builder-{ended}-0.md",
        tmp_path / f"site-builder-{ended}-0.new",
        tmp_path / ".site-builder-1-0.new", tmp_path / "a.new",
    ]  # fmt: skip
    for path in (*left, *others):
        path.touch()
    remove_left_files(tmp_path)
    assert [path for path in left if path.exists()] == []
    assert [path for path in others if not path.exists()] == []


def test_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, fresh, other = (
        tmp_path / name for name in ("site-builder-abcdefgh", "site-builder-ijklmnop", "site-builder-x")
    )
    for folder in (left, fresh, other):
        folder.mkdir()
        (folder / "file").touch()
    (tmp_path / "site-builder-linklink").symlink_to(other)
    with temporary_folder() as held:
        for folder in (left, other, held):
            os.utime(folder, (0, 0))
        with temporary_folder() as second:
            assert second != held
            assert sorted(p.name for p in tmp_path.iterdir() if p not in {held, second}) == [
                "site-builder-ijklmnop", "site-builder-linklink", "site-builder-x",
            ]  # fmt: skip
            assert held.is_dir()
        assert not second.exists()
    assert not held.exists()
    assert (other / "file").exists()
