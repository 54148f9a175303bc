"""A picture of pixels that smaller copies are made from: what Pillow finds in the file, and how it is to be turned."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from warnings import catch_warnings, simplefilter

import msgspec

from site_builder.images import RASTER, image_size

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS: Final = 40_000_000
"""Of a picture that is decoded: 120 MB in memory. A larger one is shown as it is."""
SCALED: Final = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
"""Formats of which smaller copies are made -> the ending of their names."""
UNREADABLE: Final = (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, OverflowError, struct.error)
"""What Pillow raises for damaged files."""
_TURN: Final = 0x0112
"""The Exif tag that says how the camera was held, from 1 to 8; from 5 on, width and height change places."""
_ON_ITS_SIDE: Final = 5


class Picture(msgspec.Struct, frozen=True):
    """A file of which smaller copies can be made."""

    digest: str
    width: int
    height: int
    """Turned as its Exif data say."""
    suffix: str
    """Of the copies."""
    is_shown_turned: bool
    """Whether every browser turns the file itself as well: some do not turn a PNG or WebP file."""


def inspect_picture(path: Path) -> Picture | None:
    """What copies are made from; None for what is shown as it is.

    That is SVG, what moves, what is broken or too large to be decoded, and everything where Pillow is not installed.
    """
    size = image_size(path) if path.suffix.lower() in RASTER else None
    if size is None or size[0] * size[1] > MAX_PIXELS or find_spec("PIL") is None:
        return None
    try:
        data = path.read_bytes()
        with opened(data) as image:
            format_ = scaled_format(image)
            moves = format_ != "JPEG" and getattr(image, "n_frames", 1) > 1
            if moves or image.width * image.height > MAX_PIXELS:
                return None
            turn = turn_of(image)
            width, height = image.size if turn < _ON_ITS_SIDE else image.size[::-1]
            digest = blake2b(data, digest_size=8).hexdigest()
            return Picture(digest, width, height, SCALED[format_], turn == 1 or format_ == "JPEG")
    except UNREADABLE:
        return None


@contextmanager
def opened(data: bytes) -> Iterator["Image"]:
    """A picture by Pillow, without its warnings: editors can do nothing about Exif data that a camera wrote wrongly."""
    from PIL import Image  # noqa: PLC0415 (a site without pictures may do without)

    with catch_warnings():
        simplefilter("ignore")
        try:
            found = Image.open(BytesIO(data), formats=tuple(SCALED))
        except Image.DecompressionBombError as error:
            raise OSError(str(error)) from error
        with found as image:
            yield image


def scaled_format(image: "Image") -> str:
    """The format of the copies. A JPEG file with others behind it, as phones write them, is its first picture."""
    return "JPEG" if image.format == "MPO" else image.format or ""


def turn_of(image: "Image") -> int:
    """How a picture is to be turned, as Exif numbers it: 1 for not at all, also where its Exif data are damaged."""
    try:
        turn = image.getexif().get(_TURN, 1)
    except UNREADABLE:
        return 1
    return turn if isinstance(turn, int) and turn in range(1, 9) else 1
