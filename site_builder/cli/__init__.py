"""The command line: arguments to one call, its findings printed, an exit code.

Exit codes: 0 clean, 1 errors in the content (or warnings in a strict run), 2 wrong usage. Findings of `check` go to
standard output, those of other commands to standard error. What a command needs is imported when it runs, so that
`--help` answers at once.
"""

# ruff: noqa: PLC0415 (late imports, for the reason above)

import datetime as dt
import gc
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from site_builder import __version__
from site_builder.cli.editing.explain import explain
from site_builder.cli.editing.import_ import import_
from site_builder.cli.editing.mv import mv, urls
from site_builder.cli.editing.report import fix, report
from site_builder.cli.editing.suggest import suggest
from site_builder.cli.publishing.graph import graph

if TYPE_CHECKING:
    from site_builder.build import Report, Watch
    from site_builder.config import Overrides, SiteConfig
    from site_builder.diagnostics import Diagnostic

REDRAW_SECONDS = 0.1

F = TypeVar("F", bound=Callable[..., Any])


class _Day(click.ParamType):  # type: ignore[type-arg]
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is not a day of the calendar, written YYYY-MM-DD', param, ctx)


def _site_options(command: F) -> F:
    """Options that every command on a site has."""
    options = [
        click.option("-f", "--config", "file", type=click.Path(path_type=Path), default=Path("mkdocs.yml"),
                     show_default=True, help="The settings file of the site."),
        click.option("--strict", is_flag=True, help="Take warnings for errors."),
        click.option("--drafts", is_flag=True, help="Treat drafts, reviews and embargoed documents as published."),
        click.option("--date", type=_Day(), help="The day that embargoes are held against [default: today]."),
        click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes at most [default: one a core]."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


_format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="Form of the findings: for people, programs, GitHub annotations, code scanning.",
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Run 'site-builder COMMAND --help' for examples of each command.",
)
@click.version_option(__version__, prog_name="site-builder")
def main() -> None:
    """Turn a folder of curated summaries into a cross-linked static site.

    \b
    In the folder of your site (where mkdocs.yml is):
      site-builder check           tell every mistake in the content, with file, line and remedy
      site-builder build           write the site into site/
      site-builder serve           show it in a browser, and follow your edits
    """
    # A run builds up data that lives to its end; looking for garbage in it takes a third of the time and finds none.
    gc.set_threshold(200_000, 50, 50)


@main.command()
@_site_options
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Where the site is written [default: site_dir].")
@click.option("--site-url", help="Address at which the site will stand [default: site_url].")
@click.option("--explain", is_flag=True, help="Tell of every file why it is made again.")
@_format_option
def build(file: Path, out: Path | None, site_url: str | None, explain: bool, format_: str, **given: Any) -> None:
    """Write the site; only what changed is made again.

    \b
    Examples:
      site-builder build                                    into site/
      site-builder build --strict --out /tmp/preview        stop at warnings too, write elsewhere
      site-builder build --site-url https://me.github.io/kb/
      site-builder build --explain                          why is each file made again?

    With errors in the content nothing is written: the site stays as it was.
    """
    from site_builder.build import build_site

    config, found = _config(file, _overrides(given, out, site_url), format_)
    try:
        with _progress() as watch:
            report = build_site(config, found, watch)
    except OSError as error:  # the disk, not the content: full, read-only, in the way
        place = f" ({error.filename})" if error.filename else ""
        raise click.ClickException(f"the site could not be written: {error.strerror or error}{place}") from None
    _print_findings(report.diagnostics, report.files, format_, to_stdout=format_ != "text")
    if explain:
        for stale in report.stale:
            click.echo(f"{stale.page.path}: {stale.reason}")
    if not report.is_built:
        click.echo(f"Nothing was written: {_shown(config.site_dir)} is as it was.", err=True)
        sys.exit(1)
    click.echo(closing_line(report, config), err=format_ != "text")


def closing_line(report: "Report", config: "SiteConfig") -> str:
    """`Built 212 files from 153 documents into site/: 4 written, 1 removed, in 0.31 s.`"""
    done = f"{report.written:,} written" + (f", {report.removed:,} removed" if report.removed else "")
    made = f"Built {report.pages:,} files from {report.files:,} documents into {_shown(config.site_dir)}"
    return f"{made}: {done}, in {report.seconds:.2f} s."


@main.command()
@_site_options
@_format_option
def check(file: Path, format_: str, **given: Any) -> None:
    """Tell every mistake in the content, with file, line and remedy; write nothing.

    \b
    Examples:
      site-builder check                      errors fail (exit 1), warnings are told
      site-builder check --strict             warnings fail too: for a workflow
      site-builder check --format github      annotations on the lines of a pull request
    """
    from site_builder.pipeline import Site

    config, found = _config(file, _overrides(given), format_)
    with _progress() as watch:
        site = Site.load(config, found, lambda n: watch("Reading", n, 0))
    _print_findings(site.diagnostics, site.files, format_, to_stdout=True)
    if not site.is_sound:
        sys.exit(1)


@main.command()
@_site_options
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--open", "open_", is_flag=True, help="Open the site in a browser.")
def serve(file: Path, host: str, port: int, open_: bool, **given: Any) -> None:
    """Show the site in a browser and follow edits of content, templates and settings.

    \b
    Examples:
      site-builder serve                      at http://127.0.0.1:8000/
      site-builder serve --drafts --open      with drafts, and open a browser

    Each page is made when the browser asks for it; nothing is written.
    """
    from site_builder.serve import serve as run

    overrides = _overrides(given, None, f"http://{host}:{port}/")
    _config(file, overrides, "text")
    run(file, overrides, host, port, open_browser=open_)


@main.command()
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write it to a file.")
def schema(out: Path | None) -> None:
    """Print the JSON Schema of all front matter.

    \b
    Example, for editors that check YAML as you type:
      site-builder schema --out schema.json
    """
    import json

    from site_builder.content.schema import json_schema

    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo(f"Wrote {out}.", err=True)


def _overrides(given: dict[str, Any], out: Path | None = None, site_url: str | None = None) -> "Overrides":
    from site_builder.config import Overrides

    return Overrides(out, site_url, given["date"], given["drafts"], given["strict"], given["jobs"])


def _config(file: Path, overrides: "Overrides", format_: str) -> tuple["SiteConfig", tuple["Diagnostic", ...]]:
    """The settings, or the end: wrong settings are wrong usage."""
    from site_builder.config import load_config

    config, found = load_config(file, overrides)
    if config is None:
        _print_findings(tuple(found), 1, format_, to_stdout=format_ != "text")
        sys.exit(2)
    return config, tuple(found)


def _print_findings(found: tuple["Diagnostic", ...], files: int, format_: str, *, to_stdout: bool) -> None:
    from site_builder.diagnostics import FORMATS, count_line

    text = FORMATS[format_](found)
    if text:
        click.echo(text, err=not to_stdout)
    if found or to_stdout:
        click.echo(count_line(found, files), err=format_ != "text" or not to_stdout)


def _shown(path: Path) -> str:
    """A folder as somebody standing here would name it."""
    here = Path.cwd()
    return f"{path.relative_to(here) if path.is_relative_to(here) else path}/"


@contextmanager
def _progress() -> Iterator["Watch"]:
    """A line that counts on a terminal, for work that takes long; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _step, _done, _of: None
        return
    counts: Counter[str] = Counter()
    shown = 0.0

    def watch(step: str, done: int, of: int) -> None:
        nonlocal shown
        counts[step] += done
        now = time.monotonic()
        if now - shown >= REDRAW_SECONDS:
            shown = now
            click.echo(f"\r{step} {counts[step]:,}{f' of {of:,}' if of else ''} …", nl=False, err=True)

    try:
        yield watch
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


main.add_command(import_)
main.add_command(explain)
main.add_command(suggest)
main.add_command(mv)
main.add_command(urls)
main.add_command(graph)
main.add_command(report)
main.add_command(fix)
