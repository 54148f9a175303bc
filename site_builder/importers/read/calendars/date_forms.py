"""The forms in which dates are written, as one pattern.

Each form has a number, and its parts are groups of a letter and this number: y year, z year of two digits, m month, d
day; a and b day or month, s separator, e era. Digits are ASCII by then (`ascii_digits`).
"""

import re
from typing import Final

from site_builder.importers.read.compile_patterns import compiled

_YEAR: Final = r"(?:1[34]|19|20|2[456])\d\d"
"""Ours, or those of another calendar."""
_LETTER: Final = r"[^\s\d_.,;:/()\[\]\"'“”‘’«»|•·–—<>!?-]"
"""With its marks."""
_THAI_ABBREVIATION: Final = r"[\u0e01-\u0eff]{1,4}\.\s?[\u0e01-\u0eff]{1,4}"
_ARABIC_NAME: Final = r"(?:(?:كانون|تشرين)\s)?[\u0621-\u064a]{3,12}"
_MONTH: Final = (
    rf"{_ARABIC_NAME}\s?/\s?{_ARABIC_NAME}|{_LETTER}{{2,15}}|{_THAI_ABBREVIATION}|(?:كانون|تشرين)\s{_LETTER}{{4,7}}"
)
"""A word, or two in the Levant, or the name there and the one in Egypt: نيسان/أبريل."""
_THAI_MONTH: Final = rf"{_THAI_ABBREVIATION}\.?|[\u0e01-\u0e5b]{{5,12}}"
_ERA: Final = "令和|平成|昭和|大正|明治|中[華华]民[國国]|民[國国]"
_CHINESE: Final = "〇零一二三四五六七八九十"
_OTHER_DIGIT: Final = re.compile(r"[^\D0-9]")


def ascii_digits(text: str) -> str:
    """The digits of other scripts as ours: ٨ -> 8. The length stays."""
    return text if text.isascii() else _OTHER_DIGIT.sub(lambda match: str(int(match.group())), text)


def date_forms(ordinals: str, of_words: str) -> re.Pattern[str]:
    """Every form. `ordinals` stand behind a day, `of_words` between its parts; both are patterns."""
    of = rf"(?:(?:{of_words}|del|ng)\s+|d['’])"
    between = rf"[\s.,،/-]{{1,3}}{of}?"
    era = r"(?:(?:พ\.\s?ศ\.|ค\.\s?ศ\.|sm\.|tahun|năm)\s?)?"

    def year(group: str) -> str:
        return rf"(?P<{group}>{_YEAR})(?!\d)"

    def month(group: str) -> str:
        return rf"(?P<{group}>{_MONTH})\.?"

    forms = (
        # 2026-06-03, 2026/6/3, 2026. 6. 3.
        rf"(?<![\d./-]){year('y1')}(?P<s1>[-/]|\.\s?)(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)(?=T\d|\D|$)",
        # 3 June 2026, 3. Juni 2026, 3 de junio de 2026, 3 Jun '26
        (
            rf"(?<![\d.,:])(?P<d2>\d\d?)(?:{ordinals}|º|°|\.)?{between}{month('m2')}{between}{era}"
            rf"(?:{year('y2')}|['’](?P<z2>\d\d)(?!\d))"
        ),
        # June 3, 2026
        (
            rf"(?<!\w){month('m3')}[\s/-]{{1,2}}(?P<d3>\d\d?)(?:{ordinals})?(?:,|\.|/|-|\s+(?:{of_words}))?"
            rf"\s{{0,2}}{year('y3')}"
        ),
        # 3.6.2026, 3/6/26, 3. 6. 2026
        (
            r"(?<![\d./,-])(?P<a4>\d\d?)(?P<s4>[/-]|\.\s?)(?P<b4>\d\d?)(?P=s4)"
            rf"(?:{year('y4')}(?![./-]\d)|(?P<z4>\d\d)(?![\d./-]))"
        ),
        # 2026年6月3日, 令和8年6月3日, 2026년 6월 3일
        (
            rf"(?:(?P<e5>{_ERA})\s?(?P<y5>\d{{1,3}}|元)|(?<!\d)(?P<y6>\d{{4}}))\s?[年년]\s?(?P<m5>\d\d?)\s?[月월]\s?"
            r"(?P<d5>\d\d?)\s?[日号號일]"
        ),
        # 二〇二六年六月三日
        rf"(?P<y7>[〇零一二三四五六七八九]{{4}})年(?P<m7>[{_CHINESE}]{{1,3}})月(?P<d7>[{_CHINESE}]{{1,3}})[日号號]",
        # 3 tháng 6, 2026
        rf"(?<!\d)(?P<d8>\d\d?)\s+(?:tháng|thg)\s+(?P<m8>\d\d?)(?:\s*,|\s+năm)?\s+{year('y8')}",
        # 3 มิ.ย. 69, counted from the Buddha
        rf"(?<!\d)(?P<dx>\d\d?)\s(?P<mx>{_THAI_MONTH})\s(?P<zx>\d\d)(?![\d:.])",
        # 2026. gada 3. jūnijs, 2026 жылғы 3 маусым
        rf"(?<![\d./-]){year('y0')}\.?\s?(?:gada|жылғы)\s(?P<d0>\d\d?)\.?\s{month('m0')}",
        # 2026. június 3., 2026 m. birželio 3 d.
        rf"(?<![\d./-]){year('y9')}\.?\s(?:m\.\s|[gж]\.\s)?{month('m9')}\s(?P<d9>\d\d?)(?![\d:]|,?\s?\d{{4}})",
    )
    return compiled("|".join(forms))
