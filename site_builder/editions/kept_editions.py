"""Editions in the cache, each under a digest of all that it is made from: what was compared once is not read again.

The edition of a revision is found by the name of its tree, so a comparison with it needs no file of it; that of a
folder by the digest of its files. What Markdown extensions read is known only afterwards, so it is kept beside.
"""

import zlib
from typing import Final

import msgspec

from site_builder.cache import Cache
from site_builder.editions.edition import Edition

MOST: Final = 12
"""Editions, and comparisons of their files, that are kept before those that are not in use go. An edition of 10,000
articles takes 3 MB."""


class KeptEdition(msgspec.Struct, frozen=True, array_like=True):
    """An edition, with keys of what Markdown extensions read for it."""

    edition: Edition
    named_inputs: tuple[bytes, ...]


def load_edition(cache: Cache, key: bytes) -> KeptEdition | None:
    """The edition that was made from these inputs; None where it is not known."""
    stored = cache.get("editions", [key]).get(key)
    if stored is None:
        return None
    try:
        return msgspec.msgpack.decode(zlib.decompress(stored), type=KeptEdition)
    except (zlib.error, ValueError):
        cache.reject("editions", key)
        return None


def keep_edition(cache: Cache, key: bytes, kept: KeptEdition) -> None:
    """Keep an edition for a later comparison."""
    if cache.is_on_disk:
        cache.put("editions", {key: zlib.compress(msgspec.msgpack.encode(kept), 1)})


def drop_unused_editions(cache: Cache, used: frozenset[bytes]) -> None:
    """Where there are many, keep those that were just compared."""
    if cache.count("editions") > MOST:
        cache.keep_only("editions", used)
