"""The command `check`."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import sys

import click

from site_builder.cli.options import SiteOptions, format_option, print_findings, progress, strict_site_options


@click.command()
@strict_site_options
@format_option
def check(site: SiteOptions, format_: str) -> None:
    """Report every mistake in the content with its file, line and remedy; write nothing.

    \b
    Examples:
      site-builder check                      exit code 1 if there are errors
      site-builder check --strict             or warnings: for a workflow
      site-builder check --format github      as annotations on the lines of a pull request
    """
    from site_builder.pipeline import Site

    config, findings = site.load(format_)
    with progress() as watch:
        loaded = Site.load(config, findings, lambda n: watch("Reading", n, 0))
    print_findings(loaded.all_findings, loaded.content.files_read, format_, text_to_stdout=True)
    if not loaded.is_sound:
        sys.exit(1)
