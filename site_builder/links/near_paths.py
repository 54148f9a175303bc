"""What a writer may have meant by the path of a file, or by an address, that does not exist."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache, cached_property
from mimetypes import MimeTypes
from typing import Final

from site_builder.diagnostics import KnownWords
from site_builder.urls import SourcePath, folders_above

_PAGE: Final = re.compile(r"\.(?:md|mdx|markdown|html?)$", re.IGNORECASE)
_OF_FILES: Final = frozenset("avif lock log markdown md mdx toml webp yaml yml".split())
"""Endings of files that Python's own list of types may lack."""
_INDEXES: Final = frozenset({"index", "_index", "readme"})
"""Names by which other programs call the page of a folder."""


class KnownPaths:
    """Paths or addresses, found by their last part; what that takes is made when the first is asked for."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = tuple(paths)

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        """Last part -> the first path that has it."""
        found: dict[str, str] = {}
        for path in sorted(self.paths):
            found.setdefault(path.rsplit("/", 1)[-1], path)
        return found

    @cached_property
    def _names(self) -> KnownWords:
        return KnownWords(name.removesuffix(".md") for name in self._by_name)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that has one of them, at any depth."""
        return frozenset(folder for path in self.paths for folder in folders_above(path))

    def called(self, name: str) -> str | None:
        """The first path with a last part."""
        return self._by_name.get(name)

    def like(self, path: str) -> str:
        """`did you mean "x"?` for those whose last part is like that of a path: folders say little."""
        near = self._names.nearest(path.rsplit("/", 1)[-1].removesuffix(".md"))
        quoted = [f'"{self._by_name.get(n) or self._by_name[f"{n}.md"]}"' for n in near]
        return f"did you mean {' or '.join(quoted)}?" if quoted else ""


class KnownFiles:
    """The files that a link may have been meant to lead to: documents, other files of ours, files of MkDocs."""

    def __init__(
        self, documents: Iterable[SourcePath], assets: Iterable[SourcePath], beside: Collection[SourcePath] = ()
    ) -> None:
        self.documents = KnownPaths(documents)
        self.assets = KnownPaths(assets)
        self._beside = beside

    @cached_property
    def documents_and_beside(self) -> KnownPaths:
        """Documents, and the files of MkDocs."""
        return KnownPaths((*self.documents.paths, *self._beside)) if self._beside else self.documents

    @cached_property
    def assets_and_beside(self) -> KnownPaths:
        """Other files of ours, and the files of MkDocs."""
        return KnownPaths((*self.assets.paths, *self._beside)) if self._beside else self.assets


def path_hint(path: SourcePath, written: str, known: KnownFiles) -> str:
    """The hint for a path in a link; `written` is the path as the writer wrote it."""
    parts = [_PAGE.sub("", part) for part in path.rstrip("/").split("/")]
    stem = parts[-2] if len(parts) > 1 and parts[-1].lower() in _INDEXES else parts[-1]
    if same := known.documents.called(f"{stem}.md"):
        return f'did you mean "{same}"? In a link, [[{stem}]] needs no path'
    if path in known.documents.folders:
        return "a folder has no page: link to a document in it"
    if _names_a_host(written):
        return f"a link to another site starts with its scheme: https://{written}"
    is_document = path.endswith(".md") or "." not in stem
    near = (known.documents_and_beside if is_document else known.assets_and_beside).like(path)
    name = path.rpartition("/")[2]
    if name.startswith((".", "#")) or name.casefold() == "readme.md":
        return "files with such names are not read: give the file another name, or remove the link"
    return near or "correct the path, or remove the link"


@cache
def _known_endings() -> frozenset[str]:
    """The endings of Python's own list, without those that a system adds."""
    return frozenset(ending for types in MimeTypes().types_map for ending in types)


def _names_a_host(written: str) -> bool:
    """Whether a path is more likely the address of another site without its scheme, such as `example.org/about`."""
    start, slash, _ = written.partition("/")
    if "." not in start.strip("."):
        return False
    ending = start.rpartition(".")[2].lower()
    is_file = ending in _OF_FILES or f".{ending}" in _known_endings()
    return start.startswith("www.") or (
        bool(slash) if is_file else not written.endswith((".md", ".pdf", ".png", ".jpg"))
    )
