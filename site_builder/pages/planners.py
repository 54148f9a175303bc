"""The page types of a site: every `plan_…` function in a module of `documents/`, `lists/` or `data/`.

A page type registers itself by having such a function, which takes the PageContext and gives the routes of its pages.
So a new one needs its module and its template, and no list of page types is kept by hand.
"""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Final

from site_builder.pages import data, documents, lists
from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute

Planner = Callable[[PageContext], Iterable[AnyRoute]]

FOLDERS: Final = (documents, lists, data)
"""In this order: where two routes want the same file, the earlier one takes precedence."""
PREFIX: Final = "plan_"


def page_planners() -> tuple[Planner, ...]:
    """The planners of all page types, by folder and by the name of their module."""
    return tuple(planner for folder in FOLDERS for module in _modules(folder) for planner in _planners(module))


def _modules(folder: ModuleType) -> Iterator[ModuleType]:
    for found in sorted(iter_modules(folder.__path__), key=lambda m: m.name):
        yield import_module(f"{folder.__name__}.{found.name}")


def _planners(module: ModuleType) -> Iterator[Planner]:
    """Those that the module defines itself, in the order in which it does."""
    for name, value in vars(module).items():
        if name.startswith(PREFIX) and getattr(value, "__module__", "") == module.__name__:
            yield value
