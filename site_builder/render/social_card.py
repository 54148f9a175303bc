"""The image that other sites show with a link to a page: its title, topic, source and date, 1200 by 630 pixels.

Pillow, an optional dependency, draws it in the one font that comes with the program. It covers Latin, Greek and
Cyrillic; text with other signs (Arabic, Chinese, emoji) is left out, so whoever makes a card asks `drawable` first. The
shape of a character is drawn once in each size; a card is made of these. The same view gives the same bytes.
"""

import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import chain, islice, repeat
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from site_builder.render.format import BodySource, Format, RenderContext
from site_builder.render.raster.indexed_png import indexed_png
from site_builder.urls import Permalink

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray
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
_STEPS: Final = 5
"""Shades from paper to a full colour, which smooth the edges of letters: with paper, 16 colours, or four bits."""
_PAPER: Final = (255, 255, 255)
_INK, _SOFT, _LINK = (0x1A, 0x20, 0x1D), (0x55, 0x60, 0x5A), (0x0E, 0x5A, 0x43)
"""The theme's light colours."""
_COLOURS: Final = (_INK, _SOFT, _LINK)


class SocialCardView(msgspec.Struct, frozen=True):
    """The texts of a social card."""

    title: str
    kicker: str
    """Above the title: the main topic."""
    meta: str
    """Below it: source and date, or how many articles."""
    site: str
    made_by: str = ""
    """The versions of what draws and packs it, because others may give other bytes."""


@dataclass(frozen=True, slots=True)
class SocialCard(Format[SocialCardView]):
    """A social card as PNG."""

    @property
    def name(self) -> str:
        """None is needed."""
        return ""

    def render(self, view: SocialCardView, url: Permalink, context: RenderContext, body_html: BodySource) -> bytes:  # noqa: ARG002
        """A PNG of at most about 30 kB."""
        return draw_card(view)


@cache
def pillow_version() -> str:
    """The version of Pillow, "" where it is not installed."""
    if find_spec("PIL") is None:
        return ""
    try:
        return version("pillow")
    except PackageNotFoundError:
        return ""


@cache
def made_by() -> str:
    """The versions of the libraries whose work is seen in the bytes of a card."""
    return f"Pillow {pillow_version()}, zlib {zlib.ZLIB_RUNTIME_VERSION}"


def draw_card(view: SocialCardView) -> bytes:
    """A PNG of at most about 30 kB."""
    import numpy as np  # noqa: PLC0415 (a site without pictures may do without)

    pixels = np.zeros((SIZE[1], SIZE[0] // 2), np.uint8)
    pixels[:_BAR] = _full(_LINK) * 0x11
    size, lines = _broken(drawable(view.title))
    places = [_TITLE_TOP + round(size * (0.8 + number * _LEADING)) for number in range(len(lines))]
    name = _fitted(drawable(view.site), _SMALL)
    meta = _fitted(drawable(view.meta), _SMALL, _WIDTH - _width(name, _SMALL) - 60)
    bands = [(0, _BAR)]
    for text, left, base, of_size, colour in (
        (_fitted(drawable(view.kicker), _SMALL), _EDGE, 108, _SMALL, _LINK),
        *((line, _EDGE, place, size, _INK) for line, place in zip(lines, places, strict=True)),
        (name, _EDGE, 566, _SMALL, _INK),
        (meta, SIZE[0] - _EDGE - round(_width(meta, _SMALL)), 566, _SMALL, _SOFT),
    ):
        if text:
            bands.append(_write(pixels, (left, base), text, of_size, colour))
    return indexed_png(pixels, _joined(bands), _palette())


def _joined(bands: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Bands of rows in order, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for first, end in sorted(bands):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((first, end))
    return joined


@cache
def _palette() -> tuple[tuple[int, int, int], ...]:
    """Paper, and a ramp from it to each colour."""
    shades = [_PAPER]
    for colour in _COLOURS:
        for step in range(1, _STEPS + 1):
            red, green, blue = (round(p + (c - p) * step / _STEPS) for p, c in zip(_PAPER, colour, strict=True))
            shades.append((red, green, blue))
    return tuple(shades)


def _full(colour: tuple[int, int, int]) -> int:
    return (_COLOURS.index(colour) + 1) * _STEPS


@cache
def _font(size: int) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 (as above)

    # The basic layout, because the other one depends on libraries of the machine.
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _glyph(character: str, size: int, at: int) -> "tuple[NDArray[uint8], int]":
    """How much ink of `_STEPS` each pixel of a character has, two in each byte, and its top from the base line.

    `at`: where in its first byte it begins, 0 or 1. FreeType takes 0.1 ms to draw one.
    """
    import numpy as np  # noqa: PLC0415 (as above)
    from PIL import Image, ImageDraw  # noqa: PLC0415 (as above)

    left, top, right, bottom = _box(character, size)
    width, height = max(1, right - left), max(1, bottom - top)
    shape = Image.new("L", (at + width + (at + width) % 2, height))
    ImageDraw.Draw(shape).text((at - left, -top), character, fill=255, font=_font(size), anchor="ls")
    ink = np.rint(np.asarray(shape) * (_STEPS / 255)).astype(np.uint8)
    return ink[:, 0::2] << np.uint8(4) | ink[:, 1::2], top


@cache
def _box(character: str, size: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the shape of a character, from its place on the base line."""
    left, top, right, bottom = (round(edge) for edge in _font(size).getbbox(character, anchor="ls"))
    return left, top, right, bottom


@cache
def _step(character: str, next_character: str, size: int) -> float:
    """Pixels from the place of a character to that of the next, with their kerning."""
    font = _font(size)
    return font.getlength(character + next_character) - (font.getlength(next_character) if next_character else 0)


def _steps(text: str, size: int) -> Iterator[float]:
    """Pixels from each character to the next one, or to the end."""
    return map(_step, text, chain(islice(text, 1, None), ("",)), repeat(size))


def _width(text: str, size: int) -> float:
    return reduce(add, _steps(text, size), 0.0)


def _write(
    pixels: "NDArray[uint8]", at: tuple[int, int], text: str, size: int, colour: tuple[int, int, int]
) -> tuple[int, int]:
    """One line; `at` is the start of its base line. Gives the rows that it is in, from one to before another."""
    import numpy as np  # noqa: PLC0415 (as above)

    left, base = at
    height, columns = pixels.shape
    first, end = height, 0
    place = 0.0
    for character, step in zip(text, _steps(text, size), strict=True):
        x = left + round(place) + _box(character, size)[0]
        column = x >> 1
        shape, top = _glyph(character, size, x & 1)
        top += base
        bottom, behind = top + shape.shape[0], column + shape.shape[1]
        if top < 0 or column < 0 or bottom > height or behind > columns:
            shape = shape[max(0, -top) : max(0, height - top), max(0, -column) : max(0, columns - column)]
            top, column, bottom, behind = max(0, top), max(0, column), max(0, bottom), max(0, behind)
        # Where two characters touch, this may be more ink than either of them has, and more than full.
        beneath = pixels[top:bottom, column:behind]
        beneath |= shape
        first = min(first, top)
        end = max(end, bottom)
        place += step
    first_column, behind = (max(0, edge) >> 1 for edge in (left - size, left + round(place) + size))
    inked = pixels[first:end, first_column:behind]
    np.take(_coloured(_full(colour) - _STEPS), inked, mode="clip", out=inked)
    end = min(end, height)
    return min(first, end), end


@cache
def _coloured(start: int) -> "NDArray[uint8]":
    """Two pixels of ink -> their indexes in the palette, for the colour whose ramp follows `start`."""
    import numpy as np  # noqa: PLC0415 (as above)

    index = [start + min(level, _STEPS) if level else 0 for level in range(16)]
    return np.array([index[pair >> 4] << 4 | index[pair & 15] for pair in range(256)], np.uint8)


_SIMPLER: Final = {
    **dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10))),
    **dict.fromkeys((0x2010, 0x2011), "-"),
}
"""Signs that nobody sees, which are left out, and hyphens of other kinds."""


def drawable(text: str) -> str:
    """The text as the font can draw it, "" if it lacks a sign."""
    if text.isascii():
        return " ".join(text.split())
    signs = []
    for sign in _signs(text):
        if not _is_known(sign):
            return ""
        signs.append(sign)
    return "".join(signs)


def undrawable_signs(text: str, at_most: int) -> tuple[str, ...]:
    """The first signs of a text that the font lacks, each once, in their order."""
    lacking: dict[str, None] = {}
    for sign in _signs(text):
        if not _is_known(sign):
            lacking[sign] = None
            if len(lacking) == at_most:
                break
    return tuple(lacking)


def _signs(text: str) -> Iterator[str]:
    """A text without what nobody sees, and with usual signs for compatible ones that the font lacks (`℃`)."""
    text = " ".join(text.split())
    for sign in text if text.isascii() else unicodedata.normalize("NFC", text).translate(_SIMPLER):
        if _is_known(sign):
            yield sign
        else:
            yield from unicodedata.normalize("NFKC", sign)


@cache
def _is_known(character: str) -> bool:
    """Whether the font has this character: it draws the same box for all others."""
    font = _font(_SMALL)
    return character.isascii() or (
        not unicodedata.category(character).startswith("M")
        and bytes(font.getmask(character)) not in {b"", _unknown_shape()}
    )


@cache
def _unknown_shape() -> bytes:
    """What the font draws for a character that it lacks."""
    return bytes(_font(_SMALL).getmask("\uffff"))


_CUT_OFF: Final = " ,;:.·"


def _fitted(text: str, size: int, width: float = _WIDTH) -> str:
    """A line of at most this width, cut with `…`."""
    end = _fitting(text, size, width)
    if end == len(text):
        return text
    text = text[:end].rstrip(_CUT_OFF)
    while text and _width(f"{text}…", size) > width:
        text = text[:-1].rstrip(_CUT_OFF)
    return f"{text}…" if text else ""


def _fitting(text: str, size: int, width: float = _WIDTH) -> int:
    """How many characters of a text, from its beginning, are at most this wide."""
    at = 0.0
    for number, character in enumerate(text):
        if at + _step(character, "", size) > width:
            return number
        at += _step(character, text[number + 1 : number + 2], size)
    return len(text)


def _broken(title: str) -> tuple[int, list[str]]:
    """The largest size in which the title fits, and its lines; in the smallest it is cut."""
    for size in _TITLE_SIZES:
        room = int(_TITLE_HEIGHT / (size * _LEADING))
        lines = list(islice(_lines(title, size), room + 1))
        if len(lines) <= room:
            return size, lines
    return size, [*lines[: room - 1], _fitted(" ".join(lines[room - 1 :]), size)]


def _lines(text: str, size: int) -> Iterator[str]:
    """Break a text at its spaces, and words wider than a line anywhere."""
    line, end = "", 0.0
    for word, width in _pieces(text.split(), size):
        # The space moves the end of the line, and its kerning that of the last character.
        start = end + _step(line[-1], " ", size) - _step(line[-1], "", size) + _step(" ", word[0], size) if line else 0
        if line and start + width > _WIDTH:
            yield line
            line, end = word, width
        else:
            line, end = f"{line} {word}" if line else word, start + width
    if line:
        yield line


def _pieces(words: Sequence[str], size: int) -> Iterator[tuple[str, float]]:
    """Words, or parts of them, each with its width, which is that of a line at most."""
    for word in words:
        rest = word
        while (width := _width(rest, size) if len(rest) <= _WIDTH else _WIDTH + 1) > _WIDTH:
            end = max(_fitting(rest, size), 1)
            yield rest[:end], _width(rest[:end], size)
            rest = rest[end:]
        if rest:
            yield rest, width
