"""The encoding of bytes that are no UTF-8 and whose declaration is missing or wrong.

Every candidate is tried, and its text judged by what no language does (a capital behind a small letter, letters of two
scripts in one word, signs inside a word) and by what each language does most (its commonest letters and signs).
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import Final

from site_builder.importers.read.encoding.encoding_labels import decode_as

_DEFAULT: Final = "cp1252"
_CANDIDATES: Final = (
    "cp1251", "cp932", "gb18030", "euc-jp", "big5hkscs", "cp949", "koi8-u", "cp1250", "cp1253", "cp1254", "cp1255",
    "cp1256", "cp874", "cp1257", "iso8859-2", "iso8859-5", "cp866", "iso8859-6", "mac-cyrillic", "mac-roman",
)  # fmt: skip
"""The likeliest first: of equal ones it wins."""
_MARGIN: Final = 0.15
"""By so much a candidate must look better than windows-1252, which browsers take where they know nothing."""
_OF_LANGUAGES: Final = {
    "ru": "cp1251 koi8-u iso8859-5 cp866 mac-cyrillic", "uk": "cp1251 koi8-u", "bg": "cp1251", "sr": "cp1251",
    "be": "cp1251", "ja": "cp932 euc-jp", "zh": "gb18030 big5hkscs", "ko": "cp949", "el": "cp1253", "tr": "cp1254",
    "he": "cp1255", "ar": "cp1256 iso8859-6", "fa": "cp1256", "ur": "cp1256", "th": "cp874", "pl": "cp1250 iso8859-2",
    "cs": "cp1250 iso8859-2", "sk": "cp1250 iso8859-2", "hu": "cp1250 iso8859-2", "ro": "cp1250 iso8859-2",
    "sl": "cp1250", "hr": "cp1250", "lt": "cp1257", "lv": "cp1257", "et": "cp1257",
}  # fmt: skip
"""Language of the page, as it says itself, -> its usual encodings."""
_LANGUAGE_BONUS: Final = 0.15
_SAMPLE_BYTES: Final = 30_000
"""Judged: text around bytes beyond ASCII."""
_FIRST_BEYOND: Final = 0x80
_MIN_BYTES: Final = 8
"""Bytes beyond ASCII, of which fewer are a foreign name or two."""
_AROUND: Final = re.compile(rb"[^\x00-\x7f](?:[\x00-\x7f]{0,2}[^\x00-\x7f]){0,1000}")
_BEYOND_ASCII: Final = re.compile(r"[A-Za-z]?[^\x00-\x7f]{1,1000}[A-Za-z]?")
_COMMON: Final = {
    "CYRILLIC": "оеаинтсрвлкмдпуяыь",
    "GREEK": "αοιεηςντυρπσκμλάόίέή",
    "HEBREW": "יוהלאתרבשמנ",
    "ARABIC": "اليمونرتبةعدسف",
    "THAI": "านรกอเงมยลวดทสต่้ัี",
    "HIRAGANA": "のにはをたがでてとしれさるいなりもかまらす",
    "KATAKANA": "ンルスートリアイラクシドタフロ",
    "HANGUL": "이다의는에을를한고가지로하은기사도자인대서리시어정",
    "CJK": (
        "的一是不了在人有我他这個中大来上国國到说們们为為子和你地出道也时時年得就那要下以生会會自着去之过過家学對对可她里后"
        "小么心多天而能好都然没日于起还發发成事只作当想看文无開开手十用主行方又如前所本见經经头面公同三已老从動动两長长"
        "新市場报報業业電电月日部員員社国者会見高政民問題法第二四五六七八九"
    ),
}
"""Script -> its commonest letters, or signs: three of four in running text, one in ten in a wrong reading."""
_OTHER_SIGNS: Final = {"HIRAGANA": 0.5, "KATAKANA": 0.5, "HANGUL": 0.6, "CJK": 0.3}
"""What any other sign of a script counts: these have thousands, or few that stand out."""
_ALPHABETS: Final = (
    "éèàêçôîùûëïâœæ", "äöüß", "ñóíáúéü¿¡", "çãõáéíóúâêôà", "àèéìòù", "åäöé", "åæøé", "ğışçöüâî", "ąćęłńóśżź",
    "áčďéěíňóřšťúůýž", "áéíóöőúüű", "ăâîșțşţ", "čšžćđ", "ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž", "áéíóúýþæðö",
    "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹáàãéèíìóòõúùý",
)  # fmt: skip
"""What stands beyond ASCII in each language of Latin script: a text is in one of them."""
_MARKS: Final = "„“”‘’–—…«»€£§©°·•"
_BAD: Final = 3.0
"""Weight of a fault against a common sign."""


def guess_encoding(data: bytes, language: str | None = None) -> str:
    """The likeliest codec, one of `encoding_labels`. `language` is what the page calls its language, if it does."""
    sample = _sample(data)
    likely = usual_encodings(language)
    if not likely and sum(byte >= _FIRST_BEYOND for byte in sample) < _MIN_BYTES:
        return _DEFAULT
    scores = {codec: _score(decode_as(sample, codec)) + _LANGUAGE_BONUS * (codec in likely) for codec in _CANDIDATES}
    best = max(_CANDIDATES, key=lambda codec: scores[codec])
    margin = 0.0 if likely else _MARGIN
    return best if scores[best] > _score(decode_as(sample, _DEFAULT)) + margin else _DEFAULT


def usual_encodings(language: str | None) -> list[str]:
    """The codecs in which texts of a language are usually written; empty where that is windows-1252, or unknown."""
    return _OF_LANGUAGES.get((language or "").lower().partition("-")[0], "").split()


def plausibility(text: str) -> float:
    """How much a text looks like a language beyond ASCII: about 1 for a right reading, below 0 for most wrong ones."""
    parts: list[str] = []
    size = 0
    for match in _BEYOND_ASCII.finditer(text):
        parts.append(match.group())
        size += match.end() - match.start()
        if size > _SAMPLE_BYTES:
            break
    return _score(" ".join(parts))


def _sample(data: bytes) -> bytes:
    """The stretches of bytes beyond ASCII, each with a letter on either side."""
    parts: list[bytes] = []
    size = 0
    for match in _AROUND.finditer(data):
        part = data[max(0, match.start() - 1) : match.end() + 1]
        parts.append(part)
        size += len(part)
        if size > _SAMPLE_BYTES:
            break
    return b" ".join(parts)


def _score(text: str) -> float:
    """Common signs less faults, as a share of the signs beyond ASCII."""
    counts = Counter(sign for sign in text if sign > "\x7f")
    total = sum(counts.values())
    if not total:
        return 0.0
    latin: dict[str, int] = {sign.lower(): count for sign, count in counts.items() if _script(sign) == "LATIN"}
    good: float = max(sum(latin.get(sign, 0) for sign in alphabet) for alphabet in _ALPHABETS)
    good += sum(count * _is_common(sign) for sign, count in counts.items())
    bad = sum(count * _is_fault(sign) for sign, count in counts.items())
    bad += sum(_clash(a, b) for a, b in pairwise(text) if a > "\x7f" or b > "\x7f")
    return (good - _BAD * bad) / total


def _is_common(sign: str) -> float:
    if sign in _MARKS or sign in _WIDE_MARKS:
        return 0.8
    script = _script(sign)
    usual, other = (1.0, _OTHER_SIGNS.get(script, 0.0)) if sign == sign.lower() else (0.5, 0.0)
    return usual if sign.lower() in _COMMON.get(script, "") else other


def _is_fault(sign: str) -> float:
    """Is it what no text has?"""
    if sign == "\ufffd" or unicodedata.category(sign) in {"Cc", "Co", "Cn"}:
        return 1.0
    return 0.3 if "\uff61" <= sign <= "\uff9f" or "\u2500" <= sign <= "\u25ff" else 0.0


def _clash(before: str, sign: str) -> float:
    """Do two neighbours stand together in no language, or hardly ever?"""
    if not (before.isalpha() and sign.isalpha()):
        return 0.3 if before.isalpha() and sign in "¤¦¨¬¯±²³µ¶·¹º¼½¾¿¡÷×" else 0.0
    if before.islower() and sign.isupper():
        return 0.7
    first, second = _script(before), _script(sign)
    if first == second == "LATIN":
        return 0.2 if before > "\x7f" and sign > "\x7f" else 0.0
    is_usual = (
        first == second or {first, second} <= _TOGETHER or ("LATIN" in {first, second} and {first, second} & _TOGETHER)
    )
    return 0.0 if is_usual else 0.3


_WIDE_MARKS: Final = "、。「」・\uff0c\uff01\uff1f\uff1a"
_TOGETHER: Final = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HALFWIDTH", "FULLWIDTH", "IDEOGRAPHIC"}
)


@lru_cache(maxsize=4_000)
def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]
