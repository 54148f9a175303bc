"""The command `fix`: the part of the report that can be done safely."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import sys
from collections.abc import Sized
from typing import Final

import click

from site_builder.cli.editing.apply_changes import apply_changes
from site_builder.cli.editing.unread_files import print_unread
from site_builder.cli.options import (
    SiteOptions,
    dry_run_option,
    format_option,
    number_of,
    opened_site,
    print_in_format,
    say,
    site_options,
)

CODES: Final = ("merged", "duplicate", "redirect", "spelling", "repeated", "self", "mention", "one-way")
"""Those of `editing.plan_fixes`, which is imported late; a test compares them."""


@click.command()
@site_options
@click.option("--only", multiple=True, type=click.Choice(CODES), metavar="CODE",
              help=f"Can be repeated: {', '.join(CODES)} [default: all but the last two].")  # fmt: skip
@dry_run_option
@click.option("--yes", is_flag=True, help="Write without asking.")
@format_option
def fix(site: SiteOptions, only: tuple[str, ...], dry_run: bool, yes: bool, format_: str) -> None:
    """Fix what can be fixed safely: show the changes, ask, then write all or none.

    \b
    Examples:
      site-builder fix                        show, ask, write
      site-builder fix --dry-run              show only
      site-builder fix --only merged --yes    one kind, without asking
      site-builder fix --only mention         link entities where texts first name them

    \b
    merged      references to merged topics and entities (replaced_by) name what replaced them
    duplicate   references to duplicates (duplicate_of) name the article that is kept
    redirect    replaced_by and duplicate_of name the end of their chain
    spelling    wrong case or a former name is corrected, if only one document can be meant
    repeated    entries that a list names twice are kept once
    self        documents no longer list themselves
    mention     the first mention of an entity becomes a link, and "entities" lists it (only on request)
    one-way     similar articles list each other (only on request)

    Nothing else in a file is touched. A file in which a link would lead elsewhere, or that would cause a new finding,
    is left alone, with a note. With a --format for programs, standard output holds the notes and standard error the
    changes.
    """
    from site_builder.diagnostics import apply_severities
    from site_builder.editing.change import as_diff
    from site_builder.editing.plan_fixes import SAFE, plan_fixes

    config, findings = site.load(format_)
    with opened_site(config, findings) as loaded:
        plan = plan_fixes(loaded, only or tuple(SAFE))
    say(as_diff(plan.changes), nl=False, err=format_ != "text")
    print_unread(loaded.content)
    print_in_format(apply_severities(plan.notes, config.severities), format_)
    if not plan.changes:
        click.echo("Nothing to fix.", err=True)
    elif not dry_run and (yes or _is_confirmed(plan.changes)):
        apply_changes(config.root, plan.changes)
        click.echo(f"Fixed {number_of(len(plan.changes), 'file')}.", err=True)


def _is_confirmed(changes: Sized) -> bool:
    """Ask; without a terminal to ask on, end the run."""
    files = number_of(len(changes), "file")
    if not _has_terminal():
        click.echo(f"Nothing was written: {files} would change; --yes writes without asking.", err=True)
        sys.exit(1)
    is_confirmed = click.confirm(f"Write {files}?", err=True)
    if not is_confirmed:
        click.echo("Nothing was written.", err=True)
    return is_confirmed


def _has_terminal() -> bool:
    return sys.stdin.isatty()
