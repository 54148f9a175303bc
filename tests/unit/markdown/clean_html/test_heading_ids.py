"""Headings in HTML get ids by the rule of Markdown's; ids of repeated headings stay when others come between."""

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.body import Body, render_body
from site_builder.urls import SourcePath


def body(text: str, *extensions: str) -> Body:
    options = MarkdownOptions(extensions=extensions or ("toc", "tables", "fenced_code", "attr_list", "md_in_html"))
    return render_body(text, options, SourcePath("content/articles/a.md"), 1)[0].body


def ids(text: str, *extensions: str) -> list[str]:
    return [heading.id for heading in body(text, *extensions).headings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<h2>The river</h2>\n", ["the-river"]),
        ('<h2 class="x">The <em>river</em> &amp; the mill</h2>\n', ["the-river-the-mill"]),
        ("<H3>Größe</H3>\n", ["grosse"]),
        ("<div>\n<h2>概要</h2>\n</div>\n", ["概要"]),
        ('<h2 id="mine">The river</h2>\n', ["mine"]),
        ("<h2>\n  The\n  river\n</h2>\n", ["the-river"]),
        ("<h2>River</h2>\n\n<h2>River</h2>\n", ["river", "river_1"]),
        ("<h2>River</h2>\n\n## River\n", ["river_1", "river"]),
        ("## River\n\n<h2>River</h2>\n\n## River\n", ["river", "river_2", "river_1"]),
        ('<a id="river"></a>\n\n<h2>River</h2>\n', ["river_1"]),
        ("<details>\n<summary>All</summary>\n<h3>More</h3>\n</details>\n", ["more"]),
        ('<div markdown="1">\n## River\n</div>\n\n<h2>Mill</h2>\n', ["river", "mill"]),
        ("<h2>🚢</h2>\n", ["ship"]),
        ("`<h2>River</h2>`\n\n## Mill\n", ["mill"]),
        ("<h2>a\"b'c</h2>\n", ["abc"]),
    ],
)
def test_headings_in_html(text: str, expected: list[str]):
    assert ids(text) == expected


def test_without_the_extension_toc_no_heading_has_an_id():
    assert ids("<h2>River</h2>\n\n## Mill\n", "tables") == []


def test_the_slugify_and_separator_of_the_settings_count_for_html_too():
    options = MarkdownOptions(("toc",), {"toc": {"separator": "_"}})
    rendered, _ = render_body("<h2>The river</h2>\n", options, SourcePath("a.md"), 1)
    assert rendered.html == '<h2 id="the_river">The river</h2>'


@pytest.mark.parametrize("between", ["## Else\n\n", "<h2>Else</h2>\n\n", "## Else\n\n### Deeper\n\n", "Text.\n\n"])
def test_repeated_headings_keep_their_ids(between: str):
    before = "## Notes\n\nA\n\n{}## Notes\n\nB\n\n{}<h2>Notes</h2>\n\n{}<h2>Notes</h2>\n"
    plain = [i for i in ids(before.replace("{}", "")) if i.startswith("notes")]
    with_others = [i for i in ids(before.replace("{}", between)) if i.startswith("notes")]
    assert plain == with_others == ["notes", "notes_1", "notes_2", "notes_3"]
