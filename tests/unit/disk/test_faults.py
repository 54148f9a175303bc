"""What the disk refuses names the file, also where the system does not."""

import errno
import os
from pathlib import Path

import pytest

from site_builder.disk.faults import naming, refusal, write_file, write_through
from tests.helpers.disk_events import run
from tests.helpers.site import MakeSite, article

FULL = Path("/dev/full")


@pytest.mark.parametrize("write", [write_file, write_through])
@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
def test_a_full_disk_is_named(write: object):
    with pytest.raises(OSError, match="No space left") as caught:
        write(FULL, b"x" * 100_000)  # type: ignore[operator]
    assert refusal(caught.value) == (
        "No space left on device (/dev/full); make room on that disk and run the command again"
    )


def test_what_the_system_names_stays():
    with pytest.raises(FileNotFoundError) as caught, naming(Path("other")):
        Path("/nonexistent/x").read_bytes()
    assert "(/nonexistent/x)" in refusal(caught.value)


def test_of_two_names_the_one_that_was_to_be_made(tmp_path: Path):
    (tmp_path / "a").touch()
    with pytest.raises(FileNotFoundError) as caught:
        (tmp_path / "a").rename(tmp_path / "no" / "b")
    assert f"({tmp_path}/no/b)" in refusal(caught.value)


def test_an_unknown_fault_is_told_as_it_is():
    assert refusal(OSError("odd")) == "odd"
    assert refusal(OSError(errno.EIO, os.strerror(errno.EIO), b"\xff")).startswith("Input/output error (\udcff)")


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", [["graph", "--graphml"], ["schema", "--out"]], ids=["graph", "schema"])
def test_an_export_to_a_full_disk(make_site: MakeSite, command: list[str]):
    ended = run(make_site({"content/articles/a.md": article()}), [*command, "/dev/full"])
    assert ended.code == 1
    assert ended.told.splitlines()[-1].endswith(
        "No space left on device (/dev/full); make room on that disk and run the command again"
    )


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
def test_standard_output_on_a_full_disk(make_site: MakeSite):
    def full() -> None:
        os.dup2(os.open(FULL, os.O_WRONLY), 1)

    ended = run(make_site({"content/articles/a.md": article()}), ["render", "/"], setup=full)
    assert (ended.code, "Traceback" in ended.told, "No space left on device" in ended.told) == (1, False, True)
