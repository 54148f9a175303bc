"""Rows of a text that a program broke at a width, as mail, terminals and PDF do, to paragraphs again.

Three forms: text set at one width (mail), text of a PDF (rows of about one width, divided words, page numbers and
running heads between them), and a PDF's two columns side by side. Everything else stays as it is.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from site_builder.importers.read.dates import fold_month
from site_builder.importers.read.phrases import phrases
from site_builder.text.word_counts import is_spaceless

Row: TypeAlias = tuple[int, str]
"""A row of the file: its number, from 1, and its text."""
_BULLET: Final = re.compile(r"^(?:[*+•·▪‣◦●○■–—»\u203a-]|#{1,6}(?=\s)|o(?=\s\s)|\(?\d{1,3}[.)])(?:\s+|$)")
_THIRD_LEVEL: Final = re.compile(r"^o\s+(?=\S)")
_THIRD_LEVEL_INDENT: Final = 6
"""Spaces before a letter that is the mark of an item and no word."""
_NARROWEST_WRAP: Final = 40
_WIDEST_WRAP: Final = 100
"""Characters; text wrapped by machines or by hand (mail, editors, terminals) is set at 60 to 100."""
_NARROWEST_PDF: Final = 26
"""The same, of columns of a PDF."""
_WIDEST_PDF: Final = 130
_MIN_FULL_ROWS: Final = 5
"""Full rows below which wrapped text and short paragraphs look the same."""
_FULL_SHARE: Final = 0.6
"""Share of the longest row from which on a row counts as full, and of the full rows that were broken by width."""
_SENTENCE_ENDS: Final = ".!?:。\uff01\uff1f।؟\u06d4"
_MIN_GAP_SPACES: Final = 3
_MIN_COLUMN: Final = 25
"""Signs and spaces that go before the second column, and"""
_MIN_COLUMN_WORDS: Final = 3
"""words: a shorter row is that of a table."""
_COLUMNS_SHARE: Final = 0.5
"""Share of rows with a gap at one place, from which on there are two columns."""
_PDF_FULL: Final = 0.72
"""Share of the usual length from which on a row of a PDF was broken by the margin: letters differ in width."""
_PDF_LONGER: Final = 1.35
"""A row so much longer than usual was not broken by the margin,"""
_FEW: Final = 0.04
"""and with a larger share of such rows the text is none of a PDF."""
_PDF_PROSE: Final = 0.55
"""Share of the signs of a PDF's text that its full rows have,"""
_MID_SENTENCE: Final = 0.45
"""and of these rows that go on with a small letter in the next one."""
_MIN_REPEATS: Final = 3
"""Times that a running head stands in a text."""
_MIN_PAGE_ROWS: Final = 10
"""Rows from one running head to the next."""
_MAX_HEAD_CHARACTERS: Final = 90
_MIN_HEAD_WORDS: Final = 3
"""Of a running head, its page number included, where one space is between."""
_LAST_NUMBER: Final = re.compile(r"(?P<gap>\s+)(?P<page>\d{1,4})$")
_FIRST_NUMBER: Final = re.compile(r"(?P<page>\d{1,4})(?P<gap>\s+)(?=\S)")
_PAGE_NUMBER: Final = re.compile(
    r"(?:(?:page|p\.|seite|página)\s*)?[-–|\[(]?\s*\d{1,4}\s*[-–|\])]?(?:\s*(?:/|of|von|de)\s*\d{1,4})?",
    re.IGNORECASE,
)
_WIDE_GAP: Final = re.compile(r"\S {3,}\S")
"""Between the cells of a table."""
_LONGEST_WORD: Final = 50
_HYPHENATED: Final = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,40}-[^\W\d_]{1,40}")
_ADDRESS: Final = re.compile(r"@|://|^www\.")
_MIN_DIVIDED: Final = 2
"""Words divided at the end of a row, which mail does not do."""
_DIVIDED: Final = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,40}[-\u2010\u00ac]$")


@dataclass(frozen=True, slots=True)
class _Width:
    """How a text was broken into rows."""

    signs: float
    """The width of a full row."""
    is_pdf: bool


def bullet_of(row: str, indent: int = 0) -> re.Match[str] | None:
    """The mark of a list item; "9. September 2025" has none. Far to the right, an "o" is that of the third level."""
    bullet = _BULLET.match(row) or (_THIRD_LEVEL.match(row) if indent >= _THIRD_LEVEL_INDENT else None)
    if bullet is None or not bullet.group()[0].isdigit():
        return bullet
    following = row[bullet.end() :].split(" ", 1)[0].strip(".,")
    return None if fold_month(following) in phrases().months else bullet


def unwrapped(rows: Sequence[Row]) -> list[Row]:
    """The rows, those of one paragraph joined where they were broken by width."""
    rows = _one_column(rows)
    texts = [row for _, row in rows]
    width, usual = _wrap_width(texts), _pdf_width(texts)
    if usual and (not width or _divided_words(texts) >= _MIN_DIVIDED):
        return _joined(_without_running_heads(rows), _Width(usual, is_pdf=True))
    return _joined(rows, _Width(width, is_pdf=False)) if width else list(rows)


def _divided_words(rows: Sequence[str]) -> int:
    return sum(1 for row, after in pairwise(rows) if after[:1].islower() and _DIVIDED.search(row[-_LONGEST_WORD:]))


def _wrap_width(rows: Sequence[str]) -> int:
    """The width at which paragraphs were broken into lines; 0 where they were not."""
    longest = max(map(len, rows), default=0)
    if not _NARROWEST_WRAP <= longest <= _WIDEST_WRAP:
        return 0
    full = broken = 0
    for row, after in pairwise(rows):
        if row and after and len(row) > longest * _FULL_SHARE and not _WIDE_GAP.search(row):
            full += 1
            broken += len(row) + 1 + _first_length(after) > longest and row[-1] not in _SENTENCE_ENDS
    return longest if full >= _MIN_FULL_ROWS and broken >= full * _FULL_SHARE else 0


def _first_length(row: str) -> int:
    """Signs of a row that stay together: a word, or one sign where a script has no spaces."""
    word = row.split(maxsplit=1)[0]
    return 1 if is_spaceless(word) else len(word)


def _pdf_width(rows: Sequence[str]) -> float:
    """The usual length of a row that the margin broke; 0 where there is no such margin."""
    lengths = sorted(len(row) for row in rows if len(row) >= _NARROWEST_PDF)
    if len(lengths) < _MIN_FULL_ROWS:
        return 0.0
    usual = lengths[int(len(lengths) * 0.6)]
    if usual > _WIDEST_PDF or sum(n > usual * _PDF_LONGER for n in lengths) > _FEW * len(lengths):
        return 0.0
    full = [i for i, row in enumerate(rows) if len(row) >= usual * _PDF_FULL]
    if sum(len(rows[i]) for i in full) < _PDF_PROSE * sum(map(len, rows)):
        return 0.0
    going_on = sum(1 for i in full if i + 1 < len(rows) and rows[i + 1][:1].islower())
    return float(usual) if going_on >= max(_MIN_FULL_ROWS - 1, _MID_SENTENCE * len(full)) else 0.0


def _without_running_heads(rows: Sequence[Row]) -> list[Row]:
    """Page numbers, and what stands on page after page, left out."""
    places: dict[str, list[int]] = {}
    for i, (_, row) in enumerate(rows):
        if row.strip() and len(row) <= _MAX_HEAD_CHARACTERS:
            places.setdefault(_head_key(row), []).append(i)
    heads = {
        key
        for key, at in places.items()
        if (len(at) >= _MIN_REPEATS and min(b - a for a, b in pairwise(at)) >= _MIN_PAGE_ROWS)
        or (len(at) > 1 and _counts_pages([rows[i][1].strip() for i in at]))
    }
    return [
        (number, row) for number, row in rows if _head_key(row) not in heads and not _PAGE_NUMBER.fullmatch(row.strip())
    ]


def _counts_pages(heads: Sequence[str]) -> bool:
    """Do rows that are alike have the numbers of pages that follow one another, far from their words or beside many?"""
    numbers = [_LAST_NUMBER.search(head) or _FIRST_NUMBER.match(head) for head in heads]
    if not all(numbers):
        return False
    pages = [int(n["page"]) for n in numbers if n]
    is_apart = all(
        n["gap"] != " " or len(head.split()) > _MIN_HEAD_WORDS for n, head in zip(numbers, heads, strict=True) if n
    )
    return is_apart and all(b == a + 1 for a, b in pairwise(pages))


def _head_key(row: str) -> str:
    """A row without its page number."""
    return re.sub(r"\d+", "0", row.strip())


def _joined(rows: Sequence[Row], width: _Width) -> list[Row]:
    """Rows joined where the break is that of the width and not the end of a paragraph or item."""
    hyphenated = set(_HYPHENATED.findall("\n".join(row for _, row in rows))) if width.is_pdf else set()
    out: list[Row] = []
    last = ""
    for number, row in rows:
        stripped = row.strip()
        if out and last and stripped and _continues(last, stripped, width):
            out[-1] = (out[-1][0], _glued(out[-1][1], stripped, hyphenated, width))
        elif width.is_pdf and not stripped and last and last[-1] not in _SENTENCE_ENDS:
            continue  # perhaps only the end of a page: the next row decides
        else:
            out.append((number, row))
        last = row
    return out


def _glued(whole: str, row: str, hyphenated: Collection[str], width: _Width) -> str:
    """A paragraph and its next row; a divided word in one piece, one with a hyphen of its own with that."""
    divided = _DIVIDED.search(whole[-_LONGEST_WORD:]) if row[0].islower() else None
    if divided:
        word = f"{divided.group()}{row.split(maxsplit=1)[0].strip('.,;:!?)')}"
        return f"{whole if not width.is_pdf or word in hyphenated else whole[:-1]}{row}"
    return f"{whole}{'' if is_spaceless(whole[-1:]) and is_spaceless(row[0]) else ' '}{row}"


def _continues(last: str, row: str, width: _Width) -> bool:
    """Is the row the rest of the paragraph that the one before it began?"""
    if bullet_of(row) or phrases().action.fullmatch(row) or _WIDE_GAP.search(row):
        return False
    if not width.is_pdf:
        return len(last) + 1 + _first_length(row) > width.signs
    if _DIVIDED.search(last[-_LONGEST_WORD:]) and row[0].islower():
        return True
    if row[0].islower() and last.rstrip()[-1] not in _SENTENCE_ENDS and not _ADDRESS.search(row):
        return True  # of a title in large letters, too, whose rows are short
    if len(last.strip()) < width.signs * _PDF_FULL or _is_heading(row):
        return False
    is_scrap = len(row) < width.signs * _PDF_FULL and row[-1] not in _SENTENCE_ENDS
    return row[0].islower() or not is_scrap or last.rstrip()[-1] in ",;"


def _is_heading(row: str) -> bool:
    """Is a row of a PDF set apart: in capitals, or numbered as a section is?"""
    return row.isupper() or re.match(r"(?:\d+\.)+\s+[A-ZÀ-Þ]|(?:[IVX]+)\.\s+[A-ZÀ-Þ]", row) is not None


def _one_column(rows: Sequence[Row]) -> Sequence[Row]:
    """Two columns side by side, one below the other; a row across both ends a pair of them."""
    gaps = [_gap(row) for _, row in rows]
    starts = Counter(gap for gap in gaps if gap)
    filled = sum(1 for _, row in rows if row.strip())
    near = max(starts, key=lambda at: sum(starts[at + d] for d in (-1, 0, 1)), default=0)
    count = sum(starts[near + d] for d in (-1, 0, 1))
    if not near or count < max(_MIN_FULL_ROWS, _COLUMNS_SHARE * filled):
        return rows
    out: list[Row] = []
    left: list[Row] = []
    right: list[Row] = []
    for (number, row), gap in zip(rows, gaps, strict=True):
        is_across = len(row) > near and not gap and row[near - _MIN_GAP_SPACES : near].strip()
        if is_across:
            out += [*left, *right]
            left, right = [], []
            out.append((number, row))
        else:
            left.append((number, row[: near - 1].rstrip()))
            right.append((number, row[near - 1 :].strip()))
    return [*out, *left, *right]


def _gap(row: str) -> int:
    """Where the second column of a row begins; 0 where there is none."""
    gaps = list(re.finditer(r"(?<=\S) {2,}(?=\S)", row))
    if len(gaps) != 1 or len(gaps[0].group()) < _MIN_GAP_SPACES or gaps[0].end() < _MIN_COLUMN:
        return 0
    return gaps[0].end() if len(row[: gaps[0].start()].split()) >= _MIN_COLUMN_WORDS else 0
