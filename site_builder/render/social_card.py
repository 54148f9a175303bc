"""The image that other sites show with a link to a page: its title, topic, source and date, 1200 by 630 pixels.

Pillow, an optional dependency, draws it in the one font that comes with the program. It covers Latin, Greek and
Cyrillic; text with other signs (Arabic, Chinese, emoji) is left out, so whoever makes a card asks `drawable` first. The
same view and version of Pillow give the same bytes.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from site_builder.render.format import BodySource, Format, RenderContext
from site_builder.urls import Permalink

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
    """The version of Pillow, because another version may draw other bytes."""


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


def draw_card(view: SocialCardView) -> bytes:
    """A PNG of at most about 30 kB."""
    from PIL import Image  # noqa: PLC0415 (optional, and takes 30 ms to import)

    image = Image.new("P", SIZE, 0)
    image.putpalette(_palette())
    image.paste(_full(_LINK), (0, 0, SIZE[0], _BAR))
    _write(image, (_EDGE, 108), _fitted(drawable(view.kicker), _SMALL), _SMALL, _LINK)
    size, lines = _broken(drawable(view.title))
    for number, line in enumerate(lines):
        _write(image, (_EDGE, _TITLE_TOP + round(size * (0.8 + number * _LEADING))), line, size, _INK)
    name = _fitted(drawable(view.site), _SMALL)
    _write(image, (_EDGE, 566), name, _SMALL, _INK)
    meta = _fitted(drawable(view.meta), _SMALL, _WIDTH - _width(name, _SMALL) - 60)
    _write(image, (SIZE[0] - _EDGE - round(_width(meta, _SMALL)), 566), meta, _SMALL, _SOFT)
    out = BytesIO()
    image.save(out, "PNG", bits=4, compress_level=4)
    return out.getvalue()


@cache
def _palette() -> tuple[int, ...]:
    """Paper, and a ramp from it to each colour."""
    shades = list(_PAPER)
    for colour in _COLOURS:
        for step in range(1, _STEPS + 1):
            part = step / _STEPS
            shades += [round(p + (c - p) * part) for p, c in zip(_PAPER, colour, strict=True)]
    return tuple(shades)


def _full(colour: tuple[int, int, int]) -> int:
    return (_COLOURS.index(colour) + 1) * _STEPS


@cache
def _font(size: int) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 (as above)

    # The basic layout, because the other one depends on libraries of the machine.
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _glyph(character: str, size: int) -> "tuple[Image, int, int]":
    """The shape of a character, and its offset from its place on the base line. FreeType takes 0.1 ms to draw one."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 (as above)

    font = _font(size)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(character, anchor="ls"))
    shape = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(shape).text((-left, -top), character, fill=255, font=font, anchor="ls")
    return shape, left, top


@cache
def _step(character: str, next_character: str, size: int) -> float:
    """Pixels from the place of a character to that of the next, with their kerning."""
    font = _font(size)
    return font.getlength(character + next_character) - (font.getlength(next_character) if next_character else 0)


def _places(text: str, size: int) -> Iterator[tuple[str, float]]:
    """Every character with its place, and "" with the end of the text."""
    at = 0.0
    for character, next_character in zip(text, [*text[1:], ""], strict=False):
        yield character, at
        at += _step(character, next_character, size)
    yield "", at


def _width(text: str, size: int) -> float:
    return next(at for character, at in _places(text, size) if not character)


def _write(image: "Image", at: tuple[int, int], text: str, size: int, colour: tuple[int, int, int]) -> None:
    """One line; `at` is the start of its base line."""
    from PIL import Image  # noqa: PLC0415 (as above)

    if not text:
        return
    line = Image.new("L", (round(_width(text, size)) + size, 2 * size))
    for character, place in _places(text, size):
        if character:
            shape, left, top = _glyph(character, size)
            # The line starts at a quarter of the size, for characters that reach back beyond their place.
            line.paste(255, (round(place) + left + size // 4, top + 3 * size // 2), shape)
    shades = line.point(_shades(_full(colour) - _STEPS))
    image.paste(shades, (at[0] - size // 4, at[1] - 3 * size // 2), line.point(_TO_MASK))


_TO_MASK: Final = [255 if round(value * _STEPS / 255) else 0 for value in range(256)]


@cache
def _shades(start: int) -> list[int]:
    """Index in the palette of each strength of ink."""
    return [start + level if (level := round(value * _STEPS / 255)) else 0 for value in range(256)]


_SIMPLER: Final = {
    **dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10))),
    **dict.fromkeys((0x2010, 0x2011), "-"),
}
"""Signs that nobody sees, which are left out, and hyphens of other kinds."""


def drawable(text: str) -> str:
    """The text as the font can draw it, "" if it lacks a sign."""
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
    line = ""
    for word in _pieces(text.split(), size):
        longer = f"{line} {word}" if line else word
        if line and _width(longer, size) > _WIDTH:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _pieces(words: Sequence[str], size: int) -> Iterator[str]:
    for word in words:
        rest = word
        while (end := _fitting(rest, size)) < len(rest):
            yield rest[: max(end, 1)]
            rest = rest[max(end, 1) :]
        if rest:
            yield rest
