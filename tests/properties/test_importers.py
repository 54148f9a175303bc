"""Whatever is pasted or saved, a reader quickly gives an article that can be printed, and invents nothing."""

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.importers.imported_article import ImportedArticle, article_as_json
from site_builder.importers.read.html.read_html import MissingExtra, read_html
from site_builder.importers.read.text.read_text import read_text
from tests.helpers.growth import STEP, assert_linear

Read = Callable[[bytes | str], ImportedArticle]


def has_html() -> bool:
    try:
        read_html(b"<p>x</p>")
    except MissingExtra:
        return False
    return True


HAS_HTML: Final = has_html()
READERS: Final = [
    pytest.param(read_text, id="text"),
    pytest.param(read_html, id="html", marks=pytest.mark.skipif(not HAS_HTML, reason="needs trafilatura")),
]
BYTES: Final = 1_000_000
"""Size of a huge page: a long one has 200,000."""
FUZZ: Final = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

LINES: Final = [
    "",
    "Mayor Opens the Smallest Bridge in the County",
    "The bridge is four feet long and crosses a stream that is dry for most of the year, residents said on Monday.",
    "It was built by volunteers, who had expected nobody to come, and who ran out of cake before noon that day.",
    "June 3, 2026",
    "3 hours ago",
    "06/08/2026",
    "Updated: 31.02.2026",
    "99/99/9999",
    "|",
    "  * Home",
    " 1. First",
    "#",
    "Image Source: : Somebody",
    "Source: Somebody",
    "Date:",
    "By Jane Doe",
    "Von",
    "  • Featured tools",
    "Freemium",
    "Learn more",
    "Similar Blogs",
    "Read more",
    "À lire aussi",
    "Das könnte Sie auch interessieren",
    "© 2026 Somebody",
    "\u00ad\u200b\ufeff\u00a0",
    "\x00\x0b\x0c\x1c\u2028",
    "[link](javascript:alert(1)) <script> | a | b |",
    "٣ يونيو ٢٠٢٦",
    "二〇二六年六月三日",
]
TAGS: Final = [
    "<article>",
    "</article>",
    "<p>",
    "</p>",
    "<div class=related>",
    "</div>",
    "<h1>",
    "</h1>",
    "<table><tr><td>",
    "</table>",
    "<ul><li>",
    "<time datetime='2026-13-45'>",
    "<time datetime='2026-06-03T25:00'>",
    "<a href='javascript:alert(1)'>",
    "<a href='http://[::1'>",
    "<a href='//'>",
    "<img src='data:,' alt=''>",
    "<meta property=og:title content=>",
    "<meta property='article:published_time' content='yesterday'>",
    "<link rel=canonical href='http://[bad'>",
    "<base href='::::'>",
    '<script type=\'application/ld+json\'>{"@graph": [[], null, {"@type": [1], "author": {"name": []}}]}</script>',
    '<script type=\'application/ld+json\'>{"@type": "Article", "datePublished": 1e999, "headline": {}}</script>',
    "<script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<noscript>",
    "<template>",
    "<svg><title>",
    "&#xD800;",
    "&#x110000;",
    "&amp",
    "<",
    "</",
]

pasted = st.lists(st.sampled_from(LINES) | st.text(max_size=40), max_size=40).map("\n".join)
saved = st.lists(st.sampled_from(TAGS) | st.sampled_from(LINES) | st.text(max_size=20), max_size=40).map("".join)


def check(article: ImportedArticle) -> None:
    text = json.dumps(article_as_json(article), ensure_ascii=False, allow_nan=False)
    text.encode("utf-8")
    for date in (article.date, *(card.date for card in article.similar)):
        assert date is None or (type(date) is dt.date and 1 <= date.month <= 12)
    assert all(card.title.strip() for card in article.similar)
    assert all(tool.name.strip() for tool in article.tools)
    for url in (article.source.url, article.image.src, *(card.url for card in article.similar)):
        assert url is None or url.startswith(("http://", "https://"))
    for value in (article.title, article.summary, article.author, article.source.name, article.image.credit):
        assert value is None or value.strip()


@pytest.mark.parametrize("read", READERS)
@FUZZ
@given(data=st.binary(max_size=2000) | pasted | saved | pasted.map(str.encode) | saved.map(str.encode))
def test_any_input_gives_an_article(read, data):
    check(read(data))


@pytest.mark.parametrize("read", READERS)
@FUZZ
@given(data=pasted, encoding=st.sampled_from(["utf-16", "utf-16-le", "utf-32", "utf-8-sig"]))
def test_any_encoding_gives_an_article(read, data, encoding):
    check(read(data.encode(encoding)))


@pytest.mark.parametrize("read", READERS)
@FUZZ
@given(data=pasted | saved)
def test_the_same_page_gives_the_same_article(read, data):
    assert read(data) == read(data)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


@FUZZ
@given(lines=st.lists(st.sampled_from(LINES[:-5]), max_size=40))
def test_no_word_is_invented(lines):
    article = read_text("\n".join(lines))
    known = words("\n".join(lines))
    said = [article.title, article.summary, article.body, article.author, article.source.name]
    said += [text for card in article.similar for text in (card.title, card.summary)]
    said += [text for tool in article.tools for text in (tool.name, tool.pricing, tool.summary, *tool.tags)]
    assert words(" ".join(text for text in said if text)) <= known


Make = Callable[[int], bytes]
"""Gives a page of about so many bytes."""


def full(piece: str, before: str = "", after: str = "") -> Make:
    """A page of one piece, over and over."""
    return lambda size: (before + piece * (size // len(piece.encode())) + after).encode()


def nested(opening: str, closing: str) -> Make:
    def make(size: int) -> bytes:
        depth = size // len(opening + closing)
        return (opening * depth + "deep" + closing * depth).encode()

    return make


SENTENCE: Final = "The bridge is four feet long and crosses a stream that is dry for most of the year. "
BIG_TEXTS: Final = {
    "one line": full(SENTENCE),
    "one word": full("a"),
    "short lines": full("ab\n"),
    "blank lines": full("\n"),
    "paragraphs": full(SENTENCE + "\n\n"),
    "cards": full("June 8, 2026\n|\n\nA Title of a Few Words\n\n" + SENTENCE + "\nRead more\n", "Similar Blogs\n\n"),
    "dates": full("June 3, 2026 06/08/2026 3 hours ago "),
    "bullets": full("  * Home\n"),
    "spaces": full(" "),
    "bars": full("| "),
    "zeros": bytes,
}
BIG_PAGES: Final = {
    "one line": full(SENTENCE),
    "tags": full("<p>x</p>"),
    "paragraphs": full(f"<p>{SENTENCE}</p>"),
    "deep": nested("<div>", "</div>"),
    "deep lists": nested("<ul><li>", "</li></ul>"),
    "deep tables": nested("<table><tr><td>", "</td></tr></table>"),
    "unclosed": full("<b><i>x"),
    "brackets": full("<"),
    "ampersands": full("&amp"),
    "comments": full("<!-- x -->"),
    "links": full('<a href="/a/b">A title of a few words</a> '),
    "attribute": full("x ", '<p title="'),
    "bylines": full("<div><h3>x</h3><a rel=author>1</a><time>June 3, 2026</time></div>", "<h1>A</h1>"),
    "metas": full('<meta property="og:title" content="x">', "<head>"),
    "data": full("[", '<script type="application/ld+json">', "</script>"),
    "zeros": bytes,
}


@pytest.mark.parametrize("make", BIG_TEXTS.values(), ids=BIG_TEXTS.keys())
def test_the_time_for_a_huge_text_grows_with_its_size(make: Make) -> None:
    assert_linear(lambda size: check(read_text(make(size))), BYTES // STEP)


@pytest.mark.skipif(not HAS_HTML, reason="needs trafilatura")
@pytest.mark.parametrize("make", BIG_PAGES.values(), ids=BIG_PAGES.keys())
def test_the_time_for_a_huge_page_grows_with_its_size(make: Make) -> None:
    assert_linear(lambda size: check(read_html(make(size))), BYTES // STEP)
