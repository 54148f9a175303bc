"""The command `suggest`: topics, entities and similar articles for an article, and a way to add them to it."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.characters import printable_json
from site_builder.cli.editing.apply_changes import apply_changes
from site_builder.cli.options import (
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
    from site_builder.content.document import Document
    from site_builder.content.schema import Article
    from site_builder.diagnostics import Diagnostic
    from site_builder.importers.editor_suggestions import Suggestions
    from site_builder.importers.existing_content import ExistingContent


@click.command()
@click.argument("article", metavar="FILE")
@config_option
@untrusted_option
@click.option("--apply", is_flag=True, help="Add the topics, entities and similar articles to the file.")
@click.option("--json", "as_json", is_flag=True, help="Print the suggestions as a JSON object.")
@format_option
def suggest(article: str, file: Path, untrusted: bool, apply: bool, as_json: bool, format_: str) -> None:
    """Suggest topics, entities and similar articles for an article, each with its reason.

    \b
    Examples:
      site-builder suggest content/articles/gdpr.md
      site-builder suggest gdpr                       the same, by its slug
      site-builder suggest gdpr --apply               add them, and show what was added

    Topics are suggested by their names, synonyms and keywords and by the articles that have them, entities by their
    names in the text. What the article already has is not suggested again. Names that belong to no entity are listed
    but never added.
    """
    from site_builder.config import Overrides
    from site_builder.diagnostics import Diagnostic, apply_severities
    from site_builder.importers.editor_suggestions import suggest_all, suggestion_findings
    from site_builder.importers.existing_content import as_ranked_document, load_existing

    if as_json and format_ != "text":
        raise click.UsageError("--json prints the suggestions and --format the findings: give one of them")
    config, settings_found = load_settings(file, Overrides(untrusted=untrusted), format_)
    content = load_existing(config)
    print_about_cache(config, settings_found, content.damage)
    document = _find(article, config, content)
    if isinstance(document, Diagnostic):
        refuse([document], format_, "", 2)
    hints = suggest_all(as_ranked_document(document, content), content)
    if as_json:
        click.echo(printable_json(json.dumps(asdict(hints), ensure_ascii=False)))
        return
    findings = suggestion_findings(hints, document.path)
    rows = [f"  {finding.text} [{finding.code}]" for finding in findings] or ["  nothing to suggest"]
    say("\n".join((f"{document.path}: {document.title}", *rows)), err=format_ != "text")
    if apply:
        _apply(config, document, hints, format_)
    if format_ != "text":
        print_in_format(apply_severities(findings, config.severities), format_)


def _find(written: str, config: "SiteConfig", content: "ExistingContent") -> "Document[Article] | Diagnostic":
    """Find an article by its path or slug; else gives document-unread or document-unknown."""
    from site_builder.diagnostics import Location, diagnostic, did_you_mean
    from site_builder.urls import SourcePath

    path, root = Path(written).resolve(), config.root.resolve()
    for document in content.articles:
        if document.slug == written or (config.root / document.path).resolve() == path:
            return document
    if path.is_file() and path.is_relative_to(root):
        place = Location(SourcePath(path.relative_to(root).as_posix()))
        return diagnostic(
            "document-unread", place, "this is not an article, or it has errors", "run site-builder check"
        )
    hint = did_you_mean(Path(written).stem, [d.slug for d in content.articles])
    place = Location(SourcePath(config.content))
    return diagnostic("document-unknown", place, f'there is no article called "{written}"', hint)


def _apply(config: "SiteConfig", document: "Document[Article]", hints: "Suggestions", format_: str) -> None:
    from site_builder.content.vocabulary import Kind
    from site_builder.diagnostics import diagnostic
    from site_builder.editing.change import FileChange, as_diff
    from site_builder.editing.source_edit import add_item, decode, encode, field_order
    from site_builder.editing.yaml_edit import CannotEditError

    wanted = [("topics", s.id) for s in hints.topics] + [("entities", s.id) for s in hints.entities]
    wanted += [("similar", s.id) for s in hints.similar]
    if not wanted:
        return
    before = (config.root / document.path).read_bytes()
    try:
        text = decode(before)
        for field, slug in wanted:
            text = add_item(text, field, slug, field_order(Kind.ARTICLE))
    except CannotEditError as error:
        reason = f"the file cannot be edited: {error.reason}"
        finding = diagnostic("edit-impossible", document.location(), reason, "add the suggestions by hand")
        refuse([finding], format_, "Nothing was changed.", 1)
    change = FileChange(document.path, before, encode(text))
    apply_changes(config.root, [change])
    say(as_diff([change]), nl=False, err=format_ != "text")
