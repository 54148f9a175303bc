"""One article with its similar cards in many layouts: old tables, trees of elements without names, saved pages."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.importers.imported_article import SimilarCard
from site_builder.importers.read.html.read_html import read_html

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.html"))
PARAGRAPHS = """\
The town of Ostmark has switched off two thirds of the lamps along its harbour since March, after a survey had counted \
dead birds below them every week.

Fishermen were against the plan at first, because boats come in before dawn, but small lamps on the piers now show the \
way well enough, the harbour master said.

By the end of April the wardens had counted forty pairs of storks on the old warehouses, more than in any spring since \
the counts began in the year 1988.

Other ports along the coast want to try the same next year, and the ministry has promised to pay for half of the new \
lamps if the results are published."""
CARDS = (
    SimilarCard(
        "Why Bridges Sing in the Wind",
        dt.date(2026, 5, 4),
        "An engineer explains the tones that the new railway bridge gives off on stormy nights.",
        "https://coast.example/post/bridges",
    ),
    SimilarCard(
        "A Library Lends Out Its Garden",
        dt.date(2026, 4, 28),
        "Readers in a small town may borrow a vegetable bed for a season, tools and advice included.",
        "https://coast.example/post/garden",
    ),
    SimilarCard(
        "Old Ferry Becomes a School Ship",
        dt.date(2026, 4, 21),
        "Pupils learn to read charts and to cook for thirty on a ship that was to be scrapped.",
        "https://coast.example/post/ferry",
    ),
)
ADDRESSED = {"absolute", "base"}
"""Layouts whose links say where they lead; in the others the address stays unknown."""


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.stem)
def test_an_article_and_its_cards_in_any_layout(layout):
    read = read_html(layout.read_bytes())
    assert read.title == "Harbour Lights Go Out for the Storks"
    assert read.date == dt.date(2026, 5, 6)
    assert read.body == PARAGRAPHS
    cards = CARDS if layout.stem in ADDRESSED else tuple(replace(card, url=None) for card in CARDS)
    assert read.similar == cards


def test_a_title_without_markup_under_a_window_that_names_the_site():
    prose = (
        "The council of Ebbmouth will test the new method at three of its libraries this autumn, as it said on Tuesday "
    )
    text = "".join(f"<div>{prose}{n}, and it asks its readers for patience.</div>" for n in range(3))
    for title in (
        "<div>Three libraries test a machine</div>",
        "<font size=5><b>Three libraries test a machine</b></font><br>",
    ):
        head = "<html><title>Ebb Tribune</title><div><a href=/>Home</a></div>"
        page = f"{head}<div>{title}<div>3 March 2026</div>{text}</div>"
        article = read_html(page)
        assert (article.title, article.body.startswith("The council")) == ("Three libraries test a machine", True)
        assert [f.text for f in article.findings] == ['the page has another title, too: "Ebb Tribune"']


def test_cards_below_a_bold_line_without_elements_of_their_own():
    prose = (
        "The council of Ebbmouth will test the new method at three of its libraries this autumn, as it said on Tuesday."
    )
    days = ("February 2, 1998", "January 12, 1998")
    cards = "<p>".join(
        f"<a href=a{n}.htm><b>Town buys bus number {n}</b></a><br>{d}<br>{prose}" for n, d in enumerate(days)
    )
    text = f"<h1>Three libraries test a machine</h1><p>{prose}<p>{prose[:-1]} again.<p>{prose[:-1]} once more."
    page = f"<table><tr><td>{text}<p><font size=4><b>Related stories</b></font><br>{cards}</table>"
    article = read_html(page)
    assert [(c.title, c.date.year, c.summary) for c in article.similar if c.date] == [
        ("Town buys bus number 0", 1998, prose),
        ("Town buys bus number 1", 1998, prose),
    ]
    assert "1998" not in article.body
