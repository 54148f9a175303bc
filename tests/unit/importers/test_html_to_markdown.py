"""HTML as Markdown."""

import markdown
import pytest

from site_builder.importers.read.html.html_to_markdown import escape_paragraph, markdown_of
from site_builder.importers.read.html.page_tree import parse_tree

BASE = "https://news.example/dir/"


def convert(html: str) -> str:
    root = parse_tree(f"<body>{html}</body>")
    assert root is not None
    return markdown_of(root, BASE)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<h1>Top</h1><h3>Sub</h3>", "## Top\n\n### Sub"),
        ("<p>a <b>bold</b> and <em>slanted</em> word</p>", "a **bold** and *slanted* word"),
        ("<p><b>bold </b>word</p>", "**bold** word"),
        ("<p>the <b>T</b>itle</p>", "the Title"),
        ('<p>see <a href="page">this page</a>.</p>', "see [this page](https://news.example/dir/page)."),
        ('<p>write <a href="mailto:a@b.example">us</a></p>', "write [us](mailto:a@b.example)"),
        ('<p><a href="javascript:alert(1)">no</a> <a href="data:x">no</a></p>', "no no"),
        ('<p><a href="https://x.example/a_(b)">b</a></p>', "[b](https://x.example/a_%28b%29)"),
        ("<p>one<br>two<br><br>three</p>", "one two\n\nthree"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "- a\n- b\n    - c"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<table><tr><th>A<th>B<tr><td>1|2<td>3</table>", "| A | B |\n| --- | --- |\n| 1\\|2 | 3 |"),
        ("<table><tr><td>alone</table>", "alone"),
        ("<blockquote><p>said</p></blockquote>", "> said"),
        ("<pre>x = 1\n    y</pre>", "```\nx = 1\n    y\n```"),
        ("<p>run <code>a_b*c</code></p>", "run `a_b*c`"),
        ("<p>a</p><script>x</script><style>y</style><p hidden>z</p><p>b</p>", "a\n\nb"),
        ("text<div>in a box</div>after", "text\n\nin a box\n\nafter"),
        ("<p>2019. was good</p>", "2019\\. was good"),
        ("<p># no heading</p><p>- no item</p>", "\\# no heading\n\n\\- no item"),
        ("<p>snake_case and *stars* and [[wiki]]</p>", "snake_case and \\*stars\\* and \\[\\[wiki]]"),
    ],
)
def test_markdown_of(html, expected):
    assert convert(html) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <b onclick=x>b</b>",
        "&lt;img src=x onerror=y&gt;",
        "![x](javascript:y)",
        "<!-- x -->",
        "[a](b)",
    ],
)
def test_text_stays_text(text):
    html = markdown.markdown(escape_paragraph(text))
    assert "<script" not in html
    assert "<b" not in html
    assert "<img" not in html
    assert "<a " not in html
    assert "<!--" not in html
