"""A build as it begins, and the whole of one where nothing has changed.

    with open_build(config) as opened:
        report = opened.unchanged_report()

Until it is known that something has changed, nothing is imported that reads documents or makes pages: that would take
most of the time of such a build.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from site_builder.cache import Cache, open_cache
from site_builder.config import SiteConfig
from site_builder.config.cache_findings import cache_damaged
from site_builder.content.listing.content_files import ContentFiles, list_content
from site_builder.content.listing.record_keys import are_unchanged
from site_builder.corpus.embargoes import Embargoes
from site_builder.diagnostics import Diagnostic, Location, apply_severities, diagnostic
from site_builder.disk.file_states import FileStates, states_of_files
from site_builder.disk.staging_folder import remove_old_staging
from site_builder.disk.temporary import remove_left_files
from site_builder.output.build_stamp import BuildStamp, folders_digest, inputs_digest, is_intact, load_stamp
from site_builder.output.manifest import Written, known_outputs, load_manifest, lock_path, manifest_path
from site_builder.output.site_list import list_digest
from site_builder.output.site_lock import site_lock
from site_builder.output.usable_cache import usable_cache
from site_builder.urls import OutputPath

PAGES_LIMIT_BYTES: Final = 900_000_000
"""Bytes of a site from which a warning is given: nine tenths of the 1 GB that GitHub Pages allows (docs.github.com,
"GitHub Pages limits")."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build found and did."""

    diagnostics: tuple[Diagnostic, ...]
    files: int
    """Sources read."""
    is_built: bool = False
    pages: int = 0
    """Files that make up the site."""
    written: int = 0
    removed: int = 0
    foreign: int = 0
    """Files in the site folder that are not ours, and are left alone."""
    total_bytes: int = 0
    seconds: float = 0.0
    stale: tuple[tuple[OutputPath, str], ...] = ()
    """Path of each page that was made again, and why."""
    timings: Mapping[str, float] = field(default_factory=dict)
    """Stage -> seconds."""
    embargoes: Embargoes = Embargoes()  # noqa: RUF009 (it is frozen)
    """What is held back; nothing where `--drafts` publishes it all."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A site folder that is as the last build of the same inputs left it."""

    report: Report
    known: dict[OutputPath, Written]
    named_inputs: tuple[bytes, ...]
    is_untouched: bool
    """Whether nothing else is in the folder."""


@dataclass(frozen=True)
class OpenedBuild:
    """A build that has the site folder for itself, and knows what it would be made from."""

    config: SiteConfig
    earlier: tuple[Diagnostic, ...]
    """Findings of the settings and about the cache."""
    cache: Cache
    templates: FileStates | None
    """States of the templates; None where what is rendered is not kept."""
    files: ContentFiles
    inputs: str
    """Digest of what it is made from."""
    stamp: BuildStamp | None
    """The last finished build."""
    started: float
    seconds: float
    """What listing the content took."""

    def unchanged_report(self) -> Report | None:
        """The report of a build that has nothing to do; None where something is to be done, or looked at."""
        settled = self.settled
        if settled is None or not settled.is_untouched:
            return None
        total = sum(written.size for written in settled.known.values())
        report = warn_if_large(replace(settled.report, total_bytes=total), self.config)
        return replace(report, seconds=time.perf_counter() - self.started, timings={"read": self.seconds})

    @cached_property
    def settled(self) -> Settled | None:
        """The site folder, if nothing has changed since the last build, and no file either."""
        config, cache, stamp, folder = self.config, self.cache, self.stamp, self.config.site_dir
        if stamp is None or stamp.inputs != self.inputs:
            return None
        known = self.known
        if not known or not is_intact(known, folder) or not are_unchanged(config.root, stamp.named_inputs, cache):
            return None
        found = with_damage(stamp.diagnostics, config, cache)
        report = Report(
            found, len(self.files.discovered.sources), is_built=True, pages=len(known), embargoes=stamp.embargoes
        )
        is_untouched = (
            not cache.fault
            and stamp.site_list == list_digest(folder)
            and bool(stamp.folders)
            and stamp.folders == folders_digest(folder, known)
        )
        return Settled(report, known, stamp.named_inputs, is_untouched)

    @cached_property
    def known(self) -> dict[OutputPath, Written] | None:
        """The files in the site folder that are ours; None where nothing is known.

        A list there that is as the last build left it says nothing that the manifest of that build does not say.
        """
        config, stamp, damage = self.config, self.stamp, self.cache.damage
        manifest = manifest_path(config.cache_dir, config.site_dir)
        if stamp and stamp.site_list and stamp.site_list == list_digest(config.site_dir):
            known = load_manifest(manifest, damage)
            if known is not None:
                return known
        return known_outputs(manifest, config.site_dir, damage)


@contextmanager
def open_build(
    config: SiteConfig, earlier: tuple[Diagnostic, ...] = (), on_wait: Callable[[], object] = int
) -> Iterator[OpenedBuild]:
    """List what a site is made from. One build at a time works on a site folder; another one waits.

    Without a cache that can be written, everything is made again.
    """
    started = time.perf_counter()
    with ExitStack() as opened:
        lasting = config.cache_dir
        config, found_in_cache = opened.enter_context(usable_cache(config))
        earlier = (*earlier, *found_in_cache)
        opened.enter_context(site_lock(config.whole_site_dir, lock_path(config.cache_dir, config.site_dir), on_wait))
        cache = opened.enter_context(open_cache(config.cache_dir))
        remove_old_staging(config.whole_site_dir)
        remove_left_files(config.root / config.content)
        templates = states_of_files(config.template_dirs) if config.cache_dir == lasting else None
        listing = time.perf_counter()
        files = list_content(config)
        inputs = inputs_digest(config, files, earlier)
        seconds = time.perf_counter() - listing
        stamp = load_stamp(config, cache.damage)
        yield OpenedBuild(config, earlier, cache, templates, files, inputs, stamp, started, seconds)


def with_damage(found: Iterable[Diagnostic], config: SiteConfig, cache: Cache) -> tuple[Diagnostic, ...]:
    """Findings, with the one about a damaged cache: it stops no build, because the site is the same."""
    return apply_severities((*found, *cache_damaged(config.file, cache.damage)), config.severities)


def warn_if_large(report: Report, config: SiteConfig) -> Report:
    """The report, with a finding about a site that is nearly too large for GitHub Pages."""
    if report.total_bytes < PAGES_LIMIT_BYTES:
        return report
    text = f"the site has {report.total_bytes / 1e6:,.0f} MB; GitHub Pages allows at most 1,000 MB"
    finding = diagnostic("site-large", Location(config.file), text, "publish it elsewhere, or split it")
    return replace(report, diagnostics=apply_severities((*report.diagnostics, finding), config.severities))
