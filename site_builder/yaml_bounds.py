"""How deep and how large YAML is, before values are made of it.

libyaml overflows the C stack at lists that are nested too deeply, which ends the process. Aliases (`*name`) repeat what
they name, so that a few lines stand for more values than fit into memory.
"""

from contextlib import suppress
from typing import Any, Final

import yaml

MAX_DEPTH: Final = 200
"""Levels of nested lists and groups; real front matter has three. libyaml overflows the C stack at about 20,000."""

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def is_deep(source: str) -> bool:
    """Whether it is nested beyond MAX_DEPTH. Each level needs one of these characters, so few sources are parsed.

    Raises yaml.YAMLError for what is not YAML.
    """
    if sum(source.count(character) for character in "[{-?:") <= MAX_DEPTH:
        return False
    depth = 0
    for event in yaml.parse(source, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            return True
    return False


def compose(source: str) -> yaml.Node | None:
    """Read YAML with the loader in C, which takes 1 ms instead of 14; errors are reported by the one in Python.

    Raises yaml.YAMLError for what is not YAML or nested too deeply.
    """
    if is_deep(source):
        raise yaml.YAMLError("it is nested too deeply")
    with suppress(yaml.YAMLError):
        return yaml.compose(source, Loader=_LOADER)
    return yaml.compose(source, Loader=yaml.SafeLoader)


def count_nodes(node: yaml.Node, limit: int) -> int:
    """Number of nodes from this one down, with aliases expanded; counting stops beyond the limit."""
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
