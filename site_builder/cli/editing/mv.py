"""The commands `mv` and `urls`: a document under another name, and the addresses that the site has."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from site_builder.config import SiteConfig
    from site_builder.diagnostics import Diagnostic
    from site_builder.editing.rename import RenamePlan
    from site_builder.editing.rename_targets import Refusal
    from site_builder.pipeline import Site

F = TypeVar("F", bound=Callable[..., Any])

_config_option = click.option(
    "-f", "--config", "file", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True,
    help="The settings file of the site.",
)  # fmt: skip
_date_option = click.option(
    "--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
    help="The day that embargoes are held against [default: today].",
)  # fmt: skip
_drafts_option = click.option(
    "--drafts", is_flag=True, help="Treat drafts, reviews and embargoed documents as published."
)
_jobs_option = click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes at most [default: one a core].")


def _site_options(command: F) -> F:
    """Options that each command here has."""
    for option in (_jobs_option, _date_option, _drafts_option, _config_option):
        command = option(command)
    return command


@click.command()
@click.argument("old")
@click.argument("new")
@_site_options
@click.option("--dry-run", is_flag=True, help="Show the changes as a diff, and write nothing.")
def mv(old: str, new: str, file: Path, dry_run: bool, **given: Any) -> None:
    """Rename a document, with every link and list that names it.

    \b
    Examples:
      site-builder mv old-slug new-slug
      site-builder mv topics/privacy data-protection           where two kinds share a slug
      site-builder mv old-slug content/articles/2026/          into another folder
      site-builder mv old-slug articles/2026/new-slug.md       both
      site-builder mv old-slug new-slug --dry-run              show what would change

    Front matter, [[wiki links]] and links in the text are changed in all documents, drafts too; nothing else in a
    file is touched. The old address becomes an alias, which leads to the new one. Where a link would mean another
    thing afterwards, or the site would have a new finding, nothing is changed.
    """
    from site_builder.cache import Cache
    from site_builder.editing.change import StaleChangeError, as_diff, write_changes
    from site_builder.editing.rename import plan_rename
    from site_builder.editing.rename_targets import Refusal
    from site_builder.pipeline import Site, read_content

    config, found = _config(file, given)
    cache = Cache(config.cache_dir)
    content = read_content(config, cache)
    plan = plan_rename(config, content, old, new, lambda c: Site(config, c, cache, found).diagnostics)
    cache.close()
    if isinstance(plan, Refusal):
        _refuse(plan)
    if dry_run:
        click.echo(as_diff(plan.changes), nl=False)
        return
    try:
        write_changes(config.root, plan.changes)
    except StaleChangeError as error:
        raise click.ClickException(f"nothing was changed: {', '.join(error.paths)} changed meanwhile") from None
    except OSError as error:
        raise click.ClickException(f"nothing was changed: {error.strerror or error} ({error.filename})") from None
    _tell(plan)


def _refuse(refusal: "Refusal") -> NoReturn:
    """What stands in the way: a mistake in the command is wrong usage, one in the content is not."""
    from site_builder.diagnostics import as_text

    if refusal.found:
        click.echo(as_text(refusal.found), err=True)
    click.echo(
        f"Nothing was changed: {refusal.text}." + (f"\n  hint: {refusal.hint}" if refusal.hint else ""), err=True
    )
    sys.exit(1 if refusal.is_content else 2)


def _tell(plan: "RenamePlan") -> None:
    others = [change.path for change in plan.changes if change.path != plan.old.path]
    click.echo(f"{plan.old.path} is now {plan.new.path}. {plan.note}".rstrip())
    if others:
        click.echo(f"{len(others)} other {'file' if len(others) == 1 else 'files'} changed:")
    for path in others:
        click.echo(f"  {path}")


@click.command()
@_site_options
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True),
    metavar="SITEMAP",
    help="A sitemap of before (file, or folder of a built site): fail where an address of it is lost.",
)
@click.option("--site-url", help="Address at which the site stands [default: site_url].")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="Form of the findings: for people, programs, GitHub annotations, code scanning.",
)
def urls(file: Path, since: Path | None, site_url: str | None, format_: str, **given: Any) -> None:  # fmt: skip
    """List the addresses of the site, or find those that a change would lose.

    \b
    Examples:
      site-builder urls                            every page, and where each old address leads
      site-builder urls --since site/              against the site as it was built before
      site-builder urls --since sitemap.xml        against a sitemap that was saved, .gz too

    With --since: 0 if every address of before is still a page or leads to one, else 1 and a finding for each. Further
    parts of a list (page/2/) come and go with its entries; only the list itself is looked for.
    """
    from site_builder.pipeline import Site

    config, found = _config(file, given, site_url)
    site = Site.load(config, found)
    site.close()
    if since is None:
        _list(site)
    else:
        _compare(site, since, format_)


def _list(site: "Site") -> None:
    corpus = site.knowledge.corpus
    leads = {**corpus.aliases, **corpus.moved}
    for url in site.pages:
        if url in leads:
            click.echo(f"{url} -> {leads[url]}")
        elif url.endswith("/"):
            click.echo(url)


def _compare(site: "Site", since: Path, format_: str) -> None:
    from site_builder.diagnostics import FORMATS, apply_severities, has_errors
    from site_builder.editing.lost_urls import SitemapError, find_lost, former_addresses, read_sitemap

    try:
        former = former_addresses(read_sitemap(since), site.config.url)
    except SitemapError as error:
        raise click.UsageError(error.reason) from None
    except OSError as error:
        raise click.UsageError(f'"{error.filename}" cannot be read: {error.strerror}') from None
    found = find_lost(former, frozenset(site.pages), site.knowledge.corpus)
    shown = apply_severities(found, site.config.severities)
    if shown or format_ != "text":
        click.echo(FORMATS[format_](shown))
    total = len({one.address for one in former})
    click.echo(f"{len(found):,} of {total:,} addresses would be lost." if found else
               f"All {total:,} addresses of before are pages or lead to one.", err=format_ != "text")  # fmt: skip
    if has_errors(shown):
        sys.exit(1)


def _config(
    file: Path, given: dict[str, Any], site_url: str | None = None
) -> tuple["SiteConfig", tuple["Diagnostic", ...]]:
    """The settings, or the end: wrong settings are wrong usage."""
    from site_builder.config import Overrides, load_config
    from site_builder.diagnostics import as_text

    day = given["date"].date() if isinstance(given["date"], dt.datetime) else None
    config, found = load_config(file, Overrides(None, site_url, day, given["drafts"], False, given["jobs"]))
    if config is None:
        click.echo(as_text(found), err=True)
        sys.exit(2)
    return config, tuple(found)
