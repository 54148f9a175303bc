"""Obsidian's embeds: pictures and files by name, quotations of notes, names of blocks."""

import re
from contextlib import closing

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.body import render_body
from site_builder.markdown.references import RefKind
from site_builder.urls import SourcePath
from tests.helpers.output import build, files
from tests.helpers.site import MakeSite, article, check, codes, load

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code"))


@pytest.mark.parametrize(
    ("written", "attributes"),
    [
        ("![[b.png]]", 'alt=""'),
        ("![[b.png|a cat]]", 'alt="a cat"'),
        ("![[b.png|300]]", 'alt="" width="300"'),
        ("![[b.png|a cat|300x200]]", 'alt="a cat" width="300" height="200"'),
        ("![[b.png#x\\|a cat]]", 'alt="a cat"'),
    ],
)
def test_pictures(written: str, attributes: str):
    rendered, _ = render_body(f"a {written}", OPTIONS, SourcePath("a.md"), 1)
    (ref,) = rendered.body.refs
    assert (ref.kind, ref.written, ref.line, ref.column) == (RefKind.EMBED, "b.png", 1, 6)
    tag = rendered.html.split("<img ")[1].split(">")[0]
    found = re.findall(r'(?:alt|width|height)="[^"]*"', tag)
    assert sorted(found) == sorted(re.findall(r'\w+="[^"]*"', attributes))


def test_a_picture_is_found_wherever_it_is(make_site: MakeSite):
    body = "![[Old Cat.png|a cat]] and ![[two.png|two]]"
    root = make_site(
        {
            "content/articles/2026/a.md": article("A", body),
            "content/pets/Old Cat.png": PNG,
            "content/one/two.png": PNG,
            "content/pets/two.png": PNG,
        }
    )
    found = [line for line in check(root) if "asset-unused" not in line]
    assert len(found) == 1
    assert '"two.png" [target-ambiguous]' in found[0]
    assert 'write one of "one/two.png", "pets/two.png"' in found[0]
    (root / "content/articles/2026/a.md").write_text(article("A", "![[old cat.PNG|a cat]] ![[pets/two.png|two]]"))
    assert [code for code in codes(root) if code != "asset-unused"] == []
    build(root)
    page = files(root / "site")["articles/a/index.html"].decode()
    assert 'src="../../pets/Old%20Cat.png" width="1" height="1"' in page
    assert (
        "![a cat](https://example.org/x/y/pets/Old%20Cat.png)" in files(root / "site")["articles/a/index.md"].decode()
    )


def test_files_and_missing_files(make_site: MakeSite):
    root = make_site(
        {
            "content/articles/a.md": article("A", "![[b.pdf]] [[B.pdf|the B]]\n\n![[c.png|c]] ![[d.mp3]]"),
            "content/files/b.pdf": b"%PDF",
        }
    )
    assert [code for code in codes(root) if code != "orphan"] == ["image-missing", "target-wanted"]
    with closing(load(root)) as site:
        (document,) = site.corpus.articles
        urls = [target.url for target in site.graph.resolved[document.permalink].refs]
    assert urls[:2] == ["/files/b.pdf", "/files/b.pdf"]


def test_a_note_alone_in_its_paragraph_is_quoted(make_site: MakeSite):
    body = "![[b]]\n\n![[b#Part two]]\n\nIn a line: ![[b]].\n\n![[b#^x1]] ![[b^x1]]\n\n![[b|as C]]"
    root = make_site(
        {
            "content/articles/a.md": article("A", body),
            "content/articles/b.md": article("B", "# Part two\n\nText. ^x1\n\n- item\n\n^x2", summary="All <about> B."),
        }
    )
    assert [code for code in codes(root) if code not in {"orphan", "dead-end"}] == []
    build(root)
    page = files(root / "site")["articles/a/index.html"].decode()
    quoted = (
        '<blockquote class="embed"><p><a class="embed" href="../b/">B</a></p><p>All &lt;about&gt; B.</p></blockquote>'
    )
    assert quoted in page
    assert '<blockquote class="embed"><p><a class="embed" href="../b/#part-two">Part two</a></p></blockquote>' in page
    assert 'In a line: <a class="embed" href="../b/">B</a>.' in page
    assert page.count('href="../b/#%5Ex1"') == 2
    assert '<a class="embed" href="../b/">as C</a></p><p>All' in page
    other = files(root / "site")["articles/b/index.html"].decode()
    assert '<p id="^x1">Text.</p>' in other
    assert '<ul id="^x2">' in other
    twin = files(root / "site")["articles/a/index.md"].decode()
    assert "In a line: [B](https://example.org/x/y/articles/b/)." in twin
    assert "![" not in twin
    (root / "content/articles/b.md").write_text(article("B", "# Part two\n\nText. ^x1", summary="New."))
    build(root)
    assert "<p>New.</p></blockquote>" in files(root / "site")["articles/a/index.html"].decode()


@pytest.mark.parametrize(
    "text", ["`![[b.png]]`", "\\![[b]]", "x ^2", "a^b^", "2 ^ 3", "^a", "- ^a", "a \\^b", "a &#94;b"]
)
def test_what_is_none(text: str):
    rendered, _ = render_body(text, OPTIONS, SourcePath("a.md"), 1)
    assert "<img" not in rendered.html
    assert " id=" not in rendered.html
