"""The fields of the browser form, one list for each kind of document, made from the models of front matter.

The models' JSON Schema says what a field is, and the docstrings under the fields are its help. A field that is added to
a model is in the form: nothing here names the fields of a kind.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from site_builder.content.schema import ADAPTERS, MODELS, NAMING_FIELDS, Image, Provenance, Similar, Source, folder_of
from site_builder.content.vocabulary import Kind
from site_builder.field_docs import field_docs

Field = dict[str, Any]
"""A field as Sveltia CMS describes one."""

BY_PROGRAM: Final = frozenset({"feed_id", "provenance"})
"""Fields that commands of ours write. The form does not show them, and leaves them as they are."""
BODY: Final = "body"
"""What the form calls the text below the front matter."""
TITLES: Final = ("title", "name")
"""Fields that name a document, of which each kind has one."""

_SEVERAL_LINES: Final = frozenset({"summary"})
_OPTIONAL: Final = "Optional in drafts"
"""In the docstring of a field that published documents alone must have. The form cannot tell which they are."""
_PARTS: Final = {model.__name__: model for model in (Source, Image, Similar, Provenance)}
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ANY_TEXT: Final = r"\S"
_SINGULAR: Final = {"entities": "entity", "aliases": "alias", "same_as": "address", "similar": "article"}


def form_fields(kind: Kind) -> list[Field]:
    """The fields of a kind, in the order of its model, and the text last."""
    model = MODELS[kind]
    schema = ADAPTERS[kind].json_schema()
    made = _fields(schema, schema.get("$defs", {}), field_docs(model), NAMING_FIELDS.get(model, {}))
    text = {"name": BODY, "label": "Text", "widget": "markdown", "modes": ["raw"], "required": False}
    return [*made, text]


def flag_names(kind: Kind) -> list[str]:
    """Fields that are either on or off, and off by default: leaving such a field out says the same as `false`."""
    properties = ADAPTERS[kind].json_schema()["properties"]
    return [name for name, schema in properties.items() if schema.get("type") == "boolean"]


def _fields(
    schema: Mapping[str, Any], parts: Mapping[str, Any], docs: Mapping[str, str], names: Mapping[str, Kind]
) -> list[Field]:
    required = set(schema.get("required", ()))
    return [
        {
            "name": name,
            "label": name.replace("_", " ").capitalize(),
            **_widget(name, _plain(of, parts), parts, names.get(name)),
            "required": name in required and _OPTIONAL not in docs.get(name, ""),
            "hint": _hint(docs.get(name, ""), of.get("default")),
        }
        for name, of in schema["properties"].items()
        if name not in BY_PROGRAM
    ]


def _plain(schema: Mapping[str, Any], parts: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema without what allows null, and with its definition in place of a reference to it."""
    kinds = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if kinds:
        schema = {
            **kinds[-1],
            **{key: value for key, value in schema.items() if key != "anyOf"},
        }  # Similar, not its slug
        schema["is_nullable"] = True
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return {**parts[name], **schema, "definition": name}
    return schema


def _widget(name: str, schema: Mapping[str, Any], parts: Mapping[str, Any], names: Kind | None) -> Field:
    kind = schema.get("type")
    if kind == "array":
        return _several(name, _plain(schema["items"], parts), parts, names)
    if kind == "object":
        return {"widget": "object", "collapsed": "auto", "fields": _part(schema, parts, {})}
    return _relation(names) if names else _single(name, schema)


def _several(name: str, items: Mapping[str, Any], parts: Mapping[str, Any], names: Kind | None) -> Field:
    add = {"label_singular": _SINGULAR.get(name, name.removesuffix("s").replace("_", " "))}
    if "properties" in items:
        fields = _part(items, parts, {"to": names} if names else {})
        return {"widget": "list", **add, "summary": f"{{{{fields.{fields[0]['name']}}}}}", "fields": fields}
    if names:
        return {**_relation(names), "multiple": True}
    return {"widget": "list", **add, "field": {**_single("", items), "name": "value", "label": "Value"}}


def _single(name: str, schema: Mapping[str, Any]) -> Field:
    kind = schema.get("type")
    if "enum" in schema:
        return {"widget": "select", "options": list(schema["enum"])}
    if kind == "boolean":
        choices = [{"label": "Yes", "value": True}, {"label": "No", "value": False}]
        return {"widget": "select", "options": choices} if schema.get("is_nullable") else {"widget": "boolean"}
    if kind == "integer":
        return {"widget": "number", "value_type": "int"}
    if schema.get("format") == "date":
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    if name in _SEVERAL_LINES:
        return {"widget": "text"}
    pattern = schema.get("pattern", _ANY_TEXT)
    limit = {} if pattern == _ANY_TEXT else {"pattern": [pattern, "This is not written as it should be."]}
    return {"widget": "string", **limit, "use_emoji_autocomplete": False}


def _part(schema: Mapping[str, Any], parts: Mapping[str, Any], names: Mapping[str, Kind]) -> list[Field]:
    """The fields of a mapping within a document."""
    return _fields(schema, parts, field_docs(_PARTS[schema["definition"]]), names)


def _relation(kind: Kind) -> Field:
    """A picker among the documents of a kind."""
    title = next(name for name in TITLES if name in MODELS[kind].__dataclass_fields__)
    return {
        "widget": "relation",
        "collection": folder_of(kind),
        "value_field": "{{slug}}",
        "display_fields": [title],
        "search_fields": [title, *(["synonyms"] if "synonyms" in MODELS[kind].__dataclass_fields__ else [])],
        "dropdown_threshold": 0,
    }


def _hint(text: str, default: object) -> str:
    """A docstring without what the form does not show, and what an empty field says.

    The form gets no defaults: it would write them into every document that is saved.
    """
    said = f" Default: {default}." if isinstance(default, str) and "Default" not in text else ""
    return " ".join(_LINK.sub(r"\1", text).replace("`", "").split()) + said
