"""A social card for each article and topic, and one for the site: the image that other sites show with a link."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from site_builder.config import SiteConfig
from site_builder.content.document import Document
from site_builder.content.schema import Article, Topic
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.pages.context import SITE_CARD, PageContext
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.social_card import (
    SocialCard,
    SocialCardView,
    drawable,
    made_by,
    pillow_version,
    undrawable_signs,
)
from site_builder.urls import Permalink

_HINT: Final = "install it with: pip install 'site-builder[images]'; or remove `social_images: true`"


def plan_social_cards(context: PageContext) -> Iterator[AnyRoute]:
    """`/social.png`, and `social.png` beside every listed article and topic whose title the font can draw."""
    if not context.has_social_cards:
        return
    yield Route(SITE_CARD, SocialCard(), partial(_site_card, context))
    for article in context.corpus.listed:
        if url := context.social_card_url(article):
            yield Route(Permalink(url), SocialCard(), partial(_article_card, context, article), (article.path,))
    for topic in context.corpus.topics:
        if url := context.social_card_url(topic):
            yield Route(Permalink(url), SocialCard(), partial(_topic_card, context, topic), (topic.path,))


def _site_card(context: PageContext) -> SocialCardView:
    host, name = _host(context), drawable(context.config.name)
    return SocialCardView(name or host, "", "", host if name else "", made_by())


def _host(context: PageContext) -> str:
    return context.config.url.partition("://")[2].rstrip("/")


def _name(context: PageContext) -> str:
    """The name of the site, or its address if the font lacks a sign of the name."""
    return drawable(context.config.name) or _host(context)


def _article_card(context: PageContext, article: Document[Article]) -> SocialCardView:
    meta, topics = article.meta, context.taxonomy.topics[article.permalink]
    parts = [
        drawable(meta.source.name) if meta.source else "",
        drawable(context.translations.day(meta.date)) or meta.date.isoformat(),
    ]
    kicker = topics[0].title if topics else ""
    return SocialCardView(meta.title, kicker, " · ".join(filter(None, parts)), _name(context), made_by())


def _topic_card(context: PageContext, topic: Document[Topic]) -> SocialCardView:
    words = context.translations
    count = words("count_articles", count=context.count_articles(topic))
    return SocialCardView(topic.title, words("topic"), count, _name(context), made_by())


def undrawable_texts(context: PageContext) -> Iterator[Diagnostic]:
    """social-image-signs: texts with characters that the font of social cards lacks, one finding for each document."""
    if not context.has_social_cards:
        return
    if signs := undrawable_signs(context.config.name, MAX_SIGNS + 1):
        text = "the font of social images lacks characters of the site's name, so the images show its address instead"
        yield diagnostic("social-image-signs", Location(context.config.file), text, _lacks(signs))
    for article in context.corpus.listed:
        source = article.meta.source.name if article.meta.source else ""
        if article.meta.image is not None:
            continue  # others show that
        if signs := undrawable_signs(article.title, MAX_SIGNS + 1):
            yield diagnostic("social-image-signs", article.location("title"), _TITLE, _lacks(signs))
        elif signs := undrawable_signs(source, MAX_SIGNS + 1):
            yield diagnostic("social-image-signs", article.location("source.name"), _SOURCE, _lacks(signs))
    for topic in context.corpus.topics:
        if signs := undrawable_signs(topic.title, MAX_SIGNS + 1):
            yield diagnostic("social-image-signs", topic.location("title"), _TITLE, _lacks(signs))


_TITLE: Final = "the font of social images lacks characters of the title, so other sites show the picture of the site"
_SOURCE: Final = "the font of social images lacks characters of the source's name, so the picture leaves it out"
MAX_SIGNS: Final = 5


def _lacks(signs: Sequence[str]) -> str:
    shown = ", ".join(f'"{sign}"' for sign in signs[:MAX_SIGNS])
    return f"it lacks {shown}{' …' if len(signs) > MAX_SIGNS else ''}"


def missing_pillow(config: SiteConfig) -> list[Diagnostic]:
    """images-missing, where social cards are asked for and there is no Pillow to draw them."""
    if not (config.url and config.options.social_images) or pillow_version():
        return []
    text = "`social_images` is on, but Pillow, which draws them, is not installed"
    return [diagnostic("images-missing", Location(config.file), text, _HINT)]
