"""Which pages must be written again, and why. Pure, except that it looks whether files are as they were written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeAlias

from site_builder.output.fingerprint import Fingerprint
from site_builder.output.manifest import Written
from site_builder.pages.route import AnyRoute, Page
from site_builder.parallel import chunked
from site_builder.render.graphml import GraphML
from site_builder.urls import OutputPath


@dataclass(frozen=True, slots=True)
class Stale:
    """A page to be made, with the reason in words."""

    route: AnyRoute
    page: Page[Any] | None
    """None where its view was not composed to learn that it is stale."""
    fingerprint: Fingerprint
    reason: str

    @property
    def path(self) -> OutputPath:
        """The file below the site folder."""
        return self.route.path

    def composed(self) -> Page[Any]:
        """The page, whose view is composed now if it is not yet."""
        return self.page or self.route.page()


_NOT_INTACT: Final = "the file was changed or removed since it was written"

Explain: TypeAlias = Callable[[AnyRoute, Fingerprint, Fingerprint, str], str]
"""Gives a reason in full: for a route with its fingerprints, now and before, and the reason in short."""


def in_batches(stale: Iterable[Stale], size: int) -> Iterator[Sequence[Stale]]:
    """Pages that are made together, in their order: at most `size`, and a part of the graph by itself.

    Such a part is 20 MB, and as much again for its view: sixteen in one batch took a process 0.9 GB.
    """
    for is_large, pages in groupby(stale, key=lambda one: isinstance(one.route.format, GraphML)):
        yield from chunked(pages, 1 if is_large else size)


def in_short(_route: AnyRoute, _now: Fingerprint, _before: Fingerprint, reason: str) -> str:
    """Adds nothing to a reason."""
    return reason


def find_stale(
    pages: Iterable[tuple[AnyRoute, Page[Any] | None, Fingerprint]],
    known: Mapping[OutputPath, Written],
    site_dir: Path,
    explain: Explain = in_short,
) -> Iterator[Stale]:
    """Compare what pages are made from now with what they were made from, one page at a time."""
    folder = str(site_dir)
    for route, page, fingerprint in pages:
        path = route.path
        before = known.get(path)
        reason = why_stale(fingerprint, before, route.format.name)
        if reason and before is not None and not before.is_pending:
            reason = explain(route, fingerprint, Fingerprint(*before.fingerprint), reason)
        if not reason and not known[path].is_intact(folder, path):
            reason = _NOT_INTACT
        if reason:
            yield Stale(route, page, fingerprint, reason)


def why_not_in_place(path: OutputPath, now: Fingerprint, before: Written | None, site_dir: Path | str) -> str:
    """The first reason to write a page again that is known without its view, "" for none."""
    reason = why_stale(now, before, "of the page")
    return reason or ("" if before and before.is_intact(site_dir, path) else _NOT_INTACT)


def why_stale(now: Fingerprint, before: Written | None, template: str) -> str:
    """The first reason to make a page again, "" for none."""
    if before is None:
        return "it is new"
    if before.is_pending:
        return "nothing is known of its last build"
    then = Fingerprint(*before.fingerprint)
    if now.program != then.program:
        return "the program or a library changed"
    if now.template != then.template:
        return f"the template {template} changed"
    if now.site != then.site:
        return "the site's name, menu or settings changed"
    if now.data != then.data:
        return "its content changed, or something it shows of other pages"
    return ""
