"""Links, headings and cells' headings that say nothing, taken out of clean HTML.

Who hears a page goes through it by its links and headings, and is told of each: one without words only keeps them. What
others may link to (an id) stays, and so does a picture; a picture that is all of a link is named by `markdown/body.py`,
which knows where the link leads.
"""

import re
from typing import Final

_BLANK: Final = r"\s|&nbsp;|[\u200b-\u200d\u2060\ufeff]"
_EMPTY_LINK: Final = re.compile(rf"<a((?:\s[^>]*)?)>((?:{_BLANK}|<(?!/?a[\s>])[^>]*>)*+)</a>")
_EMPTY_HEADER: Final = re.compile(rf"<th((?:\s[^>]*)?)>((?:{_BLANK}|<(?!/?th[\s>])[^>]*>)*+)</th>")
_EMPTY_HEADING: Final = re.compile(
    rf'<h([1-6])((?:\s[^>]*)?)>((?:{_BLANK}|<a class="headerlink"[^>]*>[^<]*</a>|<(?!/?h[1-6][\s>])[^>]*>)*+)</h\1>\n?'
)
_ID: Final = re.compile(r'\sid="(?!_\d+")[^"]*"')
"""Not one that the extension toc makes for a heading without words."""
_SCOPE: Final = re.compile(r'\sscope="[^"]*"')
_NAMED_IMAGE: Final = re.compile(r'<img\s(?:[^>]*\s)?alt="(?!(?:\s|&nbsp;)*")')
_BLANK_TEXT: Final = re.compile(f"(?:{_BLANK})*")


def leave_out_unnamed(html: str) -> str:
    """Clean HTML without links, headings and cells' headings that say nothing. Markdown makes these too."""
    html = _EMPTY_HEADER.sub(_cell, _EMPTY_LINK.sub(_link, html))
    return _EMPTY_HEADING.sub(_heading, html) if "<h" in html else html


def is_blank(text: str) -> bool:
    """Do these words between two tags say nothing?"""
    return _BLANK_TEXT.fullmatch(text) is not None


def _link(match: re.Match[str]) -> str:
    attributes, inside = match.groups()
    if "<img" in inside:
        return match[0]
    own = _ID.search(attributes)
    return f"<a{own[0]}>{inside}</a>" if own else inside


def _cell(match: re.Match[str]) -> str:
    attributes, inside = match.groups()
    return match[0] if _NAMED_IMAGE.search(inside) else f"<td{_SCOPE.sub('', attributes)}>{inside}</td>"


def _heading(match: re.Match[str]) -> str:
    """What holds a picture or can be linked to becomes a paragraph."""
    _, attributes, inside = match.groups()
    if _NAMED_IMAGE.search(inside):
        return match[0]
    own = _ID.search(attributes)
    return f"<p{own[0] if own else ''}>{inside}</p>\n" if own or "<img" in inside or _ID.search(inside) else ""
