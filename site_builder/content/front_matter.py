"""Source text to front matter with positions, and the body under it.

YAML is read by the rules of YAML 1.2: `yes`, `no` and `on` are text, dates stay text (the model checks them), a key
given twice is an error, and aliases that would expand without limit are refused before anything is built from them.
"""

import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, dataclass
from typing import Any, Final

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from site_builder.content.fields.review_term import proposed_review_term
from site_builder.content.foreign_fields import (
    foreign_remedy,
    foreign_value_remedy,
    kind_of_entity,
    linked_name,
    renamed_to,
    wrong_type_remedy,
)
from site_builder.content.schema import (
    ADAPTERS,
    MODELS,
    NAMING_FIELDS,
    Article,
    EntityKind,
    Image,
    Meta,
    Provenance,
    Similar,
    Source,
    Tool,
    with_article,
)
from site_builder.content.source_forms import is_web, name_from_url, plain, renamed_in_source, source_remedy
from site_builder.content.vocabulary import NO_SUMMARY, Kind, Pricing, Status
from site_builder.content.yaml_errors import quoted, short, with_plain_spaces, yaml_error
from site_builder.content.yaml_nodes import (
    FIELDS_HINT,
    MAX_NODES,
    Loader,
    Position,
    TagMisfitError,
    check_keys,
    construct,
    field_name,
    forbidden_characters,
    position_of,
)
from site_builder.diagnostics import Diagnostic, Location, diagnostic, did_you_mean
from site_builder.language_tags import proposed_language_tag
from site_builder.text.written_days import as_day
from site_builder.urls import SourcePath
from site_builder.yaml_bounds import MAX_DEPTH, count_nodes, is_deep

NO_DATE: Final = "1970-01-01"
"""Date of a draft that has neither a date nor a day on which it was added or retrieved."""
_STAND_INS: Final[Mapping[str, str]] = {
    "title": "(no title)",
    "name": "(no name)",
    "date": NO_DATE,
    "summary": NO_SUMMARY,
    "kind": EntityKind.ORGANISATION,
    "pricing": Pricing.FREE,
}
"""Values for required fields while a document with errors is checked; never shown."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Valid front matter, and the positions of its references."""

    meta: Meta
    positions: Mapping[str, Position]
    """`similar.0` -> line and column; only fields that name something outside the file."""


def parse(source: str, kind: Kind, path: SourcePath) -> tuple[FrontMatter | None, list[Diagnostic]]:
    """Validate the YAML between the fences, which starts on line 2 of the file.

    Reports all findings at once, each at the line that causes it.
    """
    front, found = _parse(source, kind, path)
    if front is None:
        plain, spaces = with_plain_spaces(source, path)
        remaining = _parse(plain, kind, path)[1] if spaces else found
        if remaining != found:  # otherwise the spaces did no harm
            return None, spaces + remaining
    return front, found


def parse_partly(source: str, kind: Kind, path: SourcePath) -> FrontMatter:
    """What can be read of invalid front matter, with stand-ins for the rest, so that its references can be checked."""
    fields = MODELS[kind].__dataclass_fields__
    stand_ins = {name: value for name, value in _STAND_INS.items() if name in fields}
    node, data, positions = None, {}, {}
    with suppress(yaml.YAMLError):
        plain = with_plain_spaces(source, path)[0]
        node = None if is_deep(plain) else yaml.compose(plain, Loader=Loader)
        if (
            isinstance(node, yaml.MappingNode)
            and count_nodes(node, MAX_NODES) <= MAX_NODES
            and check_keys(node, path)[1]
        ):
            data, positions = construct(node), _reference_positions(node)
    try:
        return FrontMatter(ADAPTERS[kind].validate_python({**stand_ins, **data}), positions)
    except ValidationError as error:
        wrong = {str(e["loc"][0]) for e in error.errors(include_url=False, include_input=False) if e["loc"]}
    sound = {key: value for key, value in data.items() if key not in wrong}
    return FrontMatter(ADAPTERS[kind].validate_python({**stand_ins, **sound}), positions)


def _parse(  # noqa: PLR0911 (each return is one kind of invalid front matter)
    source: str, kind: Kind, path: SourcePath
) -> tuple[FrontMatter | None, list[Diagnostic]]:
    try:
        if is_deep(source):
            text = f"lists and groups are nested more than {MAX_DEPTH} deep"
            return None, [diagnostic("yaml-bomb", Location(path, 2), text, "write fewer lists inside one another")]
        node = yaml.compose(source, Loader=Loader)
    except yaml.YAMLError as error:
        return None, [yaml_error(error, source, path)]
    if node is None or not isinstance(node, yaml.MappingNode):
        place = Location(path, 2)
        text = "the front matter has no fields" if node is None else "the front matter is not a list of fields"
        return None, [diagnostic("front-matter-shape", place, text, FIELDS_HINT)]
    if count_nodes(node, MAX_NODES) > MAX_NODES:
        text = f"the front matter has more than {MAX_NODES} values, counting those that its aliases repeat"
        return None, [diagnostic("yaml-bomb", Location(path, 2), text, "write the values out instead of using aliases")]
    found, is_sound = check_keys(node, path)
    if not is_sound:
        return None, found
    if "\\" in source and (forbidden := forbidden_characters(node, path)):
        return None, [*found, *forbidden]
    try:
        data = construct(node)
    except TagMisfitError:
        text = 'the front matter is not valid YAML: a "!!" tag does not fit its value'
        return None, [*found, diagnostic("front-matter-yaml", Location(path, 2), text, "remove the tag")]
    except yaml.YAMLError as error:
        return None, [*found, yaml_error(error, source, path)]
    try:
        meta = ADAPTERS[kind].validate_python(_with_stand_ins(data, MODELS[kind]))
    except ValidationError as error:
        return None, found + _field_errors(error, node, kind, path)
    found += _cross_field(meta, node, path)
    return FrontMatter(meta, _reference_positions(node)), found


def _with_stand_ins(data: dict[object, Any], model: type[Meta]) -> dict[object, Any]:
    """Fill in what a draft may still lack: the day it was retrieved as its date, and a note instead of a summary."""
    if model not in {Article, Tool} or data.get("status") not in (Status.DRAFT, Status.REVIEW):
        return data
    provenance = data.get("provenance")
    retrieved = provenance.get("retrieved") if isinstance(provenance, dict) else None
    days = (
        day for day in (data.get("added"), retrieved) if isinstance(day, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", day)
    )
    stand_ins: dict[object, Any] = {"summary": NO_SUMMARY}
    if model is Article:
        stand_ins["date"] = next(days, NO_DATE)
    return {**stand_ins, **{key: value for key, value in data.items() if key not in stand_ins or value is not None}}


_BRACKETS_HINT: Final = 'put text that starts with [ or { in quotes; an entry of a list cannot contain ": "'
_TYPE_NAMES: Final = {
    "string_type": ("text", "put it in quotes: {quoted}"),
    "bool_type": ("true or false", "write true or false, without quotes"),
    "int_type": ("a whole number", "write a number without quotes"),
    "tuple_type": ("a list", "write a list: [{value}]"),
    "dataclass_type": ("a group of fields", "write {{{first}: {quoted}}}, or indent the fields below it"),
}


_WANTED: Final = {"string_type": "text", "tuple_type": "list", "dataclass_type": "group"}


def _field_errors(error: ValidationError, root: yaml.MappingNode, kind: Kind, path: SourcePath) -> list[Diagnostic]:
    """One finding for each cause: a field that has another program's name is not missing as well."""
    errors = error.errors(include_url=False)
    known = _fields_at(kind, ())
    unknown = [str(e["loc"][0]) for e in errors if e["type"] == "unexpected_keyword_argument" and len(e["loc"]) == 1]
    renamed: set[tuple[int | str, ...]] = {(renamed_to(name, known),) for name in unknown}
    renamed |= {
        ("source", renamed_in_source(str(e["loc"][1])))
        for e in errors
        if e["type"] == "unexpected_keyword_argument" and len(e["loc"]) > 1 and e["loc"][0] == "source"
    }
    return [_field_error(e, root, kind, path) for e in errors if not (e["type"] == "missing" and e["loc"] in renamed)]


def _remedy_in_source(loc: tuple[int | str, ...], value: object) -> str:
    ours = renamed_in_source(str(loc[-1])) if loc[0] == "source" else ""
    if not ours:
        return ""
    return f"write `{ours}: {plain(value)}` instead" if isinstance(value, str) else f'write "{ours}" instead'


def _field_error(error: ErrorDetails, root: yaml.MappingNode, kind: Kind, path: SourcePath) -> Diagnostic:
    loc, type_, value = error["loc"], error["type"], error["input"]
    name = field_name(loc)
    at_key = type_ in {"missing", "unexpected_keyword_argument"}
    node, position = _find(root, loc, at_key=at_key)
    place = Location(path, *position)
    if type_ == "missing":
        hint = f'add a line "{loc[-1]}: …"'
        if loc == ("source", "name") and (host := name_from_url(value)):
            hint = f"add `name: {host}`, or who else published it"
        return diagnostic("field-missing", place, f"{name} is missing", hint)
    if type_ == "unexpected_keyword_argument":
        known = _fields_at(kind, loc[:-1])
        hint = (
            foreign_remedy(str(loc[0]), node, kind, path.rpartition("/")[2], known, _keys(root))
            if len(loc) == 1
            else _remedy_in_source(loc, value)
        )
        hint = hint or did_you_mean(str(loc[-1]), known) or f"known fields: {', '.join(known)}"
        return diagnostic("key-unknown", place, f"{name} is not a field of {with_article(kind)}", hint)
    if value is None or type_ == "text_empty":
        is_needed = _fields_at(kind, loc[:-1]).get(str(loc[-1])) is MISSING
        hint = "give it a value" if is_needed else "give it a value or leave it out"
        return diagnostic("field-missing", place, f"{name} is empty", hint)
    if type_ in {"date_form", "date_impossible"}:
        hint = foreign_value_remedy(str(loc[-1]), str(value)) or "write it like 2026-06-03"
        return diagnostic("date-invalid", place, f"{name} {error['msg']}: {_show(value)}", hint)
    if type_ in {"url_scheme", "url_form"}:
        hint = "write the whole address, starting with https://"
        if type_ == "url_form" and is_web(encoded := re.sub(r"\s", "%20", str(value).strip())):
            hint = f"an address has no spaces: write {encoded}"
        return diagnostic("url-scheme", place, f"{name} {error['msg']}: {_show(value)}", hint)
    if type_ in {"language_form", "review_form"}:
        hint = _form_remedy(type_, str(value))
        return diagnostic("value-invalid", place, f"{name} {error['msg']}: {_show(value)}", hint)
    if type_ == "enum":
        allowed = str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
        known_as = kind_of_entity(str(value)) if loc == ("kind",) else ""
        near = f'did you mean "{known_as}"?' if known_as else did_you_mean(str(value), allowed)
        hint = near or f"write one of {', '.join(allowed)}"
        return diagnostic("value-invalid", place, f"{name} cannot be {_show(value)}", hint)
    wanted = _TYPE_NAMES.get(type_, (error["msg"], ""))[0]
    hint = _type_remedy(error, node, kind)
    return diagnostic("type-wrong", place, f"{name} is {_show(value)}, which is not {wanted}", hint)


def _form_remedy(type_: str, value: str) -> str:
    """What to write in place of a value that has the form of another program, or none."""
    if type_ == "language_form":
        proposed = proposed_language_tag(value)
        return f"write `language: {proposed}`" if proposed else "write the tag of a language, such as en, de or pt-BR"
    proposed = proposed_review_term(value) or as_day(value)
    return f"write `review: {proposed}`" if proposed else "write a day, such as 2027-06-01, or `6 months` or `1 year`"


def _type_remedy(error: ErrorDetails, node: yaml.Node, kind: Kind) -> str:
    """What to write in place of a value of the wrong type."""
    loc, type_ = error["loc"], error["type"]
    remedy = source_remedy(error["input"]) if loc == ("source",) else ""
    if not remedy and len(loc) == 1:
        remedy = wrong_type_remedy(str(loc[0]), node, _WANTED.get(type_, "other"))
    if remedy:
        return remedy
    if len(loc) > 1 and type_ == "string_type" and (linked := linked_name(node)):
        return f"write the name without brackets: {linked}"
    if not isinstance(node, yaml.ScalarNode):
        return _BRACKETS_HINT if type_ == "string_type" else ""
    first = next(iter(_fields_at(kind, loc)), "")
    hint = _TYPE_NAMES.get(type_, ("", ""))[1]
    return hint.format(value=short(node.value, 40), quoted=quoted(short(node.value, 40)), first=first)


def _keys(root: yaml.MappingNode) -> set[str]:
    return {key.value for key, _value in root.value}


def _show(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (str, dt.date)):
        return f'"{short(value)}"'
    return short(value)


def _fields_at(kind: Kind, loc: tuple[int | str, ...]) -> dict[str, object]:
    """The fields allowed at a place (in the model of the kind, or in a nested one) -> default, MISSING for none."""
    nested: dict[str, type] = {"source": Source, "image": Image, "provenance": Provenance, "similar": Similar}
    model = nested.get(str(loc[0]), MODELS[kind]) if loc else MODELS[kind]
    fields: Mapping[str, Field[object]] = model.__dataclass_fields__  # type: ignore[attr-defined]
    return {name: f.default if f.default is not MISSING else f.default_factory for name, f in fields.items()}


def _find(root: yaml.MappingNode, loc: tuple[int | str, ...], *, at_key: bool) -> tuple[yaml.Node, Position]:
    """A field's value and the position of its key or value; of the enclosing field where it is missing."""
    node: yaml.Node = root
    place: Position = (1, 1)
    for depth, part in enumerate(loc):
        last = depth == len(loc) - 1
        if isinstance(node, yaml.MappingNode):
            # Of several, the last one counts.
            pair = next(((k, v) for k, v in reversed(node.value) if k.value == str(part)), None)
            if pair is None:
                break
            place = position_of(pair[0] if last and at_key else pair[1])
            node = pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            place = position_of(node)
    return node, place


REFERENCE_FIELDS: Final = frozenset(name for fields in NAMING_FIELDS.values() for name in fields) | {
    "title", "source", "url", "same_as", "aliases", "feed_id", "image", "date", "added", "updated", "review", "reviewed"
}  # fmt: skip
"""Fields whose values later stages report on, so that their places must be known."""
_NESTED_FIELDS: Final = frozenset({"src", "alt", "name", "url", "archive"})
"""The same inside a group of fields."""


def _reference_positions(root: yaml.MappingNode) -> dict[str, Position]:
    found: dict[str, Position] = {}
    for key, value in root.value:
        if key.value not in REFERENCE_FIELDS:
            continue
        found[key.value] = position_of(value)
        if isinstance(value, yaml.SequenceNode):
            for index, item in enumerate(value.value):
                found[f"{key.value}.{index}"] = position_of(item)
        elif isinstance(value, yaml.MappingNode):
            found |= {f"{key.value}.{k.value}": position_of(v) for k, v in value.value if k.value in _NESTED_FIELDS}
    return found


def _cross_field(meta: Meta, root: yaml.MappingNode, path: SourcePath) -> list[Diagnostic]:
    """Check fields against each other: only stubs and drafts go without a source; dates are in order."""
    found: list[Diagnostic] = []
    if isinstance(meta, Article):
        if meta.source is None and meta.status is Status.PUBLISHED:
            hint = 'add "source: {name: …}"; only stubs and drafts may do without'
            found.append(diagnostic("field-missing", Location(path, 1, 1), '"source" is missing', hint))
        if meta.added and meta.updated and meta.updated < meta.added:
            place = Location(path, *_find(root, ("updated",), at_key=False)[1])
            text = f'"updated" ({meta.updated}) is before "added" ({meta.added})'
            found.append(diagnostic("date-order", place, text, "correct one of the two"))
    return found
