"""Words are counted alike in every alphabet."""

import pytest

from site_builder.text.word_counts import count_words, is_caseless, words_as_counted


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("—", 1),
        ("Two words", 2),
        ("well-known, x_1", 2),
        ("港務局開放潮閘", 4),
        ("水門は四月に開いた。", 5),
        ("iPhone 15を発売", 4),
        ("ประตูน้ำเปิดแล้ว", 4),
        ("조류 수문 공개", 3),
        ("فتحت الهيئة البوابة", 3),
        ("हिन्दी में समाचार", 3),
    ],
)
def test_words_of_a_line(text: str, count: int):
    assert count_words(text) == count


def test_words_are_compared_without_case_and_punctuation():
    assert words_as_counted("The Gate, opened: 2 x_1") == ["the", "gate", "opened", "2", "x_1"]
    assert words_as_counted("水門、開く") == ["水門", "開く"]


def test_marks_belong_to_their_letters():
    assert words_as_counted("हिन्दी में") == ["हिन्दी", "में"]


@pytest.mark.parametrize(
    ("text", "is_so"), [("Gate", False), ("Ворота", False), ("水門 A", True), ("बंदरगाह", True), ("12", False)]
)
def test_scripts_without_small_letters(text: str, is_so: bool):
    assert is_caseless(text) is is_so
