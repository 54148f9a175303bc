"""What commands share: options, settings or the end of the run, printed findings, and a progress line.

Findings of `check` go to standard output, those of other commands to standard error. With a `--format` for programs,
standard output holds the findings and nothing else, and every sentence for people goes to standard error.
"""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import datetime as dt
import functools
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

if TYPE_CHECKING:
    from site_builder.build import Watch
    from site_builder.cache import CacheDamage
    from site_builder.config import Overrides, SiteConfig
    from site_builder.diagnostics import Diagnostic
    from site_builder.pipeline import Site

SETTINGS_FILE: Final = Path("mkdocs.yml")
REDRAW_SECONDS: Final = 0.1
"""Time between two updates of the progress line: fast enough to look alive, and no load on a slow terminal."""

Command = Callable[..., Any]


class DayType(click.ParamType):  # type: ignore[type-arg]
    """A date on the command line."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Parse the date; anything else is wrong usage."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is not a valid date in the form YYYY-MM-DD', param, ctx)


config_option: Final = click.option(
    "-f", "--config", "file", type=click.Path(path_type=Path), default=SETTINGS_FILE, show_default=True,
    help="The settings file of the site.",
)  # fmt: skip
_strict_option: Final = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
_drafts_option: Final = click.option(
    "--drafts", is_flag=True, help="Treat drafts, documents in review and embargoed documents as published."
)
_date_option: Final = click.option(
    "--date", type=DayType(), help="The day on which embargoes and ages are judged [default: today]."
)
_jobs_option: Final = click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="Maximum number of processes [default: one per core]."
)
untrusted_option: Final = click.option(
    "--untrusted", is_flag=True,
    help="For other people's changes: run no code of the repository, use no cache of it, stay inside.",
)  # fmt: skip
site_url_option: Final = click.option("--site-url", help="Address of the published site [default: site_url].")
dry_run_option: Final = click.option("--dry-run", is_flag=True, help="Show the changes as a diff and write nothing.")
format_option: Final = click.option(
    "--format", "format_", type=click.Choice(["text", "json", "github", "sarif"]), default="text", show_default=True,
    help="Format of the findings: for people, for programs, as GitHub annotations, for code scanning.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """The values of the options that concern the whole site."""

    file: Path
    date: dt.date | None = None
    drafts: bool = False
    strict: bool = False
    jobs: int | None = None
    untrusted: bool = False

    def overrides(
        self, site_dir: Path | None = None, site_url: str | None = None, *, index_links: bool = False
    ) -> "Overrides":
        """What these options, and those of a single command, put in the place of settings."""
        from site_builder.config import Overrides

        given = (site_dir, site_url, self.date, self.drafts, self.strict, self.jobs, self.untrusted)
        return Overrides(*given, index_links=index_links)

    def load(
        self,
        format_: str = "text",
        *,
        site_dir: Path | None = None,
        site_url: str | None = None,
        index_links: bool = False,
    ) -> tuple["SiteConfig", tuple["Diagnostic", ...]]:
        """Load the settings with their findings, or end the run: wrong settings are wrong usage."""
        return load_settings(self.file, self.overrides(site_dir, site_url, index_links=index_links), format_)


def site_options(command: Command) -> Command:
    """Add the options that commands on a whole site share; they arrive as `site`, a SiteOptions."""
    return _with_site(command, (config_option, _drafts_option, _date_option, _jobs_option, untrusted_option))


def strict_site_options(command: Command) -> Command:
    """Add the same options and `--strict`."""
    return _with_site(
        command, (config_option, _strict_option, _drafts_option, _date_option, _jobs_option, untrusted_option)
    )


def _with_site(command: Command, options: Iterable[Callable[[Command], Command]]) -> Command:
    @functools.wraps(command)
    def run(**given: Any) -> Any:
        taken = {name: given.pop(name) for name in SiteOptions.__dataclass_fields__ if name in given}
        return command(site=SiteOptions(**taken), **given)

    wrapped: Command = run
    for option in reversed(tuple(options)):
        wrapped = option(wrapped)
    return wrapped


def load_settings(
    file: Path, overrides: "Overrides", format_: str = "text"
) -> tuple["SiteConfig", tuple["Diagnostic", ...]]:
    """Load a settings file with its findings, or end the run: wrong settings are wrong usage."""
    from site_builder.config import load_config

    config, findings = load_config(file, overrides)
    if config is None:
        print_findings(tuple(findings), 1, format_)
        sys.exit(2)
    return config, tuple(findings)


def print_findings(
    findings: tuple["Diagnostic", ...], files: int, format_: str, *, text_to_stdout: bool = False
) -> None:
    """Print the findings and the line that counts them; `files` is the number of files read.

    `text_to_stdout` is for commands whose findings are their result.
    """
    from site_builder.diagnostics import FORMATS, count_line

    to_stdout = text_to_stdout or format_ != "text"
    text = FORMATS[format_](findings)
    if text:
        click.echo(text, err=not to_stdout)
    if findings or to_stdout:
        click.echo(count_line(findings, files), err=format_ != "text" or not to_stdout)


@contextmanager
def opened_site(config: "SiteConfig", findings: tuple["Diagnostic", ...] = ()) -> Iterator["Site"]:
    """The site with its content read, for commands that do not print its findings: those about the cache they do."""
    from site_builder.pipeline import Site

    site = Site.load(config, findings)
    try:
        yield site
    finally:
        site.close()
        print_about_cache(config, findings, site.cache.damage)


def print_about_cache(config: "SiteConfig", findings: Iterable["Diagnostic"], damage: "CacheDamage | None") -> None:
    """Print, to standard error, that the cache was damaged or is not used."""
    from site_builder.config.cache_findings import CODES, cache_damaged
    from site_builder.diagnostics import apply_severities

    found = (*(d for d in findings if d.code in CODES), *(cache_damaged(config.file, damage) if damage else ()))
    print_in_format(apply_severities(found, config.severities), "text")


def print_in_format(findings: Iterable["Diagnostic"], format_: str) -> None:
    """Print findings that are not a command's result: as text to standard error, for programs to standard output."""
    from site_builder.diagnostics import FORMATS

    text = FORMATS[format_](findings)
    if text:
        click.echo(text, err=format_ == "text")


def refuse(findings: Iterable["Diagnostic"], format_: str, closing: str, exit_code: int) -> NoReturn:
    """Print why nothing is done, and end the run: 1 where the content is in the way, 2 where the command is wrong."""
    print_in_format(findings, format_)
    if closing:
        say(closing, err=True)
    sys.exit(exit_code)


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a text for people: what a terminal would obey is shown as an escape."""
    from site_builder.characters import printable_lines

    click.echo(printable_lines(text), err=err, nl=nl)


def number_of(count: int, noun: str) -> str:
    """`1 file`, `1,204 files`."""
    return f"{count:,} {noun if count == 1 else f'{noun}s'}"


@contextmanager
def progress() -> Iterator["Watch"]:
    """Show a counting line during long work, on a terminal only."""
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
