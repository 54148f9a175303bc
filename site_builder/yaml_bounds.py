"""How deeply YAML is nested, before anything is made of it: libyaml overflows the C stack, which ends the process."""

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
