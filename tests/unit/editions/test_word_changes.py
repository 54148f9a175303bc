"""Two texts compared word by word."""

import pytest

from site_builder.editions import word_changes
from site_builder.editions.word_changes import AROUND_WORDS, MOST_LETTERS, MOST_PLACES, compare_words, in_short


@pytest.mark.parametrize(
    ("before", "after", "removed", "added", "marked"),
    [
        ("a b c", "a x c", 1, 1, [("a", "b", "x", "c")]),
        ("a b", "a b c", 0, 1, [("a b", "", "c", "")]),
        ("", "new words", 0, 2, [("", "", "new words", "")]),
        ("old words", "", 2, 0, [("", "old words", "", "")]),
        # Two changes with a word between them are one phrase.
        ("it was a red car", "it is a blue car", 3, 3, [("it", "was a red", "is a blue", "car")]),
        ("a one b c d e two f", "a 1 b c d e 2 f", 2, 2,
         [("a", "one", "1", "b c d e 2 f"), ("a 1 b c d e", "two", "2", "f")]),
    ],
)  # fmt: skip
def test_marks_what_differs(before: str, after: str, removed: int, added: int, marked: list[tuple[str, ...]]):
    change = compare_words(before, after)
    assert change is not None
    assert (change.removed_words, change.added_words) == (removed, added)
    assert [(p.before, p.removed, p.added, p.after) for p in change.places] == marked


def test_spaces_are_no_change():
    assert compare_words("a  b\nc", "a b c") is None


def test_only_the_first_places_are_shown():
    words = [f"w{n}" for n in range(100)]
    other = ["x" if n % 10 == 5 else word for n, word in enumerate(words)]
    change = compare_words(" ".join(words), " ".join(other))
    assert change is not None
    assert (len(change.places), change.further_places) == (MOST_PLACES, 10 - MOST_PLACES)
    assert change.places[1].before.startswith("… ")
    assert len(change.places[1].after.split()) == AROUND_WORDS + 1


def test_long_passages_and_words_are_cut():
    assert in_short(["w"] * 100).count("w ") < 60
    assert "60 words" in in_short(["w"] * 100)
    assert len(in_short(["x" * 10_000])) == MOST_LETTERS + 1


def test_a_text_that_is_too_long_to_be_aligned_was_written_anew(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(word_changes, "MOST_PAIRS", 10)
    change = compare_words("a b c d e f", "a 1 c 2 e f")
    assert change is not None
    assert [(p.removed, p.added) for p in change.places] == [("b c d", "1 c 2")]
