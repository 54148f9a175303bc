"""The size of an image file, whatever state it is in: never an exception."""

import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.images import image_size

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x08\x06\0\0\0"
GIF = b"GIF89a" + struct.pack("<HH", 640, 480)
JPEG = (
    b"\xff\xd8\xff\xe0"
    + struct.pack(">H", 16)
    + b"JFIF"
    + b"\0" * 10
    + b"\xff\xc2\0\x11\x08"
    + struct.pack(">HH", 480, 640)
    + b"\3"
)
EXIF_TURNED = b"Exif\0\0MM\0*" + struct.pack(">LHHHLHHL", 8, 1, 0x0112, 3, 1, 6, 0, 0)
"""Orientation 6: the camera was held upright."""
TURNED_JPEG = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(EXIF_TURNED) + 2) + EXIF_TURNED + JPEG[2:]
LATE_JPEG = b"\xff\xd8" + (b"\xff\xe2\xff\xff" + b"\0" * 65_533) * 2 + JPEG[2:]
"""Its size stands behind 128 kB of metadata."""
VP8X = b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")
VP8L = b"RIFF\0\0\0\0WEBPVP8L" + b"\0" * 4 + b"\x2f" + (639 | 479 << 14).to_bytes(4, "little")
VP8 = b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 4 + b"\0" * 3 + b"\x9d\x01\x2a" + struct.pack("<HH", 640, 480)


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (640, 480)),
        (GIF, (640, 480)),
        (JPEG, (640, 480)),
        (TURNED_JPEG, (480, 640)),
        (LATE_JPEG, (640, 480)),
        (VP8X, (640, 480)),
        (VP8L, (640, 480)),
        (VP8, (640, 480)),
        (b'<svg width="640" height="480.4px">', (640, 480)),
        (b'<?xml version="1.0"?><!-- x --><svg viewBox="0 0 640 480">', (640, 480)),
        (b'<svg width="100%" height="100%" viewBox="-1,-1,640,480">', (640, 480)),
        (b'<svg viewBox="0 0 64 48"><rect width="9" height="9"/></svg>', (64, 48)),
        (b"<svg>", None),
        (b'<svg width="." height=".">', None),
        (b"", None),
        (b"%PDF-1.7", None),
        (PNG[:20], None),
        (JPEG[:24], None),
        (b"\xff\xd8\xff\xe0\0\0" * 20, None),
        (b"RIFF\0\0\0\0WEBP", None),
    ],
    ids=range(20),
)
def test_size(data: bytes, size: tuple[int, int] | None, tmp_path: Path):
    file = tmp_path / "image"
    file.write_bytes(data)
    assert image_size(file) == size


def test_no_file(tmp_path: Path):
    assert image_size(tmp_path / "gone.png") is None
    assert image_size(tmp_path) is None


@pytest.mark.parametrize("data", [PNG, GIF, TURNED_JPEG, VP8X, VP8L, VP8, b'<svg width="640" height="480">'])
def test_truncated(data: bytes, tmp_path: Path):
    file = tmp_path / "image"
    for length in range(len(data)):
        file.write_bytes(data[:length])
        assert image_size(file) in {None, (640, 480), (480, 640)}, length


@settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    head=st.sampled_from([b"", PNG[:8], GIF[:6], JPEG[:2], VP8X[:16], VP8L[:16], VP8[:16], b"<svg "]),
    rest=st.binary(max_size=80),
)
def test_any_bytes(head: bytes, rest: bytes, tmp_path: Path):
    file = tmp_path / "image"
    file.write_bytes(head + rest)
    size = image_size(file)
    assert size is None or min(size) >= 0
