"""HTML in the fields of a feed to plain text, and plain text to HTML."""

import html
import re
from typing import Final

from site_builder.importers.read.decode import clean_text
from site_builder.importers.read.html.page_tree import squeeze

MAX_TITLE_CHARACTERS: Final = 500
MAX_SUMMARY_CHARACTERS: Final = 5_000
_HTML_FACTOR: Final = 4
"""So many times longer than its text may HTML be of which all is read; longer HTML is cut before it is parsed."""

_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNSHOWN: Final = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
_INLINE: Final = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE
)
_TAG: Final = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def legal(text: str, replacement: str = "") -> str:
    """A text without the characters that XML does not allow (XML 1.0 §2.2)."""
    return _ILLEGAL.sub(replacement, text)


def has_tags(text: str) -> bool:
    """Is there an HTML tag in it?"""
    return _TAG.search(text) is not None


def one_line(source: str, limit: int = MAX_SUMMARY_CHARACTERS) -> str:
    """HTML to text on one line, at most `limit` characters; block elements become spaces."""
    text = _UNSHOWN.sub(" ", source[: _HTML_FACTOR * limit])
    text = html.unescape(_TAG.sub(" ", _INLINE.sub("", text)))
    return squeeze(clean_text(legal(text)))[:limit].rstrip()


def html_of(text: str) -> str:
    """Plain text as HTML that keeps its paragraphs."""
    parts = [html.escape(p.strip()) for p in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if p.strip()]
    return parts[0] if len(parts) == 1 else "".join(f"<p>{p}</p>" for p in parts)
