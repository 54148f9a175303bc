"""A cache that cannot be written costs time, and a warning; the site is the same."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.output import manifest, usable_cache
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
    (tmp_path / "kept.tmp").mkdir()
    assert usable_cache.keep(tmp_path / "kept.json", b"newer") is not None
    assert (tmp_path / "kept.json").read_bytes() == b"older"


def test_a_site_folder_that_cannot_be_written_is_found_at_once(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    root = make_site({"content/articles/a.md": article("Weir"), "site/index.html": "before"})
    monkeypatch.setattr("site_builder.output.site_lock.os.access", lambda *_: False)
    with pytest.raises(PermissionError, match="site"):
        build(root)
    assert files(root / "site") == {"index.html": b"before"}
