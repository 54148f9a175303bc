"""Fences in every place, and which blocks end what stands above them, as GitHub shows it."""

import re

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.convert import convert

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code", "footnotes"))


def html(text: str) -> str:
    """The HTML without line ends and paragraphs, which do not matter here."""
    return re.sub(r"\n|</?p>", "", convert(text, OPTIONS).html)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("> ```py\n> - x\n> ```\ny", '<blockquote><pre><code class="language-py">- x</code></pre></blockquote>y'),
        ("> 1. a\n>    ```\n>    b\n>    ```", "<blockquote><ol><li>a<pre><code>b</code></pre></li></ol></blockquote>"),
        ("* ```\n  a\n  ```\n* b", "<ul><li><pre><code>a</code></pre></li><li>b</li></ul>"),
        ("!!! x\n    ```\n    a\n    ```", '<div class="admonition x">Xab</div>'),
        ("````zz of 'a b'\n```\na\n```\n````", '<pre><code class="language-zz">```a```</code></pre>'),
        ("````{note} A b\nc\n````", "<pre><code>c</code></pre>"),
    ],
)
def test_fences(text: str, shown: str):
    shown = shown.replace("Xab", '<p class="admonition-title">X<pre><code>a</code></pre>')
    assert html(text) == shown


def test_fences_and_lists_in_a_footnote():
    shown = html("A[^1]\n\n[^1]: b\n    - c\n      - d\n\n    ```\n    e\n    ```")
    assert "b<ul><li>c<ul><li>d</li></ul></li></ul><pre><code>e</code></pre>" in shown


def test_lists_in_admonitions():
    assert "<ul><li>b<ul><li>c</li></ul></li></ul>" in html("!!! note\n    a\n    - b\n      - c")
    assert "<ul><li>b<ul><li>c</li></ul></li></ul>" in html("??? note\n    - b\n      - c")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("# A\n3. b", '<h2 id="a">A</h2><ol start="3"><li>b</li></ol>'),
        ("1. a\n- b\n2. c", '<ol><li>a</li></ol><ul><li>b</li></ul><ol start="2"><li>c</li></ol>'),
        ("- a\n-\n- b", "<ul><li>a</li><li></li><li>b</li></ul>"),
        ("- a\n---", "<ul><li>a</li></ul><hr>"),
        ("> a\n---", "<blockquote>a</blockquote><hr>"),
        ("---\n---", "<hr><hr>"),
        ("1. a\n> b", "<ol><li>a</li></ol><blockquote>b</blockquote>"),
        ("> a\n2. b", '<blockquote>a</blockquote><ol start="2"><li>b</li></ol>'),
        ("> a\nb", "<blockquote>ab</blockquote>"),
        ("> # a\nb", '<blockquote><h2 id="a">a</h2></blockquote>b'),
        ("a\nb\n===", '<h2 id="a-b">a b</h2>'),
        ("  a\n  ---", '<h2 id="a">a</h2>'),
        ("   # a", '<h2 id="a">a</h2>'),
        ("a # b", "a # b"),
        ("#\n\na", "a"),
        ("#a\n\n#1\n\n#!b", "#a#1#!b"),
        ("a\\\nb  \nc", "a<br>b<br>c"),
        ('\\"\\$\\%\\,\\/\\:\\;\\=\\?\\@\\&', '"$%,/:;=?@&amp;'),
    ],
)
def test_blocks_and_lines(text: str, shown: str):
    assert html(text) == shown


@pytest.mark.parametrize("text", ["a\n{}", "{}\n# b", "- a\n  {}", "{}\n> b", "{}\n- b", "> a\n\n{}"])
def test_tables_beside_other_blocks(text: str):
    table = "| x | y |\n|---|---|\n| 1 | 2 |"
    indented = table.replace("\n", "\n  ") if "  {" in text else table
    shown = html(text.format(indented))
    assert "<th>x</th><th>y</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>" in shown
    assert ("<li>a<table>" in shown) is text.startswith("- a")


def test_cells():
    assert "<td>a|b</td><td><code>c|d</code></td>" in html("|x|y|\n|-|-|\n|a\\|b|`c\\|d`|")
    assert "<th>a</th></tr></thead><tbody><tr><td>b</td>" in html("| a |\n|---|\n| b |")


@pytest.mark.parametrize("fence", ["```", "~~~", "````\na\n```", "> ```", "- ```"])
def test_a_comment_below_code_without_an_end_is_never_published(fence: str):
    converted = convert(f"Words.\n\n{fence}\ncode\n\n<!-- secret -->\n\nmore\n", OPTIONS)
    assert "secret" not in converted.html
    assert "more" in converted.html
