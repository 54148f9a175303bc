"""Dek and body of a pasted page."""

import re
from collections.abc import Collection
from itertools import dropwhile
from typing import Final

from site_builder.importers.read.boilerplate import is_call, is_stamp
from site_builder.importers.read.dates import find_relative
from site_builder.importers.read.markdown_escape import escape_line
from site_builder.importers.read.phrases import phrases
from site_builder.importers.read.text.lines import MAX_CAPTION_WORDS, MAX_LABEL_WORDS, PARAGRAPH_WORDS, TextLine
from site_builder.importers.read.text.rows.pasted_tables import pasted_table_as_markdown
from site_builder.importers.read.text.text_page import TextPage

_LINES_TO_DEK: Final = 12
"""Lines below the title within which its dek stands."""
_MIN_DEK_WORDS: Final = 6
_MAX_DEK_WORDS: Final = 90
_LINES_AFTER_DEK: Final = 3
"""Lines below a dek within which a date, author or credit sets it off from the text."""
_SENTENCE_ENDS: Final = frozenset('.!?…。\uff01\uff1f”"»')
_NOT_AT_START: Final = '"“„«—–-'
"""What no heading begins with."""
_NOT_AT_END: Final = ".!…:;,\"”»'’)"
"""What no heading ends with."""
_NO_LETTER: Final = re.compile(r"[\W_]+")


def letters_of(text: str) -> str:
    """Letters and digits alone, in lower case, for comparing titles."""
    return _NO_LETTER.sub("", text.casefold())


def find_dek(page: TextPage, used: frozenset[int]) -> int | None:
    """The line of the dek: a sentence between the title and the text, or set off from the text by date or author.

    One without a full stop may be a headline, and one above the credit of a picture its caption: they are taken only
    where there is no other.
    """
    if page.title is None:
        return None
    own_title, other = letters_of(page.lines[page.title].text), None
    end = min(len(page.lines), page.title + _LINES_TO_DEK, page.first + 2)
    for i in range(page.title + 1, end):
        line = page.lines[i]
        if i in used or line.bullet or not _MIN_DEK_WORDS <= line.words <= _MAX_DEK_WORDS or _is_meta(page, i):
            continue
        if _is_furniture(line) or own_title in letters_of(line.text):
            continue
        if page.is_article[i] and (
            other is not None or not (_is_set_off(page, i, used) and _has_paragraph(page, i + 1))
        ):
            break
        if line.text[-1] in _SENTENCE_ENDS and not _is_caption(page, i):
            return i
        other = i if other is None else other
    return other


def _is_caption(page: TextPage, i: int) -> bool:
    """Does the credit of a picture stand in a line, or follow on the next one?"""
    if phrases().picture_credit_label.search(page.lines[i].head):
        return True
    return i + 1 < len(page.lines) and phrases().credit.match(page.lines[i + 1].head) is not None


def _is_furniture(line: TextLine) -> bool:
    known = phrases()
    return bool(
        known.credit_end.search(line.head)
        or known.newsletter.search(line.head)
        or known.small_print.match(line.head)
        or known.share.match(line.head)
    )


def _is_set_off(page: TextPage, i: int, used: frozenset[int]) -> bool:
    """Does something about the article follow the line, before more of its text does, or the byline soon?"""
    below = range(i + 1, min(len(page.lines), i + 1 + _LINES_AFTER_DEK))
    if any(j in used and _is_above_text(page, j) for j in below):
        return True
    after = [j for j in below if not _is_text(page, j)]
    return any(_is_meta(page, j) for j in after) and not (i + 1 < len(page.lines) and _is_text(page, i + 1))


def _is_above_text(page: TextPage, i: int) -> bool:
    """Does text follow a line soon? Below a text, its source may be named."""
    return any(_is_text(page, j) for j in range(i + 1, min(len(page.lines), i + 1 + _LINES_AFTER_DEK)))


def _has_paragraph(page: TextPage, start: int) -> bool:
    """Is there a paragraph of the article from here on? The only one is the text, not its dek."""
    return any(page.is_article[j] and page.lines[j].words >= PARAGRAPH_WORDS for j in range(start, len(page.lines)))


def _is_text(page: TextPage, i: int) -> bool:
    return page.is_article[i] and page.lines[i].words > MAX_LABEL_WORDS


def _is_meta(page: TextPage, i: int) -> bool:
    """Is a line about the article, instead of belonging to it?"""
    text, words = page.lines[i].text, page.lines[i].words
    if words > MAX_CAPTION_WORDS:
        return False
    known, is_short = phrases(), words <= MAX_LABEL_WORDS
    return bool(
        known.credit.match(text)
        or known.source.match(text)
        or (is_short and known.byline.match(text))
        or (is_short and (page.find_dates(text) or find_relative(text)))
        or known.date_label.fullmatch(text)
        or known.furniture.fullmatch(text)
    )


def body_of(page: TextPage, used: Collection[int], title: str | None) -> str:
    """The article as Markdown: paragraphs, lists, and the short lines alone between them as headings.

    A byline or a date above the first of them is none, nor is a call to subscribe below the last.
    """
    out: list[str] = []
    is_in_list = False
    own_title = letters_of(title) if title else None
    inside = [i for i, is_inside in enumerate(page.is_article) if is_inside and i not in used]
    chosen = list(dropwhile(lambda i: is_stamp(page.lines[i].text, page.lines[i].words), inside))
    while len(chosen) > 1 and is_call(page.lines[chosen[-1]].text, page.lines[chosen[-1]].words, 0, is_edge=True):
        chosen.pop()
    for place, i in enumerate(chosen):
        line = page.lines[i]
        if letters_of(line.text) == own_title:
            continue
        if line.table:
            out.append("\n" + pasted_table_as_markdown(line.table))
            is_in_list = False
            continue
        if line.is_item:
            number = line.bullet.strip("().")
            mark = f"{int(number)}." if number.isdigit() else "-"
            out.append(f"{'' if is_in_list else chr(10)}{mark} {escape_line(line.text)}")
            is_in_list = True
            continue
        after = page.lines[chosen[place + 1]] if place + 1 < len(chosen) else None
        is_heading = line.bullet or (place > 0 and _is_heading(line, after))
        out.append("\n" + ("## " if is_heading else "") + escape_line(line.text))
        is_in_list = False
    return "\n".join(out).strip()


def _is_heading(line: TextLine, after: TextLine | None) -> bool:
    """Is this a short line alone above a paragraph or list?"""
    return (
        line.gap
        and line.words <= MAX_LABEL_WORDS
        and line.text[-1] not in _NOT_AT_END
        and line.text[0] not in _NOT_AT_START
        and not line.text[0].islower()
        and after is not None
        and (after.words >= PARAGRAPH_WORDS or bool(after.bullet))
    )
