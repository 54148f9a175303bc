"""The entry of a related list, as the graph's export and the pages read it; the package `related` makes them."""

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article


class RelatedArticle(msgspec.Struct, frozen=True):
    """A related article, and why."""

    article: Document[Article]
    score: float
    """0..1."""
    reasons: tuple[str, ...]
    """Phrases to be joined by "; "."""
