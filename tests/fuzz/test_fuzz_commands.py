"""The corpus once more, through the real command: an exit code that is documented, and no traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.fuzzing import CORPUS, EXAMPLES, sound_site, write_tree

pytestmark = pytest.mark.fuzz

SITES = [path for path in sorted(CORPUS.rglob("*.json")) if '"kind": "site"' in path.read_text(encoding="utf-8")]
SOME = SITES if EXAMPLES else SITES[::10]


@pytest.mark.parametrize("case", SOME, ids=[path.stem for path in SOME])
def test_no_command_ends_in_a_traceback(case: Path, tmp_path: Path):
    write_tree(tmp_path, {**sound_site(), **json.loads(case.read_text(encoding="utf-8"))["tree"]})
    codes = {}
    for command in (["check", "--strict"], ["build"]):
        done = subprocess.run(
            [sys.executable, "-m", "site_builder", *command], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stdout + done.stderr
        assert done.returncode in {0, 1, 2}, done.stderr
        codes[command[0]] = done.returncode
    assert codes["check"] != 0 or codes["build"] in {0, 1}
    assert (codes["check"] == 2) == (codes["build"] == 2)
