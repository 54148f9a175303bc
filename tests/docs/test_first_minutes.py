"""The section "Start your own" of the README, followed word for word."""

import contextlib
import re
import shlex
from pathlib import Path

from click.testing import CliRunner, Result

from site_builder.cli import main

README = Path(__file__).parents[2] / "README.md"


def blocks() -> list[tuple[str, str]]:
    """Language -> text of each block of code in the section."""
    section = README.read_text(encoding="utf-8").partition("## Start your own\n")[2].partition("\n## ")[0]
    return re.findall(r"^```(\w*)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)


def run(folder: Path, *arguments: str) -> Result:
    with contextlib.chdir(folder):
        return CliRunner().invoke(main, arguments)


def commands() -> list[list[str]]:
    return [shlex.split(row, comments=True) for language, text in blocks() if not language for row in text.splitlines()]


def test_each_command_runs_and_finds_nothing(tmp_path: Path):
    """But for `serve`, which does not end, and those that install the program."""
    programs = [command[0] for command in commands()]
    assert set(programs) == {"python3", ".venv/bin/pip", ".venv/bin/site-builder"}
    ours = [command[1:] for command in commands() if command[0].endswith("site-builder") and command[1] != "serve"]
    assert [command[0] for command in ours] == ["new", "add", "check", "build"]
    for command in ours:
        strict = ["--strict"] if command[0] in {"check", "build"} else []
        result = run(tmp_path, *command, *strict)
        assert result.exit_code == 0, result.output
    assert (tmp_path / "site/articles/commonmark-spec/index.html").is_file()


def test_the_article_that_is_shown_has_no_finding(tmp_path: Path):
    run(tmp_path, "new", ".")
    (text,) = (text for language, text in blocks() if language == "markdown")
    (tmp_path / "content/articles/first.md").write_text(text, encoding="utf-8")
    assert run(tmp_path, "check", "--strict").output == "nothing to report in 4 files\n"
