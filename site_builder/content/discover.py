"""List the files of the content folder, sorted by path.

Markdown files under `articles/`, `topics/`, `entities/`, `tools/` and `pages/` are documents. Files under `static/` are
copied to the root of the site unchanged (CNAME, favicon.ico). Every other file is a possible asset: it is published if
a document uses it. Hidden files, editors' backups and READMEs are ignored.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unicodedata import normalize

from site_builder.content.schema import FOLDERS, Kind
from site_builder.diagnostics import Diagnostic, Location, diagnostic, nearest
from site_builder.routes import RESERVED_PAGE_SLUGS, RESERVED_SLUGS
from site_builder.urls import SourcePath, is_slug, slugify

STATIC: Final = "static"


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """A Markdown file that is a document."""

    path: SourcePath
    kind: Kind
    slug: str


@dataclass(frozen=True, slots=True)
class Discovered:
    """The files of the content folder, sorted by path."""

    sources: tuple[SourceFile, ...]
    assets: frozenset[SourcePath]
    """Files that documents may use."""
    static: tuple[SourcePath, ...]
    """Files that are published unchanged."""


def discover(root: Path, content: str) -> tuple[Discovered, list[Diagnostic]]:
    """List the files under `root/content`.

    May report file-ignored, slug-invalid, slug-reserved and symlink-outside.
    """
    sources: list[SourceFile] = []
    assets: set[SourcePath] = set()
    static: list[SourcePath] = []
    found: list[Diagnostic] = []
    inside = (root / content).resolve()
    for path in sorted(_walk(root, content)):
        if _UNWRITABLE.search(path):
            found.append(_unwritable(path))
            continue
        place = Location(path)
        if (root / path).is_symlink() and (problem := _link_problem(root / path, inside, place)):
            found.append(problem)
            continue
        folder, _, name = path.removeprefix(f"{content}/").partition("/")
        if folder == STATIC and name:
            static.append(path)
        elif not path.endswith(".md"):
            assets.add(path)
            if path.lower().endswith((".md", ".markdown")):
                text = f'"{path}" is not read: the names of documents end with ".md"'
                found.append(diagnostic("file-ignored", place, text, "rename it"))
        elif (kind := FOLDERS.get(folder)) is None or not name:
            near = nearest(folder, FOLDERS, 1) if name else ()
            hint = f'did you mean "{content}/{near[0]}/"?' if near else ""
            hint = hint or f"documents belong in {', '.join(f'{content}/{f}/' for f in FOLDERS)}"
            text = f'"{path}" is not in a folder for documents'
            found.append(diagnostic("file-ignored", place, text, hint))
        else:
            source = SourceFile(path, kind, normalize("NFC", path.rsplit("/", 1)[1].removesuffix(".md")))
            problems = _slug_problem(source)
            found += problems
            if not problems:
                sources.append(source)
    return Discovered(tuple(sources), frozenset(assets), tuple(static)), found


def _walk(root: Path, content: str) -> Iterator[SourcePath]:
    """Files below the folder. A linked folder is listed but not read, so that it is reported and not just missing."""
    for folder, names, files in os.walk(root / content):
        relative = Path(folder).relative_to(root).as_posix()
        linked = [name for name in names if (Path(folder) / name).is_symlink()]
        names[:] = sorted(n for n in names if not n.startswith(".") and n not in linked)
        for name in files + linked:
            if not name.startswith((".", "#")) and not name.endswith("~") and name.lower() != "readme.md":
                yield SourcePath(f"{relative}/{name}")


_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, and bytes of a file name that are not UTF-8."""


def _unwritable(path: str) -> Diagnostic:
    """The finding for a file name that cannot be used in a message, an address or a manifest."""
    shown = _UNWRITABLE.sub(lambda m: f"\\x{ord(m[0]) & 0xFF:02x}", path)
    text = f'the file name "{shown}" has a character that is not allowed'
    return diagnostic("slug-invalid", Location(SourcePath(shown)), text, "rename the file")


def _link_problem(path: Path, inside: Path, place: Location) -> Diagnostic | None:
    """The problem with a symbolic link, if there is one."""
    if not Path(os.path.realpath(path)).is_relative_to(inside):  # Path.resolve raises on a link to itself
        text = f'the symbolic link "{place.path}" points outside the content folder'
        return diagnostic("symlink-outside", place, text, "copy the file into the content folder")
    if path.is_dir():
        text = f'the folder behind the symbolic link "{place.path}" is not read'
        hint = "remove the link; files inside the content folder are read where they are"
        return diagnostic("file-ignored", place, text, hint)
    return None


def _slug_problem(source: SourceFile) -> list[Diagnostic]:
    place = Location(source.path)
    if not is_slug(source.slug):
        text = f'the file name "{source.slug}.md" cannot be used in an address'
        return [diagnostic("slug-invalid", place, text, f'rename it to "{slugify(source.slug) or "a-name"}.md"')]
    is_home = source.kind is Kind.PAGE and source.slug == "index"
    reserved = RESERVED_PAGE_SLUGS if source.kind is Kind.PAGE else RESERVED_SLUGS
    if source.slug.casefold() in reserved and not is_home:
        text = f'the site itself uses the address that "{source.slug}.md" would take'
        return [diagnostic("slug-reserved", place, text, "give the file another name")]
    return []
