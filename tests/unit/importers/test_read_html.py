"""Whole pages of our own making, read from end to end."""

import datetime as dt
import json
import sys
from collections.abc import Callable

import pytest

from site_builder.importers.imported_article import SimilarCard, ToolCard
from site_builder.importers.read.html.read_html import MissingExtra, read_html
from tests.helpers.growth import assert_linear

PARAGRAPHS = (
    "The clinic and the software firm announced on Tuesday that they will build a shared model for X-ray images.",
    "Doctors in four hospitals have tried an early version since spring, and most of them asked to keep using it.",
    "Regulators want to know who answers for a wrong reading, and the partners promised an audit from outside.",
    "A first public report is due in autumn, when the trial will have covered some twelve thousand patients.",
)
DEK = "A hospital and a software firm want machines to read X-ray images, and doctors to keep the last word."


def page(body: str, head: str = "", lang: str = "en") -> str:
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def text(*paragraphs: str) -> str:
    return "".join(f"<p>{p}</p>" for p in paragraphs)


def variant(name: str) -> str:
    """One of the two copies of the article that the page holds, for wide and for narrow screens."""
    return f"""
    <div class="post-{name}">
      <h1>Clinic and Firm Build X-Ray Model</h1>
      <p class="dek">{DEK}</p>
      <div>June 3, 2026</div><div>|</div><div>Image Source: : Harbour Clinic Press</div>
      <div class="rich-text">{text(*PARAGRAPHS)}</div>
      <div>Source: Harbour Clinic Press</div><div>Date:</div><div>June 2026</div>
    </div>"""


CARDS = """
<div class="cards-wrapper"><h2>Similar Blogs</h2><div class="grid">
  <div class="item"><div>June 8, 2026</div><div>|</div>
    <a href="/post/chips"><h3>Chip Maker Opens Plant in Spain</h3></a>
    <p>A maker of chips has opened a plant that will employ nine hundred people near the coast.</p>
    <a href="/post/chips">Read more</a></div>
  <div class="item"><div>June 7, 2026</div><div>|</div>
    <a href="/post/trains?utm_source=x"><h3>Trains Learn to Brake Alone</h3></a>
    <p>A railway has tried a brake that watches the track by itself and found it good.</p>
    <a href="/post/trains">Read more</a></div>
  <div class="item"><a href="/post/x-ray"><h3>Clinic and Firm Build X-Ray Model</h3></a></div>
</div></div>"""
TOOLS = """
<div class="tools"><div>Featured tools</div><div class="list">
  <div class="tool"><h4>Voice Maker</h4><div>Free</div><p>Reads any text aloud in forty voices and languages.</p>
    <div>#</div><div>Text to Speech</div><a href="/t/voice">Learn more</a></div>
  <div class="tool"><h4>Page Raiser</h4><div>Freemium</div><p>Builds a small web page from a few sentences.</p>
    <div>#</div><div>Startup Tools</div><div>#</div><div>Coding</div><a href="/t/raiser">Learn more</a></div>
</div></div>"""
HEAD = """<link rel="canonical" href="https://news.example/post/x-ray?utm_campaign=a">
<meta property="og:title" content="Clinic and Firm Build X-Ray Model | Example News">
<meta property="og:site_name" content="Example News"><meta property="og:image" content="/img/x.jpg">"""


@pytest.fixture(scope="module")
def blog():
    return read_html(page(variant("desktop") + TOOLS + variant("mobile") + CARDS, HEAD))


def test_a_body_that_stands_twice_is_given_once(blog):
    assert blog.body == "\n\n".join(PARAGRAPHS)


def test_title_dek_date_and_credit_stand_apart_from_the_body(blog):
    assert blog.title == "Clinic and Firm Build X-Ray Model"
    assert blog.summary == DEK
    assert blog.date == dt.date(2026, 6, 3)
    assert blog.image.credit == "Harbour Clinic Press"
    assert blog.image.src == "https://news.example/img/x.jpg"
    assert blog.source.name == "Example News"
    assert blog.source.url == "https://news.example/post/x-ray"


def test_similar_cards_without_the_page_itself(blog):
    assert blog.similar == (
        SimilarCard(
            "Chip Maker Opens Plant in Spain",
            dt.date(2026, 6, 8),
            "A maker of chips has opened a plant that will employ nine hundred people near the coast.",
            "https://news.example/post/chips",
        ),
        SimilarCard(
            "Trains Learn to Brake Alone",
            dt.date(2026, 6, 7),
            "A railway has tried a brake that watches the track by itself and found it good.",
            "https://news.example/post/trains",
        ),
    )


def test_tools(blog):
    assert blog.tools == (
        ToolCard("Voice Maker", "Free", "Reads any text aloud in forty voices and languages.", ("Text to Speech",)),
        ToolCard(
            "Page Raiser", "Freemium", "Builds a small web page from a few sentences.", ("Startup Tools", "Coding")
        ),
    )


def article(inner: str, head: str = "", lang: str = "en") -> str:
    return page(f'<article><h1>Clinic and firm build a model</h1><div class="text">{inner}</div></article>', head, lang)


@pytest.mark.parametrize(
    ("beside", "lang"),
    [
        ('<p>Read also: <a href="/a">Nine hospitals merge their kitchens</a></p>', "en"),
        ('<p>Lesen Sie auch: <a href="/a">Neun Kliniken legen ihre Küchen zusammen</a></p>', "de"),
        ('<p>À lire aussi : <a href="/a">Neuf hôpitaux réunissent leurs cuisines</a></p>', "fr"),
        ('<p>Lee también: <a href="/a">Nueve hospitales unen sus cocinas</a></p>', "es"),
        ('<p>Leggi anche: <a href="/a">Nove ospedali uniscono le cucine</a></p>', "it"),
        ('<p>Leia também: <a href="/a">Nove hospitais unem as suas cozinhas</a></p>', "pt"),
        ('<p>Lees ook: <a href="/a">Negen ziekenhuizen voegen hun keukens samen</a></p>', "nl"),
        ('<p>Czytaj także: <a href="/a">Dziewięć szpitali łączy kuchnie</a></p>', "pl"),
        ('<p>Les også: <a href="/a">Ni sykehus slår sammen kjøkkenene</a></p>', "no"),
        ('<p><a href="/a">Nine hospitals merge their kitchens after long talks</a></p>', "en"),
        ("<p>Sign up for our newsletter and get the news in your inbox every morning.</p>", "en"),
        ("<p>© 2026 Example News. All rights reserved.</p>", "en"),
        (
            '<figure><img src="a.jpg"><figcaption>A doctor looks at an X-ray image in her office</figcaption></figure>',
            "en",
        ),
        ("<aside><p>Nine hospitals merge their kitchens after talks that took two years.</p></aside>", "en"),
        ('<div class="author-bio"><p>Ann Bo writes about hospitals and lives in a town by the sea.</p></div>', "en"),
        ('<ul><li><a href="/a">Nine hospitals merge</a></li><li><a href="/b">A bridge is closed</a></li></ul>', "en"),
    ],
)
def test_what_stands_beside_the_text_is_left_out(beside, lang):
    read = read_html(article(text(*PARAGRAPHS[:2]) + beside + text(*PARAGRAPHS[2:]), lang=lang))
    assert read.body == "\n\n".join(PARAGRAPHS)


def test_headings_lists_and_quotes_are_kept():
    inner = (
        text(*PARAGRAPHS[:2])
        + "<h2>What comes next</h2>"
        + text(PARAGRAPHS[2])
        + "<ul><li>an audit by an outside laboratory every year</li><li>a report that anyone may read in full</li></ul>"
        + f"<blockquote><p>{PARAGRAPHS[3]}</p></blockquote>"
        + text("The trial is paid for by the state, which will decide on its future in the coming winter.")
    )
    body = read_html(article(inner)).body
    assert "## What comes next" in body
    assert "- an audit by an outside laboratory every year\n- a report that anyone may read in full" in body
    assert f"> {PARAGRAPHS[3]}" in body


def test_an_article_cut_in_pieces_is_joined():
    first = f'<div class="chunk">{text(*PARAGRAPHS)}</div>'
    later = [p.replace("a", "o") for p in PARAGRAPHS]
    second = f'<div class="ad"><p>Advertisement</p></div><div class="chunk">{text(*later)}</div>'
    read = read_html(page(f"<article><h1>Clinic and firm build a model</h1>{first}{second}</article>"))
    assert read.body == "\n\n".join([*PARAGRAPHS, *later])


def test_text_behind_a_gate_is_taken_from_the_data():
    whole = "\n".join(f"{p} Part {n}." for n in range(4) for p in PARAGRAPHS)
    data = {"@type": "NewsArticle", "headline": "Clinic and firm build a model", "articleBody": whole}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert read_html(article(text(PARAGRAPHS[0]), head)).body == whole.replace("\n", "\n\n")


@pytest.mark.parametrize(
    ("line", "date", "code"),
    [
        ("Published 3 June 2026", dt.date(2026, 6, 3), None),
        ("3 hours ago", None, "date-relative"),
        ("03/04/2026", None, "date-ambiguous"),
        ("Updated 5 June 2026", None, "date-updated"),
        ("June 2026", None, "date-missing"),
    ],
)
def test_the_visible_date(line, date, code):
    read = read_html(article(f"<div>{line}</div>{text(*PARAGRAPHS)}"))
    assert read.date == date
    assert [f.code for f in read.findings if f.code.startswith("date-")] == ([code] if code else [])


@pytest.mark.parametrize(
    ("stamp", "shown", "day"),
    [
        ("2026-06-03T23:30:00Z", "June 4, 2026", 4),
        ("2026-06-04T02:30:00+00:00", "June 3, 2026", 3),
        ("2026-06-03T23:30:00+02:00", "June 4, 2026", 3),
        ("2026-06-03", "June 4, 2026", 3),
        ("2026-06-03T23:30:00Z", "June 9, 2026", 3),
    ],
)
def test_the_day_is_the_pages_own(stamp: str, shown: str, day: int):
    head = f'<meta property="article:published_time" content="{stamp}">'
    assert read_html(article(f"<div>{shown}</div>{text(*PARAGRAPHS)}", head)).date == dt.date(2026, 6, day)


def codes(head: str, *paragraphs: str) -> list[str]:
    dated = '<meta property="article:published_time" content="2026-06-03">'
    return [f.code for f in read_html(article(text(*paragraphs), dated + head)).findings]


def test_a_text_that_must_be_paid_for_is_kept_and_told():
    data = {"@type": "NewsArticle", "headline": "Clinic and firm build a model", "isAccessibleForFree": "False"}
    gate = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert codes(gate, *PARAGRAPHS[:2]) == ["text-short"]
    assert PARAGRAPHS[0] in read_html(article(text(*PARAGRAPHS[:2]), gate)).body
    assert codes(gate, *[f"{p} {n}." for n in range(9) for p in PARAGRAPHS]) == []
    assert codes("", *PARAGRAPHS[:2]) == []


@pytest.mark.parametrize("inside", ["<img src='a.jpg'>", "<video src='a.mp4'></video>", "<iframe></iframe>"])
def test_a_menu_is_no_text(inside: str):
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
    found = read_html(page(f"{menu}<article><h1>A Gate in Thorne</h1>{inside}</article><footer>© 2026</footer>"))
    assert (found.body, [f.code for f in found.findings]) == ("", ["text-missing", "date-missing"])


@pytest.mark.parametrize(
    ("heading", "window"),
    [
        ("<span class='kicker'>Harbour</span> <span>A Gate Opens in Thorne</span>", "A Gate Opens in Thorne | Gazette"),
        ("<span class='descriptor'>Title:</span>A Gate Opens in Thorne", "[2606.00123] A Gate Opens in Thorne"),
    ],
)
def test_a_kicker_or_a_label_is_no_part_of_the_title(heading: str, window: str):
    found = read_html(page(f"<article><h1>{heading}</h1>{text(*PARAGRAPHS)}</article>", f"<title>{window}</title>"))
    assert found.title == "A Gate Opens in Thorne"


def test_a_heading_behind_the_name_of_the_site_is_the_title():
    window = "<title>Thorne Gazette: A Gate Opens in Thorne</title>"
    found = read_html(
        f"<html><head>{window}</head><body><center><h2>A Gate Opens in Thorne</h2></center>{text(*PARAGRAPHS)}"
    )
    assert found.title == "A Gate Opens in Thorne"


def test_a_title_may_begin_like_a_label():
    html = page(f"<article><h1>Subject: the gate of Thorne</h1>{text(*PARAGRAPHS)}</article>")
    assert read_html(html).title == "Subject: the gate of Thorne"


def test_two_titles_that_say_different_things_are_told():
    assert codes(
        '<meta property="og:title" content="Why doctors are afraid of a clinic and its machines">', *PARAGRAPHS
    ) == ["title-ambiguous"]
    assert codes('<meta property="og:title" content="Clinic and Firm Build X-Ray Model | News">', *PARAGRAPHS) == []


def test_only_a_day_of_change_is_told():
    changed = '<meta property="article:modified_time" content="2026-06-09T10:00:00Z">'
    found = read_html(article(text(*PARAGRAPHS), changed)).findings
    assert [f.code for f in found] == ["date-updated"]


def test_the_visible_date_is_not_that_in_the_head_of_the_site():
    clock = "<header><span>Saturday, June 6, 2026</span><nav><a href='/'>Home</a></nav></header>"
    own = f"<article><h1>Clinic and Firm Build X-Ray Model</h1><p>June 3, 2026</p>{text(*PARAGRAPHS)}</article>"
    assert read_html(page(clock + own)).date == dt.date(2026, 6, 3)


def test_hostile_markup_leaves_nothing():
    evil = (
        '<p onclick="x()">Words with <a href="javascript:alert(1)">a link</a> and &lt;script&gt;alert(2)&lt;/script&gt;'
        " and so on until the end of the sentence.</p><script>alert(3)</script><iframe src='//x'>frame</iframe>"
        '<p style="display:none">Hidden words that nobody sees on this page at all.</p><!-- <p>comment</p> -->'
    )
    body = read_html(article(text(*PARAGRAPHS) + evil + text(PARAGRAPHS[0].upper()))).body
    assert "<" not in body
    assert "javascript:" not in body
    assert "alert(3)" not in body
    assert "Hidden" not in body
    assert "comment" not in body


@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe", b"plain words", "<", b"<p", b"<html></html>"], ids=repr)
def test_no_page_gives_an_empty_article_with_a_warning(data):
    read = read_html(data)
    assert read.title is None
    assert any(finding.code == "text-missing" for finding in read.findings)


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (lambda n: "<div>" * n, 25_000),
        (lambda n: "<b>x" * n, 75_000),
        (lambda n: "<table><tr><td>" * n, 12_500),
        (lambda n: "<p " + " ".join(f"a{i}" for i in range(n)) + ">x", 50_000),
    ],
    ids=["deep", "many", "tables", "attributes"],
)
def test_the_time_for_monstrous_markup_grows_with_its_size(make: Callable[[int], str], size: int):
    assert_linear(lambda n: read_html(make(n)), size)


def test_bytes_and_text_read_alike():
    html = article(text(*(p + " Größe, café." for p in PARAGRAPHS)))
    assert read_html(html) == read_html(html.encode()) == read_html(html.encode("utf-16"))


def test_reading_without_the_extra_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtra, match=r"pip install 'site-builder\[html\]'"):
        read_html(article(text(*PARAGRAPHS)))


def test_a_dek_that_is_all_the_text_is_in_the_body_too():
    text = "The harbour office opened its gate to outside engineers on Monday, after three winters of late closings."
    page = read_html(
        f"<html lang=en><head><title>Gate opens</title><meta name=description content='{text}'></head>"
        f"<body><h1>Gate opens</h1><div class=summary>{text}</div></body></html>"
    )
    assert page.body == text


def test_a_heading_that_ends_a_trail_of_breadcrumbs_is_not_the_title():
    trail = '<ol><li><a href="/">Home</a></li><li><h1 data-breadcrumb-headline>Gates in short: all news</h1></li></ol>'
    data = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Thorne opens its old gate"}</script>'
    text = "<p>The harbour office opened its gate to outside engineers on Monday, after three late winters.</p>"
    html = f"<html><head><title>Gates in short: all news</title>{data}</head><body>{trail}<article>"
    assert read_html(f"{html}<h2>Thorne opens its old gate</h2>{text * 3}</article></body></html>").title == (
        "Thorne opens its old gate"
    )
    assert read_html(f"{html}{text * 3}</article></body></html>").title == "Gates in short: all news"
