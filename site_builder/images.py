"""Width and height of an image from its first bytes, so that a page keeps its place while pictures load."""

import re
import struct
from pathlib import Path
from typing import Final

_HEAD_BYTES: Final = 65_536
"""A JPEG's size stands after its metadata, usually within the first 64 kB."""


def image_size(path: Path) -> tuple[int, int] | None:
    """Pixels across and down of a PNG, GIF, JPEG, WebP or SVG; None for other files, or where the file does not say."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return None
    try:
        return _png(head) or _gif(head) or _webp(head) or _jpeg(head) or _svg(head)
    except (struct.error, IndexError, ValueError):
        return None


def _png(head: bytes) -> tuple[int, int] | None:
    return struct.unpack(">II", head[16:24]) if head.startswith(b"\x89PNG\r\n\x1a\n") else None


def _gif(head: bytes) -> tuple[int, int] | None:
    return struct.unpack("<HH", head[6:10]) if head[:6] in {b"GIF87a", b"GIF89a"} else None


def _webp(head: bytes) -> tuple[int, int] | None:
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        return None
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _jpeg(head: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header (ITU T.81 §B.2.2)."""
    if not head.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 < len(head):
        if head[at] != 0xFF:
            return None
        marker = head[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        at += 2 if marker in {0x01, *range(0xD0, 0xD9)} else 2 + struct.unpack(">H", head[at + 2 : at + 4])[0]
    return None


def _svg(head: bytes) -> tuple[int, int] | None:
    text = head[:4096].decode("utf-8", "ignore")
    tag = re.search(r"<svg\b[^>]*>", text)
    if not tag:
        return None
    width, height = (re.search(rf'\b{name}="([0-9.]+)(?:px)?"', tag[0]) for name in ("width", "height"))
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = re.search(r'viewBox="[-0-9.]+[ ,]+[-0-9.]+[ ,]+([0-9.]+)[ ,]+([0-9.]+)"', tag[0])
    return (round(float(box[1])), round(float(box[2]))) if box else None
