"""YAML nodes with their positions in the text, and values written as YAML: the parts that edits of front matter need.

Nothing existing is serialised anew: nodes are located where they were written, and a new value is a single line.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml

from site_builder.yaml_bounds import is_deep

Scalar = str | bool | int | dt.date
Value = Scalar | Sequence[str] | Mapping[str, Scalar]
"""What can be written: a text, true or false, a number, a date, a list of texts, or a group of fields."""

Plain = tuple[str, Any]
"""A node without position and style: its tag, and its text, items or fields. Equal ones have the same meaning."""

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""It reads more plain words as numbers, dates and flags than the reader of content does; quotes are then added."""
_STR: Final = "tag:yaml.org,2002:str"


class CannotEditError(Exception):
    """A source cannot be edited reliably: not valid YAML, with aliases, or the change would affect something else.

    `reason` is a sentence for the writer, without the name of the file.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def compose(text: str) -> yaml.MappingNode:
    """The nodes of the front matter, with marks in characters of `text`. Raises CannotEditError if they are unclear."""
    try:
        has_alias = "*" in text and any(isinstance(e, yaml.AliasEvent) for e in yaml.parse(text, Loader=_LOADER))
        node = None if has_alias or is_deep(text) else yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        raise CannotEditError("the front matter is not valid YAML") from error
    if has_alias:
        raise CannotEditError("the front matter uses a YAML alias (*name)")
    if not isinstance(node, yaml.MappingNode):
        raise CannotEditError('the front matter is not a list of "key: value" lines')
    return node


def plain(node: yaml.Node) -> Plain:
    """The meaning of a node. Raises CannotEditError for keys that are repeated or are not plain text."""
    if isinstance(node, yaml.SequenceNode):
        return node.tag, [plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        fields: dict[str, Plain] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in fields:
                raise CannotEditError("the front matter has a key twice, or a key that is not plain text")
            fields[key.value] = plain(value)
        return node.tag, fields
    return node.tag, "" if node.tag.endswith(":null") else node.value


def plain_value(value: Value) -> Plain:
    """The meaning that a value will have once it is written and read."""
    if isinstance(value, str):
        return _STR, value
    fields: dict[str, Plain] = plain(compose(f"x: {render(value)}"))[1]
    return fields["x"]


def end_of(node: yaml.Node) -> int:
    """End of a node's own text; the end mark of a block collection is only at the next token."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(last[1] if isinstance(last, tuple) else last) or end_of(last[0])
    end: int = node.end_mark.index
    return end


def render(value: Value, quote: str = "") -> str:
    """Write a value on one line, valid in block and flow style; texts get quotes only if they need them.

    `quote` (`'` or `"`) is the preferred kind of quotes for a text.
    """
    if isinstance(value, str):
        return _text(value, quote)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | dt.date):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(k)}: {render(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(_text(item) for item in value) + "]"


def _text(value: str, quote: str = "") -> str:
    if not quote and _is_plain(value):
        return value
    is_one_line = value.isprintable()
    if is_one_line and (quote == "'" or (not quote and '"' in value) or "\\" in value):
        return "'" + value.replace("'", "''") + "'"
    return '"' + "".join(_escaped(character) for character in value) + '"'


def _escaped(character: str) -> str:
    """A character in double quotes (YAML 1.2 §5.7)."""
    if character in {'"', "\\"}:
        return f"\\{character}"
    return (
        character if character.isprintable() else {"\n": "\\n", "\t": "\\t"}.get(character, f"\\U{ord(character):08x}")
    )


def _is_plain(value: str) -> bool:
    """Is the text read as exactly this text without quotes, in block and in flow style?"""
    if not value.isprintable() or "?" in value:  # YAML readers disagree on a question mark in brackets
        return False
    try:
        _, fields = plain(compose(f"block: {value}\nflow: [{value}, {{group: {value}}}]"))
    except CannotEditError:
        return False
    word = (_STR, value)
    is_flow_plain: bool = fields.get("flow", ("", []))[1] == [word, ("tag:yaml.org,2002:map", {"group": word})]
    return is_flow_plain and fields == {"block": word, "flow": fields["flow"]}
