"""The command `mv`: rename a document together with every reference to it."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

from typing import TYPE_CHECKING

import click

from site_builder.cli.editing.apply_changes import apply_changes
from site_builder.cli.options import (
    SiteOptions,
    dry_run_option,
    format_option,
    number_of,
    opened_site,
    print_in_format,
    refuse,
    say,
    site_options,
)

if TYPE_CHECKING:
    from site_builder.editing.rename import RenamePlan


@click.command()
@click.argument("old")
@click.argument("new")
@site_options
@dry_run_option
@format_option
def mv(site: SiteOptions, old: str, new: str, dry_run: bool, format_: str) -> None:
    """Rename a document and update every link and list that refers to it.

    \b
    Examples:
      site-builder mv old-slug new-slug
      site-builder mv topics/privacy data-protection           when two kinds share a slug
      site-builder mv old-slug content/articles/2026/          into another folder
      site-builder mv old-slug articles/2026/new-slug.md       both
      site-builder mv old-slug new-slug --dry-run              show what would change

    References in front matter, [[wiki links]] and links in the text are updated in all documents, drafts included;
    nothing else in a file is touched. The old address becomes an alias that redirects to the new one. If a link would
    lead to a different document afterwards, or the site would have a new finding, nothing is changed.
    """
    from site_builder.editing.change import as_diff
    from site_builder.editing.rename import plan_rename
    from site_builder.editing.rename_targets import Refusal

    config, findings = site.load(format_)
    with opened_site(config, findings) as loaded:
        plan = plan_rename(loaded, old, new)
    if isinstance(plan, Refusal):
        refuse(plan.findings, format_, "Nothing was changed.", 1 if plan.is_content else 2)
    print_in_format((), format_)
    if dry_run:
        say(as_diff(plan.changes), nl=False, err=format_ != "text")
        return
    apply_changes(config.root, plan.changes)
    say(_summary(plan), err=format_ != "text")


def _summary(plan: "RenamePlan") -> str:
    others = [change.path for change in plan.changes if change.path != plan.old.path]
    lines = [f"{plan.old.path} is now {plan.new.path}. {plan.note}".rstrip()]
    if others:
        lines += [f"{number_of(len(others), 'other file')} changed:", *(f"  {path}" for path in others)]
    return "\n".join(lines)
