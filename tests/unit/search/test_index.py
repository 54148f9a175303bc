"""The index: small files, of which an edit changes few, whatever the order of what goes in."""

import json
import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from typing import Any

import msgspec
import pytest

from site_builder.search import facets, index, shards
from site_builder.search.index import build_index, file_name
from site_builder.search.search_record import MAX_WEIGHT, SearchRecord, pack, weigh
from site_builder.search.shards import SHARD_BYTES
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


def shard_of(files: dict[str, bytes], term: str) -> dict[str, Any]:
    """The shard in which the browser looks for a term."""
    firsts = json.loads(files["index.json"])["shards"]
    place = bisect_right([first.encode("utf-16-be") for first in firsts], term.encode("utf-16-be")) - 1
    loaded: dict[str, Any] = json.loads(files[f"t/{file_name(firsts[place])}.json"])
    return loaded


def postings(files: dict[str, bytes], term: str) -> dict[int, int]:
    """Number of a document -> weight, as the browser reads them."""
    return postings_of(shard_of(files, term)["terms"].get(term, []))


def postings_of(flat: list[int]) -> dict[int, int]:
    """Number of a document -> weight; an odd first number is how many documents a beginning has."""
    found, number = {}, 0
    for step, weight in zip(flat[len(flat) % 2 :: 2], flat[len(flat) % 2 + 1 :: 2], strict=True):
        number += step
        found[number] = weight
    return found


def shown(files: dict[str, bytes]) -> dict[int, dict[str, Any]]:
    """Number of a document -> what a result shows."""
    parts = [json.loads(data) for path, data in files.items() if path.startswith("d/")]
    parts.append(json.loads(files["index.json"])["records"])
    return {int(number): record for part in parts for number, record in part.items()}


def test_a_word_in_the_title_weighs_more_than_one_in_the_text():
    weights = weigh(replace(RECORD, title="Privacy", names="", summary="", text="privacy law " + "word " * 300))
    assert weights["privacy"] > weights["law"]
    assert 1 <= min(weights.values()) <= max(weights.values()) <= MAX_WEIGHT
    assert (
        weigh(replace(RECORD, title="Privacy of one"))["privacy"] < weigh(replace(RECORD, title="Privacy"))["privacy"]
    )


def test_every_term_of_every_document_is_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shards, "SHARD_BYTES", 600)
    given = records(60)
    files = files_of(given)
    numbers = {record["u"]: number for number, record in shown(files).items()}
    for record in given:
        for term in set(terms(f"{record.title} {record.text}")):
            assert numbers[record.url] in postings(files, term)
    sizes = [len(msgspec.json.encode(own)) for own in without_beginnings(files)]
    assert max(sizes) <= 700
    assert len(sizes) > 20


def without_beginnings(files: dict[str, bytes]) -> Iterator[dict[str, list[int]]]:
    """The terms of each shard."""
    for path, data in files.items():
        if path.startswith("t/"):
            yield {term: own for term, own in json.loads(data)["terms"].items() if not term.endswith("*")}


def test_few_files_hold_many_terms():
    files = files_of(records(1000))
    assert sum(path.startswith("t/") for path in files) < 45
    assert sum(path.startswith("d/") for path in files) <= 64
    assert max(map(len, files.values())) < 2 * SHARD_BYTES


def test_a_beginning_in_several_shards_has_the_documents_of_all_its_words(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shards, "SHARD_BYTES", 2_000)
    monkeypatch.setattr(index, "ROOT_RECORDS_BYTES", 0)
    given = records(300)
    files = files_of(given)
    numbers = {record["u"]: number for number, record in shown(files).items()}
    wide = {term for path in files if path.startswith("t/") for term in json.loads(files[path])["terms"] if "*" in term}
    assert {"a*", "b*"} <= wide
    for start in sorted(wide):
        held = {
            numbers[record.url]
            for record in given
            if any(
                term.startswith(start[:-1])
                for term in terms(f"{record.title} {record.names} {record.summary} {record.text}")
            )
        }
        shard = shard_of(files, start[:-1])
        assert shard["terms"][start][0] == len(held)
        assert postings_of(shard["terms"][start]).keys() == held
        best = max(postings_of(shard["terms"][start]).items(), key=lambda pair: (pair[1], -pair[0]))
        assert str(best[0]) in shard["records"]


def test_a_beginning_keeps_the_best_of_many(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shards, "SHARD_BYTES", 2_000)
    monkeypatch.setattr(shards, "MAX_BEGINNING", 5)
    given = records(300)
    given[7] = replace(given[7], title="Aaab")
    files = files_of(given)
    entry = shard_of(files, "a")["terms"]["a*"]
    assert len(entry) == 11
    assert entry[0] > 5


def test_shards_begin_in_the_order_of_javascript(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shards, "SHARD_BYTES", 300)
    odd = ["\ufa0e\ufa0f", "\U00020000\U00020001", "zebra", "\ufa11\ufa13", "\U00020002\U00020003"]
    given = [replace(RECORD, url=f"/{n}/", title=" ".join(odd), text=f"word{n} " * 9) for n in range(9)]
    files = files_of(given)
    firsts = json.loads(files["index.json"])["shards"]
    assert firsts == sorted(firsts, key=lambda first: first.encode("utf-16-be"))
    for term in terms(" ".join(odd)):
        assert len(postings(files, term)) == 9


def test_a_large_site_has_the_first_records_of_words_of_titles_in_their_shards(monkeypatch: pytest.MonkeyPatch):
    given = [replace(r, title=f"Rhubarb {n} pie", summary=f"Summary {n}") for n, r in enumerate(records(40))]
    small = files_of(given)
    assert len(json.loads(small["index.json"])["records"]) == 40
    assert not any(path.startswith("d/") for path in small)
    assert shard_of(small, "rhubarb")["records"] == {}
    monkeypatch.setattr(index, "ROOT_RECORDS_BYTES", 1_000)
    large = files_of(given)
    assert json.loads(large["index.json"])["records"] == {}
    assert shown(large) == shown(small)
    found = postings(large, "rhubarb")
    for number in sorted(found, key=lambda n: (-found[n], n))[:3]:
        record = shard_of(large, "rhubarb")["records"][str(number)]
        assert record == {key: value for key, value in shown(large)[number].items() if key != "s"}


def test_no_file_of_facets_has_more_than_its_share(monkeypatch: pytest.MonkeyPatch):
    given = records(50)
    whole = values_of(files_of(given))
    monkeypatch.setattr(facets, "PART_NUMBERS", 9)
    files = files_of(given)
    assert json.loads(files["index.json"])["facets"]["topic"] == 6
    assert values_of(files) == whole


def values_of(files: dict[str, bytes]) -> dict[str, dict[str, list[int]]]:
    """Facet -> value -> numbers, those of a year in their order."""
    found: dict[str, dict[str, list[int]]] = {}
    for facet, parts in json.loads(files["index.json"])["facets"].items():
        for part in range(1, parts + 1):
            for key, _, steps in json.loads(files[f"facets/{facet}-{part}.json"]):
                numbers = steps if facet == "year" else list(accumulate(steps))
                found.setdefault(facet, {}).setdefault(key, []).extend(numbers)
    return found


def test_the_order_of_documents_plays_no_part():
    given = records(40)
    assert files_of(given) == files_of(given[::-1])


@pytest.mark.parametrize("postings_at_once", [1, 100])
def test_where_the_work_is_cut_plays_no_part(monkeypatch: pytest.MonkeyPatch, postings_at_once: int):
    for name, limit in (("SHARD_BYTES", 2000), ("MAX_POSTINGS", 20), ("MAX_BEGINNING", 30)):
        monkeypatch.setattr(shards, name, limit)
    given = records(200)
    before = files_of(given)
    monkeypatch.setattr(shards, "_BLOCK_POSTINGS", postings_at_once)
    assert files_of(given) == before


def test_one_edit_and_one_new_document_change_few_files():
    given = records(1500)
    before = files_of(given)
    edited = [replace(given[0], text=f"{given[0].text} entirely new sentence"), *given[1:]]
    after = files_of(edited)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert len(changed) <= 6
    more = files_of([*given, replace(given[0], url="/articles/new/")])
    changed = {path for path in before.keys() | more.keys() if before.get(path) != more.get(path)}
    assert len(changed) < 0.6 * len(before)


def test_a_common_word_keeps_those_that_are_most_about_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shards, "MAX_POSTINGS", 5)
    given = [replace(r, text=f"{r.text} everywhere") for r in records(20)]
    given[3] = replace(given[3], title="Everywhere")
    files = files_of(given)
    found = postings(files, "everywhere")
    assert len(found) == 5
    best = max(found, key=found.__getitem__)
    assert shown(files)[best]["t"] == "Everywhere"


def test_documents_with_the_same_hash_get_numbers_of_their_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(index, "SPARE_BITS", 0)
    files = files_of(records(200))
    assert len(shown(files)) == 200


def test_facets_hold_each_article_once_and_years_go_from_the_newest():
    given = records(50)
    files = files_of([*given, replace(RECORD, url="/topics/t/", kind="topic", date="")])
    years = json.loads(files["facets/year-1.json"])
    assert [key for key, _, _ in years] == sorted((key for key, _, _ in years), reverse=True)
    assert sum(len(numbers) for _, _, numbers in years) == 50
    topics = json.loads(files["facets/topic-1.json"])
    assert sorted(name for _, name, _ in topics) == [f"T{n}" for n in range(7)]
    assert sum(len(steps) for _, _, steps in topics) == 50


def test_words_are_in_the_spelling_that_most_use():
    given = [
        replace(RECORD, url=f"/{n}/", title=t, names="")
        for n, t in enumerate(["Policies", "Policies", "policy", "Zebra"])
    ]
    assert json.loads(files_of(given)["index.json"])["vocabulary"].split() == [
        "policies",
        "zebra",
        "some",
        "summary",
        "text",
    ]


@pytest.mark.parametrize("given", [[], [replace(RECORD, title="", names="", summary="", text="…")]])
def test_a_site_without_words_has_an_index(given: list[SearchRecord]):
    root = json.loads(files_of(given)["index.json"])
    assert root["documents"] == len(given)
    assert root["shards"] == []
