"""Read a saved web page.

The page's data (JSON-LD, OpenGraph, meta), its visible text and its cards are each read on their own and meet here:
only together they show which title is the article's, whether a description is a dek, and what the body is.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.importers.imported_article import UNNAMED, ImportedArticle, LeadPicture, Origin
from site_builder.importers.read.dates import day_order
from site_builder.importers.read.decode import decode
from site_builder.importers.read.dek import choose_summary, find_dek, find_source, visible_date
from site_builder.importers.read.html.cards_in_html import card_boxes, similar_cards, tool_cards
from site_builder.importers.read.html.html_blocks import HtmlBlock, blocks_of, words
from site_builder.importers.read.html.html_to_markdown import escape_paragraph, render_blocks
from site_builder.importers.read.html.lead_picture import credit_of_lines, lead_picture
from site_builder.importers.read.html.main_text import ArticleBlocks, find_article_blocks
from site_builder.importers.read.html.metadata import PageMetadata, host_names, read_metadata
from site_builder.importers.read.html.page_doubts import chosen_date, find_doubts
from site_builder.importers.read.html.page_json_ld import paragraphs
from site_builder.importers.read.html.page_place import is_in_site_head
from site_builder.importers.read.html.page_tree import Element, MissingExtra, parse_tree, remove_unseen
from site_builder.importers.read.html.title_of_html import Headings, choose_title
from site_builder.importers.read.phrases import phrases_for
from site_builder.urls import SourcePath

__all__ = ["MissingExtra", "read_html"]

HIDDEN_FACTOR: Final = 1.5
"""The text in the page's data is the body if it has so many times more words than the visible text: a gate then hides
all but the first lines."""
HIDDEN_WORDS: Final = 150
"""And at least so many words; a shorter one is a summary."""
MAX_HEADINGS: Final = 60
"""Headings that are looked at; the most main ones on one of 137 pages are 21."""


def read_html(data: bytes | str, *, url: str | None = None, path: SourcePath = UNNAMED) -> ImportedArticle:
    """Read one page. `url` is where it was saved from, if known; `path` is what findings call it.

    No page makes it fail: what cannot be read is absent. May add text-missing and what `find_doubts`
    adds. Raises MissingExtra where trafilatura is not installed.
    """
    text = decode(data) if isinstance(data, bytes) else data
    with phrases_for(text):
        return _read_page(text, url, path)


def _read_page(text: str, url: str | None, path: SourcePath) -> ImportedArticle:
    root = parse_tree(text)
    if root is None:
        return ImportedArticle(findings=(_missing(path, "text-missing", "the file contains no HTML"),))
    facts = read_metadata(root, url)
    picture = lead_picture(root, facts.image, facts.image_alt, facts.image_credit, facts.url or url)
    remove_unseen(root)
    blocks = blocks_of(root)
    title = _title(root, facts)
    article = find_article_blocks(root, blocks, title, card_boxes(root, blocks))
    titles = [t for t in (title, facts.social_title, facts.headline, facts.window_title) if t]
    descriptions = _descriptions(root, facts)
    dek = find_dek(article.head, article.body, descriptions, titles)
    body = tuple(b for b in article.body if b is not dek)
    summary = choose_summary(dek, body, descriptions, facts.site_names, facts.authors)
    day_first = day_order(" ".join(b.text for b in article.head))
    head = [block for block in article.head if not is_in_site_head(block.element, root)]
    shown = visible_date(head, facts.language, day_first, path)
    date = chosen_date(facts, shown)
    markdown = _body(body, facts)
    findings = (
        None if markdown else _missing(path, "text-missing", "no text was found on the page"),
        *find_doubts(facts, title, date, shown, len(words(markdown)), path),
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
        language=facts.language,
        similar=similar_cards(root, blocks, base, title, facts.language, {b.element for b in body}),
        tools=tool_cards(root, blocks),
        keywords=facts.keywords,
        findings=tuple(f for f in findings if f),
    )


def _missing(path: SourcePath, code: str, text: str) -> Diagnostic:
    hints = {
        "text-missing": "copy the text from a browser, and import that",
    }
    return diagnostic(code, Location(path), text, hints[code])


def _title(root: Element, facts: PageMetadata) -> str | None:
    """The main heading or a title from the data."""
    main, lower, cores = [], [], []
    for heading in islice(root.iter("h1", "h2", "h3", "h4"), MAX_HEADINGS):
        blocks = blocks_of(heading)
        if blocks and heading.tag == "h1":
            main.append(" ".join(b.text for b in blocks))
            cores += _core(heading, blocks)
        elif blocks:
            lower.append(" ".join(b.text for b in blocks))
    names = [*facts.site_names, *host_names(facts.url)]
    return choose_title(Headings(main, lower, cores), facts.social_title, _others(facts), facts.window_title, names)


def _others(facts: PageMetadata) -> list[str]:
    """Titles in the data, besides the one for social networks."""
    return [t for t in (facts.headline, facts.twitter_title if not facts.social_title else None) if t]


def _core(heading: Element, blocks: Sequence[HtmlBlock]) -> list[str]:
    """A heading's last part, where it is made of several elements: the first ones are kickers."""
    parts = [e for e in heading.iter("span", "div", "strong", "em", "small", "p") if "".join(e.itertext()).strip()]
    last = " ".join("".join(parts[-1].itertext()).split()) if parts else ""
    return [last] if last and words(last) != [w for b in blocks for w in b.words] else []


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


def _source(blocks: Sequence[HtmlBlock], facts: PageMetadata) -> str | None:
    """The site's name in its data, else a "Source:" line."""
    return facts.site_names[0] if facts.site_names else find_source(blocks)


def _with_credit(picture: LeadPicture, article: ArticleBlocks) -> LeadPicture:
    if picture.credit:
        return picture
    return LeadPicture(credit_of_lines([b.text for b in article.head]), picture.src, picture.alt)
