"""Where something stands in Markdown of which only its HTML is known."""

import re

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.body import render_body
from site_builder.markdown.source_positions import (
    AFTER_URL,
    BEFORE_URL,
    Locator,
    comments_in,
    without_code,
    without_html_code,
)
from site_builder.urls import SourcePath
from tests.helpers.growth import assert_linear


@pytest.mark.parametrize(
    ("text", "url", "places"),
    [
        ("[a](x) [b](x)", "x", [(1, 5), (1, 12)]),
        ('T.\n\n<a href="x.md?a=1&amp;b=2">', "x.md?a=1&b=2", [(3, 10)]),
        ('<a href="x?a&amp;b"> <a href="x?a&b"> [c](x?a&#38;b)', "x?a&b", [(1, 10), (1, 31), (1, 43)]),
        (r"[a](x\_y.md) [b](x_y.md)", "x_y.md", [(1, 5), (1, 18)]),
        (r"&amp; \* [a](x.md)", "x.md", [(1, 14)]),
        ("x `[a](x)` [a](x)", "x", [(1, 16)]),
        (r"\[a](x) [a\](x) [a](x)", "x", [(1, 21)]),
        (r"\\[a](x)", "x", [(1, 7)]),
        (r"\[a [b](x)", "x", [(1, 9)]),
        ("Code:\n\n    [a](x)\n\n    [a](x)\n\n[a](x)", "x", [(7, 5)]),
        ("\t[a](x)\n\n[a](x)", "x", [(3, 5)]),
        ("- Item\n\n    [a](x)\n\nText\n\n    [a](x)\n\n[a](x)", "x", [(3, 9), (9, 5)]),
        ("[^1]: Note\n\n    [a](x)", "x", [(3, 9)]),
        ("Text\n    [a](x)", "x", [(2, 9)]),
        ("<div>\n\n    [a](x)\n</div>", "x", [(3, 9)]),
        ("- Item\n\n        [a](x)\n\n- [a](x)", "x", [(5, 7)]),
        ("1. Item\n\n       [a](x)\n\n2. [a](x)", "x", [(5, 8)]),
        ("- Item\n    - Deeper\n\n        [a](x)\n\n[b](x)", "x", [(4, 13), (6, 5)]),
        ("!!! note\n\n    Text\n\n        [a](x)\n\n    [a](x)", "x", [(7, 9)]),
        ("- Item\n\n  Text\n\n     [a](x)", "x", [(5, 10)]),
        ('[b](y "[a](x)") [a](x)', "x", [(1, 21)]),
        ("[b](y '](x)') [a](x)", "x", [(1, 19)]),
        ('<span title="x">b</span> [a](x)', "x", [(1, 30)]),
        ('<pre>&lt;a href="x"></pre>\n\n<A HREF="x">', "x", [(3, 10)]),
        ("<pre>\n[a](x)\n</pre>\n\n[a](x)", "x", [(5, 5)]),
        ("<script>[a](x)</script>\n\n[a](x)", "x", [(3, 5)]),
        (r"[b]\(x) [a](x)", "x", [(1, 13)]),
        ("see (x) or x [a](x)", "x", [(1, 18)]),
        ("a x b", "x", [(1, 3)]),
        ("a", "x", [(1, 1)]),
    ],
)
def test_places(text: str, url: str, places: list[tuple[int, int]]):
    locate = Locator(text, 1)
    assert [locate(url, BEFORE_URL, AFTER_URL) for _ in places] == places


def test_lines_count_from_the_file():
    assert Locator("a\nb", 8)("b") == (9, 1)


def test_what_is_only_in_code_is_found_there():
    assert Locator("a\n\n`<x>`", 1)("<x", (), ">") == (3, 2)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("`[[no]]` [[no]]", [(1, 12)]),
        ("[[no more]] [[no]]", [(1, 15)]),
        ("[[no more]] [[ no ]]", [(1, 16)]),
        ("[[no|a]] [[no#part]] [[no]]", [(1, 3), (1, 24)]),
        ("<!-- [[no]] --> [[no]]", [(1, 19)]),
    ],
)
def test_places_of_wiki_links(text: str, places: list[tuple[int, int]]):
    locate = Locator(text, 1)
    assert [locate("no", ("[[", "[[ "), "]|\\") for _ in places] == places


def test_a_tag_is_not_where_an_entity_shows_one():
    assert Locator("&lt;b> <b>", 1)("<b", (), ">") == (1, 8)


HOLDERS = ("- item", "1. item", "10. item", "-   wide", "- a\n  - b", "- a\n    - b", "1. a\n   - b", "text",
           "# Heading", "!!! note\n\n    text", "<div>\n", "term\n\n:   meaning", "x[^1]\n\n[^1]: note", "> - quoted",
           "- item\n\n  more")  # fmt: skip


@pytest.mark.parametrize("holder", HOLDERS)
def test_code_is_what_the_page_shows_as_code(holder: str):
    """However far a line is indented below an item, a note or HTML."""
    options = MarkdownOptions(("toc", "tables", "fenced_code", "footnotes", "def_list", "admonition"))
    for indent in range(16):
        text = f"{holder}\n\n{' ' * indent}see word\n"
        html = render_body(text, options, SourcePath("content/articles/a.md"), 1)[0].html
        assert ("word" in without_code(text)) is not bool(re.search(r"<code>[^<]*word", html)), indent


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("a <!-- b --> c", ["<!-- b -->"]),
        ("```\n<!-- b -->\n```\n<!-- c -->", ["<!-- c -->"]),
        ("```\ncode\n\n<!-- b -->\n", ["<!-- b -->"]),
        ("~~~\ncode\n\n<!-- b", ["<!-- b"]),
        ("`<!-- a -->`\n\n    <!-- b -->\n", []),
        ("<!-- a <!-- b --> <!-- c", ["<!-- a <!-- b -->"]),
    ],
)
def test_comments(text: str, comments: list[str]):
    assert [text[start:end] for start, end in comments_in(text)] == comments


def test_code_as_html():
    assert without_html_code("a <pre>b <b>c</b>\nd</pre> e <code>f") == f"a {chr(1) * 15}\n{chr(1) * 7} e <code>f"
    assert without_html_code("<PRE>a</pre> b</pre>") == f"{chr(1) * 12} b</pre>"


@pytest.mark.parametrize("unit", ["<!-- ", "<!--", "<!-- x\n\n", "--> <!-- ", "<pre>", "<pre>x</code>"])
def test_what_has_no_end_is_not_searched_again_and_again(unit: str):
    assert_linear(lambda n: without_html_code(without_code(unit * n)), 2_000)
