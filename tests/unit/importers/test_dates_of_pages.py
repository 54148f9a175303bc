"""When a page was published: the places that say so, and those that speak of another day."""

import datetime as dt

import pytest

from site_builder.importers.read.html.read_html import read_html

TEXT = (
    "<p>The harbour wall was closed on Monday because the tide had washed the sand from under it.</p>"
    "<p>Engineers of the town will look at the stones next week, when the divers have come back.</p>"
    "<p>Until then, the boats of the fishing fleet land their catch at the pier on the other side.</p>"
)
HEAD = "<h1>A harbour wall is closed</h1>"
DAY = dt.date(2026, 6, 3)


def date(body: str, head: str = "", url: str | None = None, lang: str = "en") -> dt.date | None:
    return read_html(f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>', url=url).date


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f'<header>{HEAD}<ul class="meta"><li><time datetime="2026-06-03">3</time></li></ul></header>{TEXT}', ""),
        (f'{HEAD}{TEXT}<span class="publish-time">6/30/26 1:04pm</span>'.replace("6/30/26", "June 3, 2026"), ""),
        (f'{HEAD}<time datetime="2026-06-09T10:18Z">Published 3 June 2026</time>{TEXT}', ""),
        (f'{HEAD}<p>by <time class="published updated" datetime="2026-06-03">x</time></p>{TEXT}', ""),
        (f"{HEAD}{TEXT}<div>Published: 3 June 2026, 15:19</div>", ""),
        (f'<div class="entry">{HEAD}{TEXT}<p>By Ann on 3 June 2026 | 0 comments</p></div>', ""),
        (f"{HEAD}{TEXT}", "<title>A harbour wall is closed | Post | 03.06.2026</title>"),
        (f"{HEAD}{TEXT}", '<meta itemprop="datePublished" datetime="2026-06-03">'),
        (f"{HEAD}{TEXT}", '<meta property="og:original_time" content="2026-06-03">'),
        (f"{HEAD}<p>June 3, 2026 08:08 pm</p>{TEXT}", '<meta name="sailthru.date" content="2026-06-04">'),
    ],
    ids=["list", "named", "called", "both", "below", "own byline", "window", "datetime", "original", "utc"],
)
def test_the_day_of_publication(body: str, head: str) -> None:
    assert date(body, head) == DAY


def test_years_of_two_digits_come_first_in_chinese() -> None:
    assert date(f"<h1>港口的墙关闭了</h1><p>发布时间:26-06-03</p>{TEXT}") == DAY


@pytest.mark.parametrize(
    "other",
    [
        "<ul><li>The act was signed into law on August 14, 1935</li></ul>",
        "<p>Available until 06.05.2026</p>",
        "<p>Letzte Aktualisierung: 18.01.2026</p>",
        '<blockquote><p>A post <time datetime="2026-01-02T10:00Z">2 January 2026</time></p></blockquote>',
        '<div class="comments"><p>Posted: 4 June 2026</p></div>',
        '<div class="related"><p>Published: 4 June 2026</p></div>',
    ],
)
def test_another_day_is_not_taken(other: str) -> None:
    assert date(f"{HEAD}{other}{TEXT}") is None
    assert date(f"{HEAD}{TEXT}{other}") is None


def test_a_list_of_events_has_no_date_of_the_article() -> None:
    events = (
        '<div class="col"><div><div><ul><li><time datetime="2026-12-11">11.12.2026</time></li></ul></div></div></div>'
    )
    more = "".join(
        f"<p>Stone {n} of the wall was laid in another summer, and moves in storms.</p>" for n in "abcdefghij"
    )
    assert date(f"<main><div>{HEAD}{TEXT}{more}</div>{events}</main>") is None


def test_an_address_with_a_section_between_year_and_month() -> None:
    assert date(f"{HEAD}{TEXT}", url="https://news.example/2026/WORLD/06/03/wall/index.html") == DAY


ARCHIVE = "https://web.archive.org/web/20210916140120/"
BAR = (
    '<div id="wm-ipp-base"><div id="wm-ipp"><h1>Machine</h1>12 copies <p>13 Jul 2021 - 16 Sep 2021</p>'
    '<a rel="author" href="/web/20210913/x">Cy Do</a></div></div>'
)


@pytest.mark.parametrize("head", ["", f'<link rel="canonical" href="{ARCHIVE}https://news.example/2026/06/03/wall">'])
def test_a_copy_in_an_archive_of_the_web_is_the_page_itself(head: str) -> None:
    page = f"<html><head><title>A harbour wall is closed</title>{head}</head><body>{BAR}{HEAD}{TEXT}</body></html>"
    found = read_html(page, url=f"{ARCHIVE}https://news.example/2026/06/03/wall")
    assert (found.title, found.date, found.author) == ("A harbour wall is closed", DAY, None)
    assert found.source.url == "https://news.example/2026/06/03/wall"
    assert "copies" not in found.body
