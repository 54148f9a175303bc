"""Load the content folder: unchanged files come from the cache, the rest are read, in processes if there are many."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Final

from site_builder.cache import Cache
from site_builder.config import MarkdownOptions, SiteConfig
from site_builder.content.codec import decode_record, encode_record, record_key
from site_builder.content.discover import Discovered, Selection, SourceFile, discover
from site_builder.content.document import Document, LoadResult, load_document
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.parallel import chunked, make_executor, map_chunks
from site_builder.urls import SourcePath

CHUNK: Final = 50
"""Files in one unit of work: about 0.1 s."""

Progress = Callable[[int], None]
"""Called with how many more items are done."""


@dataclass(frozen=True, slots=True)
class Content:
    """All files of the content folder, each loaded on its own."""

    documents: tuple[Document, ...]
    """Sorted by path."""
    partial: tuple[Document, ...]
    """What could be read of documents with errors: only their references are looked at."""
    discovered: Discovered
    diagnostics: tuple[Diagnostic, ...]
    digest: bytes
    """Digest of every document's path and bytes, of the options they were read with, and of all other file names."""

    @property
    def files_read(self) -> int:
        """Number of documents that were read, valid or not."""
        return len(self.discovered.sources)


@dataclass(frozen=True, slots=True)
class _LoadedFile:
    """One file after reading: its key, its record, and the HTML of its body."""

    key: bytes
    record: bytes
    body_digest: str
    html: str


def load_content(config: SiteConfig, cache: Cache, progress: Progress = lambda _n: None) -> Content:
    """Load every document. An error in one file does not hide findings in others."""
    root, options, jobs = config.root, config.markdown, config.jobs
    draft = "" if config.drafts else config.draft_docs
    selection = Selection(config.docs, config.exclude_docs, draft, config.directory_urls)
    found, diagnostics = discover(root, config.content, selection)
    keys: dict[SourceFile, bytes] = {}
    for source in found.sources:
        try:
            keys[source] = record_key(source, (root / source.path).read_bytes(), options)
        except OSError as error:
            diagnostics.append(_unreadable(source.path, error))
    known = cache.get("record", keys.values())
    loaded: dict[SourceFile, LoadResult] = {s: decode_record(known[k]) for s, k in keys.items() if k in known}
    progress(len(loaded))
    missing = [source for source in keys if source not in loaded]
    used = set(keys.values())
    for sources, results in _read_all(root, missing, options, jobs):
        for source, result in zip(sources, results, strict=True):
            loaded[source] = decode_record(result.record)
            used.add(result.key)
        cache.put("record", {r.key: r.record for r in results})
        cache.put("body", {bytes.fromhex(r.body_digest): r.html.encode() for r in results if r.body_digest})
        progress(len(results))
    documents = tuple(document for s in found.sources if s in loaded and (document := loaded[s].document))
    partial = tuple(document for s in found.sources if s in loaded and (document := loaded[s].partial))
    if missing:
        cache.sweep("record", frozenset(used))
        cache.sweep("body", frozenset(bytes.fromhex(d.body.digest) for d in documents))
    names = (sorted(found.assets), found.static, sorted(found.drafts), sorted(found.beside), diagnostics)
    digest = blake2b(b"".join(keys.values()) + repr(names).encode())
    findings = (*diagnostics, *(d for one in loaded.values() for d in one.diagnostics))
    return Content(documents, partial, found, findings, digest.digest())


def _read_all(
    root: Path, sources: list[SourceFile], options: MarkdownOptions, jobs: int
) -> Iterator[tuple[Sequence[SourceFile], list[_LoadedFile]]]:
    chunks = list(chunked(sources, CHUNK))
    executor = make_executor(jobs, len(sources))
    try:
        yield from zip(chunks, map_chunks(partial(_read_chunk, root, options), chunks, executor), strict=True)
    finally:
        if executor is not None:
            executor.shutdown(cancel_futures=True)


def _read_chunk(root: Path, options: MarkdownOptions, sources: Sequence[SourceFile]) -> list[_LoadedFile]:
    """Read some files: the unit of work of one process."""
    return [_read(root, source, options) for source in sources]


def _read(root: Path, source: SourceFile, options: MarkdownOptions) -> _LoadedFile:
    try:
        data = (root / source.path).read_bytes()
    except OSError as error:
        gone = LoadResult(None, (_unreadable(source.path, error),))
        return _LoadedFile(b"", encode_record(source, gone), "", "")
    loaded = load_document(source, data, options)
    digest = loaded.document.body.digest if loaded.document else ""
    return _LoadedFile(record_key(source, data, options), encode_record(source, loaded), digest, loaded.html or "")


def _unreadable(path: SourcePath, error: OSError) -> Diagnostic:
    return diagnostic("file-unreadable", Location(path), f"the file could not be read: {error.strerror or error}")
