"""The index: small files, of which an edit changes few, whatever the order of what goes in."""

import json
import random
from dataclasses import replace
from typing import Any

import pytest

from site_builder.search import index
from site_builder.search.index import MAX_WEIGHT, SearchRecord, build_index, pack, weigh
from site_builder.text.tokenizer import terms

RECORD = SearchRecord(
    "/articles/a/", "article", "Title", "Names", "A summary.", "Some text.", "2026-06-03", "Paper", ""
)
RANDOM = random.Random(7)
VOCABULARY = ["".join(RANDOM.choices("abcdefghijklmnoprstu", k=RANDOM.randint(3, 9))) for _ in range(4000)]


def records(count: int) -> list[SearchRecord]:
    """Articles of 80 words, common ones more often."""
    made = []
    for n in range(count):
        words = [VOCABULARY[min(int(RANDOM.expovariate(1 / 500)), 3999)] for _ in range(80)]
        topic = f"t{n % 7}"
        made.append(
            replace(
                RECORD,
                url=f"/articles/a{n}/",
                title=" ".join(words[:6]),
                text=" ".join(words),
                date=f"20{n % 20:02}-06-03",
                topics=((topic, topic.upper()),),
            )
        )
    return made


def files_of(given: list[SearchRecord]) -> dict[str, bytes]:
    return build_index(given, [pack(weigh(record)) for record in given])


def postings(files: dict[str, bytes], term: str) -> dict[int, int]:
    """Number of a document -> weight, as the browser reads them."""
    leaves = json.loads(files["index.json"])["leaves"]
    [leaf] = [leaf for leaf in leaves if leaf == f"{term} "] or [
        next(term[:n] for n in range(len(term), -1, -1) if term[:n] in leaves)
    ]
    name = leaf.rstrip(" ") + ("-" if leaf.endswith(" ") else "")
    flat = json.loads(files[f"t/{name}.json"]).get(term, [])
    found, number = {}, 0
    for step, weight in zip(flat[::2], flat[1::2], strict=True):
        number += step
        found[number] = weight
    return found


def shown(files: dict[str, bytes]) -> dict[int, dict[str, Any]]:
    """Number of a document -> what a result shows."""
    return {
        int(number): record
        for path, data in files.items()
        if path.startswith("d/")
        for number, record in json.loads(data).items()
    }


def test_a_word_in_the_title_weighs_more_than_one_in_the_text():
    weights = weigh(replace(RECORD, title="Privacy", names="", summary="", text="privacy law " + "word " * 300))
    assert weights["privacy"] > weights["law"]
    assert 1 <= min(weights.values()) <= max(weights.values()) <= MAX_WEIGHT
    assert (
        weigh(replace(RECORD, title="Privacy of one"))["privacy"] < weigh(replace(RECORD, title="Privacy"))["privacy"]
    )


def test_every_term_of_every_document_is_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(index, "LEAF_BYTES", 600)
    given = records(60)
    files = files_of(given)
    numbers = {record["u"]: number for number, record in shown(files).items()}
    for record in given:
        for term in set(terms(f"{record.title} {record.text}")):
            assert numbers[record.url] in postings(files, term)
    assert max(len(data) for path, data in files.items() if path.startswith("t/") and "-" not in path) <= 700


def test_the_order_of_documents_plays_no_part():
    given = records(40)
    assert files_of(given) == files_of(given[::-1])


def test_one_edit_and_one_new_document_change_few_files():
    given = records(1500)
    before = files_of(given)
    edited = [replace(given[0], text=f"{given[0].text} entirely new sentence"), *given[1:]]
    after = files_of(edited)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert len(changed) <= 6
    more = files_of([*given, replace(given[0], url="/articles/new/")])
    changed = {path for path in before.keys() | more.keys() if before.get(path) != more.get(path)}
    assert len(changed) < 0.4 * len(before)


def test_a_common_word_keeps_those_that_are_most_about_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(index, "MAX_POSTINGS", 5)
    given = [replace(r, text=f"{r.text} everywhere") for r in records(20)]
    given[3] = replace(given[3], title="Everywhere")
    files = files_of(given)
    found = postings(files, "everywhere")
    assert len(found) == 5
    best = max(found, key=found.__getitem__)
    assert shown(files)[best]["t"] == "Everywhere"


def test_documents_with_the_same_hash_get_numbers_of_their_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(index, "HASH_BITS", 8)
    files = files_of(records(200))
    assert len(shown(files)) == 200


def test_facets_hold_each_article_once_and_years_go_from_the_newest():
    given = records(50)
    files = files_of([*given, replace(RECORD, url="/topics/t/", kind="topic", date="")])
    years = json.loads(files["facets/year.json"])
    assert [key for key, _, _ in years] == sorted((key for key, _, _ in years), reverse=True)
    assert sum(len(numbers) for _, _, numbers in years) == 50
    topics = json.loads(files["facets/topic.json"])
    assert sorted(name for _, name, _ in topics) == [f"T{n}" for n in range(7)]
    assert sum(len(steps) for _, _, steps in topics) == 50


def test_words_are_in_the_spelling_that_most_use():
    given = [
        replace(RECORD, url=f"/{n}/", title=t, names="")
        for n, t in enumerate(["Policies", "Policies", "policy", "Zebra"])
    ]
    assert json.loads(files_of(given)["words.json"]) == ["policies", "zebra"]
