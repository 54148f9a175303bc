"""Ways to stay in touch: `/feeds/` with every feed and the newsletter, `/feeds.opml`, and where readers write to.

Readers' suggestions go to issue forms of the site's repository, where it is on GitHub (the forms are in this project's
`.github/ISSUE_TEMPLATE/`), or to whatever address the settings name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from site_builder.content.document import Document
from site_builder.pages.context import PageContext
from site_builder.pages.lists.digest import BASE, digest_name
from site_builder.pages.parts import FeedGroup, FollowView, Label, Suggest
from site_builder.pages.route import Page, template_page
from site_builder.urls import Slug

SHOWN: Final = 100
"""Feeds of one sort on `/feeds/`, those with the most articles; the file has all."""


def follow_labels(knowledge: PageContext) -> tuple[Label, ...]:
    """What the foot of every page offers."""
    words = knowledge.words
    return (
        *([Label(words("feeds"), "/feeds/")] if _is_planned(knowledge) else []),
        *([Label(words("digest"), BASE)] if knowledge.corpus.listed else []),
    )


def plan_follow(knowledge: PageContext) -> Iterator[Page]:
    """`/feeds/`, where there are feeds or a newsletter, and `/feeds.opml`."""
    if not _is_planned(knowledge):
        return
    words = knowledge.words
    head = knowledge.head(words("feeds"), words("feeds_hint", name=knowledge.config.name))
    yield template_page("/feeds/", "feeds.html", FollowView(head, words("feeds"), tuple(_groups(knowledge, SHOWN))))
    if knowledge.has_feeds:
        view = FollowView(head, words("feeds_of", name=knowledge.config.name), tuple(_groups(knowledge, None)))
        yield template_page("/feeds.opml", "feeds.opml", view, is_in_sitemap=False)


def _is_planned(knowledge: PageContext) -> bool:
    return knowledge.has_feeds or bool(knowledge.config.options.newsletter_action)


def _groups(knowledge: PageContext, limit: int | None) -> Iterator[FeedGroup]:
    if not knowledge.has_feeds:
        return
    words, corpus, membership = knowledge.words, knowledge.corpus, knowledge.membership
    name = knowledge.config.name
    yield FeedGroup(words("feeds_site"), (Label(name, "/"), Label(digest_name(knowledge), BASE)), 2)
    for title, documents, members, url in (
        (words("topics"), corpus.topics, membership.by_topic, "/topics/"),
        (words("entities"), corpus.entities, membership.by_entity, "/entities/"),
    ):
        followed = [d for d in documents if members[d.slug]]
        shown = _largest(followed, members, limit)
        if shown:
            yield FeedGroup(title, tuple(Label(d.title, d.permalink) for d in shown), len(followed), url)


def _largest(
    documents: Sequence[Document], members: Mapping[Slug, Sequence[Document]], limit: int | None
) -> Sequence[Document]:
    """Those with the most articles, in the order in which they come."""
    if limit is None or len(documents) <= limit:
        return documents
    kept = {d.slug for d in sorted(documents, key=lambda d: -len(members[d.slug]))[:limit]}
    return [d for d in documents if d.slug in kept]


_GITHUB: Final = re.compile(r"https?://(?:www\.)?github\.com/[^/\s]+/[^/\s]+", re.IGNORECASE)


def suggest(knowledge: PageContext) -> Suggest | None:
    """Where readers suggest and report; None where the settings name no place, or want none."""
    address, words = knowledge.config.options.suggest_url, knowledge.words
    if address == "off":
        return None
    if address:
        return Suggest(address, address, address, is_form=False)
    if not _GITHUB.fullmatch(knowledge.config.repo_url):
        return None
    article, tool, mistake = (
        f"{knowledge.config.repo_url}/issues/new?{urlencode({'template': f'{form}.yml', 'title': f'{title}: '})}"
        for form, title in (
            ("suggest-article", words("issue_article")),
            ("suggest-tool", words("issue_tool")),
            ("report-mistake", words("issue_mistake")),
        )
    )
    return Suggest(article, tool, mistake, is_form=True)
