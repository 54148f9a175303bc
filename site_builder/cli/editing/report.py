"""The command `report`: what the site needs next."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import json
from typing import TYPE_CHECKING, Final

import click

from site_builder.characters import printable_json
from site_builder.cli.editing.unread_files import print_unread
from site_builder.cli.options import SiteOptions, format_option, number_of, opened_site, say, site_options

if TYPE_CHECKING:
    from site_builder.reports.editor_report import EditorReport, EditorReportSection, ReportItem

CODES: Final = (
    "wanted", "orphan", "dead-end", "stub", "stale", "review-due", "unfiled", "thin-topic", "redirect",
    "near-duplicate", "mention", "one-way",
)  # fmt: skip
"""Those of `reports.editor_report`, which is imported late; a test compares them."""


@click.command()
@site_options
@click.option("--only", multiple=True, type=click.Choice(CODES), metavar="CODE",
              help=f"A section; can be repeated: {', '.join(CODES)}.")  # fmt: skip
@format_option
def report(site: SiteOptions, only: tuple[str, ...], format_: str) -> None:
    """Report what the site needs next: wanted pages, orphans, dead ends, stale articles and more.

    \b
    Examples:
      site-builder report                             everything, section by section
      site-builder report --only orphan --only stub   two sections
      site-builder report --format json               for a program

    None of this is a mistake, so the exit code is always 0. site-builder check reports mistakes, and site-builder fix
    does what can be done safely. The page /report/ of the site shows the first items of most sections.
    """
    from site_builder.diagnostics import FORMATS
    from site_builder.importers.existing_content import read_sketches
    from site_builder.reports.editor_report import build_report

    config, findings = site.load(format_)
    with opened_site(config, findings) as loaded:
        listed = loaded.corpus.listed
        needs_text = not only or {"mention", "near-duplicate"} & set(only)
        texts = loaded.texts(listed) if needs_text else {}
        sketches = read_sketches(listed, texts, loaded.cache) if not only or "near-duplicate" in only else {}
    print_unread(loaded.content)
    made = build_report(
        loaded.corpus, loaded.taxonomy, loaded.graph, config.date,
        texts=lambda document: texts[document.path], sketches=sketches, only=only, severities=config.severities,
    )  # fmt: skip
    if format_ == "text":
        say(_as_text(made))
    elif format_ == "json":
        click.echo(_as_json(made))
    else:
        click.echo(FORMATS[format_](item.titled for section in made.sections for item in section.items))


def _as_text(made: "EditorReport") -> str:
    """The sections that are not empty, with the number of their items, and a closing line."""
    parts = [_section_text(section) for section in made.sections if section.items]
    total = sum(len(section.items) for section in made.sections)
    closing = f"{number_of(total, 'item')} in {len(parts)} of {number_of(len(made.sections), 'section')}"
    return "\n\n".join((*parts, closing if total else "nothing to report"))


def _section_text(section: "EditorReportSection") -> str:
    head = f"{section.title} ({len(section.items):,})\n{section.why}\n"
    return "\n".join((head, *(str(item.titled) for item in section.items)))


def _as_json(made: "EditorReport") -> str:
    sections = [
        {"code": s.code, "title": s.title, "why": s.why, "items": [_item_data(item) for item in s.items]}
        for s in made.sections
    ]
    return printable_json(json.dumps({"sections": sections}, ensure_ascii=False, indent=1))


def _item_data(item: "ReportItem") -> dict[str, str | int]:
    finding = item.finding
    return {
        "path": finding.location.path,
        "line": finding.location.line,
        "column": finding.location.column,
        "title": item.title,
        "url": item.url,
        "text": finding.text,
        "hint": finding.hint,
    }
