"""Tags: those of HTML's elements stay, all else is text, and what is told about them is as written."""

import re
from html import unescape

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.body import render_body
from site_builder.markdown.clean_html.stray_markup import CheckedMarkup, beginning, read_tags
from site_builder.markdown.convert import convert
from site_builder.markdown.references import plain_text
from site_builder.urls import SourcePath

ALLOWED = frozenset("a b br code div i img li p span table td time".split())


def told(text: str) -> list[tuple[str, int, int, str]]:
    """Code, line, column and what is quoted, of each finding."""
    _, found = render_body(text, MarkdownOptions(), SourcePath("content/articles/a.md"), 8)
    quoted = {d: re.search(r'"([^"]*)"|(<[^ ]*>)', d.text) for d in found}
    return [(d.code, d.location.line, d.location.column, (m[1] or m[2]) if m else "") for d, m in quoted.items()]


@pytest.mark.parametrize(
    "text",
    [
        "Replace <your_name> by your name, <ns:tag> too, <a.b> and Map<key_type,value>.",
        "A <Thing>, a <T>, a <b-c> and a vector<unsigned int>.",
        "If a <b and c> d, then no.",
        "The <script> tag, the <title> and the <textarea>.",
        "The <b> tag, the <time> tag, the <table> tag, the <select> tag.",
        "Close it with </b> or </Thing>.",
        "Begin with <?php echo 1 ?> or with <!DOCTYPE html> or <![CDATA[ x ]]>.",
        "See <irc:x> and <plaintext>.",
        "In <svg> no, nor in <iframe src=x>.",
    ],
)
def test_nothing_that_is_written_is_swallowed(text: str):
    for body in (text, f"<div>\n{text}\n</div>", f"- {text}", f"{text}\n\nMore of it.\n\n<p>And this.</p>"):
        words = plain_text(convert(body, MarkdownOptions()).html)
        assert text.removeprefix("- ") in words
        assert ("More of it." in words) == ("More of it." in body)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a <b>b</b><br>c</p>", "<p>a <b>b</b><br>c</p>"),
        ('<p>a <IMG SRC="x.png"></p>', '<p>a <IMG SRC="x.png"></p>'),
        ("<img alt='a > b' src=x>", "<img alt='a > b' src=x>"),
        ("<!-- <x_y> --><p>a</p>", "<!-- <x_y> --><p>a</p>"),
        ("<div v-cloak data-x>a</div><div hidden>", "<div v-cloak data-x>a</div><div hidden>"),
        ('<p title="a\n\nb">c</p>"', '&lt;p title="a\n\nb">c&lt;/p&gt;"'),
        ('<p><a href="x>no end</p>', '<p>&lt;a href="x>no end</p>'),
        ("<p>1 < 2</p>", "<p>1 &lt; 2</p>"),
        ("<x &amp; y>", "&lt;x &amp;amp; y&gt;"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a<li>b</ul>"),
        ("<script>'<b>'</script>a", "a"),
        ("<svg><g><svg/><path/></g><svg></svg><x_y></svg>a", "a"),
        ("<template><p>a</template>b", "b"),
        ("<textarea>a &amp; <b></textarea>", "a &amp; &lt;b&gt;"),
        ("<iframe>a &amp; <b></iframe>", "a &amp;amp; &lt;b&gt;"),
        ("<noscript><b>a</b></noscript>", "<b>a</b>"),
        ("<my-card>a</my-card><my-name>", "<my-card>a</my-card>&lt;my-name&gt;"),
    ],
)
def test_what_is_html(html: str, expected: str):
    assert read_tags(html, ALLOWED | {"ul"}).html == expected


def test_each_name_is_told_once_as_written():
    tags = read_tags('<Thing a="1"><thing></Thing></x><CENTER>a</CENTER><center>b</center>', ALLOWED)
    assert (tags.removed, tags.shown) == (("<CENTER>",), ('<Thing a="1">', "</x>"))
    assert [beginning(tag) for tag in (*tags.removed, *tags.shown)] == ["<CENTER", "<Thing", "</x"]
    assert beginning("[[!toc levels=2]]") == "[[!toc"


def test_only_links_and_images_have_addresses():
    html = (
        """<a href="a?b&amp;c" href="d"><img SRC='e'></a><div data-src="f:" cite="g"><a title="href='h'" data-href=i>"""
    )
    assert read_tags(f"{html}<code>&lt;a href=j></code></div>", ALLOWED) == CheckedMarkup(
        f"{html}<code>&lt;a href=j></code></div>", (), (), ("a?b&c", "e")
    )


@pytest.mark.parametrize(
    "text",
    [
        'Read about `<iframe src="data://bar">` in code.',
        'Prose says href="foo:bar" somewhere.',
        '<div data-src="blob:https://x.org/1">x</div>',
        'Text.\n\n    <a href="javascript:alert(1)">',
        '```\n<a href="javascript:alert(1)">\n```',
        "[x](http://e.org/?href=foo:bar) [y](b.md?src=a:b) [z](HTTP://e.org)",
        '<a href="foo bar:baz">x</a>',
    ],
)
def test_only_an_address_has_a_scheme(text: str):
    assert [code for code, *_ in told(text)] == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[x](javascript:alert(1))", (8, 5, "javascript:alert(1)")),
        ('<a href="javascript:alert(&#x27;foo&#x27;)">x</a>', (8, 10, "javascript:alert('foo')")),
        ("`javascript:x` [x](javascript:x)", (8, 20, "javascript:x")),
        ("Code:\n\n    [x](ftp:y)\n\n[x](ftp:y)", (12, 5, "ftp:y")),
        ("<a href=' javascript:x'>x</a>", (8, 10, " javascript:x")),
        ("<a href='java&#9;script:x'>x</a>", (8, 10, "java\tscript:x")),
    ],
)
def test_a_scheme_that_is_not_published(text: str, place: tuple[int, int, str]):
    assert told(text) == [("url-scheme", *place)]
    assert "script:" not in convert(text.replace("`javascript:x`", ""), MarkdownOptions()).html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A\n<RETURN> b", ("markup-unknown", 9, 1, "<RETURN>")),
        ("`<Thing>` <Things> <Thing>", ("markup-unknown", 8, 20, "<Thing>")),
        ("a <BUTTON>b</BUTTON>", ("html-removed", 8, 3, "<BUTTON>")),
        ("<div>\n`<x>`\n</div>", ("markup-unknown", 9, 2, "<x>")),
        ("[[!toc levels=2]] and [[!toc]]", ("markup-unknown", 8, 1, "[[!toc levels=2]]")),
    ],
)
def test_tags_are_found_where_they_stand(text: str, expected: tuple[str, int, int, str]):
    assert expected in told(text)


def test_a_link_within_what_is_no_tag_is_one():
    html = convert("By Ann <see [her page](b.md), `<x>`>", MarkdownOptions()).html
    assert html == '<p>By Ann &lt;see <a href="b.md">her page</a>, <code>&lt;x&gt;</code>&gt;</p>'


@pytest.mark.parametrize(
    "text",
    ["[[!toc]]", '[[!toggle text="these changes"]]', "[[!img a_b_c.png *x*]]", '[[!template id=x\nname="a/b"]]'],
)
def test_a_directive_of_another_wiki_is_text(text: str):
    rendered, found = render_body(f"See {text}.", MarkdownOptions(), SourcePath("a.md"), 1)
    assert unescape(rendered.html) == f"<p>See {text}.</p>"
    assert rendered.body.refs == ()
    assert [d.code for d in found] == ["markup-unknown"]


def test_a_directive_in_code_is_code():
    rendered, found = render_body("`[[!toc]]` and [[!x `y`]] [[b]]", MarkdownOptions(), SourcePath("a.md"), 1)
    assert "<code>[[!toc]]</code> and [[!x <code>y</code>]]" in rendered.html
    assert [ref.written for ref in rendered.body.refs] == ["b"]
    assert found == []
