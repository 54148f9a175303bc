"""The command `graph`: the link graph as a file for other programs."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import datetime as dt
import sys
from pathlib import Path

import click


@click.command()
@click.option("-f", "--config", "file", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True,
              help="The settings file of the site.")  # fmt: skip
@click.option("--graphml", "out", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), required=True,
              metavar="FILE", help='Write GraphML into this file; "-" is standard output.')  # fmt: skip
@click.option("--drafts", is_flag=True, help="Treat drafts, reviews and embargoed documents as published.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="The day that embargoes are held against [default: today].")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes at most [default: one a core].")
def graph(file: Path, out: Path, drafts: bool, date: dt.datetime | None, jobs: int | None) -> None:
    """Write the link graph: articles, topics and entities, and all that leads from one to another.

    \b
    Examples:
      site-builder graph --graphml site.graphml       for Gephi, Cytoscape, yEd, NetworkX
      site-builder graph --graphml - | xmllint -      to another program

    It holds what the site shows: no drafts, nothing unlisted.
    """
    from site_builder.config import Overrides, load_config
    from site_builder.diagnostics import as_text
    from site_builder.links.graphml import graphml
    from site_builder.pages.lists.graph import network_of
    from site_builder.pipeline import Site

    overrides = Overrides(date=date.date() if date else None, drafts=drafts, jobs=jobs)
    config, found = load_config(file, overrides)
    if config is None:
        click.echo(as_text(found), err=True)
        sys.exit(2)
    site = Site.load(config, found)
    site.close()
    if not site.is_sound:
        click.echo(as_text(site.diagnostics), err=True)
        click.echo("Nothing was written: the content has errors.", err=True)
        sys.exit(1)
    network = network_of(site.knowledge)
    data = graphml(network.nodes, network.edges).encode()
    if str(out) == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise click.ClickException(f"{out} could not be written: {error.strerror or error}") from None
    click.echo(f"Wrote {len(network.nodes):,} nodes and {len(network.edges):,} edges to {out}.", err=True)
