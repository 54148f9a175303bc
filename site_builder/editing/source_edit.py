"""Change one thing in the text of a source file and leave every other character as it is.

Each function takes and returns the whole text of a file as `decode` gives it: line endings, byte order mark, comments,
quotes and indentation are kept. Positions come from the marks of YAML nodes; nothing is serialised anew. After each
edit the front matter is parsed again: if anything but the intended value has changed, CannotEditError is raised.

    text = decode(data)
    text = add_item(text, "topics", "privacy", field_order(Kind.ARTICLE))
    text = replace_scalar(text, ("source", "checked"), dt.date(2026, 6, 10))
    data = encode(text)
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from site_builder.content.schema import MODELS
from site_builder.content.source_parts import FENCE
from site_builder.content.vocabulary import Kind
from site_builder.editing.yaml_edit import (
    CannotEditError,
    Plain,
    Scalar,
    compose,
    end_of,
    plain,
    plain_value,
    render,
)

_BOM: Final = "\ufeff"
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_INDENT: Final = "  "

FieldPath = tuple[str | int, ...]
"""Path to a value: `("source", "url")`, `("similar", 0, "to")`, `("updated",)`."""


@dataclass(frozen=True, slots=True, order=True)
class TextEdit:
    """A replacement for the characters from `start` to `end` of a text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FrontMatterSpan:
    """The position of the front matter in a text, in characters."""

    start: int
    """Start of the YAML."""
    end: int
    """Start of the closing fence."""
    body: int
    """Start of the body."""
    line_end: str
    """The line ending in use."""
    root: yaml.MappingNode
    """Its marks count from `start`."""


def decode(data: bytes) -> str:
    """The bytes of a file as text, with byte order mark and line endings. Raises CannotEditError if not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotEditError("the file is not UTF-8 text") from error


def encode(text: str) -> bytes:
    """The inverse of `decode`."""
    return text.encode("utf-8")


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """Apply all edits; positions refer to the text as given. Raises CannotEditError if two overlap."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits):
        if edit.start < position or edit.end < edit.start:
            raise CannotEditError("two changes affect the same place")
        parts += (text[position : edit.start], edit.text)
        position = edit.end
    return "".join((*parts, text[position:]))


def find_front(text: str) -> FrontMatterSpan:
    """Find the front matter. Raises CannotEditError if there is none, or none that can be edited."""
    lines = _lines(text)
    first, number = next(lines, (0, 0))
    if text[first:number].removeprefix(_BOM).rstrip() != FENCE:
        raise CannotEditError("the file does not start with front matter")
    for start, end in lines:
        if text[start:end].rstrip() == FENCE:
            line_end = _LINE_END.search(text)
            root = compose(text[number:start])
            return FrontMatterSpan(number, start, end, line_end[0] if line_end else "\n", root)
    raise CannotEditError("the front matter has no closing ---")


def field_order(kind: Kind) -> tuple[str, ...]:
    """The fields of a kind of document in their usual order, which decides where a new one is put."""
    return tuple(MODELS[kind].__dataclass_fields__)


def get_value(text: str, path: FieldPath) -> str | None:
    """A single value as written, without its quotes; None if there is none."""
    node = _node(find_front(text).root, path)
    return node.value if isinstance(node, yaml.ScalarNode) else None


def replace_scalar(text: str, path: FieldPath, value: Scalar) -> str:
    """Replace a single value, keeping its kind of quotes."""
    front = find_front(text)
    node = _node(front.root, path)
    if not isinstance(node, yaml.ScalarNode):
        raise CannotEditError(f"{_name(path)} is not a single value")
    start, end = node.start_mark.index, node.end_mark.index
    written = render(value, _quote(node))
    block = node.style in {"|", ">"}
    if block:
        end = len(_yaml(text, front)[:end].rstrip())
    edit = TextEdit(start, end, written if end > start else f" {written}")
    return _edited(text, front, [edit], lambda root: _put(root, path, plain_value(value)))


def add_field(text: str, field: str, value: Scalar, order: Sequence[str] = ()) -> str:
    """Add a field, or give its value to one that is empty; `order` says which fields a new one comes after."""
    front = find_front(text)
    if _node(front.root, (field,)) is not None:
        return replace_scalar(text, (field,), value)
    edit = _new_pair(text, front, front.root, field, render(value), order)
    return _edited(text, front, [edit], lambda root: _put(root, (field,), plain_value(value)))


def add_item(
    text: str, field: str, item: str | Mapping[str, Scalar], order: Sequence[str] = (), at_start: bool = False
) -> str:
    """Add an item to a list in the style of the list; a missing field is created at its place in `order`.

    A new list of texts is written `[in brackets]`, a new list of groups with one line for each.
    """
    front = find_front(text)
    node = _node(front.root, (field,))
    wanted = plain_value(item)

    def expected(root: Plain) -> None:
        old = root[1].get(field)
        items = old[1] if old and isinstance(old[1], list) else []
        root[1][field] = ("tag:yaml.org,2002:seq", [wanted, *items] if at_start else [*items, wanted])

    if node is None:
        key = front.root.value[0][0] if front.root.value else None
        if isinstance(item, str) or key is None or front.root.flow_style:
            written = f"[{render(item)}]"
        else:
            written = f"{front.line_end}{' ' * key.start_mark.column}{_INDENT}- {render(item)}"
        return _edited(text, front, [_new_pair(text, front, front.root, field, written, order)], expected)
    if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null"):
        start, end = node.start_mark.index, node.end_mark.index
        return _edited(text, front, [TextEdit(start, end, f"{'' if end > start else ' '}[{render(item)}]")], expected)
    if not isinstance(node, yaml.SequenceNode):
        raise CannotEditError(f'"{field}" is not a list')
    return _edited(text, front, [_new_item(text, front, node, render(item), at_start)], expected)


def remove_item(text: str, field: str, index: int) -> str:
    """Remove one item from a list, in block style with its lines; removing the only one leaves `[]`."""
    front = find_front(text)
    node = _node(front.root, (field,))
    if not isinstance(node, yaml.SequenceNode) or not 0 <= index < len(node.value):
        raise CannotEditError(f'"{field}" has no entry {index + 1}')
    edits = _without_flow(node, index) if node.flow_style else _without_line(text, front, node, index)
    if len(node.value) == 1:
        if node.flow_style:
            edits = [TextEdit(node.start_mark.index, node.end_mark.index, "[]")]
        else:
            colon = _yaml(text, front).index(":", _key(front.root, field).end_mark.index)
            edits = [TextEdit(colon + 1, colon + 1, " []"), *edits]
    return _edited(text, front, edits, lambda root: root[1][field][1].pop(index))


def _edited(text: str, front: FrontMatterSpan, edits: Iterable[TextEdit], expect: Callable[[Plain], object]) -> str:
    """Apply edits of the front matter, with positions from its start, and verify the result against `expect`."""
    edited = apply_edits(text, (TextEdit(e.start + front.start, e.end + front.start, e.text) for e in edits))
    wanted = plain(front.root)
    expect(wanted)
    after = find_front(edited)
    if plain(after.root) != wanted or edited[after.body :] != text[front.body :]:
        raise CannotEditError("the change would alter something else in the front matter")
    return edited


def _put(root: Plain, path: FieldPath, value: Plain) -> None:
    inner: Any = root[1]
    for part in path[:-1]:
        inner = inner[part][1]
    inner[path[-1]] = value


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Start of every line, and of the line after it."""
    start = 0
    for match in _LINE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _yaml(text: str, front: FrontMatterSpan) -> str:
    return text[front.start : front.end]


def _node(root: yaml.Node, path: FieldPath) -> yaml.Node | None:
    node: yaml.Node | None = root
    for part in path:
        if isinstance(node, yaml.MappingNode):
            node = next((v for k, v in node.value if k.value == part), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        else:
            return None
    return node


def _key(root: yaml.MappingNode, field: str) -> yaml.Node:
    key: yaml.Node = next(k for k, _ in root.value if k.value == field)
    return key


def _name(path: FieldPath) -> str:
    return f'"{".".join(str(part) for part in path)}"'


def _quote(node: yaml.ScalarNode) -> str:
    return node.style if node.style in {"'", '"'} else ""


def _new_pair(
    text: str, front: FrontMatterSpan, group: yaml.MappingNode, field: str, written: str, order: Sequence[str]
) -> TextEdit:
    """A new field in a group: after the closest field that precedes it in `order`, else at the end."""
    pairs = {key.value: (key, value) for key, value in group.value}
    earlier = order[: order.index(field)] if field in order else ()
    name = next((f for f in reversed(earlier) if f in pairs), None)
    if not pairs:
        return TextEdit(group.start_mark.index + 1, group.start_mark.index + 1, f"{field}: {written}")
    key, value = pairs[name] if name else group.value[-1]
    end = max(end_of(value), key.end_mark.index)
    pair = f"{field}:{' ' if written[0].isprintable() else ''}{written}"
    if group.flow_style:
        return TextEdit(end, end, f", {pair}")
    end = _end_of_line(_yaml(text, front), end)
    return TextEdit(end, end, f"{front.line_end}{' ' * key.start_mark.column}{pair}")


def _new_item(text: str, front: FrontMatterSpan, node: yaml.SequenceNode, written: str, at_start: bool) -> TextEdit:
    if node.flow_style:
        start = node.start_mark.index + 1
        if at_start or not node.value:
            return TextEdit(start, start, f"{written}{', ' if node.value else ''}")
        end = end_of(node.value[-1])
        return TextEdit(end, end, f", {written}")
    if at_start:
        start = node.start_mark.index
        return TextEdit(start, start, f"- {written}{front.line_end}{' ' * node.start_mark.column}")
    end = _end_of_line(_yaml(text, front), end_of(node))
    return TextEdit(end, end, f"{front.line_end}{' ' * node.start_mark.column}- {written}")


def _end_of_line(source: str, index: int) -> int:
    """End of the line on which a value ends; the mark of a block text is on a later line."""
    index = len(source[:index].rstrip())
    match = _LINE_END.search(source, index)
    return match.start() if match else len(source)


def _without_flow(node: yaml.SequenceNode, index: int) -> list[TextEdit]:
    items = node.value
    if index + 1 < len(items):
        return [TextEdit(items[index].start_mark.index, items[index + 1].start_mark.index, "")]
    start = end_of(items[index - 1]) if index else items[index].start_mark.index
    return [TextEdit(start, end_of(items[index]), "")]


def _without_line(text: str, front: FrontMatterSpan, node: yaml.SequenceNode, index: int) -> list[TextEdit]:
    """Remove the lines from the dash of an item to its end."""
    source = _yaml(text, front)
    dash = re.compile(rf"^[ ]{{{node.start_mark.column}}}-", re.MULTILINE)
    before = source[: node.value[index].start_mark.index].replace("\r", "\n")
    starts = [m.start() for m in dash.finditer(before)]
    match = _LINE_END.match(source, _end_of_line(source, end_of(node.value[index])))
    if not starts or match is None:
        raise CannotEditError("the entry is not on lines of its own")
    return [TextEdit(starts[-1], match.end(), "")]
