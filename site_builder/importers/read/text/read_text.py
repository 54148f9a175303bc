"""Read the pasted text of a page: split it into lines, drop repeats, cut out cards, find the article and its data."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from site_builder.importers.imported_article import ImportedArticle, LeadPicture, Origin, SimilarCard
from site_builder.importers.read.dates import FoundDate, day_order, find_dates, find_relative, is_update
from site_builder.importers.read.decode import clean_text, decode
from site_builder.importers.read.guess_language import guess_language
from site_builder.importers.read.markdown_escape import escape_line
from site_builder.importers.read.phrases import phrases
from site_builder.importers.read.text.cards_in_text import CardBlock, DateStyle, find_blocks
from site_builder.importers.read.text.line_classifier import first_paragraph, is_article, text_start
from site_builder.importers.read.text.lines import TextLine, split_lines
from site_builder.importers.read.text.title_of_text import find_title

MOST_CHARACTERS: Final = 1_000_000
MOST_LINES: Final = 8_000
"""What is read of a text; a page of news has some 20,000 characters, the longest long read 200,000."""
_TITLE_NEAR: Final = 12
"""Lines after the title within which date, author, dek and credit are looked for before anything else."""
_MENU_BETWEEN: Final = 40
"""Lines between title and text beyond which the page put a menu there."""
_SAME: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's lines with what is known of them so far."""

    lines: Sequence[TextLine]
    article: Sequence[bool]
    title: int | None
    first: int
    """First line of the article's text; the number of lines where there is none."""
    last: int
    dates: DateStyle


def read_text(data: bytes | str, *, url: str | None = None) -> ImportedArticle:
    """Read what somebody copied from a page. Any input gives an ImportedArticle; what is not found stays empty."""
    text = clean_text(decode(data) if isinstance(data, bytes) else data)
    cut = len(text) > MOST_CHARACTERS
    everything = split_lines(text[:MOST_CHARACTERS])
    cut = cut or len(everything) > MOST_LINES
    everything = everything[:MOST_LINES]
    language = guess_language(_prose_of(everything))
    dates = DateStyle(language, day_order(text[:MOST_CHARACTERS]))
    lines = without_repeats(everything)
    page, blocks = _page(lines, Counter(line.text for line in everything), dates)
    warnings = ["the text is too long for a page: only its beginning was read [text-cut]"] if cut else []
    article = _imported(page, blocks, language, url, warnings)
    return replace(article, warnings=(*article.warnings, *warnings))


def without_repeats(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """The lines without second copies: a page may hold its article twice, and its menus thrice.

    Where most of the text is there twice, first copies stay. Else of a line the copy among more prose stays (the other
    is a teaser or pull quote), the first where they are alike. Short lines go with their neighbours.
    """
    prose = [min(line.words, 60) if line.words >= 12 else 0 for line in lines]
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if line.words >= 4 and not (line.words <= 8 and find_dates(line.text)):
            places.setdefault(line.text, []).append(i)
    twice = sum(prose[i] for copies in places.values() if len(copies) > 1 for i in copies) > 0.6 * sum(prose)
    dropped = [False] * len(lines)
    for copies in places.values():
        if len(copies) > 1:
            density = {i: sum(prose[max(0, i - 6) : i + 7]) for i in copies}
            best = max(density.values())
            kept = next(i for i in copies if twice or density[i] * 1.5 >= best)
            for i in copies:
                dropped[i] = i != kept
    seen: set[str] = set()
    for i, line in enumerate(lines):
        if line.words < 4:
            around = [dropped[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
            dropped[i] = line.text in seen and bool(around) and all(around)
            seen.add(line.text)
    return tuple(line for line, gone in zip(lines, dropped, strict=True) if not gone)


def _prose_of(lines: Sequence[TextLine]) -> str:
    """What is most likely running text."""
    return "\n".join(line.text for line in lines if line.words >= 12) or "\n".join(line.text for line in lines)


def _page(lines: Sequence[TextLine], counts: Counter[str], dates: DateStyle) -> tuple[_Page, list[CardBlock]]:
    """Cut the cards out, then judge what is left, twice: the title is known only when the article is."""
    article = is_article(lines)
    at = find_title(lines, article, first_paragraph(lines, article), counts)
    blocks = find_blocks(lines, [] if at is None else [lines[at].text], dates, article)
    inside = {i for block in blocks for i in range(block.start, block.end)}
    rest = [line for i, line in enumerate(lines) if i not in inside]
    article = [inside and not _is_apart(line) for line, inside in zip(rest, is_article(rest), strict=True)]
    first = text_start(rest, article)
    at = find_title(rest, article, first_paragraph(rest, article), counts) if any(article) or len(rest) <= 40 else None
    last = max((i for i, a in enumerate(article) if a), default=len(rest))
    return _Page(rest, article, at, first, last, dates), blocks


def _is_apart(line: TextLine) -> bool:
    """Does a line never belong to the text: a mark, a credit, a label, a link to act on?"""
    if line.words > 14:
        return False
    text = line.head
    return not any(c.isalnum() for c in text) or bool(
        phrases().credit.match(text)
        or (line.words <= 8 and phrases().source.match(text))
        or phrases().action.fullmatch(text)
        or phrases().date_label.fullmatch(text)
    )


def _imported(
    page: _Page, blocks: Sequence[CardBlock], language: str | None, url: str | None, warnings: list[str]
) -> ImportedArticle:
    title = None if page.title is None else page.lines[page.title].text
    taken: set[int] = set() if page.title is None else {page.title}
    date = _date(page, warnings)
    author = _author(page, taken)
    credit = _credit(page, taken)
    source = _source(page, taken)
    summary = _summary(page, taken)
    body = _body(page, taken, title)
    if title is None:
        warnings.append("no title was found: give the draft one [title-missing]")
    similar = _similar(blocks, title, warnings)
    return ImportedArticle(
        title=title,
        date=date,
        summary=summary,
        body=body,
        source=Origin(source, url),
        image=LeadPicture(credit),
        author=author,
        language=language,
        similar=similar,
        tools=tuple(dict.fromkeys(tool for block in blocks for tool in block.tools)),
    )


def _around(page: _Page, before: int, after: int) -> list[int]:
    """Lines from the title to the start of the text, those next after it, and those before the title."""
    start = page.title if page.title is not None else page.first - 6
    start = max(0, start, page.first - _MENU_BETWEEN)
    end = min(len(page.lines), max(page.first, start) + after)
    near = [*range(start, end), *range(start - 1, max(-1, start - 1 - before), -1)]
    return [i for i in near if i >= 0]


# Date


def _date(page: _Page, warnings: list[str]) -> dt.date | None:
    """The date of publication: labelled, else near the title, else in a dateline, else labelled after the text."""
    found: list[tuple[int, int, FoundDate]] = []
    for order, i in enumerate(_around(page, 5, 6)):
        line = page.lines[i]
        if i == page.title or line.words > 25 or (page.article[i] and line.words > 15):
            continue
        if phrases().credit_end.search(line.head):
            continue
        labelled = _is_label(line.text) or (i and phrases().date_label.fullmatch(page.lines[i - 1].text))
        if labelled or (line.words <= 16 and order < page.first + 4):
            found += [(0, order - 1000 * bool(labelled), d) for d in _dates(page, i)]
    text_end = range(page.last, min(len(page.lines), page.last + 25))
    for order, i in enumerate(text_end):
        line = page.lines[i]
        label = phrases().date_label.fullmatch(page.lines[i - 1].text) if i else None
        if line.words <= 12 and not page.article[i] and (label or _is_label(line.text)):
            found += [(2, order, d) for d in _dates(page, i)]
    if page.first < len(page.lines):
        head = page.lines[page.first].text[:60]
        found += [(1, 0, d) for d in _read_dates(page, head) if re.match(r"\s*(?:[—–:-]|\))", head[d.end :] + " ")]
    for order, i in enumerate(range(min(page.first, 60))):
        if page.lines[i].words <= 14 and not page.lines[i].bullet:
            found += [(3, page.first - order, d) for d in _dates(page, i)]
    published = [entry for entry in found if not entry[2].updated]
    published = [(rank, order, _nearest(page, d)) for rank, order, d in published]
    if not published:
        _no_date(page, found, warnings)
        return None
    best = min(published, key=lambda entry: entry[:2])[2]
    if best.ambiguous:
        warnings.append(f'the date "{best.text}" is ambiguous: read as {best.date.isoformat()} [date-ambiguous]')
    return best.date


def _dates(page: _Page, i: int) -> list[FoundDate]:
    """Dates in a line; a label on the line before counts for it."""
    before = page.lines[i - 1].text if i else ""
    labelled = is_update(before) and len(before.split()) <= 4 and not find_dates(before)
    return [replace(d, updated=d.updated or labelled) for d in _read_dates(page, page.lines[i].text)]


def _nearest(page: _Page, date: FoundDate) -> FoundDate:
    """Of an ambiguous date the reading nearest to the other dates near the text, where there are any."""
    if not date.ambiguous:
        return date
    near = range(max(0, page.first - _MENU_BETWEEN), min(len(page.lines), page.last + 1))
    others = [d.date for i in near for d in _read_dates(page, page.lines[i].head) if not d.ambiguous]
    if not others:
        return date
    swapped = date.date.replace(month=date.date.day, day=date.date.month)
    best = min((date.date, swapped), key=lambda day: min(abs((day - other).days) for other in others))
    return replace(date, date=best)


def _read_dates(page: _Page, text: str) -> list[FoundDate]:
    found = find_dates(text, page.dates.language, page.dates.day_first)
    return [d for d in found if not phrases().date_limit.search(text[: d.start])]


def _is_label(text: str) -> bool:
    words = re.split(r"\d", text, maxsplit=1)[0].strip(" :,.-–")
    return bool(words) and bool(
        phrases().date_label.fullmatch(" ".join(words.split()[:2])) or phrases().date_label.fullmatch(words.split()[0])
    )


def _no_date(page: _Page, updated: Sequence[tuple[int, int, FoundDate]], warnings: list[str]) -> None:
    """Tell why there is no date."""
    if updated:
        text = updated[0][2].text
        warnings.append(f'"{text}" is when the page was updated; no date of publication was found [date-updated]')
        return
    for i in _around(page, 5, 3):
        line = page.lines[i]
        relative = find_relative(line.text) if line.words <= 12 else None
        if relative:
            warnings.append(f'the date "{relative}" is relative to a day that the page does not name [date-relative]')
            return
    warnings.append("no date of publication was found [date-missing]")


# Author, credit, source


def _author(page: _Page, taken: set[int]) -> str | None:
    for i in _around(page, 3, 2):
        line = page.lines[i]
        match = phrases().byline.match(line.text)
        if match and line.words <= 16 and i != page.title:
            names = _names(match["name"])
            if names:
                taken.add(i)
                return names
    return None


def _names(text: str) -> str | None:
    """People's names at the start of a byline, joined by commas."""
    text = phrases().byline_end.split(text, maxsplit=1)[0].strip(" .,:")
    names = []
    for part in re.split(rf"\s*(?:,|;|&|/|\s(?:{phrases().and_words})\s)\s*", text):
        if not phrases().person.fullmatch(part):
            break
        names.append(part)
    return ", ".join(names) or None


def _credit(page: _Page, taken: set[int]) -> str | None:
    for i in _around(page, 2, 3):
        line = page.lines[i]
        match = phrases().credit.match(line.text)
        if match and line.words <= 25 and i != page.title:
            name = (match["name"] or match["bare"] or "").strip(" :.()[]")
            if name:
                taken.add(i)
                return name
    return None


def _source(page: _Page, taken: set[int]) -> str | None:
    """The name after "Source:": outside the article, or at its end."""
    found = None
    for i, line in enumerate(page.lines):
        if line.words > 14 or (page.first < i < page.last - 1):
            continue
        match = phrases().source.match(line.text)
        name = match["name"].strip(" :.") if match else None
        if match is None and phrases().source_label.fullmatch(line.text):
            name = page.lines[i + 1].text if i + 1 < len(page.lines) and page.lines[i + 1].words <= 10 else None
        if name and not find_dates(name):
            taken.add(i)
            found = found or name
    return found


# Dek and body


def _is_meta(page: _Page, i: int) -> bool:
    """Does a line tell of the article rather than belong to it?"""
    text, words = page.lines[i].text, page.lines[i].words
    if words > 25:
        return False
    return bool(
        phrases().credit.match(text)
        or phrases().source.match(text)
        or (phrases().byline.match(text) and words <= 14)
        or (words <= 14 and (_read_dates(page, text) or find_relative(text)))
        or phrases().date_label.fullmatch(text)
        or phrases().furniture.fullmatch(text)
    )


def _summary(page: _Page, taken: set[int]) -> str | None:
    """The dek: a sentence between the title and the text, or set off from the text by date, author or credit."""
    if page.title is None:
        return None
    end = min(len(page.lines), page.title + _TITLE_NEAR, page.first + 2)
    for i in range(page.title + 1, end):
        line = page.lines[i]
        if i in taken or line.bullet or not 6 <= line.words <= 90 or _is_meta(page, i):
            continue
        if any(p.search(line.head) for p in (phrases().credit_end, phrases().newsletter)):
            continue
        if phrases().small_print.match(line.head) or phrases().share.match(line.head):
            continue
        if page.article[i]:
            after = range(i + 1, min(len(page.lines), i + 4))
            if not any(_is_meta(page, j) for j in after if not (page.article[j] and page.lines[j].words > 14)):
                return None
            if i + 1 < len(page.lines) and page.article[i + 1] and page.lines[i + 1].words > 14:
                return None
        taken.add(i)
        return line.text
    return None


def _body(page: _Page, taken: set[int], title: str | None) -> str:
    """The article as Markdown: paragraphs, lists, and as headings the short lines that stand alone between them."""
    out: list[str] = []
    listed = False
    chosen = [i for i, inside in enumerate(page.article) if inside and i not in taken]
    for place, i in enumerate(chosen):
        line = page.lines[i]
        if title and _SAME.sub("", line.text).casefold() == _SAME.sub("", title).casefold():
            continue
        if line.bullet and line.bullet[0] != "#":
            number = line.bullet.strip("().")
            mark = f"{int(number)}." if number.isdigit() else "-"
            out.append(f"{'' if listed else chr(10)}{mark} {escape_line(line.text)}")
            listed = True
            continue
        after = page.lines[chosen[place + 1]] if place + 1 < len(chosen) else None
        heading = line.bullet or (_is_heading(line, after) and place > 0)
        out.append("\n" + ("## " if heading else "") + escape_line(line.text))
        listed = False
    return "\n".join(out).strip()


def _is_heading(line: TextLine, after: TextLine | None) -> bool:
    return (
        line.gap
        and line.words <= 14
        and line.text[-1] not in ".!…:;,\"”»'’)"
        and not line.text[0].islower()
        and after is not None
        and (after.words >= 12 or bool(after.bullet))
        and line.text[0] not in '"“„«—–-'
    )


# Similar


def _similar(blocks: Sequence[CardBlock], title: str | None, warnings: list[str]) -> tuple[SimilarCard, ...]:
    """The cards of all blocks, each once, without the page itself."""
    own = _SAME.sub("", (title or "").casefold())
    cards: dict[str, SimilarCard] = {}
    for block in blocks:
        for card in block.cards:
            key = _SAME.sub("", card.title.casefold())
            if key != own:
                known = cards.get(key)
                cards[key] = card if known is None else _richer(known, card)
    relative = dict.fromkeys(t for block in blocks for t in block.relative)
    ambiguous = dict.fromkeys(t for block in blocks for t in block.ambiguous)
    warnings += [f'"{text}" under a similar article is no date [date-relative]' for text in relative]
    warnings += [
        f'the date "{text}" of a similar article is ambiguous: check it [date-ambiguous]' for text in ambiguous
    ]
    return tuple(cards.values())


def _richer(first: SimilarCard, second: SimilarCard) -> SimilarCard:
    return replace(first, date=first.date or second.date, summary=first.summary or second.summary)
