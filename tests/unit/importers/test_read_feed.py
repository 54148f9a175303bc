import contextlib
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.importers.imported_article import ImportedArticle, KnownArticle, Origin
from site_builder.importers.read.feed.feed_error import FeedError
from site_builder.importers.read.feed.raw_entry import MAX_ENTRIES
from site_builder.importers.read.feed.read_feed import (
    FeedEntry,
    count_entries,
    looks_like_feed,
    new_entries,
    read_feed,
)
from site_builder.urls import SourcePath
from tests.helpers.growth import assert_linear

pytest.importorskip("lxml")

URL = "https://news.example/feed.xml"
LONG = "A sentence that goes on for a while and says little. " * 15


def says(article: ImportedArticle) -> list[str]:
    return [f"{finding.text} [{finding.code}]" for finding in article.findings]


def rss(items: str, attributes: str = 'version="2.0"') -> bytes:
    return f"<?xml version='1.0'?>\n<rss {attributes}><channel><title>The News</title>{items}</channel></rss>".encode()


def one(data: bytes, url: str | None = URL) -> ImportedArticle:
    (entry,) = read_feed(data, url=url)
    return entry.article


def item(inner: str) -> ImportedArticle:
    spaces = (
        'version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    )
    return one(rss(f"<item>{inner}<category>any</category></item>", spaces))


RSS2 = b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand --><?xml-stylesheet href="x.css"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:x="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The &lt;b&gt;News&lt;/b&gt;</title><link>https://news.example/</link><language>en-us</language>
<item><title>Fish &amp;amp; chips are &lt;i&gt;back&lt;/i&gt;</title>
<link>https://news.example/fish?utm_source=rss</link>
<guid isPermaLink="false">tag:1</guid><pubDate>Tue, 05 Mar 2024 23:30:00 -0800</pubDate>
<x:creator>Ann Bee</x:creator><category>Food</category><category>food</category><category>Uncategorized</category>
<description><![CDATA[<p>What a day it was, in short.</p>]]></description>
<content:encoded><![CDATA[<p>First <a href="/more">link</a>.</p>
<p>Second <b>bold</b>.</p><script>alert(1)</script>]]></content:encoded>
<media:content url="/fish.jpg" medium="image"><media:credit>Cee Dee</media:credit></media:content></item>
</channel></rss>"""


def test_by_is_no_part_of_a_name():
    assert item("<title>t</title><author>By Ann Bo</author>").author == "Ann Bo"


def test_entries_are_counted():
    assert count_entries(rss("")) == (0, 0)
    assert count_entries(rss("<item><title>a</title></item><item/>")) == (1, 1)


def test_rss_2() -> None:
    (entry,) = read_feed(RSS2, url=URL)
    article = entry.article
    assert entry.key == "tag:1"
    assert article.title == "Fish & chips are back"
    assert article.date == dt.date(2024, 3, 5)
    assert article.summary == "What a day it was, in short."
    assert article.body == "First [link](https://news.example/more).\n\nSecond **bold**."
    assert article.source == Origin("The News", "https://news.example/fish")
    assert (article.image.src, article.image.credit) == ("https://news.example/fish.jpg", "Cee Dee")
    assert (article.author, article.language, article.keywords) == ("Ann Bee", "en-US", ("Food",))
    assert article.findings == ()


ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://blog.example/x/">
<title type="html">Blog &amp;amp; more</title>
<author><name>Feed Person</name></author>
<entry><id>urn:1</id><title>1 &lt; 2</title><link rel="self" href="self"/>
<link rel="alternate" type="text/html" href="one"/>
<link rel="enclosure" type="image/png" href="one.png"/>
<published>2024-02-29T23:59:00+05:00</published><updated>2025-01-01T00:00:00Z</updated>
<category term="t" label="Label"/><summary>Short and plain.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>Hello <em>you</em></p><ul><li>a</li></ul></div></content></entry>
<entry><id>urn:2</id><title type="text">Two</title><updated>2025-01-01T00:00:00Z</updated>
<author><name>Own Person</name></author>
<content type="html">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>"""


def test_atom() -> None:
    first, second = (e.article for e in read_feed(ATOM))
    assert (first.title, first.date, first.summary) == ("1 < 2", dt.date(2024, 2, 29), "Short and plain.")
    assert first.body == "Hello *you*\n\n- a"
    assert first.source == Origin("Blog & more", "https://blog.example/x/one")
    assert first.image.src == "https://blog.example/x/one.png"
    assert (first.author, first.language, first.keywords) == ("Feed Person", "de", ("Label",))
    assert (second.author, second.date, second.body) == ("Own Person", None, "x")
    assert says(second) == ["the feed does not say when this was published, only when it was changed [feed-date]"]


def test_rss_1() -> None:
    data = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="c"><title>Old News</title></channel>
      <item rdf:about="https://old.example/1"><title>One</title><link>https://old.example/1</link>
      <dc:date>2003-07-01T10:00Z</dc:date><dc:subject>History</dc:subject></item></rdf:RDF>"""
    (entry,) = read_feed(data)
    assert (entry.key, entry.article.title) == ("https://old.example/1", "One")
    assert (entry.article.date, entry.article.keywords) == (dt.date(2003, 7, 1), ("History",))
    assert entry.article.source == Origin("Old News", "https://old.example/1")


def test_rss_091_with_its_document_type() -> None:
    head = b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x.example/rss-0.91.dtd">'
    article = one(
        head + b"<rss version='0.91'><channel><title>N</title><item><title>caf&eacute;</title></item></channel></rss>"
    )
    assert article.title == "caf\u00e9"


def json_feed(*items: Any, **fields: Any) -> bytes:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "J & Co", "items": items, **fields}
    return json.dumps(feed).encode()


def test_json_feed() -> None:
    entry = {
        "id": 7,
        "url": "/seven?fbclid=x",
        "title": "Seven <3",
        "content_text": "One.\n\nTwo & <b>.",
        "date_published": "2024-05-06T07:08:09Z",
        "authors": [{"name": "Ann"}, {"name": "Bob"}, {"url": "x"}, 3],
        "tags": ["a", 1, None, {}],
        "image": "i.png",
        "language": "pt_br",
    }
    (got,) = read_feed(json_feed(entry), url=URL)
    article = got.article
    assert (got.key, article.title, article.date) == ("7", "Seven <3", dt.date(2024, 5, 6))
    assert article.body.startswith("One.\n\nTwo & ")
    assert "<b>" not in article.body
    assert article.source == Origin("J & Co", "https://news.example/seven")
    assert (article.author, article.keywords, article.language) == ("Ann, Bob", ("a", "1"), "pt-BR")
    assert article.image.src == "https://news.example/i.png"


def test_json_feed_of_wrong_types() -> None:
    entry: dict[str, Any] = {
        k: [{}] for k in ("id", "url", "title", "content_html", "date_published", "image", "language", "summary")
    }
    entry["content_text"] = "Text."
    (got,) = read_feed(json_feed(entry, 3, None, title=["x"], authors=3))
    assert (got.article.title, got.article.author) == (None, None)
    assert "2 entries of the feed are empty or not in the form of one, and left out [feed-skipped]" in says(got.article)
    assert got.key.startswith("sha256:")
    assert one(json_feed({"id": "1", "title": "a\ud800b", "author": {"name": "Old"}})).author == "Old"


# Single fields


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Mon, 02 Jan 2023 10:00:00 GMT", dt.date(2023, 1, 2)),
        ("2 Jan 2023 10:00 +0100", dt.date(2023, 1, 2)),
        ("2023-01-02T23:59:59.123+14:00", dt.date(2023, 1, 2)),
        ("2023-01-02", dt.date(2023, 1, 2)),
        ("2. Januar 2023", dt.date(2023, 1, 2)),
        ("2023-02-30", None),
        ("Mon, 32 Jan 2023 10:00:00 GMT", None),
        ("20230102T100000Z", dt.date(2023, 1, 2)),
        ("1672653600", dt.date(2023, 1, 2)),
        ("1672653600000", dt.date(2023, 1, 2)),
        ("01/02/2023", None),
        ("soon", None),
        ("9999999999999999999", None),
        ("0000-00-00", None),
    ],
)
def test_dates(written: str, day: dt.date | None) -> None:
    article = item(f"<title>t</title><pubDate>{written}</pubDate>")
    assert article.date == day
    assert (f'the date "{written}" could not be read [feed-date]' in says(article)) is (day is None)


@pytest.mark.parametrize(
    ("description", "summary"),
    [
        ("Own words.", "Own words."),
        ("A sentence that goes on", None),
        ("&lt;p&gt;A sentence that goes on for a wh…&lt;/p&gt;", None),
        ("A sentence that goes on [&amp;#8230;] Continue reading &amp;rarr;", None),
        ("A sentence that goes on The post A appeared first on The News.", None),
        ("Own words. The post A appeared first on The News.", "Own words."),
        ("The title", None),
        ("", None),
    ],
)
def test_summary(description: str, summary: str | None) -> None:
    body = f"<content:encoded>&lt;p&gt;{LONG}&lt;/p&gt;</content:encoded>"
    assert item(f"<title>The Title!</title><description>{description}</description>{body}").summary == summary


def test_description_alone() -> None:
    short = item("<description>Just this.</description>")
    assert (short.summary, short.body) == ("Just this.", "")
    assert "the feed has no more than a summary of this entry [feed-no-text]" in says(short)
    long = item(f"<description>{LONG}\n\nAnd so on.</description>")
    assert (long.summary, long.body) == (None, f"{LONG.strip()}\n\nAnd so on.")


def test_wordpress_footer_is_left_out() -> None:
    footer = '<p>The post <a href="https://a.example/1">T</a> appeared first on <a href="https://a.example">A</a>.</p>'
    assert item(f"<content:encoded><![CDATA[<p>Text.</p>{footer}]]></content:encoded>").body == "Text."


@pytest.mark.parametrize(
    ("xml", "src"),
    [
        ('<enclosure url="a.png" type="image/png" length="1"/>', "https://news.example/a.png"),
        ('<enclosure url="a.mp3" type="audio/mpeg"/>', None),
        (
            '<media:group><media:content url="a" medium="video"/><media:content url="b" type="image/x"/></media:group>',
            "https://news.example/b",
        ),
        ('<media:thumbnail url="t.jpg"/>', "https://news.example/t.jpg"),
        ('<media:thumbnail url="t.jpg"/><media:content url="c.webp"/>', "https://news.example/c.webp"),
        ('<itunes:image href="//cdn.example/i"/>', "https://cdn.example/i"),
        ('<enclosure url="data:image/png;base64,AA" type="image/png"/>', None),
    ],
)
def test_image(xml: str, src: str | None) -> None:
    assert item(xml).image.src == src


@pytest.mark.parametrize(
    ("xml", "author"),
    [
        ("<author>ann@news.example (Ann Bee)</author>", "Ann Bee"),
        ("<author>ann@news.example</author>", None),
        ("<author>Ann Bee &lt;ann@news.example&gt;</author>", "Ann Bee"),
        ("<dc:creator>A</dc:creator><dc:creator>B</dc:creator>", "A, B"),
        ("<itunes:author>Cee</itunes:author>", "Cee"),
    ],
)
def test_author(xml: str, author: str | None) -> None:
    assert item(xml).author == author


@pytest.mark.parametrize(
    ("xml", "url"),
    [
        ("<link>https://a.example/?a=1&b=2</link>", "https://a.example/?a=1&b=2"),
        ("<link><![CDATA[https://a.example/?a=1&b=2]]></link>", "https://a.example/?a=1&b=2"),
        ("<guid>https://a.example/g</guid>", "https://a.example/g"),
        ('<guid isPermaLink="false">https://a.example/g</guid>', None),
        ('<atom:link href="https://a.example/l"/>', "https://a.example/l"),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>https://[</link>", None),
    ],
)
def test_address(xml: str, url: str | None) -> None:
    assert item(xml).source.url == url


def test_source_of_an_aggregated_entry() -> None:
    assert item('<source url="https://o.example/feed">The Origin</source>').source.name == "The Origin"


def test_keys() -> None:
    entries = read_feed(
        rss("<item><title>a</title></item><item><title>b</title></item><item><link>http://l.example</link></item>")
    )
    assert [e.key[:7] for e in entries] == ["sha256:", "sha256:", "http://"]
    assert len(read_feed(rss("<item><guid>1</guid></item><item><guid>1</guid></item>"))) == 1


SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)


@pytest.mark.parametrize(
    ("owner", "own", "author"),
    [
        ("<managingEditor>ed@x.example (Ann Bee)</managingEditor>", "", "Ann Bee"),
        ("<managingEditor>ed@x.example (News Desk)</managingEditor>", "", None),
        ("<managingEditor>ed@x.example</managingEditor>", "", None),
        (
            "<itunes:author>The Show</itunes:author>",
            "<dc:creator>Ann Bee</dc:creator><itunes:author>The Show</itunes:author>",
            "Ann Bee",
        ),
        ("", "<dc:creator>The News</dc:creator>", None),
    ],
)
def test_authors_of_the_feed(owner: str, own: str, author: str | None) -> None:
    data = rss(f"{owner}<item><title>a</title>{own}</item>", f'version="2.0" {SPACES}')
    assert one(data).author == author


@pytest.mark.parametrize(
    ("items", "titles"),
    [
        ("<item><title>a</title><guid>1</guid></item><item><title>b</title><guid>1</guid></item>", ["a", "b"]),
        ("<item><title>a</title><link>/p</link></item><item><title>b</title><link>/p</link></item>", ["a", "b"]),
        ("<item><title>a</title><link>/p#x</link></item><item><title>b</title><link>/p#y</link></item>", ["a", "b"]),
        ("<item><title>a</title><guid>1</guid></item>" * 2, ["a"]),
    ],
    ids=["guid", "link", "fragment", "whole"],
)
def test_entries_that_share_something_are_all_kept(items: str, titles: list[str]) -> None:
    assert [e.article.title for e in read_feed(rss(items), url=URL)] == titles


@pytest.mark.parametrize(
    ("channel", "link", "url"),
    [
        ("<link>https://n.example/</link>", "/p/1", "https://n.example/p/1"),
        (
            '<link>https://n.example/</link><atom:link rel="self" href="https://f.example/feed"/>',
            "/p/1",
            "https://n.example/p/1",
        ),
        ("", "/p/1", None),
    ],
)
def test_relative_addresses_without_that_of_the_feed(channel: str, link: str, url: str | None) -> None:
    data = rss(f"{channel}<item><title>a</title><link>{link}</link></item>", f'version="2.0" {SPACES}')
    assert one(data, url=None).source.url == url


def test_a_link_that_is_lost_is_said_to_be() -> None:
    first, second = read_feed(rss("<item><title>a</title><link>/p/1</link></item><item><title>b</title></item>"))
    assert [f.text for f in first.article.findings if f.code == "feed-link"] == [
        'the link "/p/1" is no whole address, and the feed does not say what it is relative to'
    ]
    assert "feed-link" not in {f.code for f in second.article.findings}


def test_an_entry_without_anything_becomes_no_draft() -> None:
    (only,) = read_feed(rss("<item><title>a</title></item><item/><item><pubDate>3 June 2026</pubDate></item>"))
    assert [f.text for f in only.article.findings if f.code == "feed-skipped"] == [
        "2 entries of the feed are empty or not in the form of one, and left out"
    ]


def test_an_entry_of_atom_alone() -> None:
    entry = b"""<?xml version="1.0"?><entry xmlns="http://www.w3.org/2005/Atom"><title>T &lt;b></title>
    <link href="https://b.example/1"/><published>2026-01-02T23:00:00-05:00</published>
    <author><name>Ann Bee</name></author><content>Hello.</content></entry>"""
    assert looks_like_feed(entry)
    article = one(entry)
    assert (article.title, article.author, article.body) == ("T <b>", "Ann Bee", "Hello.")
    assert (article.date, article.source.url) == (dt.date(2026, 1, 2), "https://b.example/1")


def test_an_entry_without_a_title_is_told() -> None:
    assert "title-missing" in [f.code for f in item("<description>Only words.</description>").findings]


def test_a_change_is_no_publication() -> None:
    spaces = f'version="2.0" {SPACES}'
    changed = one(rss("<item><title>a</title><atom:updated>2026-01-02</atom:updated></item>", spaces))
    dated = one(rss("<item><title>a</title><dc:date>2026-01-02</dc:date></item>", spaces))
    assert (changed.date, dated.date) == (None, dt.date(2026, 1, 2))


def test_a_summary_of_a_podcast_is_not_its_text() -> None:
    both = "<description>Own words.</description><itunes:summary>Others.</itunes:summary>"
    assert item(both).summary == "Own words."
    article = item(f"{both}<content:encoded>&lt;p&gt;The text, longer than the others.&lt;/p&gt;</content:encoded>")
    assert article.body == "The text, longer than the others."


def test_a_careless_json_feed() -> None:
    entry = '{"id": 1, "title": "A", "content_text": "One\ntwo", "authors": "Ann Bee", "author": {"name": "Cee"}}'
    data = f'{{"title": "N", "items": [{entry}]}}'.encode()
    assert looks_like_feed(data)
    assert (one(data).author, one(data).body) == ("Ann Bee, Cee", "One two")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('{"items": [{"title": "A &amp; B &lt;i&gt;", "content_text": "x"}]}', "A & B <i>"),
        ('{"items": [{"title": "A ,] B", "content_text": "x",},],}', "A ,] B"),
        ('{"items": [{"title": "A", "content_text": "x"}]}\n<!-- from the cache -->', "A"),
        ('<b>Warning</b>: x\n{"version": "https://jsonfeed.org/version/1", "items": [{"title": "A"}]}', "A"),
    ],
    ids=["entities", "commas", "behind", "notice"],
)
def test_a_damaged_json_feed(text: str, title: str) -> None:
    assert looks_like_feed(text.encode())
    article = one(text.encode())
    assert article.title == title
    assert ("feed-malformed" in [f.code for f in article.findings]) is ("entities" not in text and "&amp;" not in text)


# Damaged and hostile


NOTICE = b"<br />\n<b>Warning</b>: Division by zero in <b>/srv/x.php</b> on line <b>3</b><br />\n"


def test_a_feed_below_a_message_of_its_server() -> None:
    feed = rss("<item><title>a</title></item>")
    assert looks_like_feed(NOTICE + feed)
    assert "feed-malformed" in [f.code for f in one(NOTICE + feed).findings]
    assert not looks_like_feed(b"<html><body>" + NOTICE + feed)
    assert not looks_like_feed(b"<p>x</p>" * 1_000 + feed)


@pytest.mark.parametrize(
    ("end", "title", "summary"),
    [
        ("<title>a</title><description>One two", "a", "One two"),
        ("<title>a</title><description><![CDATA[<p>One two", "a", "One two"),
        ("<title>a</title><description>One two</descr", "a", "One two"),
        ("<title>a <b>c", "a c", None),
    ],
)
def test_what_there_is_of_a_feed_that_ends_too_early(end: str, title: str, summary: str | None) -> None:
    article = one(f"<rss version='2.0'><channel><item>{end}".encode())
    assert (article.title, article.summary) == (title, summary)
    assert "feed-malformed" in [f.code for f in article.findings]


def test_entries_beyond_the_limit_are_said_to_be_left_out() -> None:
    entries = read_feed(rss("".join(f"<item><title>{i}</title></item>" for i in range(MAX_ENTRIES + 5))))
    assert (len(entries), entries[-1].article.title) == (MAX_ENTRIES, str(MAX_ENTRIES - 1))
    assert [f.code for f in entries[-1].article.findings].count("feed-cut") == 1
    assert "feed-malformed" not in [f.code for f in entries[-1].article.findings]


def test_mended() -> None:
    title, content = b"<title>A & B&nbsp;&copy; &foo; \x01</title>", b"<content:encoded>&lt;p>x</content:encoded>"
    article = read_feed(b"\n <rss><channel><item>" + title + content + b"<item>")[0].article
    assert (article.title, article.body) == ("A & B \u00a9 &foo;", "x")
    assert item("<title>A &&& B &&lt; C</title>").title == "A &&& B &< C"
    assert "the feed is not well-formed; parts may be missing [feed-malformed]" in says(article)


def test_stray_ampersand_alone_is_no_fault() -> None:
    article = item("<title>A & B</title><description>x</description><pubDate>2024-01-01</pubDate>")
    assert [finding.code for finding in article.findings] == ["feed-no-text"]


def test_findings_name_the_file_and_the_line_of_the_entry() -> None:
    items = "<item><title>A</title></item>\n<item><title>B</title></item>"
    data = f"<?xml version='1.0'?>\n<!-- x -->\n<rss><channel>\n{items}</channel></rss>".encode()
    articles = [entry.article for entry in read_feed(data, path=SourcePath("feed.xml"))]
    found = [(str(d.location), d.code) for article in articles for d in article.findings]
    assert found == [(f"feed.xml:{line}:1", code) for line in (4, 5) for code in ("feed-date", "feed-no-text")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings(encoding: str) -> None:
    head = f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?>"
    text = f"{head}<rss><channel><item><title>café</title></item></channel></rss>"
    data = text.encode(encoding)
    assert looks_like_feed(data)
    assert one(data).title == "café"


ENTITIES = (
    b'<?xml version="1.0"?><!-- <rss> --><!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&b;&x;</title></item></channel></rss>'
)


@pytest.mark.parametrize(
    "inside",
    [
        '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY f SYSTEM "file:///etc/passwd">]><title>T&a;&f;</title>',
        '<title xmlns:xi="http://www.w3.org/2001/XInclude">T&a;&f;<xi:include href="file:///etc/passwd"/></title>',
    ],
)
def test_nothing_is_declared_or_included_further_down(inside: str) -> None:
    assert item(inside).title == "T&a;&f;"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "this is neither RSS nor Atom nor JSON Feed; give the address of the feed itself"),
        (b"<html><body>rss</body></html>", "this is neither RSS nor Atom"),
        (b"<?xml version='1.0'?>", "this is neither RSS nor Atom"),
        (b"{", "it is not valid JSON"),
        (b"{}", "this JSON is not a JSON Feed"),
        (b'{"a":' + b"[" * 100_000, "it is not valid JSON"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": {}}', "this JSON Feed has no list of entries"),
        (ENTITIES, "it declares entities of its own"),
        (b"x" * 10_000_001, "it is larger than 10,000,000 bytes"),
    ],
)
def test_no_feed(data: bytes, message: str) -> None:
    with pytest.raises(FeedError) as caught:
        read_feed(data)
    assert str(caught.value).startswith(f"cannot read the feed: {message}")


@pytest.mark.parametrize(
    ("make", "size"),
    [
        pytest.param(lambda n: b"<rss><channel>" + b"<item>" * n, 125_000, id="deep items"),
        pytest.param(lambda n: b"<rss><channel>" + b"<item/>" * n, 125_000, id="many items"),
        pytest.param(lambda n: b"<rss><channel>" + b"<![CDATA[" * n, 125_000, id="open CDATA"),
        pytest.param(lambda n: b"<rss><channel><item><description>" + b"&lt;div&gt;" * n, 75_000, id="deep HTML"),
        pytest.param(
            lambda n: rss(f"<item><description>{'read more ' * 900}</description></item>" * n), 50, id="read more"
        ),
        pytest.param(lambda n: b"<!--" * n, 250_000, id="open comments"),
        pytest.param(lambda n: json_feed({"tags": ["x"] * n, "title": "<" * n}), 125_000, id="many tags"),
    ],
)
def test_the_time_for_large_ones_grows_with_their_size(make: Callable[[int], bytes], size: int) -> None:
    def read(n: int) -> None:
        with contextlib.suppress(FeedError):
            assert len(read_feed(make(n))) <= MAX_ENTRIES

    assert_linear(read, size)


def test_long_texts_are_cut_and_said_to_be() -> None:
    article = item(f"<description>{LONG * 500}</description>")
    assert len(article.body) < 300_001
    assert "feed-cut" in [finding.code for finding in article.findings]


FRAGMENTS = [
    *b"<rss> <channel> <item> </item> <title> </title> <link> http://[ <entry> </entry> <content:encoded>".split(),
    *b"<![CDATA[ ]]> &amp; &#0; & &lt;p&gt; <!-- <? <pubDate> 2024-01-01 <author> \xff\xfe \x00 x < : >".split(),
    *b'{"version":"https://jsonfeed.org/version/1","items":[ {"id": "\\ud800" } ] , 1e999'.split(),
    *(
        b" ",
        b"<feed xmlns='http://www.w3.org/2005/Atom'>",
        b"<content type='xhtml'>",
        b"<!DOCTYPE ",
        b"<media:content ",
    ),
    *(b"<div xmlns='http://www.w3.org/1999/xhtml'>", b"xml:base='//['", b"url='x'/>"),
]


def read_or_refuse(data: bytes) -> tuple[FeedEntry, ...]:
    try:
        return read_feed(data, url=URL)
    except FeedError:
        return ()


@settings(deadline=None)
@given(st.one_of(st.binary(), st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(b"".join)))
def test_any_bytes(data: bytes) -> None:
    looks_like_feed(data)
    for start in (b"", b"<rss><channel><item>", b"<feed><entry>"):
        entries = read_or_refuse(start + data)
        assert len({e.key for e in entries}) == len(entries)
        for entry in entries:
            str(entry).encode()


# Told apart


@pytest.mark.parametrize(
    ("data", "is_feed"),
    [
        (RSS2, True),
        (ATOM, True),
        (json_feed(), True),
        (b'\xef\xbb\xbf {"items": [], "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', True),
        (b"<RSS>", True),
        (b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>", True),
        (b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", True),
        (b"<rdf:RDF xmlns='http://xmlns.com/foaf/0.1/'>", False),
        (b"<!DOCTYPE html><html><link type='application/rss+xml'><rss>", False),
        (b"<!-- <rss> --><html>", False),
        (b"<feedback>", False),
        (ENTITIES, True),
        (b"An article on <rss> and feeds", False),
        (b'{"name": "no feed"}', False),
        (b"---\ntitle: x\n---\n", False),
        (b"", False),
    ],
)
def test_looks_like_feed(data: bytes, is_feed: bool) -> None:
    assert looks_like_feed(data) is is_feed


# New ones


def entry(key: str, title: str, url: str | None = None, date: dt.date | None = None) -> FeedEntry:
    return FeedEntry(key, ImportedArticle(title=title, date=date, source=Origin(url=url)))


def test_new_entries() -> None:
    entries = (
        entry("1", "Known page", "https://a.example/1"),
        entry("2", "Weekly", "https://a.example/2"),
        entry("3", "Same page again", "https://a.example/2#b"),
        entry("4", "Weekly", "https://a.example/4"),
        entry("5", "KNOWN  title"),
        entry("6", "New title"),
        entry("7", "new title"),
        entry("8", "Home", "https://a.example/"),
    )
    known = [
        KnownArticle("http://www.a.example/1/?utm_source=x", "Other"),
        KnownArticle(None, "Known title"),
        KnownArticle("https://a.example", "x"),
    ]
    found = new_entries(entries, known)
    assert [(e.key, e.shares_address) for e in found] == [
        ("2", True),
        ("3", True),
        ("4", False),
        ("6", False),
        ("7", False),
        ("8", True),
    ]
    again = [KnownArticle(e.article.source.url, e.article.title or "") for e in found]
    assert new_entries(entries, [*known, *again]) == ()


def test_entries_of_one_address_and_title_are_told_apart_by_their_days() -> None:
    monday, tuesday = dt.date(2026, 6, 1), dt.date(2026, 6, 2)
    entries = [
        entry("1", "Digest", "https://a.example/d", monday),
        entry("2", "Digest", "https://a.example/d", tuesday),
    ]
    known = [KnownArticle("https://a.example/d", "Digest", monday)]
    assert [e.key for e in new_entries(entries, known)] == ["2"]
