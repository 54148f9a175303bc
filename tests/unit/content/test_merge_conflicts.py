"""Merge conflicts in documents, told from headings, quotations and code."""

import pytest

from site_builder.content.merge_conflicts import find_conflicts
from site_builder.urls import SourcePath

CONFLICT = "<<<<<<< ours\nLow tide.\n=======\nHigh tide.\n>>>>>>> theirs\n"


def found(text: str, body_line: int = 1) -> list[tuple[int, str]]:
    return [
        (d.location.line, d.code.removeprefix("conflict-")) for d in find_conflicts(text, body_line, SourcePath("a"))
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (CONFLICT, 1),
        (f"One.\n\n{CONFLICT}", 3),
        ("<<<<<<< HEAD\na\n||||||| base\nb\n=======\nc\n>>>>>>> 1a2b3c\n", 1),
        ("- a\n  <<<<<<< HEAD\n  b\n  =======\n  >>>>>>> c\n", 2),
        ("<<<<<<< HEAD\nthe rest was deleted\n", 1),
        ("a\n\n>>>>>>> feature/tides\n", 3),
        ("```\ncode\n<<<<<<< HEAD\n```\n=======\n>>>>>>> x\n", 3),
    ],
)
def test_a_conflict_is_found_once(text: str, line: int):
    assert found(text) == [(line, "unsolved")]


def test_each_conflict_is_found():
    assert found(CONFLICT + "Between.\n" + CONFLICT) == [(1, "unsolved"), (7, "unsolved")]


@pytest.mark.parametrize(
    "text",
    ["Title\n=======\n\nText.", "> a\n>>>>>>> seven levels down\n> b", "<<<<<<<< eight", "a <<<<<<< b", "x <<<<<<<\n",
     "<<<<<<<word"],
)  # fmt: skip
def test_what_is_no_conflict(text: str):
    assert found(text) == []


@pytest.mark.parametrize("text", [f"```text\n{CONFLICT}```\n", "    " + CONFLICT.replace("\n", "\n    ")])
def test_code_that_shows_a_conflict_is_a_note(text: str):
    assert found(text) == [(2 if "`" in text else 1, "shown")]


def test_indented_front_matter_is_no_code():
    text = f"---\nsummary: |\n    {CONFLICT.replace(chr(10), chr(10) + '    ')}\n---\nText.\n"
    assert found(text, body_line=text[: text.index("Text.")].count("\n") + 1) == [(3, "unsolved")]
