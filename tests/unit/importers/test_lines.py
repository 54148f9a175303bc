import textwrap

import pytest

from site_builder.importers.read.decode import clean_text
from site_builder.importers.read.text.lines import split_lines


def rows(text: str) -> list[tuple[str, str]]:
    return [(line.bullet, line.text) for line in split_lines(clean_text(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• Apples", ("•", "Apples")),
        ("  - Pears", ("-", "Pears")),
        ("* Plums", ("*", "Plums")),
        ("1. First", ("1.", "First")),
        ("(2) Second", ("(2)", "Second")),
        ("9. September 2025", ("", "9. September 2025")),
        ("# AI", ("#", "AI")),
        ("#AI", ("", "#AI")),
        ("-5 degrees", ("", "-5 degrees")),
        ("2026 was warm", ("", "2026 was warm")),
        ("Two   spaces", ("", "Two spaces")),
        ("Report (opens in a new window)", ("", "Report")),
        ("Bericht (öffnet in neuem Fenster)", ("", "Bericht")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_line_and_its_bullet(text, expected):
    assert rows(text) == [expected]


def test_blank_lines_and_bare_bullets_say_nothing():
    lines = split_lines("One\n\n \n•\nTwo\nThree\n")
    assert [(line.text, line.gap) for line in lines] == [("One", True), ("Two", True), ("Three", False)]


def test_windows_line_ends_change_nothing():
    assert rows("One\r\n\r\n- Two\r\n") == rows("One\n\n- Two\n")


PARAGRAPHS = (
    (
        "The library in Thorne will open on Sundays from autumn, after a vote of the town council that took all of "
        "the evening. Two members left before it, and one of them said that she had not been told of the new plan, "
        "which the clerk denied the next morning."
    ),
    (
        "Opening on Sundays costs it nine thousand pounds a year. A trust pays half for two years, and then "
        "the council must decide once more whether enough people came to make it worth while, the treasurer said."
    ),
)
WRAPPED = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)


def test_hard_wrapped_paragraphs_are_joined():
    assert [(line.text, line.gap) for line in split_lines(WRAPPED)] == [(text, True) for text in PARAGRAPHS]


def test_items_of_a_wrapped_text_stay_apart():
    items = "- " + "a word " * 9 + "end\n- " + "another one " * 5 + "end\n"
    assert [bullet for bullet, _ in rows(f"{WRAPPED}\n\n{items}")] == ["", "", "-", "-"]


def test_short_lines_are_not_joined():
    assert len(rows("Home\nNews\nSport\nCulture\nA title of some words\nAnother one\nA third\nA fourth\n")) == 8


@pytest.mark.parametrize("text", ["", "\n\n", " \u00a0 ", "•\n•", "\ufeff"])
def test_nothing_gives_nothing(text):
    assert rows(text) == []
