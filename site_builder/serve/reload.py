"""Read some files of a loaded folder again, where the text under the front matter is all that has changed.

Takes what was loaded and the paths of files; gives the same content, with documents that are the same objects and have
their new bodies. For anything else, such as another title, all is to be loaded again.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from site_builder.cache import Cache
from site_builder.config import SiteConfig
from site_builder.content.codec import decode_record
from site_builder.content.document import Document, LoadResult, take_body
from site_builder.content.listing.discover import SourceFile
from site_builder.content.listing.record_keys import record_key
from site_builder.content.load import Content, findings_of, read_all
from site_builder.corpus.corpus import Corpus
from site_builder.markdown.body import Body
from site_builder.parallel import Executors
from site_builder.urls import SourcePath

MAX_FILES: Final = 20
"""Of one edit. Those of more, as after a change of the branch, are read in several processes."""


@dataclass(frozen=True, slots=True)
class Revision:
    """Content of which some documents have new bodies."""

    content: Content
    earlier: Mapping[SourcePath, Body]
    """The bodies that they had."""


def read_again(
    config: SiteConfig, cache: Cache, content: Content, corpus: Corpus, paths: Iterable[SourcePath]
) -> Revision | None:
    """Read these files; None, with nothing changed, where more than bodies may have changed.

    Also None for a document that is not in the corpus as it was loaded.
    """
    sources = {s.path: s for s in content.discovered.sources}
    wanted = [sources.get(path) for path in sorted(set(paths))]
    changed: list[SourceFile] = []
    for source in wanted[: MAX_FILES + 1]:
        if source is None or source.path in content.included or len(wanted) > MAX_FILES:
            return None
        key = _key_now(config, source)
        if key is None:
            return None
        if key != content.keys.get(source):
            changed.append(source)
    keys, loaded = dict(content.keys), dict(content.loaded)
    bodies: list[tuple[Document, Body]] = []
    for files, chunk in read_all(config.root, changed, config.markdown, Executors(1)):
        cache.put("inputs", chunk.input_sets)
        cache.put("record", {file.key: file.record for file in chunk.files})
        cache.put("body", {bytes.fromhex(f.body_digest): f.html.encode() for f in chunk.files if f.body_digest})
        for source, file in zip(files, chunk.files, strict=True):
            before, now = content.loaded.get(source), decode_record(file.record, source)
            if before is None or before.document is None or not _differs_in_body_only(before, now) or not now.document:
                return None
            if corpus.by_path.get(source.path) is not before.document:
                return None
            keys[source] = file.key
            loaded[source] = LoadResult(before.document, now.diagnostics, input_sets=now.input_sets)
            bodies.append((before.document, now.document.body))
    earlier = {document.path: document.body for document, _ in bodies}
    for document, body in bodies:
        take_body(document, body)
    found = content.diagnostics
    if any(content.loaded[source].diagnostics != loaded[source].diagnostics for source in changed):
        found = findings_of(content.of_folder, content.included, loaded)
    return Revision(replace(content, diagnostics=found, loaded=loaded, keys=keys), earlier)


def _key_now(config: SiteConfig, source: SourceFile) -> bytes | None:
    """The key of a file's record; None for what is no plain file that can be read."""
    path = config.root / source.path
    with suppress(OSError):
        if stat.S_ISREG(path.lstat().st_mode):
            return record_key(source, path.read_bytes(), config.markdown)
    return None


def _differs_in_body_only(before: LoadResult, now: LoadResult) -> bool:
    one, other = before.document, now.document
    return (
        one is not None
        and other is not None
        and before.input_sets == now.input_sets
        and (one.meta, one.positions, one.body_line) == (other.meta, other.positions, other.body_line)
    )


def without_passing(root: Path, content: Content, paths: Iterable[SourcePath]) -> Iterator[SourcePath]:
    """Paths without those of files that were never seen and are gone: what editors write before they rename it."""
    found = content.discovered
    documents = (source.path for source in (*found.sources, *found.misnamed))
    noted = (d.location.path for d in content.of_folder)
    known = {*documents, *found.assets, *found.static, *found.beside, *content.included, *noted}
    for path in paths:
        is_known = path in known or any(other.startswith(f"{path}/") for other in known)
        if is_known or os.path.lexists(root / path):
            yield path
