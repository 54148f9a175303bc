"""Links seen from their target: one entry a source, grouped by how it leads here, in words that fit this side.

A curator writes what the other article is to theirs (`kind: follow-up`); seen from that other article the same words
read the other way round ("This follows up on").
"""

from collections.abc import Container, Sequence
from typing import Final

from site_builder.content.schema import Kind, Relation
from site_builder.i18n import Translations
from site_builder.links.graph import Link, LinkKind
from site_builder.pages.parts import BacklinkGroup, BacklinkView, Label
from site_builder.urls import Permalink

CURATED: Final = "similar"
ORDER: Final = (
    *(Relation.FOLLOW_UP, Relation.UPDATE, Relation.REBUTS, Relation.SAME_STORY, Relation.BACKGROUND),
    CURATED,
    *(Kind.ARTICLE, Kind.TOPIC, Kind.ENTITY, Kind.TOOL, Kind.PAGE),
)
"""Groups in the order of the page: what this page is to one that lists it so, being listed, being named in a text."""


def group_backlinks(
    links: Sequence[Link], words: Translations, listed: Container[str] = frozenset()
) -> tuple[BacklinkGroup, ...]:
    """Group links to one page; those of one source become one entry, under what its curator says if anything.

    What the page has `listed` elsewhere already is only named, unless a text has more to say.
    """
    by_source: dict[Permalink, list[Link]] = {}
    for link in links:
        by_source.setdefault(link.source.permalink, []).append(link)
    groups: dict[str, list[BacklinkView]] = {}
    for found in by_source.values():
        groups.setdefault(_way(found), []).append(_view(found))
    return tuple(_group(words(f"backlinks_{way}"), groups[way], listed) for way in ORDER if way in groups)


def _group(title: str, views: Sequence[BacklinkView], listed: Container[str]) -> BacklinkGroup:
    known = [view for view in views if view.url in listed and not view.text]
    again = tuple(Label(view.title, view.url) for view in known)
    return BacklinkGroup(title, tuple(view for view in views if view not in known), again)


def _way(links: Sequence[Link]) -> str:
    for link in links:
        if link.relation is not None:
            return link.relation
    if any(link.kind is LinkKind.SIMILAR for link in links):
        return CURATED
    return links[0].source.kind


def _view(links: Sequence[Link]) -> BacklinkView:
    source = links[0].source
    why = next((link.why for link in links if link.why), "")
    named = next((link for link in links if link.kind is LinkKind.TEXT), None)
    before, text, after = (named.before, named.text, named.after) if named else ("", "", "")
    return BacklinkView(source.title, source.permalink, why, before, text, after)
