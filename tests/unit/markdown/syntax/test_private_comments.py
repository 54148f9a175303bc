"""Private comments: what is one, and that nothing else moves or is lost."""

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.body import render_body
from site_builder.markdown.syntax.private_comments import find_private_comments
from site_builder.urls import SourcePath
from tests.helpers.growth import assert_linear

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code"))


def html(text: str) -> str:
    return render_body(text, OPTIONS, SourcePath("a.md"), 1)[0].html


@pytest.mark.parametrize(
    "text",
    [
        "Seen %%hush%% seen",
        "Seen%%hush%%seen",
        "見る%%hush%%見る",
        "Seen %%hush\nhush%% seen",
        "Seen\n\n%%\nhush\n\nhush\n%%\n\nseen",
        "- Seen\n- seen %%hush%%",
        "> Seen %%hush%% seen",
        "| Seen %%hush%% | B |\n| - | - |\n| seen | %%hush%% |",
        "# Seen %%hush%%",
        "%%\n```\n%%hush%%\n```\nhush\n%%\n\nSeen",
        "A ` tick, seen.\n\n%%hush%%\n\nAnother ` tick.",
        "Seen %%[hush](hush.md)%%",
        "Seen 2024%%hush%%",
        "Seen\n\n%%hush\n\nhush",
    ],
)
def test_comments_are_left_out(text: str):
    shown = html(text)
    assert "een" in shown or "見る" in shown
    assert "hush" not in shown
    assert "%" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "`%%a%%`",
        "```\n%%a%%\n```",
        "~~~\n%%a\n\n%%\n~~~",
        "Text:\n\n    %%a%%",
        "<pre>%%a%%</pre>",
        "1. Text\n\n    `%%a%%`",
        "Both 50%%, a, and 70%%.",
        "\\%%a%%",
        "a\n\n%%%%%%%%\n\n%%",
    ],
)
def test_code_and_percent_signs_stay(text: str):
    assert "a" in html(text)
    assert "%%" in html(text)


def test_lines_of_a_comment_do_not_part_a_list():
    assert html("- a\n%%\nnote\n%%\n- b") == html("- a\n- b")


def test_places_are_those_of_the_file():
    text = "%%\n[a](x.md)\n\n%%\n%%[a](x.md)%% [a](x.md)"
    (ref,) = render_body(text, OPTIONS, SourcePath("a.md"), 8)[0].body.refs
    assert (ref.line, ref.column) == (12, 19)


def test_many_in_a_line_are_read_once_each():
    assert_linear(lambda n: find_private_comments("%%a%%" * n), 20_000)
