"""Links seen from their target: one entry for each source, grouped by how it links here, in words that fit this side.

A curator writes how the other article relates to theirs (`kind: follow-up`); the page of that other article says the
converse ("This follows up on").
"""

from collections.abc import Container, Iterable, Sequence
from typing import Final

from site_builder.content.schema import Relation
from site_builder.content.vocabulary import Kind
from site_builder.i18n import Translations
from site_builder.links.graph import Link, LinkKind
from site_builder.pages.parts import MAX_TITLE_BYTES, BacklinkGroup, BacklinkView, shorten
from site_builder.urls import Permalink

CURATED: Final = "similar"
RELATIONS: Final = (Relation.FOLLOW_UP, Relation.UPDATE, Relation.REBUTS, Relation.SAME_STORY, Relation.BACKGROUND)
ORDER: Final = (
    *RELATIONS,
    CURATED,
    *(Kind.ARTICLE, Kind.TOPIC, Kind.ENTITY, Kind.TOOL, Kind.PAGE),
)
"""Groups in the order of the page: relations that a curator named, other curated lists, links in a text."""


def by_source(links: Iterable[Link]) -> list[list[Link]]:
    """The links of each source to one page, in the order of their first."""
    found: dict[Permalink, list[Link]] = {}
    for link in links:
        found.setdefault(link.source.permalink, []).append(link)
    return list(found.values())


def count_sources(links: Iterable[Link]) -> int:
    """How many pages link to one."""
    return len({link.source.permalink for link in links})


def in_order_of_groups(sources: Iterable[Sequence[Link]]) -> list[Sequence[Link]]:
    """Sources in the order in which a page shows their groups, so that parts of the list can be grouped one by one."""
    places = {way: place for place, way in enumerate(ORDER)}
    return sorted(sources, key=lambda links: places[_way(links)])


def group_backlinks(
    sources: Iterable[Sequence[Link]], words: Translations, language: str, listed: Container[str] = frozenset()
) -> tuple[BacklinkGroup, ...]:
    """Group links to one page. Those of one source become one entry, under the relation that its curator named, if any.

    `language`: that of the site. A source that the page has `listed` elsewhere is only named, unless a text says more
    about the page.
    """
    groups: dict[str, list[BacklinkView]] = {}
    for own in sources:
        groups.setdefault(_way(own), []).append(_view(own, language))
    return tuple(_group(words(f"backlinks_{way}"), way, groups[way], listed) for way in ORDER if way in groups)


def _group(title: str, way: str, views: Sequence[BacklinkView], listed: Container[str]) -> BacklinkGroup:
    known = [view for view in views if view.url in listed and not view.text]
    return BacklinkGroup(title, tuple(view for view in views if view not in known), tuple(known), way in RELATIONS)


def _way(links: Sequence[Link]) -> str:
    for link in links:
        if link.relation is not None:
            return link.relation
    if any(link.kind is LinkKind.SIMILAR for link in links):
        return CURATED
    return links[0].source.kind


def _view(links: Sequence[Link], language: str) -> BacklinkView:
    source = links[0].source
    why = next((link.why for link in links if link.why), "")
    named = next((link for link in links if link.kind is LinkKind.TEXT), None)
    before, text, after = (named.before, named.text, named.after) if named else ("", "", "")
    own = getattr(source.meta, "language", None) or language
    title = shorten(source.title, MAX_TITLE_BYTES)
    return BacklinkView(title, source.permalink, why, before, text, after, own if own != language else "")
