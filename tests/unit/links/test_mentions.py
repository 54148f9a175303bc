import pytest

from site_builder.links.mentions import Mention, Names
from tests.helpers.growth import assert_cost_ratio, assert_linear

NAMES = Names(
    [
        ("ai-act", ("AI Act", "Artificial Intelligence Act", "Regulation 2024/1689")),
        ("act", ("Act",)),
        ("who", ("WHO", "World Health Organization")),
        ("apple", ("Apple",)),
        ("iphone", ("iPhone",)),
        ("us", ("U.S.", "United States")),
        ("att", ("AT&T",)),
        ("jean", ("Jean-Claude Müller",)),
        ("tokyo", ("東京",)),
        ("x", ("X",)),
    ]
)


def found(text: str) -> list[tuple[str, str]]:
    return [(m.id, m.text) for m in NAMES.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The AI Act applies.", [("ai-act", "AI Act")]),
        ("The AI\nAct applies.", [("ai-act", "AI\nAct")]),
        ("The AI\u00a0Act and the AI-Act.", [("ai-act", "AI\u00a0Act"), ("ai-act", "AI-Act")]),
        ("THE AI ACT APPLIES", [("ai-act", "AI ACT")]),
        ("the ai act applies", []),
        ("AI, Act now", [("act", "Act")]),
        ("Under Regulation 2024/1689 …", [("ai-act", "Regulation 2024/1689")]),
        ("The WHO, who knew", [("who", "WHO")]),
        ("an apple, an Apple's core", [("apple", "Apple")]),
        ("Pineapple Applet", []),
        ("An iPhone and an IPhone", [("iphone", "iPhone"), ("iphone", "IPhone")]),
        ("the U.S. economy", [("us", "U.S")]),
        ("tell us of it", []),
        ("AT&T rose", [("att", "AT&T")]),
        ("Jean-Claude Müller said", [("jean", "Jean-Claude Müller")]),
        ("東京 is a city", [("tokyo", "東京")]),
        ("X marks the spot", []),
        ("", []),
    ],
)
def test_names_in_a_text(text, expected):
    assert found(text) == expected


def test_places_are_those_of_the_text():
    text = "Apple and the World Health Organization"
    assert NAMES.find(text) == [Mention("apple", 0, 5, "Apple"), Mention("who", 14, 39, "World Health Organization")]
    assert all(text[m.start : m.end] == m.text for m in NAMES.find(text))


def test_the_first_of_each():
    assert [(m.id, m.start) for m in NAMES.first("Apple, WHO, Apple, WHO")] == [("apple", 0), ("who", 7)]


def test_the_longest_name_wins_and_none_lies_in_another():
    names = Names(
        [
            ("court", ("Court of Justice",)),
            ("eu", ("Court of Justice of the European Union",)),
            ("e", ("European Union",)),
        ]
    )
    assert [m.id for m in names.find("The Court of Justice of the European Union, and a Court of Justice")] == [
        "eu",
        "court",
    ]


def test_a_shared_name_stands_for_the_first():
    assert [m.id for m in Names([("a", ("Mercury",)), ("b", ("Mercury",))]).find("Mercury")] == ["a"]


def test_no_names_and_empty_names_find_nothing():
    assert Names([]).find("Apple") == []
    assert Names([("a", ("", "…", "-"))]).find("… - a") == []


def test_the_cost_grows_with_the_words():
    names = Names((f"n{i}", (f"Name{i} Thing", f"Other{i}")) for i in range(5_000))
    assert len(names.find("Some words and Name77 Thing in a row. " * 500)) == 500
    assert_linear(lambda n: names.find("Some words and Name77 Thing in a row. " * n), 1_000)


def test_the_cost_does_not_grow_with_the_names():
    text = "Some words and Name7 Thing in a row. " * 2_000
    few, many = (Names((f"n{i}", (f"Name{i} Thing",)) for i in range(count)) for count in (10, 10_000))
    assert_cost_ratio(lambda: few.find(text), lambda: many.find(text), at_most=4)


def test_cost_does_not_grow_with_the_names_that_begin_alike():
    few, many = (Names([("acme", [f"Acme Works {n}" for n in range(count)])]) for count in (20, 2_000))
    text = "Acme Works is large. " * 500
    assert_cost_ratio(lambda: few.find(text), lambda: many.find(text), 3.0)
