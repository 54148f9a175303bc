"""Every reason is true of the two documents that it is given for, even where different words share a hash."""

import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.related.neighbours import explain, nearest, rank, related
from site_builder.text.tokenizer import Roots, root

Document = dict[str, Any]


def roots(document: Document) -> set[str]:
    texts = (document.get(field) or "" for field in ("title", "summary", "body"))
    return {found for text in texts for found in Roots().of_text(text)}


def days_apart(one: Document, other: Document) -> int:
    first, second = (date.fromisoformat(d["date"]) for d in (one, other))
    return abs((first - second).days)


def citing(documents: dict[str, Document], one: Document, other: Document) -> int:
    wanted = {one["id"], other["id"]}
    return sum(wanted <= {*d.get("links", ())} - {d["id"]} for d in documents.values())


def is_true(reason: str, documents: dict[str, Document], one: Document, other: Document) -> bool:
    """Whether a reason, on the page of `one`, is true of `other`: worked out from the documents alone."""
    there, back = other["id"] in one.get("links", ()), one["id"] in other.get("links", ())
    shared = roots(one) & roots(other)
    shared_links = {*one.get("links", ())} & {*other.get("links", ())} - {one["id"], other["id"]}
    claims: dict[str, Callable[[str], bool]] = {
        "both discuss (.+)": lambda named: all(root(word) in shared for word in named.split(", ")),
        "both about (.+)": lambda named: all(n in one["topics"] and n in other["topics"] for n in listed(named)),
        "both mention (.+)": lambda named: all(n in one["entities"] and n in other["entities"] for n in listed(named)),
        "both link to (.+)": lambda counted: len(shared_links) == number(counted),
        "cited together by (.+)": lambda counted: citing(documents, one, other) == number(counted),
        "they link to each other()": lambda _: there and back,
        "linked from here()": lambda _: there and not back,
        "links here()": lambda _: back and not there,
        "published the same (day|week)": lambda span: days_apart(one, other) <= {"day": 0, "week": 7}[span],
        "published within a month()": lambda _: days_apart(one, other) <= 31,
        "similar wording()": lambda _: bool(shared),
    }
    [said] = [(claim, match[1]) for pattern, claim in claims.items() if (match := re.fullmatch(pattern, reason))]
    return said[0](said[1])


def listed(named: str) -> list[str]:
    return re.split(r", | and ", named)


def number(counted: str) -> int:
    first = counted.split(" ", maxsplit=1)[0]
    return int(first) if first.isdigit() else 1


def untrue(documents: list[Document], lists: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    by_id = {d["id"]: d for d in documents}
    for one, entries in lists.items():
        for other, _, why in entries:
            yield from ((one, other, reason) for reason in why if not is_true(reason, by_id, by_id[one], by_id[other]))


VOCABULARY = [f"{a}{b}{c}" for a in ("bal", "cor", "dim", "fol") for b in "aeiou" for c in ("nt", "rk", "st")]


@st.composite
def collections(draw: st.DrawFn) -> list[Document]:
    r = random.Random(draw(st.integers(0, 1_000_000)))
    names = [f"d{i:02}" for i in range(draw(st.integers(2, 30)))]
    return [
        {
            "id": name,
            "title": " ".join(r.sample(VOCABULARY, 2)),
            "body": " ".join(r.choices(VOCABULARY, k=r.randrange(30))),
            "topics": r.sample(["law", "ethics", "music"], r.randrange(3)),
            "entities": r.sample(["Mayo", "Acme"], r.randrange(2)),
            "date": f"2024-0{r.randrange(1, 9)}-1{r.randrange(9)}",
            "links": r.sample(names, r.randrange(min(4, len(names)))),
        }
        for name in names
    ]


@pytest.mark.parametrize("hashes", [3, 40, 1 << 29])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents=collections())
def test_reasons_are_true_however_many_words_share_a_hash(hashes: int, documents: list[Document]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("site_builder.related.term_counts.crc32", lambda word: crc32(word) % hashes + 1)
        lists = related(documents, threshold=0, jobs=1)
        ranked = rank(documents, jobs=1)
        first, *others = documents
        alone = nearest(first, others, threshold=0, jobs=1)
    assert list(untrue(documents, lists)) == []
    assert list(untrue(documents, ranked)) == []
    assert all(why for entries in lists.values() for _, _, why in entries), "an entry without a reason is none"
    assert alone == lists[first["id"]]


def test_texts_that_share_hashes_and_no_word_are_not_related(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.related.term_counts.crc32", lambda word: len(word) + 5)
    background = [{"id": f"f{i}", "body": f"{'x' * (20 + i)} {'y' * (20 + i)}"} for i in range(9)]
    pair = [{"id": "a", "body": "elephants balloons"}, {"id": "b", "body": "airports notebook"}]
    assert related([*background, *pair], threshold=0)["a"] == []
    assert explain([*background, *pair], "a", "b").reasons == ()


def test_links_are_told_apart_by_their_ends() -> None:
    """These two have the same 29 bits of a CRC, which once stood for a link: neighbours without a link came of it."""
    ends = ("article-111", "article-154", "article-619", "article-9")
    documents: list[Document] = [{"id": end, "body": f"word{i}"} for i, end in enumerate(ends)]
    documents[0]["links"], documents[2]["links"] = [ends[1]], [ends[3]]
    lists = rank(documents, jobs=1)
    found = {name: [other for other, _, _ in entries] for name, entries in lists.items()}
    assert found == {ends[0]: [ends[1]], ends[1]: [ends[0]], ends[2]: [ends[3]], ends[3]: [ends[2]]}
    assert list(untrue(documents, lists)) == []


def test_topics_are_told_apart_by_their_names() -> None:
    """As above: these two names have the same 29 bits of a CRC."""
    documents: list[Document] = [
        {"id": f"{n}{i}", "body": f"word{n}{i}", "topics": [topic]}
        for n, topic in enumerate(("images health health safety", "safety water bees"))
        for i in range(2)
    ]
    assert {name: [o for o, _, _ in found] for name, found in rank(documents, jobs=1).items()} == {
        "00": ["01"],
        "01": ["00"],
        "10": ["11"],
        "11": ["10"],
    }
