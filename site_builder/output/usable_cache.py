"""A build without its cache is slower, and no more than that: what to do if the cache cannot be written.

And the files that lie beside its database, each with a digest of what it says.
"""

import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from site_builder.cache import CacheDamage, prepare_folder
from site_builder.config import SiteConfig
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.disk.temporary import temporary_folder
from site_builder.output.site_list import replace_file

T = TypeVar("T")


@contextmanager
def usable_cache(config: SiteConfig) -> Iterator[tuple[SiteConfig, tuple[Diagnostic, ...]]]:
    """The settings, with a temporary folder for the cache if it has none, or nothing can be written to its own.

    The latter is a finding.
    """
    fault = None if config.cache_dir is None else _fault(config.cache_dir)
    if config.cache_dir is not None and fault is None:
        yield config, ()
        return
    with temporary_folder() as folder:
        yield replace(config, cache_dir=folder), (unwritable(config, fault),) if fault else ()


def _fault(folder: Path) -> OSError | None:
    trial = folder / ".trial"
    try:
        prepare_folder(folder)
        replace_file(trial, b"\0")
    except OSError as error:
        return error
    finally:
        with suppress(OSError):
            trial.unlink()
    return None


def unwritable(config: SiteConfig, fault: Exception) -> Diagnostic:
    """The finding about a cache that cannot be written."""
    place, reason = config.options.cache_dir, getattr(fault, "strerror", None) or fault
    text = f"the cache {place}/ cannot be written ({reason}), so every build makes all pages again"
    hint = "make room for it, or set cache_dir to a folder that can be written"
    return diagnostic("cache-unwritable", Location(config.file), text, hint)


_VERSION: Final = 1
"""Raise it with every change of what is kept: files of another version are no damage, but say nothing."""


class _KeptFile(msgspec.Struct):
    version: int
    digest: str = ""
    """Of the content, with the name of the file."""
    content: msgspec.Raw = msgspec.Raw()


def keep(path: Path, content: object) -> OSError | None:
    """Replace a file of the cache in one step. What prevented it is given back: the cache only saves time."""
    data = msgspec.json.encode(content)
    kept = msgspec.json.encode(_KeptFile(_VERSION, _digest(path, data), msgspec.Raw(data)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, kept)
    except OSError as error:
        return error
    return None


def load_kept(path: Path, type_: type[T], damage: CacheDamage) -> T | None:
    """What `keep` left in a file; None if nothing is there or of another version. A file that is damaged is noted."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        kept = msgspec.json.decode(path.read_bytes(), type=_KeptFile)
        if kept.version != _VERSION:
            return None
        if kept.digest == _digest(path, kept.content):
            return msgspec.json.decode(kept.content, type=type_)
    except OSError:
        return None
    except msgspec.MsgspecError:
        pass
    damage.files.add(path.name)
    return None


def _digest(path: Path, content: bytes | msgspec.Raw) -> str:
    return blake2b(content, digest_size=16, key=path.name.encode()[:64]).hexdigest()
