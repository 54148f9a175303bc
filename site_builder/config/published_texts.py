"""Settings that stand on pages and in feeds: they hold no character that would make these invalid."""

from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.characters import forbidden_in, name_of_character
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath


def forbidden_in_settings(
    values: Mapping[str, Any], name: SourcePath, positions: Mapping[str, tuple[int, int]], prefix: str = ""
) -> Iterator[Diagnostic]:
    """A `settings` error for each text with a control character; `prefix` is that of the keys in `positions`."""
    for key, value in values.items():
        if isinstance(value, str) and (bad := forbidden_in(value)):
            text = f'"{key}" holds the character {name_of_character(bad[0])}, which is not allowed'
            place = Location(name, *positions.get(f"{prefix}{key}", (1, 1)))
            yield diagnostic("settings", place, text, "delete its escape")
