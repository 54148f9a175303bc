"""The settings of an untrusted run: plain values of `mkdocs.yml` and of the files that it inherits from.

MkDocs' own loader runs what YAML tags name (`!!python/…`) and reads the environment (`!ENV`) while it reads. Here the
files are first looked at, then read by the safe loader, and merged as MkDocs merges them.
"""

import errno
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from site_builder.config.positions import Positions, compose_settings, key_positions, nodes_below, not_yaml
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.trust.installed_code import is_below
from site_builder.urls import SourcePath

INHERIT: Final = "INHERIT"
_STANDARD: Final = "tag:yaml.org,2002:"
_PLAIN: Final = frozenset(
    "binary bool float int map merge null omap pairs seq set str timestamp value".split()
)  # the types of YAML's own repository
_HINT: Final = "write a plain value, or keep the setting in a file with INHERIT: mkdocs.yml that only trusted runs read"


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """One file of the settings."""

    name: SourcePath
    positions: Positions
    node: yaml.Node


@dataclass(frozen=True, slots=True)
class PlainSettings:
    """What the files say together, and where."""

    values: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[SettingsFile, ...] = ()
    """The file itself, then those that it inherits from, nearest first."""

    def place(self, key: str, part: str = "") -> Location:
        """Where a setting stands, or a part of it: the name of an extension, a key of its options."""
        for file in self.files:
            if key in file.positions or file is self.files[-1]:
                place = Location(file.name, *file.positions.get(key, (1, 1)))
                nodes = (node for node in _below(file.node, key) if part and getattr(node, "value", None) == part)
                return next((_location(file.name, node) for node in nodes), place)
        return Location(SourcePath("mkdocs.yml"))


def read_settings(file: Path) -> str:
    """Its text. Raises OSError for a pipe or a device too, of which nobody knows when it ends."""
    if file.exists() and not (file.is_file() or file.is_dir()):
        raise OSError(errno.EINVAL, "it is a pipe or a device")
    return file.read_text(encoding="utf-8")


def read_plain_settings(path: Path) -> tuple[PlainSettings, list[Diagnostic]]:
    """Read the settings without running anything. May report settings, untrusted-code and untrusted-path."""
    root = path.absolute().parent
    if path.is_symlink():
        text = f'"{path.name}" is a symbolic link, which an untrusted run does not follow'
        return PlainSettings(), [diagnostic("untrusted-path", Location(SourcePath(path.name)), text)]
    files: list[SettingsFile] = []
    values: dict[str, Any] = {}
    file, place, seen = path.absolute(), Location(SourcePath(path.name)), set[Path]()
    while True:
        read, one, found = _read(file, root, place)
        if one is None or found:
            return PlainSettings(), found
        files.append(one)
        seen.add(file.resolve())
        values = _merged(read, values)
        parent = read.pop(INHERIT, None)
        values.pop(INHERIT, None)
        if parent is None:
            return PlainSettings(values, tuple(files)), []
        place = Location(one.name, *one.positions[INHERIT])
        if not isinstance(parent, str) or (file := file.parent / parent).resolve() in seen:
            text = "the settings inherit from themselves" if isinstance(parent, str) else f'"{INHERIT}" is not a path'
            return PlainSettings(), [diagnostic("settings", place, text)]


def _read(file: Path, root: Path, place: Location) -> tuple[dict[str, Any], SettingsFile | None, list[Diagnostic]]:
    if not is_below(str(file), str(root)):
        text = f'"{INHERIT}" names a file outside of the folder of the settings, which an untrusted run does not read'
        return {}, None, [diagnostic("untrusted-path", place, text, "keep the file beside mkdocs.yml")]
    name = SourcePath(file.resolve().relative_to(root.resolve()).as_posix())
    try:
        text = read_settings(file)
    except (OSError, UnicodeDecodeError) as error:
        problem = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        return {}, None, [diagnostic("settings", place, f'"{name}" cannot be read: {problem}')]
    positions, found = key_positions(text, name)
    if found:
        return {}, None, found
    node, found = compose_settings(text, name)
    if node is None:
        return {}, None, found
    if found := [*_tags(node, name)]:
        return {}, None, found
    try:
        values = _plain_values(node)
    except (AttributeError, LookupError, TypeError, yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        return {}, None, [not_yaml(error, name)]
    return values, SettingsFile(name, positions, node), []


def _plain_values(node: yaml.MappingNode) -> dict[str, Any]:
    loader = yaml.SafeLoader("")
    try:
        values: dict[str, Any] = loader.construct_document(node)
    finally:
        loader.dispose()
    return values


def _tags(node: yaml.Node, name: SourcePath) -> Iterator[Diagnostic]:
    """Report what is not a plain value."""
    for one in nodes_below(node):
        if one.tag.startswith(_STANDARD) and one.tag.removeprefix(_STANDARD) in _PLAIN:
            continue
        shown = one.tag.replace(_STANDARD, "!!", 1)
        does = "it can run Python code" if shown.startswith("!!") else "it is not a plain value"
        if shown == "!ENV":
            does = "it reads the environment"
        text = f'an untrusted run refuses the tag "{shown}": {does}'
        yield diagnostic("untrusted-code", _location(name, one), text, _HINT)


def _below(node: yaml.Node, key: str) -> Iterator[yaml.Node]:
    """The nodes in the value of a setting."""
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value == key:
            yield from nodes_below(value)


def _location(name: SourcePath, node: yaml.Node) -> Location:
    return Location(name, node.start_mark.line + 1, node.start_mark.column + 1)


def _merged(base: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Mappings are merged key by key; of everything else, what is above replaces what is below."""
    result = dict(base)
    for key, value in above.items():
        old = result.get(key)
        result[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result
