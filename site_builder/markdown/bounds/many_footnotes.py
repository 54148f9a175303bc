"""Footnotes that are many, or referred to many times, numbered without counting from the first each time."""

import re
from collections.abc import Callable
from typing import Any, Final, cast

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension

_DEFINITION: Final = re.compile(r"^[ ]{0,3}\[\^([^\]]{0,500})\]:[ ]*(.*)$", re.MULTILINE)
"""That of the extension, in which a name may go on for ever."""


def register_many_footnotes(converter: Markdown) -> None:
    """Change the extension's own methods, if the settings use it."""
    blocks = converter.parser.blockprocessors
    if "footnote" not in blocks:
        return
    definitions = blocks["footnote"]
    if type(definitions) is not FootnoteBlockProcessor:
        return
    cast(Any, definitions).RE = _DEFINITION
    extension = definitions.footnotes
    number, reset = extension.unique_ref, extension.reset

    def reset_with_order() -> None:
        reset()
        extension.footnote_order = _Order()

    extension.reset = reset_with_order  # type: ignore[method-assign]
    extension.unique_ref = _numbering(extension, number)  # type: ignore[method-assign]
    extension.footnote_order = _Order()


def _numbering(extension: FootnoteExtension, number: Callable[[str, bool], str]) -> Callable[..., str]:
    def unique_ref(reference: str, found: bool = False) -> str:
        """The id of a reference: `fnref:a`, then `fnref2:a`, and so on."""
        count = extension.found_refs.get(reference, 0) if found else 0
        name, sign, rest = reference.partition(extension.get_separator())
        numbered = f"{name}{count + 1}{sign}{rest}"
        if not count or not sign or name[-1:].isdigit() or numbered in extension.used_refs:
            return number(reference, found)
        extension.used_refs.add(numbered)
        extension.found_refs[reference] = count + 1
        return numbered

    return unique_ref


class _Order(list[str]):
    """The footnotes in the order of their first references, each once."""

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[str, int] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def append(self, name: str) -> None:
        """Like list.append."""
        self._places.setdefault(name, len(self))
        super().append(name)

    def index(self, name: str, *_: Any) -> int:
        """Like list.index, from the first one on."""
        if name not in self._places:
            raise ValueError(name)
        return self._places[name]
