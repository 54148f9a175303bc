"""An introduction in two parts: what a page shows at once, and the rest, which folds."""

import re
from html import unescape
from typing import Final, NamedTuple

from markupsafe import Markup

from site_builder.text.tokenizer import words

SHOWN_WORDS: Final = 120
"""About how many words are shown: a reader on a laptop then sees the narrower topics beside them."""
MIN_FOLDED: Final = 40
"""Words that are worth folding: below, the line that unfolds them takes their place."""
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?(/?)>|<!--.*?-->", re.DOTALL)
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HEADING: Final = re.compile(r"h[1-6]\Z")


class Introduction(NamedTuple):
    """HTML in two parts, both whole elements."""

    shown: Markup
    folded: Markup
    """"" where everything is shown."""


def fold_introduction(html: str) -> Introduction:
    """Part the HTML of a body between two of its outermost elements, as near to SHOWN_WORDS as they allow.

    Never after a heading, and not where fewer than MIN_FOLDED words would be left.
    """
    ends = list(_ends(html))
    total = ends[-1].words if ends else 0
    may = [end for end in ends if not end.is_heading and total - end.words >= MIN_FOLDED]
    if total < SHOWN_WORDS + MIN_FOLDED or not may:
        return Introduction(Markup(html), Markup(""))  # noqa: S704 (the body is cleaned HTML)
    best = min(may, key=lambda end: abs(end.words - SHOWN_WORDS))
    return Introduction(Markup(html[: best.at]), Markup(html[best.at :].lstrip()))  # noqa: S704 (the same)


class _End(NamedTuple):
    """The end of an outermost element."""

    at: int
    words: int
    """Words so far."""
    is_heading: bool


def _ends(html: str) -> list[_End]:
    found: list[_End] = []
    depth = count = last = 0
    for tag in _TAG.finditer(html):
        count += len(words(unescape(html[last : tag.start()])))
        last = tag.end()
        name = (tag[2] or "").lower()
        if not name or name in _VOID or tag[3]:
            continue
        depth += -1 if tag[1] else 1
        if depth == 0:
            found.append(_End(tag.end(), count, bool(_HEADING.match(name))))
    if found:
        rest = len(words(unescape(html[last:])))
        found[-1] = found[-1]._replace(words=found[-1].words + rest)
    return found
