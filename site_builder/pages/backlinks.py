"""Links seen from their target: one entry for each source, grouped by how it links here, in words that fit this side.

A curator writes how the other article relates to theirs (`kind: follow-up`); the page of that other article says the
converse ("This follows up on").
"""

from collections.abc import Container, Sequence
from typing import Final

from site_builder.content.schema import Kind, Relation
from site_builder.i18n import Translations
from site_builder.links.graph import Link, LinkKind
from site_builder.pages.parts import BacklinkGroup, BacklinkView
from site_builder.render.site_view import Label
from site_builder.urls import Permalink

CURATED: Final = "similar"
ORDER: Final = (
    *(Relation.FOLLOW_UP, Relation.UPDATE, Relation.REBUTS, Relation.SAME_STORY, Relation.BACKGROUND),
    CURATED,
    *(Kind.ARTICLE, Kind.TOPIC, Kind.ENTITY, Kind.TOOL, Kind.PAGE),
)
"""Groups in the order of the page: relations that a curator named, other curated lists, links in a text."""


def group_backlinks(
    links: Sequence[Link], words: Translations, listed: Container[str] = frozenset()
) -> tuple[BacklinkGroup, ...]:
    """Group links to one page. Those of one source become one entry, under the relation that its curator named, if any.

    A source that the page has `listed` elsewhere is only named, unless a text says more about the page.
    """
    by_source: dict[Permalink, list[Link]] = {}
    for link in links:
        by_source.setdefault(link.source.permalink, []).append(link)
    groups: dict[str, list[BacklinkView]] = {}
    for own in by_source.values():
        groups.setdefault(_way(own), []).append(_view(own))
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
