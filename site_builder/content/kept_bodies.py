"""Where the HTML of bodies is asked for: from the cache, or made anew from the source where the cache has lost it."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from site_builder.cache import Cache
from site_builder.config import MarkdownOptions
from site_builder.content.document import Document
from site_builder.content.load import read_body_again
from site_builder.urls import SourcePath


class NamedBody(Protocol):
    """What names a body: the digest of its HTML, and its source file."""

    @property
    def digest(self) -> str:
        """Key of the HTML in the cache."""

    @property
    def path(self) -> str:
        """The file from which it can be made again."""


class KeptBodies:
    """Gives the context-free HTML of bodies."""

    def __init__(self, root: Path, options: MarkdownOptions, cache: Cache) -> None:
        self._root = root
        self._options = options
        self._cache = cache
        self.has_other = False
        """Whether the HTML of any was not the one asked for, because its file has just been changed."""

    def __call__(self, body: NamedBody) -> str:
        """Raises OSError where neither the cache nor the disk has it."""
        html = self._known([bytes.fromhex(body.digest)])
        return next(iter(html.values())) if html else self._made_again(SourcePath(body.path), body.digest)

    def of(self, documents: Iterable[Document]) -> dict[SourcePath, str]:
        """Path of each document -> its HTML; "" for a file that is gone, which is missing from the next run."""
        keys = {d.path: bytes.fromhex(d.body.digest) for d in documents}
        known = self._known(keys.values())
        found = dict.fromkeys(keys, "")
        for path, key in keys.items():
            with suppress(OSError):
                found[path] = known[key] if key in known else self._made_again(path, key.hex())
        return found

    def _known(self, keys: Iterable[bytes]) -> dict[bytes, str]:
        """What the cache has."""
        found = {}
        for key, html in self._cache.get("body", keys).items():
            try:
                found[key] = html.decode()
            except UnicodeDecodeError:
                self._cache.reject("body", key)
        return found

    def _made_again(self, path: SourcePath, wanted: str) -> str:
        digest, html = read_body_again(self._root, path, self._options)
        self.has_other = self.has_other or digest != wanted
        self._cache.put("body", {bytes.fromhex(digest): html.encode()})  # under its own key: the file may be newer
        return html
