"""A PNG of 16 colours holds the pixels that it was given, wherever its rows of paper are."""

import io
import zlib
from itertools import pairwise

import numpy as np
import pytest

from site_builder.render.raster.indexed_png import _with_zeros, indexed_png

image = pytest.importorskip("PIL.Image", reason="Pillow is not installed: pip install pillow")

PALETTE = tuple((shade * 17, 255 - shade * 17, shade) for shade in range(16))


@pytest.mark.parametrize(
    "bands",
    [[], [(0, 40)], [(0, 3), (3, 4), (20, 22)], [(39, 40)], [(5, 5), (7, 9)]],
    ids=lambda bands: str(len(bands)),
)
def test_all_pixels_come_back(bands: list[tuple[int, int]]):
    pixels = np.zeros((40, 30), np.uint8)
    for first, end in bands:
        pixels[first:end] = np.random.default_rng(first).integers(0, 256, (end - first, 30))
    opened = image.open(io.BytesIO(indexed_png(pixels, bands, PALETTE)))
    expected = [half for byte in pixels.ravel() for half in divmod(int(byte), 16)]
    assert opened.size == (60, 40)
    assert list(opened.get_flattened_data()) == expected
    assert tuple(zip(*[iter(opened.getpalette()[:48])] * 3, strict=True)) == PALETTE


def test_the_checksum_of_zeros_needs_no_zeros():
    data = bytes(range(256)) * 300
    for before, after in pairwise([0, 1, 600, 65_521, 70_000]):
        told = _with_zeros(zlib.adler32(data[:before] or b"x"), after)
        assert told == zlib.adler32((data[:before] or b"x") + bytes(after))
