"""What an article is called in feeds: a key that stays when its slug or the site's address changes.

Feed readers show an entry as new when its id is new. So the key is what the front matter says under `feed_id` (`mv`
writes it there), else the oldest slug that the aliases give, else the slug.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import chain, count
from typing import Final

from site_builder.content.document import Document, permalink_of
from site_builder.content.schema import Article, Tool
from site_builder.corpus.corpus import added_of, normal_alias
from site_builder.diagnostics import Diagnostic, diagnostic
from site_builder.urls import Permalink

_LAST_PART: Final = re.compile(r"[^/]+(?=/$)")


def first_slug(document: Document) -> str:
    """The slug under which a document was first published: that of the first alias among the addresses of its kind."""
    if not isinstance(document.meta, Tool):
        for written in document.meta.aliases:
            alias = normal_alias(written)
            last = _LAST_PART.search(alias) if alias else None
            if last and permalink_of(document.kind, last[0]) == alias:
                return last[0]
    return document.slug


def feed_key(article: Document[Article]) -> str:
    """The key of an article, whatever others say."""
    return article.meta.feed_id or first_slug(article)


def feed_keys(articles: Iterable[Document[Article]]) -> tuple[Mapping[Permalink, str], list[Diagnostic]]:
    """Address -> key, each only once: what `feed_id` says comes first, then the older article.

    So a new article at a slug that another one had gets a key of its own. May report feed-id-repeated.
    """
    keys: dict[Permalink, str] = {}
    owners: dict[str, Document[Article]] = {}
    found: list[Diagnostic] = []
    ordered = sorted(articles, key=lambda a: (a.meta.feed_id is None, added_of(a), a.permalink))
    for article in ordered:
        wanted = feed_key(article)
        other = owners.get(wanted)
        if other is not None and article.meta.feed_id:
            text = f'"{wanted}" is the "feed_id" of {other.path} too, so feed readers would take both for one entry'
            found.append(diagnostic("feed-id-repeated", article.location("feed_id"), text, "remove it here"))
        dated = f"{article.slug}~{added_of(article)}"
        names = chain((wanted, article.slug, dated), (f"{dated}~{number}" for number in count(2)))
        key = next(name for name in names if name not in owners)
        keys[article.permalink] = key
        owners[key] = article
    return keys, found
