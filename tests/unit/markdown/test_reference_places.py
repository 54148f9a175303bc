"""Every reference has its exact place, also where the same text stands elsewhere as code, escaped, or in a comment."""

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.body import render_body
from site_builder.urls import SourcePath

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code", "footnotes", "md_in_html"))


@pytest.mark.parametrize(
    "text",
    [
        "[x](@b.md@) and [[@b@]] and ![a](@b.png@)",
        "`[x](b.md)` [x](@b.md@) \\[x](b.md) [y](@b.md@)",
        "<pre>\n[x](b.md)\n</pre>\n\n[x](@b.md@)",
        "<!-- [x](b.md) --> %%[x](b.md)%% [x](@b.md@)",
        "```\n[[b]]\n```\n\n    [[b]]\n\n- [[@b@]]\n\n      [[b|x]]\n\n[[@b@|y]]",
        "[x](< @b.md@ >) [y](\n@b.md@ 'T')".replace("< ", "<").replace(" >", ">"),
        "[a][n] [b][n] [n]\n\n`[n]: b.md`\n\n[n]: @b.md@",
        "[x](@a\\_b.md@) `[x](a_b.md)` [y](@a_b.md@)",
        "<a href='@b.md@'>x</a> <a href=@b&#46;md@>y</a> `href='b.md'`",
        "A[^1] [x](@b.md@)\n\n[^1]: [y](@b.md@) `[z](b.md)`",
        "| [[@b@|x]] | `[[b|x]]` |\n|---|---|\n| [[@b@\\|y]] | [b.md](@b.md@) |",
        "[[@two\n> words@]]".replace("[[", "> [["),
        "[x](@b.md?q=1&amp;r=2#s@) b.md?q=1&r=2#s",
        "## On [[@b@]] and `[[b]]`\n\n[x](@#part@) `[x](#part)` #part",
        "![](@b.png@)`![](b.png)`[![](@b.png@)](@b.md@)",
    ],
)
def test_places_are_exact(text: str):
    source = text.replace("@", "")
    expected, at = [], 0
    for number, piece in enumerate(text.split("@")):
        if number % 2:
            expected.append((at, at + len(piece)))
        at += len(piece)
    rendered, _ = render_body(source, OPTIONS, SourcePath("a.md"), 1)
    assert sorted({(ref.start, ref.end) for ref in rendered.body.refs}) == expected
    for ref in rendered.body.refs:
        before = source[: ref.start]
        assert (ref.line, ref.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


def test_what_an_extension_makes_has_no_place():
    rendered, _ = render_body("[TOC]\n\n## Part\n", OPTIONS, SourcePath("a.md"), 1)
    assert [(ref.written, ref.start) for ref in rendered.body.refs] == [("#part", -1)]


def test_a_missing_text_alternative_is_reported_where_it_is_missing():
    _, found = render_body("`![](p.png)` ![a](p.png)\n![](p.png)\n", OPTIONS, SourcePath("a.md"), 1)
    assert [(d.code, d.location.line, d.location.column) for d in found] == [("image-alt", 2, 5)]
