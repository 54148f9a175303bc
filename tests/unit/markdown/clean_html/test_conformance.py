"""HTML that people write by hand becomes valid, and no word of it is lost."""

import re

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.clean_html.conformance import make_valid
from site_builder.markdown.clean_html.html_tree import parse_tree, write_tree
from site_builder.markdown.convert import convert
from site_builder.markdown.references import plain_text
from tests.helpers.rough import ROUGH


def html_of(text: str) -> str:
    """What Markdown and all rules make of a text, without line ends."""
    return convert(text, MarkdownOptions()).html.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<ul><ul><li>x</li></ul></ul>", "<ul><li><ul><li>x</li></ul></li></ul>"),
        ("<ul><li>a</li><ul><li>x</li></ul></ul>", "<ul><li>a<ul><li>x</li></ul></li></ul>"),
        ("<ul>text<p>p</p></ul>", "<ul><li>text</li><li><p>p</p></li></ul>"),
        ("<li>alone</li>", "<ul><li>alone</li></ul>"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("<dl><p>x</p><dt>a</dt></dl>", "<div><p>x</p><div>a</div></div>"),
        ("<details><p>x</p></details>", "<div><p>x</p></div>"),
        ("<details><p>x</p><summary>s</summary></details>", "<details><summary>s</summary><p>x</p></details>"),
        (
            "<figure><figcaption>c</figcaption><p>a</p></figure>",
            "<figure><p>a</p><figcaption>c</figcaption></figure>",
        ),
        ("<h2><div>in h</div></h2>", '<h2 id="in-h">in h</h2>'),
        ("<pre><div>x</div></pre>", "<pre>x</pre>"),
        ("a <rt>x</rt>", "<p>a <span>x</span></p>"),
        ('<p id="a">x</p><p id="a">y</p>', '<p id="a">x</p><p>y</p>'),
        ('<p dir="up" lang="e_n" class="k">x</p>', '<p class="k">x</p>'),
        ("a <time>June</time> <time>2020-06</time>", "<p>a <span>June</span> <time>2020-06</time></p>"),
        ('<input type="checkbox" checked> x <input type="text">', "<p>☑  x </p>"),
        ("a [](http://e.org/)b", "<p>a b</p>"),
        ("<pre><ul><li>a</li></ul></pre>", "<pre>a</pre>"),
        ("<section>a</section>", "<div>a</div>"),
        ("<section><h2>a</h2></section>", '<section><h2 id="a">a</h2></section>'),
        ("<section><section><h2>a</h2></section></section>", '<div><section><h2 id="a">a</h2></section></div>'),
        ("<section><h2> </h2>a</section>", "<div>a</div>"),
    ],
)
def test_rules(text: str, expected: str):
    assert html_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a name="old"></a>Old.', '<p><a id="old"></a>Old.</p>'),
        ('<a name="old">Old</a>.', '<p><a id="old">Old</a>.</p>'),
        ('<a id="new" name="old"></a>x', '<p><a id="new"></a>x</p>'),
        ('<a name="b c"></a><a name=""></a>x', "<p>x</p>"),
        ('<a name="x">1</a><a name="x">2</a>', '<p><a id="x">1</a><a>2</a></p>'),
        ('<a name="a"></a>\n\n## A', '<h2 id="a">A</h2>'),
        ('<span name="x">a</span>', "<p><span>a</span></p>"),
        ('<span id="x"><div>a</div></span>', '<p><span id="x"></span></p><div>a</div>'),
        ('<a id="x" href="b.md"><details><summary>s</summary></details></a>', None),
        ('<table><tr><th><h3 id="x">a</h3></th></tr></table>', None),
    ],
)
def test_places_to_link_to_stay(text: str, expected: str | None):
    html = html_of(text)
    assert html == expected if expected else html.count('id="x"') == 1


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("## A\n\n### B\n\n## C", [2, 3, 2]),
        ("# A\n\n## B\n\n### C", [2, 3, 4]),
        ("#### A\n\n## B\n\n##### C\n\n#### D\n\n# E", [2, 2, 3, 3, 2]),
        ("###### A\n\n##\n\n###### B", [2, 2]),
        ("# A\n\n## B\n\n### C\n\n#### D\n\n##### E\n\n###### F", [2, 3, 4, 5, 6, 6]),
    ],
)
def test_no_heading_skips_a_level_and_none_is_empty(text: str, levels: list[int]):
    assert [int(level) for level in re.findall(r"<h(\d)", html_of(text))] == levels


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["", "<td>a</td><td>b</td>", "<td>c</td>"], ["<td>a</td><td>b</td>", "<td>c</td><td></td>"]),
        (["<td>a</td>", "<td>c</td><td>d</td>"], ["<td>a</td><td></td>", "<td>c</td><td>d</td>"]),
        (
            ['<td rowspan="3">a</td><td>b</td>', "<td>c</td>"],
            ['<td rowspan="2">a</td><td>b</td>', "<td>c</td>"],
        ),
        (['<td colspan="3">a</td>', "<td>b</td>"], ['<td colspan="3">a</td>', "<td>b</td><td></td><td></td>"]),
        (['<td colspan="3">a</td><td>b</td>'], ['<td colspan="1">a</td><td>b</td>']),
        (['<td colspan="0">a</td><td colspan="x">b</td>'], ["<td>a</td><td>b</td>"]),
        (
            ['<td rowspan="2">a</td><td rowspan="2">b</td>', "", "<td>c</td><td>d</td><td>e</td>"],
            ['<td rowspan="1">a</td><td rowspan="1">b</td><td></td>', "<td>c</td><td>d</td><td>e</td>"],
        ),
        (
            ['<td>a</td><td rowspan="2">b</td><td>c</td>', "<td>d</td>"],
            ['<td>a</td><td rowspan="2">b</td><td>c</td>', "<td>d</td><td></td>"],
        ),
        (
            ['<td>a</td><td rowspan="2">b</td>', '<td colspan="3">c</td>'],
            ['<td>a</td><td rowspan="2">b</td>', '<td colspan="1">c</td>'],
        ),
    ],
)
def test_rows_of_a_table_have_one_width(rows: list[str], expected: list[str]):
    written = "".join(f"<tr>{row}</tr>" for row in rows)
    shown = "".join(f"<tr>{row}</tr>" for row in expected)
    assert html_of(f"<table>{written}</table>") == f"<table><tbody>{shown}</tbody></table>"


def test_parts_of_a_table_have_their_order():
    row = "<tr><td>{}</td></tr>".format
    parts = f"<tfoot>{row('f')}</tfoot><caption>C</caption><tbody>{row('b')}</tbody><caption>D</caption>"
    html = html_of(f"<table>{parts}<thead>{row('h')}</thead><thead>{row('i')}</thead></table>")
    assert html == (
        f"<table><caption>C D</caption><thead>{row('h')}</thead><tbody>{row('b')}</tbody><tbody>{row('i')}</tbody>"
        f"<tfoot>{row('f')}</tfoot></table>"
    )


def test_a_table_speaks_of_no_column_that_it_has_not():
    assert "col>" not in html_of("<table><colgroup><col><col></colgroup><tr><td>a</td></tr></table>")
    assert html_of("<table><col><tr><td>a</td></tr></table>").count("<col>") == 1


@pytest.mark.parametrize("name", ROUGH)
def test_twice_is_the_same_as_once(name: str):
    once = convert(ROUGH[name], MarkdownOptions()).html
    tree = parse_tree(once)
    make_valid(tree, "<p>")
    assert write_tree(tree) == once


def test_a_heading_in_a_link_counts():
    html = html_of('<div><a href="https://example.org/"><h1>a</h1></a></div>\n\n<h1>b</h1>\n\n<h3>c</h3>')
    assert re.findall(r"(<h\d) [^>]*>(\w)", html) == [("<h2", "a"), ("<h2", "b"), ("<h3", "c")]


def test_plain_markdown_is_left_as_it_is():
    text = "## A\n\nText with *words*.\n\n- a\n- b\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n"
    assert '<td style="text-align: right">2</td>' in html_of(text) or '<td style="text-align:right">2</td>' in html_of(
        text
    )


def test_no_word_is_lost():
    for text in ROUGH.values():
        said = set(re.findall(r"[a-z]{4,}", plain_text(convert(text, MarkdownOptions()).html)))
        meant = set(re.findall(r"[a-z]{4,}", re.sub(r"<[^>]*>|\([^)]*\)", " ", text)))
        assert meant <= said
