"""Text becomes the same terms however it is written."""

import pytest

from site_builder.text.search_terms import stem, terms


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
        ("", []),
    ],
)
def test_terms(text: str, expected: list[str]):
    assert terms(text) == expected


def test_a_word_and_its_plural_are_one_term():
    for one, many in (("policy", "policies"), ("law", "laws"), ("case", "cases"), ("datum", "datums")):
        assert stem(one) == stem(many)
