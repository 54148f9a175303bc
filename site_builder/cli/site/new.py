"""The command `new`: a working site in an empty folder."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import datetime as dt
from pathlib import Path
from typing import Final

import click

from site_builder.cli.options import say
from site_builder.cli.site.form_ import read_program, write_program

_NO_ADDRESS: Final = "https://example.org/"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="Name of the site [default: from the folder's name].")
@click.option("--url", default=_NO_ADDRESS, show_default=True, help="Address at which readers will find it.")
@click.option("--description", default="", help="What it is about, in one sentence.")
@click.option("--repo", default="", help="Address of its repository, such as https://github.com/owner/name.")
@click.option("--form", "has_form", is_flag=True, help="With a form for browsers, which saves to that repository.")
@click.option(
    "--from", "sources", multiple=True, type=click.Path(exists=True, path_type=Path),
    help="With --form: take its program from an archive or a folder, as 'form --install' does.",
)  # fmt: skip
def new(
    folder: Path, name: str | None, url: str, description: str, repo: str, has_form: bool, sources: tuple[Path, ...]
) -> None:
    """Make a new site: settings, a first article, topic and entity, and a workflow that publishes it.

    \b
    Examples:
      site-builder new my-field
      site-builder new my-field --name "AI in medicine" --url https://example.org/ai/
      site-builder new .                       in this folder, for example a new clone
      site-builder new my-field --repo https://github.com/me/my-field --form

    Files that are already there stay as they are. Where there is an mkdocs.yml, nothing is written.
    """
    from site_builder.disk.faults import refusal
    from site_builder.links.canonical_urls import canonical_url
    from site_builder.links.target import humanise
    from site_builder.starter.plan_site import CONTENT, SETTINGS, SiteAnswers, starter_files, write_site

    if folder.exists() and not folder.is_dir():
        raise click.BadParameter(f'"{folder}" is a file', param_hint="DIR")
    if (folder / SETTINGS).exists():
        message = f'"{folder}" has an {SETTINGS} already: it is a site, or one of MkDocs'
        raise click.BadParameter(f"{message}; docs/mkdocs.md tells how to add ours to it", param_hint="DIR")
    named = (name or humanise(folder.resolve().name)).strip() or "Our field"
    if repo and canonical_url(repo) is None:
        raise click.BadParameter(f'"{repo}" is not an address; it must start with https://', param_hint="--repo")
    if sources and not has_form:
        raise click.UsageError("--from goes with --form")
    answers = SiteAnswers(
        named[0].upper() + named[1:], _address(url), description.strip(), repo.rstrip("/"), has_form=has_form
    )
    program = _form(repo, sources) if has_form else {}
    try:
        written, kept = write_site(folder, starter_files(answers, dt.datetime.now(tz=dt.UTC).date()))
    except OSError as error:
        raise click.ClickException(f"the site could not be written: {refusal(error)}") from error
    if program:
        write_program(folder / CONTENT, program)
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


def _form(repo: str, sources: tuple[Path, ...]) -> dict[str, bytes]:
    """The form's program, before anything is written; or the end of the run."""
    from site_builder.config.form_backend import FormOptions, form_backend

    _, problem = form_backend(FormOptions(), repo, "", "")
    if problem is not None:
        hint = "name the repository with --repo https://github.com/owner/name"
        raise click.UsageError(f"{problem[0]}\n  hint: {problem[1] if repo else hint}")
    return read_program(sources)


def _address(url: str) -> str:
    from site_builder.links.canonical_urls import canonical_url

    if canonical_url(url) is None:
        raise click.BadParameter(
            f'"{url}" is not the address of a site; it must start with https://', param_hint="--url"
        )
    return url if url.endswith("/") else f"{url}/"
