import random

import pytest

from site_builder.text.simhash import BITS, sketch

RANDOM = random.Random(7)
WORDS = ["".join(RANDOM.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(RANDOM.randint(3, 9))) for _ in range(3000)]


def text(words: int) -> list[str]:
    return [RANDOM.choice(WORDS) for _ in range(words)]


def distance(one: list[str], other: list[str]) -> int:
    first, second = sketch(" ".join(one)), sketch(" ".join(other))
    assert first is not None
    assert second is not None
    return (first ^ second).bit_count()


def test_short_texts_have_none():
    assert sketch("word " * 39) is None
    assert sketch("") is None
    assert sketch(" ".join(text(40))) is not None


def test_it_fits_and_stays():
    words = text(300)
    made = sketch(" ".join(words))
    assert made is not None
    assert 0 <= made < 1 << BITS
    assert made == sketch("  ".join(words).upper() + "!")


def test_it_is_the_same_in_every_version():
    """It is kept in drafts, so it may not change."""
    assert f"{sketch(' '.join(f'word{i}' for i in range(60))):032x}" == "252232b55576a47a0c55830f90979629"


@pytest.mark.parametrize("changed", [1, 5, 20])
def test_a_few_other_words_are_near(changed):
    words = text(500)
    other = list(words)
    for place in RANDOM.sample(range(500), changed):
        other[place] = "zzz"
    assert distance(words, other) <= 36


def test_a_shortened_text_is_near_and_another_far():
    words = text(500)
    assert distance(words, words[:430]) <= 36
    assert all(distance(words, text(500)) > 36 for _ in range(50))


def test_odd_characters_are_taken():
    assert sketch("\ud800 word \x00 " * 50) is not None
