"""A cache that cannot be written costs time, and a warning; the site is the same."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.cache import CacheDamage, program_digest
from site_builder.output import manifest
from site_builder.output.usable_cache import keep, load_kept
from tests.helpers.output import build, files
from tests.helpers.site import MakeSite, article, write_files


def refuse(*_: object, **__: object) -> OSError:
    return OSError(errno.ENOSPC, "No space left on device")


def in_the_way(root: Path, _: pytest.MonkeyPatch) -> None:
    (root / ".cache").write_text("not a folder", encoding="utf-8")


def full(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "keep", refuse)


@pytest.mark.parametrize("spoil", [in_the_way, full])
def test_the_site_is_built_all_the_same(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path, pytest.MonkeyPatch], None]
):
    root = make_site({"content/articles/a.md": article("Weir"), "content/articles/b.md": article("Sluice")})
    spoil(root, monkeypatch)
    for body in ("One gate.", "Two gates.", "One gate."):
        write_files(root, {"content/articles/a.md": article("Weir", body)})
        report = build(root)
        assert [d.code for d in report.diagnostics] == ["cache-unwritable"]
        assert report.is_built
        assert body.encode() in files(root / "site")["articles/a/index.html"]
    (root / "content/articles/b.md").unlink()
    build(root)
    assert "articles/b/index.html" not in files(root / "site")


def test_what_cannot_be_kept_leaves_the_older_file(tmp_path: Path):
    (tmp_path / "kept.json").write_bytes(b"older")
    (tmp_path / "kept.json.tmp").mkdir()
    assert keep(tmp_path / "kept.json", "newer") is not None
    assert (tmp_path / "kept.json").read_bytes() == b"older"


def test_nothing_is_written_through_a_link(tmp_path: Path):
    (tmp_path / "outside").write_bytes(b"mine")
    for name in ("kept.json", "kept.json.tmp"):
        (tmp_path / name).symlink_to("outside")
    assert keep(tmp_path / "kept.json", "newer") is None
    assert load_kept(tmp_path / "kept.json", str, CacheDamage()) == "newer"
    assert (tmp_path / "outside").read_bytes() == b"mine"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff", b"[]", b"{}", b'{"version":1}', b'{"version":1,"digest":7,"content":"x"}',
        b'{"version":1,"digest":"","content":"x"}', b'{"version":"1"}', b'{"outputs":{}}',
    ],
)  # fmt: skip
def test_a_file_that_is_not_as_it_was_written_is_damaged(tmp_path: Path, data: bytes):
    (tmp_path / "kept.json").write_bytes(data)
    damage = CacheDamage()
    assert load_kept(tmp_path / "kept.json", str, damage) is None
    assert damage.files == {"kept.json"}


def test_the_file_of_another_is_damaged(tmp_path: Path):
    keep(tmp_path / "one.json", "x")
    (tmp_path / "one.json").rename(tmp_path / "other.json")
    damage = CacheDamage()
    assert load_kept(tmp_path / "other.json", str, damage) is None
    assert damage.files == {"other.json"}


def test_another_version_is_no_damage(tmp_path: Path):
    (tmp_path / "kept.json").write_bytes(b'{"version":0,"digest":"x","content":{"a":[1]}}')
    (tmp_path / "folder.json").mkdir()
    os.mkfifo(tmp_path / "pipe.json")
    damage = CacheDamage()
    for name in ("kept.json", "missing.json", "folder.json", "pipe.json"):
        assert load_kept(tmp_path / name, dict, damage) is None
    assert not damage


def test_a_folder_in_place_of_the_database_is_reported(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article()})
    (root / f".cache/site_builder/memo-{program_digest()}.sqlite").mkdir(parents=True)
    assert [d.code for d in build(root).diagnostics] == ["cache-unwritable"]
    assert [d.code for d in build(root).diagnostics] == ["cache-unwritable"]


def test_a_site_folder_that_cannot_be_written_is_found_at_once(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    root = make_site({"content/articles/a.md": article("Weir"), "site/index.html": "before"})
    monkeypatch.setattr("site_builder.output.site_lock.os.access", lambda *_: False)
    with pytest.raises(PermissionError, match="site"):
        build(root)
    assert files(root / "site") == {"index.html": b"before"}
