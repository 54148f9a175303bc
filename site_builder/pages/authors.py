"""Entities and authors as programs are told of them: what they are, and where else they are described."""

from typing import Final

from site_builder.content.document import Document
from site_builder.content.schema import Entity, EntityKind
from site_builder.corpus.corpus import article_meta
from site_builder.pages.context import PageContext
from site_builder.pages.parts import Thing
from site_builder.urls import Permalink

GROUPS: Final = frozenset("board committee desk editor editorial editors newsroom office redaktion staff team".split())
"""Words that make a name that of a group of people."""
ABOUT: Final = Permalink("/about/")
"""Where a site tells who writes it, if it has this page."""


def thing(entity: Document) -> Thing:
    """An entity with its kind."""
    assert isinstance(entity.meta, Entity)  # noqa: S101 (tells the type checker what the caller knows)
    return Thing(entity.meta.name, str(entity.meta.kind), entity.permalink, entity.meta.same_as)


def author(knowledge: PageContext, article: Document) -> Thing:
    """Who wrote a summary: its curator, else the author of the site, else the site.

    One who is an entity of the site has its page; of others the site's page about itself says most.
    """
    config = knowledge.config
    name = article_meta(article).curator or config.author
    home = ABOUT if ABOUT in knowledge.corpus.by_permalink else Permalink("/")
    if not name or name.casefold() == config.name.casefold():
        return Thing(config.name, "", home)
    known = knowledge.agents.get(name.casefold())
    if known is not None:
        return thing(known)
    kind = EntityKind.ORGANISATION if is_group(name) else EntityKind.PERSON
    return Thing(name, str(kind), home)


def is_group(name: str) -> bool:
    """Is a name that of a group rather than of one person? "The editors" is; any other is taken for a person's."""
    words = name.casefold().replace(",", " ").split()
    return words[:1] == ["the"] or not GROUPS.isdisjoint(words)
