"""What the cache keeps of a document: nothing is lost, and the key covers all that it depends on."""

import pytest

from site_builder.config import MarkdownOptions
from site_builder.content.codec import decode_record, encode_record
from site_builder.content.document import load_document
from site_builder.content.listing.discover import SourceFile
from site_builder.content.listing.record_keys import record_key
from site_builder.content.vocabulary import Kind
from site_builder.urls import SourcePath
from tests.helpers.site import article, entity, page, tool, topic

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code", "footnotes", "attr_list"))

SAMPLES = {
    Kind.ARTICLE: article(
        "A",
        "See [[b]] and [c](c.md).\n\n## Part\n",
        added="2026-06-05",
        similar=["b", {"to": "c", "why": "Near.", "kind": "update"}],
        topics=["law"],
        image={"src": "a.png", "alt": ""},
        provenance={"sha256": "0", "retrieved": "2026-06-01"},
    ),
    Kind.TOPIC: topic("T", "Text.", broader=["u"], keywords=["x"], updated="2026-01-01"),
    Kind.ENTITY: entity("E", "Text.", same_as=["https://example.org/"]),
    Kind.TOOL: tool("L", "Text.", tags=["x"], url="https://example.org/"),
    Kind.PAGE: page("P", "Text.", order=3, publish="2026-01-01", unlisted=True),
}


@pytest.mark.parametrize("kind", Kind)
def test_a_document_survives_the_cache(kind: Kind):
    source = SourceFile(SourcePath(f"content/{kind}/a.md"), kind, "a")
    document = load_document(source, SAMPLES[kind].encode(), OPTIONS).document
    again = decode_record(encode_record(load_document(source, SAMPLES[kind].encode(), OPTIONS)), source).document
    assert document is not None
    assert again is not None
    for name in ("path", "kind", "slug", "meta", "body", "body_line", "title", "permalink"):
        assert getattr(again, name) == getattr(document, name)
    assert {k: tuple(v) for k, v in again.positions.items()} == dict(document.positions)
    assert type(again.meta) is type(document.meta)


def test_the_key_depends_on_path_bytes_and_options():
    source = SourceFile(SourcePath("content/articles/a.md"), Kind.ARTICLE, "a")
    other = SourceFile(SourcePath("content/articles/b.md"), Kind.ARTICLE, "b")
    keys = {record_key(source, b"x", OPTIONS), record_key(source, b"y", OPTIONS), record_key(other, b"x", OPTIONS)}
    assert len({*keys, record_key(source, b"x", MarkdownOptions())}) == 4
    assert record_key(source, b"x", OPTIONS) in keys
