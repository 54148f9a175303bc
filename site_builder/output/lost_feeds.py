"""Feeds in the site folder that are no longer made although their topic or entity is still there.

Feed readers ask for an address for years, and say nothing when it is gone.
"""

from collections.abc import Container, Iterator

from site_builder.content.document import Document
from site_builder.content.schema import Entity, Topic
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.pages.context import PageContext
from site_builder.urls import OutputPath, Permalink, output_path


def lost_feeds(context: PageContext, known: Container[OutputPath]) -> Iterator[Diagnostic]:
    """Report feed-lost for each; a term that says `feed: false`, or has no article left, loses its feed on purpose."""
    terms: list[Document[Topic] | Document[Entity]] = [*context.corpus.topics, *context.corpus.entities]
    for term in terms:
        if term.meta.feed is False or context.has_feed(term) or not context.articles_of(term):
            continue
        if output_path(Permalink(f"{term.permalink}feed.xml")) in known:
            text = (
                f'"{term.title}" has fewer articles than `feed_articles`, so its feeds, which were published, are gone'
            )
            hint = "add `feed: true` to the front matter to keep them, or `feed: false` to let them go"
            yield diagnostic("feed-lost", Location(term.path), text, hint)
