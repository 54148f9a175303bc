"""Ids of headings, and links to them by text, id or GitHub's id."""

import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions import toc

from site_builder.config import MarkdownOptions
from site_builder.markdown.body import render_body
from site_builder.markdown.headings import find_heading, heading_id
from site_builder.urls import SourcePath


@dataclass
class _Heading:
    id: str
    text: str


@given(st.text(st.characters(codec="ascii"), max_size=40))
def test_ascii_ids_are_those_of_python_markdown(text: str):
    assert heading_id(text) == toc.slugify(text, "-") or toc.slugify(text, "-") == ""


@pytest.mark.parametrize("text", ["Café – the Ünal’s ½ plan…", "Q&A: naïve?", "Two  spaces", "-dash- ing", "Žlutý kůň"])
def test_ids_of_accented_latin_stay_those_of_python_markdown(text: str):
    assert heading_id(text) == toc.slugify(text, "-")


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("大きな川", "大きな川"),
        ("Größe & Maß", "grosse-mass"),
        ("Короткий путь", "короткий-путь"),
        ("हिन्दी में", "हिन्दी-में"),
        ("Πρώτη μέρα", "πρώτη-μέρα"),
        ("Søren", "søren"),
        ("第 2 章・試案", "第-2-章試案"),
        ("🚢", "ship"),
        ("!?", "exclamation-mark-question-mark"),
        ("", ""),
    ],
)
def test_ids_are_made_of_words_in_every_script(text: str, id_: str):
    assert heading_id(text) == id_
    assert heading_id(unicodedata.normalize("NFD", text)) == id_


def test_the_separator_of_the_settings_is_used():
    assert heading_id("Two words", "_") == "two_words"


def _found(fragment: str, *texts: str) -> str | None:
    markdown = "\n\n".join(f"## {text}" for text in texts)
    body = render_body(markdown, MarkdownOptions(), SourcePath("a.md"), 1)[0].body
    found = find_heading(fragment, body.headings, body.anchors)
    return next((h.text for h in body.headings if h.id == found), found)


@pytest.mark.parametrize(
    "text", ["Who's who", "Release 3.4", "R&D", "И так далее", "多言語", "C# and Go", "50 % more", "a_b c", "In (part)"]
)
def test_a_heading_is_found_by_its_text_its_id_and_githubs(text: str):
    github = {"Who's who": "whos-who", "Release 3.4": "release-34", "50 % more": "50--more", "C# and Go": "c-and-go"}
    for fragment in (text, heading_id(text), github.get(text, text), text.upper(), unicodedata.normalize("NFD", text)):
        assert _found(fragment, "Before", text, "After") == text


def test_exact_names_come_before_similar_ones():
    assert _found("A/B", "AB", "A/B") == "A/B"
    assert _found("ab", "A/B", "AB") == "A/B"  # the first of two with this id
    assert _found("notes-1", "Notes", "Notes", "Notes 1") == "Notes 1"


def test_repeated_headings_are_found_by_githubs_numbers():
    headings = [_Heading("notes", "Notes"), _Heading("notes_1", "Notes"), _Heading("notes_2", "Notes")]
    ids = {heading.id for heading in headings}
    assert [find_heading(f, headings, ids) for f in ("Notes", "notes-1", "notes-2", "notes_2", "notes-3")] == [
        *("notes", "notes_1", "notes_2", "notes_2"),
        None,
    ]


def test_a_heading_in_a_named_section():
    headings = [_Heading("x", "One"), _Heading("r", "Result"), _Heading("y", "Two"), _Heading("r_1", "Result")]
    ids = {heading.id for heading in headings}
    assert find_heading("Two#Result", headings, ids) == "r_1"
    assert find_heading("Three#Result", headings, ids) is None


def test_a_heading_with_a_wiki_link_is_found_by_its_words():
    body = render_body("## About [[data-law]] here", MarkdownOptions(), SourcePath("a.md"), 1)[0].body
    assert find_heading("About data-law here", body.headings, body.anchors) == "about-data-law-here"


def test_what_is_not_there_is_not_found():
    assert _found("Other", "One", "Two") is None
    assert _found("", "One") is None
    assert _found("!", "?") is None


def test_a_site_may_choose_its_own_rule_for_ids():
    options = MarkdownOptions(("toc",), {"toc": {"slugify": lambda text, _: f"x{len(text)}"}})
    assert render_body("## Four", options, SourcePath("a.md"), 1)[0].body.headings[0].id == "x4"


def test_a_heading_has_an_id_even_where_an_anchor_took_its_name():
    body = render_body('<a id="rules"></a>\n\n## Rules\n\n## Rules\n', MarkdownOptions(), SourcePath("a.md"), 1)[0].body
    assert [h.id for h in body.headings] == ["rules_2", "rules_1"]
    assert "rules" in body.anchors


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        ("top", "top"),
        ("Top", "Top"),
        (":~:text=low%20water", ":~:text=low%20water"),
        ("user-content-low-water", "Low water"),
        ("user-content-top", "top"),
        ("user-content-high-water", None),
        ("topper", None),
    ],
)
def test_fragments_that_browsers_and_github_know(fragment: str, found: str | None):
    assert _found(fragment, "Low water") == found


def test_a_heading_is_meant_before_the_top_of_the_page():
    assert _found("TOP", "Top") == "Top"
