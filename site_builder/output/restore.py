"""The files of a whole site, listed under the inputs that it was made from, so that it is copied and not made again.

A finished build leaves this list in the cache. While the inputs are the same, the next one needs no plan, no link and
no view: it takes the bytes of every file that is not in place from the cache, whichever folder the site is in. Where a
single one is missing there, the site is made in the usual way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from site_builder.cache import Cache, CacheDamage, open_cache
from site_builder.config import SiteConfig
from site_builder.content.listing.discover import Discovered
from site_builder.corpus.embargoes import Embargoes
from site_builder.diagnostics import Diagnostic
from site_builder.disk.faults import write_file
from site_builder.links.target import asset_address
from site_builder.output.fingerprint import Fingerprint, digest
from site_builder.output.manifest import Written
from site_builder.output.rendered_pages import known_pages, page_key
from site_builder.output.site_list import is_below
from site_builder.output.stale import why_not_in_place
from site_builder.output.write import Staged, Staging
from site_builder.pages.site_files import static_routes, theme_asset_routes
from site_builder.parallel import chunked, map_chunks
from site_builder.pipeline import Site
from site_builder.render.copy_file import Copy, SvgPicture
from site_builder.urls import OutputPath, output_path

CHUNK: Final = 128
"""Files in one unit of work."""
WORTH_THREADS: Final = 400
"""Files from which threads save more than they cost: each opens the cache for itself."""


class _StoredList(msgspec.Struct, array_like=True, frozen=True):
    """Most pages share their first three digests, so these are written once."""

    shared: tuple[tuple[str, str, str], ...]
    """Program, template and site of fingerprints."""
    files: tuple[tuple[str, int, bytes], ...]
    """Path, number of the shared digests, and the fourth digest."""
    diagnostics: tuple[Diagnostic, ...]
    embargoes: Embargoes
    named_inputs: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class SiteListing:
    """What a finished build has made and found."""

    files: Mapping[OutputPath, Fingerprint]
    diagnostics: tuple[Diagnostic, ...]
    """To be reported again."""
    embargoes: Embargoes
    """What it held back."""
    named_inputs: tuple[bytes, ...]
    """Keys of all that Markdown extensions read for it."""


def save_listing(cache: Cache, inputs: str, listing: SiteListing) -> None:
    """Keep the list of a finished build, and no older one: what those name may have been removed since."""
    if not cache.is_on_disk:
        return
    numbers: dict[tuple[str, str, str], int] = {}
    files = tuple(
        (path, numbers.setdefault(fingerprint[:3], len(numbers)), bytes.fromhex(fingerprint.data))
        for path, fingerprint in listing.files.items()
    )
    stored = msgspec.msgpack.encode(
        _StoredList(tuple(numbers), files, listing.diagnostics, listing.embargoes, listing.named_inputs)
    )
    key = bytes.fromhex(inputs)
    cache.put("listing", {key: stored})
    cache.keep_only("listing", frozenset({key}))


def load_listing(cache: Cache, inputs: str) -> SiteListing | None:
    """The list of the build that was made from these inputs; None where there is none."""
    key = bytes.fromhex(inputs)
    stored = cache.get("listing", [key]).get(key)
    if stored is None:
        return None
    try:
        read = msgspec.msgpack.decode(stored, type=_StoredList)
        files = {OutputPath(path): Fingerprint(*read.shared[number], data.hex()) for path, number, data in read.files}
    except (msgspec.MsgspecError, IndexError):
        files = {}
    if not files or not all(map(is_below, files)):
        cache.reject("listing", key)
        return None
    return SiteListing(files, read.diagnostics, read.embargoes, read.named_inputs)


_Task = tuple[OutputPath, Fingerprint, Copy | SvgPicture | None, str]
"""A file, its fingerprint, what it is a copy of, and its place in the staging folder."""


@dataclass(frozen=True, slots=True)
class _Restored:
    """Files that were taken from the cache; None where one of them is not there."""

    files: Sequence[Staged] | None
    damage: CacheDamage = field(default_factory=CacheDamage)


def restore(
    site: Site,
    discovered: Discovered,
    listing: SiteListing,
    known: Mapping[OutputPath, Written],
    folder: Path,
    progress: Callable[[int], None] = lambda _n: None,
) -> Staging | None:
    """Put all files of a site that are not in place into the staging folder; None where the cache lacks one.

    It is done on this machine, where the cache is, and in threads: what unpacks, hashes and writes lets others work
    meanwhile, and processes would take longer to start.
    """
    config, cache = site.config, site.cache
    site_dir = str(config.site_dir)
    wanted = [
        (path, fingerprint, reason)
        for path, fingerprint in listing.files.items()
        if (reason := why_not_in_place(path, fingerprint, known.get(path), site_dir))
    ]
    copied = dict(_copied(config, discovered)) if any(fingerprint.is_of_file for _, fingerprint, _ in wanted) else {}
    tasks: list[_Task] = []
    for number, (path, fingerprint, _) in enumerate(wanted):
        source = _source(copied.get(path), fingerprint) if fingerprint.is_of_file else None
        if source is None and fingerprint.is_of_file:
            return None
        tasks.append((path, fingerprint, source, str(folder / f"kept-{number}")))
    staged: list[Staged] = []
    work: Callable[[Sequence[_Task]], _Restored] = partial(_restore_here, config.root, cache)
    with ExitStack() as opened:
        executor = None
        if config.jobs > 1 and len(tasks) >= WORTH_THREADS:
            executor = opened.enter_context(ThreadPoolExecutor(config.jobs))
            work = partial(_restore_in_thread, config.root, config.cache_dir)
        for done in map_chunks(work, chunked(tasks, CHUNK), executor):
            cache.damage.add(done.damage)
            if done.files is None:
                return None
            staged += done.files
            progress(len(done.files))
    return Staging(tuple(staged), tuple((path, reason) for path, _, reason in wanted), ())


def _copied(config: SiteConfig, discovered: Discovered) -> Iterator[tuple[OutputPath, str]]:
    """Every file that may be copied into the site: its path there, and where it is."""
    for route in (*theme_asset_routes(config), *static_routes(config, discovered)):
        yield route.path, route.format.name
    for path in discovered.assets:
        yield output_path(asset_address(path, config.content)), path


def _source(name: str | None, fingerprint: Fingerprint) -> Copy | SvgPicture | None:
    if name is None:
        return None
    return SvgPicture(name) if fingerprint.program else Copy(name)


def _restore_in_thread(root: Path, cache_dir: Path | None, tasks: Sequence[_Task]) -> _Restored:
    """The unit of work of another thread, which opens the cache for itself."""
    with open_cache(cache_dir) as cache:
        return _Restored(_restore_here(root, cache, tasks).files, cache.damage)


def _restore_here(root: Path, cache: Cache, tasks: Sequence[_Task]) -> _Restored:
    keys = {path: page_key(path, fingerprint) for path, fingerprint, source, _ in tasks if source is None}
    pages = known_pages(cache, keys.values())
    files = []
    for path, fingerprint, source, file in tasks:
        data = pages.get(keys[path]) if source is None else _copy(root, source, fingerprint)
        if data is None:
            return _Restored(None)
        write_file(file, data)
        files.append(Staged(path, fingerprint, file, blake2b(data, digest_size=16).hexdigest(), len(data)))
    return _Restored(files)


def _copy(root: Path, source: Copy | SvgPicture, fingerprint: Fingerprint) -> bytes | None:
    """What is copied from a file; None where the file is gone, or has just been changed."""
    try:
        data = source.read(root)
    except OSError:
        return None
    return source.published(data) if digest(data) == fingerprint.data else None
