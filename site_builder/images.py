"""Width and height of an image file, so that a page reserves the space before the picture has loaded.

imagesize reads raster files. SVG is read here, because imagesize knows no `viewBox` and takes the first `width` in the
file, which may be that of a shape.
"""

import codecs
import re
from pathlib import Path
from typing import Final

RASTER: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})
"""Endings of names of pictures of pixels."""
_SVG_HEAD_BYTES: Final = 4_096
"""The `<svg>` tag is within these, after a declaration and comments."""
_SVG_TAG: Final = re.compile(r"<svg\b[^>]*>")
_SVG_VIEW_BOX: Final = re.compile(r'viewBox="[-0-9.]+[ ,]+[-0-9.]+[ ,]+([0-9.]+)[ ,]+([0-9.]+)"')


def image_size(path: Path) -> tuple[int, int] | None:
    """Pixels across and down, as a browser shows the image: a photo that its Exif data turn is measured as turned.

    None for files that are missing, damaged or not images, or that state no size, as an SVG in per cent.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_SVG_HEAD_BYTES)
    except OSError:
        return None
    is_text = head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")
    return _svg_size(head) if is_text else _raster_size(path)


def _raster_size(path: Path) -> tuple[int, int] | None:
    # Imported late: it brings urllib.request along, 30 ms that a site without pictures need not wait for.
    import imagesize  # noqa: PLC0415

    width, height = imagesize.get(path)
    return (width, height) if width > 0 and height > 0 else None


def _svg_size(head: bytes) -> tuple[int, int] | None:
    tag = _SVG_TAG.search(head.decode("utf-8", "ignore"))
    if tag is None:
        return None
    sides = [re.search(rf'\b{name}="([0-9.]+)(?:px)?"', tag[0]) for name in ("width", "height")]
    view_box = _SVG_VIEW_BOX.search(tag[0])
    given = [side[1] for side in sides if side] if all(sides) else list(view_box.groups()) if view_box else []
    try:
        width, height = (round(float(value)) for value in given)
    except ValueError:  # no size, or one like "."
        return None
    return width, height


def is_broken(path: Path) -> bool:
    """Whether a file that is named like a picture is none, or breaks off before it says its size."""
    return path.suffix.lower() in RASTER and path.is_file() and image_size(path) is None
