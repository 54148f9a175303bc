"""The files of two built sites that differ, with their sizes, without building either.

Files with equal fingerprints are equal. Of the others, both are rendered, or taken from the cache of the last build,
and compared byte by byte: so what is listed here is exactly what a comparison of the two built folders finds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Final

import msgspec

from site_builder.cache import Cache
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.editions.edition import Edition
from site_builder.editions.side import Side
from site_builder.output.rendered_pages import keep_pages, known_pages, page_key
from site_builder.pages.route import AnyRoute
from site_builder.render.format import RenderError
from site_builder.urls import OutputPath

MOST_RENDERED: Final = 4_000
"""Files that are compared byte by byte. Where more have other fingerprints, as with another menu on a large site, all
of these count as changed; rendering 4,000 on both sides takes half a minute."""


class ChangedFile(msgspec.Struct, frozen=True, array_like=True):
    """A file that is not the same in both sites."""

    path: OutputPath
    before: int | None
    """Bytes; None where it is not there, or not known."""
    after: int | None


class FileDiff(msgspec.Struct, frozen=True):
    """The files of two sites, compared."""

    added: tuple[ChangedFile, ...] = ()
    removed: tuple[ChangedFile, ...] = ()
    changed: tuple[ChangedFile, ...] = ()
    is_exact: bool = True
    """Whether the changed ones were compared byte by byte; else their sizes are not known, and some may be equal."""
    faults_before: tuple[Diagnostic, ...] = ()
    """Why files of the base cannot be made: templates that fail on a page. The first for each template."""
    faults_after: tuple[Diagnostic, ...] = ()
    """The same of the head."""

    @property
    def all(self) -> tuple[ChangedFile, ...]:
        """All of them, by path."""
        return tuple(sorted((*self.added, *self.removed, *self.changed), key=lambda one: one.path))


def compare_files(base: Side, head: Side, cache: Cache) -> FileDiff:
    """The files that differ. Asks for the pages themselves only where this was not compared before."""
    before, after = base.edition, head.edition
    added = sorted(after.files.keys() - before.files.keys())
    removed = sorted(before.files.keys() - after.files.keys())
    other = sorted(path for path in before.files.keys() & after.files.keys() if _differ(before, after, path))
    key = _key(before, after, (*added, *removed, *other))
    if known := _load(cache, key):
        return known
    if len(added) + len(removed) + 2 * len(other) > 2 * MOST_RENDERED:
        unknown = tuple(ChangedFile(path, None, None) for path in other)
        new, gone = (tuple(ChangedFile(path, None, None) for path in paths) for paths in (added, removed))
        return FileDiff(new, gone, unknown, is_exact=False)
    # One side after the other: the templates of one are compiled for each change of sides.
    faults: tuple[dict[str, Diagnostic], dict[str, Diagnostic]] = {}, {}
    was = dict(_made(base, cache, (*removed, *other), faults[0]))
    now = dict(_made(head, cache, (*added, *other), faults[1]))
    found = FileDiff(
        tuple(ChangedFile(path, None, now[path].size) for path in added),
        tuple(ChangedFile(path, was[path].size, None) for path in removed),
        tuple(ChangedFile(path, was[path].size, now[path].size) for path in other if was[path] != now[path]),
        faults_before=tuple(faults[0].values()),
        faults_after=tuple(faults[1].values()),
    )
    if cache.is_on_disk:
        cache.put("editions", {key: msgspec.msgpack.encode(found)})
    return found


def _differ(before: Edition, after: Edition, path: OutputPath) -> bool:
    one, other = before.files[path], after.files[path]
    return one[1] != other[1] or before.made_from[one[0]] != after.made_from[other[0]]


class _Made(msgspec.Struct, frozen=True):
    """What a file turned out to be; None where it could not be made."""

    size: int | None
    digest: bytes | None


def _made(
    side: Side, cache: Cache, paths: Sequence[OutputPath], faults: dict[str, Diagnostic]
) -> Iterator[tuple[OutputPath, _Made]]:
    """Each file of a side, from the cache or rendered. What fails is added to `faults`, by the file at fault."""
    fingerprints = {path: side.edition.fingerprint(path) for path in paths}
    keys = {path: page_key(path, one) for path, one in fingerprints.items() if not one.is_of_file}
    pages = known_pages(cache, keys.values())
    routes: Mapping[OutputPath, AnyRoute] = {}
    rendered: dict[bytes, tuple[OutputPath, bytes]] = {}
    for path in paths:
        data = pages.get(keys.get(path, b""))
        if data is None:
            routes = routes or {route.path: route for route in side.site.routes.all().values()}
            data = _rendered(side, routes[path], faults)
            if data is not None and path in keys:
                rendered[keys[path]] = (path, data)
        yield path, _Made(None, None) if data is None else _Made(len(data), blake2b(data, digest_size=16).digest())
    if side.is_fixed:  # the next comparison with it does without its files
        keep_pages(cache, rendered)


def _rendered(side: Side, route: AnyRoute, faults: dict[str, Diagnostic]) -> bytes | None:
    try:
        return side.site.render(route.url)
    except RenderError as error:
        found = error.diagnostic
    except OSError as error:
        path = route.sources[0] if route.sources else side.config.file
        found = diagnostic("file-unreadable", Location(path), f"the file could not be read: {error.strerror or error}")
    faults.setdefault(found.location.path, found)
    return None


def _key(before: Edition, after: Edition, paths: Iterable[OutputPath]) -> bytes:
    """Digest of the fingerprints of files on both sides."""
    digest = blake2b(b"files", digest_size=16)
    for path in paths:
        for edition in (before, after):
            made = edition.fingerprint(path) if path in edition.files else ()
            digest.update("\0".join((path, *made, "\n")).encode())
    return digest.digest()


def _load(cache: Cache, key: bytes) -> FileDiff | None:
    stored = cache.get("editions", [key]).get(key)
    try:
        return msgspec.msgpack.decode(stored, type=FileDiff) if stored else None
    except ValueError:
        cache.reject("editions", key)
        return None
