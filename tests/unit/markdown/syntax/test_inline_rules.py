"""Links by reference, attributes, emoji and icons, and that leaving out patterns changes nothing."""

import re

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.body import render_body
from site_builder.markdown.convert import convert
from site_builder.urls import SourcePath
from tests.helpers.growth import assert_linear

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code"))


def html(text: str) -> str:
    return convert(text, OPTIONS).html


@pytest.mark.parametrize("name", ["`x`", "`x` y", "x_y", "x  y", "X\ny", "*x*", "`<x>`", "x\\_y"])
def test_names_of_links(name: str):
    defined = f"\n\n[{' '.join(name.split())}]: b.md"
    assert '<a href="b.md">' in html(f"[{name}][]{defined}")
    assert '<a href="b.md">' in html(f"[{name}]{defined}")
    assert html(f"[a b][{name}]{defined}") == '<p><a href="b.md">a b</a></p>'


def test_a_name_in_the_next_line():
    assert html("[a b]\n[c]\n\n[c]: c.md") == '<p><a href="c.md">a b</a></p>'
    assert html("[a]\n[c]\n\n[a]: a.md\n[c]: c.md").count("<a ") == 2
    assert html("[a] [c]\n\n[c]: c.md") == '<p>[a] <a href="c.md">c</a></p>'


def test_many_brackets_take_as_long_as_they_are():
    assert_linear(lambda n: html("[[" * n), 1000)
    assert_linear(lambda n: html("![[" * n), 1000)
    assert_linear(lambda n: html("[a](" * n), 1500)
    assert_linear(lambda n: html('[a](b "c) ' * n), 500)
    assert_linear(lambda n: html("[^" * n), 5000)


@pytest.mark.parametrize(
    "body",
    ["[dock](b.md) and ", "[[dock]] ", "{{< a ", "{% a ", "<!-- a ", "## Dock {#dock}\n\n", "^dock\n\n"],
)
def test_many_of_the_same_take_as_long_as_they_are(body: str):
    path = SourcePath("content/articles/a.md")
    assert_linear(lambda n: render_body(body * n, OPTIONS, path, 1), 400)


def test_where_addresses_end():
    assert '<a href="b.md" title="c (d">a</a>' in html('[a](b.md "c (d")')
    assert '<a href="b(c)">a</a>' in html("[a](b(c)) d)")
    assert html("[a](b(c") == "<p>[a](b(c</p>"
    assert html("[a](b.md) [c](d.md) [e]( f").count("<a ") == 2
    assert '<a href="e.md">c <img alt="d"' in html("[a [b] [c ![d](d.png)](e.md)")
    assert f'title="{"c" * 2000}"' in html(f'[a](b.md "{"c" * 2000}")')


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("## A { #b .c }", '<h2 class="c" id="b">A</h2>'),
        ("## A {: .c }", '<h2 class="c" id="a">A</h2>'),
        ("## A {b, c}", '<h2 id="a-b-c">A {b, c}</h2>'),
        ("## A {b}", '<h2 id="a-b">A {b}</h2>'),
        ("*a*{b}", "<p><em>a</em>{b}</p>"),
        ("*a*{.b}c", '<p><em class="b">a</em>c</p>'),
        ("[a](b.md){ .c target=_blank }", '<p><a class="c" href="b.md">a</a></p>'),
        ("a\n{ .b }", '<p class="b">a</p>'),
    ],
)
def test_attributes_and_braces(text: str, shown: str):
    assert html(text) == shown


def test_lines_of_attributes():
    assert html("### A\n{: #b}\n\nc") == '<h2 id="b">A</h2>\n<p>c</p>'
    assert html("{: #b}\n# A") == '<h2 id="b">A</h2>'
    assert html("A\n---\n{: #b}") == '<h2 id="b">A</h2>'
    assert html("{: .b}\nA") == "<p>A</p>"
    assert '<a href="#b">' in html("- x\n{:toc}\n\n## B")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (":smile:", "😄"),
        (":+1::tada:", "👍🎉"),
        ("10:100:20 a:b:c x::one::y", "10:100:20 a:b:c x::one::y"),
        ("a++b++ c++", "a++b++ c++"),
        (":no-such-emoji:", ":no-such-emoji:"),
        ("`:smile:`", "<code>:smile:</code>"),
        (":material-check:{ .green } a", '<span class="green">:material-check:</span> a'),
        ("++a++ i++ j++", '<span class="keys"><kbd class="key-a">A</kbd></span> i++ j++'),
    ],
)
def test_emoji_and_keys(text: str, shown: str):
    assert html(text) == f"<p>{shown}</p>"


def test_tabs_are_parts_with_titles():
    shown = html('=== "A *b*"\n\n    c\n\n=== "D"\n\n    ```\n    e\n    ```\n\nf')
    assert re.sub(r"\n", "", shown) == (
        '<div class="tabs"><div class="tab"><p class="tab-title">A <em>b</em></p><p>c</p></div>'
        '<div class="tab"><p class="tab-title">D</p><pre><code>e</code></pre></div></div><p>f</p>'
    )
    alternate = MarkdownOptions(
        (*OPTIONS.extensions, "pymdownx.tabbed"), {"pymdownx.tabbed": {"alternate_style": True}}
    )
    assert convert('=== "A"\n    c\n', alternate).html.replace("\n", "") == (
        '<div class="tabs"><div class="tab"><p class="tab-title">A</p><p>c</p></div></div>'
    )


def test_the_excerpt_begins_below_titles():
    for text in ('=== "A"\n    Text.', "> [!NOTE]\n> Text.", "!!! note\n    Text."):
        assert render_body(text, OPTIONS, SourcePath("a.md"), 1)[0].body.excerpt == "Text."
