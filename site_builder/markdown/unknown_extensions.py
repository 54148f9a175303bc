"""Which of a site's Markdown extensions run code that we do not know: its own, or that of another package."""

from collections.abc import Iterator, Mapping
from functools import partial
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import Any, Final

from site_builder.config import MarkdownOptions
from site_builder.markdown.extension_inputs import KNOWN

_OURS: Final = KNOWN | {"builtins", "site_builder"}


def unknown_packages(options: MarkdownOptions) -> frozenset[str]:
    """Top-level packages of the extensions, and of the functions in their options, that are none of KNOWN."""
    named = {_package_of(extension) for extension in options.extensions}
    return frozenset((named | set(_packages_in(options.configs))) - _OURS)


def _package_of(extension: object) -> str:
    """The package of an extension, which another plugin may have made already."""
    if not isinstance(extension, str):
        return _top(type(extension).__module__)
    name = extension.partition(":")[0]
    if _top(name) in KNOWN or (name.isidentifier() and find_spec(f"markdown.extensions.{name}")):
        return "markdown"
    modules = [point.module for point in entry_points(group="markdown.extensions") if point.name == extension]
    return _top(modules[0] if modules else name)


def _packages_in(value: Any) -> Iterator[str]:
    """Packages of the functions and objects among the options (`!!python/name:…`)."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _packages_in(one)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from _packages_in(one)
    elif isinstance(value, partial):
        yield from _packages_in([value.func, value.args, value.keywords])
    else:
        yield _top(getattr(value, "__module__", None) or type(value).__module__)


def _top(module: str) -> str:
    return module.partition(".")[0]
