"""What a reader takes along from an article: citations as files, and a card to show on another site.

An unlisted article can be cited; it has no card for other sites, where more people would meet it than were meant to.
"""

from collections.abc import Iterator
from html import escape
from typing import Final

from site_builder.content.document import Document
from site_builder.corpus.corpus import added_of, article_meta
from site_builder.pages.context import PageContext
from site_builder.pages.parts import CiteView, EmbedView, Head, OembedView, Reference
from site_builder.pages.route import Page, Recipe, template_page
from site_builder.urls import Permalink, absolute_url

FRAME_WIDTH: Final = 500
"""CSS pixels. On a phone, 340 wide, a line of the card holds about LETTERS, of its title TITLE_LETTERS."""
LETTERS: Final = 36
TITLE_LETTERS: Final = 25
FRAME_HEIGHT: Final = 158
"""Of a card without title and summary: name of the site, source, edges."""


def plan_keeping(knowledge: PageContext) -> Iterator[Page]:
    """Beside each article `cite.bib`, `cite.json` and `oembed.json`; `/embed/<slug>/` for the frame."""
    for article in knowledge.corpus.articles:
        cite, sources = citation(knowledge, article), (article.path,)
        yield Page(Permalink(f"{article.permalink}cite.bib"), Recipe.BIBTEX, "", cite, sources)
        yield Page(Permalink(f"{article.permalink}cite.json"), Recipe.CSL_JSON, "", cite, sources)
        if not is_embedded(knowledge, article):
            continue
        yield Page(Permalink(f"{article.permalink}oembed.json"), Recipe.JSON, "", _oembed(knowledge, article), sources)
        view = EmbedView(_head(article), knowledge.card(article))
        yield template_page(embed_url(article), "embed.html", view, sources=sources, is_in_sitemap=False)


def citation(knowledge: PageContext, article: Document) -> CiteView:
    """The article and its source, as far as they are known."""
    meta, config = article_meta(article), knowledge.config
    summary = Reference(
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
    source = Reference(
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


def is_embedded(knowledge: PageContext, article: Document) -> bool:
    """Has the article a card for other sites? They need its address; an unlisted one keeps to itself."""
    return bool(knowledge.config.url) and not article_meta(article).unlisted


def embed_url(article: Document) -> Permalink:
    """`/embed/<slug>/`"""
    return Permalink(f"/embed/{article.slug}/")


def frame(knowledge: PageContext, article: Document) -> str:
    """HTML that shows an article's card on another site; "" where it has none."""
    if not is_embedded(knowledge, article):
        return ""
    url = escape(absolute_url(knowledge.config.url, embed_url(article)))
    size = f'width="{FRAME_WIDTH}" height="{frame_height(article)}"'
    style = "border: 0; max-width: 100%"
    return f'<iframe src="{url}" title="{escape(article.title)}" {size} style="{style}" loading="lazy"></iframe>'


def frame_height(article: Document) -> int:
    """CSS pixels that the card takes on a phone; where it is wider, it has room to spare."""
    title, summary = len(article.title), len(article_meta(article).summary)
    return FRAME_HEIGHT + 26 * -(-title // TITLE_LETTERS) + 24 * -(-summary // LETTERS)


def _oembed(knowledge: PageContext, article: Document) -> OembedView:
    config = knowledge.config
    return OembedView(
        title=article.title,
        author_name=article_meta(article).curator or config.author or config.name,
        provider_name=config.name,
        provider_url=config.url,
        width=FRAME_WIDTH,
        height=frame_height(article),
        html=frame(knowledge, article),
    )


def _head(article: Document) -> Head:
    meta = article_meta(article)
    return Head(meta.title, meta.summary, is_indexed=False, language=meta.language or "")
