"""The command `serve`."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import click

from site_builder.cli.options import SiteOptions, strict_site_options


@click.command()
@strict_site_options
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--open", "open_", is_flag=True, help="Open the site in a browser.")
def serve(site: SiteOptions, host: str, port: int, open_: bool) -> None:
    """Show the site in a browser, with what is wrong in it, and follow every edit.

    \b
    Examples:
      site-builder serve                      at http://127.0.0.1:8000/
      site-builder serve --drafts --open      with drafts, and open a browser

    Each page is made when the browser asks for it; nothing is written.
    """
    from site_builder.serve.http_server import serve as run

    address = f"http://{host}:{port}/"
    site.load(site_url=address)  # ends here if the settings are wrong; the server loads them again after each edit
    run(site.file, site.overrides(site_url=address), host, port, open_browser=open_)
