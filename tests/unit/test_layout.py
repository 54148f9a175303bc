"""A name means one thing in the whole package, and no folder or module outgrows what a reader can survey.

Read from the source, so that nothing needs to be imported.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import site_builder

PACKAGE: Final = Path(site_builder.__file__).parent

MAX_FOLDER_MODULES: Final = 15
"""Beside its sub-folders. A folder with more usually holds two subjects."""
MAX_MODULE_LINES: Final = 450
"""A module with more usually holds two subjects."""

_COMMAND: Final = "what a command does, and the command of that name (`cli`)"

SAME_MEANING: Final = {
    "build": _COMMAND,
    "editing": _COMMAND,
    "graph": "the link graph: how it is computed (`links`), and the command that exports it (`cli`)",
    "links": "how documents lead to each other and elsewhere, and the command that lists what is elsewhere (`cli`)",
    "render": "views to the bytes of files, and the command that does it for one address (`cli`)",
    "schema": "the fields of front matter, and the command that prints them as JSON Schema (`cli`)",
    "serve": _COMMAND,
    "text": "plain text: comparing words (`text`), and reading an article that was pasted as text (`importers`)",
    "urls": "addresses of the site: how they are made, and the command that lists them (`cli`)",
}
"""Module or folder name that occurs more than once -> what it means in every place."""

##### NOT_YET: what breaks these rules today. Entries only ever leave these tables; one that is no longer needed fails.

NOT_YET_CLASSES: Final[dict[str, set[str]]] = {}
"""Class name -> the modules that each define one."""

NOT_YET_MODULES: Final[dict[str, set[str]]] = {}
"""Name of a module or folder -> where it occurs."""

NOT_YET_FOLDERS: Final[set[str]] = set()
"""Folders with more than MAX_FOLDER_MODULES modules."""

NOT_YET_LONG: Final[set[str]] = set()
"""Modules with more than MAX_MODULE_LINES lines."""

##### End of NOT_YET


def module_name(path: Path) -> str:
    """`links/graph` for `site_builder/links/graph.py`, `links` for `site_builder/links/__init__.py`."""
    relative = path.relative_to(PACKAGE)
    return (relative.parent if relative.stem == "__init__" else relative.with_suffix("")).as_posix()


FILES: Final = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
"""Every module; a folder stands for its `__init__.py`."""


def public_classes(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name


def repeated(names: dict[str, set[str]]) -> dict[str, set[str]]:
    return {name: places for name, places in names.items() if len(places) > 1}


def test_no_two_public_classes_share_a_name() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for module, path in FILES.items():
        for name in public_classes(path):
            places[name].add(module)
    assert repeated(places) == NOT_YET_CLASSES


def test_no_two_modules_share_a_name() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for module in FILES.keys() - {".", "__main__"}:
        folder, _, name = module.rpartition("/")
        if folder.rpartition("/")[2] != name:  # `corpus/corpus` is the main module of `corpus`
            places[name].add(module)
    shared = repeated(places)
    assert {name: where for name, where in shared.items() if name not in SAME_MEANING} == NOT_YET_MODULES
    assert SAME_MEANING.keys() <= shared.keys(), "a reason for a name that is no longer shared"


def test_no_folder_holds_too_many_modules() -> None:
    modules: dict[str, int] = defaultdict(int)
    for path in FILES.values():
        modules[path.parent.relative_to(PACKAGE.parent).as_posix()] += path.stem != "__init__"
    assert {folder for folder, count in modules.items() if count > MAX_FOLDER_MODULES} == NOT_YET_FOLDERS


def test_no_module_is_too_long() -> None:
    lines = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in FILES.items()}
    assert {module for module, count in lines.items() if count > MAX_MODULE_LINES} == NOT_YET_LONG
