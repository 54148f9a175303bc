"""Lines that say what they are: "Title: …", "Authors: …", "Abstract: …" of archives of papers, "Subject: …" of mail.

The label is no part of what it names. A title so named is the title, whatever else a page has.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from site_builder.importers.read.phrases import phrases
from site_builder.importers.read.text.lines import MAX_LABEL_WORDS, PARAGRAPH_WORDS, TextLine
from site_builder.text.word_counts import count_words

_HEAD_LINES: Final = 80
"""Lines at the start of a text among which labels of the whole text stand."""
_NEAR_LINES: Final = 8
"""Lines within which another label confirms that a line is labelled, and no sentence with a colon."""
_MAX_TITLE_WORDS: Final = 40


@dataclass(frozen=True, slots=True)
class LabelledLines:
    """The lines without these labels."""

    lines: tuple[TextLine, ...]
    title: TextLine | None = None
    """The line that is labelled as the title."""


def without_labels(lines: Sequence[TextLine]) -> LabelledLines:
    """Take the labels off the title and the abstract, and the rows of a mail's head that name its way out."""
    out = list(lines)
    title: int | None = None
    dropped: set[int] = set()
    head = range(min(len(out), _HEAD_LINES))
    labelled = [i for i in head if phrases().head_label.match(out[i].head)]
    for i in head:
        line = out[i]
        is_confirmed = any(i != j and abs(i - j) <= _NEAR_LINES for j in labelled)
        named, abstract = phrases().title_label.match(line.head), phrases().abstract_label.match(line.head)
        if title is None and named and is_confirmed and count_words(_behind(line, named)) <= _MAX_TITLE_WORDS:
            title = i
            out[i] = _rest(line, _behind(line, named))
        elif abstract and count_words(_behind(line, abstract)) >= PARAGRAPH_WORDS:
            out[i] = _rest(line, _behind(line, abstract))
        elif is_confirmed and line.words <= MAX_LABEL_WORDS and phrases().mail_label.match(line.head):
            dropped.add(i)
    kept = tuple(line for i, line in enumerate(out) if i not in dropped)
    return LabelledLines(kept, None if title is None else out[title])


def _behind(line: TextLine, label: re.Match[str]) -> str:
    """What follows a label at the start of a line."""
    return line.text[label.start("rest") :]


def _rest(line: TextLine, text: str) -> TextLine:
    head = line.head[len(line.text) - len(text) :]
    return replace(line, text=text, words=count_words(text), head=head, gap=True)
