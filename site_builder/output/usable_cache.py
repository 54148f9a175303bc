"""A build without its cache is slower, and no more than that: what to do if the cache cannot be written."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from site_builder.config import SiteConfig
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.disk.faults import write_file
from site_builder.disk.temporary import temporary_folder


@contextmanager
def usable_cache(config: SiteConfig) -> Iterator[tuple[SiteConfig, tuple[Diagnostic, ...]]]:
    """The settings, with a temporary folder for the cache if nothing can be written to its own, and a finding then."""
    fault = _fault(config.cache_dir)
    if fault is None:
        yield config, ()
        return
    with temporary_folder() as folder:
        yield replace(config, cache_dir=folder), (unwritable(config, fault),)


def _fault(folder: Path) -> OSError | None:
    trial = folder / ".trial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_file(trial, b"\0")
    except OSError as error:
        return error
    finally:
        with suppress(OSError):
            trial.unlink()
    return None


def unwritable(config: SiteConfig, fault: OSError) -> Diagnostic:
    """The finding about a cache that cannot be written."""
    place, reason = config.options.cache_dir, fault.strerror or fault
    text = f"the cache {place}/ cannot be written ({reason}), so every build makes all pages again"
    hint = "make room for it, or set cache_dir to a folder that can be written"
    return diagnostic("cache-unwritable", Location(config.file), text, hint)


def keep(path: Path, data: bytes) -> OSError | None:
    """Replace a file of the cache in one step. What prevented it is given back: the cache only saves time."""
    temporary = path.with_suffix(".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(temporary, data)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        return error
    return None
