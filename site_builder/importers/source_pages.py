"""A source to the pages that it holds: a file holds one, a feed one for each entry.

Only the reader that a source needs is loaded, and nothing of the site: loading is half of what one import costs.
"""

# ruff: noqa: PLC0415 (late imports, as above)

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from site_builder.diagnostics import Location, diagnostic
from site_builder.importers.imported_article import ImportedArticle, KnownArticle, article_as_json
from site_builder.importers.no_article import is_message
from site_builder.importers.source import ImportSource, SourceError, SourceForm, recognise_form
from site_builder.urls import SourcePath

_ONLY_BLOCK: Final = re.compile(r"(`{3,})\n(?P<text>(?:(?!\1).*\n)+)\1")
_CODE_SIGN: Final = re.compile(r"[{};=<>\\]|\w\(|^\s*[#$%|+]")
_MAX_CODE_SHARE: Final = 0.1
"""Of the rows of a plain text that have signs of code, and"""
_MIN_PROSE_WORDS: Final = 60
"""words that it has at least."""


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """One page of a source."""

    path: SourcePath
    """The source as the editor named it: a file, an address, or "-"."""
    article: ImportedArticle
    sha256: str
    shares_address: bool = False
    """Have other pages the same address? Then it does not show that two are one."""


def pages_of(source: ImportSource, form: SourceForm | None, known: Sequence[KnownArticle] = ()) -> list[ImportedPage]:
    """The pages of a source; of a feed, those that are not known. Raises FeedError, SourceError, MissingExtra."""
    from site_builder.links.canonical_urls import canonical_url

    form = form or recognise_form(source)
    path = SourcePath(source.name)
    if form is SourceForm.FEED:
        from site_builder.importers.read.feed.read_feed import new_entries, read_feed

        entries = new_entries(read_feed(source.data, url=source.url, path=path), known)
        return [
            ImportedPage(path, _checked(e.article, path), digest(_bytes(e.article)), shares_address=e.shares_address)
            for e in entries
        ]
    if form is SourceForm.HTML:
        from site_builder.importers.read.html.read_html import read_html as read
    else:
        from site_builder.importers.read.text.read_text import read_text as read
    article = read(source.data, url=source.url, path=path)
    if form is SourceForm.HTML and (text := _preformatted(article.body)):
        from site_builder.importers.read.text.read_text import read_text

        inner = read_text(text, url=source.url, path=path)
        article = inner if inner.body and (inner.title or not article.title) else article
    if is_message(article):
        why = f'the source is a message of a server ("{article.title}"), not a page'
        raise SourceError(why, "fetch the page again, or copy its text from a browser")
    if not any((article.title, article.body, article.summary, article.similar, article.date, source.url)):
        raise SourceError("neither a title nor a text was found in the source", "copy the page again, with its text")
    if not article.body and not any(f.code == "text-missing" for f in article.findings):
        text, hint = "no text was found in the source", "copy the page again, with its text"
        article = replace(article, findings=(*article.findings, diagnostic("text-missing", Location(path), text, hint)))
    url = canonical_url(article.source.url)
    article = replace(article, source=replace(article.source, url=url))
    return [ImportedPage(path, _checked(article, path), digest(source.data))]


def why_none(source: ImportSource) -> str:
    """Why a feed gave no page: it has no entries, or all of them are known."""
    from site_builder.importers.read.feed.read_feed import count_entries

    count, empty = count_entries(source.data)
    if count:
        return f"the {count} entries of the feed have been imported already" if count > 1 else "its only entry is known"
    return f"its {empty} entries are empty, without a title, a link or a text" if empty else "the feed has no entries"


def _checked(article: ImportedArticle, path: SourcePath) -> ImportedArticle:
    """With a finding about characters that were lost, or read in the wrong encoding, before they came here."""
    from site_builder.importers.read.encoding.mojibake import garbled_part

    part = garbled_part("\n".join(filter(None, (article.title, article.summary, article.author, article.body))))
    if part is None:
        return article
    text = f'some characters were lost or are not those that were meant: "{part}"'
    told = diagnostic("text-garbled", Location(path), text, "save the page again, or copy its text from a browser")
    return replace(article, findings=(*article.findings, told))


def _preformatted(body: str) -> str:
    """The prose of a page that is nothing but one block of plain text, as in archives of mail; "" for other pages."""
    block = _ONLY_BLOCK.fullmatch(body)
    rows = [row for row in block["text"].split("\n") if row.strip()] if block else []
    code = sum(1 for row in rows if _CODE_SIGN.search(row))
    words = sum(len(row.split()) for row in rows)
    return block["text"] if block and words >= _MIN_PROSE_WORDS and code <= _MAX_CODE_SHARE * len(rows) else ""


def digest(data: bytes) -> str:
    """SHA-256 of the input, in hexadecimal."""
    return sha256(data).hexdigest()


def _bytes(article: ImportedArticle) -> bytes:
    """What the digest of a feed's entry is made of: all that it states."""
    stated = article_as_json(replace(article, findings=()))
    return json.dumps(stated, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
