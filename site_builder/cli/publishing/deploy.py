"""The command `deploy`."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import click

from site_builder.cli.options import SiteOptions, format_option, say, site_url_option, strict_site_options
from site_builder.cli.site.build import build_site_folder


@click.command()
@strict_site_options
@site_url_option
@click.option("--remote", default="origin", show_default=True, help="Where to push.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch that holds the site.")
@click.option("-m", "--message", default="", help="Message of the commit [default: the commit that was built].")
@format_option
def deploy(site: SiteOptions, site_url: str | None, remote: str, branch: str, message: str, format_: str) -> None:
    """Build the site and push it to a branch from which GitHub Pages publishes.

    \b
    Examples:
      site-builder deploy                              the branch gh-pages of origin
      site-builder deploy --strict --site-url https://me.github.io/kb/
      site-builder deploy --remote mirror --branch pages

    The branch gets the files of the site and nothing else, in one commit; a site that did not change adds none. Your
    checkout, its index and its branches stay as they are.
    """
    from site_builder.deployment.git_branch import push_site
    from site_builder.disk.git_command import GitError

    if site.drafts:
        raise click.UsageError("--drafts is for looking at a site, not for publishing it")
    config, _ = site.load(format_, site_url=site_url)
    if config.site_dir != config.whole_site_dir:
        raise click.UsageError('with the option "folder", the site is MkDocs\': "mkdocs gh-deploy" publishes all of it')
    build_site_folder(site, site_url=site_url, format_=format_)
    try:
        deployed = push_site(config.root, config.whole_site_dir, remote, branch, message)
    except GitError as error:
        hint = f"\n  hint: {error.hint}" if error.hint else ""
        raise click.ClickException(f"nothing was published: {error.text}{hint}") from error
    if deployed.commit:
        done = f"Published {deployed.files:,} files on {branch} of {remote}, as commit {deployed.commit[:10]}."
    else:
        done = f"Nothing to publish: {branch} of {remote} has this site already."
    say(done, err=format_ != "text")
