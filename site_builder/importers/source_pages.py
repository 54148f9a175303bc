"""A source to the pages that it holds: a file holds one, a feed one for each entry.

Only the reader that a source needs is loaded, and nothing of the site: loading is half of what one import costs.
"""

# ruff: noqa: PLC0415 (late imports, as above)

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from hashlib import sha256

from site_builder.importers.imported_article import ImportedArticle, article_as_json
from site_builder.importers.source import ImportSource, SourceForm, recognise_form
from site_builder.urls import SourcePath


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """One page of a source."""

    path: SourcePath
    """The source as the editor named it: a file, an address, or "-"."""
    article: ImportedArticle
    sha256: str


def pages_of(
    source: ImportSource, form: SourceForm | None, urls: Collection[str] = (), titles: Collection[str] = ()
) -> list[ImportedPage]:
    """The pages of a source; of a feed, those whose address or title is not among the given ones.

    Raises FeedError, MissingExtra.
    """
    from site_builder.links.canonical_urls import canonical_url

    form = form or recognise_form(source)
    path = SourcePath(source.name)
    if form is SourceForm.FEED:
        from site_builder.importers.read.feed.read_feed import new_entries, read_feed

        entries = new_entries(read_feed(source.data, url=source.url, path=path), urls, titles)
        return [ImportedPage(path, e.article, digest(_bytes(e.article))) for e in entries]
    if form is SourceForm.HTML:
        from site_builder.importers.read.html.read_html import read_html as read
    else:
        from site_builder.importers.read.text.read_text import read_text as read
    article = read(source.data, url=source.url, path=path)
    url = canonical_url(article.source.url)
    article = replace(article, source=replace(article.source, url=url))
    return [ImportedPage(path, article, digest(source.data))]


def digest(data: bytes) -> str:
    """SHA-256 of the input, in hexadecimal."""
    return sha256(data).hexdigest()


def _bytes(article: ImportedArticle) -> bytes:
    """What the digest of a feed's entry is made of: all that it states."""
    stated = article_as_json(replace(article, findings=()))
    return json.dumps(stated, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
