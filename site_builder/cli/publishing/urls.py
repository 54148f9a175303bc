"""The command `urls`: the addresses of the site, and those that a change would lose."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.options import SiteOptions, format_option, opened_site, say, site_options, site_url_option

if TYPE_CHECKING:
    from site_builder.pipeline import Site


@click.command()
@site_options
@click.option("--since", type=click.Path(path_type=Path, exists=True), metavar="SITEMAP",
              help="An earlier sitemap (a file, or the folder of a built site): "
              "report each of its addresses that is lost.")  # fmt: skip
@site_url_option
@format_option
def urls(site: SiteOptions, since: Path | None, site_url: str | None, format_: str) -> None:
    """List the addresses of the site, or find those that a change would lose.

    \b
    Examples:
      site-builder urls                            every page, and the target of each redirect
      site-builder urls --since site/              compared with the site as last built
      site-builder urls --since sitemap.xml        compared with a saved sitemap, also .gz

    With --since, the exit code is 1 if an earlier address is neither a page nor a redirect now, with a finding for
    each. Continuation pages of lists (page/2/) come and go with their entries and are not compared.
    """
    config, findings = site.load(format_, site_url=site_url)
    with opened_site(config, findings) as loaded:
        if since is None:
            _list(loaded)
        else:
            _compare(loaded, since, format_)


def _list(site: "Site") -> None:
    corpus = site.corpus
    redirects = {**corpus.aliases, **corpus.moved}
    for url in site.routes.listed():
        if url in redirects:
            say(f"{url} -> {redirects[url]}")
        elif url.endswith("/"):
            say(url)


def _compare(site: "Site", since: Path, format_: str) -> None:
    from site_builder.diagnostics import FORMATS, apply_severities, has_errors
    from site_builder.editing.lost_urls import SitemapError, find_lost, former_addresses, in_folder, read_sitemap

    config = site.config
    try:
        listed = in_folder(read_sitemap(since), config.url, config.options.folder)
        former = former_addresses(listed, config.url)
    except SitemapError as error:
        raise click.UsageError(error.reason) from None
    except OSError as error:
        raise click.UsageError(f'"{error.filename}" cannot be read: {error.strerror}') from None
    lost = find_lost(former, frozenset(site.routes.listed()), site.corpus)
    findings = apply_severities(lost, site.config.severities)
    if findings or format_ != "text":
        click.echo(FORMATS[format_](findings))
    total = len({one.address for one in former})
    say(f"{len(lost):,} of {total:,} addresses would be lost." if lost else
               f"All {total:,} earlier addresses are pages or redirects.", err=format_ != "text")  # fmt: skip
    if has_errors(findings):
        sys.exit(1)
