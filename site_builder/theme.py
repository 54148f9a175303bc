"""Locate the theme's files, without reading them.

They are in `templates/` at the top of a checkout, and in `site_builder/theme_files/` of an installed wheel.
"""

from pathlib import Path
from types import SimpleNamespace
from typing import Final

OVERRIDES: Final = "templates"
"""Folder beside `mkdocs.yml` with templates that replace those of the theme."""

_PACKAGE = Path(__file__).resolve().parent


def theme_dir() -> Path:
    """The folder of the built-in theme: the wheel's if there is one, else the checkout's."""
    installed = _PACKAGE / "theme_files"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


mkdocs_theme = SimpleNamespace(__file__=str(theme_dir() / "__init__.py"))
"""The object of the entry point `mkdocs.themes`.

MkDocs expects a package and finds the theme's folder as `dirname(entry_point.load().__file__)`. Our theme is not a
package, so this object provides the attribute; the file need not exist.
"""
