"""Titles in RSS say the same to readers that take them for text and to those that take them for HTML."""

import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import feedparser
import pytest

from site_builder.render.json_feed import rss_text
from tests.helpers.growth import assert_linear
from tests.helpers.output import build
from tests.helpers.site import MakeSite, article, topic

TITLES = (
    "Map<K,V> and List<T>",
    "AT&T",
    "R&D; Q&A & more",
    "a < b",
    "a < b and c > d",
    "I <3 this",
    "<script>alert(1)</script> in titles",
    "Bold <b>words</b>",
    "The &amp; entity, &lt and &#60;",
    "<!-- x --> ]]> <![CDATA[ y ]]>",
    "</title> </item>",
    "\"Quotes\" and 'more'",
)


def as_text(markup: str) -> str:
    """A text as XML readers see it, in an element and in an attribute."""
    element = ET.fromstring(f'<a b="{markup}">{markup}</a>')
    assert element.text == element.attrib["b"]
    return str(element.text)


class _Shown(HTMLParser):
    """Notes the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def as_html(text: str) -> str:
    """What of it a browser shows."""
    parser = _Shown()
    parser.feed(text)
    parser.close()
    return parser.text


@pytest.mark.parametrize("title", TITLES)
def test_readers_that_take_them_for_html_show_all(title: str):
    assert as_html(as_text(rss_text(title))) == title


@pytest.mark.parametrize("title", ["AT&T", "R&D; Q&A & more", "a < b", "I <3 this", "\"Quotes\" and 'more'"])
def test_what_reads_the_same_either_way_is_written_once(title: str):
    assert as_text(rss_text(title)) == title


def test_references_are_those_that_most_readers_understand():
    assert rss_text("a & b < c > d") == "a &#x26;amp; b &#x26;lt; c &#x26;gt; d"
    assert rss_text("a & b") == "a &#x26; b"


def test_feeds_and_their_list(make_site: MakeSite):
    files = {f"content/articles/a{n}.md": article(t, topics=["t"], summary=t) for n, t in enumerate(TITLES)}
    root = make_site({**files, "content/topics/t.md": topic("Map<K,V>")})
    build(root, site_dir=root / "out")
    out: Path = root / "out"
    entries = feedparser.parse(out.joinpath("feed.xml").read_bytes()).entries
    assert sorted(as_html(entry.title) for entry in entries) == sorted(TITLES)
    items = ET.fromstring(out.joinpath("feed.xml").read_bytes()).findall(".//item")
    assert sorted(as_html(item.findtext("description") or "") for item in items) == sorted(TITLES)
    assert {item.findtext("category") for item in items} == {"Map<K,V>"}
    atom = feedparser.parse(out.joinpath("atom.xml").read_bytes()).entries
    assert sorted(entry.title for entry in atom) == sorted(TITLES)
    outlines = ET.fromstring(out.joinpath("feeds.opml").read_bytes()).findall(".//outline[@xmlUrl]")
    assert any("Map&lt;K,V&gt;" in o.attrib["text"] and "Map<K,V>" in o.attrib["title"] for o in outlines)


def test_many_signs_take_no_longer_than_they_are():
    assert_linear(lambda size: rss_text("<" * size), 10_000)
