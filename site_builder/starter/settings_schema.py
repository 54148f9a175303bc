"""The JSON Schema of `mkdocs.yml`, by which text editors complete and explain its settings.

It knows the settings that count here. MkDocs has others, and they are allowed: `check` says which have no effect.
"""

from typing import Any, Final

from pydantic import TypeAdapter

from site_builder.config.form_backend import FormOptions
from site_builder.config.mkdocs_settings.meanings import SETTINGS
from site_builder.config.option_values import MENU_LISTS
from site_builder.config.plugin_options import MenuLink, Options
from site_builder.config.positions import PLUGIN
from site_builder.field_docs import field_docs

_TYPES: Final = {
    "markdown_extensions": ["array", "object"],
    "strict": ["boolean"],
    "use_directory_urls": ["boolean"],
    "extra_css": ["array"],
    "extra_javascript": ["array"],
    "theme": ["string", "object"],
}
"""JSON types of a setting of MkDocs where it is no text."""


def settings_schema() -> dict[str, Any]:
    """The schema, of draft 2020-12, as plain data."""
    options = TypeAdapter(Options).json_schema()
    definitions = options.pop("$defs", {})
    for name, text in field_docs(Options).items():
        options["properties"][name]["description"] = " ".join(text.split())
    for model in (MenuLink, FormOptions):
        for name, text in field_docs(model).items():
            definitions[model.__name__]["properties"][name]["description"] = " ".join(text.split())
    options["properties"]["menu"]["items"]["anyOf"][0]["enum"] = list(MENU_LISTS)
    definitions["Options"] = options
    ours = {"$ref": "#/$defs/Options"}
    plugin = {
        "anyOf": [
            {"type": "string"},
            {"type": "object", "properties": {PLUGIN: {"anyOf": [ours, {"type": "null"}]}}},
        ]
    }
    known: dict[str, Any] = {
        key: {"type": _TYPES.get(key, ["string"]), "description": meaning}
        for key, meaning in SETTINGS.items()
        if meaning and key != "plugins"
    }
    known["plugins"] = {"description": SETTINGS["plugins"], "type": "array", "items": plugin}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of site_builder in mkdocs.yml",
        "type": "object",
        "properties": known,
        "required": ["site_name"],
        "$defs": dict(sorted(definitions.items())),
    }
