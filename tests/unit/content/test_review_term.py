"""When to read a document again: a day or a length of time, and how others write it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.content.fields.review_term import add_length, normal_review_term, proposed_review_term
from site_builder.content.front_matter import parse
from site_builder.content.vocabulary import Kind
from site_builder.urls import SourcePath

HEAD = "title: A\ndate: 2026-06-03\nsummary: About A.\nsource: {name: A paper}\n"


def read(written: str) -> tuple[str | None, list[str]]:
    front, found = parse(f"{HEAD}review: {written}\n", Kind.ARTICLE, SourcePath("content/articles/a.md"))
    return (front.meta.review if front else None), [f"{d.code}: {d.text}; {d.hint}" for d in found]


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("6 months", "6 months"),
        ("6 month", "6 months"),
        ("1 years", "1 year"),
        ("'  90   days '", "90 days"),
        ("2 weeks", "2 weeks"),
        ("2027-06-01", "2027-06-01"),
        ("'2027-06-01'", "2027-06-01"),
    ],
)
def test_terms(written: str, term: str):
    assert read(written) == (term, [])


@pytest.mark.parametrize(
    ("written", "code", "hint"),
    [
        ("P6M", "value-invalid", "write `review: 6 months`"),
        ("6m", "value-invalid", "write `review: 6 months`"),
        ("6 Months", "value-invalid", "write `review: 6 months`"),
        ("6-month", "value-invalid", "write `review: 6 months`"),
        ("every year", "value-invalid", "write `review: 1 year`"),
        ("Quarterly", "value-invalid", "write `review: 3 months`"),
        ("alle 2 Jahre", "value-invalid", "write `review: 2 years`"),
        ("halbjährlich", "value-invalid", "write `review: 6 months`"),
        ("1 June 2027", "value-invalid", "write `review: 2027-06-01`"),
        ("6", "value-invalid", "write a day, such as"),
        ("0 months", "value-invalid", "write a day, such as"),
        ("1000 years", "value-invalid", "write a day, such as"),
        ("soon", "value-invalid", "write a day, such as"),
        ("true", "value-invalid", "write a day, such as"),
        ("[6 months]", "value-invalid", "write a day, such as"),
        ("2027-02-30", "date-invalid", "write it like"),
    ],
)
def test_what_is_no_term_is_reported_with_what_to_write(written: str, code: str, hint: str):
    term, found = read(written)
    assert term is None
    assert len(found) == 1
    assert found[0].startswith(f"{code}: ")
    assert hint in found[0]


@pytest.mark.parametrize(
    ("day", "term", "then"),
    [
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2023-08-31", "6 months", "2024-02-29"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2026-12-01", "1 month", "2027-01-01"),
        ("2026-06-03", "24 months", "2028-06-03"),
        ("2026-06-03", "2 weeks", "2026-06-17"),
        ("2026-06-03", "1 day", "2026-06-04"),
        ("9999-12-30", "1 day", "9999-12-31"),
        ("9999-12-31", "1 day", "9999-12-31"),
        ("9999-12-31", "999 years", "9999-12-31"),
        ("9999-12-31", "1 month", "9999-12-31"),
    ],
)
def test_a_length_of_time_after_a_day(day: str, term: str, then: str):
    assert add_length(dt.date.fromisoformat(day), term).isoformat() == then


@given(st.integers(1, 999), st.sampled_from(["day", "week", "month", "year"]), st.dates())
def test_a_normal_term_is_normal_and_later(count: int, unit: str, day: dt.date):
    term = normal_review_term(f"{count} {unit}")
    assert normal_review_term(term) == term
    assert proposed_review_term(term) == term
    assert add_length(day, term) > day or day == dt.date.max or add_length(day, term) == dt.date.max


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str):
    assert proposed_review_term(text) == "" or normal_review_term(proposed_review_term(text))
