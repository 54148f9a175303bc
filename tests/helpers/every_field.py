"""Documents with a value in every field that takes one, read from the schema, so that a new field is covered at once.

filled(Kind.ARTICLE, "zq") == {"title": "zq title", "source": {"name": "zq source.name", "url": …}, …}
"""

import types
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from site_builder.content.fields.field_types import Day, FeedId, Flag, LanguageTag, ReviewTerm, WebUrl
from site_builder.content.schema import MODELS, NAMING_FIELDS
from site_builder.content.vocabulary import Kind

Value = Callable[[str, object], Any]
"""Name of a field (`source.name`) and its type -> a value; NOTHING leaves the field out."""
SKETCH: Final = "0123456789abcdef" * 2
NOTHING: Final = object()
_NAMED: Final = frozenset(name for named in NAMING_FIELDS.values() for name in named)


def fill(kind: Kind, value: Value) -> dict[str, Any]:
    """The front matter of a document of this kind, with the value for each field, also those in lists and groups."""
    return dict(_filled(MODELS[kind], value, ""))


def text_fields(kind: Kind) -> list[str]:
    """The fields that take any text."""
    found: list[str] = []

    def note(name: str, type_: object) -> object:
        if type_ is str:
            found.append(name)
        return NOTHING

    fill(kind, note)
    return found


def filled(kind: Kind, word: str, date: str = "2026-06-03") -> dict[str, Any]:
    """A valid document that says the word, which is a slug, in every field that takes a text, an address or a slug."""

    def value(name: str, type_: object) -> object:
        if name == "aliases":
            return f"/{word}-old/"
        if name == "image.src":
            return f"{word}.png"
        if name in _NAMED or name == "similar.to":
            return f"{word}-{name.replace('_', '-').replace('.', '-')}"
        if name == "provenance.sketch":
            return SKETCH
        by_type: dict[object, object] = {
            str: f"{word} {name}",
            WebUrl: f"https://{word}.example/{name}",
            FeedId: f"{word}-feed-id",
            Day: date,
            ReviewTerm: "6 months",
            LanguageTag: "en",
        }
        return by_type.get(type_, NOTHING)

    return fill(kind, value)


def _filled(model: Any, value: Value, prefix: str) -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(model, include_extras=True)
    for field in fields(model):
        is_list, type_ = _item(hints[field.name])
        name = f"{prefix}{field.name}"
        found = _of_type(type_, value, name, is_needed=field.default is MISSING and field.default_factory is MISSING)
        if found is not NOTHING:
            yield field.name, [found] if is_list else found


def _of_type(type_: Any, value: Value, name: str, *, is_needed: bool) -> Any:
    if is_dataclass(type_):
        inner = dict(_filled(type_, value, f"{name}."))
        return inner or NOTHING
    if isinstance(type_, type) and issubclass(type_, Enum):
        return next(iter(type_)).value if is_needed else NOTHING
    return value(name, type_)


def _item(type_: Any) -> tuple[bool, Any]:
    """Whether a type is a list, and the type of what is in it: a dataclass, an enum, one of the schema's, or `str`."""
    if get_origin(type_) in {Union, types.UnionType}:
        type_ = next(one for one in get_args(type_) if one is not type(None))
    if get_origin(type_) is tuple:
        return True, _item(get_args(type_)[0])[1]
    if type_ in (WebUrl, FeedId, Day, LanguageTag, ReviewTerm, Flag):
        return False, type_
    if get_origin(type_) is Annotated:
        return False, _item(get_args(type_)[0])[1]
    return False, type_
