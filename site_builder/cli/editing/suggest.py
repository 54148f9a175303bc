"""The command `suggest`: topics, entities and similar articles that an article may want, and a way to write them in."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from site_builder.config import SiteConfig
    from site_builder.content.document import Document
    from site_builder.importers.editor_suggestions import Suggestions
    from site_builder.importers.existing import Library


@click.command()
@click.argument("article", metavar="FILE")
@click.option(
    "-f",
    "--config",
    "file",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The settings file of the site.",
)
@click.option("--apply", is_flag=True, help="Write the topics, entities and similar articles into the file.")
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
def suggest(article: str, file: Path, apply: bool, as_json: bool) -> None:
    """Propose topics, entities and similar articles for an article, each with its reason.

    \b
    Examples:
      site-builder suggest content/articles/gdpr.md
      site-builder suggest gdpr                       the same, by its slug
      site-builder suggest gdpr --apply               write them in, and show what was written

    Topics come from their names, synonyms and keywords and from the articles that have them; entities from their names
    in the text. What the article has already is not proposed again. Names that no entity goes by are listed, never
    written.
    """
    from site_builder.config import Overrides, load_config
    from site_builder.diagnostics import as_text
    from site_builder.importers.editor_suggestions import lines, suggest_all
    from site_builder.importers.existing import as_text as as_ranked
    from site_builder.importers.existing import load_library

    config, found = load_config(file, Overrides())
    if config is None:
        click.echo(as_text(found), err=True)
        sys.exit(2)
    library = load_library(config)
    document = _find(article, config, library)
    hints = suggest_all(as_ranked(document, library), library)
    if as_json:
        click.echo(json.dumps(asdict(hints), ensure_ascii=False))
        return
    rows = lines(hints)
    click.echo(f"{document.path}: {document.title}")
    for row in rows or ["nothing to propose"]:
        click.echo(f"  {row}")
    if apply:
        _apply(config, document, hints)


def _find(written: str, config: "SiteConfig", library: "Library") -> "Document":
    from site_builder.diagnostics import did_you_mean

    path = Path(written).resolve()
    for document in library.articles:
        if document.slug == written or (config.root / document.path).resolve() == path:
            return document
    hint = did_you_mean(Path(written).stem, [d.slug for d in library.articles])
    problem = "is not read without errors: run 'site-builder check'" if path.is_file() else "is no article"
    raise click.UsageError(f'"{written}" {problem}' + (f"; {hint}" if hint else ""))


def _apply(config: "SiteConfig", document: "Document", hints: "Suggestions") -> None:
    from site_builder.content.schema import Kind
    from site_builder.editing.change import FileChange, StaleChangeError, as_diff, write_changes
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
        change = FileChange(document.path, before, encode(text))
        write_changes(config.root, [change])
    except (CannotEditError, StaleChangeError) as error:
        raise click.ClickException(f"{document.path} was left as it is: {error}") from None
    except OSError as error:
        raise click.ClickException(f"{document.path} could not be written: {error.strerror or error}") from None
    click.echo(as_diff([change]), nl=False)
