"""The command `build`."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.options import (
    SiteOptions,
    format_option,
    print_findings,
    progress,
    say,
    site_url_option,
    strict_site_options,
)

if TYPE_CHECKING:
    from site_builder.build import Report
    from site_builder.config import SiteConfig


@click.command()
@strict_site_options
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder to write the site to [default: site_dir].")
@site_url_option
@click.option("--explain", is_flag=True, help="Print why each file is rebuilt, and what changed.")
@click.option("--timings", is_flag=True, help="Print how long each stage took.")
@format_option
def build(
    site: SiteOptions, out: Path | None, site_url: str | None, explain: bool, timings: bool, format_: str
) -> None:
    """Write the site, rebuilding only what changed.

    \b
    Examples:
      site-builder build                                    into site/
      site-builder build --strict --out /tmp/preview        stop at warnings too, write elsewhere
      site-builder build --site-url https://me.github.io/kb/
      site-builder build --explain                          why is each file rebuilt?
      site-builder build --timings                          how long does each stage take?

    If the content has errors, nothing is written and the site stays as it was.
    """
    from site_builder.build import build_site, embargo_line
    from site_builder.disk.faults import refusal
    from site_builder.pipeline import STAGES

    config, findings = site.load(format_, site_dir=out, site_url=site_url)
    try:
        with progress() as watch:
            report = build_site(config, findings, watch, explain=explain, on_wait=lambda: _say_waiting(config))
    except OSError as error:  # the disk, not the content: full, read-only, in the way
        raise click.ClickException(f"the site could not be written: {refusal(error)}") from None
    print_findings(report.diagnostics, report.files, format_)
    if explain:
        for path, reason in report.stale:
            say(f"{path}: {reason}", err=format_ != "text")
    if timings:
        for stage in (stage for stage in STAGES if stage in report.timings):
            say(f"{stage:<10} {report.timings[stage]:7.3f} s", err=format_ != "text")
    if not report.is_built:
        click.echo(f"Nothing was written: {_shown(config.site_dir)} was not changed.", err=True)
        sys.exit(1)
    say(closing_line(report, config), err=format_ != "text")
    if line := embargo_line(report.embargoes, config):
        say(line, err=format_ != "text")


def _say_waiting(config: "SiteConfig") -> None:
    say(f"Waiting: another build is at work on {_shown(config.site_dir)}", err=True)


def closing_line(report: "Report", config: "SiteConfig") -> str:
    """`Built 212 files from 153 documents into site/: 4 written, 1 removed, in 0.31 s.`"""
    done = f"{report.written:,} written" + (f", {report.removed:,} removed" if report.removed else "")
    made = f"Built {report.pages:,} files from {report.files:,} documents into {_shown(config.site_dir)}"
    others = f"{report.foreign:,} other file{'s' if report.foreign > 1 else ''}"
    left = f" {others} there left alone." if report.foreign else ""
    return f"{made}: {done}, in {report.seconds:.2f} s.{left}"


def _shown(path: Path) -> str:
    """A folder relative to the current one, if it is inside it."""
    here = Path.cwd()
    return f"{path.relative_to(here) if path.is_relative_to(here) else path}/"
