"""The extensions that every site has, so that Markdown of GitHub, Obsidian and MkDocs looks as it does there.

`markdown_extensions` in `mkdocs.yml` overrides them: an extension that it names has the options given there.
"""

from collections.abc import Mapping
from typing import Any, Final

from site_builder.config import MarkdownOptions
from site_builder.markdown.tex.formula_marks import ARITHMATEX


def _github_emoji(*arguments: Any) -> Any:
    """GitHub's names of emoji; the arguments are those of pymdownx.emoji."""
    from pymdownx.emoji import gemoji  # noqa: PLC0415 (a run in which nothing is converted does without)

    return gemoji(*arguments)


def character(_index: str, _name: str, _alias: str, _code: str, alternative: str, *_: object) -> str:
    """An emoji as text; the arguments are those of pymdownx.emoji."""
    return alternative


_DEFAULTS: Final[Mapping[str, Mapping[str, Any]]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "pymdownx.details": {},
    "pymdownx.emoji": {"emoji_index": _github_emoji, "emoji_generator": character},
    "pymdownx.keys": {},
    "pymdownx.magiclink": {},
    "pymdownx.mark": {},
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.saneheaders": {},
    "pymdownx.tabbed": {},
    "pymdownx.tasklist": {},
    # `~x~` stays as written: GitHub and Pandoc differ on it.
    "pymdownx.tilde": {"subscript": False, "smart_delete": False},
    "sane_lists": {},
}


def with_default_extensions(options: MarkdownOptions) -> MarkdownOptions:
    """The options of a site with the defaults that it does not name itself."""
    named = {str(name).removeprefix("markdown.extensions.") for name in options.extensions}  # a hook may add an object
    added = {name: config for name, config in _DEFAULTS.items() if name not in named}
    kept = (name for name in options.extensions if name != ARITHMATEX)
    return MarkdownOptions((*kept, *added), {**added, **options.configs})
