"""What a terminal or a workflow would obey is shown, not sent."""

import pytest

from site_builder.characters import printable, printable_lines
from site_builder.diagnostics import Location, as_github, as_text, diagnostic
from site_builder.urls import SourcePath


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a plain text, 漢字, Łódź, café", "a plain text, 漢字, Łódź, café"),
        ("\x1b]0;mine\x07", "\\x1b]0;mine\\x07"),
        ("one\n::error::two", "one\\n::error::two"),
        ("a\rb\tc", "a\\rb\\tc"),
        ("\x9b31m", "\\x9b31m"),
        ("fdp.\u202eexe", "fdp.\\u202eexe"),
        ("a\u2028b", "a\\u2028b"),
        ("\ud800", "\\ud800"),
    ],
)
def test_unsafe_signs_are_shown_as_escapes(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_text_with_lines_keeps_them() -> None:
    assert printable_lines("+ one\n\ttwo\x1b[2J\n") == "+ one\n\ttwo\\x1b[2J\n"


def test_no_finding_holds_a_line_of_its_own_making() -> None:
    finding = diagnostic("link-missing", Location(SourcePath("a\n.md")), 'no file "x\n::stop-commands::y"', "\x1b[1mgo")
    assert as_text([finding]).splitlines() == [
        'a\\n.md:1:1: error: no file "x\\n::stop-commands::y" [link-missing]',
        "  hint: \\x1b[1mgo",
    ]
    assert "\n" not in as_github([finding])
    assert "\x1b" not in as_github([finding])
