"""Run `site-builder check` in a site's folder, in this process."""

import contextlib
from pathlib import Path

from click.testing import CliRunner

from site_builder.cli import main
from tests.helpers.site import DATE


def run_check(root: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error; what the command raises is raised."""
    with contextlib.chdir(root):
        result = CliRunner().invoke(main, ["check", "--date", str(DATE), "--jobs", "1", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr
