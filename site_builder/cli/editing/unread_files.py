"""A note on the files that `report` and `fix` leave out."""

from typing import TYPE_CHECKING

import click

from site_builder.cli.options import number_of

if TYPE_CHECKING:
    from site_builder.content.load import Content


def print_unread(content: "Content") -> None:
    """Say how many files have errors, on standard error: they appear in no report and get no fix."""
    count = len(content.discovered.sources) - len(content.documents)
    if count:
        have, are = ("has", "is") if count == 1 else ("have", "are")
        text = f"note: {number_of(count, 'file')} {have} errors and {are} left out; run site-builder check"
        click.echo(text, err=True)
