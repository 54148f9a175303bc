"""MkDocs' `!relative` in the options of Markdown extensions, as plain paths.

MkDocs gives objects that know its whole configuration: they cannot go to another process, and look the same for two
folders.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class PageFolder:
    """The folder of the document at hand: `!relative` alone."""

    root: str
    """The folder to which the paths of documents are relative."""


def plain_paths(value: Any, root: Path) -> Any:
    """The options with texts for paths, and with `PageFolder` for the path that differs between documents."""
    if isinstance(value, Mapping):
        return {key: plain_paths(one, root) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_paths(one, root) for one in value]
    if type(value).__name__ == "RelativeDirPlaceholder":  # of MkDocs or ProperDocs
        return PageFolder(str(root))
    return os.fspath(value) if isinstance(value, os.PathLike) else value


def paths_beside(value: Any, folder: str) -> Any:
    """The options for the documents of one folder, which is relative to the root."""
    if isinstance(value, Mapping):
        return {key: paths_beside(one, folder) for key, one in value.items()}
    if isinstance(value, list):
        return [paths_beside(one, folder) for one in value]
    return str(Path(value.root, folder)) if isinstance(value, PageFolder) else value
