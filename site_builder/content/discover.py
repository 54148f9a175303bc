"""The content folder to a sorted list of files.

Markdown under `articles/`, `topics/`, `entities/`, `tools/` and `pages/` are documents; `static/` is copied to the root
of the site as it is (CNAME, favicon.ico); every other file may be an asset: it is published when a document uses it.
Hidden files, editors' backups and READMEs are passed over.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from site_builder.content.schema import FOLDERS, Kind
from site_builder.diagnostics import Diagnostic, Location, diagnostic, did_you_mean
from site_builder.urls import SourcePath, is_slug, slugify

STATIC: Final = "static"
RESERVED_PAGES: Final = frozenset(
    "api articles assets digest embed entities feeds graph page search tags timeline tools topics wanted 404".split()
)
"""Slugs of free pages that would take an address of the site's own."""
RESERVED: Final = frozenset({"index", "page"})
"""Slugs that no document may have: `index.html` and `page/2/` are ours."""


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """A Markdown file that is a document."""

    path: SourcePath
    kind: Kind
    slug: str


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in the content folder, sorted by path."""

    sources: tuple[SourceFile, ...]
    assets: frozenset[SourcePath]
    """Files that a document may use."""
    static: tuple[SourcePath, ...]
    """Files that are published as they are."""


def discover(root: Path, content: str) -> tuple[Found, list[Diagnostic]]:
    """List the files under `root/content`.

    May report file-ignored, slug-invalid, slug-reserved and symlink-outside.
    """
    sources: list[SourceFile] = []
    assets: set[SourcePath] = set()
    static: list[SourcePath] = []
    found: list[Diagnostic] = []
    inside = (root / content).resolve()
    for path in sorted(_walk(root, content)):
        place = Location(path)
        if (root / path).is_symlink() and not (root / path).resolve().is_relative_to(inside):
            text = f'the link "{path}" leads out of the content folder'
            found.append(diagnostic("symlink-outside", place, text, "copy the file into the content folder"))
            continue
        folder, _, name = path.removeprefix(f"{content}/").partition("/")
        if folder == STATIC and name:
            static.append(path)
        elif not path.endswith(".md"):
            assets.add(path)
        elif (kind := FOLDERS.get(folder)) is None or not name:
            hint = did_you_mean(folder, FOLDERS) if name else ""
            hint = hint or f"documents lie in {', '.join(f'{content}/{f}/' for f in FOLDERS)}"
            text = f'"{path}" is in none of the folders that hold documents'
            found.append(diagnostic("file-ignored", place, text, hint))
        else:
            source = SourceFile(path, kind, path.rsplit("/", 1)[1].removesuffix(".md"))
            problem = _slug_problem(source)
            found += problem
            if not problem:
                sources.append(source)
    return Found(tuple(sources), frozenset(assets), tuple(static)), found


def _walk(root: Path, content: str) -> Iterator[SourcePath]:
    """Files below the folder. A linked folder is not entered, but named, so that it is not lost in silence."""
    for folder, names, files in os.walk(root / content):
        relative = Path(folder).relative_to(root).as_posix()
        linked = [name for name in names if (Path(folder) / name).is_symlink()]
        names[:] = sorted(n for n in names if not n.startswith(".") and n not in linked)
        for name in files + linked:
            if not name.startswith((".", "#")) and not name.endswith("~") and name.lower() != "readme.md":
                yield SourcePath(f"{relative}/{name}")


def _slug_problem(source: SourceFile) -> list[Diagnostic]:
    place = Location(source.path)
    if not is_slug(source.slug):
        text = f'the file name "{source.slug}.md" cannot stand in an address'
        return [diagnostic("slug-invalid", place, text, f'rename it to "{slugify(source.slug) or "a-name"}.md"')]
    is_home = source.kind is Kind.PAGE and source.slug == "index"
    reserved = RESERVED | RESERVED_PAGES if source.kind is Kind.PAGE else RESERVED
    if source.slug.casefold() in reserved and not is_home:
        text = f'the site itself uses the address that "{source.slug}.md" would take'
        return [diagnostic("slug-reserved", place, text, "give the file another name")]
    return []
