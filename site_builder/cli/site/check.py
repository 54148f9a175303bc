"""The command `check`."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import sys
from typing import TYPE_CHECKING, Final, NoReturn

import click

from site_builder.cli.options import SiteOptions, format_option, print_findings, progress, say, strict_site_options

if TYPE_CHECKING:
    from site_builder.diagnostics import Diagnostic

BEGIN: Final = "Checking …"
END: Final = "Waiting for changes; Ctrl-C ends this."
"""Before and after each check of `--watch`. The problem matcher of a new site's `.vscode/tasks.json` looks for them."""


@click.command()
@strict_site_options
@click.option("--watch", "is_watching", is_flag=True, help="Check again after every change, until Ctrl-C.")
@format_option
def check(site: SiteOptions, is_watching: bool, format_: str) -> None:
    """Report every mistake in the content with its file, line and remedy; write nothing.

    \b
    Examples:
      site-builder check                      exit code 1 if there are errors
      site-builder check --strict             or warnings: for a workflow
      site-builder check --format github      as annotations on the lines of a pull request
      site-builder check --watch              again after every change
    """
    from site_builder.pipeline import Site

    if is_watching:
        _watch(site, format_)
    config, findings = site.load(format_)
    with progress() as watch:
        loaded = Site.load(config, findings, lambda n: watch("Reading", n, 0))
    print_findings(loaded.all_findings, loaded.content.files_read, format_, text_to_stdout=True)
    if not loaded.is_sound:
        sys.exit(1)


def _watch(site: SiteOptions, format_: str) -> NoReturn:
    """Check until Ctrl-C. Text editors find the lines BEGIN and END in the output, so they never change."""
    from site_builder.serve.check_again import check_again

    if format_ != "text":
        raise click.UsageError("--watch prints text for people and text editors; --format is for single runs")

    def begin() -> None:
        say(BEGIN)

    def report(findings: "tuple[Diagnostic, ...]", files: int) -> None:
        print_findings(findings, files, format_, text_to_stdout=True)
        say(END)

    try:
        check_again(site.file, site.overrides(), begin, report)
    except OSError as error:
        raise click.ClickException(f"changes cannot be followed: {error.strerror or error}") from error
