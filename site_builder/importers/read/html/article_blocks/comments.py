"""Where the text ends: the heading of readers' comments, or of other articles.

"Comments" may also be the heading of a section by the author. Readers' comments have names and dates, forms and links
to answer; a section of the text has paragraphs alone.
"""

from collections.abc import Sequence
from itertools import islice, takewhile
from typing import Final

from site_builder.importers.read.boilerplate import is_stamp
from site_builder.importers.read.card_headings import is_similar_heading
from site_builder.importers.read.html.html_blocks import HEADINGS, HtmlBlock
from site_builder.importers.read.html.page_tree import Element, names_of
from site_builder.importers.read.phrases import phrases

MAX_END_CHARACTERS: Final = 80
"""Of a heading after which no text of the article follows."""
_MAX_END_WORDS: Final = 8
_ELEMENTS: Final = 3
"""Innermost elements around the heading of comments that may be named so."""
_MIN_SENTENCE: Final = 6
"""Words of a paragraph; what is shorter may be a name, a date or "Reply"."""
_SENTENCE_ENDS: Final = (".", ":", "\uff1a", "。")
"""A shorter one with such an end is text too."""
_ITEMS: Final = frozenset({"div", "li", "article", "section", "dl", "dd", "table", "blockquote"})
_MAX_SIBLINGS: Final = 200
"""Elements around a comment among which others like it are looked for."""
_FORM: Final = ("form", "button", "input", "textarea", "time", "article", "footer")
"""Elements that readers' comments have, and sections of a text do not."""


def ends_text(block: HtmlBlock) -> bool:
    """Is it the heading of comments, or of other articles?"""
    return _is_short(block) and (phrases().comments.fullmatch(block.text) is not None or is_similar_heading(block.text))


def begins_comments(blocks: Sequence[HtmlBlock], i: int) -> bool:
    """Is it the heading of readers' comments: "3 comments"? A paper may well have a section "Discussion"."""
    block = blocks[i]
    if not _is_short(block) or phrases().comments.fullmatch(block.text) is None:
        return False
    named = next((e for e in block.path[-_ELEMENTS:] if not phrases().comment_names.isdisjoint(names_of(e))), None)
    if any(c.isdigit() for c in block.text) and not block.inside("li"):
        return True
    return named is not None and not (block.heading and _is_section(blocks, i, named))


def holds_comments(element: Element) -> bool:
    """Is it a reader's comment, or the place to write one?"""
    return is_comment_form(element) or is_comment(element)


def is_comment_form(element: Element) -> bool:
    """Is it named after comments, and has it a form to write one?"""
    return not phrases().comment_names.isdisjoint(names_of(element)) and next(element.iter("form"), None) is not None


def is_comment(element: Element) -> bool:
    """Is it one of several elements that are named after comments, as each comment of a list is?"""
    if element.tag not in _ITEMS or phrases().comment_names.isdisjoint(names_of(element)):
        return False
    name = element.get("class")
    around = element.getparent()
    if not name or around is None:
        return False
    # Each may have a frame of its own.
    near = (around, around.getparent()) if around.getparent() is not None else (around,)
    others = (e for place in near for child in place for e in (child, *child) if isinstance(e.tag, str))
    return any(e is not element and e.get("class") == name for e in islice(others, _MAX_SIBLINGS))


def _is_section(blocks: Sequence[HtmlBlock], i: int, named: Element) -> bool:
    """Is it named by its address alone, and has it a heading and paragraphs, and nothing else?"""
    if not phrases().comment_names.isdisjoint((named.get("class") or "").lower().replace("-", " ").split()):
        return False
    parts = [named] if named.tag not in HEADINGS else _until_next(named)
    if any(next(part.iter(*_FORM), None) is not None or is_comment(part) for part in parts):
        return False
    own: list[HtmlBlock] = []
    for block in blocks[i + 1 :]:
        if not any(part in block.path for part in parts):
            break
        own.append(block)
    return bool(own) and all(b.heading or b.inside("pre") or _is_sentence(b) for b in own)


def _is_sentence(block: HtmlBlock) -> bool:
    """Is it no name, no date, and not "Reply"?"""
    is_long = block.size >= _MIN_SENTENCE or block.text.endswith(_SENTENCE_ENDS)
    return is_long and not is_stamp(block.text, block.size)


def _until_next(heading: Element) -> list[Element]:
    """The elements behind a heading, up to the next one of its level."""
    following = (e for e in heading.itersiblings() if isinstance(e.tag, str))
    return list(takewhile(lambda e: e.tag != heading.tag, islice(following, _MAX_SIBLINGS)))


def _is_short(block: HtmlBlock) -> bool:
    return block.size <= _MAX_END_WORDS and len(block.text) <= MAX_END_CHARACTERS
