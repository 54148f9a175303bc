"""`/search/`, and the files of the index beside it."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.content.vocabulary import Status
from site_builder.pages.context import PageContext
from site_builder.pages.documents.where_to_begin import begin_with, broad_topics
from site_builder.pages.parts import Card
from site_builder.pages.route import AnyRoute, Route, RouteFamily
from site_builder.render.copy_file import Bytes, BytesView
from site_builder.render.json_ld import plain_page
from site_builder.render.site_view import Head, Label
from site_builder.render.templating.template import Template
from site_builder.routes import Section
from site_builder.urls import Permalink

BASE: Final = Section.SEARCH.url
MAX_TERMS: Final = 12
"""Topics, and as many entities, that are offered where nothing is found, and where scripts do not run."""
MAX_ARTICLES: Final = 6
"""Articles to begin with, and of the latest, that are offered there."""
SCRIPT_TEXTS: Final = "search_js_"
"""Prefix of the interface texts that the script shows."""


class SearchView(msgspec.Struct, frozen=True):
    """`/search/`."""

    head: Head
    title: str
    topics: tuple[Label, ...]
    entities: tuple[Label, ...]
    """The largest ones."""
    begin: tuple[Card, ...]
    """Articles to begin with in the largest broad topics,"""
    latest: tuple[Card, ...]
    """and the last that were added."""


TEMPLATE: Final[Template[SearchView]] = Template("search.html", plain_page)


def plan_search(context: PageContext) -> Iterator[AnyRoute]:
    """The search page, unless the settings turn search off."""
    if context.has_search:
        yield Route(BASE, TEMPLATE, partial(_search_view, context), is_in_sitemap=True)


def search_index(context: PageContext) -> tuple[RouteFamily, ...]:
    """The files of the index, whose names depend on their content; none if the settings turn search off."""
    return (RouteFamily(BASE, context.remember(partial(_index_files, context))),) if context.has_search else ()


def _search_view(context: PageContext) -> SearchView:
    words, corpus, taxonomy = context.translations, context.corpus, context.taxonomy
    topics = sorted(corpus.topics, key=lambda t: -len(taxonomy.by_topic[t.slug]))
    entities = sorted(corpus.entities, key=lambda e: -len(taxonomy.by_entity[e.slug]))
    begin = dict.fromkeys(a for t in broad_topics(context, MAX_ARTICLES // 2) for a in begin_with(context, t)[:2])
    latest = [a for a in context.newest if a not in begin and a.meta.status is not Status.STUB]
    return SearchView(
        context.head(words("search"), words("search_description", name=context.config.name)),
        words("search"),
        tuple(context.topic_label(t) for t in topics[:MAX_TERMS]),
        tuple(context.entity_label(e) for e in entities[:MAX_TERMS]),
        context.cards(list(begin)[:MAX_ARTICLES]),
        context.cards(latest[:MAX_ARTICLES]),
    )


def _index_files(context: PageContext) -> tuple[AnyRoute, ...]:
    return tuple(
        Route(Permalink(f"{BASE}{path}"), Bytes(), partial(_file_view, context, path, data))
        for path, data in context.search.items()
    )


def _file_view(context: PageContext, path: str, data: bytes) -> BytesView:
    return BytesView(_with_texts(context, data) if path == "index.json" else data)


def _with_texts(context: PageContext, data: bytes) -> bytes:
    """The index with the texts that the script shows to readers."""
    texts = context.translations.texts
    shown = {k.removeprefix(SCRIPT_TEXTS): t for k, t in texts.items() if k.startswith(SCRIPT_TEXTS)}
    shown |= {key: texts[key] for key in ("day", "months")}
    return msgspec.json.encode(msgspec.json.decode(data) | {"words": shown}, order="sorted")
