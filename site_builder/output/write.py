"""Stale pages to files: the only module that writes into the site folder.

Everything is rendered into a folder beside the site first. Only when all of it has succeeded is it moved into place,
file by file, each in one step; so a failing template leaves the site as it was, and a build that is killed leaves files
that are whole, which the next build, told by the manifest, repairs.
"""

import glob
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.output.manifest import PENDING, Written, save_manifest
from site_builder.output.stale import Stale
from site_builder.pages.route import Page
from site_builder.parallel import chunked, make_executor, map_chunks
from site_builder.pipeline import Fingerprint, Site
from site_builder.render.format import BodyView, RenderContext, RenderError
from site_builder.urls import OutputPath, SourcePath

CHUNK: Final = 64
"""Pages in one unit of work."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A page to be made, with the HTML of the bodies it shows: all that a process needs."""

    stale: Stale
    file: str
    """Where in the staging folder."""
    bodies: dict[str, str]


@dataclass(frozen=True, slots=True)
class Staged:
    """A page that was made and waits beside the site."""

    path: OutputPath
    fingerprint: Fingerprint
    file: Path
    digest: str
    size: int


@contextmanager
def staging_folder(site_dir: Path) -> Iterator[Path]:
    """A folder on the same disk as the site, gone at the end; those of builds that were killed go too."""
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{site_dir.name}-staging-"
    # Exactly what mkdtemp appends: `site` must not take away what `site-staging` is making at the same time.
    for old in _staging_home(site_dir).glob(f"{glob.escape(prefix)}????????"):
        shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=_staging_home(site_dir)))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _staging_home(site_dir: Path) -> Path:
    """Beside the site; inside it where it is a disk of its own (a volume), or we may not write beside it."""
    inside = os.path.ismount(site_dir) or (site_dir.is_dir() and not os.access(site_dir.parent, os.W_OK))
    return site_dir if inside else site_dir.parent


def stage(
    site: Site, stale: Sequence[Stale], folder: Path, progress: Callable[[int], None] = lambda _n: None
) -> tuple[list[Staged], list[Diagnostic]]:
    """Render pages into the staging folder, in processes if there are many. May report template-error."""
    staged: list[Staged] = []
    found: list[Diagnostic] = []
    executor = make_executor(site.config.jobs, len(stale))
    try:
        for results in map_chunks(partial(_stage_chunk, site.context), _tasks(site, stale, folder), executor):
            for result in results:
                if isinstance(result, Diagnostic):
                    found.append(result)
                else:
                    staged.append(result)
            progress(len(results))
    finally:
        if executor is not None:
            executor.shutdown(cancel_futures=True)
    return staged, _told_once(found)


def _told_once(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """One finding for each fault of a template, though it shows on every page that the template makes."""
    groups: dict[tuple[Location, str, str], list[Diagnostic]] = {}
    for one in found:
        groups.setdefault((one.location, one.code, one.text.partition(": ")[2]), []).append(one)
    told = []
    for (_, _, why), group in groups.items():
        first, others = group[0], len(group) - 1
        more = f", and on {others} more page{'s' if others > 1 else ''}: {why}"
        told.append(replace(first, text=first.text.partition(": ")[0] + more) if others else first)
    return told


def _tasks(site: Site, stale: Sequence[Stale], folder: Path) -> Iterator[list[_Task]]:
    number = 0
    for chunk in chunked(stale, CHUNK):
        shown = [_bodies_of(s.page) for s in chunk]
        known = site.bodies([body for bodies in shown for body in bodies])
        tasks = []
        for one, bodies in zip(chunk, shown, strict=True):
            number += 1
            tasks.append(_Task(one, str(folder / str(number)), {b.digest: known[b.digest] for b in bodies}))
        yield tasks


def _bodies_of(page: Page[Any]) -> list[BodyView]:
    body = getattr(page.view, "body", None)
    tools = getattr(page.view, "tools", ())
    return [b for b in (body, *(t.body for t in tools)) if b is not None]


def _stage_chunk(context: RenderContext, tasks: Sequence[_Task]) -> list[Staged | Diagnostic]:
    return [_stage(context, task) for task in tasks]


def _stage(context: RenderContext, task: _Task) -> Staged | Diagnostic:
    page = task.stale.page
    try:
        data = page.render(context, lambda body: task.bodies[body.digest])
    except RenderError as error:
        return error.diagnostic
    except OSError as error:
        place = Location(page.sources[0])
        return diagnostic("file-unreadable", place, f"the file could not be copied: {error.strerror or error}")
    Path(task.file).write_bytes(data)
    digest = blake2b(data, digest_size=16).hexdigest()
    return Staged(page.path, task.stale.fingerprint, Path(task.file), digest, len(data))


def find_obstacles(
    site_dir: Path, staged: Sequence[Staged], known: Mapping[OutputPath, Written], settings: SourcePath
) -> Iterator[Diagnostic]:
    """Report output-blocked for every file or folder of somebody else's that stands where a page must be written."""
    ours = {folder for path in known for folder in _folders(path)}
    seen: set[str] = set()
    for one in staged:
        for path in (one.path, *_folders(one.path)):
            if path in seen or path in known:
                continue
            seen.add(path)
            there = site_dir / path
            is_blocked = (there.is_dir() and path not in ours) if path == one.path else there.is_file()
            if is_blocked:
                text = f'"{path}" in the site folder stands in the way of "{one.path}"'
                yield diagnostic("output-blocked", Location(settings), text, f"move {there} away")


def _folders(path: str) -> Iterator[str]:
    """`a/b/index.html` -> `a/b`, `a`"""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


@dataclass(frozen=True, slots=True)
class Commit:
    """What a build did to the site folder."""

    written: int
    removed: int
    unchanged: int
    """Files that were made again and came out the same."""


def commit(
    site_dir: Path,
    staged: Sequence[Staged],
    gone: Sequence[OutputPath],
    known: dict[OutputPath, Written],
    manifest: Path,
) -> Commit:
    """Move staged files into place, remove what is no longer made, and remember both."""
    # Should we be killed on the way, the next build knows what may lie about.
    save_manifest(manifest, known | {s.path: PENDING for s in staged if s.path not in known})
    outputs = dict(known)
    for path in gone:
        del outputs[path]
    removed = sum(_remove(site_dir, path) for path in gone)
    written = unchanged = 0
    for one in staged:
        target = site_dir / one.path
        before = known.get(one.path)
        if before is not None and before.digest == one.digest and before.is_intact(site_dir, one.path):
            unchanged += 1
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            one.file.replace(target)
            written += 1
        outputs[one.path] = Written(one.fingerprint, one.digest, one.size, target.stat().st_mtime_ns)
    save_manifest(manifest, outputs)
    return Commit(written, removed, unchanged)


def _remove(site_dir: Path, path: OutputPath) -> bool:
    """Remove a file of ours, changed since or not (it may be a draft by now), and the folders that it leaves empty."""
    file = site_dir / path
    is_there = False
    with suppress(OSError):  # it is gone already, or a name that no disk takes
        file.unlink()
        is_there = True
    for folder in file.parents[: path.count("/")]:  # also if a build that was killed came no further than the file
        with suppress(OSError):  # it is not empty
            folder.rmdir()
    return is_there
