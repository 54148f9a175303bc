"""Write planned changes of content files, or end the run with the reason."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.editing.change import FileChange


def apply_changes(root: Path, changes: "Sequence[FileChange]") -> None:
    """Write all changes, or none: then the run ends with 1."""
    from site_builder.disk.faults import refusal
    from site_builder.editing.change import StaleChangeError, write_changes

    try:
        write_changes(root, changes)
    except StaleChangeError as error:
        raise click.ClickException(f"nothing was changed: {', '.join(error.paths)} changed meanwhile") from None
    except OSError as error:
        raise click.ClickException(f"nothing was changed: {refusal(error)}") from None
