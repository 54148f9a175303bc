"""Words, terms and roots in the languages we care for."""

# ruff: noqa: RUF001 (letters of other alphabets)

import pytest

from site_builder.text.folding import fold
from site_builder.text.stop_words import STOP_WORDS
from site_builder.text.tokenizer import Roots, root, stem, terms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("GPT-4o doesn't work", ["GPT", "4o", "doesn", "t", "work"]),
        ("L’idée générale — d'accord…", ["L", "idée", "générale", "d", "accord"]),
        ("line one\nzweite Überschrift\n", ["line", "one", "zweite", "Überschrift"]),
        ("e\u0301te\u0301 ici", ["e\u0301te\u0301", "ici"]),
        ("日本語 и данные", ["日本", "本語", "и", "данные"]),
        ("医療のAI活用", ["医療", "療の", "AI", "活用"]),
        ("a茶b", ["a", "茶", "b"]),
        ("snake_case (and) [more]", ["snake", "case", "and", "more"]),
    ],
)
def test_words_are_cut_as_written(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Policies, laws and CASES", ["policy", "law", "and", "case"]),
        ("us class basis gas series", ["us", "class", "basis", "gas", "sery"]),
        ("Straße ÜBER naïve", ["strasse", "uber", "naive"]),
        ("e\u0301te\u0301 \u00e9t\u00e9", ["ete", "ete"]),
        ("a-b_c 3.14", ["a", "b", "c", "3", "14"]),
        ("人工知能", ["人工", "工知", "知能"]),
        ("医療のAI活用", ["医療", "療の", "ai", "活用"]),
        ("x" * 60, ["x" * 40]),
        (
            "Łódź Øresund ışık IŞIK İzmir þorn æsir œuvre Đà",
            "lodz oresund isik isik izmir thorn aesir oeuvre da".split(),
        ),
        ("كِتَاب كتـــاب أحمد إحمد ٱلله کتاب", ["كتاب", "كتاب", "احمد", "احمد", "الله", "كتاب"]),
        ("שָׁלוֹם हिन्दी Daten\u00adschutz", ["שלום", "हिन्दी", "datenschutz"]),
        ("", []),
    ],
)
def test_the_search_finds_a_text_by_its_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_a_word_and_its_plural_are_one_term() -> None:
    for one, many in (("policy", "policies"), ("law", "laws"), ("case", "cases"), ("datum", "datums")):
        assert stem(one) == stem(many)


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
        "Qualität qualitat Qualita\u0308t",
        "Straße Strasse",
        "maison maisons",
        "idée idées",
        "contrato contratos",
        "ΣΊΣΥΦΟΣ σίσυφος",
    ],
)
def test_forms_of_a_word_share_a_root(forms: str) -> None:
    assert len({root(form) for form in forms.split()}) == 1
    assert root(forms.split(maxsplit=1)[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("policy", "police"),
        ("new", "news"),
        ("analysis", "analyst"),
        ("speed", "spe"),
        ("string", "str"),
        ("gpt4", "gpt"),
        ("कि", "की"),
    ],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert root(one) != root(other)


@pytest.mark.parametrize("word", ["the", "The", "und", "für", "était", "también", "x", "7", "a" * 41, "https"])
def test_what_says_nothing_has_no_root(word: str) -> None:
    assert root(word) == ""


@pytest.mark.parametrize("word", ["die", "war", "son", "main", "art"])
def test_words_that_mean_something_in_another_language_stay(word: str) -> None:
    assert word not in STOP_WORDS


def test_roots_keep_the_order_and_drop_stop_words() -> None:
    roots = Roots()
    assert roots.of_text("The royalties of the authors, and their royalties") == ["royalty", "author", "royalty"]
    assert roots["Royalties"] == "royalty"
    assert set(roots) == {"The", "royalties", "of", "the", "authors", "and", "their", "Royalties"}


def test_stop_words_are_folded() -> None:
    assert all(fold(word) == word for word in STOP_WORDS)
