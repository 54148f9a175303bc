"""The form has what the models have: no field is named twice, and none is forgotten."""

from collections.abc import Iterator
from typing import Any, get_type_hints

import pytest

from site_builder.content.schema import ADAPTERS, MODELS, NAMING_FIELDS, Relation, folder_of
from site_builder.content.vocabulary import Kind, Status
from site_builder.form.form_config import form_config, sub_folders
from site_builder.form.form_fields import BODY, BY_PROGRAM, TITLES, Field, flag_names, form_fields
from site_builder.urls import SourcePath
from tests.helpers.form_package import backend_of

WIDGETS = {"string", "text", "datetime", "relation", "list", "object", "select", "boolean", "number", "markdown"}


def by_name(kind: Kind) -> dict[str, Field]:
    return {field["name"]: field for field in form_fields(kind)}


def inside(fields: list[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from inside(field.get("fields", []))
        yield from inside([field["field"]] if "field" in field else [])


@pytest.mark.parametrize("kind", Kind)
def test_every_field_of_a_model_is_in_the_form(kind: Kind) -> None:
    assert [*by_name(kind)] == [*(f for f in get_type_hints(MODELS[kind]) if f not in BY_PROGRAM), BODY]


@pytest.mark.parametrize("kind", Kind)
def test_every_field_has_a_widget_and_help(kind: Kind) -> None:
    for field in inside(form_fields(kind)):
        assert field["widget"] in WIDGETS, field
        assert field["label"][0].isupper()
        assert "default" not in field, "Sveltia would write it into every document that is saved"
    for name, field in by_name(kind).items():
        assert name == BODY or field["hint"], name
        assert not set("`[]") & set(field.get("hint", ""))


@pytest.mark.parametrize("kind", Kind)
def test_fields_that_name_documents_are_pickers(kind: Kind) -> None:
    fields = by_name(kind)
    for name, of in NAMING_FIELDS.get(MODELS[kind], {}).items():
        picker = fields[name]["fields"][0] if "fields" in fields[name] else fields[name]
        assert (picker["widget"], picker["collection"]) == ("relation", folder_of(of))
        shown = picker["display_fields"][0]
        assert shown in TITLES
        assert shown in MODELS[of].__dataclass_fields__


def test_choices_are_those_of_the_enums() -> None:
    article = by_name(Kind.ARTICLE)
    assert article["status"]["options"] == [*Status]
    assert article["similar"]["fields"][2]["options"] == [*Relation]
    assert "Default: published." in article["status"]["hint"]
    feed = by_name(Kind.TOPIC)["feed"]  # yes, no or neither
    assert [option["value"] for option in feed["options"]] == [True, False]
    assert (flag_names(Kind.ARTICLE), flag_names(Kind.TOPIC)) == (["unlisted"], [])


@pytest.mark.parametrize("kind", Kind)
def test_required_is_what_a_draft_needs(kind: Kind) -> None:
    required = {name for name, field in by_name(kind).items() if field["required"]}
    assert required <= set(ADAPTERS[kind].json_schema()["required"])
    assert required == {
        Kind.ARTICLE: {"title"}, Kind.TOPIC: {"title"}, Kind.ENTITY: {"name", "kind"}, Kind.TOOL: {"name", "pricing"},
        Kind.PAGE: {"title"},
    }[kind]  # fmt: skip


def configured(**options: Any) -> dict[str, Any]:
    return form_config(backend_of(**options), "content", "https://example.org/kb/", "KB", {})


def test_each_kind_has_its_folder_in_the_repository() -> None:
    assert [c["folder"] for c in configured()["collections"]] == [f"content/{folder_of(kind)}" for kind in Kind]
    nested = form_config(backend_of(folder="sites/kb"), "docs", "", "KB", {})
    assert nested["collections"][0]["folder"] == "sites/kb/docs/articles"
    assert "site_url" not in nested


def test_review_makes_pull_requests() -> None:
    assert configured()["publish_mode"] == "editorial_workflow"
    assert "publish_mode" not in configured(review=False)


def test_nothing_is_deleted_or_signed_in_by_others() -> None:
    config = configured()
    assert not any(collection["delete"] for collection in config["collections"])
    assert config["backend"]["auth_methods"] == ["token"]  # or it would ask a service that nobody named
    assert "base_url" not in config["backend"]


def test_documents_in_sub_folders_are_known_by_their_slugs() -> None:
    paths = ["content/articles/a.md", "content/articles/2026/06/b.md", "content/topics/x/c.md"]
    assert sub_folders(map(SourcePath, paths), "content") == {"articles": {"b": "2026/06/b"}, "topics": {"c": "x/c"}}
