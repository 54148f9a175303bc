"""The bench of the search: queries that ask for what is there, the same each time."""

import pytest

from bench.search import KINDS, Answer, make_queries, row
from bench.search_corpus import make_records, make_words
from bench.wait import Wait, in_a_row, wait_row
from tests.helpers.sites import ROOT

ARTICLES = [
    (
        f"articles/{n}/",
        f"Hospitals test language models {n}",
        "# T\n\n" + "Doctors asked machines about their patients and nurses counted every answer they gave. " * 3,
    )
    for n in range(8)
]


@pytest.mark.parametrize("kind", KINDS)
def test_queries_are_the_same_each_time_and_ask_for_articles(kind: str):
    queries = make_queries(kind, ARTICLES, 5)
    assert queries == make_queries(kind, ARTICLES, 5)
    assert len({url for _, url in queries}) == 5


def test_a_swapped_word_is_no_word_of_the_title():
    for query, url in make_queries("swapped", ARTICLES, 8):
        title = next(title for path, title, _ in ARTICLES if path == url)
        assert query not in title.split()
        assert sorted(query) in [sorted(word) for word in title.split()]


def test_articles_without_long_words_ask_nothing():
    assert make_queries("swapped", [("a/", "A few of us", "")], 5) == []
    assert row([]) == "no query"


def test_the_row_counts_places_and_takes_medians():
    answers = [Answer(0, 1000, 10.0), Answer(4, 3000, 30.0), Answer(5, 2000, 20.0), Answer(None, 2000, 20.0)]
    assert row(answers).split() == ["0.25", "0.50", "2", "3", "20"]


def test_fetches_in_a_row_are_those_that_begin_when_another_has_ended():
    assert in_a_row([]) == 0
    assert in_a_row([(0, 10), (1, 9), (2, 30)]) == 1
    assert in_a_row([(0, 10), (0, 12), (11, 20), (21, 30), (12, 40)]) == 3


def test_the_row_of_waits_has_medians():
    waits = [Wait(100.0, 4, 2, 30_000), Wait(300.0, 6, 3, 50_000), Wait(120.0, 5, 2, 40_000)]
    assert wait_row(waits).split() == ["120", "5", "2", "40"]


def test_made_up_articles_are_the_same_each_time_and_few_words_are_most_of_them():
    words = make_words(ROOT / "content", 20_000)
    assert len(set(words)) == 20_000
    assert words[:2] == ["the", "of"]
    records = list(make_records(words, 20))
    assert records == list(make_records(words, 20))
    assert len({record.url for record in records}) == 20
    texts = " ".join(record.text for record in records).split()
    assert 0.05 < texts.count("the") / len(texts) < 0.15
