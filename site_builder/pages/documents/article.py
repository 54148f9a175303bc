"""Articles and the lists of them by date: `/articles/`, `/articles/<slug>/`, `/timeline/` with its years and months."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from site_builder.content.document import Document
from site_builder.content.schema import Article, Status
from site_builder.corpus.corpus import added_of, article_meta, date_of, updated_of
from site_builder.links.resolve import Outcome, asset_link
from site_builder.pages.authors import author, thing
from site_builder.pages.context import PageContext, newest_change, paginate
from site_builder.pages.data.citations_and_embeds import citation, frame
from site_builder.pages.neighbourhood import article_neighbourhood
from site_builder.pages.parts import (
    ArticlesView,
    ArticleView,
    ImageView,
    Label,
    Month,
    RelatedView,
    SimilarView,
    TimelineView,
    Year,
    YearView,
)
from site_builder.pages.route import Page, template_page
from site_builder.urls import Permalink

IN_A_YEAR: Final = 10
"""Articles that a year's page shows of each month."""


def plan_articles(knowledge: PageContext) -> Iterator[Page]:
    """Every article, and the paginated list of all."""
    neighbours = _neighbours(knowledge)
    for article in knowledge.corpus.articles:
        newer, older = neighbours.get(article.permalink, (None, None))
        yield template_page(
            article.permalink,
            "article.html",
            _article(knowledge, article, newer, older),
            sources=(article.path,),
            lastmod=updated_of(article),
            is_in_sitemap=not article_meta(article).unlisted,
        )
    title = knowledge.words("articles")
    base = "/articles/"
    articles = knowledge.corpus.listed
    for url, part, where in paginate(articles, knowledge.config.options.per_page, base):
        head = knowledge.head(title, knowledge.words("articles_description", count=len(articles)), parts=where)
        view = ArticlesView(head, title, len(articles), knowledge.cards(part), where)
        yield template_page(url, "articles.html", view, lastmod=newest_change(part))


def _neighbours(knowledge: PageContext) -> dict[Permalink, tuple[Label | None, Label | None]]:
    """For each listed article the next newer and the next older one with the same main topic."""
    groups: dict[Permalink | None, list[Document[Article]]] = {}
    for article in knowledge.corpus.listed:
        topics = knowledge.membership.topics[article.permalink]
        groups.setdefault(topics[0].permalink if topics else None, []).append(article)
    found: dict[Permalink, tuple[Label | None, Label | None]] = {}
    for articles in groups.values():
        labels = [None, *(Label(a.title, a.permalink) for a in articles), None]
        for index, article in enumerate(articles):
            found[article.permalink] = (labels[index], labels[index + 2])
    return found


def _article(knowledge: PageContext, article: Document, newer: Label | None, older: Label | None) -> ArticleView:
    meta = article_meta(article)
    resolved = knowledge.graph.resolved[article.permalink]
    image = None
    if meta.image and resolved.image:
        url = asset_link(resolved.image, knowledge.config.content)
        image = ImageView(url, meta.image.alt, meta.image.credit or "", knowledge.image_size(resolved.image))
    similar = _similar(knowledge, article)
    return ArticleView(
        head=knowledge.head(meta.title, meta.summary, document=article),
        title=meta.title,
        summary=meta.summary,
        date=meta.date,
        added=added_of(article),
        updated=updated_of(article) or meta.date,
        curator=meta.curator or "",
        is_stub=meta.status is Status.STUB,
        source=meta.source,
        image=image,
        body=knowledge.body(article),
        headings=knowledge.headings(article),
        topics=tuple(knowledge.topic_label(t) for t in knowledge.membership.topics[article.permalink]),
        wanted_topics=tuple(t.title for t in resolved.topics if t.outcome is Outcome.WANTED),
        entities=tuple(knowledge.entity_label(e) for e in knowledge.membership.entities[article.permalink]),
        wanted_entities=tuple(t.title for t in resolved.entities if t.outcome is Outcome.WANTED),
        author=author(knowledge, article),
        things=tuple(thing(e) for e in knowledge.membership.entities[article.permalink]),
        similar=similar,
        related=tuple(
            RelatedView(knowledge.card(r.article), r.score, r.reasons)
            for r in knowledge.related.get(article.permalink, ())
        ),
        backlinks=knowledge.backlinks(article, {item.url for item in similar}),
        newer=newer,
        older=older,
        edit_url=knowledge.edit_url(article),
        neighbourhood=article_neighbourhood(knowledge, article),
        cite=citation(knowledge, article),
        embed=frame(knowledge, article),
    )


def _similar(knowledge: PageContext, article: Document) -> tuple[SimilarView, ...]:
    return tuple(
        SimilarView(
            s.target.title,
            knowledge.url(s.target),
            s.entry.why or "",
            str(s.entry.kind or ""),
            knowledge.card(s.target.document) if s.target.document else None,
        )
        for s in knowledge.graph.resolved[article.permalink].similar
    )


def plan_timeline(knowledge: PageContext) -> Iterator[Page]:
    """The timeline, its years, and its months part by part."""
    words = knowledge.words
    by_year = [(y, list(g)) for y, g in groupby(knowledge.corpus.listed, key=lambda a: date_of(a).year)]
    years: list[Year] = []
    for index, (year, articles) in enumerate(by_year):
        by_month = [(m, list(g)) for m, g in groupby(articles, key=lambda a: date_of(a).month)]
        labels = tuple(Label(words.month(m), f"/timeline/{year}/{m:02}/", len(group)) for m, group in by_month)
        years.append(Year(Label(str(year), f"/timeline/{year}/", len(articles)), labels))
        months = tuple(
            Month(label, knowledge.cards(group[:IN_A_YEAR])) for label, (_, group) in zip(labels, by_month, strict=True)
        )
        title = str(year)
        description = words("year_description", count=len(articles), year=title)
        head = knowledge.head(words("timeline_of", year=title), description)
        newer = _year_label(by_year, index - 1)
        older = _year_label(by_year, index + 1)
        view = YearView(head, title, months, len(articles), newer, older)
        yield template_page(f"/timeline/{year}/", "year.html", view, lastmod=newest_change(articles))
        for month, group in by_month:
            yield from _month(knowledge, year, month, group)
    title = words("timeline")
    head = knowledge.head(title, words("timeline_description"))
    view_ = TimelineView(head, title, tuple(years), len(knowledge.corpus.listed))
    yield template_page("/timeline/", "timeline.html", view_, lastmod=newest_change(knowledge.corpus.listed))


def _year_label(by_year: Sequence[tuple[int, Sequence[Document]]], index: int) -> Label | None:
    if not 0 <= index < len(by_year):
        return None
    year, articles = by_year[index]
    return Label(str(year), f"/timeline/{year}/", len(articles))


def _month(knowledge: PageContext, year: int, month: int, articles: Sequence[Document]) -> Iterator[Page]:
    title = knowledge.words.month_of(year, month)
    up = Label(str(year), f"/timeline/{year}/")
    for url, part, where in paginate(articles, knowledge.config.options.per_page, f"/timeline/{year}/{month:02}/"):
        description = knowledge.words("month_description", count=len(articles), month=title)
        head = knowledge.head(title, description, parts=where)
        view = ArticlesView(head, title, len(articles), knowledge.cards(part), where, up)
        yield template_page(url, "articles.html", view, lastmod=newest_change(part))
