"""Bytes of unknown encoding to clean text. It never fails: what cannot be read becomes the replacement character."""

import codecs
import re
from typing import Final

from site_builder.importers.read.encoding.encoding_labels import codec_of, decode_as
from site_builder.importers.read.encoding.guess_encoding import guess_encoding, plausibility, usual_encodings
from site_builder.importers.read.encoding.mojibake import undo_double_encoding

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OPENING: Final = re.compile(rb"<!--|<(script|style|meta)\b[^>]{0,500}>", re.IGNORECASE)
"""Comments, scripts and styles hold no declaration: what a script's tag says is how that script is encoded."""
_XML: Final = re.compile(rb"""\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([^"'>]{2,40})["']""")
_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?\s*([^\s"'/>;]{2,40})""", re.IGNORECASE)
_LANGUAGE: Final = re.compile(rb"""<html\b[^>]{0,500}?\blang\s*=\s*["']?([A-Za-z-]{2,20})""", re.IGNORECASE)
_DECLARED_WITHIN: Final = 200_000
"""Bytes; HTML asks for the declaration within 1024, saved pages put comments and styles before it."""
_MIN_SIGNS: Final = 10
"""Signs beyond ASCII below which nothing contradicts a declaration."""
_PLAUSIBLE: Final = 0.0
_PLAUSIBLE_LATIN: Final = 0.6
"""`plausibility` below which a declaration is not believed if another encoding is far more plausible: most programs
write "iso-8859-1" without being asked,"""
_FAR_MORE: Final = 0.35
"""by so much."""
_FEW_FAULTS: Final = 0.25
"""Broken sequences for each whole one up to which text counts as damaged UTF-8: in other encodings nearly all are
broken, since hardly any two letters look like a whole one."""
_SURE_FACTOR: Final = 2
"""Whole ones for each fault in a page that calls itself UTF-8: something pasted into it was not."""
_WIDE_SAMPLE_BYTES: Final = 400
_MIN_WIDE_BYTES: Final = 8
_ZERO_SHARE: Final = 0.3
"""Looked at, and needed, to recognise UTF-16, in which nearly half of the bytes of Latin text are zero."""
_FIRST_BEYOND: Final = 0x80
"""First byte that is no ASCII."""
_LONGEST_SIGN: Final = 4
"""Bytes of UTF-8; the last one of a text that was cut may lack some."""

_SEVEN_BIT_SIGNS: Final = (("hz", b"~{"), ("utf-7", b"+"))
"""Encodings in ASCII that must be declared, with what they begin other signs by."""

_NEWLINES: Final = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES: Final = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def decode(data: bytes) -> str:
    """The text, by byte order mark, else as UTF-8 if it is that, else as declared, else by its looks.

    A declaration that the bytes contradict is not believed: pages are moved to another encoding without it. What was
    encoded as UTF-8 twice is decoded twice.
    """
    return undo_double_encoding(_decoded(data))


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    if data.isascii():
        return _seven_bits(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        is_cut = error.start > len(data) - _LONGEST_SIGN and error.reason == "unexpected end of data"
        if is_cut and not data[: error.start].isascii():
            return data.decode("utf-8", "replace")
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text if c > "\x7f") - broken
    declared = _declared(data)
    if whole + broken >= _MIN_SIGNS and broken <= _FEW_FAULTS * whole:
        return text
    if declared == "utf-8" and _SURE_FACTOR * broken <= whole:
        return text
    return _by_looks(data, declared)


def _seven_bits(data: bytes) -> str:
    """ASCII, unless escape sequences, or a declaration, say that it stands for more."""
    if b"\x1b$" in data:
        is_korean = b"\x1b$)C" in data
        return decode_as(data, "iso2022-kr" if is_korean else "iso2022-jp")
    for codec, sign in _SEVEN_BIT_SIGNS:
        if sign in data and _declared(data) == codec:
            return decode_as(data, codec)
    return data.decode("ascii")


def _declared(data: bytes) -> str | None:
    """The codec that the page names for itself: in its XML declaration or a `<meta>`."""
    head = data[:_DECLARED_WITHIN].lower()
    if match := _XML.match(head):
        return codec_of(match.group(1).decode("ascii", "replace"))
    at = 0
    while match := _OPENING.search(head, at):
        kind = match.group(1) or b""
        at = match.end()
        if kind == b"meta":
            charset = _CHARSET.search(match.group())
            codec = codec_of(charset.group(1).decode("ascii", "replace")) if charset else None
            if codec:
                return codec
            continue
        end = head.find(b"</" + kind if kind else b"-->", at)
        if end < 0:
            return None
        at = end
    return None


def _by_looks(data: bytes, declared: str | None) -> str:
    """As declared, if that gives a text; else in the likeliest encoding."""
    language = _LANGUAGE.search(data[:_DECLARED_WITHIN])
    named = language.group(1).decode("ascii") if language else None
    if declared is None or declared == "utf-8":
        return decode_as(data, guess_encoding(data, named))
    text = decode_as(data, declared)
    mine = plausibility(text)
    is_unusual = declared == "cp1252" and bool(usual_encodings(named))
    enough = _PLAUSIBLE_LATIN if declared == "cp1252" else _PLAUSIBLE
    if (mine >= enough and not is_unusual) or sum(1 for byte in data if byte >= _FIRST_BEYOND) < _MIN_SIGNS:
        return text
    other = decode_as(data, guess_encoding(data, named))
    return other if plausibility(other) > mine + (0 if is_unusual else _FAR_MORE) else text


def clean_text(text: str) -> str:
    """One kind of line end and of space, nothing invisible except joiners, which Persian and emoji need."""
    return _INVISIBLE.sub("", _SPACES.sub(" ", one_kind_of_line_end(text)))


def one_kind_of_line_end(text: str) -> str:
    """Every end of a line or page as a newline, the rest as it is."""
    return _NEWLINES.sub("\n", text)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark, recognised by its first bracket, or the place of the zero bytes of Latin text."""
    if data[:2] in {b"<\0", b"\0<"}:
        return "utf-16-be" if data.startswith(b"\0") else "utf-16-le"
    sample = data[:_WIDE_SAMPLE_BYTES]
    if len(sample) < _MIN_WIDE_BYTES or sample.count(0) < len(sample) * _ZERO_SHARE:
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
