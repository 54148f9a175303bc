"""Words and stems in the languages we care for."""

import pytest

from site_builder.text.terms import STOP_WORDS, fold, stem, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("GPT-4o doesn't work", ["GPT", "4o", "doesn", "t", "work"]),
        ("L’idée générale — d'accord…", ["L", "idée", "générale", "d", "accord"]),
        ("line one\nzweite Überschrift\n", ["line", "one", "zweite", "Überschrift"]),
        ("e\u0301te\u0301 ici", ["e\u0301te\u0301", "ici"]),
        ("日本語 и данные", ["日本語", "и", "данные"]),
        ("snake_case (and) [more]", ["snake", "case", "and", "more"]),
    ],
)
def test_words_are_cut_as_written(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    "forms",
    [
        "royalty Royalties ROYALTY",
        "code codes coded coding",
        "run running runs",
        "process processes",
        "policy policies",
        "apply applied applies",
        "Modell Modelle Modellen Modells",
        "Qualität qualitat",
        "Straße Strasse",
        "maison maisons",
        "idée idées",
        "contrato contratos",
    ],
)
def test_forms_of_a_word_share_a_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1
    assert stem(forms.split()[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("policy", "police"),
        ("new", "news"),
        ("analysis", "analyst"),
        ("speed", "spe"),
        ("string", "str"),
        ("gpt4", "gpt"),
    ],
)
def test_different_words_stay_apart(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", ["the", "The", "und", "für", "était", "también", "x", "7", "a" * 41, "https"])
def test_what_says_nothing_has_no_stem(word):
    assert stem(word) == ""


@pytest.mark.parametrize("word", ["die", "war", "son", "main", "art"])
def test_words_that_mean_something_in_another_language_stay(word):
    assert word not in STOP_WORDS


def test_tokens_keep_the_order_and_drop_stop_words():
    assert tokens("The royalties of the authors, and their royalties") == ["royalty", "author", "royalty"]


def test_stop_words_are_folded():
    assert all(fold(word) == word for word in STOP_WORDS)


def test_a_stem_is_the_same_each_time():
    assert stem("Überlegungen") == stem("Überlegungen") == stem("uberlegungen")
