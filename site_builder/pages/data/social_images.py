"""A picture for each article and topic, and one for the site: what other sites show with a link."""

from collections.abc import Iterator
from typing import Final

from site_builder.config import SiteConfig
from site_builder.content.document import Document
from site_builder.corpus.corpus import article_meta, is_unlisted
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.pages.context import SITE_IMAGE, PageContext
from site_builder.pages.parts import PictureView
from site_builder.pages.route import Page, Recipe
from site_builder.render.social_card import pillow_version
from site_builder.urls import Permalink

_HINT: Final = "pip install 'site-builder[images]', or set `social_images: false`"


def plan_pictures(knowledge: PageContext) -> Iterator[Page]:
    """`/social.png`, and `social.png` beside every listed article and topic."""
    if not knowledge.has_images:
        return
    made_by, config, words = pillow_version(), knowledge.config, knowledge.words
    host = config.url.partition("://")[2].rstrip("/")
    yield Page(Permalink(SITE_IMAGE), Recipe.PICTURE, "", PictureView(config.name, "", "", host, made_by), ())
    for article in knowledge.corpus.listed:
        meta, topics = article_meta(article), knowledge.membership.topics[article.permalink]
        told = f"{meta.source.name} · {words.day(meta.date)}" if meta.source else words.day(meta.date)
        view = PictureView(meta.title, topics[0].title if topics else "", told, config.name, made_by)
        yield _page(knowledge, article, view)
    for topic in knowledge.corpus.topics:
        if not is_unlisted(topic):
            count = words("count_articles", count=len(knowledge.membership.by_topic[topic.slug]))
            yield _page(knowledge, topic, PictureView(topic.title, words("topic"), count, config.name, made_by))


def _page(knowledge: PageContext, document: Document, view: PictureView) -> Page:
    return Page(Permalink(knowledge.picture(document)), Recipe.PICTURE, "", view, (document.path,))


def missing_pictures(config: SiteConfig) -> list[Diagnostic]:
    """images-missing, where pictures are asked for and there is no Pillow to draw them."""
    if not (config.url and config.options.social_images) or pillow_version():
        return []
    text = "Pillow is not installed, so no pictures are drawn for links to this site"
    return [diagnostic("images-missing", Location(config.file), text, _HINT)]
