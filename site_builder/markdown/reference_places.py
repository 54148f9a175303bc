"""Where exactly each reference of a body is written in its source.

Python-Markdown gives no positions. Most references are found by their text alone: it occurs as often, outside of what
may be code, as there are references that say so. Where that does not decide, the text is converted once more with marks
in the places in question: a place whose mark comes out as an address is a reference, any other is code, or escaped.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from site_builder.markdown.reference_search import Group, Span, as_written, is_full, written_loosely
from site_builder.markdown.references import Ref, RefKind
from site_builder.markdown.source_positions import without_code, without_html_code

ReadRefs = Callable[[str], Sequence[Ref]]
"""Converts a text and gives the references in it; the places that they name do not count."""

_DEFINITION: Final = re.compile(r"\]:\s*<?\Z")
_BEFORE_CHARACTERS: Final = 80
"""How far back the beginning of a link is looked for: before an address there may be spaces and a line end."""
_MAY_HIDE: Final = ("`", "\\", "<", "~~~", "\n    ", "\n\t")
"""Without any of these, everything that looks like a reference is one. (The last two begin a line.)"""


def find_places(text: str, visible: str, refs: Sequence[Ref], read: ReadRefs) -> list[Span | None]:
    """The place of each reference; None for one that is not in the text: an extension made it, or it cannot be told.

    A definition (`[name]: address`) is the place of all references that use it. `visible` is the text with control
    characters in place of private comments. `read` is called at most once.
    """
    wanted: dict[Group, list[int]] = defaultdict(list)
    for number, ref in enumerate(refs):
        wanted[_group(ref)].append(number)
    found = as_written(visible, wanted)
    shown = _without_hidden(visible) if any(found.values()) and _may_hide(visible) else visible
    places: list[Span | None] = [None] * len(refs)
    doubtful: list[Group] = []
    for group, numbers in wanted.items():
        spans = found[group]
        is_plain = all(shown[s.start : s.end] == visible[s.start : s.end] for s in spans)
        if len(spans) == 1 and is_plain and _ends_with(_DEFINITION, visible, spans[0].start):
            spans = spans * len(numbers)
        if len(spans) == len(numbers) and is_plain:
            for number, span in zip(numbers, spans, strict=True):
                places[number] = span
        else:
            doubtful.append(group)
    if not doubtful:
        return places
    if candidates := {group: spans for group, spans in written_loosely(visible, doubtful).items() if spans}:
        for number, span in _probe(text, refs, candidates, read).items():
            places[number] = span
    return places


def _may_hide(text: str) -> bool:
    return any(sign in text for sign in _MAY_HIDE) or text.startswith(("    ", "\t"))


def _group(ref: Ref) -> Group:
    return ref.kind.is_wiki or ref.kind is RefKind.EMBED, ref.written


def _ends_with(pattern: re.Pattern[str], text: str, end: int) -> bool:
    """Whether the text up to `end` ends with a pattern."""
    return bool(pattern.search(text, max(0, end - _BEFORE_CHARACTERS), end))


def _without_hidden(text: str) -> str:
    """The text with control characters in place of what is, or may be, code or escaped."""
    return without_html_code(without_code(text))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A word that is put in the place of what may be a reference."""

    word: str
    group: Group
    span: Span


def _probe(text: str, refs: Sequence[Ref], doubtful: Mapping[Group, Sequence[Span]], read: ReadRefs) -> dict[int, Span]:
    """Number of a reference -> its place, for those in question."""
    word = "sbplace"
    while word in text:
        word += "x"
    places = [(group, span) for group, spans in doubtful.items() for span in spans]
    marks: dict[str, _Mark] = {}
    for n, (group, span) in enumerate(places):
        mark, full = f"{word}{n}z", is_full(group)  # which stays an address of the site, written as it is
        as_it_is = text[span.start : span.end] if full else ""
        marks[f"{group[1]}{mark}" if full else mark] = _Mark(f"{as_it_is}{mark}", group, span)
    read_again = read(replace_spans(text, ((mark.span, mark.word) for mark in marks.values())))
    if len(read_again) != len(refs):
        return {}
    return {
        number: marks[again.written].span
        for number, (ref, again) in enumerate(zip(refs, read_again, strict=True))
        if again.written in marks and marks[again.written].group == _group(ref)
    }


def replace_spans(text: str, edits: Iterable[tuple[Span, str]]) -> str:
    """The text with spans replaced; of two that overlap, the later one."""
    pieces, end = [], len(text)
    for span, new in sorted(edits, reverse=True):
        if span.end <= end:
            pieces += [text[span.end : end], new]
            end = span.start
    return "".join(reversed([*pieces, text[:end]]))
