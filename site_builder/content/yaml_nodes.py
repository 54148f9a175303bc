"""The YAML of front matter as nodes, before anything is built from them: its words, its limits, its keys, its signs."""

import re
from contextlib import suppress
from typing import Any, Final

import yaml

from site_builder.characters import forbidden_in, name_of_character
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath

MAX_NODES: Final = 10_000
"""YAML nodes, with aliases expanded; real front matter has fewer than a hundred."""

FIELDS_HINT: Final = 'write one "key: value" per line'

Position = tuple[int, int]
"""Line and column, both from 1."""


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader with YAML 1.2's plain words; the C parser where PyYAML has it."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML reads it from the class)
        first: [
            (tag, pattern)
            for tag, pattern in resolvers
            if tag.rpartition(":")[2] not in {"timestamp", "bool", "int", "float", "value"}
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


for _name, _pattern, _first in (
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    # Decimal, and of a size that every YAML reader accepts; `007` and `1_000` are text.
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,17})$", "-+0123456789"),
    ("float", r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}$", "-+0123456789"),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(_pattern), list(_first))


_TAG: Final = "tag:yaml.org,2002:"
_TEXT: Final = f"{_TAG}str"
_DECIMAL: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")


class TagMisfitError(yaml.YAMLError):
    """A `!!` tag whose value is not of its kind: `!!int x`, `!!bool {}`."""


def construct(node: yaml.MappingNode) -> dict[object, Any]:
    """The values of a mapping. Raises YAMLError, of which TagMisfitError stands for all else that PyYAML raises."""
    with suppress(_UnusualError):
        return _mapping(node)
    loader = yaml.SafeLoader("")
    try:
        data: dict[object, Any] = loader.construct_document(node)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise TagMisfitError(str(error)) from error
    finally:
        loader.dispose()
    return data


class _UnusualError(Exception):
    """A node that only PyYAML knows how to read."""


def _mapping(node: yaml.MappingNode) -> dict[object, Any]:
    """The values of a mapping of text, plain numbers and the like, in a fifth of PyYAML's time."""
    if node.tag != f"{_TAG}map" or not all(key.tag == _TEXT for key, _ in node.value):
        raise _UnusualError
    return {key.value: _value(value) for key, value in node.value}


def _value(node: yaml.Node) -> Any:
    tag = node.tag
    if isinstance(node, yaml.ScalarNode):
        if tag == _TEXT:
            return node.value
        if tag == f"{_TAG}int" and _DECIMAL.fullmatch(node.value):
            return int(node.value)
        if tag == f"{_TAG}bool" and node.value.lower() in {"true", "false"}:
            return node.value.lower() == "true"
        if tag == f"{_TAG}null":
            return None
    elif isinstance(node, yaml.MappingNode):
        return _mapping(node)
    elif tag == f"{_TAG}seq":
        return [_value(item) for item in node.value]
    raise _UnusualError


def position_of(node: yaml.Node) -> Position:
    """Where a node stands in its file, whose first line is the opening fence."""
    return node.start_mark.line + 2, node.start_mark.column + 1


def check_keys(node: yaml.Node, path: SourcePath) -> tuple[list[Diagnostic], bool]:
    """Report keys that are given twice, and keys that are lists or groups; False if there are any of the latter.

    A number or `null` as a key is read as text.
    """
    found: list[Diagnostic] = []
    is_sound = True
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, yaml.SequenceNode):
            stack += current.value
        elif isinstance(current, yaml.MappingNode):
            first: dict[str, Position] = {}
            for key, value in current.value:
                stack.append(value)
                if not isinstance(key, yaml.ScalarNode):
                    is_sound = False
                    place = Location(path, *position_of(key))
                    found.append(diagnostic("front-matter-shape", place, "a list cannot be a key", FIELDS_HINT))
                    continue
                if key.value in first:
                    place = Location(path, *position_of(key))
                    text = f'the key "{key.value}" is given twice, first on line {first[key.value][0]}'
                    found.append(diagnostic("key-duplicate", place, text, "keep one of them"))
                first.setdefault(key.value, position_of(key))
                if key.tag != f"{_TAG}merge":
                    key.tag = _TEXT
    return found, is_sound


def forbidden_characters(root: yaml.MappingNode, path: SourcePath) -> list[Diagnostic]:
    """Characters that only YAML's escapes can write: in the source text they have been reported already."""
    found = []
    stack: list[tuple[tuple[int | str, ...], yaml.Node]] = [((), root)]
    while stack:
        loc, node = stack.pop()
        if isinstance(node, yaml.ScalarNode) and (bad := forbidden_in(node.value)):
            text = f"{field_name(loc)} holds the character {name_of_character(bad[0])}, which is not allowed"
            found.append(diagnostic("control-character", Location(path, *position_of(node)), text, "delete its escape"))
        elif isinstance(node, yaml.SequenceNode):
            stack += [((*loc, index), item) for index, item in enumerate(node.value)]
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                stack += [((*loc, key.value), key), ((*loc, key.value), value)]
    return found


def field_name(loc: tuple[int | str, ...]) -> str:
    """A field as a writer would name it: `"source.url"`, `entry 2 of "topics"`, `"kind" in entry 1 of "similar"`."""
    name = ""
    for part in loc:
        if isinstance(part, int):
            name = f"entry {part + 1} of {name}"
        elif name.startswith("entry"):
            name = f'"{part}" in {name}'
        else:
            name = f'{name[:-1]}.{part}"' if name else f'"{part}"'
    return name
