"""Canonical HTML to a tree and back."""

import pytest

from site_builder.markdown.clean_html.html_tree import HtmlElement, is_blank, parse_tree, write_tree


@pytest.mark.parametrize(
    "html",
    [
        "",
        "text &amp; more",
        '<p>a <b title="x &gt; y">b</b><br>c</p>\n<hr>',
        '<ul><li>a<ul><li>b</li></ul></li></ul><img alt="" src="a.png">',
    ],
)
def test_nothing_is_changed_on_the_way(html: str):
    assert write_tree(parse_tree(html)) == html


def test_a_tree_says_what_holds_what():
    (paragraph,) = parse_tree('<p>a<a href="b.md"><i>c</i></a></p>').elements()
    assert paragraph == HtmlElement("p", {}, ["a", HtmlElement("a", {"href": "b.md"}, [HtmlElement("i", {}, ["c"])])])
    assert paragraph.holds(frozenset({"i"}))
    assert not paragraph.holds(frozenset({"p"}))


@pytest.mark.parametrize(("text", "expected"), [("", True), (" \n&nbsp;\u200b", True), (" a", False), ("&amp;", False)])
def test_blank_text(text: str, expected: bool):
    assert is_blank(text) is expected
