"""Colours for code: the words of a block whose language is known get the classes that Pygments has for them.

The text stays as it is, to the last space. Blocks that an extension of the site has coloured already are left alone.
"""

from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from site_builder.markdown.clean_html.html_tree import HtmlElement, HtmlNode

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MAX_CHARACTERS: Final = 50_000
"""Of a block; a longer one is data, which no reader wants to wait for."""
_LANGUAGE: Final = "language-"
_PLAIN: Final = frozenset({"", "w", "n", "nb", "nn", "nx", "o", "p", "bp", "err"})
"""Classes of white space, most names, signs and what Pygments does not understand: these are not coloured."""


def highlight_code(parent: HtmlElement) -> None:
    """Colour each block of code below an element whose language Pygments knows."""
    for child in parent.elements():
        if child.tag == "pre":
            _highlight_block(child)
        elif child.children and child.tag != "math":
            highlight_code(child)


def _highlight_block(pre: HtmlElement) -> None:
    code = pre.children[0] if len(pre.children) == 1 else None
    if not isinstance(code, HtmlElement) or code.tag != "code" or not all(isinstance(c, str) for c in code.children):
        return
    names = code.attributes.get("class", "").split()
    language = next((name.removeprefix(_LANGUAGE) for name in names if name.startswith(_LANGUAGE)), "")
    text = unescape("".join(map(str, code.children)))
    if not language or len(text) > MAX_CHARACTERS:
        return
    lexer = _lexer(unescape(language).lower())
    pieces = list(_pieces(lexer, text)) if lexer else []
    if "".join(piece for _, piece in pieces) != text or not any(name for name, _ in pieces):
        return
    pre.attributes["class"] = " ".join(filter(None, [pre.attributes.get("class"), "highlight"]))
    code.children = [_node(name, piece) for name, piece in pieces]


def _node(name: str, text: str) -> HtmlNode:
    written = escape(text, quote=False)
    return HtmlElement("span", {"class": name}, [written]) if name else written


def _pieces(lexer: "Lexer", text: str) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with its class; neighbours of the same class are one piece."""
    last, held = "", ""
    for token, value in lexer.get_tokens(text):
        name = _class_of(token)
        if name != last and held and not (value.isspace() and "\n" not in value and name == ""):
            yield last, held
            last, held = name, value
        elif held:
            held += value
        else:
            last, held = name, value
    if held:
        yield last, held


@lru_cache(maxsize=512)
def _class_of(token: object) -> str:
    """Pygments' short name for a kind of token, or for the nearest kind that has one."""
    from pygments.token import STANDARD_TYPES  # noqa: PLC0415 (see _lexer)

    kind = token
    while kind not in STANDARD_TYPES:
        kind = getattr(kind, "parent", None)
    name = STANDARD_TYPES[kind]
    return "" if name in _PLAIN else name


@lru_cache(maxsize=64)
def _lexer(language: str) -> "Lexer | None":
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 (many sites have no code)
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
