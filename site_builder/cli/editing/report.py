"""The commands `report` and `fix`: what a site needs next, and the part of it that can be done safely."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from site_builder.config import SiteConfig
    from site_builder.content.load import Content
    from site_builder.editing.change import FileChange
    from site_builder.reports.editor_report import EditorReport, EditorReportSection, ReportItem

F = TypeVar("F", bound=Callable[..., Any])

_REPORT_CODES = (
    "wanted", "orphan", "dead-end", "stub", "stale", "unfiled", "thin-topic", "redirect", "near-duplicate", "mention",
    "one-way",
)  # fmt: skip
_FIX_CODES = ("merged", "duplicate", "redirect", "spelling", "repeated", "self", "mention", "one-way")


def _site_options(command: F) -> F:
    """Options that both commands have."""
    options = (
        click.option("-f", "--config", "file", type=click.Path(path_type=Path), default=Path("mkdocs.yml"),
                     show_default=True, help="The settings file of the site."),
        click.option("--drafts", is_flag=True, help="Treat drafts, reviews and embargoed documents as published."),
        click.option("--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
                     help="The day that dates and embargoes are held against [default: today]."),
        click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes at most [default: one a core]."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@_site_options
@click.option("--only", multiple=True, type=click.Choice(_REPORT_CODES), metavar="CODE",
              help=f"A section, can be given again: {', '.join(_REPORT_CODES)}.")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="For people, or for programs.")  # fmt: skip
def report(file: Path, only: tuple[str, ...], format_: str, **given: Any) -> None:
    """Tell what the site needs next: wanted pages, orphans, dead ends, stale articles and more.

    \b
    Examples:
      site-builder report                             everything, section by section
      site-builder report --only orphan --only stub   these alone
      site-builder report --format json               for a program

    These are no mistakes, so the exit code is 0; site-builder check tells mistakes, and site-builder fix does what can
    be done safely. The site's page /report/ shows the first of each section to everyone.
    """
    from site_builder.cache import open_cache
    from site_builder.importers.existing import read_sketches
    from site_builder.links.link_content import link_content
    from site_builder.pipeline import read_content, read_texts
    from site_builder.reports.editor_report import build_report

    config = _config(file, given)
    with open_cache(config.cache_dir) as cache:
        content = read_content(config, cache)
        linked = link_content(config, content)
        listed = linked.corpus.listed
        needs_text = not only or {"mention", "near-duplicate"} & set(only)
        texts = read_texts(config, listed, cache) if needs_text else {}
        sketches = read_sketches(listed, texts, cache) if not only or "near-duplicate" in only else {}
    _tell_unread(content)
    made = build_report(
        linked.corpus, linked.membership, linked.graph, config.date,
        texts=lambda document: texts[document.path], sketches=sketches, only=only,
    )  # fmt: skip
    click.echo(_as_json(made) if format_ == "json" else _as_text(made))


def _tell_unread(content: "Content") -> None:
    """What has errors is in no collection: nobody shall take it for good."""
    count = len(content.discovered.sources) - len(content.documents)
    if count:
        files = f"{count:,} {'file has' if count == 1 else 'files have'}"
        click.echo(
            f"note: {files} errors and {'is' if count == 1 else 'are'} left out; see site-builder check", err=True
        )


def _as_text(made: "EditorReport") -> str:
    """Sections that found something, with how much, and a closing line."""
    parts = [_section_text(section) for section in made.sections if section.items]
    total = sum(len(section.items) for section in made.sections)
    things = f"{total:,} {'thing' if total == 1 else 'things'}"
    closing = f"{things} to look at in {len(parts)} of {len(made.sections)} sections"
    return "\n\n".join((*parts, closing if total else "nothing to look at"))


def _section_text(section: "EditorReportSection") -> str:
    head = f"{section.title} ({len(section.items):,})\n{section.why}\n"
    return "\n".join((head, *(_item_text(item, section.code) for item in section.items)))


def _item_text(item: "ReportItem", code: str) -> str:
    return f'{item.place}: note: "{item.title}": {item.text} [{code}]\n  hint: {item.hint}'


def _as_json(made: "EditorReport") -> str:
    sections = [
        {"code": s.code, "title": s.title, "why": s.why, "items": [_item_data(item) for item in s.items]}
        for s in made.sections
    ]
    return json.dumps({"sections": sections}, ensure_ascii=False, indent=1)


def _item_data(item: "ReportItem") -> dict[str, str | int]:
    place = item.place
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "title": item.title,
        "url": item.url,
        "text": item.text,
        "hint": item.hint,
    }


@click.command()
@_site_options
@click.option("--only", multiple=True, type=click.Choice(_FIX_CODES), metavar="CODE",
              help=f"Can be given again: {', '.join(_FIX_CODES)} [default: all but the last two].")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show the changes as a diff, and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
def fix(file: Path, only: tuple[str, ...], dry_run: bool, yes: bool, **given: Any) -> None:
    """Mend what can be mended safely: show the changes as a diff, ask, then write all or nothing.

    \b
    Examples:
      site-builder fix                        show, ask, write
      site-builder fix --dry-run              show only
      site-builder fix --only merged --yes    one kind, without asking
      site-builder fix --only mention         link entities where texts first name them

    \b
    merged      names of merged topics (replaced_by) become that of the one that stands for them
    duplicate   names of duplicates (duplicate_of) become that of the article that stays
    redirect    replaced_by and duplicate_of name the end of their chain
    spelling    names in other case, or of before a renaming, where one document can be meant
    repeated    what a list names twice stands once
    self        documents that list themselves
    mention     the first mention of an entity becomes a link, and "entities" lists it (only if asked for)
    one-way     similar articles list the one that lists them (only if asked for)

    Nothing else in a file is touched. A file in which a link would lead elsewhere, or that would have a new finding,
    stays as it is, and is named.
    """
    from site_builder.cache import open_cache
    from site_builder.editing.change import as_diff
    from site_builder.editing.plan_fixes import SAFE, plan_fixes
    from site_builder.pipeline import read_content

    config = _config(file, given)
    with open_cache(config.cache_dir) as cache:
        content = read_content(config, cache)
    plan = plan_fixes(config, content, only or tuple(SAFE))
    click.echo(as_diff(plan.changes), nl=False)
    _tell_unread(content)
    for note in plan.notes:
        click.echo(f"note: {note}", err=True)
    if not plan.changes:
        click.echo("Nothing to mend.", err=True)
    elif not dry_run and (yes or _is_wanted(plan.changes)):
        _write(config, plan.changes)


def _is_wanted(changes: Iterable["FileChange"]) -> bool:
    """Ask; where nobody can answer, end with a word."""
    number = _files(changes)
    if not _has_terminal():
        click.echo(f"Nothing was written: this changes {number}; --yes writes without asking.", err=True)
        sys.exit(1)
    is_wanted = click.confirm(f"Write {number}?", err=True)
    if not is_wanted:
        click.echo("Nothing was written.", err=True)
    return is_wanted


def _has_terminal() -> bool:
    return sys.stdin.isatty()


def _write(config: "SiteConfig", changes: tuple["FileChange", ...]) -> None:
    from site_builder.editing.change import StaleChangeError, write_changes

    try:
        write_changes(config.root, changes)
    except StaleChangeError as error:
        raise click.ClickException(f"nothing was changed: {', '.join(error.paths)} changed meanwhile") from None
    except OSError as error:
        raise click.ClickException(f"nothing was changed: {error.strerror or error} ({error.filename})") from None
    click.echo(f"Mended {_files(changes)}.", err=True)


def _files(changes: Iterable["FileChange"]) -> str:
    count = sum(1 for _ in changes)
    return f"{count:,} {'file' if count == 1 else 'files'}"


def _config(file: Path, given: dict[str, Any]) -> "SiteConfig":
    """The settings, or the end: wrong settings are wrong usage."""
    from site_builder.config import Overrides, load_config
    from site_builder.diagnostics import as_text

    day = given["date"].date() if isinstance(given["date"], dt.datetime) else None
    config, found = load_config(file, Overrides(None, None, day, given["drafts"], False, given["jobs"]))
    if config is None:
        click.echo(as_text(found), err=True)
        sys.exit(2)
    return config
