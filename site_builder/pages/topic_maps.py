"""What stands on a map of topics: the topics that are drawn, their articles, and who and what joins them.

An article stands once, in the first of its topics that is drawn. Of many articles those stand that most pages link to,
and the newest; the topics then tell their number by their size.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article, Entity, Topic
from site_builder.corpus.corpus import date_of
from site_builder.pages.context import PageContext
from site_builder.pages.parts import MAX_NAME_BYTES, MAX_TITLE_BYTES, shorten
from site_builder.render.site_view import Label
from site_builder.render.svg.topic_map.discs import Lettering
from site_builder.render.svg.topic_map.draw_map import (
    SIZES,
    Area,
    Bridge,
    Ground,
    InnerArea,
    MapView,
    Scale,
    Spot,
    draw_map,
)
from site_builder.urls import Permalink, Slug

MAX_REGIONS: Final = 24
"""Topics that are drawn side by side: the largest."""
MAX_INNER: Final = 7
"""Narrower topics that are drawn in one, the largest,"""
MAX_INNER_ALL: Final = 24
"""and in all together."""
MAX_NARROWER: Final = 8
"""Topics on the map of a broader one, whose own narrower topics are not drawn."""
MIN_NARROWER: Final = 2
"""Topics with articles below one that has its own map,"""
MIN_ARTICLES: Final = 8
"""and articles in it."""
MAX_SPOTS: Final = 80
"""Articles of which all are drawn: each takes 500 bytes of a page with two maps and a list."""
NOTABLE: Final = 20
"""Of more, so many are that most pages link to, and as many of the newest."""
NUMBERED: Final = 8
"""Articles with a number on the map, and their titles below it."""
MIN_CITED: Final = 2
"""Pages that link to an article which has a number."""
NEW_DAYS: Final = 183
"""Before the newest source: what is new."""
MAX_BRIDGES: Final = 9
MAX_ENDS: Final = 3
"""Topics that a name is joined to: those where it occurs most."""
MIN_NAMED: Final = 3
"""Articles that name what joins topics."""
MAX_SHARED: Final = 24
"""Pairs of topics that a band joins."""

WIDE: Final = Scale(1024, Lettering(20, 9), Lettering(14, 9.5), Lettering(14, 12), 30, 330_000)
"""For windows of 960 pixels or more, where a unit is 0.86 to 1 pixel."""
TALL: Final = Scale(340, Lettering(17, 8.5), Lettering(13, 8), Lettering(13, 9), 26, 260_000)
"""For phones: a unit is 1.04 pixels on a screen of 390, and 0.84 on one of 320."""
COLUMN: Final = Scale(340, Lettering(15, 8.5), Lettering(13, 8), Lettering(13, 9), 20, 90_000)
"""The same for the map of one topic."""


class TopicMap(msgspec.Struct, frozen=True):
    """What stands on a map, and what its numbers mean."""

    ground: Ground
    key: tuple[Label, ...]
    """The articles with a number, in its order, each with the number of pages that link to it."""
    articles: int
    """Number of articles in the topics that are drawn."""
    is_whole: bool
    """Whether all of these are drawn."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which topics are drawn, and where the articles of all others stand."""

    regions: tuple[Document[Topic], ...]
    inner: tuple[tuple[Document[Topic], ...], ...]
    """Of each region."""
    places: Mapping[Slug, tuple[int, int]]
    """Topic -> number of the region, and of the narrower topic in it (from 1; 0 for the region itself)."""


def site_map(context: PageContext) -> TopicMap | None:
    """The map of the whole collection; None where no topic has articles."""
    level, above = _broadest(context)
    return _topic_map(context, level, above, context.corpus.listed, (MAX_REGIONS, MAX_INNER_ALL))


def map_of_topic(context: PageContext, topic: Document[Topic]) -> TopicMap | None:
    """The map of one topic; None where it would say no more than the list of its articles."""
    narrower = [t for t in context.taxonomy.children[topic.slug] if context.count_articles(t)]
    articles = context.taxonomy.by_topic[topic.slug]
    if len(narrower) < MIN_NARROWER or len(articles) < MIN_ARTICLES:
        return None
    return _topic_map(context, narrower, topic, articles, (MAX_NARROWER, 0))


def count_drawn(context: PageContext, found: TopicMap) -> tuple[int, int]:
    """How many topics are on the map of the whole collection, and how many could be: those with articles."""
    _, above = _broadest(context)
    areas = found.ground.areas
    topics = {area.label.url for area in areas} | {one.label.url for area in areas for one in area.inner}
    possible = {t.permalink for t in context.corpus.topics if context.count_articles(t) and t is not above}
    return len(topics), len(possible | topics)


def drawn(found: TopicMap, scale: Scale) -> MapView:
    """The map at a width."""
    return draw_map(found.ground, scale, is_sized=not found.is_whole)


def _broadest(context: PageContext) -> tuple[Sequence[Document[Topic]], Document[Topic] | None]:
    """The topics without a broader one; where there is only one, those directly below it, and that one."""
    above: Document[Topic] | None = None
    level: Sequence[Document[Topic]] = [t for t in context.corpus.topics if not context.taxonomy.parents[t.slug]]
    while len(level) == 1 and any(map(context.count_articles, context.taxonomy.children[level[0].slug])):
        above = level[0]
        level = context.taxonomy.children[above.slug]
    return level, above


def _topic_map(
    context: PageContext,
    level: Sequence[Document[Topic]],
    above: Document[Topic] | None,
    articles: Sequence[Document[Article]],
    most: tuple[int, int],
) -> TopicMap | None:
    """`above` has the topics of `level` below it, and stands among them with the articles that are in none of them.

    `most`: topics that are drawn side by side, and inside of them, at most.
    """
    plan = _plan(context, level, above, articles, most)
    homes: dict[Permalink, tuple[int, int]] = {}
    for article in articles:
        topics = context.taxonomy.topics[article.permalink]
        found = [plan.places[t.slug] for t in topics if t.slug in plan.places]
        if found:
            own = plan.places.get(above.slug) if above else None
            homes[article.permalink] = next((home for home in found if home != own), found[0])
    if not homes:
        return None
    inside = [a for a in articles if a.permalink in homes]
    cited = {a.permalink: _cited(context, a) for a in inside}
    shown = _notable(inside, cited)
    spots, key = _spots(shown, inside, cited)
    ground = Ground(
        _areas(context, plan, above, homes, shown, spots),
        _shared(context, plan, inside),
        _bridges(context, inside, homes),
    )
    return TopicMap(ground, key, len(inside), len(shown) == len(inside))


def _plan(
    context: PageContext,
    level: Sequence[Document[Topic]],
    above: Document[Topic] | None,
    articles: Sequence[Document[Article]],
    most: tuple[int, int],
) -> _Plan:
    parents, children = context.taxonomy.parents, context.taxonomy.children
    largest = sorted((t for t in level if context.count_articles(t)), key=lambda t: -context.count_articles(t))
    regions = tuple(largest[: most[0]])
    places = {topic.slug: (number, 0) for number, topic in enumerate(regions)}
    inner: list[list[Document[Topic]]] = [[] for _ in regions]
    below = _below(regions, children)
    known = dict(places)
    for topic in sorted(below, key=lambda t: -context.count_articles(t)):
        region, _ = next(known[p.slug] for p in parents[topic.slug] if p.slug in known)
        places[topic.slug] = (region, 0)
        room = len(inner[region]) < MAX_INNER and sum(map(len, inner)) < most[1]
        if room and context.count_articles(topic):
            inner[region].append(topic)
            places[topic.slug] = (region, len(inner[region]))
    while below := [t for t in _below(below, children) if t.slug not in places]:
        known = dict(places)
        for topic in below:
            places[topic.slug] = next(known[p.slug] for p in parents[topic.slug] if p.slug in known)
    if above and any(_is_only_in(above, context.taxonomy.topics[a.permalink], places) for a in articles):
        places[above.slug] = (len(regions), 0)
        regions, inner = (*regions, above), [*inner, []]
    return _Plan(regions, tuple(map(tuple, inner)), places)


def _is_only_in(topic: Document[Topic], topics: Iterable[Document[Topic]], places: Mapping[Slug, object]) -> bool:
    """Whether an article of these topics is in `topic`, and in none that has a place."""
    return topic in topics and not any(t.slug in places for t in topics)


def _below(
    topics: Iterable[Document[Topic]], children: Mapping[Slug, tuple[Document[Topic], ...]]
) -> list[Document[Topic]]:
    level = list(topics)
    known = {t.slug for t in level}
    return [t for t in dict.fromkeys(c for t in level for c in children[t.slug]) if t.slug not in known]


def _cited(context: PageContext, article: Document[Article]) -> int:
    """How many pages link to an article."""
    return len({link.source.permalink for link in context.graph.backlinks.get(article.permalink, ())})


def _notable(articles: Sequence[Document[Article]], cited: Mapping[Permalink, int]) -> list[Document[Article]]:
    """All articles if they are few; otherwise those that most pages link to, and the newest."""
    if len(articles) <= MAX_SPOTS:
        return list(articles)
    often = sorted(articles, key=lambda a: -cited[a.permalink])[:NOTABLE]
    newest = sorted(articles, key=date_of, reverse=True)[:NOTABLE]
    wanted = {a.permalink for a in (*often, *newest)}
    return [a for a in articles if a.permalink in wanted]


def _spots(
    shown: Sequence[Document[Article]], articles: Sequence[Document[Article]], cited: Mapping[Permalink, int]
) -> tuple[Mapping[Permalink, Spot], tuple[Label, ...]]:
    """Address -> the article as a point; and the numbered ones."""
    since = max(map(date_of, articles)).toordinal() - NEW_DAYS
    ranked = sorted((a for a in shown if cited[a.permalink] >= MIN_CITED), key=lambda a: -cited[a.permalink])
    numbers = {a.permalink: number for number, a in enumerate(ranked[:NUMBERED], 1)}
    often = {a.permalink for a in ranked[: len(shown) // 3]}
    spots = {}
    for article in shown:
        url = article.permalink
        size = SIZES - 1 if url in numbers else 1 if url in often else 0
        label = Label(shorten(article.title, MAX_TITLE_BYTES), url)
        spots[url] = Spot(label, size, date_of(article).toordinal() > since, numbers.get(url, 0))
    key = tuple(Label(spots[a].label.title, a, cited[a]) for a in numbers)
    return spots, key


def _areas(
    context: PageContext,
    plan: _Plan,
    above: Document[Topic] | None,
    homes: Mapping[Permalink, tuple[int, int]],
    shown: Sequence[Document[Article]],
    spots: Mapping[Permalink, Spot],
) -> tuple[Area, ...]:
    inside: dict[tuple[int, int], list[Spot]] = {}
    for article in shown:
        inside.setdefault(homes[article.permalink], []).append(spots[article.permalink])
    ranked = {place: tuple(sorted(found, key=_rank)) for place, found in inside.items()}
    numbers = {t.slug: number for number, t in enumerate(plan.regions)}
    areas = []
    for number, (region, narrower) in enumerate(zip(plan.regions, plan.inner, strict=True)):
        inner = []
        for place, topic in enumerate(narrower, 1):
            wider = (numbers[p.slug] for p in context.taxonomy.parents[topic.slug] if p.slug in numbers)
            beside = tuple(other for other in wider if other != number)
            inner.append(InnerArea(context.topic_label(topic), ranked.get((number, place), ()), beside))
        label = context.topic_label(region)
        weight = label.count or 0
        if region is above:
            label, weight = Label(label.title, label.url), sum(home == (number, 0) for home in homes.values())
        areas.append(Area(label, weight, ranked.get((number, 0), ()), tuple(inner)))
    return tuple(areas)


def _rank(spot: Spot) -> tuple[int, bool, int]:
    """Numbered ones first, then new ones, then those linked to often."""
    return (spot.number or NUMBERED + 1, not spot.is_new, -spot.size)


def _shared(
    context: PageContext, plan: _Plan, articles: Iterable[Document[Article]]
) -> tuple[tuple[int, int, int], ...]:
    counts: Counter[tuple[int, int]] = Counter()
    for article in articles:
        found = {plan.places[t.slug][0] for t in context.taxonomy.topics[article.permalink] if t.slug in plan.places}
        counts.update(combinations(sorted(found), 2))
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_SHARED]
    return tuple(sorted((one, other, count) for (one, other), count in most))


def _bridges(
    context: PageContext, articles: Iterable[Document[Article]], homes: Mapping[Permalink, tuple[int, int]]
) -> tuple[Bridge, ...]:
    """Who and what is named in several topics: most often outside of the one where it is named most."""
    named: dict[Document[Entity], Counter[int]] = {}
    for article in articles:
        for entity in context.taxonomy.entities[article.permalink]:
            named.setdefault(entity, Counter())[homes[article.permalink][0]] += 1
    ranked = []
    for entity, counts in named.items():
        total = counts.total()
        if len(counts) > 1 and total >= MIN_NAMED:
            ranked.append((-(total - max(counts.values())), -total, entity.title.casefold(), entity.slug, entity))
    bridges = []
    for *_, entity in sorted(ranked, key=lambda found: found[:-1])[:MAX_BRIDGES]:
        counts = named[entity]
        ends = sorted(counts, key=lambda number: (-counts[number], number))[:MAX_ENDS]
        label = Label(shorten(entity.title, MAX_NAME_BYTES), entity.permalink, counts.total())
        bridges.append(Bridge(label, tuple(ends)))
    return tuple(bridges)
