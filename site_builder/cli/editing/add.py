"""The command `add`: begin an article."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.options import DayType, config_option, load_settings, say, untrusted_option

if TYPE_CHECKING:
    from site_builder.importers.existing_content import ExistingContent


@click.command()
@click.argument("title")
@click.option("--topic", "topics", multiple=True, metavar="SLUG", help="A topic of it; may be given several times.")
@click.option("--date", "day", type=DayType(), help="Day on which the source was published [default: today].")
@click.option("--slug", "given_slug", help="Name of the file, and of the page [default: from the title].")
@config_option
@untrusted_option
def add(
    title: str, topics: tuple[str, ...], day: dt.date | None, given_slug: str | None, file: Path, untrusted: bool
) -> None:
    """Begin an article: write a draft with a place for everything that it needs.

    \b
    Examples:
      site-builder add "What the source says, in one line"
      site-builder add "New guidance on medical AI" --topic regulation --topic medical-devices --date 2026-06-03

    The draft is valid and appears on the site only when its status is changed to "published". To make one from a page
    that you have, use `site-builder import`.
    """
    from site_builder.config import Overrides
    from site_builder.content.vocabulary import Kind
    from site_builder.disk.faults import refusal, write_new
    from site_builder.importers.draft import said, slug_of
    from site_builder.importers.existing_content import load_existing
    from site_builder.routes import RESERVED_SLUGS
    from site_builder.starter.plan_article import article_draft
    from site_builder.urls import is_slug

    config, _ = load_settings(file, Overrides(untrusted=untrusted))
    content = load_existing(config)
    title = said(title)
    slug = given_slug or slug_of(title)
    if not title or not slug:
        raise click.BadParameter("a title needs a letter or a digit", param_hint="TITLE")
    if not is_slug(slug) or slug in RESERVED_SLUGS:
        raise click.BadParameter(f'"{slug}" cannot be the name of a page', param_hint="--slug")
    target = config.root / config.content / "articles" / f"{slug}.md"
    shown = os.path.relpath(target)
    if slug in content.taken or target.exists():
        raise click.UsageError(f'there is an article "{slug}" already; choose another name with --slug')
    for topic in topics:
        _refuse_unknown(topic, content)
    named = content.current(Kind.TOPIC, topics)
    try:
        write_new(target, article_draft(title, slug, day or config.date, named).text.encode())
    except OSError as error:
        raise click.ClickException(f"the draft could not be written: {refusal(error)}") from error
    say(f'Began {shown}: write the summary, name the source, then change "status: draft" to "status: published".')


def _refuse_unknown(topic: str, content: "ExistingContent") -> None:
    from site_builder.content.vocabulary import Kind
    from site_builder.diagnostics import did_you_mean

    if content.corpus is None or content.corpus.find(Kind.TOPIC, topic) is None:
        near = did_you_mean(topic, [str(t.slug) for t in content.topics])
        hint = near or f"the topics are the files in content/topics/; write topics/{topic}.md first"
        raise click.BadParameter(f'there is no topic "{topic}": {hint}', param_hint="--topic")
