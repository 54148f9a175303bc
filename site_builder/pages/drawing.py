"""The picture that other sites show with a link to a page: its title, topic, source and date, 1200 by 630 pixels.

Drawn by Pillow, which a site may do without, in one font that comes with the program. What the font has no signs for
(Arabic, Chinese …) is left out rather than drawn as boxes. The same view gives the same bytes, with one version of
Pillow.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from site_builder.pages.views import PictureView

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

SIZE: Final = (1200, 630)
"""Pixels; what Facebook, LinkedIn, X and Mastodon ask for."""
FONT: Final = Path(__file__).parent / "fonts" / "SourceSerif4_600SemiBold.ttf"

_EDGE: Final = 80
_WIDTH: Final = SIZE[0] - 2 * _EDGE
_BAR: Final = 18
_TITLE_SIZES: Final = (84, 76, 68, 60, 52, 46)
_TITLE_TOP: Final = 176
_TITLE_HEIGHT: Final = 320
_LEADING: Final = 1.14
_SMALL: Final = 32
_STEPS: Final = 16
"""Shades from paper to a full colour, which smooth the edges of letters."""
_PAPER: Final = (255, 255, 255)
_INK, _SOFT, _LINK = (0x1A, 0x20, 0x1D), (0x55, 0x60, 0x5A), (0x0E, 0x5A, 0x43)
"""The theme's light colours."""
_COLOURS: Final = (_INK, _SOFT, _LINK)


def pillow_version() -> str:
    """The version of Pillow, "" where it is not installed."""
    if find_spec("PIL") is None:
        return ""
    try:
        return version("pillow")
    except PackageNotFoundError:
        return ""


def draw_picture(view: PictureView) -> bytes:
    """A PNG of at most some 20 kB."""
    from PIL import Image  # noqa: PLC0415 (not everywhere there, and 30 ms)

    image = Image.new("P", SIZE, 0)
    image.putpalette(_palette())
    image.paste(_full(_LINK), (0, 0, SIZE[0], _BAR))
    small = _font(_SMALL)
    _write(image, (_EDGE, 108), _fitted(_writable(view.kicker), small), small, _LINK)
    title = _writable(view.title)
    font, lines = _broken(title)
    step = round(font.size * _LEADING)
    for number, line in enumerate(lines):
        _write(image, (_EDGE, _TITLE_TOP + round(font.size * 0.8) + number * step), line, font, _INK)
    name = _fitted(_writable(view.site), small)
    _write(image, (_EDGE, 566), name, small, _INK)
    left = _WIDTH - small.getlength(name) - 60
    meta = _fitted(_writable(view.meta), small, left)
    _write(image, (SIZE[0] - _EDGE - round(small.getlength(meta)), 566), meta, small, _SOFT)
    out = BytesIO()
    image.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _palette() -> list[int]:
    """A ramp from paper to each colour."""
    shades = []
    for colour in _COLOURS:
        for step in range(_STEPS):
            part = step / (_STEPS - 1)
            shades += [round(p + (c - p) * part) for p, c in zip(_PAPER, colour, strict=True)]
    return shades


def _full(colour: tuple[int, int, int]) -> int:
    return _COLOURS.index(colour) * _STEPS + _STEPS - 1


@cache
def _font(size: int) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 (as above)

    # The basic layout: the other one depends on libraries of the machine.
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


def _write(image: "Image", at: tuple[int, int], text: str, font: "FreeTypeFont", colour: tuple[int, int, int]) -> None:
    """One line; `at` is the start of its base line."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 (as above)

    if not text:
        return
    left, top, right, bottom = (round(edge) for edge in font.getbbox(text, anchor="ls"))
    shape = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(shape).text((-left, -top), text, fill=255, font=font, anchor="ls")
    start = _COLOURS.index(colour) * _STEPS
    shades = shape.point([start + value * (_STEPS - 1) // 255 for value in range(256)])
    image.paste(shades, (at[0] + left, at[1] + top))


def _writable(text: str) -> str:
    """The text, if the font has all of its letters; "" otherwise."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return text if all(map(_is_known, text)) else ""


@cache
def _is_known(sign: str) -> bool:
    """Has the font this sign? It draws the same box for all that it has not."""
    font = _font(_SMALL)
    return sign == " " or (
        not unicodedata.category(sign).startswith("M")
        and bytes(font.getmask(sign)) not in {b"", bytes(font.getmask("\uffff"))}
    )


def _fitted(text: str, font: "FreeTypeFont", width: float = _WIDTH) -> str:
    """A line of at most this width, cut with `…`."""
    if not text or font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1].rstrip(" ,;:.·")
    return f"{text}…" if text else ""


def _broken(title: str) -> "tuple[FreeTypeFont, list[str]]":
    """The title in the largest size in which it fits, line by line; in the smallest it is cut."""
    for size in _TITLE_SIZES:
        font = _font(size)
        lines = list(_lines(title, font))
        room = int(_TITLE_HEIGHT / (size * _LEADING))
        if len(lines) <= room:
            return font, lines
    return font, [*lines[: room - 1], _fitted(" ".join(lines[room - 1 :]), font)]


def _lines(text: str, font: "FreeTypeFont") -> Iterator[str]:
    """Break a text at its spaces, and words that are wider than a line anywhere."""
    line = ""
    for word in _pieces(text.split(), font):
        longer = f"{line} {word}" if line else word
        if line and font.getlength(longer) > _WIDTH:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _pieces(words: Sequence[str], font: "FreeTypeFont") -> Iterator[str]:
    for word in words:
        rest = word
        while font.getlength(rest) > _WIDTH:
            end = next(n for n in range(len(rest), 0, -1) if n == 1 or font.getlength(rest[:n]) <= _WIDTH)
            yield rest[:end]
            rest = rest[end:]
        if rest:
            yield rest
