"""The command `build`."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.cli.options import (
    SiteOptions,
    format_option,
    print_findings,
    progress,
    refuse,
    say,
    site_url_option,
    strict_site_options,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from site_builder.build import Watch
    from site_builder.config import SiteConfig
    from site_builder.output.opened_build import OpenedBuild, Report
    from site_builder.parallel import Remote


class SchedulerType(click.ParamType):  # type: ignore[type-arg]
    """Where a Dask scheduler is, or how many workers of this machine are wanted."""

    name = "ADDRESS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address; anything else is wrong usage."""
        if not re.fullmatch(r"local:[1-9]\d{0,2}|[a-z][a-z0-9+]*://\S+", value):
            self.fail(f'"{value}" is neither an address such as tcp://10.0.0.5:8786 nor local:N', param, ctx)
        return str(value)


@click.command()
@strict_site_options
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder to write the site to [default: site_dir].")
@site_url_option
@click.option("--index-links", is_flag=True, help="Let links name index.html, for pages that are opened from a disk.")
@click.option("--explain", is_flag=True, help="Print why each file is rebuilt, and what changed.")
@click.option("--timings", is_flag=True, help="Print how long each stage took.")
@click.option(
    "--scheduler",
    type=SchedulerType(),
    help="Work on a Dask cluster, or in N workers of this machine (local:N); needs the extra dask.",
)
@format_option
def build(  # noqa: PLR0913, PLR0917 (one for each option)
    site: SiteOptions,
    out: Path | None,
    site_url: str | None,
    index_links: bool,
    explain: bool,
    timings: bool,
    scheduler: str | None,
    format_: str,
) -> None:
    """Write the site, rebuilding only what changed.

    \b
    Examples:
      site-builder build                                    into site/
      site-builder build --strict --out /tmp/preview        stop at warnings too, write elsewhere
      site-builder build --site-url https://me.github.io/kb/
      site-builder build --index-links --out preview/       to be opened from a disk
      site-builder build --explain                          why is each file rebuilt?
      site-builder build --timings                          how long does each stage take?
      site-builder build --scheduler tcp://10.0.0.5:8786    on the workers of a Dask cluster

    If the content has errors, nothing is written and the site stays as it was.
    """
    if scheduler and site.untrusted:
        raise click.UsageError("--scheduler sends work to other processes, where --untrusted holds nothing in.")
    build_site_folder(
        site,
        out=out,
        site_url=site_url,
        index_links=index_links,
        explain=explain,
        timings=timings,
        scheduler=scheduler,
        format_=format_,
    )


def build_site_folder(  # noqa: PLR0913 (as above)
    site: SiteOptions,
    *,
    out: Path | None = None,
    site_url: str | None = None,
    index_links: bool = False,
    explain: bool = False,
    timings: bool = False,
    scheduler: str | None = None,
    format_: str = "text",
) -> None:
    """Build the site and say what was done; end the run where the content or the disk does not allow it."""
    from site_builder.cluster import ClusterError
    from site_builder.corpus.embargoes import embargo_line
    from site_builder.diagnostics import Location, diagnostic
    from site_builder.disk.faults import refusal
    from site_builder.output.opened_build import open_build

    config, findings = site.load(format_, site_dir=out, site_url=site_url, index_links=index_links)
    try:
        with (
            progress() as watch,
            _cluster(scheduler, config) as remote,
            open_build(config, findings, lambda: _say_waiting(config)) as opened,
        ):
            report = opened.unchanged_report() or _build(opened, watch, explain=explain, remote=remote)
    except ClusterError as error:
        found = diagnostic("cluster-unusable", Location(config.file), error.text, error.hint)
        refuse((*findings, found), format_, f"Nothing was written: {_shown(config.site_dir)} was not changed.", 1)
    except OSError as error:  # the disk, not the content: full, read-only, in the way
        raise click.ClickException(f"the site could not be written: {refusal(error)}") from None
    print_findings(report.diagnostics, report.files, format_)
    if explain:
        for path, reason in report.stale:
            say(f"{path}: {reason}", err=format_ != "text")
    if timings:
        for stage, seconds in report.timings.items():
            say(f"{stage:<10} {seconds:7.3f} s", err=format_ != "text")
    if not report.is_built:
        click.echo(f"Nothing was written: {_shown(config.site_dir)} was not changed.", err=True)
        sys.exit(1)
    say(closing_line(report, config), err=format_ != "text")
    if line := embargo_line(report.embargoes, config):
        say(line, err=format_ != "text")


def _build(opened: "OpenedBuild", watch: "Watch", *, explain: bool, remote: "Remote | None") -> "Report":
    from site_builder.build import build_opened

    return build_opened(opened, watch, explain=explain, remote=remote)


@contextmanager
def _cluster(scheduler: str | None, config: "SiteConfig") -> "Iterator[Remote | None]":
    """The cluster that is asked for. Raises ClusterError where it cannot be used."""
    if scheduler is None:
        yield None
        return
    from site_builder.cluster import ClusterError, Places, open_cluster

    if config.cache_dir is None:
        raise ClusterError("--scheduler needs the cache, through which workers get their batches", "see cache-tracked")
    places = Places(config.root / config.file, config.cache_dir, config.whole_site_dir.parent)
    with open_cluster(scheduler, places) as cluster:
        yield cluster


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
