"""What must hold for whatever somebody imports: an exit code, no traceback, and drafts that `check` accepts."""

import contextlib
import tempfile
from pathlib import Path
from typing import Final

from click.testing import CliRunner

from site_builder.cli import main
from tests.helpers.fuzzing import as_entry, check_in, sound_site, watched, write_tree

EXIT_CODES: Final = {0, 1, 2}


def hold_import(name: str, data: bytes, form: str | None = None) -> None:
    """Import one file into a small site, twice, and check what was written."""
    case = {"name": name, "data": as_entry(data), "form": form}
    with watched("import", case), tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_tree(root, sound_site())
        with contextlib.chdir(root):
            Path(name).write_bytes(data)
            arguments = ["import", name, *(["--as", form] if form else [])]
            for _ in range(2):
                result = CliRunner().invoke(main, arguments, catch_exceptions=False)
                assert result.exit_code in EXIT_CODES, result.output
            errors = [one for one in check_in(root) if one.severity == "error"]
            assert not errors, f"import wrote what check refuses: {errors[0]}"
