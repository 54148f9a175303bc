"""Where a pasted page repeats, signs and dates itself: titles that stand several times, bylines beside dates."""

import datetime as dt
from textwrap import wrap

import pytest

from site_builder.importers.read.people import names_with_marks
from site_builder.importers.read.text.line_features import features
from site_builder.importers.read.text.lines import split_lines
from site_builder.importers.read.text.read_text import read_text

TITLE = "The gate of Thorne is open to engineers"
PARAGRAPHS = (
    (
        "The harbour office in Thorne opened its gate to outside engineers on Monday, after three winters in which the "
        "barrier had closed later than planned and water had reached the fish market twice, the clerk said."
    ),
    (
        "A programme written by two former pilots now reads the gauges along the estuary every ten minutes and tells "
        "the crew when to start the pumps, which take almost forty minutes to reach full power."
    ),
    (
        "The council will decide in spring whether the crew may leave the gate to itself on quiet days, and who pays "
        "for the second engine that the engineers asked for in their report to the harbour office."
    ),
)
TEXT = "\n\n".join(PARAGRAPHS)
DAY = dt.date(2026, 6, 3)


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Cole on June 3, 2026 at 8:15 pm",
        "By Ada Cole posted June 3rd 2026 7:30PM",
        "June 3, 2026 | by Ada Cole",
        "By Ada Cole@adacole June 3, 2026, 4:22am EDT",
        "June 3, 2026\nAda Cole",
    ],
)
def test_the_author_is_found_in_a_line_with_the_date(line: str):
    found = read_text(f"Home\nNews\n\n{TITLE}\n\n{line}\n\n{TEXT}")
    assert (found.title, found.author, found.date) == (TITLE, "Ada Cole", DAY)


def test_small_words_of_other_languages_are_in_names():
    assert read_text(f"{TITLE}\n\nBy Ana de la Garza\nJune 3, 2026\n\n{TEXT}").author == "Ana de la Garza"


@pytest.mark.parametrize("line", ["Channel 24 Live Stream", "Harbour News 12", "Model 5G Grill 249 Euro"])
def test_numbers_in_names_of_things_are_no_marks_of_notes(line: str):
    assert names_with_marks(line) == []


@pytest.mark.parametrize("line", ["Ada Cole 1,*, Ben Hart 2", "Ada Cole1, Ben Hart2", "Ada Cole 1 and Ben Hart 2"])
def test_marks_of_notes_behind_names_are_known(line: str):
    assert names_with_marks(line) == ["Ada Cole", "Ben Hart"]


def test_a_date_may_begin_a_longer_line():
    line = "June 3, 2026 14:00 Thorne Courier, Westrand, Harbour, Pumps, Gates, Estuary, Council, Spring, Report, Crew"
    assert read_text(f"{TITLE}\n\n{line}\n\n{TEXT}").date == DAY


def test_blogs_are_dated_below_the_text():
    assert read_text(f"{TITLE}\n\n{TEXT}\n\nJune 3, 2026 / Ada Cole / 2 notes").date == DAY


def test_the_third_level_of_a_list_is_marked_with_a_letter():
    rows = "  * Harbour\n      + Pumps\n          o Old pumps\n\no tempo passou"
    assert [(line.bullet, line.text) for line in split_lines(rows)] == [
        ("*", "Harbour"),
        ("+", "Pumps"),
        ("o", "Old pumps"),
        ("", "o tempo passou"),
    ]


def test_of_several_copies_of_a_title_the_head_of_the_text_is_found():
    menu = "\n".join(f"  * Section {name}" for name in ("One", "Two", "Three"))
    crumbs = f"  1. Home\n  2. Harbour\n  3. {TITLE}"
    latest = f"Latest\n\n{TITLE}\nPumps are tested in the rain\nFish market to stay open on Sundays\n\n{TEXT[:180]}"
    found = read_text(f"{menu}\n\n{crumbs}\n\n{TITLE}\n\nBy Ada Cole\nJune 3, 2026\n\n{TEXT}\n\n{latest}")
    assert (found.title, found.author, found.date) == (TITLE, "Ada Cole", DAY)


def test_the_only_paragraph_is_the_text_and_no_dek():
    found = read_text(f"{TITLE}\n\n{PARAGRAPHS[0]}\n\nJune 3, 2026\n\nContact\nImprint")
    assert (found.title, found.summary) == (TITLE, None)
    assert (found.body or "").startswith("The harbour office")


def test_one_long_line_is_a_text_without_a_title():
    found = read_text(" ".join(PARAGRAPHS))
    assert found.title is None
    assert (found.body or "").startswith("The harbour office")


def test_a_paper_in_an_archive_has_its_authors_and_abstract_alone():
    found = read_text(
        "Harbour Preprints\nHelp\n\n[Submitted on 3 June 2026]\nGates in Small Towns: When to Close\n"
        "Ada Cole, Ben Hart, Cy Dunn\n"
        "View a PDF of the paper titled Gates in Small Towns: When to Close, by Ada Cole and 2 other authors\n"
        f"View PDF HTML (experimental)\n\n{PARAGRAPHS[0]} {PARAGRAPHS[1]}\n\n"
        "Comments:\t12 pages, 4 figures\nSubjects:\tHarbours (ha.TH)\nCite as:\tha:2606.01234\n \nhttps://example.org/2606.01234"
    )
    assert (found.title, found.author) == ("Gates in Small Towns: When to Close", "Ada Cole, Ben Hart, Cy Dunn")
    assert found.body == f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}"


def test_narrow_columns_of_a_pdf_are_joined_and_numbered_headings_stay():
    first, second, third = ("\n".join(wrap(p, 33)) for p in PARAGRAPHS)
    found = read_text(
        f"Gates in Small Towns\n\nAda Cole1, Ben Hart2\n\nAbstract\n{first}\n\n"
        f"1 Introduction\n\n{second}\n\n2 Method\n\n{third}\n"
    )
    body = found.body or ""
    assert [line for line in body.split("\n\n") if line.startswith("#")] == ["## 1 Introduction", "## 2 Method"]
    assert all(p in body for p in PARAGRAPHS)


def test_comments_that_are_longer_than_the_text_are_known_by_their_dates():
    says = "I have seen that gate from my window for thirty years, and no engineer has ever asked me about it."
    names = ("Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo", "Kit", "Lou", "Moe")
    comments = "\n\n".join(f"{name} Marsh\nJune {4 + i}, 2026\n\n{i + 1}: {says}" for i, name in enumerate(names))
    more = PARAGRAPHS[0].replace("Thorne", "Westrand")
    text = f"{TITLE}\n\nBy Ada Cole\nJune 3, 2026\n\n{TEXT}\n\n{more}\n\n12 Comments\n\n{comments}\n\nLeave a comment"
    lines = split_lines(text)
    below = [line.text for line, seen in zip(lines, features(lines), strict=True) if seen.get("after comments")]
    assert below[0] == "12 Comments"
    assert not any(paragraph in below for paragraph in PARAGRAPHS)
