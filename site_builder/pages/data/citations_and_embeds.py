"""What a reader takes along from an article: how it is cited, and a card to show on another site.

Citations are texts of the article's page; the card has an address of its own, for the frame. An unlisted article can be
cited. It has no card for other sites, where more people would see it than intended.
"""

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article
from site_builder.corpus.corpus import added_of
from site_builder.pages.context import PageContext
from site_builder.pages.parts import Card
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.citations import CitedWork, CiteView
from site_builder.render.json_ld import plain_page
from site_builder.render.site_view import Head
from site_builder.render.templating.template import Template
from site_builder.routes import Section
from site_builder.urls import Permalink, absolute_url

FRAME_WIDTH_PX: Final = 500
FRAME_HEIGHT_PX: Final = 158
"""Of a card without title and summary: name of the site, source, edges."""
LETTERS_PER_LINE: Final = 36
"""Of the summary on a phone, where the card is 340 CSS pixels wide."""
LINE_HEIGHT_PX: Final = 24
TITLE_LETTERS_PER_LINE: Final = 25
TITLE_LINE_HEIGHT_PX: Final = 26


class EmbedView(msgspec.Struct, frozen=True):
    """`/embed/<slug>/`: an article as a card for a frame on another site."""

    head: Head
    card: Card


TEMPLATE: Final[Template[EmbedView]] = Template("embed.html", plain_page)


def plan_embeds(context: PageContext) -> Iterator[AnyRoute]:
    """`/embed/<slug>/` for each article that has a card for other sites."""
    for article in context.corpus.articles:
        if is_embedded(context, article):
            yield Route(embed_url(article), TEMPLATE, partial(_embed_view, context, article), (article.path,))


def citation(context: PageContext, article: Document[Article]) -> CiteView:
    """The article and its source, as far as they are known."""
    meta, config = article.meta, context.config
    summary = CitedWork(
        key=article.slug,
        title=meta.title,
        is_title_supplied=False,
        author=meta.curator or config.author or config.name,
        publisher=config.name,
        date=added_of(article),
        url=absolute_url(config.url, article.permalink) if config.url else "",
        language=meta.language or config.options.language,
        abstract=meta.summary,
    )
    if meta.source is None:
        return CiteView(summary, None)
    source = CitedWork(
        key=f"{article.slug}:source",
        title=meta.title,
        is_title_supplied=True,
        author=meta.source.author or "",
        publisher=meta.source.name,
        date=meta.date,
        url=meta.source.url or "",
        language=meta.source.language or "",
    )
    return CiteView(summary, source)


def is_embedded(context: PageContext, article: Document[Article]) -> bool:
    """Whether the article has a card for other sites: it must be listed, and the site must have an address."""
    return bool(context.config.url) and not article.meta.unlisted


def embed_url(article: Document[Article]) -> Permalink:
    """`/embed/<slug>/`"""
    return Permalink(f"{Section.EMBED.url}{article.slug}/")


def embed_html(context: PageContext, article: Document[Article]) -> str:
    """HTML that shows an article's card on another site; "" where it has none."""
    if not is_embedded(context, article):
        return ""
    url = escape(absolute_url(context.config.url, embed_url(article)))
    size = f'width="{FRAME_WIDTH_PX}" height="{frame_height_px(article)}"'
    style = "border: 0; max-width: 100%"
    return f'<iframe src="{url}" title="{escape(article.title)}" {size} style="{style}" loading="lazy"></iframe>'


def frame_height_px(article: Document[Article]) -> int:
    """CSS pixels that the card takes on a phone; where it is wider, there is room to spare."""
    title_lines = -(-len(article.title) // TITLE_LETTERS_PER_LINE)
    lines = -(-len(article.meta.summary) // LETTERS_PER_LINE)
    return FRAME_HEIGHT_PX + TITLE_LINE_HEIGHT_PX * title_lines + LINE_HEIGHT_PX * lines


def _embed_view(context: PageContext, article: Document[Article]) -> EmbedView:
    meta = article.meta
    head = Head(meta.title, meta.summary, is_indexed=False, language=meta.language or "")
    return EmbedView(head, context.card(article))
