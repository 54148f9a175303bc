"""Where in `mkdocs.yml` each setting stands."""

from collections.abc import Iterator, Mapping
from typing import Final

import yaml

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath
from site_builder.yaml_bounds import compose, count_nodes

PLUGIN: Final = "site_builder"

MAX_VALUES: Final = 100_000
"""YAML nodes of one setting, with aliases expanded; the `nav` of a site of 10,000 pages has 30,000."""

MAX_DIGITS: Final = 1_000
"""Characters of a number. PyYAML needs the square of that for `1:59:59…`, which YAML 1.1 counts in sixties."""

Positions = Mapping[str, tuple[int, int]]
"""Setting -> line and column: `site_url`, `theme.palette` for a part of the theme, and `site_builder.per_page` for an
option of ours."""


def key_positions(text: str, name: SourcePath) -> tuple[dict[str, tuple[int, int]], list[Diagnostic]]:
    """Line and column of each setting: `site_url`, and `site_builder.per_page` for an option of ours."""
    root, found = compose_settings(text, name)
    return ({}, found) if root is None else _positions(root, name)


def compose_settings(text: str, name: SourcePath) -> tuple[yaml.MappingNode | None, list[Diagnostic]]:
    """The settings as nodes, of which values can be made without using up time or memory."""
    try:
        root = compose(text)
    except (yaml.YAMLError, RecursionError) as error:
        return None, [not_yaml(error, name)]
    if not isinstance(root, yaml.MappingNode):
        hint = 'write one "key: value" per line, such as "site_name: My site"'
        return None, [diagnostic("settings", Location(name), "the file has no settings", hint)]
    for key, value in root.value:
        place = Location(name, *_place(key))
        if count_nodes(value, MAX_VALUES) > MAX_VALUES:
            text = f"this setting has more than {MAX_VALUES:,} values, counting those that its aliases repeat"
            return None, [diagnostic("settings", place, text, "write the values out instead of using aliases")]
    if long := next((node for node in nodes_below(root) if _is_long_number(node)), None):
        text = f"a number has more than {MAX_DIGITS:,} characters"
        return None, [diagnostic("settings", Location(name, *_place(long)), text, "put it in quotes if it is a text")]
    return root, []


def _positions(root: yaml.MappingNode, name: SourcePath) -> tuple[dict[str, tuple[int, int]], list[Diagnostic]]:
    positions: dict[str, tuple[int, int]] = {}
    found: list[Diagnostic] = []
    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value in positions:
            text = f'the setting "{key.value}" is given twice, first on line {positions[key.value][0]}'
            found.append(diagnostic("settings", Location(name, *_place(key)), text, "keep one of them"))
        positions[key.value] = _place(key)
        if key.value == "plugins":
            positions.update((f"{PLUGIN}.{path}", _place(node)) for path, node in _own_options(value))
        if key.value == "theme" and isinstance(value, yaml.MappingNode):
            positions.update((f"theme.{part.value}", _place(part)) for part, _ in value.value)
    return positions, found


def nodes_below(node: yaml.Node) -> Iterator[yaml.Node]:
    """A node and those in it, in their order, each once: an alias may lead back."""
    waiting, seen = [node], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, yaml.MappingNode):
            waiting += [part for pair in reversed(one.value) for part in reversed(pair)]
        elif isinstance(one, yaml.SequenceNode):
            waiting += reversed(one.value)


def _is_long_number(node: yaml.Node) -> bool:
    return node.tag.endswith((":int", ":float")) and len(node.value) > MAX_DIGITS


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _own_options(plugins: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    """Keys below `site_builder:` under `plugins:` (a list of names and mappings, or one mapping), two levels deep."""
    for item in plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]:
        for plugin, given in item.value if isinstance(item, yaml.MappingNode) else ():
            if plugin.value != PLUGIN or not isinstance(given, yaml.MappingNode):
                continue
            for option, value in given.value:
                yield option.value, option
                for inner, _ in value.value if isinstance(value, yaml.MappingNode) else ():
                    yield f"{option.value}.{inner.value}", inner


def not_yaml(error: BaseException, name: SourcePath) -> Diagnostic:
    """The finding for a file that cannot be read as YAML."""
    mark = getattr(error, "problem_mark", None)
    place = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name)
    problem = str(getattr(error, "problem", None) or error)
    hint = ""
    if isinstance(error, RecursionError):
        problem = "it is nested too deeply"
    elif "mapping values" in problem:
        hint = 'put a value that contains ": " in quotes'
    elif "\\t" in problem:
        hint = "indent with spaces; YAML does not allow tabs"
    return diagnostic("settings", place, f"the file is not valid YAML: {problem}", hint)


def code_failed(error: BaseException, text: str, named: str, name: SourcePath) -> Diagnostic:
    """Code that the settings name fails, or ends the program, while it is imported; or what they inherit from does."""
    lines = text.splitlines()
    inherits = next((number for number, line in enumerate(lines, 1) if line.startswith("INHERIT:")), 0)
    if inherits and named not in text:
        why = f"{type(error).__name__}: {error}"
        if isinstance(error, RecursionError):
            why = "it inherits from itself, or is nested too deeply"
        problem = f"the file that the settings inherit from cannot be used: {why}"
        return diagnostic("settings", Location(name, inherits), problem)
    line = next((number for number, line in enumerate(lines, 1) if named in line), 1)
    problem = f"code that the settings name cannot be imported: {type(error).__name__}: {error}"
    return diagnostic("settings", Location(name, line, 1), problem)


def unusable(error: BaseException, name: SourcePath) -> Diagnostic:
    """MkDocs, or Python, cannot work with a value, such as a list where a name belongs or a path with a null byte."""
    problem = f"a setting has a value that cannot be used: {type(error).__name__}: {error}"
    return diagnostic("settings", Location(name), problem)
