"""Plain text to Markdown that reads the same: only what would be taken for markup is escaped."""

import re
from collections.abc import Callable
from functools import cache
from html.entities import html5
from typing import Final

_START: Final = re.compile(r"(?P<mark>[#>+*-])|(?P<number>\d+)(?P<dot>[.)])(?=\s)|(?P<fence>~)(?=~~)")
_INLINE: Final = re.compile(r"[\\`*\[\]]|(?<![^\W_])_+|_+(?![^\W_])|#$")
_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])")
_ENDS_IN_BRACKET: Final = re.compile(r"\][ \t.,;]*(?:\n|\Z)")
"""A line that may be nothing but brackets, which would become a formula once they are escaped."""
_OF_OTHERS: Final = re.compile(
    r"%(?=%)|(?<=%)%|(?<!\w)\+(?=\+\w)|=(?==)|(?<![^\W_]):(?=[+\w-]+:)|~(?=.*~)|\^(?=.*\^)|(?:^|(?<=\s))\^(?=[\w-]+$)"
    r"|(?<!\\)\{(?=.*\})|^(?:!(?=!!)|\?(?=\?\?)|=(?===)|:(?=::| )|/(?=//))"
)
"""What begins private comments, keys, marks, emoji and blocks where texts are more than plain Markdown."""


def escape_marks(text: str) -> str:
    """What only some dialects of Markdown read as markup, as entities, which all of them show."""
    return _OF_OTHERS.sub(lambda match: f"&#{ord(match[0])};", text)


def escape_line(text: str) -> str:
    """One line of text, safe as a paragraph, a heading or a list item.

    Tags and entities are written as entities: Python-Markdown takes no backslash before `<`, `&` or `~`.
    """
    text = around_formulas(_escape_inline, text)
    start = _START.match(text)
    if start is None:
        return text
    if start["mark"]:
        return text if text.startswith("\\") else "\\" + text
    if start["fence"]:
        return f"&#126;{text[1:]}"
    return f"{start['number']}\\{start['dot']}{text[start.end() :]}"


def around_formulas(escape: Callable[[str], str], text: str) -> str:
    """The text escaped, with its formulas as they are; what is escaped makes no new one."""
    if "\\" not in text and text.count("$") < 2 and not _ENDS_IN_BRACKET.search(text):
        return escape(text)  # a sum of money, or brackets within a line
    from site_builder.markdown.tex.formulas import Notation, find_formulas  # noqa: PLC0415 (few texts have formulas)

    notation = Notation()
    kept = [f for f in find_formulas(text, notation) if f.is_closed and not _TAG.search(f.tex)]
    pieces, at = [], 0
    for formula in kept:
        pieces += [escape(text[at : formula.start]), text[formula.start : formula.end]]
        at = formula.end
    written = "".join([*pieces, escape(text[at:])])
    found = [written[formula.start : formula.end] for formula in find_formulas(written, notation)]
    if found == [text[formula.start : formula.end] for formula in kept]:
        return written
    return escape(text).replace("\\[", "&#91;").replace("$", "&#36;")


def _escape_inline(text: str) -> str:
    text = _INLINE.sub(lambda m: "".join("\\" + c for c in m.group()), text)
    return escape_marks(_TAG.sub("&lt;", _entity().sub("&amp;", text)))


@cache
def _entity() -> re.Pattern[str]:
    """What HTML reads as a character: numbers and some old names also without the semicolon at their end."""
    endless = "|".join(sorted(name for name in html5 if not name.endswith(";")))
    return re.compile(rf"&(?=#\w|\w+;|{endless})")
