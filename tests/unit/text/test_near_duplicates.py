"""Pairs of texts that are nearly the same, found without comparing all with all."""

import random

import pytest

from site_builder.text import near_duplicates
from site_builder.text.near_duplicates import MAX_BITS_APART, find_near_duplicates


def pairs(titles: list[str], simhashes: list[int | None]) -> dict[tuple[int, int], int | None]:
    return {(found.one, found.other): found.bits for found in find_near_duplicates(titles, simhashes)}


@pytest.mark.parametrize("bits", [0, 8, 16, 20])
def test_looking_up_by_parts_finds_what_comparing_all_pairs_finds(bits: int) -> None:
    random_ = random.Random(bits)
    simhashes: list[int | None] = []
    for _ in range(100):
        simhash = random_.getrandbits(128)
        simhashes += [simhash, simhash ^ sum(1 << place for place in random_.sample(range(128), bits))]
    assert pairs([f"T {n}" for n in range(200)], simhashes) == {(n, n + 1): bits for n in range(0, 200, 2)}
    assert bits <= MAX_BITS_APART


def test_texts_are_named_before_titles_and_each_pair_once() -> None:
    found = find_near_duplicates(["Notes", "notes!", "Other", "Else", ""], [5, 4, 7, None, None])
    assert [(f.one, f.other, f.bits) for f in found] == [(0, 1, 1), (0, 2, 1), (1, 2, 2)]
    assert pairs(["Notes", "notes!", "", ""], [None] * 4) == {(0, 1): None}


def test_large_groups_pair_neighbours_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(pairs(["Weekly notes"] * 5, [None] * 5)) == 10
    monkeypatch.setattr(near_duplicates, "_MAX_GROUP", 3)
    assert pairs(["Weekly notes"] * 5, [None] * 5) == {(n, n + 1): None for n in range(4)}
