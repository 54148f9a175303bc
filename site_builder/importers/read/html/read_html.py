"""Read a saved web page.

The page's data (JSON-LD, OpenGraph, meta), its visible text and its cards are each read on their own and meet here:
only together they show which title is the article's, whether a description is a dek, and what the body is.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from textwrap import shorten
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.importers.imported_article import UNNAMED, ImportedArticle, LeadPicture, Origin
from site_builder.importers.read.dates import day_order, find_dates
from site_builder.importers.read.decode import decode
from site_builder.importers.read.dek import choose_summary, find_dek, find_source, visible_date
from site_builder.importers.read.guess_language import settled_language
from site_builder.importers.read.html.article_blocks.main_text import ArticleBlocks, find_article_blocks
from site_builder.importers.read.html.cards.cards_in_html import card_boxes, similar_cards, tool_cards
from site_builder.importers.read.html.facts.authors_of_page import host_names
from site_builder.importers.read.html.facts.labelled_date import labelled_date
from site_builder.importers.read.html.html_blocks import HtmlBlock, blocks_of, words
from site_builder.importers.read.html.html_to_markdown import escape_paragraph, render_blocks
from site_builder.importers.read.html.lead_picture import credit_of_lines, lead_picture
from site_builder.importers.read.html.metadata import PageMetadata, read_metadata
from site_builder.importers.read.html.normalise import make_plain
from site_builder.importers.read.html.page_doubts import chosen_date, find_doubts, find_short, unchosen_title
from site_builder.importers.read.html.page_json_ld import paragraphs
from site_builder.importers.read.html.page_place import (
    is_in_named_part,
    is_in_site_head,
    is_in_trail,
    is_said_by_others,
    main_title,
)
from site_builder.importers.read.html.page_tree import Element, MissingExtra, names_of, parse_page, squeeze, text_of
from site_builder.importers.read.html.title_of_html import Headings, choose_title
from site_builder.importers.read.phrases import phrases, phrases_for
from site_builder.links.canonical_urls import absolute_url
from site_builder.urls import SourcePath

__all__ = ["MissingExtra", "read_html"]

TOLD_WORDS: Final = 15
"""Left-out text of at least as many words is reported,"""
TOLD_CHARACTERS: Final = 60
"""with its first characters."""
_SURE_DEKS: Final = frozenset("dek deck standfirst subtitle subheadline subheading subhead strapline tagline".split())
"""Names of a dek alone; an `intro` or a `lead` is the first paragraph on many pages."""
_SHOWN_BLOCKS: Final = 200
"""First blocks of a page, of which one may be its title."""
_FIRST_BLOCKS: Final = 4
_LAST_BLOCKS: Final = 2
HIDDEN_FACTOR: Final = 1.5
"""The text in the page's data is the body if it has so many times more words than the visible text: a gate then hides
all but the first lines."""
HIDDEN_WORDS: Final = 150
"""And at least so many words; a shorter one is a summary."""
_HOMES: Final = frozenset({"/", "./", "../", "index.html", "/index.html"})
"""Addresses of a home page within its site."""
MAX_HEADINGS: Final = 60
"""Headings that are looked at; the most main ones on one of 137 pages are 21."""
_MAX_SITE_WORDS: Final = 3
"""Of a window's title that may be the site's name alone."""
_LINES_TO_TITLE: Final = 6
"""Above the text, among which a title without markup stands."""
_MIN_TITLE_WORDS: Final = 3
_PROSE_WORDS: Final = 25
"""Of a paragraph; a line above the text that is shorter may be its title."""


def read_html(data: bytes | str, *, url: str | None = None, path: SourcePath = UNNAMED) -> ImportedArticle:
    """Read one page. `url` is where it was saved from, if known; `path` is what findings call it.

    No page makes it fail: what cannot be read is absent. May add text-missing, text-cut, text-hidden, text-left-out and
    what `find_doubts` adds. Raises MissingExtra where trafilatura is not installed.
    """
    text = decode(data) if isinstance(data, bytes) else data
    with phrases_for(text):
        return _read_page(text, url, path)


def _read_page(text: str, url: str | None, path: SourcePath) -> ImportedArticle:
    root, is_cut = parse_page(text)
    if root is None:
        return ImportedArticle(findings=(_missing(path, "text-missing", "the file contains no HTML"),))
    held = list(root.iter())
    """lxml makes an element anew each time that one is asked for which nobody holds: a tenth of the time."""
    article = _read_tree(root, url, path, is_cut=is_cut)
    held.clear()
    return article


def _read_tree(root: Element, url: str | None, path: SourcePath, *, is_cut: bool) -> ImportedArticle:
    facts = read_metadata(root, url)
    picture = lead_picture(root, facts.image, facts.image_alt, facts.image_credit, facts.url or url)
    links_base = next((b.get("href") for b in root.iter("base") if b.get("href")), None)
    hidden = make_plain(root)
    blocks = blocks_of(root)
    above = _title_above_text(root, facts, blocks)
    title = above or _title(root, facts, blocks)
    article = find_article_blocks(root, blocks, title, card_boxes(root, blocks))
    titles = [t for t in (title, facts.social_title, facts.headline, facts.window_title) if t]
    descriptions = _descriptions(root, facts)
    if all(b.inside("nav") or b.linked_words == b.size for b in article.body):
        article = replace(article, body=())  # a menu is all that was found
    dek = find_dek(article.head, article.body, descriptions, titles)
    lead = () if dek is not None else article.lead
    body = (*lead, *(b for b in article.body if b is not dek or _is_text(b, article.body)))
    summary = choose_summary(dek, body, descriptions, facts.site_names, facts.authors)
    day_first = day_order(" ".join(b.text for b in article.head))
    heading = main_title(root)
    head = [b for b in article.head if not is_in_site_head(b.element, root) and not _is_of_others(b, heading)]
    language = settled_language(facts.language, "\n".join(b.text for b in body) or article.text)
    shown = visible_date(head, language, day_first, path)
    below = None if facts.date or shown.date else labelled_date(root, blocks, language, day_first)
    date = chosen_date(facts, shown, below)
    markdown = _body(body, facts) if not article.text else _paragraphs_of(article.text)
    boxed = [b.text for b in article.left_out if b is not dek]
    findings = (
        None if markdown else _missing(path, "text-missing", "no text was found on the page"),
        _missing(path, "text-cut", "the page is too long: only its beginning was read") if is_cut else None,
        _told(path, "text-hidden", "hidden paragraphs were left out", hidden),
        _told(path, "text-left-out", "a box beside the text was left out", boxed),
        *find_doubts(
            facts, title, date, shown, path, facts.window_title if above else unchosen_title(root, facts, title)
        ),
        find_short(facts, len(words(markdown)), _below_start(blocks, article.body), path),
    )
    base = facts.url or url
    return ImportedArticle(
        title=title,
        date=date,
        summary=summary,
        body=markdown,
        source=Origin(_source(blocks, facts), facts.url),
        image=_with_credit(picture, article),
        author=", ".join(facts.authors) or None,
        language=language,
        similar=similar_cards(
            root, blocks, _links_base(links_base, base), title, language, {b.element for b in body}, base
        ),
        tools=tool_cards(root, blocks),
        keywords=facts.keywords,
        findings=tuple(f for f in findings if f),
    )


def _below_start(blocks: Sequence[HtmlBlock], body: Sequence[HtmlBlock]) -> list[str]:
    """What stands below the first paragraph of a text without being one of its paragraphs, and its last ones."""
    text = {id(b) for b in body[:-_LAST_BLOCKS]}
    first = next((i for i, b in enumerate(blocks) if body and b is body[0]), len(blocks))
    return [b.text for b in blocks[first:] if id(b) not in text]


def _is_of_others(block: HtmlBlock, heading: Element | None) -> bool:
    """Does a block with a number, which may be a date, belong to comments, to a quotation or to other articles?"""
    return any(c.isdigit() for c in block.text) and is_said_by_others(block.element, heading)


def _is_text(dek: HtmlBlock, body: Sequence[HtmlBlock]) -> bool:
    """Is a dek at the head of the text all of it, or one of its paragraphs, beside the others, and not called a dek?"""
    if all(b is dek or b.heading for b in body):
        return True
    if not _SURE_DEKS.isdisjoint(names_of(dek.element)):
        return False
    return any(b is not dek and b.element.getparent() is dek.element.getparent() for b in body[:_FIRST_BLOCKS])


def _links_base(given: str | None, base: str | None) -> str | None:
    """What the page's links are relative to: its `<base>`, or its own address."""
    return absolute_url(given, base) or base


def _missing(path: SourcePath, code: str, text: str) -> Diagnostic:
    hints = {
        "text-cut": "import the page's own part of it",
        "text-hidden": "copy them from a browser that shows them, if they belong to the article",
        "text-left-out": "copy it into the draft if it belongs to the article",
        "text-missing": "copy the text from a browser, and import that",
    }
    return diagnostic(code, Location(path), text, hints[code])


def _told(path: SourcePath, code: str, what: str, texts: Sequence[str]) -> Diagnostic | None:
    """What was left out, how long it is and how it begins."""
    count = sum(len(words(text)) for text in texts)
    if count < TOLD_WORDS:
        return None
    start = shorten(texts[0], TOLD_CHARACTERS, placeholder=" …")
    return _missing(path, code, f'{what}: {count} words, from "{start}" on')


def _title(root: Element, facts: PageMetadata, all_blocks: Sequence[HtmlBlock]) -> str | None:
    """The main heading or a title from the data."""
    main, lower, cores, starts, entries = [], [], [], [], []
    titled = _below_trail(root, [t for t in (*_others(facts), facts.social_title) if t])
    for heading in islice(root.iter("h1", "h2", "h3", "h4"), MAX_HEADINGS):
        blocks = blocks_of(heading)
        if titled and heading.tag == "h1" and is_in_trail(heading):
            continue
        if blocks and heading.tag == "h1":
            main.append(_without_label(heading, " ".join(b.text for b in blocks)))
            cores += _core(heading, blocks)
            starts += _start(heading, blocks)
        elif blocks:
            lower.append(" ".join(b.text for b in blocks))
            entries += lower[-1:] if is_in_named_part(heading) else []
    main = [titled] if titled and not main else main
    if not main and not lower and (shown := _shown_title(all_blocks, facts.window_title)):
        main.append(shown)
    if any(is_in_named_part(h) for h in islice(root.iter("h1"), MAX_HEADINGS)):
        entries = []
    names = [*facts.site_names, *host_names(facts.url), *_homes(root)]
    return choose_title(
        Headings(main, lower, cores, starts, entries), facts.social_title, _others(facts), facts.window_title, names
    )


def _below_trail(root: Element, titles: Sequence[str]) -> str | None:
    """The title that another heading shows, where the main one only ends the trail of breadcrumbs to the page."""
    if not any(is_in_trail(h) for h in islice(root.iter("h1"), MAX_HEADINGS)):
        return None
    shown = ["".join(words(text_of(h))) for h in islice(root.iter("h1", "h2"), MAX_HEADINGS) if not is_in_trail(h)]
    return next((t for t in titles if (letters := "".join(words(t))) and any(letters in s for s in shown)), None)


def _without_label(heading: Element, text: str) -> str:
    """A heading without "Title:" before it, where that stands in an element of its own."""
    labelled = phrases().title_label.match(text)
    first = next(heading.iterchildren("*"), None) if labelled else None
    is_apart = first is not None and "".join(first.itertext()).strip().endswith((":", "\uff1a"))
    return labelled["rest"] if labelled and is_apart else text


def _others(facts: PageMetadata) -> list[str]:
    """Titles in the data, besides the one for social networks."""
    return [t for t in (facts.headline, facts.twitter_title if not facts.social_title else None) if t]


def _shown_title(blocks: Sequence[HtmlBlock], window: str | None) -> str | None:
    """On a page without a main heading, the longest block near its start that is a part of the window's title.

    The rest of that title is the site's name, which may stand on the page too, in larger letters.
    """
    whole = words(window or "")
    shown = [b for b in blocks[:_SHOWN_BLOCKS] if b.size > 1 and _is_part(list(b.words), whole)]
    best = max(shown, key=lambda b: (b.size, b.heading > 0), default=None)
    return best.text if best is not None else None


def _title_above_text(root: Element, facts: PageMetadata, blocks: Sequence[HtmlBlock]) -> str | None:
    """On a page without headings, whose window's title can be no more than the site's name, the largest line above the
    text, the first of several.
    """
    window = words(facts.window_title or "")
    has_heading = next(root.iter("h1", "h2", "h3"), None) is not None
    if has_heading or facts.social_title or facts.headline or len(window) > _MAX_SITE_WORDS:
        return None
    first = next((i for i, b in enumerate(blocks) if _is_prose(b) and any(map(_is_prose, blocks[i + 1 : i + 3]))), 0)
    near = blocks[max(0, first - _LINES_TO_TITLE) : first]
    lines = [b for b in near if _MIN_TITLE_WORDS <= len(b.words) < _PROSE_WORDS and not b.linked_words]
    lines = [
        b for b in lines if not find_dates(b.text) and not phrases().byline.match(b.text) and b.text[-1] not in ".:"
    ]
    if _shown_title(blocks, facts.window_title) and len(window) >= _MIN_TITLE_WORDS:
        return None
    best = max(lines, key=lambda b: b.size, default=None)
    return best.text if best is not None else None


def _is_prose(block: HtmlBlock) -> bool:
    return len(block.words) >= _PROSE_WORDS and 2 * block.linked_words < len(block.words)


def _is_part(mine: Sequence[str], whole: Sequence[str]) -> bool:
    return whole[: len(mine)] == mine or whole[-len(mine) :] == mine


def _core(heading: Element, blocks: Sequence[HtmlBlock]) -> list[str]:
    """A heading's last part, where it is made of several elements: the first ones are kickers."""
    parts = [e for e in heading.iter("span", "div", "strong", "em", "small", "p") if "".join(e.itertext()).strip()]
    last = " ".join("".join(parts[-1].itertext()).split()) if parts else ""
    return [last] if last and words(last) != [w for b in blocks for w in b.words] else []


def _homes(root: Element) -> list[str]:
    """Main headings that are links to the home page: they name the site."""
    headings = [(h, squeeze("".join(h.itertext()))) for h in islice(root.iter("h1"), MAX_HEADINGS)]
    return [
        text
        for heading, text in headings
        if any(a.get("href") in _HOMES and squeeze("".join(a.itertext())) == text for a in islice(heading.iter("a"), 1))
    ]


def _start(heading: Element, blocks: Sequence[HtmlBlock]) -> list[str]:
    """A heading's first part, where it is made of several elements and nothing stands outside of them."""
    first = next(heading.iterchildren("*"), None)
    if first is None or (heading.text or "").strip() or (first.tail or "").strip():
        return []
    text = " ".join("".join(first.itertext()).split())
    return [text] if text and words(text) != [w for b in blocks for w in b.words] else []


def _descriptions(root: Element, facts: PageMetadata) -> list[str]:
    """Without those that describe a picture."""
    captions = {b.words for caption in root.iter("figcaption") for b in blocks_of(caption)}
    return [d for d in facts.descriptions if tuple(words(d)) not in captions]


def _body(blocks: Sequence[HtmlBlock], facts: PageMetadata) -> str:
    """The visible text, or the one in the page's data where only its beginning shows."""
    visible = sum(len(b.words) for b in blocks)
    hidden = paragraphs(facts.article_body or "")
    count = sum(len(words(p)) for p in hidden)
    if count >= HIDDEN_WORDS and count > HIDDEN_FACTOR * visible:
        return "\n\n".join(escape_paragraph(p) for p in hidden)
    return render_blocks(blocks, with_links=False)


def _paragraphs_of(text: str) -> str:
    """The lines of a text as paragraphs."""
    return "\n\n".join(escape_paragraph(line) for line in text.split("\n") if line.strip())


def _source(blocks: Sequence[HtmlBlock], facts: PageMetadata) -> str | None:
    """The site's name in its data, else a "Source:" line."""
    return facts.site_names[0] if facts.site_names else find_source(blocks)


def _with_credit(picture: LeadPicture, article: ArticleBlocks) -> LeadPicture:
    if picture.credit:
        return picture
    return LeadPicture(credit_of_lines([b.text for b in article.head]), picture.src, picture.alt)
