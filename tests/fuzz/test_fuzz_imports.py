"""Whatever is imported: pages, structured data, feeds, e-mails and pastes, whole, broken, and in every encoding."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.fuzzing import sized
from tests.helpers.fuzzing_imports import hold_import

pytestmark = pytest.mark.fuzz

PAGES: Final = sorted((Path(__file__).parents[2] / "bench" / "importers" / "pages").glob("*.[ht]*t*"))
STRINGS: Final = (
    "", " ", "x", "A title of a few words", "\0", "\x07", "\u2028", "\u202e", "e\u0301", "😀", "<b>x</b>", "&amp;lt;", "]]>", "---", "- x", "{{ x }}", "'", '"', "\\", "title: x", "x\n---\ny", "# x", "x" * 6000, "word " * 400,
    "2026-06-03", "2026-06-03T10:00:00Z", "2026-13-45", "yesterday", "Wed, 03 Jun 2026 10:00:00 GMT", "0000-00-00", "99999-01-01", "1750000000", "-1", "1e999", "NaN",
    "https://example.org/a", "http://[::1", "//x", "javascript:alert(1)", "data:,x", "/a/b", "mailto:a@b", "https://example.org/\u202ex y", "http://\0", "en", "de-DE", "xx_YY", "search", "Index", "404", "Feed",
)  # fmt: skip
scalars = (
    st.sampled_from(STRINGS)
    | st.text(max_size=20)
    | st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
)
KEYS: Final = ("@context", "@type", "@graph", "@id", "headline", "name", "datePublished", "dateModified", "author", "publisher", "image", "url", "mainEntityOfPage", "articleBody", "description", "keywords", "inLanguage", "isPartOf", "logo",
               "version", "title", "items", "id", "content_html", "content_text", "summary", "date_published", "authors", "tags", "external_url", "home_page_url", "feed_url", "language")  # fmt: skip
data = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=15,
)


def as_json(value: Any) -> str:
    return json.dumps(value)


json_ld = st.fixed_dictionaries(
    {"@type": st.sampled_from(["Article", "NewsArticle", ["Article", 1], None, {}])},
    optional=dict.fromkeys(KEYS[2:], data),
).map(as_json)
html = st.builds(
    "<html lang='{}'><head><title>{}</title><meta property='og:{}' content='{}'><meta name=date content='{}'><link rel=canonical href='{}'><script type='application/ld+json'>{}</script></head><body><article><h1>{}</h1>{}</article></body></html>".format,
    *(st.sampled_from(STRINGS),) * 2, st.sampled_from(["title", "image", "url", "description", "site_name", "locale"]), *(st.sampled_from(STRINGS),) * 3, json_ld, st.sampled_from(STRINGS),
    st.lists(st.sampled_from(STRINGS).map("<p>{}</p>".format) | st.sampled_from(["<ul><li>", "<table><tr><td>", "<pre>", "<a href='//x'>y</a>", "<img src=x>", "<h2>Read more</h2><ul><li><a href='/b'>B</a></ul>", "</article>", "<!--", "<math>", "<svg>", "<b>" * 300]), max_size=6).map("".join),
)  # fmt: skip
json_feed = st.fixed_dictionaries(
    {
        "version": st.sampled_from(["https://jsonfeed.org/version/1.1", "", None, 1]),
        "title": data,
        "items": st.lists(st.dictionaries(st.sampled_from(KEYS), data, max_size=6), max_size=3) | data,
    }
).map(as_json)
text_elements = st.tuples(st.sampled_from(["title", "link", "guid", "id", "pubDate", "published", "updated", "description", "content", "summary", "author", "category", "content:encoded", "dc:date", "x:y"]), st.sampled_from(STRINGS), st.booleans()).map(
    lambda e: f"<{e[0]}>{f'<![CDATA[{e[1]}]]>' if e[2] else e[1].replace('<', '&lt;')}</{e[0]}>"
)  # fmt: skip
entry = st.lists(
    text_elements
    | st.sampled_from(
        [
            "<link href='https://example.org/a'/>",
            "<link rel=x/>",
            "<enclosure/>",
            "<author><name>N</name></author>",
            "<content type='xhtml'><div>x</div></content>",
            "&nbsp;",
            "<![CDATA[",
        ]
    ),
    max_size=6,
).map("".join)
HEADS: Final = (
    "<?xml version='1.0'?>",
    "<?xml version='1.0' encoding='utf-16'?>",
    "<?xml version='1.0' encoding='no-such'?>",
    "<?xml version='1.1'?>",
    "",
    "<!DOCTYPE x [<!ENTITY a 'aaa'><!ENTITY b '&a;&a;'>]>",
    "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
)
xml_feed = st.builds(
    lambda head, form, entries: head + form.replace("{}", "".join(entries)), st.sampled_from(HEADS),
    st.sampled_from(["<rss version='2.0' xmlns:content='c' xmlns:dc='d'><channel><title>F</title>{}</channel></rss>", "<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>", "<rdf:RDF xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/'>{}</rdf:RDF>", "<rss>{}", "<feed>{}</feed>", "<opml version='2.0'><body><outline xmlUrl='x'>{}</outline></body></opml>", "<urlset>{}</urlset>"]),
    st.lists(st.tuples(st.sampled_from(["item", "entry"]), entry).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"), max_size=3),
)  # fmt: skip
mails = st.builds(
    "From: {}\r\nSubject: {}\r\nDate: {}\r\nMIME-Version: 1.0\r\nContent-Type: {}\r\nContent-Transfer-Encoding: {}\r\n\r\n{}\r\n".format,
    *(st.sampled_from(STRINGS),) * 3, st.sampled_from(["text/plain", "text/html; charset=no-such", "multipart/mixed; boundary=b", "multipart/alternative", ""]), st.sampled_from(["base64", "quoted-printable", "x"]), st.sampled_from(["=?utf-8?q?=FF?=", "--b\r\n\r\nx\r\n--b--", "=ZZ=", "x" * 50]),
)  # fmt: skip
real = st.sampled_from(PAGES).map(lambda path: path.read_bytes().decode("utf-8", "replace"))
sources = (
    html
    | json_feed
    | xml_feed
    | mails
    | json_ld
    | real
    | st.lists(st.sampled_from(STRINGS), max_size=12).map("\n".join)
)


@st.composite
def broken(draw: st.DrawFn) -> str:
    """A source from which something is cut, in which something is repeated, or into which something is put."""
    text = draw(sources)
    for _ in range(draw(st.integers(0, 3))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 200))
        piece = draw(
            st.sampled_from(
                [
                    "",
                    "",
                    "<",
                    ">",
                    "\0",
                    "]]>",
                    "<!--",
                    '"',
                    "&#x110000;",
                    "&#xD800;",
                    "{",
                    "[" * 50,
                    "\ufeff",
                    text[at : at + length],
                ]
            )
        )
        text = text[:at] + piece + text[at + (draw(st.sampled_from([0, length]))) :]
    return text


@sized(6)
@given(
    text=broken(),
    encoding=st.sampled_from(["utf-8"] * 5 + ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252"]),
    form=st.sampled_from([None] * 5 + ["text", "html", "feed"]),
)
def test_anything_is_imported_or_reported(text, encoding, form):
    hold_import("x.txt", text.encode(encoding, "replace"), form)
