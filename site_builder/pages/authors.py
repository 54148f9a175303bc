"""Entities and authors for programs: what they are, and where else they are described."""

from typing import Final

from site_builder.content.document import Document
from site_builder.content.schema import Article, Entity, EntityKind
from site_builder.pages.context import PageContext
from site_builder.render.json_ld import Thing, is_group
from site_builder.urls import HOME, Permalink

ABOUT: Final = Permalink("/about/")
"""The free page that says who writes the site, if there is one."""


def entity_thing(context: PageContext, entity: Document[Entity]) -> Thing:
    """An entity with its kind."""
    return Thing(entity.meta.name, str(entity.meta.kind), entity.permalink, context.corpus.same_as(entity))


def author_of(context: PageContext, article: Document[Article]) -> Thing:
    """The author of a summary: its curator, otherwise the author of the site, otherwise the site.

    An author who is an entity of the site is linked to its page; others are linked to the site's page about itself.
    """
    config = context.config
    name = article.meta.curator or config.author
    home = ABOUT if ABOUT in context.corpus.by_permalink else HOME
    if not name or name.casefold() == config.name.casefold():
        return Thing(config.name, "", home)
    known = context.agents.get(name.casefold())
    if known is not None:
        return entity_thing(context, known)
    kind = EntityKind.ORGANISATION if is_group(name) else EntityKind.PERSON
    return Thing(name, str(kind), home)
