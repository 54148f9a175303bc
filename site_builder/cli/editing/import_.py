"""The command `import`: other people's pages to drafts."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import datetime as dt
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.characters import printable_json
from site_builder.cli.options import (
    SETTINGS_FILE,
    DayType,
    config_option,
    format_option,
    load_settings,
    print_about_cache,
    print_in_format,
    refuse,
    say,
    untrusted_option,
)

if TYPE_CHECKING:
    from site_builder.config import SiteConfig
    from site_builder.diagnostics import Diagnostic
    from site_builder.importers.draft import DraftOptions
    from site_builder.importers.plan_import import Destination, ImportPlan
    from site_builder.importers.source import ImportSource, SourceForm
    from site_builder.importers.source_pages import ImportedPage


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@config_option
@untrusted_option
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the drafts [default: content/articles].",
)
@click.option(
    "--as", "form", type=click.Choice(["text", "html", "feed"]), help="Type of the source, if it is not recognised."
)
@click.option(
    "--issue",
    "is_issue",
    is_flag=True,
    help="The source is a reader's suggestion: the text of an issue, or GitHub's JSON.",
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
@format_option
def import_(
    sources: tuple[str, ...], file: Path, into: Path | None, url: str | None, format_: str, **given: Any
) -> None:
    """Turn other people's pages into drafts: pasted text, saved HTML, an address, a feed.

    \b
    Examples:
      site-builder import page.txt                a page's text, as copied with select-all
      site-builder import - < page.txt            the same from standard input
      site-builder import saved.html other.html   pages saved by a browser
      site-builder import https://example.org/a   fetched: at most 10 MB and 30 seconds
      site-builder import https://example.org/feed.xml   each new entry once
      gh issue view 12 --json body | site-builder import --issue -     a reader's suggestion
      site-builder import page.txt --dry-run      show what would be written
      site-builder import page.txt --json         print everything that was found, write nothing

    A draft keeps what the page states: title, date, source, author, an excerpt. Similar articles on the page become
    stubs, and advertised tools drafts in the folder of tools. Nothing is guessed: what is missing is reported. Existing
    files are never changed.
    """
    from site_builder.importers.import_error import SourceImportError
    from site_builder.importers.source import SourceForm, read_source

    if given["is_issue"] and (url or given["form"]):
        raise click.UsageError("--issue takes the address from the issue: give neither --url nor --as")
    if given["as_json"] and format_ != "text":
        raise click.UsageError("--json prints the pages and --format the findings: give one of them")
    config = _site(file, format_, untrusted=given["untrusted"])
    destination = None if config is None and given["as_json"] else _destination(config, into)
    if config and destination and not (given["as_json"] or given["dry_run"]):
        _refuse_links_outside(config, (destination.folder, destination.tools), format_, untrusted=given["untrusted"])
    today = config.date if config else dt.datetime.now(tz=dt.UTC).date()
    form = SourceForm(given["form"]) if given["form"] else None
    _check_url(url, len(sources))
    if given["duplicate_of"] and config and destination and given["duplicate_of"] not in destination.content.taken:
        raise click.BadParameter(f'there is no article "{given["duplicate_of"]}"', param_hint="--duplicate-of")
    output = _Output(format_, config)
    failed = False
    for number, name in enumerate(sources, 1):
        try:
            if given["is_issue"]:
                from site_builder.importers.issue_form import read_issue

                source, form = read_issue(name, today, allow_private=given["allow_private"])
            else:
                source = read_source(name, today, url=url, allow_private=given["allow_private"])
            pages = _read(source, form, destination)
        except SourceImportError as error:
            output.report([error.diagnostic(name)])
            failed = True
            continue
        if not pages:
            from site_builder.importers.source_pages import why_none

            say(f"{name}: nothing new: {why_none(source)}", err=True)
        if given["as_json"] or destination is None:
            for page in pages:
                _print_json(page, destination)
            continue
        from site_builder.importers.draft import DraftOptions

        options = DraftOptions(given["retrieved"] or source.retrieved, given["full_text"], given["duplicate_of"])
        plans = _import_pages(pages, destination, options, output, anyway=given["anyway"], dry_run=given["dry_run"])
        failed = failed or not _is_done(plans)
        if plans and number < len(sources):
            from site_builder.importers.plan_import import with_source

            destination = with_source(destination, plans)
    output.close()
    sys.exit(1 if failed else 0)


class _Output:
    """Sentences and findings: as text page by page, for programs the findings alone on standard output, at the end."""

    def __init__(self, format_: str, config: "SiteConfig | None") -> None:
        self.is_text = format_ == "text"
        self._format = format_
        self._severities = config.severities if config else {}
        self._findings: list[Diagnostic] = []

    def say(self, sentence: str) -> None:
        """Print a line for people."""
        say(sentence, err=not self.is_text)

    def report(self, findings: "Iterable[Diagnostic]") -> None:
        """Print findings, or keep them for the end."""
        from site_builder.diagnostics import apply_severities

        shown = apply_severities(findings, self._severities)
        if self.is_text:
            print_in_format(shown, self._format)
        else:
            self._findings += shown

    def close(self) -> None:
        """Print what was kept."""
        if not self.is_text:
            print_in_format(self._findings, self._format)


def _site(file: Path, format_: str, *, untrusted: bool) -> "SiteConfig | None":
    """The settings of the site in this folder; None if there is none. Wrong settings are wrong usage."""
    if not file.exists():
        if file != SETTINGS_FILE:
            raise click.BadParameter(f'there is no file "{file}"', param_hint="--config")
        return None
    from site_builder.config import Overrides

    return load_settings(file, Overrides(untrusted=untrusted), format_)[0]


def _read(source: "ImportSource", form: "SourceForm | None", destination: "Destination | None") -> "list[ImportedPage]":
    """The pages of a source. Without a site there is nothing to compare them with, and nothing of a site is loaded."""
    if destination is None:
        from site_builder.importers.source_pages import pages_of

        return pages_of(source, form)
    from site_builder.importers.plan_import import read_pages

    return read_pages(source, form, destination.content)


def _destination(config: "SiteConfig | None", into: Path | None) -> "Destination":
    from site_builder.importers.existing_content import NO_CONTENT, load_existing
    from site_builder.importers.plan_import import Destination

    if config is None and into is None:
        raise click.UsageError(
            "this folder is not a site (no mkdocs.yml): name a settings file with --config, or a folder with --into"
        )
    folder = into or (config.root / config.content / "articles" if config else Path())
    tools = config.root / config.content / "tools" if config else None
    content = load_existing(config) if config else NO_CONTENT
    if config is not None:
        print_about_cache(config, (), content.damage)
    return Destination(folder, content, tools)


def _refuse_links_outside(
    config: "SiteConfig", folders: "Iterable[Path | None]", format_: str, *, untrusted: bool
) -> None:
    """End the run where a folder for drafts is not where its name says: nobody has asked to write there."""
    from site_builder.diagnostics import Location, diagnostic
    from site_builder.trust.installed_code import leads_out
    from site_builder.urls import SourcePath

    within = config.root if untrusted else config.root / config.content
    code = "untrusted-path" if untrusted else "symlink-outside"
    for folder in folders:
        if folder is not None and leads_out(folder, within):
            text = f'no draft is written to "{_shown(folder)}": a symbolic link leads out of {_shown(within)}'
            found = diagnostic(code, Location(SourcePath(_shown(folder))), text, "name the folder itself with --into")
            refuse([found], format_, "Nothing was written.", 2)


def _check_url(url: str | None, sources: int) -> None:
    from site_builder.links.canonical_urls import canonical_url

    if url and canonical_url(url) is None:
        raise click.BadParameter(
            f'"{url}" is not the address of a page; it must start with https://', param_hint="--url"
        )
    if url and sources > 1:
        raise click.BadParameter("several sources cannot have the same address", param_hint="--url")


def _print_json(page: "ImportedPage", destination: "Destination | None") -> None:
    if destination is None:
        from site_builder.importers.editor_suggestions import Suggestions, suggest_names, suggestion_findings
        from site_builder.importers.imported_article import article_as_json
        from site_builder.importers.read.phrases import phrases_for

        prose = f"{page.article.summary or ''}\n{page.article.body}"
        with phrases_for(prose, page.article.language):
            names = suggest_names(prose)
        found = article_as_json(page.article, (), suggestion_findings(Suggestions(names=names), page.path))
    else:
        from site_builder.importers.plan_import import page_as_json

        found = page_as_json(page, destination.content)
    text = printable_json(json.dumps(found, ensure_ascii=False))
    click.echo(text.encode("utf-8", "replace").decode())


def _import_pages(
    pages: "list[ImportedPage]",
    destination: "Destination",
    options: "DraftOptions",
    output: _Output,
    *,
    anyway: bool,
    dry_run: bool,
) -> "list[ImportPlan] | None":
    """Plan, write and report the pages of one source. Gives None where they could not be written."""
    from site_builder.diagnostics import Location, diagnostic
    from site_builder.disk.faults import remedy
    from site_builder.importers.plan_import import plan_pages, write_plans
    from site_builder.urls import SourcePath

    try:
        plans = plan_pages(pages, destination, options, anyway=anyway)
        if not dry_run:
            write_plans(plans)
    except OSError as error:
        path = SourcePath(_shown(Path(error.filename))) if error.filename else pages[0].path
        text = f"the draft could not be written: {error.strerror or error}; nothing was written"
        hint = "free the place, or name another folder with --into"
        if not isinstance(error, FileExistsError):
            hint = remedy(error) or hint
        output.report([diagnostic("write-failed", Location(path), text, hint)])
        return None
    for plan in plans:
        _report(plan, output, dry_run=dry_run)
    return plans


def _is_done(plans: "list[ImportPlan] | None") -> bool:
    from site_builder.importers.plan_import import ImportOutcome

    return plans is not None and all(plan.outcome is not ImportOutcome.BLOCKED_AS_DUPLICATE for plan in plans)


def _report(plan: "ImportPlan", output: _Output, *, dry_run: bool) -> None:
    """Print the result of an import in a few lines, and the findings."""
    from site_builder.importers.editor_suggestions import suggestion_findings
    from site_builder.importers.plan_import import ImportOutcome, plan_findings

    article = plan.page.article
    about = ", ".join(filter(None, [article.date.isoformat() if article.date else "no date", article.source.name]))
    output.say(f'{plan.page.path}: "{article.title or "untitled"}" ({about})')
    match plan.outcome:
        case ImportOutcome.SAME:
            output.say(f"  nothing to do: this page is already imported as {_shown(plan.existing)}")
        case ImportOutcome.CHANGED:
            output.say(f"  already imported as {_shown(plan.existing)}, which is left as it is; the page now has:")
            output.say(_indented(plan.diff))
        case ImportOutcome.BLOCKED_AS_DUPLICATE:
            output.say("  nothing was written")
        case ImportOutcome.NEW:
            _report_files(plan, output, dry_run=dry_run)
    output.report(plan_findings(plan))
    if plan.outcome is ImportOutcome.NEW:
        suggestions = suggestion_findings(plan.hints, plan.page.path)
        if output.is_text:
            for suggestion in suggestions:
                output.say(f"  suggestion: {suggestion.text} [{suggestion.code}]")
        else:
            output.report(suggestions)


def _report_files(plan: "ImportPlan", output: _Output, *, dry_run: bool) -> None:
    from site_builder.content.vocabulary import Kind

    verb = "would write" if dry_run else "wrote"
    kinds = {Kind.ARTICLE: " (stub)", Kind.TOOL: " (draft of a tool)"}
    for number, (path, file) in enumerate(plan.files):
        output.say(f"  {verb} {_shown(path)}{kinds.get(file.kind, '') if number else ''}")
        if dry_run:
            output.say(_indented(file.text))
    for slug in plan.known:
        output.say(f"  similar article {slug} exists already")
    for slug in plan.known_tools:
        output.say(f"  tool {slug} exists already")


def _indented(text: str) -> str:
    return "\n".join(f"    {row}".rstrip() for row in text.rstrip().split("\n"))


def _shown(path: Path | None) -> str:
    return os.path.relpath(path) if path is not None else ""
