"""Settings that stand on pages and in feeds: they hold no character that would make these invalid."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from site_builder.characters import forbidden_in, name_of_character
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath


def forbidden_in_settings(
    values: Mapping[str, Any], name: SourcePath, positions: Mapping[str, tuple[int, int]], prefix: str = ""
) -> Iterator[Diagnostic]:
    """A `settings` error for each text with a control character; `prefix` is that of the keys in `positions`.

    So for each list or mapping, at any depth, with half a character (a surrogate), which cannot be written anywhere.
    """
    for key, value in values.items():
        found = forbidden_in(value) if isinstance(value, str) else None
        bad = found[0] if found else half_character_in(value)
        if bad:
            key = _WRITTEN_AS.get(key, key)  # noqa: PLW2901 (the same setting)
            text = f'"{key}" holds the character {name_of_character(bad)}, which is not allowed'
            place = Location(name, *positions.get(f"{prefix}{key}", (1, 1)))
            yield diagnostic("settings", place, text, "delete its escape")


_WRITTEN_AS: Final = {"mdx_configs": "markdown_extensions"}
"""MkDocs keeps the options of extensions under a name of its own."""
_HALF: Final = re.compile("[\ud800-\udfff]")


def half_character_in(value: object) -> str:
    """The first surrogate in the texts of a value as YAML gives it; "" if there is none."""
    waiting, seen = [value], set[int]()
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if found := _HALF.search(one):
                return found[0]
        elif isinstance(one, Mapping | list | tuple) and id(one) not in seen:  # an anchor may be in itself
            seen.add(id(one))
            waiting += [*one, *one.values()] if isinstance(one, Mapping) else one
    return ""
