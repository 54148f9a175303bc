"""Marks that stay as written are findings on their lines, and code is none."""

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.body import render_body
from site_builder.urls import SourcePath

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code", "footnotes"))


def places(text: str) -> list[tuple[int | None, int | None]]:
    found = render_body(text, OPTIONS, SourcePath("a.md"), 1)[1]
    assert {finding.code for finding in found} <= {"markup-unknown"}
    return [(finding.location.line, finding.location.column) for finding in found]


@pytest.mark.parametrize(
    "mark", ['{{< youtube "x" >}}', "{{% note %}}", "{% include a.html %}", "[^n]", "[x][]", "[x][y]"]
)
def test_marks_are_found_on_their_lines(mark: str):
    assert places(f"`{mark}`\n\n- a\n- b {mark}") == [(4, 5)]
    assert places(f"```\n{mark}\n```\n\n`{mark}`") == []


@pytest.mark.parametrize(
    "text", ["a[^1]\n\n[^1]: b", "[x][]\n\n[x]: b", "a{b}% {{c}}", "[[a]] x[0] x[i][j] [1][2]", "[a](b.md)[c](d.md)"]
)
def test_what_is_no_such_mark(text: str):
    assert places(text) == []


def test_a_footnote_that_nothing_refers_to():
    assert places("a[^1]\n\n[^1]: b\n\n[^2]: c") == [(5, 1)]
