import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from site_builder.content.document import Document
from site_builder.importers.editor_suggestions import Suggestions, suggest_all, suggestion_findings
from site_builder.importers.existing_content import NO_CONTENT, ExistingContent, load_existing
from site_builder.urls import SourcePath
from tests.helpers.site import MakeSite, article, entity, load_settings, topic, write_site

TEXT: dict[str, Any] = {
    "id": "",
    "title": "Mill Road in Ebberston closes to cars",
    "summary": "The council wants fewer lorries.",
    "body": "Lorries used the road as a short cut. The European Commission pays for trees, said Anna Holt. "
    "EC officials met in Malton, and Anna Holt thanked the NABU.",
    "date": dt.date(2026, 6, 3),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> ExistingContent:
    root: Path = tmp_path_factory.mktemp("site")
    streets = "Lorries used the narrow road, and the council of Malton wants to plant trees.\n"
    write_site(root, {
        "content/articles/street.md": article("Market road in Malton closes to cars", streets, topics=["traffic"]),
        "content/articles/lorries.md": article("Lorries must pay on every road", streets, topics=["traffic"]),
        "content/articles/cake.md": article("A cake recipe", "Flour, sugar and eggs.\n", topics=["food"]),
        "content/articles/wait.md": "---\ntitle: No summary yet\nstatus: draft\n---\n",
        "content/topics/traffic.md": topic("Traffic", keywords=["cars", "lorries", "road"]),
        "content/topics/food.md": topic("Food", keywords=["cake", "recipe"]),
        "content/topics/old.md": topic("Road", replaced_by="traffic"),
        "content/entities/ec.md": entity("European Commission", synonyms=["EC"]),
    })  # fmt: skip
    return load_existing(load_settings(root)[0])


@pytest.fixture(scope="module")
def found(library: ExistingContent) -> Suggestions:
    return suggest_all(TEXT, library)


def test_a_topic_by_its_words_with_the_reason(found: Suggestions):
    assert [s.id for s in found.topics] == ["traffic"]
    assert 0 < found.topics[0].score <= 1
    assert re.search(r"lorries|road|cars", found.topics[0].reason)


def test_an_entity_that_is_named_and_how_often(found: Suggestions):
    assert [(s.id, s.title, s.reason) for s in found.entities] == [
        ("ec", "European Commission", 'the text names "European Commission" twice')
    ]


def test_names_that_have_no_page(found: Suggestions):
    assert [(s.title, s.reason) for s in found.names] == [("Anna Holt", "twice"), ("NABU", "once")]


def test_a_headline_makes_no_names(library: ExistingContent):
    found = suggest_all({**TEXT, "title": "Mill Road In Ebberston Closes", "body": "The Word stood alone."}, library)
    assert found.names == ()


def test_similar_articles_with_reasons(found: Suggestions):
    assert [s.id for s in found.similar][:1] == ["street"]
    assert "cake" not in [s.id for s in found.similar]
    assert all(s.reason and 0 < s.score <= 1 for s in found.similar)


def test_what_is_there_is_not_proposed(library: ExistingContent):
    has = {**TEXT, "topics": ["traffic"], "entities": ["ec"], "links": ["street"]}
    found = suggest_all(has, library)
    assert "traffic" not in [s.id for s in found.topics]
    assert found.entities == ()
    assert "street" not in [s.id for s in found.similar]


def test_a_veto_of_either_article_holds(library: ExistingContent):
    assert "street" not in [s.id for s in suggest_all({**TEXT, "unrelated": ["street"]}, library).similar]
    lorries = next(d for d in library.articles if d.slug == "lorries")
    meta = replace(lorries.meta, unrelated=("mill-road",))
    vetoing = Document(lorries.path, lorries.kind, lorries.slug, lorries.permalink, meta, lorries.body, {}, 1)
    articles = tuple(vetoing if d is lorries else d for d in library.articles)
    similar = {s.id for s in suggest_all({**TEXT, "id": "mill-road"}, replace(library, articles=articles)).similar}
    assert "street" in similar
    assert "lorries" not in similar


@pytest.mark.parametrize(
    "fields", [{"status": "review"}, {"publish": "2026-09-01"}, {"duplicate_of": "cake"}], ids=lambda f: next(iter(f))
)
def test_what_readers_cannot_see_is_not_proposed(make_site: MakeSite, fields: dict[str, str]):
    streets = "Lorries used the narrow road, and the council wants to plant trees.\n"
    files = {
        "content/articles/street.md": article("Mill Road closes to cars", streets, **fields),
        "content/articles/lane.md": article("Mill Road closes to lorries", streets),
        "content/articles/cake.md": article("A cake recipe", "Flour, sugar and eggs.\n"),
    }
    content = load_existing(load_settings(make_site(files))[0])
    assert [s.id for s in suggest_all(TEXT, content).similar] == ["lane"]


def test_the_library_holds_drafts_and_leaves_merged_topics_out(library: ExistingContent):
    assert [d.slug for d in library.articles] == ["cake", "lorries", "street", "wait"]
    assert [d.slug for d in library.topics] == ["food", "traffic"]
    assert library.taken == {"cake", "lorries", "street", "wait"}


def test_sentences_for_the_terminal(found: Suggestions):
    findings = suggestion_findings(found, SourcePath("page.txt"))
    told = [f"{d.text} [{d.code}]" for d in findings]
    assert all(re.search(r": .+ \[[a-z]+-(?:suggested|candidates)\]$", line) for line in told)
    assert 'entity ec: the text names "European Commission" twice [entity-suggested]' in told
    assert "names without an entity page: Anna Holt (twice), NABU (once) [entity-candidates]" in told


def test_nothing_is_proposed_for_nothing_and_by_nothing(library: ExistingContent):
    assert suggest_all({**TEXT, "title": "", "summary": None, "body": ""}, library).names == ()
    nothing = suggest_all({**TEXT, "body": ""}, NO_CONTENT)
    assert nothing == Suggestions()
    assert suggestion_findings(nothing, SourcePath("page.txt")) == ()
