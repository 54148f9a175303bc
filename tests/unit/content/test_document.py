"""A file's bytes to a LoadResult. No bytes at all may raise."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from site_builder.config import MarkdownOptions
from site_builder.content.codec import decode_record, encode_record
from site_builder.content.document import is_a, load_document, permalink_of
from site_builder.content.listing.discover import SourceFile
from site_builder.content.schema import Article, Topic
from site_builder.content.vocabulary import Kind, Status
from site_builder.urls import SourcePath
from tests.helpers.site import article

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code", "footnotes", "attr_list"))
PIECES = (
    "---\n", "---", "...\n", "title: A\n", "date: 2026-06-03\n", "summary: s\n", "source: {name: n}\n",
    "- ", "? ", ": ", ":", "&a ", "*a", "!!python/object:os.system ", "!!binary x", "!x ", "<<: ", "[",
    "]", "{", "}", "'", '"', "|\n", ">-\n", "# ", "%YAML 1.2\n", "\t", "  ", "\n", "\r\n", "\\",
    "topics: ", "similar: ", "image: ", "null", "~", "0x_", "0b_", ".inf", "1_0",
    "99999999999999999999999999", "2026-02-30", "[[", "]]", "|", "](", ")", "![", "<", ">", "</a>",
    "<a href=", "<img src=", "<script>", "<!--", "-->", "```\n", "~~~\n", "`", "**", "> ", "1. ",
    "    ", "| - |\n", "[^1]", "[^1]: ", "[x]: ", "#", "&#x110000;", "&#0;", "&amp;", "\x02r0\x03",
    "\x85", "\u2028", "\ufeff", "\u202e", "é", "🦊", "javascript:", "{: #id }", "=", "\x00", "a" * 50,
)  # fmt: skip
pieces = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
bytes_like = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")),
    pieces.map(str.encode),
    pieces.map(lambda t: f"---\n{t}\n---\n{t}".encode()),
    st.tuples(st.sampled_from(["title", "date", "topics", "similar", "source", "image", "order", "x"]), pieces).map(
        lambda p: f"---\n{p[0]}: {p[1]}\n---\n".encode()
    ),
    pieces.map(lambda t: article("A", t).encode()),
)


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(bytes_like, st.sampled_from(Kind))
@example(b"---\ntitle: " + b"[" * 50_000 + b"\n---\n", Kind.ARTICLE)
@example(b"---\n" + b"- " * 50_000 + b"\n---\n", Kind.ARTICLE)
@example(b"---\n? ? ? a\n---\n", Kind.TOPIC)
@example(b"---\ntitle: 0x_\nsummary: .inf\n---\n", Kind.TOPIC)
@example(b"---\n&a [*a]: b\n---\n", Kind.TOPIC)
@example(b"---\n<<: x\n---\n", Kind.TOPIC)
@example(b"---\n<<: [x, {a: b}]\n---\n", Kind.TOPIC)
@example(b"---\ntitle: !!binary x\n---\n", Kind.TOPIC)
@example(b"---\ntitle: !!int x\nsummary: !!timestamp 2026-99-99\n---\n", Kind.TOPIC)
@example(b"---\ntitle: !!float x\n---\n", Kind.TOPIC)
@example(b"---\ntitle: !!bool x\n---\n", Kind.TOPIC)
@example(b"---\ntitle: !!set {a, b}\n---\n", Kind.TOPIC)
@example(b"---\ntitle: !!omap [a: b]\nsummary: !!pairs [a]\n---\n", Kind.TOPIC)
@example(b"---\ntitle: 1\norder: " + b"9" * 5000 + b"\n---\n", Kind.PAGE)
def test_any_bytes_give_a_document_or_findings(data: bytes, kind: Kind):
    source = SourceFile(SourcePath("content/x/a.md"), kind, "a")
    loaded = load_document(source, data, OPTIONS)
    assert loaded.document is not None or any(d.severity == "error" for d in loaded.diagnostics)
    lines = len(data.splitlines()) + 2
    for found in loaded.diagnostics:
        assert 1 <= found.location.line <= lines + data.count(b"\r")
        assert found.location.column >= 1
        assert str(found).encode()
    again = decode_record(encode_record(loaded), source)
    assert (again.document is None) == (loaded.document is None)
    assert (again.diagnostics, again.html) == (loaded.diagnostics, None)
    assert (again.partial is None) == (loaded.partial is None)


@pytest.mark.parametrize(
    ("kind", "slug", "address"),
    [
        (Kind.ARTICLE, "a", "/articles/a/"),
        (Kind.TOPIC, "a", "/topics/a/"),
        (Kind.ENTITY, "a", "/entities/a/"),
        (Kind.TOOL, "a", "/tools/#a"),
        (Kind.PAGE, "about", "/about/"),
        (Kind.PAGE, "index", "/"),
    ],
)
def test_permalinks(kind: Kind, slug: str, address: str):
    assert permalink_of(kind, slug) == address


def test_a_document_is_known_by_its_front_matter():
    source = SourceFile(SourcePath("content/articles/a.md"), Kind.ARTICLE, "a")
    document = load_document(source, article("A").encode(), OPTIONS).document
    assert document is not None
    assert not is_a(document, Topic)
    assert is_a(document, Article)
    assert document.meta.status is Status.PUBLISHED
