"""The command `import`: other people's pages to drafts."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.cli.options import SETTINGS_FILE, DayType, config_option, load_settings

if TYPE_CHECKING:
    from site_builder.config import SiteConfig
    from site_builder.importers.draft import DraftOptions
    from site_builder.importers.plan_import import Destination, ImportedPage, ImportPlan


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@config_option
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the drafts [default: content/articles].",
)
@click.option(
    "--as", "form", type=click.Choice(["text", "html", "feed"]), help="Type of the source, if it is not recognised."
)
@click.option("--url", help="Address of the page, if the source does not say.")
@click.option(
    "--retrieved", type=DayType(), help="Day on which the page was saved [default: the file's date, else today]."
)
@click.option("--full-text", is_flag=True, help="Keep the whole text instead of an excerpt.")
@click.option(
    "--duplicate-of",
    metavar="SLUG",
    help="The article that the new one duplicates; the new one redirects to it.",
)
@click.option("--anyway", is_flag=True, help="Write the draft even if nearly the same text exists already.")
@click.option("--allow-private", is_flag=True, help="Also fetch from this machine and its local network.")
@click.option("--dry-run", is_flag=True, help="Show what would be written.")
@click.option("--json", "as_json", is_flag=True, help="Write nothing; print a JSON object for each page.")
def import_(sources: tuple[str, ...], file: Path, into: Path | None, url: str | None, **given: Any) -> None:
    """Turn other people's pages into drafts: pasted text, saved HTML, an address, a feed.

    \b
    Examples:
      site-builder import page.txt                a page's text, as copied with select-all
      site-builder import - < page.txt            the same from standard input
      site-builder import saved.html other.html   pages saved by a browser
      site-builder import https://example.org/a   fetched: at most 10 MB and 30 seconds
      site-builder import https://example.org/feed.xml   each new entry once
      site-builder import page.txt --dry-run      show what would be written
      site-builder import page.txt --json         print everything that was found, write nothing

    A draft keeps what the page states: title, date, source, author, an excerpt. Similar articles on the page become
    stubs. Nothing is guessed: what is missing is reported. Existing files are never changed.
    """
    from site_builder.importers.draft import DraftOptions
    from site_builder.importers.fetch.fetch_error import FetchError
    from site_builder.importers.plan_import import read_pages
    from site_builder.importers.read.html.page_tree import MissingExtra
    from site_builder.importers.read.read_feed import FeedError
    from site_builder.importers.source import SourceError, SourceForm, read_source

    config = _site(file)
    place = _place(config, into, needed=not given["as_json"])
    today = config.date if config else dt.datetime.now(tz=dt.UTC).date()
    form = SourceForm(given["form"]) if given["form"] else None
    _check_url(url, len(sources))
    if given["duplicate_of"] and config and given["duplicate_of"] not in place.library.taken:
        raise click.BadParameter(f'there is no article "{given["duplicate_of"]}"', param_hint="--duplicate-of")
    failed = False
    for name in sources:
        try:
            source = read_source(name, today, url=url, allow_private=given["allow_private"])
            pages = read_pages(source, form, place.library)
        except (SourceError, FetchError, FeedError, MissingExtra) as error:
            code = "extra-missing" if isinstance(error, MissingExtra) else "source-unreadable"
            click.echo(f"{name}: error: {error} [{code}]", err=True)
            failed = True
            continue
        if not pages:
            click.echo(f"{name}: nothing new: every entry is there already", err=True)
        if given["as_json"]:
            for page in pages:
                _print_json(page, place)
            continue
        options = DraftOptions(given["retrieved"] or source.retrieved, given["full_text"], given["duplicate_of"])
        place, done = _bring_in(pages, place, options, anyway=given["anyway"], dry_run=given["dry_run"])
        failed = failed or not done
    sys.exit(1 if failed else 0)


def _site(file: Path) -> "SiteConfig | None":
    """The settings of the site in this folder; None if there is none. Wrong settings are wrong usage."""
    from site_builder.config import Overrides

    if not file.exists():
        if file != SETTINGS_FILE:
            raise click.BadParameter(f'there is no file "{file}"', param_hint="--config")
        return None
    return load_settings(file, Overrides())[0]


def _place(config: "SiteConfig | None", into: Path | None, *, needed: bool) -> "Destination":
    from site_builder.importers.existing_content import NO_CONTENT, load_existing
    from site_builder.importers.plan_import import Destination

    if config is None and into is None and needed:
        raise click.UsageError(
            "this folder is not a site (no mkdocs.yml): name a settings file with --config, or a folder with --into"
        )
    library = load_existing(config) if config else NO_CONTENT
    folder = into or (config.root / config.content / "articles" if config else Path())
    return Destination(folder, library)


def _check_url(url: str | None, sources: int) -> None:
    from site_builder.importers.canonical_urls import canonical_url

    if url and canonical_url(url) is None:
        raise click.BadParameter(
            f'"{url}" is not the address of a page; it must start with https://', param_hint="--url"
        )
    if url and sources > 1:
        raise click.BadParameter("several sources cannot have the same address", param_hint="--url")


def _print_json(page: "ImportedPage", place: "Destination") -> None:
    from site_builder.importers.plan_import import page_as_json

    text = json.dumps(page_as_json(page, place.library), ensure_ascii=False)
    click.echo(text.encode("utf-8", "replace").decode())


def _bring_in(
    pages: "list[ImportedPage]", place: "Destination", options: "DraftOptions", *, anyway: bool, dry_run: bool
) -> "tuple[Destination, bool]":
    """Plan, write and report the pages of one source. Gives what is there afterwards, and whether all went well."""
    from site_builder.importers.plan_import import ImportOutcome, plan_pages, with_new, write_plans

    try:
        plans = plan_pages(pages, place, options, anyway=anyway)
        if not dry_run:
            write_plans(plans)
    except OSError as error:
        told = f"{error.filename or 'a draft'}: {error.strerror or error}; nothing was written"
        click.echo(f"{pages[0].name}: error: {told} [write-failed]", err=True)
        return place, False
    for plan in plans:
        _tell(plan, dry_run=dry_run)
    return with_new(place, plans), all(plan.outcome is not ImportOutcome.BLOCKED_AS_DUPLICATE for plan in plans)


def _tell(plan: "ImportPlan", *, dry_run: bool) -> None:
    """What an import comes to, in a few lines; warnings to standard error."""
    from site_builder.importers.editor_suggestions import lines
    from site_builder.importers.plan_import import ImportOutcome

    article = plan.page.article
    about = ", ".join(filter(None, [article.date.isoformat() if article.date else "no date", article.source.name]))
    click.echo(f'{plan.page.name}: "{article.title or "untitled"}" ({about})')
    match plan.outcome:
        case ImportOutcome.SAME:
            click.echo(f"  nothing to do: this very page is {_shown(plan.existing)}")
            return
        case ImportOutcome.CHANGED:
            click.echo(f"  it is there as {_shown(plan.existing)}, which is left as it is; the page now reads:")
            click.echo(_indented(plan.diff))
            click.echo("  hint: to have it written anew, move that file away and import the page again", err=True)
        case ImportOutcome.BLOCKED_AS_DUPLICATE:
            click.echo("  nothing was written: it seems to be there already")
        case ImportOutcome.NEW:
            _tell_files(plan, dry_run=dry_run)
    for duplicate in plan.duplicates:
        click.echo(
            f"{plan.page.name}: warning: may be there already: {duplicate} [duplicate-{duplicate.kind}]", err=True
        )
    if plan.outcome is ImportOutcome.BLOCKED_AS_DUPLICATE:
        slug = plan.duplicates[0].document.slug
        click.echo(
            f"  hint: --duplicate-of {slug} writes it as a duplicate, --anyway as an article of its own", err=True
        )
    for warning in article.warnings:
        click.echo(f"{plan.page.name}: warning: {warning}", err=True)
    if plan.outcome is ImportOutcome.NEW:
        for line in lines(plan.hints):
            click.echo(f"  suggestion: {line}")


def _tell_files(plan: "ImportPlan", *, dry_run: bool) -> None:
    verb = "would write" if dry_run else "wrote"
    (draft, file), *stubs = plan.files
    click.echo(f"  {verb} {_shown(draft)}")
    if dry_run:
        click.echo(_indented(file.text))
    for path, stub in stubs:
        click.echo(f"  {verb} {_shown(path)} (stub)")
        if dry_run:
            click.echo(_indented(stub.text))
    for slug in plan.known:
        click.echo(f"  similar {slug} is there already")
    tools = ", ".join(tool.name for tool in plan.page.article.tools)
    if tools:
        click.echo(f"  advertised tools, not kept: {tools}")


def _indented(text: str) -> str:
    return "\n".join(f"    {row}".rstrip() for row in text.rstrip().split("\n"))


def _shown(path: Path | None) -> str:
    return os.path.relpath(path) if path is not None else ""
