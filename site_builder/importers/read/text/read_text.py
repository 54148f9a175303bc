"""Read the pasted text of a page: split it into lines, drop repeats, cut out cards, find the article and its data."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.importers.imported_article import UNNAMED, ImportedArticle, LeadPicture, Origin, SimilarCard
from site_builder.importers.read.dates import day_order
from site_builder.importers.read.decode import clean_text, decode, one_kind_of_line_end
from site_builder.importers.read.gates import GATED_WORDS, find_gate, short_text
from site_builder.importers.read.guess_language import guess_language
from site_builder.importers.read.phrases import phrases, phrases_for
from site_builder.importers.read.text.body_of_text import body_of, find_dek, letters_of
from site_builder.importers.read.text.cards_in_text import CardBlock, DateStyle, find_blocks, numbers_of
from site_builder.importers.read.text.facts_in_text import find_facts
from site_builder.importers.read.text.labelled_lines import LabelledLines, without_labels
from site_builder.importers.read.text.line_classifier import first_paragraph, is_article, text_start
from site_builder.importers.read.text.lines import (
    MAX_BRIEF_WORDS,
    MAX_COUNTED_WORDS,
    MAX_LABEL_WORDS,
    NO_TABLES,
    PARAGRAPH_WORDS,
    TextLine,
    split_lines,
)
from site_builder.importers.read.text.repeated_lines import with_copies, without_repeats
from site_builder.importers.read.text.rows.pasted_tables import Table, find_tables
from site_builder.importers.read.text.text_page import TextPage
from site_builder.importers.read.text.title_of_text import find_title
from site_builder.text.word_counts import words_as_counted
from site_builder.urls import SourcePath

MAX_CHARACTERS: Final = 1_000_000
MAX_LINES: Final = 8_000
"""What is read of a text; a news page has some 20,000 characters, the longest long read 200,000."""
_MIN_BELOW_SHARE: Final = 0.5
"""Share of the words of the text that stands below its title."""
_ADDRESS: Final = re.compile(r"https?://\S+")
_SHORT_PAGE_LINES: Final = 40
"""On a page of so many lines, one is taken for the title even where none is taken for text."""


def read_text(data: bytes | str, *, url: str | None = None, path: SourcePath = UNNAMED) -> ImportedArticle:
    """Read text copied from a page; whatever the input, what is not found is left empty.

    `path` is what findings call the page. May add text-cut, text-missing, title-missing, date-ambiguous, date-missing,
    date-relative and date-updated.
    """
    raw = decode(data) if isinstance(data, bytes) else data
    text = clean_text(raw)
    tables = find_tables(one_kind_of_line_end(raw)[:MAX_CHARACTERS]) if "\t" in raw else NO_TABLES
    with phrases_for(text):
        return _read(text, tables, url, path)


def _read(text: str, tables: Mapping[int, Table], url: str | None, path: SourcePath) -> ImportedArticle:
    all_lines = split_lines(text[:MAX_CHARACTERS], tables)
    is_cut = len(text) > MAX_CHARACTERS or len(all_lines) > MAX_LINES
    lines = all_lines[:MAX_LINES]
    language = guess_language(_prose_of(lines))
    dates = DateStyle(language, day_order(text[:MAX_CHARACTERS]))
    counts = Counter(line.text for line in lines)
    labelled = without_labels(without_repeats(lines))
    page, blocks = _page(labelled, lines, counts, dates, path)
    article = _article(page, blocks, url)
    cut = (_text_cut(path),) if is_cut else ()
    author = ", ".join(labelled.authors) or article.author
    return replace(article, author=author, language=language, findings=(*article.findings, *cut))


def _text_cut(path: SourcePath) -> Diagnostic:
    text = "the text is too long for a page; only its beginning was read"
    return diagnostic("text-cut", Location(path), text, "import the page's own part of it")


def _prose_of(lines: Sequence[TextLine]) -> str:
    """What is most likely running text."""
    prose = [line.text for line in lines if line.words >= PARAGRAPH_WORDS]
    return "\n".join(prose or (line.text for line in lines))


def _page(
    labelled: LabelledLines, everything: Sequence[TextLine], counts: Counter[str], dates: DateStyle, path: SourcePath
) -> tuple[TextPage, list[CardBlock]]:
    """Cut the cards out, then judge what is left once more: the title is known only when the article is."""
    lines = labelled.lines
    judged = is_article(lines)
    found = labelled.title or _likeliest_title(lines, judged, with_copies(lines, everything), counts)
    blocks = find_blocks(lines, [] if found is None else [found.text], dates, judged)
    cards = {i for block in blocks for i in range(block.start, block.end)}
    rest = [line for i, line in enumerate(lines) if i not in cards]
    judged = [inside and not _is_apart(line) for line, inside in zip(rest, is_article(rest), strict=True)]
    found = labelled.title
    if found is None and (any(judged) or len(rest) <= _SHORT_PAGE_LINES):
        copies = with_copies(rest, everything, numbers_of(blocks, lines))
        found = _likeliest_title(rest, judged, copies, counts)
        rest, judged = _with_title(rest, judged, found)
    title = next((i for i, line in enumerate(rest) if line is found), None)
    judged = _with_tables(rest, _below_title(rest, judged, title))
    first = text_start(rest, judged)
    last = max((i for i, inside in enumerate(judged) if inside), default=len(rest))
    return TextPage(rest, judged, title, first, last, dates, path), blocks


def _with_tables(lines: Sequence[TextLine], article: Sequence[bool]) -> list[bool]:
    """The text with the tables within and right below it, and no others."""
    inside = [i for i, a in enumerate(article) if a and lines[i].table is None]
    if not inside:
        return list(article)
    end = inside[-1] + 1
    return [inside[0] < i <= end if line.table else article[i] for i, line in enumerate(lines)]


def _below_title(lines: Sequence[TextLine], article: Sequence[bool], title: int | None) -> list[bool]:
    """The text without what stands above the title, unless that is most of it: then the title may be none."""
    if title is None:
        return list(article)
    below = [inside and i > title for i, inside in enumerate(article)]
    words, kept = (
        sum(min(line.words, MAX_COUNTED_WORDS) for line, a in zip(lines, some, strict=True) if a)
        for some in (article, below)
    )
    return below if kept >= _MIN_BELOW_SHARE * words else list(article)


def _likeliest_title(
    lines: Sequence[TextLine], article: Sequence[bool], copies: Sequence[TextLine], counts: Counter[str]
) -> TextLine | None:
    """The line that is most likely the title, one of several copies perhaps."""
    inside = {line.number for line, a in zip(lines, article, strict=True) if a}
    judged = [line.number in inside for line in copies]
    at = find_title(copies, judged, first_paragraph(copies, judged), counts)
    return None if at is None else copies[at]


def _with_title(
    lines: Sequence[TextLine], article: Sequence[bool], title: TextLine | None
) -> tuple[list[TextLine], list[bool]]:
    """The lines with this copy of the title instead of another."""
    judged = list(zip(lines, article, strict=True))
    if title is not None and not any(line is title for line in lines):
        judged = [(line, inside) for line, inside in judged if line.text != title.text]
        at = next((i for i, (line, _) in enumerate(judged) if line.number > title.number), len(judged))
        judged.insert(at, (title, False))
    return [line for line, _ in judged], [inside for _, inside in judged]


def _is_apart(line: TextLine) -> bool:
    """Is a line never part of the text: a mark, a credit, a label, a link to act on?"""
    text, known = line.head, phrases()
    if line.words > MAX_LABEL_WORDS:
        return known.furniture.fullmatch(text) is not None
    return not any(c.isalnum() for c in text) or bool(
        _ADDRESS.fullmatch(text)
        or known.credit.match(text)
        or (line.words <= MAX_BRIEF_WORDS and known.source.match(text))
        or known.action.fullmatch(text)
        or (line.words > 1 and known.furniture.fullmatch(text))
        or known.date_label.fullmatch(text)
    )


def _article(page: TextPage, blocks: Sequence[CardBlock], url: str | None) -> ImportedArticle:
    title = None if page.title is None else page.lines[page.title].text
    facts = find_facts(page)
    dek = find_dek(page, facts.used)
    findings = list(facts.findings)
    if title is None:
        findings.append(page.finding("title-missing", "no title was found", "give the draft a title"))
    body = body_of(page, facts.used if dek is None else facts.used | {dek}, title)
    if not body:
        findings.append(
            page.finding("text-missing", "no text of an article was found", "copy the page again, or write it")
        )
    elif len(words_as_counted(body)) < GATED_WORDS and (gate := find_gate(line.text for line in _outside_text(page))):
        findings.append(short_text(Location(page.path), gate))
    similar = _similar(blocks, title)
    return ImportedArticle(
        title=title,
        date=facts.date,
        summary=None if dek is None else page.lines[dek].text,
        body=body,
        source=Origin(facts.source, url),
        image=LeadPicture(facts.credit),
        author=facts.author,
        similar=similar,
        tools=tuple(dict.fromkeys(tool for block in blocks for tool in block.tools)),
        findings=(*findings, *_doubts(page.path, blocks)),
    )


def _outside_text(page: TextPage) -> list[TextLine]:
    """The lines from the start of the text on that are not of it, and its last one."""
    return [line for i, line in enumerate(page.lines) if i >= page.first and (i >= page.last or not page.is_article[i])]


def _similar(blocks: Sequence[CardBlock], title: str | None) -> tuple[SimilarCard, ...]:
    """The cards of all blocks, each once, without the page itself."""
    own = letters_of(title or "")
    cards: dict[str, SimilarCard] = {}
    for block in blocks:
        for card in block.cards:
            key = letters_of(card.title)
            if key != own:
                known = cards.get(key)
                cards[key] = card if known is None else _richer(known, card)
    return tuple(cards.values())


def _richer(first: SimilarCard, second: SimilarCard) -> SimilarCard:
    return replace(first, date=first.date or second.date, summary=first.summary or second.summary)


def _doubts(path: SourcePath, blocks: Sequence[CardBlock]) -> list[Diagnostic]:
    """Dates of cards that cannot be read for certain, each once."""
    relative: dict[str, int] = {}
    ambiguous: dict[str, int] = {}
    for block in blocks:
        for text in block.relative:
            relative.setdefault(text, block.line)
        for text in block.ambiguous:
            ambiguous.setdefault(text, block.line)
    return [
        *(
            diagnostic(
                "date-relative",
                Location(path, line),
                f'"{text}" under a similar article is relative to a day that the page does not name',
                "work out the day and give it in the stub",
            )
            for text, line in relative.items()
        ),
        *(
            diagnostic(
                "date-ambiguous",
                Location(path, line),
                f'the date "{text}" of a similar article is ambiguous',
                "check the day and the month in the stub",
            )
            for text, line in ambiguous.items()
        ),
    ]
