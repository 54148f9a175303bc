"""The command `form`."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.options import config_option, load_settings, number_of, print_in_format, say, untrusted_option

if TYPE_CHECKING:
    from site_builder.config import SiteConfig


@click.command()
@config_option
@untrusted_option
@click.option("--install", "is_install", is_flag=True, help="Fetch its program with npm and put it into the site.")
@click.option(
    "--from", "sources", multiple=True, type=click.Path(exists=True, path_type=Path),
    help="Take it from an archive or a folder instead; once for each package, or a folder node_modules.",
)  # fmt: skip
def form(file: Path, untrusted: bool, is_install: bool, sources: tuple[Path, ...]) -> None:
    """Say whether the site has a form for browsers, or install its program.

    \b
    Examples:
      site-builder form                                 what it lacks
      site-builder form --install
      site-builder form --install --from node_modules   without asking the network

    The program is Sveltia CMS, in a version whose digests this command knows. It goes into static/admin/ of the content
    folder, and is published only where the settings have the option "form".
    """
    from site_builder.config import Overrides
    from site_builder.diagnostics import apply_severities
    from site_builder.form.pinned_packages import form_findings, pinned_packages

    if sources and not is_install:
        raise click.UsageError("--from goes with --install")
    config, findings = load_settings(file, Overrides(untrusted=untrusted))
    print_in_format(findings, "text")
    if is_install:
        write_program(config.root / config.content, read_program(sources))
    if config.form is None:
        say("The settings do not ask for a form. To have one, write under site_builder in mkdocs.yml:")
        say("  form: true")
        say("and see to it that repo_url names the repository.")
        return
    say(f"The form is at /admin/ and saves to {_shown(config)}.")
    for package in pinned_packages():
        say(f"  {package.name} {package.version} ({package.licence})")
    found = apply_severities(
        form_findings(config.root, config.content, config.form, config.file), config.severities
    )  # fmt: skip
    print_in_format(found, "text")
    sys.exit(1 if found else 0)


def read_program(sources: tuple[Path, ...]) -> dict[str, bytes]:
    """The form's program, path below the content folder -> bytes; or end the run."""
    from site_builder.disk.faults import refusal
    from site_builder.form.install_form import FormError, read_package
    from site_builder.form.pinned_packages import pinned_packages

    try:
        return {path: data for one in pinned_packages() for path, data in read_package(one, sources).items()}
    except FormError as error:
        hint = f"\n  hint: {error.hint}" if error.hint else ""
        raise click.ClickException(f"the form was not installed: {error.text}{hint}") from error
    except OSError as error:
        raise click.ClickException(f"the form could not be installed: {refusal(error)}") from error


def write_program(content: Path, program: Mapping[str, bytes]) -> None:
    """Put the program into a content folder, and say so; or end the run."""
    from site_builder.disk.faults import refusal
    from site_builder.form.install_form import write_form
    from site_builder.form.pinned_packages import PLACE

    try:
        written = write_form(content, program)
    except OSError as error:
        raise click.ClickException(f"the form could not be installed: {refusal(error)}") from error
    size = sum(map(len, program.values())) / 1_000_000
    if written:
        say(f"Wrote {number_of(len(written), 'file')} to {content}/{PLACE}/ ({size:.1f} MB with their licences).")
    else:
        say(f"{content}/{PLACE}/ has the form's program already.")


def _shown(config: "SiteConfig") -> str:
    backend = config.form
    if backend is None:
        return ""
    how = "as pull requests" if backend.review else "without a review"
    branch = f"the branch {backend.branch}" if backend.branch else "the default branch"
    return f"{branch} of {backend.repo} ({backend.name}), {how}"
