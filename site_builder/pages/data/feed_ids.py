"""Ids of feeds and of their entries: URIs that stay when a document is renamed or the site moves to another address.

An id is made from the address under which something was first published, below the root. By default it is a name-based
UUID (RFC 9562 §5.5), which holds no host; with `feed_base_url` it is that address, as feeds had it before.
"""

from typing import Final
from uuid import UUID, uuid5

from site_builder.content.document import Document, permalink_of
from site_builder.content.schema import Article
from site_builder.content.vocabulary import Kind
from site_builder.corpus.feed_keys import first_slug
from site_builder.pages.context import PageContext
from site_builder.urls import Permalink, absolute_url, scheme

_NAMESPACE: Final = UUID("4d1ae96c-a64b-488f-a1aa-771b52fb127e")
"""Drawn once, and never to be changed."""


def id_of_address(context: PageContext, first: Permalink) -> str:
    """The id of what was first published at an address."""
    base = context.config.options.feed_base_url
    return absolute_url(f"{base.rstrip('/')}/", first) if base else uuid5(_NAMESPACE, first).urn


def id_of_article(context: PageContext, article: Document[Article]) -> str:
    """The id of a listed article, in every feed."""
    key = context.feed_keys[article.permalink]
    return key if scheme(key) else id_of_address(context, permalink_of(Kind.ARTICLE, key))


def id_of_term(context: PageContext, term: Document) -> str:
    """The id of the feed of a topic or entity."""
    return id_of_address(context, Permalink(f"{permalink_of(term.kind, first_slug(term))}atom.xml"))
