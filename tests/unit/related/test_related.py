"""Related documents: what counts, what is told, and that an edit gives what a new run would give."""

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from site_builder.parallel import Executors
from site_builder.related.nearest import choose_query_terms
from site_builder.related.neighbours import (
    Related,
    RelatedState,
    Weights,
    explain,
    nearest,
    rank,
    related,
    related_to,
    update_related,
)
from site_builder.related.ranking import Workers, compute_ranking

Document = dict[str, Any]

FOX = "The quick zebra crosses savannah plains while hungry crocodiles wait near muddy rivers."
TAX = "Royalties and tokenmaxxing change how licensing contracts pay authors for training corpora."
WORDS = [f"{a}{b}" for a in ("bal", "cor", "dim", "fol", "gar") for b in ("ant", "ork", "ust", "ilp", "ect")]
VOCABULARY = [f"{a}{b}{c}" for a in ("bal", "cor", "dim", "fol", "gar") for b in "aeiou" for c in ("nt", "rk", "st")]


def doc(name: str, body: str = "", **fields: Any) -> Document:
    return {"id": name, "title": "", "body": body, **fields}


def filler(count: int, seed: int = 1) -> list[Document]:
    """Documents that share words at random, as a background against which words are rare or common."""
    r = random.Random(seed)
    return [random_document(r, f"f{i:03}") for i in range(count)]


def random_document(r: random.Random, name: str) -> Document:
    words = [r.choice(VOCABULARY[: r.choice((8, 30, 75))]) for _ in range(r.randrange(0, 60))]
    return {
        "id": name,
        "title": " ".join(words[:3]),
        "summary": None if r.random() < 0.3 else " ".join(words[3:8]),
        "body": " ".join(words),
        "topics": r.sample(["law", "ethics", "images", "chips", "music"], r.randrange(0, 3)),
        "entities": r.sample(["Mayo Clinic", "Orchard", "Acme"], r.randrange(0, 2)),
        "date": r.choice([None, f"20{r.randrange(10, 26)}-0{r.randrange(1, 9)}-11", date(2024, 5, r.randrange(1, 28))]),
        "links": [f"f{r.randrange(60):03}" for _ in range(r.randrange(0, 3))],
    }


def names(lists: dict[str, list[Related]], one: str) -> list[str]:
    return [other for other, _, _ in lists[one]]


def reasons(lists: dict[str, list[Related]], one: str, other: str) -> tuple[str, ...]:
    return next(why for name, _, why in lists[one] if name == other)


class TestSignals:
    def test_rare_shared_words_are_told_as_written(self):
        lists = related([*filler(40), doc("a", TAX), doc("b", f"News. {TAX.replace('Royalties', 'royalty')}")])
        assert names(lists, "a")[0] == "b"
        (text,) = [why for why in reasons(lists, "a", "b") if why.startswith("both discuss ")]
        for word in text.removeprefix("both discuss ").replace(",", "").split():
            assert word in f"{TAX} royalty"

    @pytest.mark.parametrize(
        ("fields", "phrase"),
        [
            ({"topics": ["clinical validation", "bias"]}, "both about bias and clinical validation"),
            ({"entities": ["Massachusetts General"]}, "both mention Massachusetts General"),
            ({"links": ["elsewhere"]}, "both link to the same article"),
            ({"links": ["here", "there"]}, "both link to 2 of the same articles"),
        ],
    )
    def test_rare_facts_are_told(self, fields, phrase):
        lists = related([*filler(40), doc("a", FOX, **fields), doc("b", TAX, **fields)], threshold=0)
        assert phrase in reasons(lists, "a", "b")

    def test_links_are_told_from_either_end(self):
        lists = related([*filler(40), doc("a", FOX, links=["b"]), doc("b", TAX)])
        assert reasons(lists, "a", "b") == ("linked from here",)
        assert reasons(lists, "b", "a") == ("links here",)
        lists = related([*filler(40), doc("a", FOX, links=["b"]), doc("b", TAX, links=["a"])])
        assert "they link to each other" in reasons(lists, "a", "b")

    @pytest.mark.parametrize(("sources", "told"), [(1, "one article"), (3, "3 articles")])
    def test_cited_together(self, sources, told):
        citing = [doc(f"c{i}", links=["a", "b"]) for i in range(sources)]
        lists = related([*filler(40), doc("a", FOX), doc("b", TAX), *citing], threshold=0)
        assert f"cited together by {told}" in reasons(lists, "a", "b")

    @pytest.mark.parametrize(
        ("other", "phrase"),
        [
            ("2024-03-01", "published the same day"),
            (date(2024, 3, 6), "published the same week"),
            ("2024-03-25T12:00:00Z", "published within a month"),
            ("2024-09-25", None),
            ("soon", None),
        ],
    )
    def test_dates(self, other, phrase):
        lists = related([*filler(40), doc("a", TAX, date="2024-03-01"), doc("b", TAX, date=other)])
        told = [why for why in reasons(lists, "a", "b") if why.startswith("published")]
        assert told == ([phrase] if phrase else [])

    def test_dates_alone_relate_nothing(self):
        assert related([doc("a", FOX, date="2024-03-01"), doc("b", TAX, date="2024-03-01")]) == {"a": [], "b": []}

    def test_the_nearer_date_wins(self):
        dates = {"a": "2024-03-01", "b": "2019-03-01", "c": "2024-03-02"}
        documents = [doc(name, TAX, date=when) for name, when in dates.items()]
        assert names(related([*filler(40), *documents]), "a")[0] == "c"

    def test_a_rare_topic_counts_for_more_than_a_common_one(self):
        background = [{**d, "topics": ["common"]} for d in filler(40)]
        documents = [doc("a", topics=["rare", "common"]), doc("b", topics=["rare"]), doc("c", topics=["common"])]
        found = {name: score for name, score, _ in rank([*background, *documents])["a"]}
        assert found["b"] > 3 * found.get("c", 0)

    def test_reasons_are_real_parts_of_the_score(self):
        documents = filler(60)
        lists = related(documents, threshold=0)
        for one in [d["id"] for d in documents[:20]]:
            for other, score, why in lists[one]:
                found = explain(documents, one, other)
                assert (found.score, found.reasons) == (score, why)
                assert sum(s.value for s in found.signals) == pytest.approx(score, abs=1e-5)
                for signal in found.signals:
                    assert signal.value > 0


def told_words(one: str, other: str, background: list[Document] | None = None) -> list[str]:
    """What the text reason for b names on the page of a."""
    documents = [*(filler(40) if background is None else background), doc("a", one), doc("b", other)]
    why = reasons(related(documents, threshold=0), "a", "b")
    return [w for text in why if text.startswith("both discuss ") for w in text[len("both discuss ") :].split(", ")]


class TestTextReasons:
    def test_numbers_and_dates_are_not_told(self):
        text = "2024 20th Monday october Dienstag mars miércoles 0xab12 zebra 721 crocodile ox"
        shuffled = " ".join(reversed(text.split()))
        assert sorted(told_words(text, shuffled)) == ["crocodile", "zebra"]

    def test_short_words_are_told_in_capitals(self):
        assert sorted(told_words("The AI of zebra ox.", "Zebra and AI, ox or ai.")) == ["AI", "zebra"]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Safety of zebra. A safety matter.", "Safety first. Zebra later."),
            ("Safety of zebra.", "Zebra later: safety first."),
            ("Safety of zebra, and safety.", "zebra later: safety first."),
        ],
    )
    def test_lower_case_is_told_where_it_stands_anywhere(self, one, other):
        assert "safety" in " ".join(told_words(one, other)).split()

    def test_names_keep_their_capitals(self):
        assert sorted(told_words("The Orchard of Zanzibar.", "By Zanzibar, Orchard.")) == ["Orchard", "Zanzibar"]

    def test_one_word_is_told_only_where_there_is_nothing_else(self):
        assert told_words("Zebra crossing.", "A zebra runs.") == ["zebra"]
        background = [doc(f"f{i}", f"other{i} words{i}") for i in range(8)]
        pair = [doc("a", "Zebra crossing.", topics=["law"]), doc("b", "A zebra runs.", topics=["law"])]
        assert reasons(related([*background, *pair], threshold=0.01), "a", "b") == ("both about law",)

    def test_words_are_told_behind_what_curators_did_and_only_beside_little(self):
        shared = {"topics": ["patents"], "entities": ["Orchid"]}
        one, two = (doc(name, f"{TAX} {TAX}", **shared) for name in "ab")
        lists = related([*filler(40), one, two])
        assert sorted(reasons(lists, "a", "b")) == ["both about patents", "both mention Orchid"]
        lists = related([*filler(40), {**one, "topics": []}, two])
        first, second = reasons(lists, "a", "b")
        assert first == "both mention Orchid"
        assert second.startswith("both discuss ")

    def test_words_said_in_passing_are_told_only_if_there_is_nothing_said_often(self):
        often = "Zebra and zebra, crocodile and crocodile, savannah and savannah"
        told = told_words(f"{often}, rivers.", f"Rivers: {often}.", filler(40))
        assert sorted(told) == ["crocodile", "savannah", "zebra"]

    def test_common_words_are_told_only_if_there_is_nothing_rarer(self):
        background = [doc(f"f{i:02}", f"grass w{i}aa v{i}bb {'leaf' if i % 4 == 0 else 'stone'}") for i in range(60)]
        rarer = told_words("leaf zebra and then crocodile", "zebra, leaf, crocodile", background)
        assert "leaf" not in " ".join(rarer).split()
        assert "leaf" in " ".join(told_words("leaf zebra and", "zebra, other leaf", background)).split()


class TestWeakEntries:
    def documents(self) -> list[Document]:
        facts = {"topics": ["rare"], "links": ["c"]}
        half = "Hungry crocodiles wait near rivers."
        texts = [doc("a", TAX, **facts), doc("b", f"{half} Royalties, contracts.", **facts)]
        return [*filler(40), *texts, doc("c", "Zebra of savannah plains, tokenmaxxing, corpora."), doc("d", FOX)]

    def test_text_alone_needs_more(self):
        documents = self.documents()
        every = related(documents, threshold=0.01)
        assert {"b", "c"} <= set(names(every, "d"))
        lists = related(documents, threshold=0.01, threshold_alone=0.99)
        assert names(lists, "d") == []
        assert names(lists, "a") == [n for n in names(every, "a") if n in {"b", "c"}]
        assert related(documents, threshold=0.01, threshold_alone=0.005) == every
        every = related(documents, threshold=0.01, limit=50)
        lists = related(documents, threshold=0.01, threshold_alone=0.2, limit=50)
        for one in ("a", "b", "c", "d", "f000", "f001", "f002", "f003"):  # `explain` ranks everything each time
            kept = [n for n, s, _ in every[one] if s >= 0.2 or not explain(documents, one, n).is_text_alone]
            assert names(lists, one) == kept

    def test_weak_entries_take_no_place(self):
        documents = self.documents()
        strong = names(related(documents, threshold=0.01, threshold_alone=0.3), "b")
        first = related(documents, threshold=0.01, threshold_alone=0.3, limit=len(strong))
        assert names(first, "b") == strong


class TestNearest:
    @pytest.mark.parametrize("seed", range(4))
    def test_gives_the_row_that_related_gives(self, seed):
        documents = filler(90, seed)
        documents += [{**d, "id": f"copy{i}"} for i, d in enumerate(documents[:12])]
        settings: Any = {"threshold": 0.03, "limit": 6, "threshold_alone": (None, 0.1)[seed % 2]}
        lists = related(documents, **settings)
        for one in documents[::9]:
            others = [d for d in documents if d["id"] != one["id"]]
            random.Random(seed).shuffle(others)
            assert nearest(one, others, **settings) == lists[one["id"]]

    def test_nothing_to_compare_with(self):
        assert nearest(doc("a", TAX), []) == []
        assert nearest(doc("a"), [doc("b", TAX)]) == []

    def test_an_id_twice_is_refused(self):
        with pytest.raises(ValueError, match='two documents have the id "a"'):
            nearest(doc("a"), [doc("a")])


class TestLists:
    def test_threshold_may_leave_a_list_empty(self):
        documents = [*filler(40), doc("a", TAX), doc("b", TAX)]
        assert related(documents, threshold=1.01)["a"] == []
        assert all(score >= 0.2 for found in related(documents, threshold=0.2).values() for _, score, _ in found)

    def test_vetoed_documents_are_left_out_and_replaced(self):
        documents = filler(60)
        before = related(documents, threshold=0)
        veto = names(before, "f001")[:3]
        after = related(documents, threshold=0, exclude={"f001": veto})
        assert not set(veto) & set(names(after, "f001"))
        assert len(after["f001"]) == len(before["f001"])
        assert after["f002"] == before["f002"]

    def test_near_duplicates_do_not_fill_a_list(self):
        copies = [doc(f"copy{i}", TAX) for i in range(8)]
        others = [doc("x", f"Authors want royalties. {FOX}"), doc("y", "Licensing contracts, once more, are boring.")]
        documents = [*filler(40), doc("a", f"{TAX} And more on that."), *copies, *others]
        found = names(related(documents, limit=4), "a")
        assert sum(name.startswith("copy") for name in found) == 1
        assert {"x", "y"} <= set(found)

    def test_best_first_ties_by_id(self):
        documents = filler(80)
        for found in rank(documents).values():
            assert [(name, score) for name, score, _ in found] == [
                (n, s) for s, n in sorted(((s, n) for n, s, _ in found), key=lambda p: (-p[0], p[1]))
            ]
            assert all(0 < score <= 1 for _, score, _ in found)
        lists = rank([*documents, *(doc(name, TAX) for name in "dbca")])
        assert names(lists, "b")[:3] == ["a", "c", "d"]

    def test_limit_and_reasons_of_the_first(self):
        lists = rank(filler(60), limit=7, explained=2)
        assert {len(found) for found in lists.values()} <= set(range(8))
        longest = max(lists.values(), key=len)
        assert longest[0][2]
        assert longest[2][2] == ()

    def test_first_ten_entries_have_reasons(self):
        lists = rank([doc(f"{i:02}", f"{TAX} {FOX}", topics=["x"]) for i in range(20)])
        assert all(why for found in lists.values() for _, _, why in found[:10])
        assert not any(why for found in lists.values() for _, _, why in found[10:])

    def test_common_terms_are_asked_for_as_far_as_answers_are_few(self, monkeypatch):
        documents = filler(120)
        lists = rank(documents, explained=0)
        monkeypatch.setattr("site_builder.related.nearest.MAX_POSTINGS", 120)
        vectors = compute_ranking(
            sorted(documents, key=lambda d: str(d["id"])), 5, Weights(), Workers(Executors())
        ).vectors
        asked = choose_query_terms(vectors)
        sums = np.add.reduceat(2.0 ** vectors.steps[asked.places], asked.starts[:-1][np.diff(asked.starts) > 0])
        assert 0 < sums.max() <= 120
        fewer = rank(documents, explained=0)
        assert fewer.keys() == lists.keys()
        assert fewer != lists

    def test_both_ways_to_add_up_answers_give_the_same(self, monkeypatch):
        documents = filler(120)
        lists = rank(documents)
        monkeypatch.setattr("site_builder.related.nearest._DENSE_DOCUMENTS", 0)
        assert rank(documents) == lists

    def test_order_of_documents_plays_no_part(self):
        documents = filler(120)
        lists = related(documents, threshold=0)
        for seed in range(3):
            random.Random(seed).shuffle(documents)
            assert related(documents, threshold=0) == lists

    def test_processes_give_the_same(self, monkeypatch):
        documents = filler(90)
        settings: Any = {"threshold": 0.03, "threshold_alone": 0.1}
        alone = related(documents, jobs=1, **settings)
        monkeypatch.setattr("site_builder.related.ranking.MIN_POOL_ITEMS", 1)
        monkeypatch.setattr("site_builder.parallel.WORTH_PROCESSES", 1)
        monkeypatch.setattr("site_builder.related.ranking.CHUNK_ROWS", 40)
        monkeypatch.setattr("site_builder.related.ranking.CHUNK_TEXTS", 40)
        assert related(documents, jobs=2, **settings) == alone
        assert rank(documents, jobs=2) == rank(documents, jobs=1)


class TestOddDocuments:
    @pytest.mark.parametrize(
        "documents",
        [
            [],
            [{"id": "a"}],
            [{"id": "a", "body": TAX}],
            [{"id": "a"}, {"id": "b", "title": ""}],
            [{"id": "a", "title": None, "body": 7, "topics": None, "links": "b", "date": 3}, {"id": "b", "body": "a"}],
        ],
        ids=["none", "only an id", "one", "no text", "wrong types"],
    )
    def test_nothing_related(self, documents):
        assert related(documents) == {d["id"]: [] for d in documents}

    def test_identical_documents(self):
        lists = related([doc("a", TAX), doc("b", TAX), doc("c", TAX)])
        assert names(lists, "a") == ["b"]
        assert rank([doc("a", TAX), doc("b", TAX)])["a"][0][1] > 0.5

    def test_unicode(self):
        text = "Größenwahn über naïve Überschätzung — 数据 «идеи данных»"
        lists = related([*filler(40), doc("ä", text), doc("日", f"{text} \ud800")])
        assert names(lists, "ä") == ["日"]
        assert "Größenwahn" in " ".join(reasons(lists, "ä", "日"))

    def test_an_id_twice_is_refused(self):
        with pytest.raises(ValueError, match='two documents have the id "a"'):
            rank([doc("a"), doc("a")])

    def test_weights_must_make_sense(self):
        for wrong in ({"text": -1}, {"text": 2, "direct": 1}, {"days": 0}):
            with pytest.raises(ValueError, match="weights"):
                Weights(**wrong)

    def test_unknown_id_to_explain(self):
        with pytest.raises(KeyError):
            explain([doc("a")], "a", "b")


class TestAgain:
    @pytest.mark.parametrize("seed", range(6))
    def test_edits_give_what_a_new_run_gives(self, seed, monkeypatch):
        monkeypatch.setattr("site_builder.related.invalidation.MAX_CHANGED_SHARE", 0.9)
        r = random.Random(seed)
        documents = {d["id"]: d for d in filler(50 + 30 * (seed % 3), seed)}
        state = None
        for step in range(9):
            edit(r, documents, step)
            vetoes = {name: r.sample(sorted(documents), 2) for name in sorted(documents)[:: r.choice((7, 7, 11))]}
            settings: Any = {"limit": 5, "threshold": r.choice((0.02, 0.02, 0.02, 0.1)), "exclude": vetoes}
            alone: dict[str, list[Related]] = {}
            settings["threshold_alone"] = r.choice((None, 0.12, 0.12))
            for one in sorted(documents)[step % 7 :: 19]:
                alone[one] = related_to(one, state, documents.values(), **{**settings, "exclude": vetoes.get(one, ())})
            lists, state = update_related(state, documents.values(), **settings)
            assert lists == related(list(documents.values()), **settings)
            assert alone == {one: lists[one] for one in alone}
            state = RelatedState.from_bytes(state.to_bytes())
            assert state is not None

    def test_only_rows_that_can_have_changed_are_worked_out_again(self):
        """Three groups that share no word, and one word more in one of them: only that group's rows are touched."""
        documents = {
            f"{group}{i:02}": doc(f"{group}{i:02}", " ".join(f"{group}{w}" for w in random.Random(i).sample(WORDS, 20)))
            for group in ("uno", "duo", "tre")
            for i in range(60)
        }
        _, state = update_related(None, documents.values(), limit=5)
        documents["duo07"]["body"] += " duobalant"
        ordered = [documents[name] for name in sorted(documents)]
        ranking = compute_ranking(ordered, 25, Weights(), Workers(Executors()), earlier=state.snapshot)
        assert 0 < len(ranking.recomputed) <= 60
        assert {ranking.ids[row][:3] for row in ranking.recomputed} == {"duo"}
        assert update_related(state, ordered, limit=5)[0] == related(ordered, limit=5)

    def test_nothing_is_worked_out_again_without_a_change(self):
        documents = sorted(filler(80), key=lambda d: str(d["id"]))
        lists, state = update_related(None, documents)
        assert not compute_ranking(documents, 30, Weights(), Workers(Executors()), earlier=state.snapshot).recomputed
        assert update_related(state, documents)[0] == lists

    def test_other_settings_start_anew(self):
        documents = filler(50)
        _, state = update_related(None, documents, limit=5)
        weights = Weights(text=0.5)
        assert update_related(state, documents, limit=3, weights=weights)[0] == related(
            documents, limit=3, weights=weights
        )

    def test_only_new_bodies_are_read(self):
        bodies = {f"d{i}": f"{TAX} zebra{i % 3} river{i % 4}" for i in range(12)}
        asked: list[str] = []

        def read(ids: Sequence[str]) -> dict[str, str]:
            asked.extend(ids)
            return {one: bodies[one] for one in ids}

        def documents() -> list[Document]:
            return [{"id": one, "title": one, "body_digest": body[::-1]} for one, body in bodies.items()]

        lists, state = update_related(None, documents(), read_bodies=read)
        assert sorted(asked) == sorted(bodies)
        assert lists == related([doc(one, body, title=one) for one, body in bodies.items()])
        asked.clear()
        bodies["d3"] += " crocodile"
        alone = related_to("d4", state, documents(), read_bodies=read)
        assert asked == ["d3"]
        lists, _ = update_related(state, documents(), read_bodies=read)
        assert asked == ["d3", "d3"]
        assert lists == related([doc(one, body, title=one) for one, body in bodies.items()])
        assert lists["d4"] == alone

    @pytest.mark.parametrize("data", [b"", b"nonsense", b"\x80"])
    def test_damaged_state_is_no_state(self, data):
        assert RelatedState.from_bytes(data) is None

    def test_cut_state_is_no_state(self):
        _, state = update_related(None, filler(20))
        data = state.to_bytes()
        assert RelatedState.from_bytes(data[: len(data) // 2]) is None


def edit(r: random.Random, documents: dict[str, Document], step: int) -> None:
    """Change, add or remove a few documents, or their facts alone."""
    for _ in range(r.choice((1, 1, 1, 4))):
        name = r.choice(sorted(documents))
        match r.randrange(8):
            case 0:
                del documents[name]
            case 1:
                new = f"{r.choice('aflz')}{step:03}{r.randrange(9)}"
                documents[new] = random_document(r, new)
            case 2:
                documents[name] = random_document(r, name)
            case 3:
                documents[name] = {**documents[name], "body": f"{documents[name]['body']} {r.choice(VOCABULARY)}"}
            case 4:
                # Near-duplicates come and go.
                documents[name] = {**documents[r.choice(sorted(documents))], "id": name}
            case 5:
                documents[name] = {**documents[name], "date": "2020-02-02", "links": [r.choice(sorted(documents))]}
            case 6:
                # Another spelling of the same words.
                documents[name] = {**documents[name], "body": documents[name]["body"].title()}
            case _:
                documents[name] = {**documents[name], "topics": ["law", f"t{r.randrange(4)}"]}


def test_sums_stay_where_floats_count_exactly():
    """The longest vectors under the heaviest weights allowed."""
    documents = [*filler(30), doc("x", TAX, topics=["t"], entities=["e"]), doc("y", TAX, topics=["t"], entities=["e"])]
    heavy = Weights(text=2.3, topics=0.1, entities=0.1, direct=0, coupling=0, cocited=0)
    vectors = compute_ranking(sorted(documents, key=lambda d: str(d["id"])), 5, heavy, Workers(Executors())).vectors
    rows = np.split(vectors.values.astype(np.float64), vectors.starts[1:-1])
    assert max((row**2).sum() for row in rows) < 2**24
