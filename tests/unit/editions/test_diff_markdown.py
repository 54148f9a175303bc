"""Markdown for a pull request: what others write makes no markup there, and no comment is too long."""

import datetime as dt
import re

import pytest
from markdown import markdown

from site_builder.content.vocabulary import Kind
from site_builder.editions.changed_files import FileDiff
from site_builder.editions.document_changes import DocumentChange, Effect, FieldChange
from site_builder.editions.editorial_diff import EditorialDiff, SideName
from site_builder.editions.formats.diff_markdown import LIMIT_CHARACTERS, diff_as_markdown, escaped
from site_builder.editions.formats.diff_text import diff_as_text
from site_builder.urls import Permalink, SourcePath

SIDE = SideName("main", "Site", "", "en", 0, has_site=True)


def diff(*documents: DocumentChange) -> EditorialDiff:
    return EditorialDiff(SIDE, SIDE, dt.date(2026, 7, 1), documents, (), (), (), (), (), (), (), FileDiff())


def change(title: str) -> DocumentChange:
    fields, path = (FieldChange("topics", (), (title,)),), SourcePath("content/articles/a.md")
    return DocumentChange(Effect.CHANGED, Kind.ARTICLE, Permalink("/articles/a/"), title, path, fields=fields)


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://evil.example)", "![a](https://evil.example/x.png)", "<img src=x onerror=alert(1)>", "*a* _b_ `c`",
        "- a", "1. a", "# a", "| a |", "&#64;octocat", "$a$", "~~a~~", "\\[a\\](b)", "a\n\n# b", "**", "<!-- a", "```",
    ],
)  # fmt: skip
def test_is_shown_as_it_is_written(text: str):
    html = markdown(f"- {escaped(text)}")
    assert re.findall(r"<(/?\w+)", html) == ["ul", "li", "/li", "/ul"]


@pytest.mark.parametrize("text", ["@octocat", "see #12", "https://a.example", "www.a.example", "a@b.example"])
def test_calls_nobody_and_links_to_nothing(text: str):
    assert not re.search(r"[@#]\w|://\w|www\.", escaped(text).replace("&#8203;", "\u200b"))


def test_stays_below_the_limit_and_ends_with_a_whole_line():
    text = diff_as_markdown(diff(*(change(f"{n} " + "x" * 3000) for n in range(100))))
    assert LIMIT_CHARACTERS - 10_000 < len(text) <= LIMIT_CHARACTERS
    assert text.endswith("shows all of it.*\n")
    assert text.count("```") % 2 == 0


def test_a_terminal_gets_no_control_characters():
    shown = diff_as_text(diff(change("\x1b]0;title\x07 \u202e::error::")))
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", shown)


def test_no_difference():
    assert "Readers will see no difference." in diff_as_markdown(diff())
    assert "Readers will see no difference." in diff_as_text(diff())
