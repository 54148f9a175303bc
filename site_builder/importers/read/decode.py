"""Bytes of unknown encoding to clean text. It never fails: what cannot be read becomes the replacement character."""

import codecs
import re
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
_DECLARED_WITHIN: Final = 4096
"""Bytes; HTML asks for the declaration within 1024, saved pages put comments before it."""
_FEW_FAULTS: Final = 0.02
"""Share of broken sequences among the non-ASCII ones up to which text counts as damaged UTF-8."""
_WIDE_SAMPLE_BYTES: Final = 400
_MIN_WIDE_BYTES: Final = 8
_ZERO_SHARE: Final = 0.3
"""Looked at, and needed, to recognise UTF-16, in which nearly half of the bytes of Latin text are zero."""

_NEWLINES: Final = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES: Final = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_UNREAL: Final = frozenset(
    """utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be utf-7 idna punycode
    unicode-escape raw-unicode-escape""".split()
)
"""Codecs that no page can declare: its declaration would not be in ASCII, or no page is written in them."""
_HOLES: Final = {0xDC00 + byte: byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def decode(data: bytes) -> str:
    """The text, by byte order mark, else as UTF-8, else as declared, else as Windows-1252."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    if name not in {"", "utf-8", "utf8"} and (other := _decode_as(data, name)) is not None:
        return other
    beyond_ascii = sum(1 for c in text if c > "\x7f")
    if text.count("\ufffd") <= max(1, _FEW_FAULTS * beyond_ascii) < beyond_ascii:
        return text
    return _windows(data)


def clean_text(text: str) -> str:
    """One kind of line end and of space, nothing invisible except joiners, which Persian and emoji need."""
    return _INVISIBLE.sub("", _SPACES.sub(" ", _NEWLINES.sub("\n", text)))


def _wide(data: bytes) -> str:
    """UTF-16 without a mark, recognised by the place of the zero bytes of Latin text."""
    sample = data[:_WIDE_SAMPLE_BYTES]
    if len(sample) < _MIN_WIDE_BYTES or sample.count(0) < len(sample) * _ZERO_SHARE:
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _decode_as(data: bytes, name: str) -> str | None:
    if name in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:  # WHATWG Encoding §4.2: labels of windows-1252
        return _windows(data)
    try:
        return None if codecs.lookup(name).name.replace("_", "-") in _UNREAL else data.decode(name, "replace")
    except (LookupError, ValueError):
        return None


def _windows(data: bytes) -> str:
    """Windows-1252, its five holes as the control characters of Latin-1, which `clean_text` drops."""
    return data.decode("cp1252", "surrogateescape").translate(_HOLES)
