"""The command `graph`: the link graph as a file for other programs."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import sys
from pathlib import Path

import click

from site_builder.cli.options import SiteOptions, opened_site, refuse, say, site_options


@click.command()
@site_options
@click.option("--graphml", "out", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), required=True,
              metavar="FILE", help='Write GraphML to this file; "-" is standard output.')  # fmt: skip
def graph(site: SiteOptions, out: Path) -> None:
    """Export the link graph: articles, topics and entities, with every link between them.

    \b
    Examples:
      site-builder graph --graphml site.graphml       for Gephi, Cytoscape, yEd, NetworkX
      site-builder graph --graphml - | xmllint -      to another program

    The graph holds what the site shows: no drafts, nothing unlisted.
    """
    from site_builder.diagnostics import Location, diagnostic
    from site_builder.disk.faults import refusal, write_file
    from site_builder.render.graphml import graphml
    from site_builder.trust.installed_code import leads_out
    from site_builder.urls import SourcePath

    config, findings = site.load()
    if site.untrusted and str(out) != "-" and leads_out(out, config.root):
        text = f'"{out}" is in the repository, and a symbolic link there leads out of it'
        found = [diagnostic("untrusted-path", Location(SourcePath(str(out))), text, "name another file")]
        refuse(found, "text", "Nothing was written.", 2)
    with opened_site(config, findings) as loaded:
        if not loaded.is_sound:
            found = [d for d in loaded.diagnostics if d.code != "cache-tracked"]  # printed at the end
            refuse(found, "text", "Nothing was written: the content has errors.", 1)
        network = loaded.context.network
    data = graphml(network.nodes, network.edges).encode()
    if str(out) == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        write_file(out, data)
    except OSError as error:
        raise click.ClickException(f"the graph could not be written: {refusal(error)}") from None
    say(f"Wrote {len(network.nodes):,} nodes and {len(network.edges):,} edges to {out}.", err=True)
