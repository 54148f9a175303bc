"""HTML in a text: Markdown goes on after an empty line, or where an attribute says so, as on GitHub and with MkDocs."""

import re

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.body import render_body
from site_builder.markdown.convert import convert
from site_builder.urls import SourcePath
from tests.helpers.growth import assert_linear

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code"))


def html(text: str) -> str:
    return re.sub(r"\n\s*", "", convert(text, OPTIONS).html)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<div>\n\n**a**\n\n</div>", "<div><p><strong>a</strong></p></div>"),
        (
            "<details>\n<summary>S</summary>\n\n- a\n\n```\n<b>\n```\n</details>\n*c*",
            "<details><summary>S</summary><ul><li>a</li></ul><pre><code>&lt;b&gt;</code></pre></details><p><em>c</em></p>",
        ),
        (
            "<table><tr><td>\n\n*a*\n\n</td></tr></table>",
            "<table><tbody><tr><td><p><em>a</em></p></td></tr></tbody></table>",
        ),
        ("> <div>\n>\n> *a*\n>\n> </div>", "<blockquote><div><p><em>a</em></p></div></blockquote>"),
        ("<div>a</div>\n# B", '<div>a</div><h2 id="b">B</h2>'),
        ("<div>\n\n    <p>a</p>\n\n</div>", "<div><p>a</p></div>"),
        ("<div>\n<div>\n\n*a*\n\n</div>\n</div>", "<div><div><p><em>a</em></p></div></div>"),
        ("<div\n  class='x'>\na\n</div>", '<div class="x">a</div>'),
        ("<!-- a\n\nb --> *c*", "<p><em>c</em></p>"),
        ("<pre>\na\n\n*b*\n</pre>", "<pre>a*b*</pre>"),
        ("<span>\n\n*a*\n\n</span>", "<p><em>a</em></p>"),
    ],
)
def test_markdown_after_an_empty_line(text: str, shown: str):
    assert html(text) == shown


def test_html_in_items():
    text = "1. a\n\n   <details>\n   <summary>S</summary>\n\n   *b*\n\n   </details>\n\n2. c"
    shown = "<ol><li><p>a</p><details><summary>S</summary><p><em>b</em></p></details></li><li><p>c</p></li></ol>"
    assert html(text) == shown
    assert html("- <div>a</div>\n- b").startswith("<ul><li><div>a</div></li><li>")
    assert html("- a\n\n      <div>") == "<ul><li>a<pre><code>&lt;div&gt;</code></pre></li></ul>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<div markdown>*a*</div>\nb", "<div><p><em>a</em></p></div><p>b</p>"),
        ('<div class="x" markdown="1">\n- a\n- b\n</div>', '<div class="x"><ul><li>a</li><li>b</li></ul></div>'),
        ("<p markdown>*a*</p>", "<div><p><em>a</em></p></div>"),
        (
            "<figure markdown='span'>\n  *a*\n  <figcaption>B</figcaption>\n</figure>",
            "<figure><p><em>a</em></p><figcaption>B</figcaption></figure>",
        ),
        (
            "<div markdown>\n<div markdown>\n*a*\n</div>\n*b*\n</div>\n*c*",
            "<div><div><p><em>a</em></p></div><p><em>b</em></p></div><p><em>c</em></p>",
        ),
    ],
)
def test_the_attribute_markdown(text: str, shown: str):
    assert html(text) == shown


@pytest.mark.parametrize("mark", ["**a b**", "[a](b.md)", "`a`", "[[a]]", "__a__"])
def test_markdown_that_is_not_read_is_reported(mark: str):
    found = render_body(f"x\n\n<div>\n{mark} <code>{mark}</code>\n</div>", OPTIONS, SourcePath("a.md"), 1)[1]
    assert [(f.code, f.location.line, f.location.column) for f in found] == [("markup-unknown", 4, 1)]


@pytest.mark.parametrize(
    "piece", ["<div>\n", "<pre>\n", "<!--\n", "<p>a</p>\n", "- <div>\n", "<div markdown>a</div>\n"]
)
def test_many_tags_take_as_long_as_they_are(piece: str):
    assert_linear(lambda n: convert(piece * n, OPTIONS), 500)
