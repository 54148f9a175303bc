"""`/search/` and the files of the index beside it."""

from collections.abc import Iterator
from typing import Final

import msgspec

from site_builder.pages.context import PageContext
from site_builder.pages.parts import BytesView, SearchView
from site_builder.pages.route import Page, Recipe, template_page
from site_builder.urls import Permalink

BASE: Final = Permalink("/search/")
TOPICS: Final = 12
"""And as many entities: offered where nothing was found, and where there is no script."""
_OF_SCRIPT: Final = "search_js_"
"""Words that the script says."""


def plan_search(knowledge: PageContext) -> Iterator[Page]:
    """The page that searches, and what it reads; nothing where the settings want no search."""
    if not knowledge.search:
        return
    words, corpus = knowledge.words, knowledge.corpus
    by_size = sorted(corpus.topics, key=lambda t: -len(knowledge.membership.by_topic[t.slug]))
    head = knowledge.head(words("search"), words("search_description", name=knowledge.config.name))
    by_naming = sorted(corpus.entities, key=lambda e: -len(knowledge.membership.by_entity[e.slug]))
    view = SearchView(
        head,
        words("search"),
        tuple(knowledge.topic_label(t) for t in by_size[:TOPICS]),
        tuple(knowledge.entity_label(e) for e in by_naming[:TOPICS]),
    )
    yield template_page(BASE, "search.html", view)
    for path, data in knowledge.search.items():
        content = _with_words(data, knowledge) if path == "index.json" else data
        yield Page(Permalink(f"{BASE}{path}"), Recipe.BYTES, "", BytesView(content), ())


def _with_words(data: bytes, knowledge: PageContext) -> bytes:
    """The index with what the script says to readers."""
    texts = knowledge.words.texts
    said = {k.removeprefix(_OF_SCRIPT): t for k, t in texts.items() if k.startswith(_OF_SCRIPT)}
    said |= {key: texts[key] for key in ("day", "months")}
    return msgspec.json.encode(msgspec.json.decode(data) | {"words": said}, order="sorted")
