"""Entities by what they are, in the order in which every page names the kinds."""

from collections.abc import Iterable
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Entity, EntityKind
from site_builder.pages.context import PageContext
from site_builder.render.site_view import Label

KINDS: Final = (EntityKind.ORGANISATION, EntityKind.PERSON, EntityKind.LAW, EntityKind.PRODUCT, EntityKind.PAPER)
"""In the order of the index."""


class EntityKinds(msgspec.Struct, frozen=True):
    """Entities of one kind."""

    name: str
    """"Laws"; "Law" where there is one."""
    labels: tuple[Label, ...]


def by_kind(context: PageContext, entities: Iterable[tuple[Document[Entity], int]]) -> tuple[EntityKinds, ...]:
    """Entities with their numbers of articles, by kind; within a kind they keep their order."""
    groups: dict[EntityKind, list[Label]] = {kind: [] for kind in KINDS}
    for entity, count in entities:
        groups[entity.meta.kind].append(Label(entity.title, entity.permalink, count))
    return tuple(
        EntityKinds(context.translations(f"kinds_{kind}" if len(labels) > 1 else f"kind_{kind}"), tuple(labels))
        for kind, labels in groups.items()
        if labels
    )
