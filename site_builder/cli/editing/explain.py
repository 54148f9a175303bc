"""The command `explain`: why two articles count as related, or do not."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from site_builder.content.document import Document
    from site_builder.corpus.corpus import Corpus
    from site_builder.related.reasons import Explanation

_MEANING = {
    "text": "words that both use",
    "topics": "topics of both",
    "entities": "entities of both",
    "direct": "links between them",
    "coupling": "what both link to",
    "cocited": "articles that link to both",
    "time": "closeness in time",
}


@click.command()
@click.argument("one")
@click.argument("other")
@click.option(
    "-f",
    "--config",
    "file",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The settings file of the site.",
)
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
def explain(one: str, other: str, file: Path, as_json: bool) -> None:
    """Tell why two articles count as related: the score, signal by signal.

    \b
    Example:
      site-builder explain gdpr hipaa-deidentification

    The articles are named by their slugs. It is the arithmetic of the related lists themselves; its weights are set
    with related_weights, and what a list shows with related_threshold.
    """
    from site_builder.cache import open_cache
    from site_builder.config import Overrides, load_config
    from site_builder.diagnostics import as_text
    from site_builder.pipeline import Site, read_texts, relation_settings
    from site_builder.related.neighbours import explain as explain_pair
    from site_builder.related.site_related import related_documents
    from site_builder.related.vectors import Weights

    config, found = load_config(file, Overrides())
    if config is None:
        click.echo(as_text(found), err=True)
        sys.exit(2)
    knowledge = Site.load(config).knowledge
    corpus = knowledge.corpus
    first, second = _article(corpus, one), _article(corpus, other)
    if first is second:
        raise click.UsageError("these are the same article")
    with open_cache(config.cache_dir) as cache:
        texts = read_texts(config, corpus.listed, cache)
    documents = related_documents(corpus, knowledge.membership, knowledge.graph.resolved, texts)
    settings = relation_settings(config)
    explanation = explain_pair(documents, first.slug, second.slug, weights=Weights(**settings.weights))
    if as_json:
        click.echo(json.dumps(asdict(explanation), ensure_ascii=False))
        return
    click.echo(_told(first, second, explanation, settings.threshold))


def _article(corpus: "Corpus", slug: str) -> "Document":
    """A listed article; what is not published has no related lists."""
    from site_builder.diagnostics import did_you_mean

    named = slug.removesuffix(".md").rstrip("/").rpartition("/")[2]
    found = next((a for a in corpus.listed if a.slug == named), None)
    if found is None:
        hint = did_you_mean(named, [a.slug for a in corpus.listed])
        raise click.UsageError(f'no article is published as "{slug}"' + (f"; {hint}" if hint else ""))
    return found


def _told(first: "Document", second: "Document", explanation: "Explanation", threshold: float) -> str:
    rows = [f"{first.title}\n{second.title}", ""]
    shown = "shown from" if explanation.score >= threshold else "below"
    rows.append(f"score {explanation.score:.2f} ({shown} {threshold:.2f})")
    for signal in explanation.signals:
        what = ", ".join(signal.words)
        meaning = _MEANING.get(signal.name, "")
        rows.append(f"  {signal.name:<9} {signal.value:5.2f}  {meaning}{f': {what}' if what else ''}")
    if explanation.reasons:
        rows += ["", f"in words: {'; '.join(explanation.reasons)}"]
    return "\n".join(rows)
