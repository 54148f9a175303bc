"""The files that MkDocs publishes beside our folder, with their addresses, so that documents can link to them.

An address starts at the root of our own site, so that of `guide.md` beside the folder `kb` is `/../guide/`.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from posixpath import splitext
from types import MappingProxyType
from typing import Final

from site_builder.urls import Permalink, SourcePath, top_of

NOTHING: Final[Mapping[SourcePath, Permalink]] = MappingProxyType({})

_MARKDOWN: Final = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})
"""Extensions of the files that MkDocs renders."""
_HOME_NAMES: Final = frozenset({"index", "README"})
"""Names of the pages that MkDocs publishes at the address of their folder."""


def files_beside(
    root: Path, docs: str, content: str, *, directory_urls: bool, is_excluded: Callable[[SourcePath], bool]
) -> Mapping[SourcePath, Permalink]:
    """Every file of `docs_dir` outside the content folder that MkDocs would publish."""
    if docs == content:
        return NOTHING
    top = top_of(content.removeprefix(f"{docs}/"))
    addresses: dict[SourcePath, Permalink] = {}
    for folder, names, files in os.walk(root / docs, followlinks=True):
        relative = Path(folder).relative_to(root).as_posix()
        names[:] = sorted(n for n in names if f"{relative}/{n}" != content and not n.startswith("."))
        if relative == docs and "templates" in names:
            names.remove("templates")  # MkDocs' own default
        for name in sorted(n for n in files if not n.startswith(".")):
            path = SourcePath(f"{relative}/{name}")
            if not is_excluded(path):
                inside = path.removeprefix(f"{docs}/")
                addresses[path] = Permalink(f"{top}/{_address(inside, directory_urls=directory_urls)}")
    return addresses


def _address(path: str, *, directory_urls: bool) -> str:
    """The address that MkDocs gives a file: `guide/start/` for `guide/start.md`."""
    stem, extension = splitext(path)
    if extension not in _MARKDOWN:
        return path
    folder, slash, name = stem.rpartition("/")
    if name in _HOME_NAMES:
        return f"{folder}{slash}" if directory_urls else f"{folder}{slash}index.html"
    return f"{stem}/" if directory_urls else f"{stem}.html"
