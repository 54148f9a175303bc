"""The bench of the search: queries that ask for what is there, the same each time."""

import pytest

from bench.search import KINDS, Answer, make_queries, row

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
