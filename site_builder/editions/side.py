"""The two sides of a comparison, each read as far as it has to be: known editions come from the cache.

    with open_sides(FolderPlace(Path("mkdocs.yml")), revision, Overrides()) as (base, head):
        base.edition, head.edition

A revision is written to a temporary folder, and only if its edition is not known yet, or a text of it is needed that
the cache does not have. Both sides use the cache of the folder that is edited.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Final

from site_builder.cache import Cache, open_cache, program_digest
from site_builder.config import Overrides, SiteConfig, load_config
from site_builder.config.clock import today
from site_builder.content.listing.content_files import ContentFiles, list_content
from site_builder.content.listing.record_keys import are_unchanged
from site_builder.content.load import Content, Progress, load_content
from site_builder.diagnostics import Diagnostic
from site_builder.disk.temporary import temporary_folder
from site_builder.editions.edition import NOTHING, Edition, take_edition
from site_builder.editions.git_revision import GitRevision, NoSiteError, read_revision_file, write_revision
from site_builder.editions.kept_editions import KeptEdition, keep_edition, load_edition
from site_builder.output.build_stamp import inputs_digest
from site_builder.output.usable_cache import usable_cache
from site_builder.parallel import Executors
from site_builder.pipeline import Site
from site_builder.trust.installed_code import is_below


class SideError(Exception):
    """The settings of a side cannot be used; carries the findings about them."""

    def __init__(self, label: str, findings: tuple[Diagnostic, ...]) -> None:
        super().__init__(label)
        self.label, self.findings = label, findings


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A site in a folder of the disk."""

    settings: Path
    """Its settings file."""
    label: str


@dataclass(frozen=True, slots=True)
class RevisionPlace:
    """A site in a revision."""

    revision: GitRevision
    settings: str
    """Name of the settings file in the site's folder."""

    @property
    def label(self) -> str:
        """What people call it."""
        return self.revision.short


Place = FolderPlace | RevisionPlace
Loaded = tuple[SiteConfig | None, Sequence[Diagnostic]]
"""Settings, with what was found in them."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """What both sides use."""

    cache: Cache
    cache_dir: Path
    executors: Executors
    opened: ExitStack
    progress: Progress


class Side:
    """One of the two states of a site."""

    def __init__(self, place: Place, overrides: Overrides, shared: _Shared, other: "Side | None") -> None:
        self.label = place.label
        self._place, self._overrides, self._shared, self._other = place, overrides, shared, other

    @cached_property
    def root(self) -> Path:
        """The folder of its settings file; that of a revision is written now."""
        if isinstance(self._place, FolderPlace):
            return self._place.settings.absolute().parent
        folder = self._shared.opened.enter_context(temporary_folder())
        place = self._place
        return write_revision(place.revision, folder, place.settings, is_untrusted=self._overrides.untrusted)

    @cached_property
    def _settings(self) -> tuple[SiteConfig, tuple[Diagnostic, ...]]:
        name = self._place.settings.name if isinstance(self._place, FolderPlace) else self._place.settings
        config, found = load_config(self.root / name, self._overrides)
        if config is None:
            raise SideError(self.label, tuple(found))
        return replace(config, cache_dir=self._shared.cache_dir), tuple(found)

    def take_settings(self, config: SiteConfig, found: tuple[Diagnostic, ...]) -> None:
        """Use settings that were read before."""
        self.__dict__["_settings"] = (replace(config, cache_dir=self._shared.cache_dir), found)

    @property
    def config(self) -> SiteConfig:
        """Its settings. Raises SideError where they cannot be used."""
        return self._settings[0]

    @cached_property
    def site(self) -> Site:
        """All stages of it."""
        config, found = self._settings
        shared = self._shared
        return Site(config, self._read, shared.cache, found, None, shared.executors)

    def _read(self) -> Content:
        shared = self._shared
        earlier = self._read_before()
        return load_content(self.config, shared.cache, shared.progress, earlier, shared.executors, self._files)

    @cached_property
    def _files(self) -> ContentFiles:
        return list_content(self.config)

    @property
    def is_fixed(self) -> bool:
        """Whether none of its files can change while it is read."""
        return isinstance(self._place, RevisionPlace)

    def read_file(self, path: str) -> bytes | None:
        """The bytes of a file below the site's folder, such as a picture; None for one that is not there."""
        if isinstance(self._place, RevisionPlace) and "root" not in self.__dict__:
            return read_revision_file(self._place.revision, path)
        try:
            file = self.root / path
            return file.read_bytes() if is_below(str(file), str(self.root)) else None
        except (OSError, ValueError):
            return None

    def _read_before(self) -> Content | None:
        """What the other side has read: most files are the same."""
        other = self._other
        return other.site.content if other is not None and "site" in other.__dict__ else None

    @cached_property
    def key(self) -> bytes:
        """Digest of all that the edition is made from, save what Markdown extensions read."""
        if isinstance(self._place, FolderPlace):
            return bytes.fromhex(inputs_digest(self.config, self._files, self._settings[1]))
        revision, given = self._place.revision, replace(self._overrides, jobs=None)
        parts = (program_digest(), revision.tree, revision.prefix, self._place.settings, repr(given))
        return blake2b("\0".join(parts).encode(), digest_size=16).digest()

    @cached_property
    def edition(self) -> Edition:
        """What readers find. Raises SideError, and GitError for a revision that cannot be read.

        A revision without a settings file has no site: nothing is found there.
        """
        cache = self._shared.cache
        kept = load_edition(cache, self.key)
        if kept and (not kept.named_inputs or are_unchanged(self.root, kept.named_inputs, cache)):
            return kept.edition
        try:
            edition = take_edition(self.site)
        except NoSiteError:
            return NOTHING
        named = self.site.content.named_inputs if isinstance(self._place, FolderPlace) else ()
        if self._is_known_by_key():
            keep_edition(cache, self.key, KeptEdition(edition, named))
        return edition

    def _is_known_by_key(self) -> bool:
        """Whether the same key will always mean the same edition."""
        content = self.site.content
        if isinstance(self._place, FolderPlace):
            return content.keys == self._files.keys
        below = f"{self.root}{os.sep}"
        is_inside = all(one.path.startswith(below) for one in content.inputs)
        return is_inside and not _reads_environment(self.root / self._place.settings)


_OTHER_VALUES: Final = re.compile(r"!ENV\b|!!python/")
_INHERIT: Final = re.compile(r"^INHERIT:\s*[\"']?([^\s\"'#]+)", re.MULTILINE)


def _reads_environment(settings: Path) -> bool:
    """Whether settings, or those that they inherit from, hold values that are not written there."""
    seen: set[Path] = set()
    while settings not in seen:
        seen.add(settings)
        try:
            text = settings.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return True
        if _OTHER_VALUES.search(text):
            return True
        if (parent := _INHERIT.search(text)) is None:
            return False
        settings = settings.parent / parent[1]
    return True


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared."""

    base: Side
    head: Side
    cache: Cache
    about_cache: tuple[Diagnostic, ...]
    """Why the cache cannot be written."""


@contextmanager
def open_sides(
    base: Place,
    head: Place,
    here: Path,
    overrides: Overrides,
    progress: Progress = lambda _n: None,
    loaded: Loaded | None = None,
) -> Iterator[Sides]:
    """Both sides, judged on the same day: that of the overrides, or today in the time zone of the site.

    `here` is the settings file of the checkout: it says where the cache is. `loaded` is what it says, if that was read
    before. Raises SideError where the settings of a folder cannot be used.
    """
    with ExitStack() as opened:
        own = next((place.settings for place in (head, base) if isinstance(place, FolderPlace)), here)
        config, found = loaded if loaded and own == here else load_config(own, overrides)
        if config is None and own is not here:
            raise SideError(str(own), tuple(found))
        about: tuple[Diagnostic, ...] = ()
        if config is None:  # both are revisions, and nobody asks for the files of the checkout
            cache_dir = opened.enter_context(temporary_folder())
        else:
            usable, about = opened.enter_context(usable_cache(config))
            cache_dir = usable.cache_dir or opened.enter_context(temporary_folder())
        cache = opened.enter_context(open_cache(cache_dir))
        executors = opened.enter_context(Executors(overrides.jobs or os.cpu_count() or 1))
        on_day = replace(overrides, date=overrides.date or (config.date if config else today("UTC")))
        shared = _Shared(cache, cache_dir, executors, opened, progress)
        after = Side(head, on_day, shared, None)
        if config is not None and isinstance(head, FolderPlace):
            after.take_settings(config, tuple(found))
        yield Sides(Side(base, on_day, shared, after), after, cache, about)
