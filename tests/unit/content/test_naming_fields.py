"""The table of fields that name documents: it lists the right fields, and every stage works from it alone."""

import dataclasses
from pathlib import Path

import pytest

from site_builder.content import schema
from site_builder.content.schema import NAMING_FIELDS, Article, Similar, Topic, naming_fields
from site_builder.content.vocabulary import Kind
from site_builder.editing.rename import plan_rename
from site_builder.editing.rename_targets import Refusal
from tests.helpers.site import MakeSite, article, check, entity, load


def test_every_field_exists() -> None:
    for model, names in NAMING_FIELDS.items():
        assert set(names) <= {field.name for field in dataclasses.fields(model)}


def test_what_a_document_names() -> None:
    meta = Topic(title="T", broader=("a", "b"))
    assert [(f.name, f.kind, f.slugs, f.is_list) for f in naming_fields(meta)] == [
        ("broader", Kind.TOPIC, ("a", "b"), True),
        ("replaced_by", Kind.TOPIC, (), False),
    ]


def test_a_new_naming_field_needs_its_row_only(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a row for `synonyms`, a topic's synonyms are looked up as entities, renamed with them and reported."""
    rows = {**NAMING_FIELDS, Topic: {**NAMING_FIELDS[Topic], "synonyms": Kind.ENTITY}}
    monkeypatch.setattr(schema, "NAMING_FIELDS", rows)
    files = {
        "content/articles/a.md": article("A"),
        "content/entities/who.md": entity("WHO"),
        "content/topics/t.md": "---\ntitle: T\nsynonyms: [who, nobody]\n---\n",
    }
    root: Path = make_site(files)
    assert [f for f in check(root) if "[target-wanted]" in f and '"nobody"' in f]
    site = load(root)
    named = site.graph.references[site.corpus.topics[0].path].named["synonyms"]
    assert [target.url for target in named] == ["/entities/who/", "/wanted/#entity-nobody"]
    plan = plan_rename(site, "entities/who", "world-health")
    site.close()
    assert not isinstance(plan, Refusal)
    assert b"synonyms: [world-health, nobody]" in plan.changes[1].after


def test_an_entry_of_similar_is_named_by_its_target() -> None:
    meta = Article(title="A", date="2026-06-03", summary="S.", source=None, status="stub", similar=(Similar(to="b"),))  # type: ignore[arg-type]
    assert next(f for f in naming_fields(meta) if f.name == "similar").slugs == ("b",)
