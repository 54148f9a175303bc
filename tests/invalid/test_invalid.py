"""One tiny site for every finding, with the exact output of `site-builder check` or of the command that reports it.

`tests/invalid/<code>[-variant]/` holds `site/` and `expected.txt`; sites that no folder can hold are in `generated.py`.
A finding of another command than `check` has that command in `command.txt` (`mv old new`); its expected output ends
with the exit code. `make golden` re-makes every expected.txt: review the difference as an editor would.
"""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from site_builder.diagnostics import CODES
from tests.helpers.site import MKDOCS_YML
from tests.invalid.generated import GENERATED
from tests.invalid.run import run_check, run_command

HERE = Path(__file__).parent
CASES = sorted({p.name for p in HERE.iterdir() if p.is_dir() and p.name != "__pycache__"} | set(GENERATED))

WITHOUT_CASE = {
    "cache-damaged": "only this version of the program says which file is its cache: adapters/test_damaged_cache.py",
    "cache-unwritable": "only a build writes the cache",
    "cluster-unusable": "only a build with a cluster: adapters/test_cluster.py",
    "extra-missing": "only without the extra `html`, which the tests have",
    "fragment-missing": "only after a page elsewhere was read: adapters/test_links.py",
    "feed-lost": "only a build looks at the site folder",
    "form-changed": "it would come with form-missing, for all other files: adapters/test_form.py",
    "images-missing": "only without Pillow, which the tests have",
    "output-blocked": "only a build looks at the site folder",
    "output-foreign": "only a build looks at the site folder",
    "site-large": "only after writing a site of 900 MB",
}
"""Codes without a case, and why; other tests cover them."""


def code_of(case: str) -> str:
    """The code that a case is about: the longest that its name starts with."""
    return max((c for c in CODES if case == c or case.startswith(f"{c}-")), key=len)


def make_case(case: str, root: Path) -> None:
    given = HERE / case / "site"
    if given.is_dir():
        shutil.copytree(given, root)
    root.mkdir(exist_ok=True)
    (root / "content").mkdir(exist_ok=True)
    if case in GENERATED:
        GENERATED[case](root)
    if not (root / "mkdocs.yml").exists():
        (root / "mkdocs.yml").write_text(MKDOCS_YML, encoding="utf-8")


@pytest.mark.golden
@pytest.mark.parametrize("case", CASES)
def test_output(case: str, tmp_path: Path) -> None:
    root = tmp_path / "site"
    make_case(case, root)

    command = HERE / case / "command.txt"
    if command.is_file():
        exit_code, output, errors = run_command(root, *shlex.split(command.read_text(encoding="utf-8")))
        output += f"{errors}(exit code {exit_code})\n"
    else:
        exit_code, output, errors = run_check(root)
        output += errors  # wrong settings are reported there
        wrong_settings = code_of(case) == "settings"
        assert exit_code == (2 if wrong_settings else 1 if ": error: " in output else 0)

    output = output.replace("material, ", "")  # a theme that only the tests install
    expected = HERE / case / "expected.txt"
    if os.environ.get("SITE_BUILDER_UPDATE_GOLDEN"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(output, encoding="utf-8")
    assert output == expected.read_text(encoding="utf-8")
    assert f"[{code_of(case)}]" in output


def test_every_code_has_a_case():
    assert {code_of(case) for case in CASES} == set(CODES) - set(WITHOUT_CASE)


def test_messages_are_plain_and_the_same_on_every_machine():
    """No folder of ours, and none of Python's own words."""
    for case in CASES:
        expected = (HERE / case / "expected.txt").read_text(encoding="utf-8")
        assert not re.search(r"/tmp|/work|/home|Traceback|\bNone\b|<class|[^o]Error\(", expected), case
