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


PDF = """Slow gates: what the tide taught a harbour
Ada Cole, Ben Hart
A B S T R A C T
Small harbours close their gates by a table that was prin-
ted before the channel was dredged. We read four gauges for
two winters and compared what they said with what the
table had foretold. On eleven nights the table was wrong by
more than a hand, and on one of them the crew was still at
home.
12
1. Introduction
A gate that closes too late lets the water into the fish mar-
ket, and one that closes too early keeps the boats out of the
"""


def test_text_of_a_pdf_is_joined_to_paragraphs():
    lines = [line.text for line in split_lines(clean_text(PDF))]
    assert lines[:3] == ["Slow gates: what the tide taught a harbour", "Ada Cole, Ben Hart", "A B S T R A C T"]
    assert lines[3].startswith("Small harbours close their gates by a table that was printed before the channel")
    assert lines[3].endswith("on one of them the crew was still at home.")
    assert "12" not in lines
    assert "the fish market, and one" in lines[-1]


def test_running_heads_of_a_pdf_are_left_out():
    words = [f"{a}{b}{a}" for a in "bdfg" for b in "aeiouy"]
    first, *others = [f"the {word} that is read at the gate of the harbour by one of the pi-" for word in words]
    rows_ = [first, *(f"lots {row}" for row in others)]
    pages = ["\n".join(rows_[:12]), "\n".join(rows_[12:]), "lots of the harbour."]
    text = "\n".join(f"Gates and Tides in Small Harbours {n}\n{page}" for n, page in enumerate(pages, 3))
    (line,) = split_lines(text)
    assert "Small Harbours" not in line.text
    assert line.text.count("by one of the pilots") == 24


def test_two_columns_are_put_below_each_other():
    left = [
        "the gauges along the estuary",
        "are read every ten minutes",
        "and the crew is told when",
        "to start the pumps, which",
        "take almost forty minutes",
        "to reach full power.",
    ]
    right = [
        "residents have asked for",
        "the measurements, because",
        "they want to compare them",
        "with the marks on a wall",
        "of the old customs house",
        "in the lower town.",
    ]
    text = "\n".join(f"{a:34}{b}" for a, b in zip(left, right, strict=True))
    rows_ = [line.text for line in split_lines(text)]
    assert " ".join(rows_) == " ".join([*left, *right])


def test_japanese_paragraphs_of_one_row_each_stay_apart():
    row = "港湾局は月曜日、潮門の運用を外部の技術者に公開した。閉門が予定より遅れたためであるという。"
    assert len(split_lines("\n".join(f"{n}{row}" for n in "一二三四五六七"))) == 7


def test_rows_of_a_table_are_no_columns():
    text = "\n".join(f"Gauge {n}          open        closed for repair" for n in range(9))
    assert len(split_lines(text)) == 9
