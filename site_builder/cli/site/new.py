"""The command `new`: a working site in an empty folder."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import datetime as dt
from pathlib import Path
from typing import Final

import click

from site_builder.cli.options import say

_NO_ADDRESS: Final = "https://example.org/"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="Name of the site [default: from the folder's name].")
@click.option("--url", default=_NO_ADDRESS, show_default=True, help="Address at which readers will find it.")
@click.option("--description", default="", help="What it is about, in one sentence.")
def new(folder: Path, name: str | None, url: str, description: str) -> None:
    """Make a new site: settings, a first article, topic and entity, and a workflow that publishes it.

    \b
    Examples:
      site-builder new my-field
      site-builder new my-field --name "AI in medicine" --url https://example.org/ai/
      site-builder new .                       in this folder, for example a new clone

    Files that are already there stay as they are. Where there is an mkdocs.yml, nothing is written.
    """
    from site_builder.disk.faults import refusal
    from site_builder.links.target import humanise
    from site_builder.starter.plan_site import SETTINGS, SiteAnswers, starter_files, write_site

    if folder.exists() and not folder.is_dir():
        raise click.BadParameter(f'"{folder}" is a file', param_hint="DIR")
    if (folder / SETTINGS).exists():
        message = f'"{folder}" has an {SETTINGS} already: it is a site, or one of MkDocs'
        raise click.BadParameter(f"{message}; docs/mkdocs.md tells how to add ours to it", param_hint="DIR")
    named = (name or humanise(folder.resolve().name)).strip() or "Our field"
    answers = SiteAnswers(named[0].upper() + named[1:], _address(url), description.strip())
    try:
        written, kept = write_site(folder, starter_files(answers, dt.datetime.now(tz=dt.UTC).date()))
    except OSError as error:
        raise click.ClickException(f"the site could not be written: {refusal(error)}") from error
    say(f"Made a site in {folder}:")
    for path in written:
        say(f"  {path}")
    if kept:
        say(f"Left as they were: {', '.join(map(str, kept))}.")
    say("Next:")
    if folder.resolve() != Path.cwd():
        say(f"  cd {folder}")
    say("  site-builder serve                        shows it, and follows your edits")
    say('  site-builder add "Title of an article"    begins a draft')


def _address(url: str) -> str:
    from site_builder.links.canonical_urls import canonical_url

    if canonical_url(url) is None:
        raise click.BadParameter(
            f'"{url}" is not the address of a site; it must start with https://', param_hint="--url"
        )
    return url if url.endswith("/") else f"{url}/"
