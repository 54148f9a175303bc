"""The time that a text takes grows with its length, whatever is in it.

`SITE_BUILDER_FUZZ=600 pytest -n 0 tests/properties/test_growth_of_texts.py` tries other texts for ten minutes.
"""

import os
import time

import pytest

from site_builder.config import MarkdownOptions
from site_builder.importers.read.text.read_text import read_text
from site_builder.markdown.body import render_body
from site_builder.markdown.bounds import inline_text
from site_builder.urls import SourcePath
from tests.helpers.growth import assert_linear
from tests.helpers.hostile_texts import HostileText, hostile_text, repeated

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code"))
PATH = SourcePath("content/articles/a.md")
SIZE = 2_000
"""Characters of the smaller text; the larger one has four times as many."""
SAMPLE = 30
SECONDS = float(os.environ.get("SITE_BUILDER_FUZZ") or 0)
"""Of processor time for other texts."""

KNOWN = [
    repeated(unit, between)
    for unit, between in [
        ("*_", ""),
        ("*a*", ""),
        ('[a]("', ""),
        ("[a](b '", ""),
        ("\\(", ""),
        ("\\*", ""),
        ("<b>", ""),
        ("[a](b)", " "),
        ("[[a|b]]", " "),
        ("# a", "\n"),
        ("[a]:", "\n"),
        ("[a]: b\n[a]", "\n"),
        ("*[a", "\n"),
        ("*[ab]: c\nab", "\n"),
        ("[^a", "\n"),
        ("a[^1]\n\n[^1]: b", "\n\n"),
        ("a\n: b", "\n"),
        ("<h1>a</h1>", "\n"),
        ('=== "a"', "\n"),
        ("a", "\n\n"),
    ]
]
"""Each of these has taken a time that grew with the square of its length."""


@pytest.fixture(autouse=True)
def short_parts(monkeypatch: pytest.MonkeyPatch):
    """Texts are read in parts that are much shorter than a test's."""
    monkeypatch.setattr(inline_text, "MAX_CHARACTERS", 500)
    monkeypatch.setattr(inline_text, "_NEAR_END", 100)


def check(text: HostileText) -> None:
    """Fail if reading it costs clearly more than in proportion to its length."""
    assert_linear(lambda size: render_body(text.make(size), OPTIONS, PATH, 1), SIZE)


@pytest.mark.parametrize("text", KNOWN, ids=lambda text: text.name)
def test_what_was_slow(text: HostileText):
    check(text)


@pytest.mark.parametrize("seed", range(SAMPLE))
def test_any_text(seed: int):
    check(hostile_text(seed))


@pytest.mark.parametrize("seed", range(0, SAMPLE, 5))
def test_any_pasted_text(seed: int):
    text = hostile_text(seed)
    assert_linear(lambda size: read_text(text.make(size)), SIZE)


def test_a_body_of_numbered_names():
    """Thousands of definitions, each used."""

    def read(size: int) -> None:
        numbers = range(size // 20)
        lines = [f"*[ab{n}]: c\n[r{n}]: d\n[^{n}]: e" for n in numbers] + [f"ab{n} [r{n}] [^{n}]" for n in numbers]
        render_body("\n\n".join(lines), OPTIONS, PATH, 1)

    assert_linear(read, SIZE)


def numbered(line: str) -> HostileText:
    """A line again and again, with another number each time."""
    return HostileText(line, lambda size: "".join(line.format(number) for number in range(size // len(line))))


def after(head: HostileText, body: HostileText) -> HostileText:
    """One half of a text, then another."""
    return HostileText(
        f"{head.name}, then {body.name}", lambda size: f"{head.make(size // 2)}\n\n{body.make(size // 2)}"
    )


def wide(row: str, rule: str, short: str) -> HostileText:
    """A table with many columns, and rows with one cell."""
    return HostileText(
        f"{row} and {short}",
        lambda size: "\n".join([row * (size // 12), rule * (size // 12)] + [short] * (size // 3 // len(short))),
    )


def code(language: str, sign: str) -> HostileText:
    """A block of code without an end."""
    return HostileText(f"{language} {sign!r}", lambda size: f"```{language}\n{sign * size}")


GROWN = [
    after(repeated("[TOC]", "\n\n"), repeated("## a", "\n\n")),
    after(repeated("[TOC]"), numbered("## a{}\n\n")),
    numbered("[a](b{0}) `[a](b{0})` "),
    numbered("[[a{0}]]\n`[[a{0}]]`\n"),
    numbered("![a](b{0}.png)\n\n\\[a](b{0}.png)\n\n"),
    wide("|a", "|-", "|a|"),
    HostileText(
        "cells of HTML",
        lambda size: f"<table><tr>{'<td>a</td>' * (size // 20)}</tr>{'<tr><td>a</td></tr>' * (size // 40)}</table>",
    ),
    HostileText(
        "cells that are wide",
        lambda size: f"<table>{'<tr><td colspan=1000 rowspan=9>a</td></tr>' * (size // 41)}</table>",
    ),
    *(
        code(language, sign)
        for language, sign in [("c", "\n"), ("js", "a."), ("xml", "<!--"), ("yaml", "%"), ("lisp", "#")]
    ),
]
"""Each of these, too, has taken a time that grew with the square of its length, from a few thousand characters on."""


@pytest.mark.parametrize("text", GROWN, ids=lambda text: text.name)
def test_what_was_slow_when_long(text: HostileText):
    assert_linear(lambda size: render_body(text.make(size), OPTIONS, PATH, 1), 2 * SIZE)


@pytest.mark.skipif(not SECONDS, reason="set SITE_BUILDER_FUZZ to a number of seconds")
def test_other_texts():
    end = time.process_time() + SECONDS
    seed, slow = int(time.time()), []
    while time.process_time() < end:
        seed += 1
        try:
            check(hostile_text(seed))
        except AssertionError as error:
            slow.append(f"{hostile_text(seed).name} {error}")
    assert slow == [], "\n".join(slow)
