"""The whole build on one screen: read, find what is stale, render it beside the site, move it into place."""

import time
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final, cast

from site_builder.config import SiteConfig
from site_builder.content.listing.content_files import ContentFiles
from site_builder.content.listing.record_keys import are_unchanged
from site_builder.content.load import Content, load_content
from site_builder.corpus.corpus import embargoes
from site_builder.corpus.embargoes import Embargoes
from site_builder.diagnostics import Diagnostic, Location, apply_severities, diagnostic
from site_builder.disk.staging_folder import staging_folder
from site_builder.output.build_stamp import (
    BuildStamp,
    folders_digest,
    inputs_digest,
    invalidate_stamp,
    save_stamp,
)
from site_builder.output.explain_stale import StaleReasons
from site_builder.output.fingerprint import Fingerprint, Fingerprints
from site_builder.output.input_snapshot import (
    InputSnapshot,
    forget_snapshot,
    load_snapshot,
    save_snapshot,
    take_snapshot,
)
from site_builder.output.known_views import KnownViews
from site_builder.output.lost_feeds import lost_feeds
from site_builder.output.manifest import Written, manifest_path
from site_builder.output.opened_build import OpenedBuild, Report, open_build, warn_if_large, with_damage
from site_builder.output.rendered_pages import drop_unused
from site_builder.output.restore import SiteListing, load_listing, restore, save_listing
from site_builder.output.site_list import count_foreign, list_digest
from site_builder.output.stale import find_stale, in_short
from site_builder.output.usable_cache import unwritable
from site_builder.output.write import Staged, Staging, commit, find_obstacles, stage
from site_builder.pages.route import AnyRoute, Page
from site_builder.parallel import Executors, Remote
from site_builder.pipeline import Site, Stopwatch
from site_builder.render.copy_file import Copy, SvgPicture
from site_builder.urls import OutputPath

_OF_ONE_BUILD: Final = frozenset({"cache-damaged", "feed-lost", "output-foreign"})
"""Codes of findings that a later build of the same content no longer has."""

Watch = Callable[[str, int, int], None]
"""Called with a step's name, how many more of its items are done, and of how many; 0 where that is not known."""


def _progress(watch: Watch, step: str) -> Callable[[int], None]:
    """Tells the watcher how many more items of a step are done."""
    return lambda done: watch(step, done, 0)


def _unwatched(_step: str, _done: int, _of: int) -> None:
    pass


def build_site(
    config: SiteConfig,
    earlier: tuple[Diagnostic, ...] = (),
    watch: Watch = _unwatched,
    *,
    explain: bool = False,
    on_wait: Callable[[], object] = int,
    remote: Remote | None = None,
) -> Report:
    """Bring the site folder up to date. With errors in the content nothing is touched.

    `explain` names what changed in the reasons of `Report.stale`; `on_wait` is called where another build is at work.
    `remote` does the work on a cluster, in the place of processes on this machine.
    """
    with prepare(config, earlier, watch, explain=explain, on_wait=on_wait, remote=remote) as prepared:
        return prepared.finish()


def build_opened(
    opened: OpenedBuild, watch: Watch = _unwatched, *, explain: bool = False, remote: Remote | None = None
) -> Report:
    """The same, for a build that has begun."""
    with contextmanager(_prepared)(opened, watch, everything=False, explain=explain, remote=remote) as prepared:
        return prepared.finish()


@dataclass(slots=True)
class Prepared:
    """A build that has rendered everything and has written nothing yet."""

    config: SiteConfig
    report: Report
    site: Site
    """What was, or would be, rendered."""
    files: ContentFiles
    """What the content folder had in it."""
    started: float
    inputs: str = ""
    """Digest of what it is made from."""
    staged: list[Staged] = field(default_factory=list)
    known: dict[OutputPath, Written] = field(default_factory=dict)
    """The files in the site folder that an earlier build wrote."""
    paths: frozenset[OutputPath] = frozenset()
    """The files that this build leaves there."""
    stopwatch: Stopwatch = field(default_factory=Stopwatch)
    snapshot: InputSnapshot | None = None
    """The same inputs one by one, for a later build that explains itself."""
    made: Mapping[OutputPath, Fingerprint] = field(default_factory=dict)
    """Every file with its fingerprint, for a later build of the same inputs; empty where they are kept already."""
    named_inputs: tuple[bytes, ...] = ()
    """Keys of all that Markdown extensions read."""
    is_untouched: bool = False
    """Whether the site folder is as the last build of the same inputs left it, with nothing else in it."""

    def finish(self) -> Report:
        """Move what was rendered into place; do nothing if the report says that the site cannot be built."""
        if not self.report.is_built:
            return self.report
        config = self.config
        if self.is_untouched:
            report = replace(self.report, total_bytes=sum(w.size for w in self.known.values()))
            return self._closed(warn_if_large(report, config))
        gone = sorted(path for path in self.known if path not in self.paths)
        manifest = manifest_path(config.cache_dir, config.site_dir)
        invalidate_stamp(config)
        with self.stopwatch.stage("write"):
            done = commit(config.site_dir, self.staged, gone, self.known, manifest)
            fault: Exception | None = done.fault or (
                save_snapshot(config, self.snapshot) if self.snapshot is not None else None
            )
        total = sum(w.size for w in done.outputs.values())
        report = replace(self.report, written=done.written, removed=done.removed, total_bytes=total)
        folders = folders_digest(config.site_dir, self.paths)
        foreign = count_foreign(config.site_dir, self.paths)
        report = replace(warn_if_large(report, config), foreign=foreign.files)
        lasting = tuple(d for d in report.diagnostics if d.code not in _OF_ONE_BUILD)
        if self.made:
            drop_unused(self.site.cache, self.made.items())
            if self.inputs:
                listing = SiteListing(self.made, lasting, report.embargoes, self.named_inputs)
                save_listing(self.site.cache, self.inputs, listing)
        left = (list_digest(config.site_dir), "" if foreign.is_any else folders)
        stamp = BuildStamp(self.inputs, lasting, report.embargoes, self.named_inputs, *left)
        fault = fault or save_stamp(config, stamp) or self.site.cache.fault
        if fault is not None:
            found = (*report.diagnostics, unwritable(config, fault))
            report = replace(report, diagnostics=apply_severities(found, config.severities))
        return self._closed(report)

    def _closed(self, report: Report) -> Report:
        """The report with its times."""
        return replace(report, seconds=time.perf_counter() - self.started, timings=self.stopwatch.in_order())


@contextmanager
def prepare(
    config: SiteConfig,
    earlier: tuple[Diagnostic, ...] = (),
    watch: Watch = _unwatched,
    *,
    everything: bool = False,
    explain: bool = False,
    on_wait: Callable[[], object] = int,
    remote: Remote | None = None,
) -> Iterator[Prepared]:
    """Load the site and render what is stale beside the site folder, which stays untouched until `finish`.

    `everything` renders all pages, for a caller that empties the site folder before `finish`, as MkDocs does.
    Raises OSError for a site folder that cannot be written, before anything is emptied.
    """
    with open_build(config, earlier, on_wait) as opened:
        yield from _prepared(opened, watch, everything=everything, explain=explain, remote=remote)


def _prepared(
    opened: OpenedBuild, watch: Watch, *, everything: bool, explain: bool, remote: Remote | None
) -> Iterator[Prepared]:
    config, cache, earlier, files, inputs = opened.config, opened.cache, opened.earlier, opened.files, opened.inputs
    with ExitStack() as held:
        executors = held.enter_context(Executors(config.jobs, remote))
        stopwatch = Stopwatch()
        stopwatch.seconds["read"] = opened.seconds
        read = partial(load_content, config, cache, _progress(watch, "Reading"), None, executors, files)
        site = Site(config, read, cache, earlier, stopwatch, executors)
        report = Report((), len(files.discovered.sources))
        prepared = Prepared(config, report, site, files, opened.started, inputs, stopwatch=stopwatch)
        if not everything and (settled := opened.settled):
            yield replace(
                prepared,
                report=settled.report,
                known=settled.known,
                paths=frozenset(settled.known),
                named_inputs=settled.named_inputs,
                is_untouched=settled.is_untouched,
            )
            return
        ours, templates = opened.known, opened.templates
        prepared.known = known = ours or {}
        progress = _progress(watch, "Writing")
        folder = held.enter_context(staging_folder(config.whole_site_dir))
        in_place = {} if everything else known
        if templates and not explain and (listing := _usable_listing(prepared)):
            with stopwatch.stage("copy"):
                staging = restore(site, files.discovered, listing, in_place, folder, progress)
            if staging:
                if opened.stamp is None or opened.stamp.inputs != inputs:
                    forget_snapshot(config)
                prepared.report = replace(report, embargoes=listing.embargoes)
                prepared.named_inputs = listing.named_inputs
                yield _staged(prepared, earlier, staging, listing.files, listing.diagnostics, ours, everything)
                return
        _take_content(prepared)
        if not site.is_sound:
            yield replace(prepared, inputs="", known={})
            return
        site.rank_all()
        snapshot, made = take_snapshot(site), dict[OutputPath, Fingerprint]()
        reasons = StaleReasons(site, load_snapshot(config, cache.damage), snapshot).of if explain else in_short
        with KnownViews(site, is_kept=templates is not None) as views, stopwatch.stage("render"):
            pages = _fingerprinted(site, site.routes.all().values(), views, made)
            stale = find_stale(pages, in_place, config.site_dir, reasons)
            staging = stage(site, stale, folder, templates, progress)
        ready = _staged(prepared, earlier, staging, made, site.diagnostics, ours, everything)
        yield replace(ready, snapshot=snapshot, made=made)


def _usable_listing(build: Prepared) -> SiteListing | None:
    """The list of an earlier build of the same inputs, for which extensions read the same too."""
    cache = build.site.cache
    listing = load_listing(cache, build.inputs)
    return listing if listing and are_unchanged(build.config.root, listing.named_inputs, cache) else None


def _take_content(build: Prepared) -> None:
    """Load the content, and note what the build is made from after all."""
    config, content = build.config, build.site.content
    found = with_damage(build.site.diagnostics, config, build.site.cache)
    build.report = replace(build.report, diagnostics=found, embargoes=_held_back(config, content))
    build.named_inputs = content.named_inputs
    if content.keys != build.files.keys:  # a file was changed after it was listed
        build.inputs = ""


def _held_back(config: SiteConfig, content: Content) -> Embargoes:
    """What embargoes do to this build."""
    finished = (d for d in content.documents if d.path not in content.discovered.drafts)
    return Embargoes() if config.drafts else embargoes(finished, config.date)


def _fingerprinted(
    site: Site, routes: Iterable[AnyRoute], views: KnownViews, made: dict[OutputPath, Fingerprint]
) -> Iterator[tuple[AnyRoute, Page[Any] | None, Fingerprint]]:
    """Every route with its page, where its view had to be composed, and its fingerprint, which is noted."""
    fingerprints = Fingerprints(site)
    for route in routes:
        if isinstance(route.format, Copy | SvgPicture):
            fingerprint, page = fingerprints.of_file(route.format), cast(Page[Any] | None, route.page())
        else:
            view, page = views.of(route)
            fingerprint = fingerprints.of_view(route.format, view)
        made[route.path] = fingerprint
        yield route, page, fingerprint


def _staged(
    prepared: Prepared,
    earlier: tuple[Diagnostic, ...],
    staging: Staging,
    files: Mapping[OutputPath, Fingerprint],
    diagnostics: tuple[Diagnostic, ...],
    ours: dict[OutputPath, Written] | None,
    everything: bool,
) -> Prepared:
    """The build, now that all that was missing in the site folder lies beside it."""
    config, site, known = prepared.config, prepared.site, prepared.known
    in_the_way = list(staging.diagnostics)
    of_folder: list[Diagnostic] = []
    if not everything:
        in_the_way += find_obstacles(config.site_dir, staging.staged, known, config.file)
        of_folder = [*_foreign(config, ours), *_lost_feeds(site, known, files)]
    found = with_damage((*diagnostics, *in_the_way, *of_folder), config, site.cache)
    report = replace(
        prepared.report, diagnostics=found, pages=len(files), stale=staging.reasons, is_built=not in_the_way
    )
    is_as_read = inputs_digest(config, prepared.files, earlier) == prepared.inputs
    inputs = prepared.inputs if is_as_read else ""  # what was made may be older or newer
    return replace(prepared, report=report, inputs=inputs, staged=list(staging.staged), paths=frozenset(files))


def _lost_feeds(site: Site, known: Collection[OutputPath], files: Container[OutputPath]) -> Iterable[Diagnostic]:
    """Feeds that go; looking for the reason means joining the documents."""
    gone = {path for path in known if path.endswith("/feed.xml") and path not in files}
    return lost_feeds(site.context, gone) if gone else ()


def _foreign(config: SiteConfig, ours: dict[OutputPath, Written] | None) -> Iterator[Diagnostic]:
    """A site folder with files in it of which none is known to be ours."""
    if ours is None and config.site_dir.is_dir() and any(not p.name.startswith(".") for p in config.site_dir.iterdir()):
        text = f"the folder {config.site_dir.name}/ contains files that this program did not write; they are left alone"
        hint = "if none of them is needed, delete the folder once"
        yield diagnostic("output-foreign", Location(config.file), text, hint)
