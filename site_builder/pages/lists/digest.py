"""What a newsletter would carry: `/digest/`, a page for every week and month in which something was added or changed.

The calendar is the articles' own (`added`, `updated`), never today's: the last week holds what it holds so far, and the
same content gives the same pages on any day. A feed has an entry for each week. An entry is dated by the last thing in
it, so that a service which mails what is new since its last run sends a week when it is complete, or once more when
something came after.
"""

import datetime as dt
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Final

from site_builder.content.document import Document
from site_builder.content.schema import Status
from site_builder.corpus.corpus import added_of, article_meta, date_of, updated_of
from site_builder.i18n import Translations
from site_builder.pages.context import PageContext, newest_change, paginate
from site_builder.pages.data.feeds import feed_pages
from site_builder.pages.parts import Card, DigestGroup, DigestsView, DigestView, DigestYear, FeedItem, FeedView, Label
from site_builder.pages.route import Page, template_page
from site_builder.urls import Permalink, absolute_url

BASE: Final = Permalink("/digest/")
WEEKS: Final = 12
"""Latest weeks on `/digest/`; older ones are on the pages of their months."""
IN_A_FEED: Final = 50
"""New articles in one entry of the feed; a bulk import may bring thousands in a week."""


@dataclass(slots=True)
class Period:
    """A week or month with what came in it."""

    first: dt.date
    last: dt.date
    url: Permalink
    new: list[Document] = field(default_factory=list)
    stubs: list[Document] = field(default_factory=list)
    updated: list[Document] = field(default_factory=list)
    """Added in an earlier period."""

    @property
    def articles(self) -> list[Document]:
        """All of them."""
        return [*self.new, *self.stubs, *self.updated]

    @property
    def newest(self) -> dt.date:
        """The day of the last thing in it."""
        days = (day for a in self.articles for day in (added_of(a), changed_of(a)) if day <= self.last)
        return max(days)


def plan_digests(knowledge: PageContext) -> Iterator[Page]:
    """`/digest/`, `/digest/2026-W48/`, `/digest/2026-11/` and the feed; nothing where no article is listed."""
    if not knowledge.corpus.listed:
        return
    articles = sorted(knowledge.corpus.listed, key=lambda a: (added_of(a), date_of(a)), reverse=True)
    weeks, months = _periods(articles, week_of), _periods(articles, month_of)
    for periods, others in ((weeks, months), (months, weeks)):
        for index, period in enumerate(periods):
            newer = periods[index - 1] if index else None
            older = periods[index + 1] if index + 1 < len(periods) else None
            yield from _period(knowledge, period, newer, older, others)
    yield _index(knowledge, weeks, months)
    yield from _feed(knowledge, weeks)


def changed_of(article: Document) -> dt.date:
    """Last real change, never before it was added."""
    return max(updated_of(article) or added_of(article), added_of(article))


def week_of(day: dt.date) -> tuple[dt.date, dt.date, Permalink]:
    """First and last day of a day's week, and the address of its digest, by the year and number of ISO 8601."""
    year, week, weekday = day.isocalendar()
    first = day.toordinal() - weekday + 1
    last = min(first + 6, dt.date.max.toordinal())
    return dt.date.fromordinal(first), dt.date.fromordinal(last), Permalink(f"{BASE}{year:04}-W{week:02}/")


def month_of(day: dt.date) -> tuple[dt.date, dt.date, Permalink]:
    """First and last day of a day's month, and the address of its digest."""
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return day.replace(day=1), last, Permalink(f"{BASE}{day.year:04}-{day.month:02}/")


def _periods(articles: Iterable[Document], part_of: Callable[[dt.date], tuple[dt.date, dt.date, Permalink]]
             ) -> list[Period]:  # fmt: skip
    """Newest first; an article is new in one of them, and updated in another where it was changed later."""
    found: dict[dt.date, Period] = {}

    def period(day: dt.date) -> Period:
        first, last, url = part_of(day)
        return found.setdefault(first, Period(first, last, url))

    for article in articles:
        entered = period(added_of(article))
        (entered.stubs if article_meta(article).status is Status.STUB else entered.new).append(article)
        changed = changed_of(article)
        if changed > entered.last:
            period(changed).updated.append(article)
    return [found[first] for first in sorted(found, reverse=True)]


def _period(
    knowledge: PageContext, period: Period, newer: Period | None, older: Period | None, others: Sequence[Period]
) -> Iterator[Page]:
    words, per_page = knowledge.words, knowledge.config.options.per_page
    title = title_of(period, words)
    new = _by_topic(knowledge, period.new)
    description = f"{span(period, words)}: {summary_of(period, words)}"
    for url, part, where in paginate(new, per_page, period.url):
        is_first = where.number == 1
        feeds = Label(digest_name(knowledge), BASE)
        view = DigestView(
            head=knowledge.head(words("digest_for", period=title), description, feeds=feeds, parts=where),
            title=title,
            days=span(period, words),
            groups=tuple(
                DigestGroup(label, tuple(card for _, card in group)) for label, group in groupby(part, lambda p: p[0])
            ),
            updated=knowledge.cards(period.updated[:per_page]) if is_first else (),
            stubs=knowledge.cards(period.stubs[:per_page]) if is_first else (),
            counts=(len(period.new), len(period.updated), len(period.stubs)),
            newer=_label(newer, words),
            older=_label(older, words),
            around=tuple(
                label
                for other in others
                if other.first <= period.last and other.last >= period.first and (label := _label(other, words))
            ),
            pagination=where,
        )
        yield template_page(url, "digest.html", view, lastmod=newest_change(period.articles))


def _by_topic(knowledge: PageContext, articles: Sequence[Document]) -> list[tuple[Label | None, Card]]:
    """Articles with their main topic: the topic with the most of them first, those without one last."""
    groups: dict[Label | None, list[Document]] = defaultdict(list)
    for article in articles:
        topics = knowledge.membership.topics[article.permalink]
        groups[Label(topics[0].title, topics[0].permalink) if topics else None].append(article)
    order = sorted(
        groups, key=lambda t: (t is None, -len(groups[t]), t.title.casefold() if t else "", t.url if t else "")
    )
    return [(topic, knowledge.card(article)) for topic in order for article in groups[topic]]


def title_of(period: Period, words: Translations) -> str:
    """`Week 48 of 2026`, `November 2026`"""
    if "W" not in period.url:
        return words.month_of(period.first.year, period.first.month)
    year, week, _ = period.first.isocalendar()
    return words("digest_week", week=week, year=year)


def span(period: Period, words: Translations) -> str:
    """`23 November 2026 to 29 November 2026`"""
    return words("digest_days", first=words.day(period.first), last=words.day(period.last))


def summary_of(period: Period, words: Translations) -> str:
    """`5 new articles, 1 updated, 2 stubs`"""
    counts = (
        ("digest_new", len(period.new)), ("digest_updated", len(period.updated)), ("digest_stubs", len(period.stubs)),
    )  # fmt: skip
    return words.listed([words(key, count=count) for key, count in counts if count])


def _label(period: Period | None, words: Translations) -> Label | None:
    return Label(title_of(period, words), period.url, len(period.new) + len(period.stubs)) if period else None


def digest_name(knowledge: PageContext) -> str:
    """What the feed of digests is called."""
    return knowledge.words("digest_of", name=knowledge.config.name)


def _index(knowledge: PageContext, weeks: Sequence[Period], months: Sequence[Period]) -> Page:
    words = knowledge.words
    years = tuple(
        DigestYear(str(year), tuple(label for month in group if (label := _label(month, words))))
        for year, group in groupby(months, key=lambda m: m.first.year)
    )
    latest = tuple(label for week in weeks[:WEEKS] if (label := _label(week, words)))
    title = words("digest")
    head = knowledge.head(title, words("digest_hint"), feeds=Label(digest_name(knowledge), BASE))
    return template_page(
        BASE, "digests.html", DigestsView(head, title, latest, years), lastmod=newest_change(knowledge.corpus.listed)
    )


def _feed(knowledge: PageContext, weeks: Sequence[Period]) -> Iterator[Page]:
    config, words = knowledge.config, knowledge.words
    if not config.url:
        return
    items = sorted(
        (_item(knowledge, week) for week in weeks[: config.options.feed_items]), key=lambda i: i.added, reverse=True
    )
    title = digest_name(knowledge)
    view = FeedView(title, words("digest_hint"), BASE, max(i.updated for i in items), tuple(items))
    yield from feed_pages(view)


def _item(knowledge: PageContext, week: Period) -> FeedItem:
    words = knowledge.words
    day = week.newest
    return FeedItem(
        url=week.url,
        title=f"{title_of(week, words)}: {span(week, words)}",
        summary=summary_of(week, words),
        date=day,
        added=day,
        updated=day,
        topics=(),
        source="",
        source_url="",
        curator="",
        html=_html(knowledge, week),
    )


def _html(knowledge: PageContext, week: Period) -> str:
    """What the week's page says, as HTML that stands alone: headings, lists, absolute addresses."""
    words = knowledge.words
    shown = _by_topic(knowledge, week.new[:IN_A_FEED])
    parts = [
        (topic.title if topic else words("digest_other"), [card for _, card in group])
        for topic, group in groupby(shown, lambda p: p[0])
    ]
    parts += [(words("digest_updated_title"), list(knowledge.cards(week.updated[:IN_A_FEED])))]
    parts += [(words("digest_stubs_title"), list(knowledge.cards(week.stubs[:IN_A_FEED])))]
    html = "".join(
        f"<h2>{escape(title)}</h2>\n<ul>\n{''.join(_li(c, knowledge.config.url) for c in cards)}</ul>\n"
        for title, cards in parts
        if cards
    )
    if max(len(week.new), len(week.updated), len(week.stubs)) > IN_A_FEED:
        url = escape(absolute_url(knowledge.config.url, week.url))
        html += f'<p><a href="{url}">{escape(words("digest_more"))}</a></p>\n'
    return html


def _li(card: Card, site_url: str) -> str:
    url = escape(absolute_url(site_url, card.url))
    source = f" ({escape(card.source)})" if card.source else ""
    return f'<li><p><a href="{url}"><b>{escape(card.title)}</b></a>{source}<br>{escape(card.summary)}</p></li>\n'
