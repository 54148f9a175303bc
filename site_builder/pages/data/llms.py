"""`/llms.txt` (llmstxt.org): an overview for programs that read text, with links to the pages as Markdown."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.pages.context import PageContext
from site_builder.pages.parts import Card
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.site_view import Label
from site_builder.render.templating.template import Template
from site_builder.urls import HOME, Permalink

LLMS_TXT: Final = Permalink("/llms.txt")
MAX_LATEST: Final = 50
MAX_TOPICS: Final = 500
"""Those with the most articles: a program that reads the file should have room for more than it."""


class LlmsTopic(msgspec.Struct, frozen=True):
    """A topic in `/llms.txt`."""

    title: str
    url: str
    summary: str


class LlmsView(msgspec.Struct, frozen=True):
    """`/llms.txt` (llmstxt.org), an overview for programs that read text; addresses are those of Markdown files."""

    topics: tuple[LlmsTopic, ...]
    """By title; the largest of very many."""
    more_topics: int
    latest: tuple[Card, ...]
    pages: tuple[Label, ...]


TEMPLATE: Final[Template[LlmsView]] = Template("llms.txt")


def plan_llms(context: PageContext) -> Iterator[AnyRoute]:
    """The file, for a site that has an address: its links are absolute."""
    if context.config.url:
        yield Route(LLMS_TXT, TEMPLATE, partial(_llms_view, context))


def _llms_view(context: PageContext) -> LlmsView:
    corpus = context.corpus
    members = context.taxonomy.by_topic
    largest = {t.slug for t in sorted(corpus.topics, key=lambda t: -len(members[t.slug]))[:MAX_TOPICS]}
    shown = (t for t in corpus.topics if t.slug in largest)
    topics = (LlmsTopic(t.title, context.markdown_url(t), t.meta.summary or "") for t in shown)
    pages = (Label(p.title, context.markdown_url(p)) for p in corpus.pages if p.permalink != HOME)
    latest = context.cards(context.newest[:MAX_LATEST])
    return LlmsView(
        tuple(topics), len(corpus.topics) - len(largest), latest, tuple(label for label in pages if label.url)
    )
