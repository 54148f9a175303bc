"""What GitHub, Obsidian and MkDocs show, without an entry in `markdown_extensions`."""

import re

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.body import Body, render_body
from site_builder.urls import SourcePath

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code"))


def read(text: str, options: MarkdownOptions = OPTIONS) -> tuple[str, Body, list[str]]:
    rendered, found = render_body(text, options, SourcePath("a.md"), 1)
    return rendered.html.replace("\n", ""), rendered.body, [finding.code for finding in found]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("~~a~~ b~~c~~d", "<del>a</del> b<del>c</del>d"),
        ("`~~a~~` ~ b~", "<code>~~a~~</code> ~ b~"),
        ("==a b==", "<mark>a b</mark>"),
        ("`==a==` a == b == c", "<code>==a==</code> a == b == c"),
        ("At https://a.example/b_c_d.", 'At <a href="https://a.example/b_c_d">https://a.example/b_c_d</a>.'),
        ("At ftp://a.example/b", "At ftp://a.example/b"),
        ("[https://a.example](https://b.example)", '<a href="https://b.example">https://a.example</a>'),
    ],
)
def test_marks_in_a_line(text: str, shown: str):
    assert read(text)[0] == f"<p>{shown}</p>"
    assert read(text)[2] == []


def test_tasks_are_boxes():
    shown, body, _ = read("- [ ] a [b](b.md)\n  - [x] c\n- d")
    assert re.sub(' class="[^"]*"', "", shown).startswith("<ul><li>☐  a <a ")
    assert "<li>☑  c</li>" in re.sub(' class="[^"]*"', "", shown)
    assert "[ ]" not in shown
    assert [(ref.line, ref.column) for ref in body.refs] == [(1, 13)]


@pytest.mark.parametrize(
    "text", ["> [!NOTE]\n> Text [b](b.md).", "> [!tip] Mine\n> Text.", '!!! note "Mine"\n    Text.']
)
def test_callouts(text: str):
    shown, body, found = read(text)
    assert shown.startswith('<div class="admonition ')
    assert "[!" not in shown
    assert "!!!" not in shown
    assert body.excerpt.startswith("Text")
    assert found == []


def test_a_callout_that_can_be_folded():
    assert (
        read("> [!warning]- Mine\n> Text.")[0]
        == '<details class="warning"><summary>Mine</summary><p>Text.</p></details>'
    )


def test_a_site_overrides_a_default():
    own = MarkdownOptions((*OPTIONS.extensions, "pymdownx.tilde"), {"pymdownx.tilde": {"subscript": True}})
    assert read("H~2~O ~~a~~", own)[0] == "<p>H<sub>2</sub>O <del>a</del></p>"
