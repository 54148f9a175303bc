"""Bodies: clean HTML, numbered references with their sentences, headings, words."""

import re

import pytest

from site_builder.characters import forbidden_in
from site_builder.config import MarkdownOptions
from site_builder.markdown.body import Body, render_body
from site_builder.markdown.references import Ref, RefKind, fill, fill_text, shorten
from site_builder.urls import SourcePath

PATH = SourcePath("content/articles/a.md")
OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code", "footnotes", "attr_list"))


def render(text: str) -> tuple[Body, str]:
    rendered, _ = render_body(text, OPTIONS, PATH, 8)
    return rendered.body, rendered.html


def refs(text: str) -> list[tuple[str, str, int, int]]:
    return [(str(r.kind), r.written, r.line, r.column) for r in render(text)[0].refs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See [b](b.md).", [("path", "b.md", 8, 9)]),
        (
            "[a]( b.md ) [b]() [c]( ) [d](d.md)",
            [("path", "b.md", 8, 6), ("path", "", 8, 17), ("path", "", 8, 23), ("path", "d.md", 8, 30)],
        ),
        ("See [b](<b c.md>).", [("path", "b c.md", 8, 10)]),
        ('See [b](b.md "Title") and [c](b.md#x).', [("path", "b.md", 8, 9), ("path", "b.md#x", 8, 31)]),
        ("[c](b.md#x) [b](b.md)", [("path", "b.md#x", 8, 5), ("path", "b.md", 8, 17)]),
        ("[[b]] and\n[[b|the b]]", [("wiki-auto", "b", 8, 3), ("wiki", "b", 9, 3)]),
        ("[[bc]] [[b]]", [("wiki-auto", "bc", 8, 3), ("wiki-auto", "b", 8, 10)]),
        ("[[ b ]]", [("wiki-auto", "b", 8, 4)]),
        ("[[topics/law#Part one]]", [("wiki-auto", "topics/law#Part one", 8, 3)]),
        ("| A |\n| - |\n| [[b\\|B]] |", [("wiki", "b", 10, 5)]),
        ("| A |\n| - |\n| [[b|B]] |", [("wiki", "b", 10, 5)]),
        ("| `[[b|B]]` [[b|B]] |\n| - |\n| [[b|]] |", [("wiki", "b", 8, 15), ("wiki-auto", "b", 10, 5)]),
        ("[[b|]] [[b| ]]", [("wiki-auto", "b", 8, 3), ("wiki-auto", "b", 8, 10)]),
        ("See [[b|the\nB]]", [("wiki", "b", 8, 7)]),
        ("> [[a\n> b]] [[a b]]", [("wiki-auto", "a b", 8, 5), ("wiki-auto", "a b", 9, 9)]),
        ("[[a|b\n\nc]]", []),
        ("`[[b]]` [[b]]", [("wiki-auto", "b", 8, 11)]),
        ("[[`b`|c]] [[b]]", [("wiki-auto", "b", 8, 13)]),
        ("```\n[x](b.md)\n```\n\n[x](b.md)", [("path", "b.md", 12, 5)]),
        ("<!-- [x](b.md) -->\n\n[x](b.md)", [("path", "b.md", 10, 5)]),
        ("![a cat](cat.png)", [("image", "cat.png", 8, 10)]),
        ("[![a cat](cat.png)](b.md)", [("path", "b.md", 8, 21), ("image", "cat.png", 8, 11)]),
        ("See [b][1].\n\n[1]: b.md", [("path", "b.md", 10, 6)]),
        ("See <a href='b.md'>b</a>.", [("path", "b.md", 8, 14)]),
        ('T.\n\n<a href="b.md?a&amp;c">b</a>', [("path", "b.md?a&c", 10, 10)]),
        ('T.\n\n<img src="c.png?a&amp;c" alt="c">', [("image", "c.png?a&c", 10, 11)]),
        ("Code:\n\n    [x](b.md)\n\n[x](b.md)", [("path", "b.md", 12, 5)]),
        ("https://example.org [x](https://example.org) <me@example.org> [y](//example.org)", []),
        ("`[x](b.md)` \\[[b]] [[]] [[ ]]", []),
        ("A note.[^1]\n\n[^1]: See [b](b.md).", [("path", "b.md", 10, 15)]),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_references(text: str, expected: list[tuple[str, str, int, int]]):
    assert refs(text) == expected


def only_ref(text: str) -> Ref:
    (ref,) = render(text)[0].refs
    return ref


@pytest.mark.parametrize(
    ("text", "before", "words", "after"),
    [
        ("One. See [the *b*](b.md) now. Two.", "See ", "the b", " now."),
        ("See [b](b.md)! And [x](https://example.org).", "See ", "b", "!"),
        ("[b](b.md)", "", "b", ""),
        ("In 3.5 cases of 7, [b](b.md) is e.g. right. No?", "In 3.5 cases of 7, ", "b", " is e.g. right."),
        ("“Is it?” Yes, [b](b.md) it is.", "Yes, ", "b", " it is."),
        ("A & B: [b < c](b.md) &amp; d.", "A & B: ", "b < c", " & d."),
        ("First\nline [b](b.md)\nlast line.", "First line ", "b", " last line."),
        ("- One [b](b.md)\n- Two", "One ", "b", ""),
        ("| A | B |\n| - | - |\n| in [b](b.md) it | other |", "in ", "b", " it"),
    ],
)
def test_sentence_around_a_link(text: str, before: str, words: str, after: str):
    ref = only_ref(text)
    assert (ref.before, ref.text, ref.after) == (before, words, after)


def test_long_sentences_are_cut_at_words():
    ref = only_ref(f"{'word ' * 100}[b](b.md){' word' * 100}.")
    assert ref.before.startswith("…word")
    assert ref.after.endswith("word…")
    assert max(len(ref.before), len(ref.after)) <= 222


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| [[b|the B]] | c |", ["the B", "c"]),
        ("| [[b|the | B]] | c |", ["the | B", "c"]),
        ("| c | \\[[b|the B]] |", ["c", "[[b|the B]]"]),
        ("| `[[b|the B]]` | c |", ["[[b|the B]]", "c"]),
        ("| [[!b|c]] | [[b | c]] |", ["[[!b|c]]", "c"]),
        ("| [[ | ]] |", ["[[", "]]"]),
    ],
)
def test_wiki_links_do_not_end_a_cell(row: str, cells: list[str]):
    markup = render(f"| A | B |\n| - | - |\n{row}")[1]
    found = re.findall("<td>(.*?)</td>", markup)
    assert [re.sub("<[^>]*>", "", cell) for cell in found] == cells


def test_words_of_a_wiki_link_may_go_on_in_the_next_line():
    assert only_ref("- See [[b|the\n  second]]").text == "the second"


def test_title_of_a_bare_wiki_link_is_filled_in_later():
    body, html = render("See [[b]] there.")
    assert (
        fill(html, lambda n, _sized: f'href="/{n}/"', lambda _n: "The B") == '<p>See <a href="/0/">The B</a> there.</p>'
    )
    assert fill_text(body.refs[0].text, ["The B"]) == "The B"
    assert fill_text(body.excerpt, ["The B"]) == "See The B there."


def test_headings_go_one_down_where_a_body_has_its_own_h1():
    body, html = render("# One\n\n## Two\n\n###### Six\n")
    assert [(h.level, h.id, h.text) for h in body.headings] == [(2, "one", "One"), (3, "two", "Two"), (4, "six", "Six")]
    assert "<h1" not in html


def test_headings_stay_where_there_is_no_h1():
    body, _ = render("## Two\n\n### Three\n")
    assert [h.level for h in body.headings] == [2, 3]


def test_anchors_hold_every_id():
    body, _ = render('## A [link](b.md)\n\nText.\n{: #mine }\n\n<span id="own">x</span>\n')
    assert {"a-link", "mine", "own"} <= body.anchors


def test_words_and_excerpt_leave_markup_out():
    body, _ = render("## Title\n\nIt's a well-known *fact*.\n\nMore `code` here.\n")
    assert body.words == 1 + 4 + 3
    assert body.excerpt == "It's a well-known fact."


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "<a href=' javascript:alert(1)'>x</a>",
        "<a href='data:text/html,alert(1)'>x</a>",
        "<svg onload=alert(1)></svg>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<p style='background:url(javascript:alert(1))'>x</p>",
        "<form action=/><input formaction=javascript:alert(1)></form>",
        "![x](javascript:alert\\(1\\))",
        "<details ontoggle=alert(1) open>x</details>",
    ],
)
def test_nothing_active_survives(text: str):
    html = render(text)[1]
    assert "alert" not in html
    assert "<script" not in html


def test_a_source_cannot_write_a_reference_mark():
    body, html = render("A \x02r0\x03 and \x02t0\x03 and [b](b.md)")
    assert html.count("\x02") == 1
    assert len(body.refs) == 1


def test_one_failure_leaves_the_next_text_alone():
    """Python-Markdown keeps the state of its parser after an exception."""
    before = render("- a\n- [[b]]\n")
    _, found = render_body("- " * 3000 + "x\n", OPTIONS, PATH, 1)
    assert [d.code for d in found] == ["markdown-failed"]
    assert render("- a\n- [[b]]\n") == before


def test_an_empty_link_is_a_reference_to_nothing():
    assert only_ref("See [it]().").written == ""


def test_shorten_cuts_at_a_word():
    assert shorten("one two three", 13) == "one two three"
    assert shorten("one two, three", 12) == "one two…"
    assert RefKind("path") is RefKind.PATH


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://e.org/a|b", "http://e.org/a%7Cb"),
        ("http://e.org/?q={a}&r=1", "http://e.org/?q=%7Ba%7D&amp;r=1"),
        ("http://e.org/%zz%20", "http://e.org/%25zz%20"),
        ("https://müller.de/ü#a#b", "https://müller.de/%C3%BC#a%23b"),
        ("http://user:pass@e.org/", "http://e.org/"),
        ("HTTPS://e.org/A", "https://e.org/A"),
    ],
)
def test_addresses_elsewhere_are_written_as_the_standard_wants(address: str, shown: str):
    _, html = render(f"[x]({address})")
    assert html == f'<p><a href="{shown}">x</a></p>'


@pytest.mark.parametrize("address", ["http://", "https://e.org../x"])
def test_an_address_without_a_host_is_no_link(address: str):
    assert render(f"[x]({address})")[1] == "<p><a>x</a></p>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[![](c.png)](https://www.example.org/a%20b/?q)", '<img alt="example.org/a b" src="/1/" loading="lazy">'),
        ("[![](c.png)](b.md)", '<img alt="The B" src="/1/" loading="lazy">'),
        ("[![](c.png)](mailto:me@example.org)", '<img alt="me@example.org" src="/1/" loading="lazy">'),
        ('<a href="b.md"><img src="c.png"></a>', '<img alt="The B" src="/1/" loading="lazy">'),
        ("[![](c.png) B](b.md)", '<img alt="" src="/1/" loading="lazy"> B'),
        (
            "[![](c.png)![d](d.png)](b.md)",
            '<img alt="" src="/1/" loading="lazy"><img alt="d" src="/1/" loading="lazy">',
        ),
        ('[![](c.png)](b.md "Title")', '<img alt="" src="/1/" loading="lazy">'),
        ("[![](https://i.org/c.svg)](https://example.org/a)", "example.org/a"),
        ("[![](https://i.org/c.svg)](b.md)", "The B"),
        ("[![c](https://i.org/c.svg)](b.md)", "c"),
    ],
)
def test_a_link_around_a_picture_has_a_name(text: str, shown: str):
    _, html = render(text)
    filled = fill(
        html, lambda n, _sized: 'href="/0/"' if n == 0 and "b.md" in text else 'src="/1/"', lambda _n: "The B"
    )
    assert re.sub(r"^<p><a [^>]*>|</a></p>$", "", filled) == shown


def test_a_picture_that_leads_nowhere_keeps_an_empty_name():
    assert 'alt=""' in render("[![](c.png)](http://)")[1]
    assert 'alt=""' in render('<a id="x"><img src="c.png"></a>')[1]


def test_letters_are_written_in_one_way():
    body, html = render("Ko\u0308rper, caf&#101;&#x301;\n\n![a](u\u0308.png)")
    assert "Körper, café" in html
    assert body.excerpt == "Körper, café"
    assert body.refs[0].written == "u\u0308.png"


def test_markdown_within_html_where_the_extension_is_on():
    text = '<figure markdown>\n\n![a](c.png)\n\n<figcaption markdown="span">By [[b]]</figcaption>\n\n</figure>'
    rendered, found = render_body(text, MarkdownOptions(("toc", "md_in_html")), PATH, 8)
    assert [(str(r.kind), r.written, r.line, r.column) for r in rendered.body.refs] == [
        ("image", "c.png", 10, 6),
        ("wiki-auto", "b", 12, 34),
    ]
    assert "markdown" not in rendered.html
    assert found == []


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<td style="text-align:right">1</td>', '<td class="align-right">1</td>'),
        ('<td class="c" style="text-align: left">1</td>', '<td class="c align-left">1</td>'),
        ('<td style="color:red">1</td>', "<td>1</td>"),
        ('<td>&lt;td style="text-align:left"&gt;</td>', '<td>&lt;td style="text-align:left"&gt;</td>'),
    ],
)
def test_the_alignment_of_a_cell_is_a_class(cell: str, expected: str):
    assert expected in render(f"<table><tr>{cell}</tr></table>")[1]


def test_references_to_characters_that_no_page_may_hold_are_removed_and_reported():
    text = 'A&#7;b &#xFFFE; `&#7;`\n\n    &#8;\n\n<b title="x&#1;">&#128; &#x2F;</b> &#99999999;'
    rendered, found = render_body(text, OPTIONS, PATH, 1)
    assert [(d.code, d.location.line, d.location.column) for d in found] == [
        ("control-character", 1, 2), ("control-character", 1, 8), ("control-character", 5, 12),
    ]  # fmt: skip
    assert forbidden_in(rendered.html.replace("\n", "")) is None
    assert "&amp;#7;" in rendered.html
    assert "€ /" in rendered.html


@pytest.mark.parametrize("text", ["[a](embed:javascript:x)", '<a href="EMBED:x">a</a>', "![a](wiki:x)"])
def test_our_own_marks_are_no_schemes_for_writers(text: str):
    """The names by which embeds and wiki links are found in the HTML of Markdown never reach a page."""
    assert "href" not in render(text)[1]
