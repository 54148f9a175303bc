"""Suggested topics: the right ones, in order, with reasons that are true, and none where nothing fits."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from site_builder.topic_suggestions.suggest_topics import suggest
from tests.helpers.growth import assert_linear

TOPICS: list[dict[str, Any]] = [
    {
        "id": "sport",
        "name": "Sport",
        "description": "Matches, players and championships.",
        "keywords": ["match", "coach", "league", "world cup"],
    },
    {
        "id": "cooking",
        "name": "Cooking",
        "description": "Recipes and kitchens.",
        "keywords": ["recipe", "oven", "flour", "olive oil"],
    },
    {
        "id": "privacy",
        "name": "Data privacy",
        "description": "Who may know what of whom.",
        "keywords": ["personal data", "consent", "surveillance"],
    },
    {"id": "energy", "name": "Energy", "description": "Where power comes from.", "keywords": "electricity"},
]
SPORT = {
    "id": "s",
    "title": "The coach praised the league",
    "body": "After the match the World Cup was all they spoke of.",
}
COOKING = {"id": "c", "title": "A recipe for bread", "body": "Put flour and olive oil into a warm bowl, then the oven."}
PRIVACY = {"id": "p", "title": "Consent before personal data", "summary": "A ruling on Data-Privacy and surveillance."}
BOTH = {"id": "b", "body": "Electricity for the oven: a recipe needs energy, and flour."}
OTHER = {"id": "o", "title": "Volcanoes of Iceland", "body": "Lava reached the road near the harbour on Tuesday."}
ALL = [SPORT, COOKING, PRIVACY, BOTH, OTHER]


def ids(found: Mapping[str, Sequence[tuple[str, float, tuple[str, ...]]]]) -> dict[str, list[str]]:
    return {document: [topic for topic, _, _ in suggestions] for document, suggestions in found.items()}


def reasons(document: dict[str, Any], topic: str) -> tuple[str, ...]:
    return next(r for t, _, r in suggest([document], TOPICS)[document["id"]] if t == topic)


def many(topic: str, vocabulary: str, count: int, seed: int = 0) -> list[dict[str, Any]]:
    """Texts under a topic, made of the vocabulary and of words without meaning."""
    rng = random.Random(seed)
    words = vocabulary.split()
    filler = [f"filler{n}" for n in range(60)]
    return [
        {
            "id": f"{topic}-{n}",
            "title": f"Report {n} on {words[n % len(words)]}",
            "body": " ".join(rng.sample(words, min(6, len(words))) + rng.sample(filler, 12)),
            "labels": [topic],
        }
        for n in range(count)
    ]


def test_each_document_gets_its_topics_best_first():
    found = suggest(ALL, TOPICS)
    assert ids(found) == {"s": ["sport"], "c": ["cooking"], "p": ["privacy"], "b": ["energy", "cooking"], "o": []}
    scores = [score for suggestions in found.values() for _, score, _ in suggestions]
    assert all(0 < score <= 1 for score in scores)
    assert all([s[1] for s in v] == sorted((s[1] for s in v), reverse=True) for v in found.values())


@pytest.mark.parametrize("document", ALL, ids=lambda d: d["id"])
def test_one_document_alone_gets_the_same_topics(document):
    assert set(ids(suggest([document], TOPICS))[document["id"]]) == set(ids(suggest(ALL, TOPICS))[document["id"]])


def test_nothing_fits_gives_an_empty_list():
    assert suggest([OTHER], TOPICS) == {"o": []}
    assert suggest([OTHER], TOPICS, [{**SPORT, "labels": ["sport"]}]) == {"o": []}


def test_a_topic_alone_is_suggested_where_it_fits_and_only_there():
    assert ids(suggest([PRIVACY], TOPICS[2:3])) == {"p": ["privacy"]}
    assert ids(suggest([OTHER, COOKING, SPORT], TOPICS[2:3])) == {"o": [], "c": [], "s": []}


def test_nothing_given():
    assert suggest([], TOPICS) == {}
    assert suggest([SPORT], []) == {"s": []}
    assert suggest([], []) == {}
    assert suggest([{"id": "x"}], TOPICS) == {"x": []}
    assert suggest([{"id": "x", "body": "the of and"}], [{"id": "t"}]) == {"x": []}


def test_the_order_of_anything_given_changes_nothing():
    examples = many("sport", "goal striker keeper penalty", 6) + many("cooking", "butter dough yeast pan", 6)
    documents = [*ALL, *many("x", "goal dough penalty yeast keeper pan", 12)]
    expected = suggest(documents, TOPICS, examples)
    for seed in range(3):
        rng = random.Random(seed)
        given = [rng.sample(items, len(items)) for items in (documents, TOPICS, examples)]
        assert suggest(*given) == expected


def test_reasons_quote_the_document_in_its_own_words():
    assert reasons(PRIVACY, "privacy") == (
        "names the topic: Data-Privacy",
        "says “personal data”, “Consent” and “surveillance”, keywords of the topic",
    )
    assert reasons(SPORT, "sport")[0] == "says “World Cup”, “coach” and “league”, keywords of the topic"
    assert reasons({"id": "x", "body": "Electricity."}, "energy") == ("says “Electricity”, a keyword of the topic",)


def test_words_of_the_description_are_a_reason_of_their_own():
    assert reasons({"id": "x", "body": "An oven in the kitchens of Rome"}, "cooking") == (
        "says “oven”, a keyword of the topic",
        "says “kitchens”, as the topic's own text does",
    )


def test_a_phrase_across_sentences_is_not_quoted():
    document = {"id": "x", "body": "This is personal. Data on it needs consent."}
    assert not any("personal. Data" in r or "personal data" in r for r in reasons(document, "privacy"))


def test_a_name_with_a_stop_word_is_only_named_as_a_whole():
    topics = [{"id": "us", "name": "US policy"}, {"id": "sea", "name": "Sea"}]
    named = suggest([{"id": "x", "body": "A US policy on fish"}], topics)["x"][0][2]
    partly = suggest([{"id": "x", "body": "A policy on fish"}], topics)["x"][0][2]
    assert named == ("names the topic: US policy",)
    assert partly == ("says “policy”, as the topic's own text does",)


def test_texts_lend_their_words_to_the_topic_they_name():
    near = many("sport", "match coach league goal striker keeper", 25)
    far = many("cooking", "recipe oven flour butter dough yeast", 25)
    found = suggest([*near, *far, {"id": "x", "body": "The striker and the keeper"}], TOPICS)["x"]
    assert [topic for topic, _, _ in found] == ["sport"]
    assert found[0][2] in {
        ("shares “striker” and “keeper” with other texts near the topic",),
        ("shares “keeper” and “striker” with other texts near the topic",),
    }


def test_examples_teach_what_the_topic_does_not_say():
    document = {"id": "x", "title": "Penalty for the keeper", "body": "The striker missed a goal."}
    assert suggest([document], TOPICS) == {"x": []}
    examples = many("sport", "goal striker keeper penalty", 4) + many("cooking", "butter dough yeast pan", 4)
    found = suggest([document], TOPICS, examples)["x"]
    assert [topic for topic, _, _ in found] == ["sport"]
    assert found[0][2][0].startswith("reads like 4 articles already under it: Report ")
    assert found[0][2][0].endswith("; …")


def test_examples_of_one_topic_each_give_one_topic():
    examples = many("sport", "goal striker keeper", 12) + many("cooking", "butter dough yeast", 12)
    assert len(suggest([BOTH], TOPICS)["b"]) == 2
    assert len(suggest([BOTH], TOPICS, examples)["b"]) == 1


def test_an_example_that_is_a_document_does_not_learn_its_own_label():
    """What it says decides, not what it is labelled."""
    examples = [{**SPORT, "labels": ["cooking"]}, {**COOKING, "labels": ["cooking"]}]
    assert ids(suggest([SPORT, COOKING], TOPICS, examples)) == {"s": ["sport"], "c": ["cooking"]}
    told = [r for v in suggest([SPORT, COOKING], TOPICS, examples).values() for _, _, rs in v for r in rs]
    assert not any("reads like" in r for r in told)


def test_labels_of_documents_and_unknown_labels_are_not_looked_at():
    documents = [{**SPORT, "labels": ["energy"], "topics": ["energy"]}]
    examples: list[dict[str, Any]] = [
        {"id": "e", "body": "Lava", "labels": ["geology"]},
        {"id": "f", "body": "Lava", "labels": None},
    ]
    assert ids(suggest(documents, TOPICS, examples)) == {"s": ["sport"]}


def test_missing_fields_and_none():
    documents: list[dict[str, Any]] = [
        {"id": "x", "title": None, "summary": None, "body": "A recipe with flour", "entities": None, "links": None},
        {"id": "y", "title": "A recipe with flour"},
        {"id": "z", "summary": "A recipe with flour"},
    ]
    topics: list[dict[str, Any]] = [
        {"id": "cooking", "name": "Cooking", "description": None, "keywords": ["recipe", None, ""]},
        {"id": "sport", "name": None, "keywords": None},
        {"id": "energy"},
    ]
    assert ids(suggest(documents, topics)) == {"x": ["cooking"], "y": ["cooking"], "z": ["cooking"]}


def test_any_writing():
    topics: list[dict[str, Any]] = [
        {"id": "qualität", "name": "Qualität", "keywords": ["Prüfung der Güte"]},
        {"id": "энергия", "name": "Энергия", "keywords": "электричество"},
        {"id": "food", "name": "Crème brûlée 🍮"},
    ]
    documents = [
        {"id": "1", "title": "Die PRÜFUNG der Güte", "body": "von Qualität"},
        {"id": "2", "title": "Электричество и энергия"},
        {"id": "3", "body": "Wir essen Crème-brûlée"},
    ]
    found = suggest(documents, topics)
    assert ids(found) == {"1": ["qualität"], "2": ["энергия"], "3": ["food"]}
    assert found["1"][0][2] == (
        "names the topic: Qualität",
        "says “PRÜFUNG der Güte”, a keyword of the topic",
    )
    assert found["3"][0][2] == ("names the topic: Crème-brûlée",)


def test_the_time_for_a_draft_grows_with_the_examples():
    topics = [{"id": f"t{n}", "name": f"Topic{n}", "keywords": [f"word{n}", f"term{n}"]} for n in range(20)]
    examples = [e for m in range(4) for n in range(20) for e in many(f"t{n}", f"word{n} term{n} sign{n}", 3, seed=m)]
    found = suggest([{"id": "x", "body": "sign7 and word7"}], topics, examples)
    assert ids(found) == {"x": ["t7"]}
    assert_linear(lambda n: suggest([{"id": "x", "body": "sign7 and word7"}], topics, examples[:n]), len(examples) // 4)
