"""What is said about the cache: that it was damaged, and that git tracks it, so that it is not used."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from site_builder.cache import CacheDamage
from site_builder.config.git_index import is_tracked
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath

CODES: Final = frozenset({"cache-damaged", "cache-tracked"})


def cache_damaged(settings: SourcePath, damage: CacheDamage) -> Iterator[Diagnostic]:
    """Report, once, all that was unusable."""
    if damage:
        count = len(damage.records)
        records = [f"{count:,} record{'s' if count > 1 else ''}"] if count else []
        *parts, last = (*records, *sorted(damage.files))
        what = f"{', '.join(parts)} and {last}" if parts else last
        text = f"the cache was damaged: {what} could not be used, and what was in there is made anew"
        hint = "the site is the same; if this happens again, look at the disk, or at what restores the cache"
        yield diagnostic("cache-damaged", Location(settings), text, hint)


def cache_tracked(cache: Path, shown: str, place: Location) -> Iterator[Diagnostic]:
    """Report a cache that git tracks: it came with somebody's commit, and its content would be published unread."""
    if cache.is_dir() and is_tracked(cache):
        text = f'git tracks files in the cache "{shown}", so it is not used'
        hint = f"whoever can commit decides what it holds: run git rm -r --cached {shown}, and commit that"
        yield diagnostic("cache-tracked", place, text, hint)
