"""Blocks of cards."""

import datetime as dt

import pytest

from site_builder.importers.read.html.cards.cards_in_html import similar_cards, tool_cards
from site_builder.importers.read.html.html_blocks import blocks_of
from site_builder.importers.read.html.normalise import make_plain
from site_builder.importers.read.html.page_tree import parse_tree

BASE = "https://news.example/own"


def similar(html: str):
    root = parse_tree(f"<body>{html}</body>")
    assert root is not None
    make_plain(root)
    return similar_cards(root, blocks_of(root), BASE, "Own title of the page", "en")


ITEMS = (
    '<ul><li><a href="/a">A bridge is closed today</a></li><li><a href="/b">Nine hospitals merge kitchens</a></li></ul>'
)


@pytest.mark.parametrize(
    "heading",
    [
        "Related articles", "Similar Blogs", "You may also like", "Mehr zum Thema", "Ähnliche Artikel",
        "Sur le même sujet",
        "À lire aussi", "Noticias relacionadas", "Te puede interesar", "Articoli correlati", "Leggi anche",
        "Leia também",
        "Lees ook", "Czytaj także", "Benzer haberler", "Les også", "Læs også", "Läs också",
    ],
)  # fmt: skip
def test_headings_of_similar_articles(heading):
    titles = [c.title for c in similar(f"<section><h3>{heading}</h3>{ITEMS}</section>")]
    assert titles == ["A bridge is closed today", "Nine hospitals merge kitchens"]


@pytest.mark.parametrize(
    "name", ["related-posts", "RelatedArticles", "recommended", "c-recirc", "more-from", "read-next"]
)
def test_names_of_elements(name):
    assert len(similar(f'<div class="{name}">{ITEMS}</div>')) == 2
    assert len(similar(f'<div data-component="{name}">{ITEMS}</div>')) == 2


@pytest.mark.parametrize(
    "html",
    [
        f"<section><h3>Most read</h3>{ITEMS}</section>",
        f"<section><h3>Latest news</h3>{ITEMS}</section>",
        f"<section><h3>Meistgelesen</h3>{ITEMS}</section>",
        f'<nav class="related">{ITEMS}</nav>',
        f'<div class="related sponsored">{ITEMS}</div>',
        f'<div class="related"><h3>Trending</h3>{ITEMS}</div>',
        f'<div class="OUTBRAIN related">{ITEMS}</div>',
        '<div class="related"><a href="/own">Some other name of this page</a></div>',
        '<div class="related"><a href="/x">Own title of the page</a></div>',
        '<div class="related"><a href="/tag/health">Health</a></div>',
        '<div class="related"><a href="javascript:x()">A link that runs a script</a></div>',
        '<div class="related"><a rel="sponsored" href="/x">A link that somebody paid for</a></div>',
        '<div class="related"><p>A sentence that mentions <a href="/x">a link of four</a> words in passing.</p></div>',
    ],
)
def test_what_is_not_similar(html):
    assert similar(html) == ()


def test_parts_of_a_card():
    (card,) = similar(
        '<div class="related"><article><a href="/a?fbclid=1"><span class="kicker">Roads</span>'
        '<h3>A bridge is closed today</h3></a><time datetime="2026-06-03">3 June</time>'
        '<p>The bridge over the river will stay closed until autumn.</p><a href="/a">Read more</a></article></div>'
    )
    assert card.title == "A bridge is closed today"
    assert card.date == dt.date(2026, 6, 3)
    assert card.summary == "The bridge over the river will stay closed until autumn."
    assert card.url == "https://news.example/a"


def test_repeats_count_once():
    assert len(similar(f'<div class="related">{ITEMS}</div><section><h2>Related stories</h2>{ITEMS}</section>')) == 2


def test_tools_need_a_price_or_tags():
    root = parse_tree(
        "<div><h2>Featured tools</h2><div class='l'><div class='t'><b>One</b><p>Words</p></div></div></div>"
    )
    assert root is not None
    assert tool_cards(root, blocks_of(root)) == ()
