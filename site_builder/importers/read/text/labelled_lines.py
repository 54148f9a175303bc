"""Lines that say what they are: "Title: …", "Authors: …", "Abstract: …" of archives of papers, "Subject: …" of mail.

The label is no part of what it names. A title so named is the title, whatever else a page has.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from site_builder.importers.read.people import names_with_marks
from site_builder.importers.read.phrases import phrases
from site_builder.importers.read.text.lines import MAX_LABEL_WORDS, PARAGRAPH_WORDS, TextLine
from site_builder.text.word_counts import count_words

_HEAD_LINES: Final = 80
"""Lines at the start of a text among which labels of the whole text stand."""
_NEAR_LINES: Final = 8
"""Lines within which another label confirms that a line is labelled, and no sentence with a colon."""
_MIN_TITLE_WORDS: Final = 4
_MAX_TITLE_WORDS: Final = 40
_MAX_NAMES_CHARACTERS: Final = 2_000
"""Of the authors of a paper."""
_AFFILIATION: Final = re.compile(r"[\d*†‡§¶]{1,3}\s*[^\W\d_].{0,300}$")
"""A row below the authors of a paper with the mark of one of them."""
_SENT_ON: Final = re.compile(r"^(?:(?:fwd?|re|aw|wg|tr|rv|enc|vs|sv|odp)\s*:\s*)+(?=\S)", re.IGNORECASE)
"""What programs for mail put before the subject of one that is sent on or answered."""


@dataclass(frozen=True, slots=True)
class LabelledLines:
    """The lines without these labels."""

    lines: tuple[TextLine, ...]
    title: TextLine | None = None
    """The line that is labelled as the title."""
    authors: tuple[str, ...] = ()
    """Of a paper, by the marks of footnotes behind their names."""


def without_labels(lines: Sequence[TextLine]) -> LabelledLines:
    """Take the labels off the title and the abstract, and the rows of a mail's head that name its way out.

    The authors of a paper and their institutions go, too: nothing else stands in such rows.
    """
    out = list(lines)
    title: int | None = None
    authors: tuple[str, ...] = ()
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
        elif not authors and (names := names_with_marks(line.text[:_MAX_NAMES_CHARACTERS])):
            authors = tuple(names)
            title = i - 1 if title is None and i and _is_alone(out, i - 1) else title
            dropped.add(i)
            dropped.update(takewhile(lambda j: _AFFILIATION.match(out[j].text), range(i + 1, len(out))))
    kept = tuple(line for i, line in enumerate(out) if i not in dropped)
    return LabelledLines(kept, None if title is None else out[title], authors)


def _is_alone(lines: Sequence[TextLine], i: int) -> bool:
    """Is the row above the authors a whole title, not the second row of one?"""
    words = lines[i].words
    return _MIN_TITLE_WORDS <= words <= _MAX_TITLE_WORDS and (lines[i].gap or lines[i - 1].words < _MIN_TITLE_WORDS)


def _behind(line: TextLine, label: re.Match[str]) -> str:
    """What follows a label at the start of a line."""
    return _SENT_ON.sub("", line.text[label.start("rest") :])


def _rest(line: TextLine, text: str) -> TextLine:
    head = line.head[len(line.text) - len(text) :]
    return replace(line, text=text, words=count_words(text), head=head, gap=True)
