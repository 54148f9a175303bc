"""The section "Start your own" of the README, followed word for word."""

import re
from pathlib import Path

from tests.helpers.site import write_files
from tests.invalid.run import run_command

README = Path(__file__).parents[2] / "README.md"


def section() -> str:
    text = README.read_text(encoding="utf-8")
    return text.partition("## Start your own\n")[2].partition("\n## ")[0]


def files() -> dict[str, str]:
    """Path -> content of each file that the section shows."""
    return dict(re.findall(r"^`(\S+)`:\n\n```\w+\n(.*?)^```$", section(), re.MULTILINE | re.DOTALL))


def test_the_example_has_no_finding_even_in_a_strict_run(tmp_path: Path):
    write_files(tmp_path, files())
    assert len(files()) == 4
    assert run_command(tmp_path, "check", "--strict") == (0, "nothing to report in 3 files\n", "")
    exit_code, _, errors = run_command(tmp_path, "build", "--strict")
    assert exit_code == 0, errors
    assert (tmp_path / "site/articles/first/index.html").is_file()


def test_folders_are_made_and_programs_are_called_where_they_are():
    made = re.findall(r"^mkdir -p (.+)$", section(), re.MULTILINE)[0].split()
    assert {str(Path(file).parent) for file in files()} - {"."} == set(made)
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", section(), re.MULTILINE | re.DOTALL)
    programs = [line.split()[0] for language, block in blocks if not language for line in block.splitlines()]
    assert set(programs) == {"python3", "mkdir", ".venv/bin/pip", ".venv/bin/site-builder"}
