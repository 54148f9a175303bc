"""Text without what readers leave out when they type: case, accents, vowel marks, and letters their keyboard lacks.

`templates/assets/search.js` has the same rule with the same two tables; a test compares them.
"""

import re
import unicodedata
from typing import Final

_LEFT_OUT: Final = re.compile(
    "["
    "\u00ad\u02b9-\u02bf\u061c\u200e\u200f\u2060\ufeff"  # soft hyphens, letters like apostrophes, marks of direction
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # accents
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u0640\u064b-\u065f\u0670"  # Arabic: vowels, hamza, madda, tatweel,
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08ca-\u08e1\u08e3-\u08ff"  # and the marks of the Quran
    "\u0711\u0730-\u074a"  # Syriac vowels
    "\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc"  # dots below letters of Indian scripts
    "\ufe00-\ufe0f\U000e0100-\U000e01ef"  # selectors of a variant
    "]+"
)
"""What is left out of decomposed text."""

_LETTERS: Final = (
    "ßss æae œoe þth ðd đd łl øo ıi ȷj ħh ŧt ŋn ĸk ƀb ɓb ƈc ȼc ɖd ɗd ɇe ƒf ǥg ɠg ɨi ɉj ƙk ƚl "  # noqa: RUF001 (meant)
    "ɲn ƞn ƥp ɍr ƫt ƭt ʈt ʉu ʋv ƴy ɏy ƶz ȥz ɔo ɛe əe ǝe ɣg ʒz ςσ "  # noqa: RUF001 (as above)
    "ٱا ىي یي ےي ېي ةه ہه ھه ەه کك"  # noqa: RUF001 (as above)
)
_PLAIN: Final = {pair[0]: pair[1:] for pair in _LETTERS.split()}
"""Lower-case letters that Unicode does not decompose -> what people type instead."""
_ANY_LETTER: Final = re.compile(f"[{''.join(_PLAIN)}]")


def fold(text: str) -> str:
    """Lower case without marks: `Qualität` -> `qualitat`, `Straße` -> `strasse`, `Łódź` -> `lodz`, `كِتَاب` -> `كتاب`.

    Vowel signs of Indian and South-East Asian scripts stay: without them words would be others.
    """
    if text.isascii():
        return text.lower()
    plain = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", text)).lower()
    return unicodedata.normalize("NFC", _ANY_LETTER.sub(lambda match: _PLAIN[match[0]], plain))
