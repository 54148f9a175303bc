"""Two bodies with the words marked that differ."""

from collections.abc import Callable

import pytest

from site_builder.editions.formats.marked_html import TARGET, mark_changes, mark_line


def marked(before: str, after: str, picture: Callable[[str], str] = lambda _url: "") -> tuple[str, str]:
    return mark_changes(before, after, (picture, picture))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<p>a b c</p>", "<p>a x c</p>", ("<p>a <del>b</del> c</p>", "<p>a <ins>x</ins> c</p>")),
        ("<p>a <b>b</b> c</p>", "<p>a <b>x</b> c</p>",
         ("<p>a <b><del>b</del></b> c</p>", "<p>a <b><ins>x</ins></b> c</p>")),
        ("<p>a</p>", "<p>a</p><p>b c</p>", ("<p>a</p>", "<p>a</p><p><ins>b c</ins></p>")),
        ("<pre>a\n  b</pre>", "<pre>a\n  c\n</pre>",
         ("<pre>a\n  <del>b</del></pre>", "<pre>a\n  <ins>c</ins>\n</pre>")),
        ("<p>a &amp; b</p>", "<p>a &lt; b</p>", ("<p>a <del>&amp;</del> b</p>", "<p>a <ins>&lt;</ins> b</p>")),
        ("<p>a</p>", "", ("<p>a</p>", "")),
        ("<p>x <math><mi>a</mi></math></p>", "<p>x <math><mi>b</mi></math></p>",
         ("<p>x <math><mi>a</mi></math></p>", "<p>x <math><mi>b</mi></math></p>")),
    ],
)  # fmt: skip
def test_marks_words_where_they_are(before: str, after: str, expected: tuple[str, str]):
    assert marked(before, after) == expected


def test_marks_words_of_plain_texts():
    assert mark_line("<b> old", "<b> new") == ("&lt;b&gt; <del>old</del>", "&lt;b&gt; <ins>new</ins>")


def test_takes_out_what_only_works_on_the_site():
    html = f'<h2 id="x">H</h2><p><a href="#x">a</a> <a {TARGET}="/articles/b/">b</a> <a href="https://c.example/">c</a></p>'
    made = marked("", html)[1]
    assert made == ('<h2>H</h2><p><a>a</a> <a title="/articles/b/">b</a> <a href="https://c.example/">c</a></p>')


def test_shows_pictures_by_their_data_or_their_names():
    html = f'<img {TARGET}="/a&amp;b.png" alt="A &quot;b&quot;" srcset="x"><img src="https://c.example/d.png" alt="">'
    made = marked("", html, lambda url: "data:x" if url == "/a&b.png" else "")[1]
    assert made == (
        '<img src="data:x" alt="A &quot;b&quot;"><span class="picture">picture https://c.example/d.png</span>'
    )
