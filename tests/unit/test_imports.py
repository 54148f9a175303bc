"""The arrows between the modules: a stage knows the ground and the stages before it, and nobody knows the adapters.

Read from the source, so that imports inside functions and for type checkers alone count too.
"""

import ast
from pathlib import Path
from typing import Final

import pytest

import site_builder

PACKAGE: Final = Path(site_builder.__file__).parent

ORDER: Final = (
    ("urls", "characters", "field_docs", "language_tags", "yaml_bounds"),
    ("routes", "disk", "theme"),
    ("diagnostics", "parallel", "cache", "images", "trust"),
    ("cluster", "config", "i18n", "text"),
    ("markdown",),
    ("content",),
    ("form",),
    ("corpus",),
    ("links",),
    ("related", "topic_suggestions", "search", "reports"),
    ("render",),
    ("pages",),
    ("pipeline",),
    ("output",),
    ("build",),
    ("importers", "editing"),
    ("starter", "deployment", "editions", "link_check"),
    ("serve",),
    ("cli", "mkdocs_plugin"),
    ("__main__",),
)
"""A module, or a stage's folder, may import those of the rows above it."""

KNOWS_MKDOCS: Final = {
    "site_builder.config",
    "site_builder.mkdocs_plugin",
    "site_builder.mkdocs_plugin.linked_files",
}
MKDOCS: Final = {"mkdocs", "properdocs"}


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES: Final = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports(path: Path) -> set[str]:
    """Names of the modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are written in full"
            named = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else str(node.module) for name in named}
    return found


def rank(name: str) -> int:
    """Row of ORDER in which a module stands."""
    part = name.split(".")[1]
    return next(number for number, row in enumerate(ORDER) if part in row)


def own(name: str) -> set[str]:
    """Modules of the package that a module imports; the package itself only holds the version."""
    return {i for i in imports(MODULES[name]) if i in MODULES and i != "site_builder"}


INSIDE: Final = [name for name in MODULES if name != "site_builder"]


def test_every_module_has_a_place() -> None:
    known = {part for row in ORDER for part in row}
    assert {name.split(".")[1] for name in INSIDE} <= known


@pytest.mark.parametrize("name", INSIDE)
def test_arrows(name: str) -> None:
    folder = name.split(".")[1]
    wrong = [i for i in sorted(own(name)) if i.split(".")[1] != folder and rank(i) >= rank(name)]
    assert wrong == [], f"{name} must not know {', '.join(wrong)}"


def test_no_loops() -> None:
    waiting = {name: own(name) for name in INSIDE}
    while free := [name for name, needs in waiting.items() if not needs & set(waiting)]:
        for name in free:
            del waiting[name]
    assert waiting == {}, "these know each other in a circle"


def test_mkdocs_is_known_to_its_adapters_only() -> None:
    users = {n for n, path in MODULES.items() if MKDOCS & {i.split(".")[0] for i in imports(path)}}
    assert users == KNOWS_MKDOCS
