"""What a terminal or a workflow would obey is shown, not sent."""

import json
import re
from pathlib import Path

import pytest

from site_builder.characters import printable, printable_lines
from site_builder.diagnostics import FORMATS, Location, as_github, as_json, as_text, diagnostic
from site_builder.serve.findings_html import error_page, overlay
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


ANYTHING = "\n\r\t\x00\x1b]0;x\x07\x7f\x85\x9b31m\u061c\u200e\u2028\u202e\u2066\ud800\ufeff\ufffe\U0010ffff <b> é"


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_prints_what_a_terminal_would_obey(name: str) -> None:
    finding = diagnostic("link-missing", Location(SourcePath(f"a{ANYTHING}.md")), ANYTHING, ANYTHING)
    printed = FORMATS[name]([finding])
    assert printable_lines(printed) == printed
    assert "é" in printed


def test_json_keeps_its_values() -> None:
    finding = diagnostic("link-missing", Location(SourcePath("a.md")), ANYTHING)
    assert json.loads(as_json([finding]))[0]["text"] == ANYTHING


def test_findings_in_the_browser_hold_no_markup_of_their_own() -> None:
    text = f"</p></li><script>pwn(1)</script><img src=x onerror=pwn(1)> \"'{ANYTHING}"
    finding = diagnostic("link-missing", Location(SourcePath(f"content/{text}.md")), text, text)
    html = (
        str(overlay([finding], (), "content")["html"])
        + error_page(text, [finding], Path("/no/such/folder"), text).decode()
    )
    tags = set(re.findall(r"<[/!]?([a-z0-9]+)", html))
    assert tags <= {*"body code h1 h3 head html li link main meta p strong title ul a doctype".split()}
    assert printable_lines(html.replace("\n", "")) == html.replace("\n", "")
