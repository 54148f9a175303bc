"""Changes are written all or none, and never over somebody else's edit."""

from pathlib import Path
from typing import Final

import pytest

from site_builder.editing.change import FileChange, StaleChangeError, as_diff, write_changes
from site_builder.urls import SourcePath
from tests.helpers.output import files

A, B, C, NEW = (SourcePath(p) for p in ("d/a.md", "d/b.md", "e/f/c.md", "g/new.md"))
PLAN: Final = (FileChange(A, b"1\n2\n", b"1\n3\n", C), FileChange(B, b"x\n", b"y"), FileChange(NEW, None, b"n\n"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "d").mkdir()
    (tmp_path / A).write_bytes(b"1\n2\n")
    (tmp_path / B).write_bytes(b"x\n")
    return tmp_path


def test_write(root: Path):
    write_changes(root, PLAN)
    assert files(root) == {C: b"1\n3\n", B: b"y", NEW: b"n\n"}


def test_diff():
    assert as_diff(PLAN) == (
        "rename from d/a.md\nrename to e/f/c.md\n"
        "--- a/d/a.md\n+++ b/e/f/c.md\n@@ -1,2 +1,2 @@\n 1\n-2\n+3\n"
        "--- a/d/b.md\n+++ b/d/b.md\n@@ -1 +1 @@\n-x\n+y\n\\ No newline at end of file\n"
        "--- /dev/null\n+++ b/g/new.md\n@@ -0,0 +1 @@\n+n\n"
    )


def test_diff_of_lines_with_other_ends():
    diff = as_diff([FileChange(A, b"a\r\nb\xc2\x85c\r\n", b"a\r\nb\xc2\x85d\r\n")])
    assert diff.endswith(" a\r\n-b\x85c\r\n+b\x85d\r\n")


@pytest.mark.parametrize(
    ("path", "data"), [(A, b"edited"), (B, None), (C, b"taken"), (NEW, b"taken")], ids=["edited", "gone", "name", "new"]
)
def test_what_changed_meanwhile_stops_all(root: Path, path: SourcePath, data: bytes | None):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).unlink(missing_ok=True)
    if data is not None:
        (root / path).write_bytes(data)
    before = files(root)
    with pytest.raises(StaleChangeError) as caught:
        write_changes(root, PLAN)
    assert caught.value.paths == (path,)
    assert files(root) == before


@pytest.mark.parametrize("has_links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("call", range(1, 12))
def test_a_failing_disk_leaves_all_as_it_was(root: Path, call: int, has_links: bool, monkeypatch: pytest.MonkeyPatch):
    """Whichever step fails, and every later one: the files are those of before, and nothing lies about."""
    before = files(root)
    calls = 0

    def failing(name: str) -> None:
        real = getattr(Path, name)

        def run(self: Path, *given: object, **named: object) -> object:
            nonlocal calls
            if name == "open" and given[:1] != ("wb",):
                return real(self, *given, **named)
            if name == "hardlink_to" and not has_links:
                raise OSError(1, "Operation not permitted", str(self))
            calls += 1
            if calls == call or (calls > call and name == "open"):
                raise OSError(28, "No space left on device", str(self))
            return real(self, *given, **named)

        monkeypatch.setattr(Path, name, run)

    for name in ("rename", "replace", "hardlink_to", "open"):
        failing(name)
    try:
        write_changes(root, PLAN)
        assert calls < call
        monkeypatch.undo()
        assert files(root) != before
    except OSError as error:
        assert error.errno == 28  # noqa: PT017 (which steps there are is not the point)
        monkeypatch.undo()
        assert files(root) == before
        assert sorted(p.name for p in root.iterdir()) == ["d"]


def test_only_upper_and_lower_case(root: Path):
    write_changes(root, [FileChange(A, b"1\n2\n", b"3", SourcePath("d/A.md"))])
    assert files(root) == {"d/A.md": b"3", B: b"x\n"}


def test_mode_and_links_stay(root: Path):
    (root / A).chmod(0o640)
    (root / "d/link.md").symlink_to("b.md")
    write_changes(root, [FileChange(A, b"1\n2\n", b"3"), FileChange(SourcePath("d/link.md"), b"x\n", b"z")])
    assert (root / A).stat().st_mode & 0o777 == 0o640
    assert (root / "d/link.md").is_symlink()
    assert (root / B).read_bytes() == b"z"
    with pytest.raises(StaleChangeError):
        write_changes(root, [FileChange(SourcePath("d/link.md"), b"z", b"z", SourcePath("e/link.md"))])
