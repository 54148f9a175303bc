"""Who wrote an article: names in bylines, and the byline of a page."""

import pytest

from site_builder.importers.read.html.bylines import find_byline
from site_builder.importers.read.html.page_tree import parse_tree
from site_builder.importers.read.people import foreign_byline, split_names
from site_builder.importers.read.phrases import phrases_for


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Bo and Cy Do", ["Ann Bo", "Cy Do"]),
        ("By Ann Bo, Cy Do, and Ed Fu, Harbour News", ["Ann Bo", "Cy Do", "Ed Fu"]),
        ("Ann Bo; and Cy Do", ["Ann Bo", "Cy Do"]),
        ("Von Ann Bo, Cy Do", ["Ann Bo", "Cy Do"]),
        ("Ann Bo, MD, PhD", ["Ann Bo"]),
        ("Dr. Ann Bo", ["Dr. Ann Bo"]),
        ("Ann Bo, Jr.", ["Ann Bo, Jr"]),
        ("AFP, Ann Bo", ["Ann Bo"]),
        ("AFP", ["AFP"]),
        ("Ann Bo ann@news.example", ["Ann Bo"]),
        ("Ann Bo | ann@news.example", ["Ann Bo"]),
        ("Ann Bo | Cy Do", ["Ann Bo", "Cy Do"]),
        ("Ann Bo - City News", ["Ann Bo"]),
        ("By Ann Bo in Lisbon", ["Ann Bo"]),
        ("Ann I Bo", ["Ann I Bo"]),
        ("Dan Bo", ["Dan Bo"]),
        ("Ann Bo for The News", ["Ann Bo"]),
        ("Ann Reporter", ["Ann Reporter"]),
        ("dj4ll", ["dj4ll"]),
        ("Agent 12", ["Agent 12"]),
        ("3Pac", ["3Pac"]),
        ("The News Staff", []),
        ("Editorial Team", []),
        ("News Inc.", []),
        ("River Times", []),
        ("Institute of Bridges", []),
        ("https://facebook.example/ann", []),
        ("12 March 2026", []),
        ("admin", []),
        ("A sentence that is much too long to be a name", []),
    ],
)
def test_names_in_data(byline: str, names: list[str]) -> None:
    assert split_names(byline) == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Bo | March 13, 2026 | Email Print this", ["Ann Bo"]),
        ("March 13, 2026 by Ann Bo", ["Ann Bo"]),
        ("Ann Bo 2026-03-13 14:27:02 74", ["Ann Bo"]),
        ("Politics · Ann Bo, Cy Do", ["Ann Bo", "Cy Do"]),
        ("Ann Bo Senior Politics Editor", ["Ann Bo"]),
        ("Ann Bo, News Writer", ["Ann Bo"]),
        ("Ann Bo, The News", ["Ann Bo"]),
        ("Ann Bo, Associated Press", ["Ann Bo"]),
        ("Ann Bo, Vice President, Bridges", ["Ann Bo"]),
        ("\u8457\u8005\uff1a\u5c71\u7530\u82b1\u5b50", ["\u5c71\u7530\u82b1\u5b50"]),
        ("Photo: Ann Bo", []),
        ("Text and photos by Ann Bo", ["Ann Bo"]),
        ("5 min read", []),
        ("Follow", []),
    ],
)
def test_names_on_the_page(byline: str, names: list[str]) -> None:
    assert split_names(byline, is_data=False) == names


HEAD = "<h1>A bridge opens</h1>"
TEXT = f"<p>{'The bridge was opened by the mayor. ' * 10}</p>"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (f'{HEAD}<a rel="author" href="/x">Ann Bo</a>', ("Ann Bo",)),
        (
            f'{HEAD}<p>By <a href="/authors/ann-bo">Ann Bo</a> and <a href="/authors/cy-do">Cy Do</a></p>',
            ("Ann Bo", "Cy Do"),
        ),
        (f'{HEAD}<p itemprop="author">By <b itemprop="name">Ann Bo</b>, the desk</p>', ("Ann Bo",)),
        (f'{HEAD}<div class="storyByline"><span>By</span><span>Ann Bo</span><span>CITY NEWS</span></div>', ("Ann Bo",)),
        (f'{HEAD}<ul class="meta"><li><span class="author-name">Ann Bo</span></li><li>12 March</li></ul>', ("Ann Bo",)),
        (f"{HEAD}<p>by ANN BO and CY DO</p>", ("ANN BO", "CY DO")),
        (
            f'<main>{HEAD}<aside><address><a rel="author" href="/a">Ann Bo</a></address></aside>{TEXT}</main>',
            ("Ann Bo",),
        ),
        (f'<article>{HEAD}{TEXT}<footer class="post-author">Posted by Ann Bo</footer></article>', ("Ann Bo",)),
        (f'{HEAD}<p class="byline">By <a href="/by/ann">Ann Bo</a>, Cy Do and Ed Fo</p>', ("Ann Bo", "Cy Do", "Ed Fo")),
        (f'{HEAD}<i itemprop="author">Ann Bo</i>, <i itemprop="author">Cy Do</i>{TEXT}', ("Ann Bo", "Cy Do")),
        (f"{HEAD}<p>Guest post by Ann Bo</p>", ("Ann Bo",)),
        (f"{HEAD}<p>Published June 3, 2026 by Ann Bo</p>", ("Ann Bo",)),
        (f'{HEAD}{TEXT}<div class="box"><h3>About the author</h3><a href="/author/ann">Ann Bo</a></div>', ("Ann Bo",)),
        (
            f'{HEAD}<p class="byline"><i class="byline-name">Ann Bo</i><i class="byline-title">Reporter, News</i></p>',
            ("Ann Bo",),
        ),
    ],
    ids=[
        "rel",
        "address",
        "microdata",
        "class",
        "list",
        "line",
        "aside",
        "foot",
        "mixed",
        "one by one",
        "guest",
        "date first",
        "box",
        "post",
    ],
)
def test_the_byline_of_a_page(body: str, names: tuple[str, ...]) -> None:
    assert find_byline(parse_tree(f"<html><body>{body}</body></html>")).names == names


@pytest.mark.parametrize(
    "other",
    [
        '<aside><h2>More</h2><p class="byline">By Cy Do</p></aside>',
        '<div class="related-stories"><h3>A tunnel</h3><p class="byline">By Cy Do</p></div>',
        f"<ul>{'<li><h3>A tunnel is dug below the old harbour</h3><span class=author>Cy Do</span></li>' * 5}</ul>",
        '<div id="comments"><span class="author">Cy Do</span>: Well done!</div>',
        '<article><h2>A tunnel</h2><a rel="author" href="/cy">Cy Do</a></article>',
        '<a href="https://mastodon.example/profiles/cy-do">Cy Do</a>',
        '<p class="author-bio">Cy Do</p>',
        '<a href="/profile/me">My Account</a>',
        f'{TEXT * 40}{"<i>x</i>" * 320}<a href="/people/cy">Cy Do</a>',
        '<div class="more-stories"><h3>A tunnel</h3><p class="byline">By Cy Do</p></div>',
        "<p>By the river stands a house.</p>",
        "<p>By Monday Everything Was Gone, and nobody knew why.</p>",
        "<p>Photo by Cy Do</p>",
    ],
)
def test_other_people_are_not_its_authors(other: str) -> None:
    assert find_byline(parse_tree(f"<html><body>{HEAD}{TEXT}{other}</body></html>")).names == ()


ENGLISH = "The town said that it will not pay for the work, and that the boats are to be sold next year. " * 8


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Por Ana Bo", ["Ana Bo"]),
        ("von Ann Bo, Berlin", ["Ann Bo"]),
        ("Par Jean Roche", ["Jean Roche"]),
        ("Von Miller", ["Von Miller"]),
        ("De Niro Bob", ["De Niro Bob"]),
    ],
)
def test_a_byline_in_another_language_than_the_text(byline: str, names: list[str]) -> None:
    with phrases_for(ENGLISH, "en"):
        assert split_names(byline, is_data=False)[:1] == names


@pytest.mark.parametrize(("line", "rest"), [("Von Ann Bo", "Ann Bo"), ("Von Miller", None), ("Por la tarde", None)])
def test_a_line_that_is_a_byline_in_any_language(line: str, rest: str | None) -> None:
    with phrases_for(ENGLISH, "en"):
        assert foreign_byline(line) == rest
