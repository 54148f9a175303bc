"""A LoadResult to bytes for the cache, and back.

Reading a cached record does not validate the front matter again: the models are plain dataclasses (see schema.py).
"""

from typing import Final

import msgspec

from site_builder.content.document import Document, LoadResult, permalink_of
from site_builder.content.listing.discover import SourceFile
from site_builder.content.schema import MODELS, Meta
from site_builder.content.yaml_nodes import Position
from site_builder.diagnostics import Diagnostic
from site_builder.markdown.body import Body
from site_builder.urls import Slug


class _CachedRecord(msgspec.Struct, array_like=True, frozen=True):
    """A LoadResult without its HTML, and without what its key stands for: path, kind and slug."""

    meta: msgspec.Raw
    body: Body | None
    positions: dict[str, Position]
    body_line: int
    diagnostics: tuple[Diagnostic, ...]
    is_partial: bool
    input_sets: tuple[bytes, ...]


_RECORDS: Final = msgspec.msgpack.Decoder(_CachedRecord)
_METAS: Final = {kind: msgspec.msgpack.Decoder(model) for kind, model in MODELS.items()}


def encode_record(loaded: LoadResult) -> bytes:
    """A LoadResult as bytes, without the HTML, which the cache keeps under the body's digest."""
    document = loaded.document or loaded.partial
    record = _CachedRecord(
        msgspec.Raw(msgspec.msgpack.encode(document.meta if document else None)),
        document.body if document else None,
        dict(document.positions) if document else {},
        document.body_line if document else 1,
        loaded.diagnostics,
        loaded.document is None,
        loaded.input_sets,
    )
    return msgspec.msgpack.encode(record)


def decode_record(data: bytes, source: SourceFile) -> LoadResult:
    """The LoadResult of a file that `encode_record` wrote. Raises ValueError for anything else."""
    record = _RECORDS.decode(data)
    if record.body is None:
        return LoadResult(None, record.diagnostics, input_sets=record.input_sets)
    bytes.fromhex(record.body.digest)
    meta: Meta = _METAS[source.kind].decode(record.meta)
    document = Document(
        source.path,
        source.kind,
        Slug(source.slug),
        permalink_of(source.kind, source.slug),
        meta,
        record.body,
        record.positions,
        record.body_line,
    )
    if record.is_partial:
        return LoadResult(None, record.diagnostics, partial=document, input_sets=record.input_sets)
    return LoadResult(document, record.diagnostics, input_sets=record.input_sets)
