"""The name of an encoding, as a page gives it, to the text of its bytes, as browsers read it.

The labels are those of the WHATWG Encoding Standard (§4.2, "Names and labels"): "iso-8859-1" means windows-1252,
"gb2312" means gb18030, "shift_jis" has the signs that Windows added. Python's codecs of these names are stricter, so
each label leads to the codec that comes nearest, and what this one lacks is added here.

The package webencodings has the labels, but Python's own codecs of these names, "shift_jis" without ① for one.
"""

import codecs
import re
from collections.abc import Callable
from functools import cache
from typing import Final, TypeAlias

_Read: TypeAlias = tuple[str, int]
"""A text, and the number of bytes that it stands for."""

_LABELS: Final = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": """csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2""",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso8859-5": """csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5
        iso_8859-5:1988""",
    "iso8859-6": """arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e
        iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987""",
    "iso8859-7": """csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7
        iso_8859-7:1987 sun_eu_greek""",
    "iso8859-8": """csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8
        iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical""",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": """ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591
        iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined latin-1""",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": """cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5
        windows-1254 x-cp1254""",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": """chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030 cp936
        windows-936""",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950 windows-950",
    "euc-jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022-jp": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cp932",
    "cp949": """cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601
        windows-949 cp949""",
    "hz": "hz-gb-2312",
    "iso2022-kr": "csiso2022kr iso-2022-kr",
    "utf-7": "csunicode11utf7 unicode-1-1-utf-7 utf-7 x-unicode-2-0-utf-7",
}
"""Codec -> labels. Beyond the standard: code pages that people write ("cp932"), "latin-1", and labels that browsers no
longer read for fear of scripts, which are not run here (hz-gb-2312, iso-2022-kr, utf-7). "x-user-defined" means
windows-1252 in a `<meta>` (HTML, "prescan a byte stream")."""
_NOT_FOR_ASCII: Final = frozenset(
    "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le unicodefffe utf-16be".split()
)
"""A page that can say so in ASCII is not UTF-16: there such a label means UTF-8 (HTML, "prescan a byte stream")."""
_PAIR: Final = 2
_FIRST_CELL: Final = 0xA1
"""First byte of either half of a pair in EUC-JP."""
_LOW_ROWS: Final = 62
"""Rows of JIS X 0208 below the gap that Shift_JIS leaves for one-byte katakana,"""
_BEFORE_DELETE: Final = 63
"""and cells below 0x7F, which it leaves out."""
_LAST_CONTROL: Final = 0x9F
_EURO: Final = 0x80
_HIGH_BIT: Final = 0x80
_SPACE: Final = 0x20
_SAME_SIGNS: Final = {
    "euc-jp": str.maketrans("\u301c\u2016\u2212\u00a2\u00a3\u00ac", "\uff5e\u2225\uff0d\uffe0\uffe1\uffe2"),
    "koi8-u": str.maketrans("\u256c\u255d", "\u040e\u045e"),
}
"""Signs that the standard reads as their neighbours: of JIS X 0208 as Windows does, of KOI8-U as KOI8-RU does."""
_JIS_ESCAPE: Final = re.compile(rb"\x1b(\$[@B]|\([BJI])")


def codec_of(label: str) -> str | None:
    """The codec for a label of a page written in ASCII; None for a name that is no label."""
    name = label.strip("\t\n\f\r ").lower()
    return "utf-8" if name in _NOT_FOR_ASCII else _codecs().get(name)


def decode_as(data: bytes, codec: str) -> str:
    """The text of bytes in a codec that `codec_of` gave; what is none becomes the replacement character."""
    if codec == "iso2022-jp":
        return _iso2022_jp(data)
    text = data.decode(codec, _handler(codec))
    return text.translate(_SAME_SIGNS[codec]) if codec in _SAME_SIGNS else text


@cache
def _codecs() -> dict[str, str]:
    return {label: codec for codec, labels in _LABELS.items() for label in labels.split()}


@cache
def _handler(codec: str) -> str:
    """The name of an error handler, registered once, that knows what the codec lacks."""
    beyond = _BEYOND.get(codec, _hole if codec.startswith(("cp125", "cp874")) else None)
    if beyond is None:
        return "replace"

    def handle(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        found = beyond(error.object[error.start : error.start + 2])
        if found is None:
            return "\ufffd", error.start + 1
        return found[0], error.start + found[1]

    name = f"site-builder-{codec}"
    codecs.register_error(name, handle)
    return name


def _hole(pair: bytes) -> _Read | None:
    """An unused byte, as the control character of Latin-1, which `clean_text` drops."""
    return (chr(pair[0]), 1) if pair[0] <= _LAST_CONTROL else None


def _gb18030(pair: bytes) -> _Read | None:
    return ("\u20ac", 1) if pair[0] == _EURO else None


def _big5(pair: bytes) -> _Read | None:
    """Signs that Windows has and Hong Kong's set lacks."""
    return _two_bytes(pair, "cp950")


def _euc_jp(pair: bytes) -> _Read | None:
    """Signs that NEC, IBM and Windows added to JIS X 0208, by way of Shift_JIS."""
    if len(pair) < _PAIR or min(pair) < _FIRST_CELL:
        return None
    row, cell = pair[0] - _FIRST_CELL, pair[1] - _FIRST_CELL
    lead = row // 2 + (0x81 if row < _LOW_ROWS else 0xC1)
    trail = cell + 0x9F if row % 2 else cell + 0x40 + (cell >= _BEFORE_DELETE)
    return _two_bytes(bytes((lead, trail)), "cp932")


def _two_bytes(pair: bytes, codec: str) -> _Read | None:
    try:
        return pair.decode(codec), _PAIR
    except UnicodeDecodeError:
        return None


def _iso2022_jp(data: bytes) -> str:
    """Segments between escape sequences; two-byte ones are those of EUC-JP without the high bits."""
    first, *rest = _JIS_ESCAPE.split(data)
    out = [first.decode("ascii", "replace")]
    for escape, segment in zip(rest[::2], rest[1::2], strict=True):
        high = bytes(byte | _HIGH_BIT if byte > _SPACE else byte for byte in segment)
        if escape.startswith(b"$"):
            out.append(decode_as(high, "euc-jp"))
        else:
            out.append(high.decode("cp932", "replace") if escape == b"(I" else segment.decode("ascii", "replace"))
    return "".join(out)


_Beyond: TypeAlias = Callable[[bytes], _Read | None]
_BEYOND: Final[dict[str, _Beyond]] = {"gb18030": _gb18030, "big5hkscs": _big5, "euc-jp": _euc_jp}
