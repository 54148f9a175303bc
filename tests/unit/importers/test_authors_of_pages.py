"""Whom a page names as its authors: nobody from a menu, a quotation, a review, a caption or an imprint."""

import json

import pytest

from site_builder.importers.read.html.metadata import read_metadata
from site_builder.importers.read.html.page_tree import parse_tree
from site_builder.importers.read.people import split_names

TEXT = (
    "<p>The harbour wall was closed on Monday because the tide had washed the sand from under it.</p>"
    "<p>Engineers of the town will look at the stones next week, when the divers have come back.</p>"
    "<p>Until then, the boats of the fishing fleet land their catch at the pier on the other side.</p>"
)
HEAD = "<h1>A harbour wall is closed</h1>"


def authors(body: str, head: str = "", url: str | None = None) -> tuple[str, ...]:
    root = parse_tree(f'<html lang="en"><head>{head}</head><body>{body}</body></html>')
    assert root is not None
    return read_metadata(root, url).authors


@pytest.mark.parametrize(
    "other",
    [
        '<div id="topNav"><a href="/about/profile/s-12">ABOUT US</a></div>',
        '<p><a href="/people/people.html">WHO WE ARE?</a></p>',
        '<p><a href="/profile/login/">SIGN IN</a></p>',
        '<p><a href="/author/index.php?author=ann-bo">her newest texts</a></p>',
        '<blockquote>We build a shared wall. <a href="/author/cy/">Cy Do, CEO</a></blockquote>',
        '<div class="product-reviews"><div class="entry"><span itemprop="author">Cy Do</span></div></div>',
        '<figure><img src="a.jpg"><div class="author">Cy Do</div></figure>',
        "<address>Der beste Begleiter für lange Tage am Meer: ein Kleid aus Wolle.</address>",
        '<table class="infobox"><tr><td>Written by Cy Do</td></tr></table>',
        "<p>Postings by a neighbour, Cy Do, on 20 January 2017</p>",
        '<p class="byline-dates">Updated: January 16, 2026</p>',
        '<div class="byline">von am 20.06.2018</div>',
    ],
)
def test_what_names_no_author(other: str) -> None:
    assert authors(f"{HEAD}{other}{TEXT}") == ()
    assert authors(f'{HEAD}<p class="byline">By Ann Bo</p>{other}{TEXT}') == ("Ann Bo",)


def test_a_link_far_before_the_title_is_no_byline() -> None:
    assert authors(f'<a href="/people/cy-do">Cy Do</a>{"<i>x</i>" * 320}{HEAD}{TEXT}') == ()


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (f'{HEAD}<div data-component="Byline">Ann Bo</div>{TEXT}', ("Ann Bo",)),
        (f"{HEAD}<author>Ann Bo</author>{TEXT}", ("Ann Bo",)),
        (
            f'{HEAD}{TEXT}<div class="sidebar"><p>The author</p><a rel="author" href="/s/ann">Ann Bo</a></div>',
            ("Ann Bo",),
        ),
        (f'{HEAD}{TEXT}<div class="sidebar"><a rel="author">Ann Bo</a><a rel="author">Cy Do</a></div>', ()),
        (f'{HEAD}{TEXT}<div class="comments"><p><a rel="author">Ann Bo</a></p></div>', ()),
        (f'{HEAD}<a href="/author/ann/">Ann</a>{TEXT}', ("Ann",)),
        (f'{HEAD}<p class="submitted">Sent by <i class="username">ann</i> on 3 June 2026</p>{TEXT}', ("ann",)),
        (
            f'{HEAD}<ul><li><a href="/author/ann-bo">Ann Bo</a></li><li><a href="/news">News</a></li></ul>{TEXT}',
            ("Ann Bo",),
        ),
        (f'{HEAD}{TEXT}<ul><li><a href="/author/cy-do">Cy Do</a></li><li><a href="/a">Tides</a></li></ul>{TEXT}', ()),
        (f'{HEAD}<p>{"The sea is wide. " * 20}<a href="/author/cy-do">Cy Do</a> says so.</p>{TEXT}', ()),
    ],
    ids=[
        "component",
        "tag",
        "beside",
        "two beside",
        "comment",
        "pen name",
        "submitted",
        "row",
        "mentioned",
        "in prose",
    ],
)
def test_marked_authors(body: str, names: tuple[str, ...]) -> None:
    assert authors(body) == names


@pytest.mark.parametrize(
    ("name", "title", "names"),
    [
        ("HBP", "A harbour wall is closed | HBP.example - News", ()),
        ("HARBOUR POST", "A harbour wall is closed - HARBOUR POST 52/2026", ()),
        ("港报", "港口的墙关闭了_港报财经", ()),
        ("Ann Bo", "A harbour wall is closed • Ann Bo", ("Ann Bo",)),
        ("张伟", "港口的墙关闭了_张伟", ("张伟",)),
        ("Harbour Post, Harbourtown, Germany", "A harbour wall is closed | Harbour Post", ()),
        ("Ann Bo, Harbour Post", "A harbour wall is closed | Harbour Post", ("Ann Bo",)),
        ("Super User", "A harbour wall is closed", ()),
        ("name", "A harbour wall is closed", ()),
    ],
)
def test_the_publisher_is_no_author(name: str, title: str, names: tuple[str, ...]) -> None:
    site = '<meta property="og:site_name" content="Harbour Post">'
    head = f'<title>{title}</title><meta name="author" content="{name}">{site if "Post" in name else ""}'
    assert authors(f"<h1>{title[:7]}</h1>{TEXT}", head) == names


def test_a_visible_byline_goes_before_the_publisher_in_the_data() -> None:
    data = json.dumps({"@type": "Article", "headline": "A harbour wall is closed", "author": {"name": "HARBOUR POST"}})
    head = f'<title>A harbour wall is closed - HARBOUR POST</title><script type="application/ld+json">{data}</script>'
    assert authors(f"{HEAD}<p>Von Ann Bo</p>{TEXT}", head) == ("Ann Bo",)


@pytest.mark.parametrize(
    "author",
    [
        '{"@type": "Person", "givenName": "Ann", "familyName": "Bo"}',
        '{"@type": "Person", "name": "Ann Bo", "description": "Writes "The Wall", a column, and "Tides""}',
    ],
)
def test_names_in_data_that_are_odd(author: str) -> None:
    data = f'{{"@type": "socialmediaposting", "headline": "A "safe" harbour wall", "author": {author}}}'
    assert authors(TEXT, f'<script type="application/ld+json">{data}</script>') == ("Ann Bo",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("VON Ann Bo IN Fashion", ["Ann Bo"]),
        ("By Ann Bo For The Harbour Post", ["Ann Bo"]),
        ("Par ANN BO, CY DO Envoyés spéciaux à Toulouse", ["ANN BO", "CY DO"]),
        ("Autor: Ann BO, Sächsische Anstalt für Landwirtschaft", ["Ann BO"]),
        ("By Ann Bo, Cy Do in Berlin", ["Ann Bo", "Cy Do"]),
        ("责任编辑:张伟_NF4425", ["张伟"]),
        ("[责任编辑:张伟 PK155] 推荐 0", ["张伟"]),
        ("Ann Bo \N{SPARKLING HEART}", ["Ann Bo"]),
    ],
)
def test_names_in_a_line(line: str, names: list[str]) -> None:
    assert split_names(line, is_data=False) == names
