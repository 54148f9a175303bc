"""The bytes of rendered pages in the cache, by the path and the fingerprint of each page.

Equal fingerprints mean equal bytes, so a page that was rendered once, into whichever site folder, is taken from here.
Copies of files are not kept: their bytes are on the disk already, and so are SVG pictures. A page is not kept either if
a file that its renderer read may have changed since the fingerprint was made.
"""

import zlib
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final

from site_builder.cache import Cache
from site_builder.content.document import read_source
from site_builder.content.kept_bodies import KeptBodies
from site_builder.markdown.body import body_digest
from site_builder.output.fingerprint import Fingerprint
from site_builder.pages.data.markdown_alternate import TwinView
from site_builder.pages.route import Page
from site_builder.render.copy_file import Copy, SvgPicture
from site_builder.urls import OutputPath, SourcePath

SPARE: Final = 0.1
"""Share of pages kept that the last build did not use: what an edit replaces is not removed at once."""
_LEVEL: Final = 1
"""Of zlib: a third of the bytes, at about a fortieth of the time of rendering them."""
_AS_IT_IS: Final = b"="
_PACKED: Final = b"z"
_IS_PACKED: Final = (".png",)
"""Endings of what would not become smaller."""


def is_kept(page: Page[object]) -> bool:
    """Whether the bytes of a page belong here."""
    return not isinstance(page.format, Copy | SvgPicture)


def is_of_this_text(page: Page[object], root: Path, bodies: KeptBodies) -> bool:
    """Whether the source that a Markdown version was made from is still the one that its view names."""
    if not isinstance(page.view, TwinView):
        return True
    text = page.view.text
    try:
        source, _line = read_source((root / text.path).read_bytes(), SourcePath(text.path))
        return body_digest(source, bodies(text)) == text.digest
    except (OSError, ValueError):
        return False


def page_key(path: OutputPath, fingerprint: Fingerprint) -> bytes:
    """What the bytes of a page are kept under."""
    return blake2b("\0".join((*fingerprint, path)).encode(), digest_size=16).digest()


def known_pages(cache: Cache, keys: Iterable[bytes]) -> dict[bytes, bytes]:
    """The bytes of those pages that the cache has."""
    found = {}
    for key, value in cache.get("rendered", keys).items():
        data = _unpacked(value)
        if data is None:
            cache.reject("rendered", key)
        else:
            found[key] = data
    return found


def keep_pages(cache: Cache, pages: Mapping[bytes, tuple[OutputPath, bytes]]) -> None:
    """Add pages, each with its path and its bytes. A cache that is in memory only gets none: they are large."""
    if pages and cache.is_on_disk:
        cache.put("rendered", {key: _packed(path, data) for key, (path, data) in pages.items()})


def drop_unused(cache: Cache, pages: Collection[tuple[OutputPath, Fingerprint]]) -> None:
    """Remove the bytes that none of these pages has, once more than `SPARE` are."""
    if cache.count("rendered") > len(pages) * (1 + SPARE):
        cache.keep_only("rendered", frozenset(page_key(path, fingerprint) for path, fingerprint in pages))


def _packed(path: OutputPath, data: bytes) -> bytes:
    return _AS_IT_IS + data if path.endswith(_IS_PACKED) else _PACKED + zlib.compress(data, _LEVEL)


def _unpacked(value: bytes) -> bytes | None:
    """The bytes of a page; None for what was not packed here."""
    if value[:1] == _AS_IT_IS:
        return value[1:]
    if value[:1] != _PACKED:
        return None
    try:
        return zlib.decompress(memoryview(value)[1:])
    except zlib.error:
        return None
