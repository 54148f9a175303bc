"""`/feeds/` with every feed and the newsletter, `/feeds.opml`, and the forms by which readers write to the editors.

Readers' suggestions go to issue forms of the site's repository, if it is on GitHub (the forms are in this project's
`.github/ISSUE_TEMPLATE/`), or to the address that the settings name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final
from urllib.parse import urlencode

import msgspec

from site_builder.content.document import Document
from site_builder.pages.context import PageContext
from site_builder.pages.lists.digest import BASE as DIGESTS
from site_builder.pages.lists.digest import digest_name
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.json_ld import plain_page
from site_builder.render.site_view import Head, Label, ReaderForms
from site_builder.render.templating.template import Template
from site_builder.routes import Section
from site_builder.urls import HOME, Permalink, Slug

BASE: Final = Section.FEEDS.url
MAX_FEEDS: Final = 100
"""Feeds of one kind on `/feeds/`, those with the most articles."""
MAX_IN_OPML: Final = 1_000
"""Feeds of one kind in the OPML file, which readers give to a program that fetches all of them: about 250 kB."""


class FeedGroup(msgspec.Struct, frozen=True):
    """Feeds of one kind; `Label.url` is the folder that holds the three formats."""

    title: str
    feeds: tuple[Label, ...]
    total: int
    """Number of all feeds of the kind; a page shows the largest only,"""
    in_opml: int
    """and the OPML file the largest of many."""
    all: str = ""
    """Address of the list of all."""


class FollowView(msgspec.Struct, frozen=True):
    """`/feeds/` and `/feeds.opml`"""

    head: Head
    title: str
    groups: tuple[FeedGroup, ...]


PAGE_TEMPLATE: Final[Template[FollowView]] = Template("feeds.html", plain_page)
OPML_TEMPLATE: Final[Template[FollowView]] = Template("feeds.opml", plain_page)


def follow_labels(context: PageContext) -> tuple[Label, ...]:
    """Ways to follow the site, for the foot of every page."""
    words = context.translations
    return (
        *([Label(words("feeds"), BASE)] if _is_planned(context) else []),
        *([Label(words("digest"), DIGESTS)] if context.corpus.listed else []),
    )


def plan_feed_lists(context: PageContext) -> Iterator[AnyRoute]:
    """`/feeds/`, where there are feeds or a newsletter, and `/feeds.opml`."""
    if _is_planned(context):
        yield Route(BASE, PAGE_TEMPLATE, partial(_page_view, context), is_in_sitemap=True)
    if context.has_feeds:
        yield Route(Permalink("/feeds.opml"), OPML_TEMPLATE, partial(_opml_view, context))


def _is_planned(context: PageContext) -> bool:
    return context.has_feeds or bool(context.config.options.newsletter_action)


def _page_view(context: PageContext) -> FollowView:
    return FollowView(_head(context), context.translations("feeds"), tuple(_groups(context, MAX_FEEDS)))


def _opml_view(context: PageContext) -> FollowView:
    title = context.translations("feeds_of", name=context.config.name)
    return FollowView(_head(context), title, tuple(_groups(context, MAX_IN_OPML)))


def _head(context: PageContext) -> Head:
    words = context.translations
    return context.head(words("feeds"), words("feeds_hint", name=context.config.name))


def _groups(context: PageContext, limit: int) -> Iterator[FeedGroup]:
    if not context.has_feeds:
        return
    words, corpus, taxonomy = context.translations, context.corpus, context.taxonomy
    own = (Label(context.config.name, HOME), Label(digest_name(context), DIGESTS))
    yield FeedGroup(words("feeds_site"), own, len(own), len(own))
    terms: tuple[tuple[str, Sequence[Document], Mapping[Slug, Sequence[Document]], str], ...] = (
        (words("topics"), [t for t in corpus.topics if context.has_feed(t)], taxonomy.by_topic, Section.TOPICS.url),
        (
            words("entities"),
            [e for e in corpus.entities if context.has_feed(e)],
            taxonomy.by_entity,
            Section.ENTITIES.url,
        ),
    )
    for title, with_feed, members, url in terms:
        shown = _largest(with_feed, members, limit)
        if shown:
            yield FeedGroup(
                title,
                tuple(Label(d.title, d.permalink) for d in shown),
                len(with_feed),
                min(len(with_feed), MAX_IN_OPML),
                url,
            )


def _largest(
    documents: Sequence[Document], members: Mapping[Slug, Sequence[Document]], limit: int
) -> Sequence[Document]:
    """Those with the most articles, in the order in which they are given."""
    if len(documents) <= limit:
        return documents
    kept = {d.slug for d in sorted(documents, key=lambda d: -len(members[d.slug]))[:limit]}
    return [d for d in documents if d.slug in kept]


_GITHUB: Final = re.compile(r"https?://(?:www\.)?github\.com/[^/\s]+/[^/\s]+", re.IGNORECASE)


def reader_forms(context: PageContext) -> ReaderForms | None:
    """Where readers suggest and report; None where the settings name no place, or turn this off."""
    address, words = context.config.options.suggest_url, context.translations
    if address == "off":
        return None
    if address:
        return ReaderForms(address, address, address, is_form=False)
    if not _GITHUB.fullmatch(context.config.repo_url):
        return None
    article, tool, mistake = (
        f"{context.config.repo_url}/issues/new?{urlencode({'template': f'{form}.yml', 'title': f'{title}: '})}"
        for form, title in (
            ("suggest-article", words("issue_article")),
            ("suggest-tool", words("issue_tool")),
            ("report-mistake", words("issue_mistake")),
        )
    )
    return ReaderForms(article, tool, mistake, is_form=True)
