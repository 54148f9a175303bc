"""Which code is installed, and which belongs to the repository that is being looked at."""

import os
import site
import sys
import sysconfig
from functools import cache
from pathlib import Path
from typing import Final

_PROGRAM: Final = str(Path(__file__).resolve().parents[1])


def repository_of(root: Path) -> Path:
    """The Git repository around a site's folder; that folder itself where there is none."""
    start = root.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), start)


def is_below(path: str, folder: str) -> bool:
    """Whether a path is that folder or in it, once links are followed."""
    real, home = os.path.realpath(path), os.path.realpath(folder)
    return real == home or real.startswith(home.rstrip(os.sep) + os.sep)


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a path that is written as one in that folder is elsewhere, because of a symbolic link on the way."""
    inside = Path(os.path.abspath(path)).is_relative_to(os.path.abspath(folder))  # noqa: PTH100 (without following)
    return inside and not is_below(str(path), str(folder))


def is_installed(path: str) -> bool:
    """Whether a file or folder is Python's, an installed package's or this program's, wherever that is.

    A virtual environment may lie in the repository.
    """
    return any(is_below(path, folder) for folder in _installed_folders())


def holds_installed(folder: str) -> bool:
    """Whether a folder is installed code, is in it, or contains it."""
    return is_installed(folder) or any(is_below(one, folder) for one in _installed_folders() if one != _PROGRAM)


@cache
def _installed_folders() -> tuple[str, ...]:
    """Not all of `sys.path`: the environment and `.pth` files may have put folders of the repository there."""
    paths = sysconfig.get_paths()
    folders = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib", "scripts")} | {
        *site.getsitepackages()
    }
    if site.ENABLE_USER_SITE:
        folders.add(site.getusersitepackages())
    return tuple(sorted(folders | {_PROGRAM}))


def leave_repository(root: Path) -> None:
    """Import nothing from the repository from now on, nor from the current folder; worker processes neither."""
    repository, here = str(repository_of(root)), os.getcwd()  # noqa: PTH109 (compared as texts)

    def stays(entry: str) -> bool:
        if not Path(entry).is_absolute():  # "" is the current folder
            return False
        return is_installed(entry) or not (is_below(entry, repository) or os.path.realpath(entry) == here)

    sys.path[:] = [entry for entry in sys.path if stays(entry)]
    os.environ.pop("PYTHONPATH", None)


def code_of_repository(root: Path) -> str:
    """A module of the repository that was loaded before anybody asked: its file, or "" for none.

    `PYTHONPATH` may lead into the repository, where Python looks for `sitecustomize.py` before this program starts.
    """
    repository = str(repository_of(root))
    files = (getattr(module, "__file__", None) for module in (*sys.modules.values(),))
    loaded = (file for file in files if isinstance(file, str) and Path(file).is_absolute())
    return next((file for file in loaded if is_below(file, repository) and not is_installed(file)), "")
