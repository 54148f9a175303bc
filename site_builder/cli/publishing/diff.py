"""The command `diff`: what a change does to the site, in the words of readers and editors."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from site_builder.cli.options import (
    SiteOptions,
    number_of,
    print_in_format,
    progress,
    refuse,
    say,
    site_options,
    site_url_option,
)

if TYPE_CHECKING:
    from site_builder.disk.git_command import GitError
    from site_builder.editions.editorial_diff import EditorialDiff
    from site_builder.editions.side import Place, Sides


@click.command()
@click.argument("base", default="HEAD")
@click.argument("head", required=False)
@site_options
@site_url_option
@click.option("--merge-base", is_flag=True, help="Compare with the commit at which BASE and the other side parted.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "markdown"]), default="text",
              show_default=True, help="For people, for programs, for a pull request.")  # fmt: skip
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Also write one HTML file that shows each page before and after.")  # fmt: skip
def diff(
    base: str, head: str | None, site: SiteOptions, site_url: str | None, merge_base: bool, format_: str,
    html: Path | None,
) -> None:  # fmt: skip
    """Show what a change does to the site: pages, words, related lists, addresses, weight.

    \b
    Examples:
      site-builder diff                                  what was edited since the last commit
      site-builder diff main                             what this folder has that main has not
      site-builder diff --merge-base origin/main         what was done since this branch began
      site-builder diff v1 v2 --format json
      site-builder diff main --html changes.html         pages side by side, in one file
      site-builder diff ../site-before ../site-now

    BASE and HEAD are revisions of Git, or folders that hold a site; HEAD is this folder unless it is named. Nothing in
    the checkout is changed.
    """
    from site_builder.disk.git_command import GitError
    from site_builder.editions.editorial_diff import compare_sides
    from site_builder.editions.side import SideError, open_sides

    _refuse_bad_file(site, html)
    # Wrong settings end the run before Git is asked for anything.
    loaded = site.load(site_url=site_url) if head is None else None
    try:
        before, after = _places(base, head, site.file, is_since_parting=merge_base)
        given = site.overrides(None, site_url)
        with (
            progress() as watch,
            open_sides(before, after, site.file, given, lambda n: watch("Reading", n, 0), loaded) as sides,
        ):
            found = compare_sides(sides)
            if html:
                _write_html(found, sides, html)
            _print(found, format_)
            _print_about_cache(sides, site)
    except GitError as error:
        _end(error)
    except SideError as error:
        refuse(error.findings, "text", f"Nothing was compared: the settings of {error.label} cannot be used.", 2)


def _places(base: str, head: str | None, file: Path, *, is_since_parting: bool) -> "tuple[Place, Place]":
    """The two sides. Raises GitError for what is neither a folder nor a revision."""
    from site_builder.editions.git_revision import find_revision
    from site_builder.editions.side import FolderPlace, RevisionPlace

    after = FolderPlace(file, "this folder") if head is None else _place(head, file)
    if is_since_parting:
        if isinstance(after, FolderPlace) and head is not None:
            raise click.UsageError("--merge-base is about two revisions, or a revision and this folder")
        other = after.revision.name if isinstance(after, RevisionPlace) else "HEAD"
        parted = find_revision(_folder_of(file), base, parted_from=other)
        return RevisionPlace(parted, file.name), after
    return _place(base, file), after


def _place(name: str, file: Path) -> "Place":
    from site_builder.disk.git_command import GitError
    from site_builder.editions.git_revision import find_revision
    from site_builder.editions.side import FolderPlace, RevisionPlace

    is_path = name.startswith((".", "~", "/")) or os.sep in name
    folder = Path(name).expanduser()
    holds_site = (folder / file.name).is_file()
    if holds_site and is_path:
        return FolderPlace(folder / file.name, name)
    try:
        revision = find_revision(_folder_of(file), name)
    except GitError as error:
        if holds_site:
            return FolderPlace(folder / file.name, name)
        if folder.is_dir():
            hint = f"folders of sources are compared, in which {file.name} is; --config names another settings file"
            raise GitError(f'the folder "{name}" has no {file.name}', hint) from None
        raise error from None
    if holds_site:
        raise click.UsageError(f'"{name}" is a folder and a revision: write ./{name} for the folder, refs/heads/{name}'
                               " for the branch")  # fmt: skip
    return RevisionPlace(revision, file.name)


def _folder_of(file: Path) -> Path:
    return file.absolute().parent


def _print(found: "EditorialDiff", format_: str) -> None:
    from site_builder.editions.formats.diff_json import diff_as_json
    from site_builder.editions.formats.diff_markdown import diff_as_markdown
    from site_builder.editions.formats.diff_text import diff_as_text

    formats = {"text": diff_as_text, "json": diff_as_json, "markdown": diff_as_markdown}
    click.echo(formats[format_](found))


def _refuse_bad_file(site: SiteOptions, html: Path | None) -> None:
    from site_builder.diagnostics import Location, diagnostic
    from site_builder.trust.installed_code import leads_out
    from site_builder.urls import SourcePath

    if html and site.untrusted and leads_out(html, _folder_of(site.file)):
        text = f'"{html}" is in the repository, and a symbolic link there leads out of it'
        found = [diagnostic("untrusted-path", Location(SourcePath(str(html))), text, "name another file")]
        refuse(found, "text", "Nothing was written.", 2)


def _write_html(found: "EditorialDiff", sides: "Sides", file: Path) -> None:
    from site_builder.disk.faults import refusal, write_file
    from site_builder.editions.formats.side_by_side import MOST_PAGES, SHOWN_EFFECTS, diff_as_html

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, diff_as_html(found, sides).encode())
    except OSError as error:
        raise click.ClickException(f"the HTML file could not be written: {refusal(error)}") from None
    shown = min(MOST_PAGES, len(found.of(*SHOWN_EFFECTS)))
    say(f"Wrote {file}: {number_of(shown, 'page')} before and after.", err=True)


def _print_about_cache(sides: "Sides", site: SiteOptions) -> None:
    from site_builder.config.cache_findings import cache_damaged
    from site_builder.urls import SourcePath

    print_in_format((*sides.about_cache, *cache_damaged(SourcePath(site.file.name), sides.cache.damage)), "text")


def _end(error: "GitError") -> NoReturn:
    say(f"Error: {error.text}" + (f"\n  hint: {error.hint}" if error.hint else ""), err=True)
    sys.exit(2)
