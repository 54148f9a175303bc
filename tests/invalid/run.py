"""Run a command of `site-builder` in a site's folder, in this process."""

import contextlib
from pathlib import Path

from click.testing import CliRunner

from site_builder.cli import main
from tests.helpers.site import DATE


def run_check(root: Path, *arguments: str) -> tuple[int, str, str]:
    """`site-builder check`: exit code, standard output and standard error."""
    return run_command(root, "check", *arguments)


def run_command(root: Path, name: str, *arguments: str) -> tuple[int, str, str]:
    """Any command, on the day of the tests if it takes one; what it raises is raised."""
    options = {option for parameter in main.commands[name].params for option in parameter.opts}
    fixed = ["--date", str(DATE)] if "--date" in options else []
    fixed += ["--jobs", "1"] if "--jobs" in options else []
    with contextlib.chdir(root):
        result = CliRunner().invoke(main, [name, *fixed, *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr
