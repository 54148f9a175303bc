"""One document against its page: words that are missing, and marks that are shown as written."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from rapidfuzz.distance import LCSseq

from bench.loss.raw_marks import RawMark, find_raw_marks
from bench.loss.reference import read_source
from bench.loss.try_site import Finding, Tried, Written
from bench.loss.visible import Block, Visible, Word, read_html

ABOUT_TARGETS: Final = frozenset(
    """link-missing anchor-missing address-unknown link-self target-wanted target-ambiguous target-unpublished
    target-repeated image-alt asset-unused""".split()
)
"""Findings about where a link leads: they excuse no word and no mark on their line."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of one document."""

    path: str
    words: int
    """Words of the source."""
    has_page: bool
    lost: tuple[Word, ...] = ()
    """Words that the page lacks, and no finding says so; lines are those of the file."""
    moved: tuple[Word, ...] = ()
    """Words that the page has in another place."""
    excused: tuple[Word, ...] = ()
    """Words that the page lacks, as a finding says."""
    marks: tuple[RawMark, ...] = ()
    """Marks that no finding reports."""
    reported_marks: tuple[RawMark, ...] = ()


def compare(tried: Tried) -> list[Compared]:
    """Every document of a folder."""
    titles = {name.casefold(): d.title for d in tried.documents for name in (d.slug, _stem(d.path), d.title)}
    return [compare_one(d, tried.pages.get(d.path), tried.findings.get(d.path, []), titles) for d in tried.documents]


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def compare_one(
    document: Written, page: str | None, findings: Iterable[Finding], titles: Mapping[str, str]
) -> Compared:
    """One document; without a page, a finding that is an error excuses it all."""
    reference = read_html(read_source(document.body, titles))
    words = list(chain.from_iterable(reference.words()))
    telling = {f.line - document.lines_above for f in findings if f.code not in ABOUT_TARGETS}
    if page is None:
        is_told = any(f.severity == "error" for f in findings)
        here = tuple(_in_file(words, document))
        lost, excused = ((), here) if is_told else (here, ())
        return Compared(document.path, len(words), has_page=False, lost=lost, excused=excused)
    shown = read_html(page)
    missing, moved = find_missing(reference, shown)
    told = [w for w in missing if any(line in telling for line in range(w.first, w.last + 1))]
    marks = find_raw_marks(shown.blocks, reference.blocks, document.body)
    reported = [m for m in marks if _is_told(m, reference.blocks, telling)]
    return Compared(
        document.path,
        len(words),
        has_page=True,
        lost=tuple(_in_file([w for w in missing if w not in told], document)),
        moved=tuple(_in_file(moved, document)),
        excused=tuple(_in_file(told, document)),
        marks=tuple(_mark_in_file(m, document) for m in marks if m not in reported),
        reported_marks=tuple(_mark_in_file(m, document) for m in reported),
    )


def find_missing(reference: Visible, page: Visible) -> tuple[list[Word], list[Word]]:
    """The words that a page lacks, and those that it has in another place.

    Words of a formula are not missing as long as the page has formulas that do not say how they were written.
    """
    missing: list[Word] = []
    extra: Counter[str] = Counter()
    for lacking, additional in _differences(reference.words(), page.words()):
        missing += lacking
        extra.update(additional)
    moved = []
    lost = []
    formulas = {(w.first, w.last) for w in missing if w.is_math}
    for word in missing:
        if word.is_math and len(formulas) <= page.unnamed_formulas:
            continue
        if extra[word.text]:
            extra[word.text] -= 1
            moved.append(word)
        else:
            lost.append(word)
    return lost, moved


def _differences(
    written: Sequence[Sequence[Word]], shown: Sequence[Sequence[Word]]
) -> Iterator[tuple[list[Word], list[str]]]:
    """Words of the source that the page lacks there, and words that it has instead: block by block, then word by word.

    Equal blocks are left out first: the memory for the rest grows with the square of its words.
    """
    blocks = [tuple(w.text for w in block) for block in written]
    on_page = [tuple(w.text for w in block) for block in shown]
    for left, right in _gaps(blocks, on_page):
        words = list(chain.from_iterable(written[left]))
        instead = list(chain.from_iterable(on_page[right]))
        for inner, others in _gaps([w.text for w in words], instead):
            yield words[inner], instead[others]


def _gaps(written: Sequence[Hashable], shown: Sequence[Hashable]) -> Iterator[tuple[slice, slice]]:
    """What lies between the parts that two sequences have in common."""
    a = b = 0
    for step in LCSseq.opcodes(written, shown):
        if step.tag == "equal":
            if a < step.src_start or b < step.dest_start:
                yield slice(a, step.src_start), slice(b, step.dest_start)
            a, b = step.src_end, step.dest_end
    if a < len(written) or b < len(shown):
        yield slice(a, len(written)), slice(b, len(shown))


def _is_told(mark: RawMark, blocks: Sequence[Block], telling: set[int]) -> bool:
    """Does a finding stand on the line of the mark, or on the first line of the smallest block that has this line?"""
    if mark.line in telling:
        return True
    around = [b for b in blocks if not b.is_code and b.first <= mark.line <= b.last]
    return bool(around) and min(around, key=lambda b: b.last - b.first).first in telling


def _in_file(words: Iterable[Word], document: Written) -> Iterable[Word]:
    above = document.lines_above
    return (Word(w.text, w.line + above, w.first + above, w.last + above, w.is_math) for w in words)


def _mark_in_file(mark: RawMark, document: Written) -> RawMark:
    return RawMark(mark.kind, mark.text, mark.line and mark.line + document.lines_above)
