"""The entry of a related list, as the graph's export and the pages read it; the package `related` makes them."""

from dataclasses import dataclass

from site_builder.content.document import Document
from site_builder.content.schema import Article


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """A related article, and why."""

    article: Document[Article]
    score: float
    """0..1."""
    reasons: tuple[str, ...]
    """Phrases to be joined by "; "."""
