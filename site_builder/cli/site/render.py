"""The command `render`: one file of the site, as `build` would write it."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import sys
from typing import TYPE_CHECKING, NoReturn

import click

from site_builder.cli.options import SiteOptions, opened_site, refuse, site_options, site_url_option

if TYPE_CHECKING:
    from site_builder.pipeline import Site


@click.command()
@click.argument("address")
@site_options
@site_url_option
def render(site: SiteOptions, address: str, site_url: str | None) -> None:
    """Print one file of the site, exactly as build would write it.

    \b
    Examples:
      site-builder render /articles/gdpr/                     the page of an article
      site-builder render /articles/gdpr/index.md             its Markdown version
      site-builder render /feed.xml > feed.xml                a feed, into a file

    The address starts with "/" at the root of the site; site-builder urls lists the pages. Only what this file needs is
    computed, and nothing is written. Mistakes in the content do not stop it: site-builder check reports them.
    """
    from site_builder.render.format import RenderError

    config, findings = site.load(site_url=site_url)
    with opened_site(config, findings) as loaded:
        if address not in loaded.routes:
            _refuse_unknown(loaded, address)
        try:
            data = loaded.render(address)
        except RenderError as error:
            refuse([error.diagnostic], "text", "", 1)
        except OSError as error:
            raise click.ClickException(f"{error.filename} could not be read: {error.strerror or error}") from None
    sys.stdout.buffer.write(data)


def _refuse_unknown(site: "Site", address: str) -> NoReturn:
    from site_builder.diagnostics import did_you_mean

    slashed = f"/{address.strip('/')}/"
    hint = f'did you mean "{slashed}"?' if slashed in site.routes else did_you_mean(address, site.routes.fixed)
    raise click.UsageError(f'the site has no address "{address}"' + (f"; {hint}" if hint else ""))
