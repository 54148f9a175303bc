"""Language tags (BCP 47), as the attribute `lang` of a page needs them."""

import re
from typing import Final

_TAG: Final = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[a-wy-z\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?"
    r"|x(?:-[a-z\d]{1,8})+|i-[a-z]{3,8})",
    re.IGNORECASE,
)
"""Tags that are well-formed: language, script, region, variants, extensions, private use."""
_NAMES: Final = {
    name: tag
    for tag, names in {
        "ar": "arabic العربية", "cs": "czech čeština", "da": "danish dansk", "de": "german deutsch",
        "el": "greek ελληνικά", "en": "english", "es": "spanish español", "fi": "finnish suomi",
        "fr": "french français", "he": "hebrew עברית", "hi": "hindi हिन्दी", "it": "italian italiano",
        "ja": "japanese 日本語", "ko": "korean 한국어", "nl": "dutch nederlands", "no": "norwegian norsk",
        "pl": "polish polski", "pt": "portuguese português", "ru": "russian русский", "sv": "swedish svenska",
        "tr": "turkish türkçe", "uk": "ukrainian українська", "vi": "vietnamese", "zh": "chinese 中文",
    }.items()
    for name in names.split()
}  # fmt: skip


def is_language_tag(text: str) -> bool:
    """Whether a text has the form of a language tag."""
    return _TAG.fullmatch(text) is not None


def proposed_language_tag(text: str) -> str:
    """The tag that a text means, which is none itself: `pt_BR`, `en_US.UTF-8`, `German`. "" if it is not known."""
    tag = re.sub(r"\s*[_-]\s*", "-", text.strip().partition(".")[0])
    return tag if is_language_tag(tag) else _NAMES.get(text.strip().casefold(), "")
