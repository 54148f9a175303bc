"""The list of the files that we wrote, kept in the site folder itself.

The caches may be lost, or the project moved: what was retracted since must go all the same, and files of others must
stay. So the folder says which of its files are ours. The list holds output paths and nothing else: the same site has
the same list, and publishing it reveals nothing.
"""

import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from site_builder.disk.faults import write_file
from site_builder.urls import OutputPath

LIST_NAME: Final = ".site-builder"
_HEAD: Final = "# Files that site-builder wrote here: the next build removes those that the site no longer has.\n"


def load_site_list(site_dir: Path) -> frozenset[OutputPath] | None:
    """The files that are ours; None where no list is."""
    try:
        text = (site_dir / LIST_NAME).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    if not text.startswith(_HEAD):
        return None
    return frozenset(OutputPath(line) for line in text.split("\n")[1:] if is_below(line))


def save_site_list(site_dir: Path, paths: Iterable[OutputPath]) -> None:
    """Replace the list in one step; an equal one is left as it is."""
    data = (_HEAD + "".join(f"{path}\n" for path in sorted(paths))).encode()
    file = site_dir / LIST_NAME
    temporary = file.with_name(f"{LIST_NAME}.tmp")
    if file.is_file() and file.read_bytes() == data:
        temporary.unlink(missing_ok=True)  # of a build that was killed
        return
    site_dir.mkdir(parents=True, exist_ok=True)
    try:
        temporary.unlink(missing_ok=True)  # a link there would lead elsewhere
        write_file(temporary, data)
        temporary.replace(file)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def is_below(path: str) -> bool:
    """Whether an output path that was read back is a plain path below the site folder, as every path of ours is."""
    parts = path.split("/")
    return "" not in parts and not {".", "..", LIST_NAME} & set(parts) and "\\" not in path and "\0" not in path


def is_inside(site_dir: Path, path: str) -> bool:
    """Whether a file would be changed in the site folder itself, and not behind a symbolic link in it."""
    home = os.path.realpath(site_dir)
    parent = os.path.realpath((site_dir / path).parent)
    return parent == home or parent.startswith(f"{home}{os.sep}")


def count_foreign(site_dir: Path, ours: Collection[str]) -> int:
    """Number of files in the site folder that are not ours; hidden ones are not counted."""
    count, start = 0, len(str(site_dir)) + 1
    for folder, names, files in os.walk(site_dir):
        names[:] = [name for name in names if not name.startswith(".")]
        base = f"{folder[start:].replace(os.sep, '/')}/" if len(folder) > start else ""
        count += sum(not name.startswith(".") and f"{base}{name}" not in ours for name in files)
    return count
