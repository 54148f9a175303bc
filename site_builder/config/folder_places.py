"""Where the site and the cache may be: apart from each other, and from what they are made of."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from site_builder.diagnostics import Diagnostic, Location, diagnostic


def real_path(path: Path) -> Path:
    """The path without symbolic links. Unlike `Path.resolve` before Python 3.13, it takes a link to itself as it is."""
    return Path(os.path.realpath(path))


def site_overlaps(site_dir: Path, sources: Iterable[Path], root: Path, place: Location) -> Iterator[Diagnostic]:
    """Report a site folder that contains the sources, or lies among them."""
    for source in (root, *sources):
        if source.is_relative_to(site_dir) or (source != root and site_dir.is_relative_to(source)):
            what = "the folder of your settings" if source == root else f'"{os.path.relpath(source, root)}/"'
            text = f'the site cannot be written to "{site_dir}": {what} would be overwritten or read back'
            yield diagnostic("settings", place, text, "choose a separate folder, such as site/")
            return


def site_is_no_folder(site_dir: Path, root: Path, place: Location) -> Iterator[Diagnostic]:
    """Report a site folder that is a file, a broken link or the like, or would be in one."""
    there = next(path for path in (site_dir, *site_dir.parents) if os.path.lexists(path))
    if not there.is_dir():
        text = f'the site cannot be written to "{os.path.relpath(site_dir, root)}": "{there.name}" is not a folder'
        yield diagnostic("settings", place, text, "choose a separate folder, such as site/")


def cache_overlaps(
    cache_dir: Path, site_dir: Path, sources: Iterable[Path], root: Path, place: Location
) -> Iterator[Diagnostic]:
    """Report a cache that would be published with the site, or lies in or around what the site is made from.

    It holds the text of every draft, and is deleted without a thought.
    """
    try:
        cache = real_path(cache_dir)
    except ValueError as error:  # a null character
        text = f"the cache cannot be there: {error}"
        yield diagnostic("settings", place, text, "choose another folder, such as .cache/site_builder")
        return
    if _is_in(real_path(root), cache):
        text = "the cache cannot be the folder of your settings, or one around it"
    elif around := next((folder for folder in (site_dir, *sources) if _is_in(cache, folder)), None):
        text = f'the cache cannot be in "{os.path.relpath(around, root)}/": it holds drafts, which would be published'
    elif inside := next((folder for folder in (site_dir, *sources) if _is_in(folder, cache)), None):
        text = f'the cache cannot contain "{os.path.relpath(inside, root)}/": a cache may be deleted at any time'
    else:
        return
    yield diagnostic("settings", place, text, "choose a separate folder, such as .cache/site_builder")


def _is_in(path: Path, folder: Path) -> bool:
    """Whether a path is a folder, or below it, on disks too that take `Site` and `site` for the same."""
    return Path(str(path).casefold()).is_relative_to(str(folder).casefold())
