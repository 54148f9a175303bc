"""Links, headings and cells' headings that say nothing."""

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.convert import convert


def html_of(text: str) -> str:
    return convert(text, MarkdownOptions(("toc", "tables"))).html.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a<a class="c" href="https://example.org/1"></a>b', "<p>ab</p>"),
        ('a<a href="https://example.org/1"><span></span></a>b', "<p>a<span></span>b</p>"),
        ('a<a href="https://example.org/1"> &nbsp;&#8203;</a>b', "<p>a &nbsp;\u200bb</p>"),
        ("a [ ](b.md)b", "<p>a  b</p>"),
        ('a<a id="x" href="#x"></a>b', '<p>a<a id="x"></a>b</p>'),
        ('a<a href="b.md"><span id="x"></span></a>b', '<p>a<span id="x"></span>b</p>'),
        ('<a href="b.md"><i>x</i></a>', '<p><a href="b.md"><i>x</i></a></p>'),
        ("<h2><br><br></h2>", ""),
        ("<h2><span> </span></h2>\n\ntext", "<p>text</p>"),
        ("##\n\ntext", "<p>text</p>"),
        ('<h2><a href="b.md"></a></h2>', ""),
        ('<h2><a id="x"></a></h2>', '<p><a id="x"></a></p>'),
        ('<h2 id="x"></h2>', '<p id="x"></p>'),
        ("## ![](a.png)", '<p><img alt="" src="a.png"></p>'),
        ("## ![A](a.png)", '<h2 id="_1"><img alt="A" src="a.png"></h2>'),
        ("<h2>&amp;</h2>", '<h2 id="ampersand">&amp;</h2>'),
        (
            '<table><tr><th scope="row"><br></th><th>a</th></tr></table>',
            "<table><tbody><tr><td><br></td><th>a</th></tr></tbody></table>",
        ),
        ("<details><summary> </summary>x</details>", "<div><div> </div>x</div>"),
    ],
)
def test_rules(text: str, expected: str):
    assert html_of(text) == expected
