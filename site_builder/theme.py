"""Where the theme's files are; gives a folder, reads nothing.

They lie in `templates/` at the top of a checkout and in `site_builder/theme_files/` of an installed wheel.
"""

from pathlib import Path
from types import SimpleNamespace

_PACKAGE = Path(__file__).resolve().parent


def theme_dir() -> Path:
    """The folder of the theme that ships with the program: the wheel's own if there is one, else the checkout's."""
    installed = _PACKAGE / "theme_files"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


mkdocs_theme = SimpleNamespace(__file__=str(theme_dir() / "__init__.py"))
"""What the entry point `mkdocs.themes` names.

MkDocs takes a theme for a package and finds its folder as `dirname(entry_point.load().__file__)`. Ours is no package,
so this stands for one: it has that attribute, and no file needs to be there.
"""
