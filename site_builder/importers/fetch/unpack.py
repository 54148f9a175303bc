"""The body of an answer, decompressed, and never more of it than allowed."""

import zlib
from collections.abc import Iterator
from typing import Final

from urllib3.response import BaseHTTPResponse

from site_builder.importers.fetch.bounded_connection import BUFFER_BYTES, Deadline, too_large
from site_builder.importers.fetch.fetch_error import FaultKind, FetchProblem

_ENCODINGS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""Content coding -> `wbits` of zlib."""
_RAW_DEFLATE: Final = -15
"""`wbits` for "deflate" without its zlib header, as some servers send it (RFC 9110 §8.4.1.2)."""
_GZIP_START: Final = b"\x1f"
"""Another member may follow the first; other bytes after the end are padding."""
_MAX_ENCODING_CHARACTERS: Final = 40
"""Of the name of an encoding in a message."""


def _encoding(response: BaseHTTPResponse) -> str:
    name = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if name != "identity" and name not in _ENCODINGS:
        shown = name[:_MAX_ENCODING_CHARACTERS]
        raise FetchProblem(
            f'it is compressed as "{shown}", which was not requested',
            "save the page and import the file",
            FaultKind.ANSWER,
        )
    return name


def unpacked(response: BaseHTTPResponse, size_bytes: int, deadline: Deadline) -> Iterator[bytes]:
    """The body piece by piece. Raises FetchProblem where it is too large, takes too long, or cannot be decompressed."""
    encoding = _encoding(response)
    pieces = response.stream(BUFFER_BYTES, decode_content=False)
    size = 0
    for piece in pieces if encoding == "identity" else _inflated(encoding, pieces):
        size += len(piece)
        deadline.seconds_left()
        if size > size_bytes:
            raise too_large(size_bytes)
        yield piece


def _inflated(encoding: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Decompress in steps of BUFFER_BYTES, so that a bomb is noticed long before it has gone off.

    urllib3 could decompress too, but takes a stream that was cut off for a whole one.
    """
    unpacker = None
    try:
        for piece in pieces:
            waiting = piece
            if unpacker is None or (unpacker.eof and piece.startswith(_GZIP_START)):
                unpacker = zlib.decompressobj(_window(encoding, piece))
            while waiting and not unpacker.eof:
                yield unpacker.decompress(waiting, BUFFER_BYTES)
                waiting = unpacker.unconsumed_tail
                if unpacker.unused_data.startswith(_GZIP_START):  # gzip in several members
                    waiting = unpacker.unused_data
                    unpacker = zlib.decompressobj(_ENCODINGS["gzip"])
    except zlib.error:
        raise FetchProblem("its compressed data is damaged", "try again later", FaultKind.ANSWER) from None
    if unpacker is not None:
        yield unpacker.flush()
        if not unpacker.eof:
            raise FetchProblem("its compressed data ends too early", "try again later", FaultKind.ANSWER)


def _window(encoding: str, start: bytes) -> int:
    """`wbits` of zlib for a coding, given how the data begins (RFC 1950 §2.2: method 8, a multiple of 31)."""
    has_header = start[0] & 0x0F == 8 and (len(start) < 2 or int.from_bytes(start[:2], "big") % 31 == 0)
    return _RAW_DEFLATE if encoding == "deflate" and not has_header else _ENCODINGS[encoding]
