"""`site-builder schema`: a JSON Schema that agrees with the program on what front matter may hold."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker

from site_builder.cli import main
from site_builder.content.front_matter import parse
from site_builder.content.schema import FOLDERS, MODELS
from site_builder.content.vocabulary import Kind
from site_builder.urls import SourcePath
from tests.helpers.sites import GOLDEN, ROOT

CONTENT: Final = [ROOT / "content", GOLDEN / "tiny" / "content"]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    printed = CliRunner().invoke(main, ["schema"])
    assert printed.exit_code == 0
    made: dict[str, Any] = json.loads(printed.output)
    return made


def validator(schema: dict[str, Any], kind: Kind) -> Draft202012Validator:
    """Of one kind alone; an editor knows the kind by the folder."""
    one = {"$ref": f"#/$defs/{MODELS[kind].__name__}", "$defs": schema["$defs"]}
    return Draft202012Validator(one, format_checker=FormatChecker(["date"]))


class _Loader(yaml.SafeLoader):
    """YAML as JSON sees it: dates are text."""


_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _loader, node: str(node.value))


def with_dates_as_text(text: str) -> Any:
    return yaml.load(text, _Loader)


def test_schema_is_valid(schema: dict[str, Any]):
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_every_field_is_explained(schema: dict[str, Any]):
    fields = [(name, k, f) for name, d in schema["$defs"].items() for k, f in d.get("properties", {}).items()]
    assert [(name, key) for name, key, field in fields if not field.get("description")] == []


@pytest.mark.parametrize("folder", CONTENT, ids=lambda folder: folder.parent.name)
def test_accepts_all_content(schema: dict[str, Any], folder: Path):
    whole = Draft202012Validator(schema, format_checker=FormatChecker(["date"]))
    files = sorted(folder.rglob("*.md"))
    assert files
    for file in files:
        kind = FOLDERS[file.relative_to(folder).parts[0]]
        meta = with_dates_as_text(file.read_text(encoding="utf-8").split("---\n")[1])
        assert [error.message for error in validator(schema, kind).iter_errors(meta)] == [], file
        assert whole.is_valid(meta), file


ARTICLE: Final = "title: A\ndate: 2026-06-03\nsummary: S\nsource: {name: P}\n"


@pytest.mark.parametrize(
    ("kind", "text", "is_valid"),
    [
        pytest.param(Kind.ARTICLE, ARTICLE, True, id="article"),
        pytest.param(Kind.ARTICLE, f"{ARTICLE}similar: [a, {{to: b, why: w, kind: update}}]", True, id="similar"),
        pytest.param(Kind.ARTICLE, ARTICLE.replace("title: A\n", ""), False, id="title-missing"),
        pytest.param(Kind.ARTICLE, ARTICLE.replace("title: A", 'title: ""'), False, id="title-empty"),
        pytest.param(Kind.ARTICLE, ARTICLE.replace("title: A", "title: 7"), False, id="title-number"),
        pytest.param(Kind.ARTICLE, ARTICLE.replace("2026-06-03", "2026-06-31"), False, id="date-impossible"),
        pytest.param(Kind.ARTICLE, ARTICLE.replace("2026-06-03", "3 June 2026"), False, id="date-in-words"),
        pytest.param(Kind.ARTICLE, ARTICLE.replace("{name: P}", "{url: 'https://example.org/'}"), False, id="source"),
        pytest.param(Kind.ARTICLE, ARTICLE.replace("{name: P}", "{name: P, url: 'ftp://x/'}"), False, id="url"),
        pytest.param(Kind.ARTICLE, f"{ARTICLE}topics: privacy", False, id="list-as-text"),
        pytest.param(Kind.ARTICLE, f"{ARTICLE}status: done", False, id="status"),
        pytest.param(Kind.ARTICLE, f'{ARTICLE}unlisted: "yes"', False, id="flag-as-text"),
        pytest.param(Kind.ARTICLE, f"{ARTICLE}similar: [{{too: b}}]", False, id="similar-key"),
        pytest.param(Kind.ARTICLE, f"{ARTICLE}similar: [{{to: b, kind: cousin}}]", False, id="similar-kind"),
        pytest.param(Kind.ARTICLE, f"{ARTICLE}tags: [a]", False, id="key-unknown"),
        pytest.param(Kind.TOPIC, "title: T", True, id="topic"),
        pytest.param(Kind.TOPIC, "title: T\ndate: 2026-06-03", False, id="topic-key"),
        pytest.param(Kind.ENTITY, "name: E\nkind: law", True, id="entity"),
        pytest.param(Kind.ENTITY, "name: E\nkind: company", False, id="entity-kind"),
        pytest.param(Kind.TOOL, "name: L\npricing: free\nsummary: S", True, id="tool"),
        pytest.param(Kind.TOOL, "name: L\npricing: cheap\nsummary: S", False, id="tool-pricing"),
        pytest.param(Kind.PAGE, "title: P\norder: 1", True, id="page"),
        pytest.param(Kind.PAGE, 'title: P\norder: "1"', False, id="page-order"),
    ],
)
def test_agrees_with_the_program(schema: dict[str, Any], kind: Kind, text: str, is_valid: bool):
    path = SourcePath("content/x.md")
    _, found = parse(text, kind, path)
    assert bool(found) is not is_valid
    assert validator(schema, kind).is_valid(with_dates_as_text(text)) is is_valid
