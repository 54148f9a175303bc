"""Load the content folder: unchanged files come from the cache, the rest are read, in processes if there are many.

A file is unchanged if its bytes are, and all that Markdown extensions read for it.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Final

from site_builder.cache import Cache
from site_builder.config import MarkdownOptions, SiteConfig
from site_builder.content.codec import decode_record, encode_record
from site_builder.content.document import Document, LoadResult, load_document, read_body
from site_builder.content.listing.content_files import ContentFiles, list_content, unreadable
from site_builder.content.listing.discover import Discovered, SourceFile
from site_builder.content.listing.record_keys import decode_inputs, encode_inputs, fresh_sets, record_key
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.markdown.convert import renew_converters
from site_builder.markdown.extension_inputs import (
    UNREPEATABLE,
    ExtensionInput,
    inputs_of_process,
    watch_process,
)
from site_builder.markdown.unknown_extensions import unknown_packages
from site_builder.parallel import Executors, WorkerLostError, WorkerPool, chunked, map_chunks
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
    inputs: tuple[ExtensionInput, ...] = ()
    """Everything that Markdown extensions read; a server follows it."""
    included: frozenset[SourcePath] = frozenset()
    """Files below the root that extensions read, so that they are used even if no document links to them."""
    loaded: Mapping[SourceFile, LoadResult] = field(default_factory=dict)
    """Each file that could be read, as it was loaded: a server loads only those again that have changed."""
    keys: Mapping[SourceFile, bytes] = field(default_factory=dict)
    """Of the record of each file."""
    input_sets: Mapping[bytes, bytes] = field(default_factory=dict)
    """What extensions read for the files."""
    of_folder: tuple[Diagnostic, ...] = ()
    """The findings that are about no document's contents."""

    @property
    def digest(self) -> bytes:
        """Digest of each document's path, bytes and HTML, of the options they were read with, and of other names."""
        files = ContentFiles(self.discovered, self.keys, self.of_folder)
        bodies = (bytes.fromhex(d.body.digest) for d in self.documents)
        return blake2b(b"".join((files.digest, *self.named_inputs, *bodies))).digest()

    @property
    def named_inputs(self) -> tuple[bytes, ...]:
        """Keys of all that extensions read for the documents, sorted."""
        return tuple(sorted({key for result in self.loaded.values() for key in result.input_sets}))

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


@dataclass(frozen=True, slots=True)
class _LoadedChunk:
    """Some files after reading, and the sets of inputs that their records name."""

    files: tuple[_LoadedFile, ...]
    input_sets: Mapping[bytes, bytes]


def load_content(
    config: SiteConfig,
    cache: Cache,
    progress: Progress = lambda _n: None,
    earlier: Content | None = None,
    executors: Executors | None = None,
    files: ContentFiles | None = None,
) -> Content:
    """Load every document. An error in one file does not hide findings in others.

    Documents of `earlier` whose files are as they were stay the same objects. `files` were listed before.
    """
    root, options = config.root, config.markdown
    files = files or list_content(config)
    found, keys = files.discovered, dict(files.keys)
    remembered = _still_known(keys, earlier) if earlier else {}
    remembered |= _remembered({s: key for s, key in keys.items() if s not in remembered}, cache)
    fresh, input_sets = _unchanged_inputs(root, remembered.values(), cache)
    loaded = {s: result for s, result in remembered.items() if fresh.issuperset(result.input_sets)}
    progress(len(loaded))
    missing = [source for source in keys if source not in loaded]
    used = set(keys.values())
    with nullcontext(executors) if executors else Executors(config.jobs) as where:
        for sources, chunk in read_all(root, missing, options, where):
            for source, file in zip(sources, chunk.files, strict=True):
                loaded[source] = decode_record(file.record, source)
                used.add(file.key)
                keys[source] = file.key  # another one, if the file was changed meanwhile
            input_sets |= chunk.input_sets
            cache.put("inputs", chunk.input_sets)
            cache.put("record", {file.key: file.record for file in chunk.files})
            cache.put("body", {bytes.fromhex(f.body_digest): f.html.encode() for f in chunk.files if f.body_digest})
            progress(len(chunk.files))
    content = _join_loaded(root, found, files.of_folder, loaded, keys, input_sets)
    if missing:
        cache.sweep("record", frozenset(used))
        cache.sweep("inputs", frozenset(key for result in loaded.values() for key in result.input_sets))
        cache.sweep("body", frozenset(bytes.fromhex(d.body.digest) for d in content.documents))
    return content


def _join_loaded(
    root: Path,
    found: Discovered,
    diagnostics: Sequence[Diagnostic],
    loaded: Mapping[SourceFile, LoadResult],
    keys: Mapping[SourceFile, bytes],
    input_sets: Mapping[bytes, bytes],
) -> Content:
    """All files together, each of which has been loaded; `diagnostics` are those of the folder."""
    documents = tuple(document for s in found.sources if s in loaded and (document := loaded[s].document))
    partial = tuple(document for s in found.sources if s in loaded and (document := loaded[s].partial))
    named = {key for result in loaded.values() for key in result.input_sets}
    inputs = {one for key in named for one in decode_inputs(input_sets[key], root)}
    included = frozenset(
        SourcePath(Path(one.path).relative_to(root).as_posix())
        for one in inputs
        if one.kind == "bytes" and Path(one.path).is_relative_to(root)
    )
    findings = findings_of(diagnostics, included, loaded)
    made = (documents, partial, found, findings, tuple(sorted(inputs)), included)
    return Content(*made, loaded=loaded, keys=keys, input_sets=input_sets, of_folder=tuple(diagnostics))


def findings_of(
    of_folder: Iterable[Diagnostic], included: Container[SourcePath], loaded: Mapping[SourceFile, LoadResult]
) -> tuple[Diagnostic, ...]:
    """The findings of the folder, save that a file is ignored which an extension includes, and those of the files."""
    of_files = (d for d in of_folder if d.code != "file-ignored" or d.location.path not in included)
    return (*of_files, *(d for one in loaded.values() for d in one.diagnostics))


def _still_known(keys: Mapping[SourceFile, bytes], earlier: Content) -> dict[SourceFile, LoadResult]:
    """What was loaded before of files that are as they were."""
    known = earlier.loaded
    return {s: known[s] for s, key in keys.items() if s in known and earlier.keys.get(s) == key}


def _remembered(keys: Mapping[SourceFile, bytes], cache: Cache) -> Iterator[tuple[SourceFile, LoadResult]]:
    """What the cache has of the files, by the keys of their records."""
    known = cache.get("record", keys.values())
    for source, key in keys.items():
        if key in known:
            try:
                yield source, decode_record(known[key], source)
            except ValueError:
                cache.reject("record", key)


def _unchanged_inputs(
    root: Path, results: Iterable[LoadResult], cache: Cache
) -> tuple[frozenset[bytes], dict[bytes, bytes]]:
    """Keys of the sets of inputs that are as they were; and every set that the cache has."""
    input_sets = cache.get("inputs", {key for result in results for key in result.input_sets})
    return fresh_sets(root, input_sets, cache), input_sets


def read_all(
    root: Path, sources: list[SourceFile], options: MarkdownOptions, executors: Executors
) -> Iterator[tuple[Sequence[SourceFile], _LoadedChunk]]:
    """Read files anew, some at a time."""
    if not sources:
        return
    renew_converters()
    if unknown_packages(options):
        yield from _read_watched(root, sources, options, executors.jobs)
        return
    chunks = list(chunked(sources, executors.batch(CHUNK)))
    read = partial(_read_chunk, root, options, True)
    yield from zip(chunks, map_chunks(read, chunks, executors.for_items(len(sources))), strict=True)


def _read_watched(
    root: Path, sources: list[SourceFile], options: MarkdownOptions, jobs: int
) -> Iterator[tuple[Sequence[SourceFile], _LoadedChunk]]:
    """Read with extensions that we do not know, in processes of this machine that end afterwards."""
    chunks = list(chunked(sources, CHUNK))
    pool = _watched_pool(options, min(jobs, len(chunks)))
    read = partial(_read_chunk, root, options, pool is not None)
    done = 0
    try:
        for chunk, loaded in zip(chunks, map_chunks(read, chunks, pool), strict=True):
            done += 1
            yield chunk, loaded
    except WorkerLostError as error:
        yield from ((chunk, _lost(chunk, error)) for chunk in chunks[done:])
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _watched_pool(options: MarkdownOptions, jobs: int) -> WorkerPool | None:
    """New processes for extensions that we do not know: there, their code is that of now, and watched as it is read.

    None where the options cannot be sent there: then not all that extensions read is noticed.
    """
    pool = None
    try:
        pool = WorkerPool(jobs, partial(watch_process, unknown_packages(options)))
        pool.submit(type, options).result()
    except Exception:  # noqa: BLE001 (options that another plugin of MkDocs has made may be bound to this process)
        if pool is not None:
            pool.shutdown()
        return None
    return pool


def _lost(sources: Sequence[SourceFile], error: WorkerLostError) -> _LoadedChunk:
    """What is known of files whose process ended before it had read them all; they are read again in the next run."""
    files = []
    for source in sources:
        text = f"the text could not be read as Markdown: {error}"
        hint = "perhaps an extension ended it; try without those from neither Python-Markdown nor PyMdown Extensions"
        result = LoadResult(None, (diagnostic("markdown-failed", Location(source.path), text, hint),))
        files.append(_LoadedFile(b"", encode_record(result), "", ""))
    return _LoadedChunk(tuple(files), {})


def _read_chunk(root: Path, options: MarkdownOptions, is_watched: bool, sources: Sequence[SourceFile]) -> _LoadedChunk:
    """Read some files: the unit of work of one process."""
    results = [_read(root, source, options) for source in sources]
    of_process = (*inputs_of_process(), *(() if is_watched else (UNREPEATABLE,)))
    input_sets: dict[bytes, bytes] = {}
    files = []
    for key, result in results:
        sets = dict(encode_inputs(inputs, root) for inputs in (of_process, result.inputs) if inputs)
        input_sets |= sets
        record = encode_record(replace(result, input_sets=tuple(sets)))
        digest = result.document.body.digest if result.document else ""
        files.append(_LoadedFile(key, record, digest, result.html or ""))
    return _LoadedChunk(tuple(files), input_sets)


def _read(root: Path, source: SourceFile, options: MarkdownOptions) -> tuple[bytes, LoadResult]:
    """The key of a file, and what it holds."""
    try:
        data = (root / source.path).read_bytes()
    except OSError as error:
        return b"", LoadResult(None, (unreadable(source.path, error),))
    return record_key(source, data, options), load_document(source, data, options)


def read_body_again(root: Path, path: SourcePath, options: MarkdownOptions) -> tuple[str, str]:
    """Digest and HTML of a file's body, rendered again: for a cache that has lost it. Raises OSError."""
    data = (root / path).read_bytes()
    if not unknown_packages(options):
        return read_body(data, path, options)
    pool = _watched_pool(options, 1)
    if pool is None:
        return read_body(data, path, options)
    with pool:
        return pool.submit(read_body, data, path, options).result()
