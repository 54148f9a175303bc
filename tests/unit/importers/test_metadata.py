"""What the head and the data of a page state."""

import datetime as dt
import json

import pytest

from site_builder.importers.read.html.facts.date_of_page import parse_stamp
from site_builder.importers.read.html.metadata import language_tag, read_metadata
from site_builder.importers.read.html.page_tree import parse_tree
from site_builder.importers.read.html.title_of_html import Headings, choose_title, other_title


def facts(head: str = "", body: str = "", url: str | None = None):
    root = parse_tree(f'<html lang="en-gb"><head>{head}</head><body>{body}</body></html>')
    assert root is not None
    return read_metadata(root, url)


def data(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(values)}</script>'


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2026-06-03T23:59:00-11:00", dt.date(2026, 6, 3)),
        ("2026-06-03", dt.date(2026, 6, 3)),
        ("20260603", dt.date(2026, 6, 3)),
        ("2026/6/3", dt.date(2026, 6, 3)),
        ("Wed, 03 Jun 2026 10:00:00 GMT", dt.date(2026, 6, 3)),
        ("2026-13-40", None),
        ("03/04/2026", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_parse_stamp(stamp, day):
    assert parse_stamp(stamp, "en") == day


CLOCK = '<time datetime="2026-06-09T07:15">Tuesday, 07:15</time>'


@pytest.mark.parametrize(
    "body",
    [
        f"<header>{CLOCK}</header><article><h1>A bridge</h1>One.</article>",
        f"<header><h1>The Daily</h1>{CLOCK}</header><main><h1>A bridge</h1>One.</main>",
        f'<div class="siteHeader">{CLOCK}</div><h1>A bridge</h1><p>One.</p>',
        f'<div role="banner"><p>{CLOCK}</p></div><main><h2>A bridge</h2>One.</main>',
        f'<div class="top"><p>{CLOCK}</p></div><div><article><h1>A bridge</h1>One.</article></div>',
    ],
)
def test_a_clock_in_the_head_of_the_site_is_no_date(body: str):
    assert facts(body=body).date is None
    dated = body.replace("One.", 'One. <time datetime="2026-06-03">3 June</time>')
    assert facts(body=dated).date == dt.date(2026, 6, 3)


@pytest.mark.parametrize(
    "body",
    [
        f"<article><header>{CLOCK}</header><h1>A bridge</h1></article>",
        f"<header><h1>A bridge</h1>{CLOCK}</header><main>One.</main>",
        f'<header class="entry-header">{CLOCK}</header><h1>A bridge</h1>',
        f"<main><header>{CLOCK}<h1>A bridge</h1></header></main>",
        f"<h1>A bridge</h1><p>{CLOCK}</p>",
    ],
)
def test_the_head_of_an_article_has_its_date(body: str):
    assert facts(body=body).date == dt.date(2026, 6, 9)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (data(**{"@type": "NewsArticle", "datePublished": "2026-06-03T10:00:00Z", "dateModified": "2026-06-09"}), ""),
        ('<meta property="article:published_time" content="2026-06-03T10:00:00+02:00">', ""),
        ("", '<time datetime="2026-06-03">3 June</time>'),
        ("", '<p>Updated <time datetime="2026-06-09">x</time></p><p><time datetime="2026-06-03">3 June</time></p>'),
        ("", '<p><time datetime="2026-06-03T20:00Z">Posted: Jun 3, 2026 | Last updated: 2 hours ago</time></p>'),
        ("", '<time datetime="2026-06-04T02:30:00Z">June 3, 2026, 10:30 p.m.</time>'),
        ("", '<time datetime="2026-06-03T02:30:00-04:00">June 9, 2026</time>'),
        ("", '<abbr class="published" title="2026-06-03T10:00:00+02:00">10:00</abbr>'),
        ('<meta name="citation_publication_date" content="2026/06/03">', ""),
        ('<meta name="article_date_original" content="Wednesday, June 3, 2026, 12:06 PM">', ""),
        ("""<meta name="parsely-page" content='{"pub_date": "2026-06-03T10:00:00Z"}'>""", ""),
        ("", '<ul><li><time datetime="2026-01-01">old</time></li></ul><p><time datetime="2026-06-03"></time></p>'),
        ('<link rel="canonical" href="https://news.example/2026/06/03/a">', ""),
    ],
    ids=[
        "data",
        "meta",
        "time",
        "time-updated",
        "time-posted",
        "time-utc",
        "time-stamp",
        "abbr",
        "citation",
        "meta-original",
        "parsely",
        "time-elsewhere",
        "address",
    ],
)
def test_published(head, body):
    assert facts(head, body).date == dt.date(2026, 6, 3)


def test_the_day_of_an_article_below_is_not_this_ones():
    other = '<div class="next"><h3>A tunnel</h3><time datetime="2020-01-01">1 January 2020</time></div>'
    assert facts(body=f"<div><h1>A bridge</h1><p>One.</p>{other}</div>").date is None


def test_the_byline_may_have_the_date():
    line = (
        '<p class="byline">Written by <a href="/author/ann">Ann Bo</a> in the section Bridges on 3 June 2026 at 8:34 PM'
    )
    assert facts(body=f"<h1>A</h1>{line}. 51 comments</p>").byline_date == dt.date(2026, 6, 3)


def test_a_change_is_no_publication():
    head = data(**{"@type": "NewsArticle", "dateModified": "2026-06-09"})
    assert facts(head + '<meta property="article:modified_time" content="2026-06-09">').date is None


def test_the_article_of_the_data_is_the_outermost():
    other = {"@type": "NewsArticle", "headline": "Other", "author": "Cy Do"}
    own = {"@type": ["NewsArticle"], "headline": "Own", "author": [{"name": "Ann Bo"}], "hasPart": other}
    found = facts(data(**{"@graph": [{"@type": "ItemList", "itemListElement": [other]}, own]}))
    assert (found.headline, found.authors) == ("Own", ("Ann Bo",))


@pytest.mark.parametrize(
    "text", ['{"@type": "Article", "headline": "A, ]\n b",}', '{"@type": "Article", "headline": "A, ] b"} // end']
)
def test_data_with_a_slip_are_read(text):
    assert facts(f'<script type="application/ld+json">{text}</script>').headline == "A, ] b"


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "WebSite", "name": "x"}\n{"@type": "Article", "headline": "A gate", "author": "Ann Bo"}',
        '{"@type": "Article", "headline": "A gate", "author": {"name": "Ann Bo"}}; {"@type": "WebSite", "name": "x"}',
        '{"@type": "Article", "headline": "A gate", "author": "Ann Bo"}'.replace('"', "&quot;"),
        '{"@type": "Article", "headline": "A gate", "author": {"givenName": "Ann", "familyName": "Bo"}}',
    ],
)
def test_several_objects_escaped_ones_and_names_in_parts(text):
    found = facts(f'<script type="application/ld+json">{text}</script>')
    assert (found.headline, list(found.authors)) == ("A gate", ["Ann Bo"])


ANN = {"@type": "Person", "@id": "#ann", "name": "Ann Bo"}
NEWS = {"@type": "Organization", "@id": "https://news.example/#org", "name": "The News"}


@pytest.mark.parametrize(
    ("author", "publisher"),
    [
        ({"@id": "#ann"}, {"@id": "https://news.example/#org"}),
        ([{"@id": "#ann"}], [{"@id": "#org"}]),
        ("#ann", {"@id": "#org", "@type": "Organization"}),
    ],
)
def test_references_in_the_data_stand_for_what_they_name(author: object, publisher: object):
    article = {"@type": "NewsArticle", "headline": "A bridge", "author": author, "publisher": publisher}
    found = facts(data(**{"@graph": [article, ANN, NEWS]}))
    assert (found.authors, found.site_names) == (("Ann Bo",), ("The News",))


@pytest.mark.parametrize(
    "head",
    [
        data(**{"@type": "Article", "headline": "A", "author": {"@list": [{"name": "Ann Bo"}, "Cy Do"]}}),
        data(**{"@type": "Article", "headline": "A", "author": {"name": ["Ann Bo", "Cy Do"]}}),
        """<meta name="parsely-page" content='{"authors": ["Ann Bo", "Cy Do"]}'>""",
        '<meta name="citation_author" content="Bo, Ann"><meta name="citation_author" content="Do, Cy">',
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Bo, Cy Do">',
        '<meta name="author" content="Ann Bo | Cy Do">',
        '<meta name="author" content="webmaster"><meta property="article:author" content="Ann Bo and Cy Do">',
    ],
    ids=["list", "names", "parsely", "citation", "twitter", "bar", "second"],
)
def test_places_in_which_authors_are_stated(head: str):
    assert facts(head).authors == ("Ann Bo", "Cy Do")


def test_a_reference_to_nothing_is_no_name():
    found = facts(
        data(**{"@type": "NewsArticle", "headline": "A", "author": {"@id": "#x"}, "publisher": {"@id": "#y"}})
    )
    assert (found.authors, found.site_names) == ((), ())


OTHER = {
    "@type": "NewsArticle",
    "headline": "A tunnel is dug",
    "url": "https://news.example/tunnel",
    "datePublished": "2020-01-01",
    "author": "Cy Do",
    "publisher": "Tunnel Weekly",
}


@pytest.mark.parametrize(
    "given",
    [
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": OTHER}]},
        {"@type": "WebPage", "mentions": [OTHER]},
        OTHER,
        {"@graph": [OTHER, {**OTHER, "headline": "A ferry sinks", "url": "https://news.example/ferry"}]},
    ],
    ids=["list", "mention", "alone", "several"],
)
def test_the_data_of_another_article_say_nothing_of_this_one(given: dict[str, object]):
    found = facts("<title>The bridge opens</title>" + data(**given), "<h1>The bridge opens</h1>")
    assert (found.headline, found.date, found.authors, found.site_names) == (None, None, (), ())


def test_of_several_articles_in_the_data_the_one_with_the_title_counts():
    own = {"@type": "Review", "name": "The bridge opens", "itemReviewed": OTHER, "datePublished": "2026-06-03"}
    found = facts("<title>The bridge opens - The News</title>" + data(**{"@graph": [OTHER, own]}))
    assert found.date == dt.date(2026, 6, 3)


def test_a_headline_in_other_words_is_this_articles():
    own = {"@type": "NewsArticle", "headline": "Mayor cuts ribbon of new bridge", "datePublished": "2026-06-03"}
    found = facts("<title>A bridge opens</title>" + data(**own), "<h1>A bridge opens</h1>")
    assert found.date == dt.date(2026, 6, 3)


@pytest.mark.parametrize(
    "text", ["{", "[" * 100_000, "null", '{"@type": 5}', '{"@type": "NewsArticle", "headline": {}}']
)
def test_broken_data_counts_as_none(text):
    assert facts(f'<script type="application/ld+json">{text}</script>').headline is None


def test_the_site_is_no_author():
    head = '<meta property="og:site_name" content="Example News"><meta name="author" content="example news">'
    assert facts(head).authors == ()


def test_keywords_from_one_place_and_the_section():
    head = (
        '<meta property="article:tag" content="Health, AI"><meta property="article:tag" content="health">'
        '<meta name="news_keywords" content="other"><meta property="article:section" content="Science">'
    )
    assert facts(head).keywords == ("Health", "AI", "Science")


def test_addresses_are_absolute_and_clean():
    found = facts(
        '<link rel="canonical" href="/a?utm_source=x"><meta property="og:image" content="/i.jpg">',
        url="https://news.example/b",
    )
    assert (found.url, found.image) == ("https://news.example/a", "https://news.example/i.jpg")
    assert found.language == "en-GB"


@pytest.mark.parametrize(
    ("given", "tag"),
    [("de_at", "de-AT"), ("EN", "en"), ("zh-hant-tw", "zh-Hant-TW"), ("english words", None), (None, None)],
)
def test_language_tag(given, tag):
    assert language_tag(given) == tag


@pytest.mark.parametrize(
    ("headings", "social", "others", "window", "sites", "cores", "title"),
    [
        (
            ["Town builds bridge"],
            "Town builds bridge - Example",
            [],
            "Town builds bridge | Example",
            ["Example"],
            [],
            0,
        ),
        (["Sport"], "Town builds a bridge", [], "Town builds a bridge | Example", ["Example"], [], "social"),
        (["Example", "Town builds a bridge"], "Town builds a bridge", [], None, ["Example"], [], "social"),
        (["Bridges Town builds a bridge"], "Town builds a bridge", [], None, [], [], "social"),
        (
            ["Flood Two resign over flood"],
            "Flood: Two resign over flood",
            [],
            None,
            [],
            ["Two resign over flood"],
            "social",
        ),
        (["A word for readers"], "A word for friends", ["A word for readers"], None, [], [], 0),
        (["A word for readers"], "A word for friends", ["A word for friends"], None, [], [], "social"),
        (["A word for readers"], "A word for friends", [], "A word for friends", [], [], 0),
        (["Join our club today"], "A word for friends", [], "A word for friends", [], [], "social"),
        (["A word for readers"], "A word for friends", [], None, [], [], 0),
        ([], "Town builds a bridge | News | Example", [], None, ["Example"], [], "Town builds a bridge | News"),
        ([], None, [], "Town builds a bridge - Example", ["Example"], [], "Town builds a bridge"),
        ([], None, [], None, [], [], None),
    ],
)
def test_choose_title(headings, social, others, window, sites, cores, title):
    expected = headings[title] if isinstance(title, int) else social if title == "social" else title
    assert choose_title(Headings(headings, (), cores), social, others, window, sites) == expected


BRIDGE = "The town builds a bridge"


@pytest.mark.parametrize(
    ("main", "lower", "social", "window", "sites", "title"),
    [
        (["River Notes"], [BRIDGE], BRIDGE, f"{BRIDGE} - River Notes", [], BRIDGE),
        (["River Notes"], [BRIDGE], None, f"{BRIDGE} - River Notes", [], BRIDGE),
        (["River Notes"], [f"# {BRIDGE}"], None, f"River Notes: {BRIDGE}", [], BRIDGE),
        (["Zola"], ["River Notes"], None, "Zola - River Notes", [], "Zola"),
        (["River Notes"], ["More"], None, "River Notes", [], "River Notes"),
        ([f"River Notes: {BRIDGE}"], [], f"River Notes: {BRIDGE}", None, ["River Notes"], f"River Notes: {BRIDGE}"),
        ([], [], f"River Notes | {BRIDGE}", None, ["River Notes"], BRIDGE),
        ([], [], None, f"{BRIDGE} \u2013 River Notes", [], BRIDGE),
        ([], [], None, "A bridge \u2013 River Notes", [], "A bridge \u2013 River Notes"),
        ([], [], None, f"{BRIDGE} - at last", [], f"{BRIDGE} - at last"),
        ([], [BRIDGE], None, f"{BRIDGE}_news_River", [], BRIDGE),
        ([], [], f"{BRIDGE}:River", None, ["River"], BRIDGE),
        (["River UK"], [], BRIDGE, f"{BRIDGE} - River", ["river"], BRIDGE),
        (["\u6cb3\u306e\u65e5\u8a18"], [], None, "\u6cb3\u306e\u65e5\u8a18 - \u6a4b", [], "\u6cb3\u306e\u65e5\u8a18"),
        (["River Notes"], [], f"{BRIDGE} - a song", f"River Notes: {BRIDGE} - a song", [], f"{BRIDGE} - a song"),
        ([BRIDGE, "River Club", "River Letters"], [], None, "River", [], BRIDGE),
        ([], [], f"{BRIDGE} | RIVER.example", None, ["Rivernews"], BRIDGE),
        ([], [], None, f"www.River.example - {BRIDGE}", [], BRIDGE),
        ([], [BRIDGE], None, f"{BRIDGE}-River", [], BRIDGE),
        (
            [],
            [],
            None,
            "\u6cb3\u306e\u6a4b\u304c\u958b\u304f_\u65b0\u805e_\u6cb3",
            [],
            "\u6cb3\u306e\u6a4b\u304c\u958b\u304f",
        ),
        ([], [], None, "River", [], "River"),
    ],
)
def test_the_name_of_the_site_is_not_the_title(main, lower, social, window, sites, title):
    assert choose_title(Headings(main, lower), social, [], window, sites) == title


@pytest.mark.parametrize(
    ("heading", "start", "given", "title"),
    [
        ("Gate opens to engineersHarbour News", "Gate opens to engineers", "Gate opens to engineers", None),
        (
            "米朝首脳直通電話 習氏に挑む戦術の成否 編集委員 中沢",
            "米朝首脳直通電話 習氏に挑む戦術の成否",
            "米朝首脳直通電話 習氏に挑む戦術の成否|海紙",
            None,
        ),
        ("Gate opens: a report", "Gate opens", "Gate opens: a report", "Gate opens: a report"),
    ],
)
def test_a_part_of_a_heading_that_other_titles_have_alone(heading, start, given, title):
    headings = Headings([heading], starts=[start])
    assert choose_title(headings, None, [given], None, []) == (title or start)


def test_a_title_that_says_something_else():
    assert other_title("Mayor opens it", ["MAYOR OPENS IT!", "Mayor opens it - News", BRIDGE]) == BRIDGE
    assert other_title(BRIDGE, ["The town builds a new bridge"]) is None


@pytest.mark.parametrize(
    ("main", "window", "title"),
    [
        (["River Notes"], "River Notes \N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK} Archive | A bridge", "A bridge"),
        (["River Notes"], "A bridge \u203a River Notes", "A bridge"),
        ([], f"River Notes of the Town | {BRIDGE}", BRIDGE),
        ([], "river.example", BRIDGE),
    ],
)
def test_the_heading_in_the_articles_own_part(main, window, title):
    lower = [title, "More"]
    assert choose_title(Headings(main, lower, entries=[title]), None, [], window, []) == title


def test_a_label_behind_the_title_is_none_of_it():
    headings = Headings([f"{BRIDGE} Subscribers"], cores=["Subscribers"])
    assert choose_title(headings, f"{BRIDGE} | News", [], f"{BRIDGE} | News", ["River"]) == BRIDGE


@pytest.mark.parametrize("name", ["citation_title", "headline"])
def test_a_title_for_journals(name: str):
    assert facts(f'<meta name="{name}" content="A bridge">').headline == "A bridge"
