"""YAML nodes with their places in the text, and values as YAML: what edits of front matter are made of.

Nothing is ever dumped anew: a node's place is where it was written, and a new value is one line of its own.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml

Scalar = str | bool | int | dt.date
Value = Scalar | Sequence[str] | Mapping[str, Scalar]
"""What may be written: text, true or false, a number, a day, a list of texts, or a group of fields."""

Plain = tuple[str, Any]
"""A node without its place and style: its tag, and its text, items or fields. Two that are the same mean the same."""

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""It takes more plain words for numbers, days and flags than the reader of content does: then quotes are written."""
_STR: Final = "tag:yaml.org,2002:str"


class CannotEditError(Exception):
    """A source that cannot be edited with certainty: not YAML, with aliases, or a change that would spread.

    `reason` says it in words for the writer, without the file's name.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def compose(text: str) -> yaml.MappingNode:
    """The front matter's nodes; marks count characters of `text`. Raises CannotEditError where that is not certain."""
    try:
        has_alias = "*" in text and any(isinstance(e, yaml.AliasEvent) for e in yaml.parse(text, Loader=_LOADER))
        node = None if has_alias else yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        raise CannotEditError("the front matter is not YAML") from error
    if has_alias:
        raise CannotEditError("the front matter repeats a value by a YAML alias (*name)")
    if not isinstance(node, yaml.MappingNode):
        raise CannotEditError('the front matter is not "key: value" lines')
    return node


def plain(node: yaml.Node) -> Plain:
    """A node by its meaning alone. Raises CannotEditError for keys that are repeated or no words."""
    if isinstance(node, yaml.SequenceNode):
        return node.tag, [plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        fields: dict[str, Plain] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in fields:
                raise CannotEditError("the front matter gives a key twice, or has one that is no word")
            fields[key.value] = plain(value)
        return node.tag, fields
    return node.tag, "" if node.tag.endswith(":null") else node.value


def plain_value(value: Value) -> Plain:
    """A value as its node would be read."""
    if isinstance(value, str):
        return _STR, value
    fields: dict[str, Plain] = plain(compose(f"x: {render(value)}"))[1]
    return fields["x"]


def end_of(node: yaml.Node) -> int:
    """Where a node's own text ends: a block's mark stands only at what comes after it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(last[1] if isinstance(last, tuple) else last) or end_of(last[0])
    end: int = node.end_mark.index
    return end


def render(value: Value, quote: str = "") -> str:
    """A value on one line, as it may stand in block and flow style; texts plain where they stay what they are.

    `quote` (`'` or `"`) is taken for a text where it can be.
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
    """Is the text, without quotes and wherever it stands, read as this very text?"""
    if not value.isprintable() or "?" in value:  # in brackets, readers differ over a question mark
        return False
    try:
        _, fields = plain(compose(f"block: {value}\nflow: [{value}, {{group: {value}}}]"))
    except CannotEditError:
        return False
    word = (_STR, value)
    is_flow_plain: bool = fields.get("flow", ("", []))[1] == [word, ("tag:yaml.org,2002:map", {"group": word})]
    return is_flow_plain and fields == {"block": word, "flow": fields["flow"]}
