"""Languages as OpenGraph names them: with a country, `en_US`."""

from typing import Final

COUNTRIES: Final = {
    "ar": "AR", "bg": "BG", "ca": "ES", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en": "US", "es": "ES", "et": "EE",
    "eu": "ES", "fa": "IR", "fi": "FI", "fr": "FR", "ga": "IE", "gl": "ES", "he": "IL", "hi": "IN", "hr": "HR", "hu": "HU",
    "id": "ID", "is": "IS", "it": "IT", "ja": "JP", "ko": "KR", "lt": "LT", "lv": "LV", "ms": "MY", "nb": "NO", "nl": "NL",
    "nn": "NO", "pl": "PL", "pt": "PT", "ro": "RO", "ru": "RU", "sk": "SK", "sl": "SI", "sq": "AL", "sr": "RS", "sv": "SE",
    "sw": "KE", "th": "TH", "tr": "TR", "uk": "UA", "ur": "PK", "vi": "VN", "zh": "CN",
}  # fmt: skip
"""Language -> the country that OpenGraph's readers know it with, where a tag names none."""


def locale(tag: str) -> str:
    """`en` -> `en_US`, `de-AT` -> `de_AT`, `sr-Latn-RS` -> `sr_RS`: ogp.me wants language_TERRITORY.

    A language whose country we do not know stays as it is.
    """
    language, *rest = tag.split("-")
    language = language.lower()
    country = next((part.upper() for part in rest if len(part) == 2), COUNTRIES.get(language, ""))
    return f"{language}_{country}" if country else language
