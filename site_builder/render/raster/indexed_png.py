"""A picture of 16 colours as PNG (W3C, PNG third edition), for pictures that are mostly paper.

Rows without anything in them are packed once for all pictures, as a piece of the same stream of deflate (RFC 1951). The
others are written as differences from the row above (filter "up") and packed by runs, which suits letters: a picture of
1200 by 630 pixels takes a third of a millisecond. The same version of zlib gives the same bytes.
"""

import struct
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_BITS: Final = 4
_INDEXED: Final = 3
_LEVEL: Final = 1
_RAW: Final = -15
"""Deflate without a header, with its largest window."""
_ZLIB_HEADER: Final = b"\x78\x01"
_LAST_BLOCK: Final = b"\x03\x00"
"""An empty one, which ends the stream."""
_ADLER_BASE: Final = 65521
"""RFC 1950, section 9."""


def indexed_png(
    pixels: "NDArray[uint8]", bands: Iterable[tuple[int, int]], palette: Sequence[tuple[int, int, int]]
) -> bytes:
    """`pixels`: rows of bytes, two pixels in each, the left one in the upper four bits.

    `bands`: the rows from one to before another, in order, outside of which all pixels are 0.
    """
    height, row_bytes = pixels.shape
    pieces = [_ZLIB_HEADER]
    packer = _packer()
    checksum = 1
    done = 0
    for first, end in [*bands, (height, height)]:
        if first > done:
            blank = (first - done) * (row_bytes + 1)
            pieces.append(_packed_zeros(blank))
            checksum = _with_zeros(checksum, blank)
        if end > first:
            data = _filtered(pixels[first:end])
            pieces += [packer.compress(data), packer.flush(zlib.Z_FULL_FLUSH)]
            checksum = zlib.adler32(data, checksum)
        done = end
    pieces += [_LAST_BLOCK, checksum.to_bytes(4, "big")]
    return b"".join((_head(2 * row_bytes, height, tuple(palette)), _chunk(b"IDAT", b"".join(pieces)), _chunk(b"IEND")))


def _filtered(rows: "NDArray[uint8]") -> bytes:
    """Rows as differences from those above, save the first, each behind the number of its filter."""
    import numpy as np  # noqa: PLC0415 (a site without pictures does without)

    data = np.empty((rows.shape[0], rows.shape[1] + 1), np.uint8)
    data[:, 0] = 2
    data[0, 0] = 0  # as it is
    data[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=data[1:, 1:])
    return data.tobytes()


def _packer() -> "zlib._Compress":
    """Makes pieces of the stream, by runs; after a full flush, one ends with a whole byte and stands for itself."""
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, zlib.DEF_MEM_LEVEL, zlib.Z_RLE)


@lru_cache(maxsize=1024)
def _packed_zeros(count: int) -> bytes:
    packer = _packer()
    return packer.compress(bytes(count)) + packer.flush(zlib.Z_FULL_FLUSH)


def _with_zeros(adler: int, count: int) -> int:
    """The Adler-32 checksum of data, given that of all but so many zeros at its end."""
    low, high = adler & 0xFFFF, adler >> 16
    return (high + count * low) % _ADLER_BASE << 16 | low


@lru_cache(maxsize=4)
def _head(width: int, height: int, palette: tuple[tuple[int, int, int], ...]) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, _BITS, _INDEXED, 0, 0, 0)
    colours = b"".join(bytes(colour) for colour in palette)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"PLTE", colours)


def _chunk(kind: bytes, data: bytes = b"") -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(data, zlib.crc32(kind)).to_bytes(4, "big")
