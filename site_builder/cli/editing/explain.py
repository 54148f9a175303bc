"""The command `explain`: why two articles count as related, or do not."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.characters import printable_json
from site_builder.cli.options import config_option, load_settings, opened_site, refuse, say, untrusted_option

if TYPE_CHECKING:
    from site_builder.content.document import Document
    from site_builder.content.schema import Article
    from site_builder.corpus.corpus import Corpus
    from site_builder.related.reasons import Explanation

_MEANING = {
    "text": "words that both use",
    "topics": "shared topics",
    "entities": "shared entities",
    "direct": "links between them",
    "coupling": "documents that both link to",
    "cocited": "articles that link to both",
    "time": "closeness in time",
}


@click.command()
@click.argument("one")
@click.argument("other")
@config_option
@untrusted_option
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def explain(one: str, other: str, file: Path, untrusted: bool, as_json: bool) -> None:
    """Explain why two articles count as related: the score, signal by signal.

    \b
    Example:
      site-builder explain gdpr hipaa-deidentification

    The articles are named by their slugs. The score is the one that the related lists use: related_weights sets its
    weights, and related_threshold the score from which a list shows an article. A pair of which one article lists the
    other under "unrelated" is never suggested, whatever its score.
    """
    from site_builder.config import Overrides
    from site_builder.pipeline import related_settings
    from site_builder.related.site_related import explain_pair, vetoed_by

    config, findings = load_settings(file, Overrides(untrusted=untrusted))
    settings = related_settings(config)
    with opened_site(config, findings) as loaded:
        first, second = (_article(loaded.corpus, config.content, slug) for slug in (one, other))
        if first is second:
            raise click.UsageError("these are the same article")
        joined = (loaded.corpus, loaded.taxonomy, loaded.graph.resolved)
        explanation = explain_pair(first, second, *joined, settings, loaded.texts)
        vetoes = vetoed_by(first, second, loaded.corpus)
    if as_json:
        click.echo(printable_json(json.dumps({**asdict(explanation), "vetoed_by": vetoes}, ensure_ascii=False)))
        return
    say(_as_text(first, second, explanation, settings.threshold))
    for slug in vetoes:
        named = second.slug if slug == first.slug else first.slug
        say(f'\nnever suggested to readers: {slug} lists {named} under "unrelated"')


def _article(corpus: "Corpus", content: str, slug: str) -> "Document[Article]":
    """Find a listed article; unpublished ones have no related lists."""
    from site_builder.diagnostics import Location, diagnostic, did_you_mean
    from site_builder.urls import SourcePath

    named = slug.removesuffix(".md").rstrip("/").rpartition("/")[2]
    found = next((a for a in corpus.listed if a.slug == named), None)
    if found is None:
        hint = did_you_mean(named, [a.slug for a in corpus.listed])
        text = f'no published article is called "{slug}"'
        refuse([diagnostic("document-unknown", Location(SourcePath(content)), text, hint)], "text", "", 2)
    return found


def _as_text(first: "Document", second: "Document", explanation: "Explanation", threshold: float) -> str:
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
