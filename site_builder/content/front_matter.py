"""Source text to front matter with positions, and the body under it.

YAML is read as YAML 1.2 people expect it: `yes`, `no` and `on` are words, dates stay text (the model checks them), a key
given twice is an error, and aliases that multiply are refused before anything is built from them.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from site_builder.content.schema import ADAPTERS, MODELS, Article, Kind, Meta, Status
from site_builder.diagnostics import Diagnostic, Location, diagnostic, did_you_mean
from site_builder.urls import SourcePath

FENCE: Final = "---"
MAX_NODES: Final = 10_000
"""YAML nodes after following aliases; real front matter has under a hundred."""

Position = tuple[int, int]
"""Line and column, both from 1."""


@dataclass(frozen=True, slots=True)
class Split:
    """A source cut in two."""

    yaml: str
    body: str
    body_line: int
    """Line of the file on which the body starts, from 1."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Valid front matter and where its references stand."""

    meta: Meta
    positions: Mapping[str, Position]
    """`similar.0` -> where it is written; only fields that name something outside the file."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader with YAML 1.2's plain words; the C parser where PyYAML has it."""

    yaml_implicit_resolvers = {
        first: [
            (tag, pattern)
            for tag, pattern in resolvers
            if tag not in {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", yaml.resolver.re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def split(text: str, path: SourcePath) -> tuple[Split | None, list[Diagnostic]]:
    """Cut a source at its `---` lines. May report front-matter-missing and front-matter-unclosed."""
    lines = text.split("\n")
    start = Location(path)
    if lines[0].rstrip() != FENCE:
        hint = 'start the file with a line "---", then "title: …", then another line "---"'
        return None, [diagnostic("front-matter-missing", start, "the file does not start with front matter", hint)]
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == FENCE:
            body = "\n".join(lines[number + 1 :])
            return Split("\n".join(lines[1:number]), body, number + 2), []
    hint = 'put a line with only "---" between the last field and the text'
    return None, [diagnostic("front-matter-unclosed", start, "the front matter is never closed", hint)]


def parse(source: str, kind: Kind, path: SourcePath) -> tuple[FrontMatter | None, list[Diagnostic]]:
    """Validate the YAML between the fences, which starts on line 2 of the file.

    Gives every finding at once, each at the line that causes it.
    """
    try:
        node = yaml.compose(source, Loader=_Loader)
    except yaml.YAMLError as error:
        return None, [_yaml_error(error, source, path)]
    if node is None or not isinstance(node, yaml.MappingNode):
        place = Location(path, 2)
        text = "the front matter has no fields" if node is None else "the front matter is not a list of fields"
        return None, [diagnostic("front-matter-shape", place, text, 'write one "key: value" a line')]
    if _count_nodes(node, MAX_NODES) > MAX_NODES:
        text = f"YAML aliases expand to more than {MAX_NODES} values"
        return None, [diagnostic("yaml-bomb", Location(path, 2), text, "write the values out")]
    found = _duplicate_keys(node, path)
    try:
        data = _construct(node)
    except yaml.YAMLError as error:
        return None, [*found, _yaml_error(error, source, path)]
    try:
        meta = ADAPTERS[kind].validate_python(data)
    except ValidationError as error:
        return None, found + [_field_error(e, node, kind, path) for e in error.errors(include_url=False)]
    found += _cross_field(meta, node, path)
    return FrontMatter(meta, _reference_positions(node)), found


def _construct(node: yaml.MappingNode) -> dict[object, Any]:
    loader = yaml.SafeLoader("")
    try:
        data: dict[object, Any] = loader.construct_document(node)  # type: ignore[no-untyped-call]
        return data
    finally:
        loader.dispose()  # type: ignore[no-untyped-call]


def _count_nodes(node: yaml.Node, limit: int) -> int:
    """Nodes below and including this one, aliases followed; stops counting beyond the limit."""
    count, stack = 0, [node]
    while stack and count <= limit:
        current = stack.pop()
        count += 1
        if isinstance(current, yaml.SequenceNode):
            stack += current.value
        elif isinstance(current, yaml.MappingNode):
            for key, value in current.value:
                stack += (key, value)
    return count


def _position(node: yaml.Node) -> Position:
    return node.start_mark.line + 2, node.start_mark.column + 1


def _duplicate_keys(node: yaml.Node, path: SourcePath) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, yaml.SequenceNode):
            stack += current.value
        elif isinstance(current, yaml.MappingNode):
            first: dict[str, Position] = {}
            for key, value in current.value:
                stack.append(value)
                name = str(key.value)
                if name in first:
                    text = f'the key "{name}" is given twice, first on line {first[name][0]}'
                    found.append(diagnostic("key-duplicate", Location(path, *_position(key)), text, "keep one of them"))
                first.setdefault(name, _position(key))
    return found


def _yaml_error(error: yaml.YAMLError, source: str, path: SourcePath) -> Diagnostic:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    lines = source.split("\n")
    written = lines[line].strip() if line < len(lines) else ""
    hint = ""
    if "mapping values are not allowed" in problem:
        key, _, value = written.partition(":")
        hint = f'put the value in quotes: {key}: "{value.strip()}"'
    elif "\t" in (lines[line] if line < len(lines) else ""):
        hint = "indent with spaces; YAML does not take tabs"
    elif "end" in problem and "block" in problem or "could not find expected ':'" in problem:
        hint = 'every line is "key: value"; indent the lines of a list alike'
    elif "found unexpected end of stream" in problem:
        hint = "a quote or bracket is opened and never closed"
    text = f"the front matter is not YAML: {problem}" + (f' at "{_short(written)}"' if written else "")
    return diagnostic("front-matter-yaml", Location(path, line + 2, column + 1), text, hint)


def _short(text: object, limit: int = 60) -> str:
    shown = str(text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


_TYPE_NAMES: Final = {
    "string_type": ("text", 'put it in quotes: "{value}"'),
    "bool_type": ("true or false", "write true or false, without quotes"),
    "int_type": ("a whole number", "write a number without quotes"),
    "tuple_type": ("a list", "write a list: [{value}]"),
    "list_type": ("a list", "write a list: [{value}]"),
    "dataclass_type": ("a group of fields", "write {{key: value, …}} or indent the fields below it"),
}


def _field_error(error: ErrorDetails, root: yaml.MappingNode, kind: Kind, path: SourcePath) -> Diagnostic:
    loc, type_, value = error["loc"], error["type"], error["input"]
    name = ".".join(str(part) for part in loc)
    at_key = type_ in {"missing", "unexpected_keyword_argument"}
    place = Location(path, *_find(root, loc, at_key=at_key))
    if type_ == "missing":
        return diagnostic("field-missing", place, f'"{name}" is not given', f'add a line "{loc[-1]}: …"')
    if type_ in {"unexpected_keyword_argument", "unexpected_positional_argument"}:
        known = _fields_at(kind, loc[:-1])
        hint = did_you_mean(str(loc[-1]), known) or f"known here: {', '.join(known)}"
        return diagnostic("key-unknown", place, f'"{name}" is not a field of {_article(kind)}', hint)
    if type_ in {"date_form", "date_impossible"}:
        return diagnostic("date-invalid", place, f'"{name}" {error["msg"]}: {_show(value)}', "write it like 2026-06-03")
    if type_ in {"url_scheme", "url_form"}:
        hint = "write the whole address, starting with https://"
        return diagnostic("url-scheme", place, f'"{name}" {error["msg"]}: {_show(value)}', hint)
    if type_ == "enum":
        allowed = str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
        hint = did_you_mean(str(value), allowed) or f"write one of {', '.join(allowed)}"
        return diagnostic("value-invalid", place, f'"{name}" cannot be {_show(value)}', hint)
    if type_ == "text_empty":
        return diagnostic("field-missing", place, f'"{name}" is empty', f'give "{name}" a value or leave the line out')
    if value is None:
        return diagnostic("field-missing", place, f'"{name}" has no value', "give it a value or leave the line out")
    wanted, hint = _TYPE_NAMES.get(type_, (error["msg"], ""))
    if isinstance(value, (dict, list)) and type_ == "string_type":
        hint = 'text that holds ": " or starts with [ or { stands in quotes'
    text = f'"{name}" is {_show(value)}, which is not {wanted}'
    return diagnostic("type-wrong", place, text, hint.format(value=_short(value, 40)))


def _article(kind: Kind) -> str:
    return f"{'an' if kind in {Kind.ARTICLE, Kind.ENTITY} else 'a'} {kind}"


def _show(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (str, dt.date)):
        return f'"{_short(value)}"'
    return _short(value)


def _fields_at(kind: Kind, loc: tuple[int | str, ...]) -> list[str]:
    """Names of the fields that may stand at a place: of the kind's model, or of the model nested there."""
    from site_builder.content.schema import Image, Provenance, Similar, Source

    nested: dict[str, type] = {"source": Source, "image": Image, "provenance": Provenance, "similar": Similar}
    model = nested.get(str(loc[0]), MODELS[kind]) if loc else MODELS[kind]
    return list(model.__dataclass_fields__)  # type: ignore[attr-defined]


def _find(root: yaml.MappingNode, loc: tuple[int | str, ...], *, at_key: bool) -> Position:
    """Where a field stands: its key or its value; the nearest enclosing place where it is not written."""
    node: yaml.Node = root
    place: Position = (1, 1)
    for depth, part in enumerate(loc):
        last = depth == len(loc) - 1
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    place = _position(key) if last and at_key else _position(value)
                    node = value
                    break
            else:
                break
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            place = _position(node)
    return place


REFERENCE_FIELDS: Final = frozenset(
    {"topics", "entities", "similar", "unrelated", "duplicate_of", "aliases", "broader", "replaced_by", "image"}
)


def _reference_positions(root: yaml.MappingNode) -> dict[str, Position]:
    found: dict[str, Position] = {}
    for key, value in root.value:
        if key.value not in REFERENCE_FIELDS:
            continue
        found[key.value] = _position(value)
        if isinstance(value, yaml.SequenceNode):
            for index, item in enumerate(value.value):
                found[f"{key.value}.{index}"] = _position(item)
    return found


def _cross_field(meta: Meta, root: yaml.MappingNode, path: SourcePath) -> list[Diagnostic]:
    """Rules about two fields together: a source for all but stubs, dates in their order."""
    found: list[Diagnostic] = []
    if isinstance(meta, Article):
        if meta.source is None and meta.status is not Status.STUB:
            hint = 'add "source: {name: …}"; only a stub may go without'
            found.append(diagnostic("field-missing", Location(path, 1, 1), '"source" is not given', hint))
        if meta.added and meta.updated and meta.updated < meta.added:
            place = Location(path, *_find(root, ("updated",), at_key=False))
            text = f'"updated" ({meta.updated}) is before "added" ({meta.added})'
            found.append(diagnostic("date-order", place, text, "correct one of the two"))
    return found
