"""A social card for each article and topic, and one for the site: the image that other sites show with a link."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from site_builder.config import SiteConfig
from site_builder.content.document import Document
from site_builder.content.schema import Article, Topic
from site_builder.corpus.corpus import is_unlisted
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.pages.context import SITE_CARD, PageContext
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.social_card import SocialCard, SocialCardView, pillow_version
from site_builder.urls import Permalink

_HINT: Final = "install it with: pip install 'site-builder[images]'; or remove `social_images: true`"


def plan_social_cards(context: PageContext) -> Iterator[AnyRoute]:
    """`/social.png`, and `social.png` beside every listed article and topic."""
    if not context.has_social_cards:
        return
    yield Route(SITE_CARD, SocialCard(), partial(_site_card, context))
    for article in context.corpus.listed:
        url = Permalink(context.social_card_url(article))
        yield Route(url, SocialCard(), partial(_article_card, context, article), (article.path,))
    for topic in context.corpus.topics:
        if not is_unlisted(topic):
            url = Permalink(context.social_card_url(topic))
            yield Route(url, SocialCard(), partial(_topic_card, context, topic), (topic.path,))


def _site_card(context: PageContext) -> SocialCardView:
    host = context.config.url.partition("://")[2].rstrip("/")
    return SocialCardView(context.config.name, "", "", host, pillow_version())


def _article_card(context: PageContext, article: Document[Article]) -> SocialCardView:
    meta, topics = article.meta, context.taxonomy.topics[article.permalink]
    day = context.translations.day(meta.date)
    line = f"{meta.source.name} · {day}" if meta.source else day
    return SocialCardView(meta.title, topics[0].title if topics else "", line, context.config.name, pillow_version())


def _topic_card(context: PageContext, topic: Document[Topic]) -> SocialCardView:
    words = context.translations
    count = words("count_articles", count=len(context.taxonomy.by_topic[topic.slug]))
    return SocialCardView(topic.title, words("topic"), count, context.config.name, pillow_version())


def missing_pillow(config: SiteConfig) -> list[Diagnostic]:
    """images-missing, where social cards are asked for and there is no Pillow to draw them."""
    if not (config.url and config.options.social_images) or pillow_version():
        return []
    text = "`social_images` is on, but Pillow, which draws them, is not installed"
    return [diagnostic("images-missing", Location(config.file), text, _HINT)]
