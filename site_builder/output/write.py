"""Stale pages to files: the only module that writes into the site folder.

Everything is first rendered into a staging folder beside the site. Only when all of it has succeeded is it moved into
place, file by file, each in one step. So a failing template leaves the site as it was, and a build that is killed
leaves whole files, which the next build finds in the manifest and repairs.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from site_builder import parallel
from site_builder.cache import Cache, CacheDamage, open_cache
from site_builder.config import MarkdownOptions
from site_builder.content.kept_bodies import KeptBodies
from site_builder.content.load import read_body_again
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.disk.faults import write_file
from site_builder.disk.file_states import FileStates, are_as_before
from site_builder.output.fingerprint import Fingerprint
from site_builder.output.manifest import PENDING, Written, save_manifest
from site_builder.output.rendered_pages import (
    is_kept,
    is_of_this_text,
    keep_pages,
    known_pages,
    page_key,
)
from site_builder.output.site_list import LIST_NAME, is_inside, save_site_list
from site_builder.output.stale import Stale, in_batches
from site_builder.pages.route import Page
from site_builder.parallel import chunked, map_chunks
from site_builder.pipeline import Site
from site_builder.render.format import BodySource, BodyView, RenderContext, RenderError, bodies_in
from site_builder.urls import OutputPath, SourcePath, folders_above, folders_of

CHUNK: Final = 64
"""Pages in one unit of work of a process on this machine."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A rendered page, waiting beside the site."""

    path: OutputPath
    fingerprint: Fingerprint
    file: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Staging:
    """What was rendered beside the site."""

    staged: tuple[Staged, ...]
    reasons: tuple[tuple[OutputPath, str], ...]
    """Path of each page that was stale, and why."""
    diagnostics: tuple[Diagnostic, ...]


def stage(
    site: Site,
    stale: Iterable[Stale],
    folder: Path,
    templates: FileStates | None = None,
    progress: Callable[[int], None] = lambda _n: None,
) -> Staging:
    """Render pages into the staging folder, in processes if there are many. May report template-error.

    `templates`: states of the templates from before they were first read; None where no page is to be kept in the
    cache.
    """
    waiting = iter(stale)
    first = list(islice(waiting, parallel.WORTH_PROCESSES))
    reasons: list[tuple[OutputPath, str]] = []
    staged: list[Staged] = []
    findings: list[Diagnostic] = []
    with site.executors() as executors:
        executor = executors.for_items(len(first))
        unseen: dict[OutputPath, Stale] = {}
        cache = None if executors.is_remote else site.cache
        batches = _batches(chain(first, waiting), executors.batch(CHUNK), folder, cache, reasons, unseen)
        here = partial(_stage_here, site.render_context, site.bodies, _Kept(site.cache, templates))
        work: Callable[[_Batch], _StagedBatch] = here
        if executors.is_remote and executor is not None:  # which cannot open the cache
            work = partial(_stage_elsewhere, site.render_context, site.config.markdown)
            batches = _with_bodies(batches, site.bodies)
        elif executor is not None:
            work = partial(
                _stage_in_worker, site.render_context, site.config.markdown, templates, site.config.cache_dir
            )
        missing: list[Stale] = []
        for results in chain(map_chunks(work, batches, executor), _once_more(missing, here, folder)):
            for result in results.pages:
                if isinstance(result, Diagnostic):
                    findings.append(result)
                elif isinstance(result, Staged):
                    staged.append(result)
                else:
                    missing.append(unseen[result])
            site.cache.damage.add(results.damage)
            progress(len(results.pages))
        executors.close()  # this was the last work; MkDocs renders its own pages before they are moved into place
    return Staging(tuple(staged), tuple(reasons), tuple(_once_per_fault(findings)))


_Unit = tuple[OutputPath, Fingerprint, Page[Any] | None]
"""A page to be made, without its view where the cache has its bytes."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Pages that are made together: in a folder that gets its name when all of them are in it."""

    folder: Path
    """Where they are when they are done; each is named by its place in the batch."""
    pages: tuple["_Unit", ...]
    bodies: Mapping[str, str] = field(default_factory=dict)
    """Digest -> HTML of each body, for processes that cannot open the cache."""


@dataclass(frozen=True, slots=True)
class _StagedBatch:
    """Rendered pages, or what prevented one."""

    pages: Sequence[Staged | Diagnostic | OutputPath]
    """Of a page whose bytes were to be taken from the cache, and are not there after all, its path."""
    damage: CacheDamage = field(default_factory=CacheDamage)
    """What another process found unusable in the cache."""


def _batches(
    stale: Iterable[Stale],
    size: int,
    folder: Path,
    cache: Cache | None,
    reasons: list[tuple[OutputPath, str]],
    unseen: dict[OutputPath, Stale],
) -> Iterator[_Batch]:
    """Compose what is not composed yet, but for pages that the cache has: those are added to `unseen`."""
    for number, chunk in enumerate(in_batches(stale, size)):
        reasons += [(one.path, one.reason) for one in chunk]
        keys = {one.path: page_key(one.path, one.fingerprint) for one in chunk if one.page is None}
        known = cache.has("rendered", list(keys.values())) if cache and keys else frozenset()
        found = {one.path: one for one in chunk if keys.get(one.path) in known}
        unseen |= found
        yield _Batch(
            folder / str(number),
            tuple((one.path, one.fingerprint, None if one.path in found else one.composed()) for one in chunk),
        )


def _once_more(missing: list[Stale], work: Callable[[_Batch], _StagedBatch], folder: Path) -> Iterator[_StagedBatch]:
    """Compose and render pages that the cache turned out not to have, once all others are done."""
    for number, chunk in enumerate(chunked(tuple(missing), CHUNK)):
        units = tuple((one.path, one.fingerprint, one.composed()) for one in chunk)
        yield work(_Batch(folder / f"missing-{number}", units))


def _with_bodies(batches: Iterable[_Batch], kept: BodySource) -> Iterator[_Batch]:
    """The same batches with the bodies that their pages show. What cannot be read is left to the renderer to report."""
    for batch in batches:
        bodies: dict[str, str] = {}
        for body in chain.from_iterable(bodies_in(page.view) for _, _, page in batch.pages if page):
            if body.digest not in bodies:
                with suppress(OSError):
                    bodies[body.digest] = kept(body)
        yield replace(batch, bodies=bodies)


def _once_per_fault(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """One finding for each fault of a template or a file, however many pages it affects."""
    groups: dict[tuple[Location, str, str], list[Diagnostic]] = {}
    for one in found:
        groups.setdefault((one.location, one.code, one.text.partition(": ")[2]), []).append(one)
    reported = []
    for (_, code, why), group in groups.items():
        first, others = group[0], len(group) - 1
        more = f", and on {others} more page{'s' if others > 1 else ''}: {why}"
        names_page = code == "template-error"
        reported.append(replace(first, text=first.text.partition(": ")[0] + more) if others and names_page else first)
    return reported


@dataclass(frozen=True, slots=True)
class _Kept:
    """The cache of rendered pages."""

    cache: Cache
    templates: FileStates | None
    """As `stage` takes them."""


def _stage_in_worker(
    context: RenderContext,
    options: MarkdownOptions,
    templates: FileStates | None,
    cache_dir: Path | None,
    batch: _Batch,
) -> _StagedBatch:
    """The unit of work of another process, which opens the cache for itself."""
    with open_cache(cache_dir) as cache:
        done = _stage_here(context, KeptBodies(context.root, options, cache), _Kept(cache, templates), batch)
        return replace(done, damage=cache.damage)


def _stage_elsewhere(context: RenderContext, options: MarkdownOptions, batch: _Batch) -> _StagedBatch:
    """The unit of work of a process on another machine, which finds all bodies in the batch and has no cache."""

    def body_html(body: BodyView) -> str:
        if body.digest in batch.bodies:
            return batch.bodies[body.digest]
        return read_body_again(context.root, SourcePath(body.path), options)[1]

    return _stage_here(context, body_html, None, batch)


def _stage_here(context: RenderContext, bodies: BodySource, kept: _Kept | None, batch: _Batch) -> _StagedBatch:
    """Render the pages of a batch into a folder of its own, and give it its name once it is complete.

    Pages that the cache has are taken from there; others are kept there unless something changed meanwhile. Doing a
    batch a second time, because nobody knows what became of the first, changes nothing.
    """
    made = tempfile.mkdtemp(prefix=f"{batch.folder.name}-", dir=batch.folder.parent)
    units = [(path, mark) for path, mark, page in batch.pages if page is None or is_kept(page)] if kept else []
    keys = {path: page_key(path, mark) for path, mark in units}
    known = known_pages(kept.cache, keys.values()) if kept else {}
    keeper = bodies if isinstance(bodies, KeptBodies) and kept and kept.templates else None
    fresh: dict[bytes, tuple[OutputPath, bytes]] = {}
    done: list[Staged | Diagnostic | OutputPath] = []
    for number, (path, fingerprint, page) in enumerate(batch.pages):
        key = keys.get(path, b"")
        data: bytes | Diagnostic | None = known.get(key)
        if data is None:
            if page is None:
                done.append(path)
                continue
            data = _rendered(context, bodies, page)
            if isinstance(data, bytes) and keeper and key and is_of_this_text(page, context.root, keeper):
                fresh[key] = (path, data)
        if isinstance(data, Diagnostic):
            done.append(data)
            continue
        write_file(f"{made}/{number}", data)
        digest = blake2b(data, digest_size=16).hexdigest()
        done.append(Staged(path, fingerprint, f"{batch.folder}/{number}", digest, len(data)))
    if kept and kept.templates and keeper and fresh and not keeper.has_other and are_as_before(kept.templates):
        keep_pages(kept.cache, fresh)
    try:
        Path(made).rename(batch.folder)
    except OSError:
        if not batch.folder.is_dir():
            raise
        shutil.rmtree(made, ignore_errors=True)  # the same pages are there already
    return _StagedBatch(done)


def _rendered(context: RenderContext, bodies: BodySource, page: Page[Any]) -> bytes | Diagnostic:
    """The bytes of a page, or what prevents them."""
    try:
        return page.render(context, bodies)
    except RenderError as error:
        return error.diagnostic
    except OSError as error:
        place = Location(page.sources[0] if page.sources else SourcePath(page.format.name))
        return diagnostic("file-unreadable", place, f"the file could not be read: {error.strerror or error}")


def find_obstacles(
    site_dir: Path, staged: Sequence[Staged], known: Mapping[OutputPath, Written], settings: SourcePath
) -> Iterator[Diagnostic]:
    """Report output-blocked for every foreign file or folder that is in the place of a page."""
    if (site_dir / LIST_NAME).is_dir():
        text = f'"{LIST_NAME}" in the site folder is in the way of the list of its files'
        yield diagnostic("output-blocked", Location(settings), text, f"move {site_dir / LIST_NAME} away")
    ours = {folder for path in known for folder in folders_above(path)}
    seen: set[str] = set()
    for one in staged:
        for path in (one.path, *folders_above(one.path)):
            if path in seen:
                continue
            seen.add(path)
            if problem := _in_the_way(site_dir, path, one.path, known, ours):
                text = f'"{path}" in the site folder {problem} in the way of "{one.path}"'
                there = site_dir / path
                yield diagnostic("output-blocked", Location(settings), text, f"move {there} away")


def _in_the_way(
    site_dir: Path, path: str, wanted: OutputPath, known: Mapping[OutputPath, Written], ours: AbstractSet[str]
) -> str:
    """What is wrong with a file or folder on the way to a wanted file; "" for nothing."""
    try:
        mode = os.lstat(f"{site_dir}/{path}").st_mode
    except OSError:  # nothing is there
        return ""
    there = site_dir / path
    if path == wanted:
        return "is" if stat.S_ISDIR(mode) and path not in ours else ""
    if stat.S_ISLNK(mode) and not is_inside(site_dir, f"{path}/x"):
        return "is a symbolic link that leads out of it,"
    return "is" if path not in known and there.is_file() else ""


@dataclass(frozen=True, slots=True)
class Commit:
    """What a build did to the site folder."""

    written: int
    removed: int
    unchanged: int
    """Files that were made again with the same bytes."""
    outputs: dict[OutputPath, Written]
    """The files that are there now."""
    fault: OSError | None
    """What kept the manifest from being written."""


def commit(
    site_dir: Path,
    staged: Sequence[Staged],
    gone: Sequence[OutputPath],
    known: dict[OutputPath, Written],
    manifest: Path,
) -> Commit:
    """Move staged files into place, remove what is no longer made, and remember both."""
    if not staged and not gone:
        save_site_list(site_dir, known)  # it may have been damaged
        return Commit(0, 0, 0, known, None)
    # If we are killed on the way, the next build knows which files may be there.
    if further := {s.path: PENDING for s in staged if s.path not in known}:
        save_site_list(site_dir, known | further, is_longer=True)
        save_manifest(manifest, known | further)
    _make_folders(site_dir, staged)
    outputs = dict(known)
    for path in gone:
        del outputs[path]
    removed = sum(_remove(site_dir, path) for path in gone)
    written = unchanged = 0
    base = str(site_dir)
    there: set[str] = set()  # an empty folder may have gone with what was removed
    for one in staged:
        target = f"{base}/{one.path}"
        before = known.get(one.path)
        if before is not None and before.digest == one.digest and before.is_intact(base, one.path):
            unchanged += 1
        else:
            folder = target.rpartition("/")[0]
            if folder not in there:
                Path(folder).mkdir(parents=True, exist_ok=True)
                there.add(folder)
            os.replace(one.file, target)  # noqa: PTH105 (a Path for each of 100,000 files takes longer)
            written += 1
        mtime_ns = os.stat(target).st_mtime_ns  # noqa: PTH116 (as above)
        outputs[one.path] = Written(one.fingerprint, one.digest, one.size, mtime_ns)
    fault = save_manifest(manifest, outputs)
    save_site_list(site_dir, outputs)
    return Commit(written, removed, unchanged, outputs, fault)


def _make_folders(site_dir: Path, staged: Sequence[Staged]) -> None:
    """Make what needs room on the disk before anything goes or is replaced: afterwards files only change places."""
    site_dir.mkdir(parents=True, exist_ok=True)
    for folder in sorted(folders_of(one.path for one in staged)):  # those above come first
        with suppress(FileExistsError, FileNotFoundError, NotADirectoryError):
            os.mkdir(f"{site_dir}/{folder}")  # noqa: PTH102 (it is there, or a file of ours, which is going to be removed)


def _remove(site_dir: Path, path: OutputPath) -> bool:
    """Remove a file of ours, even if it was changed since (it may be a draft now), and folders left empty."""
    file = site_dir / path
    is_there = False
    if not is_inside(site_dir, path):
        return is_there
    with suppress(OSError):  # it is gone already, or no disk takes its name
        file.unlink()
        is_there = True
    for folder in file.parents[: path.count("/")]:  # also where a killed build removed only the file
        with suppress(OSError):  # it is not empty
            folder.rmdir()
    return is_there
