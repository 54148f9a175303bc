"""Colours for code: the words of a block whose language is known get the classes that Pygments has for them.

The text stays as it is, to the last space. Blocks that an extension of the site has coloured already are left alone.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from site_builder.markdown.clean_html.html_tree import HtmlElement, HtmlNode
from site_builder.markdown.code.code_options import CodeOptions

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MAX_CHARACTERS: Final = 50_000
"""Of a block; a longer one is data, which no reader wants to wait for."""
_PIECE_CHARACTERS: Final = 2_000
_SIGNS: Final = 8
_MIN_DIFFERENT: Final = 100
"""Runs of eight signs that differ within a piece of 2,000; code has 1,000. Pygments takes very long for, say, 10,000
brackets, or empty lines, one after the other, which have no colour anyway."""
_LANGUAGE: Final = "language-"
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_PLAIN: Final = frozenset({"", "w", "n", "nb", "nn", "nx", "o", "p", "bp", "err"})
"""Classes of white space, most names, signs and what Pygments does not understand: these are not coloured."""


def highlight_code(parent: HtmlElement, options: Mapping[str, CodeOptions]) -> None:
    """Colour each block of code below an element whose language Pygments knows. `options`: of a block, by its text."""
    for number, child in enumerate(parent.children):
        if isinstance(child, str):
            continue
        if child.tag == "pre":
            parent.children[number] = _block(child, options)
        elif child.children and child.tag != "math":
            highlight_code(child, options)


def _block(pre: HtmlElement, options: Mapping[str, CodeOptions]) -> HtmlElement:
    """What replaces a block; itself if there is nothing to add."""
    code = pre.children[0] if len(pre.children) == 1 else None
    if not isinstance(code, HtmlElement) or code.tag != "code" or not all(isinstance(c, str) for c in code.children):
        return pre
    text = unescape("".join(map(str, code.children)))
    own = options.get(text, CodeOptions())
    pieces = _coloured(code.attributes.get("class", ""), text) if len(text) <= MAX_CHARACTERS else []
    if not pieces and own == CodeOptions():
        return pre
    names = ["highlight", *(["numbered"] if own.is_numbered else [])]
    pre.attributes["class"] = " ".join([*pre.attributes.get("class", "").split(), *names])
    pieces = pieces or [("", text)]
    code.children = _lines(pieces, own) if own.marked or own.is_numbered else [_node(*piece) for piece in pieces]
    if not own.title:
        return pre
    title = HtmlElement("span", {"class": "filename"}, [escape(own.title, quote=False)])
    return HtmlElement("div", {"class": "highlight"}, [title, pre])


def _coloured(names: str, text: str) -> list[tuple[str, str]]:
    """The pieces of a block in a known language, each with its class; none if there is nothing to colour."""
    language = next((name.removeprefix(_LANGUAGE) for name in names.split() if name.startswith(_LANGUAGE)), "")
    lexer = _lexer(unescape(language).lower()) if language and not _is_monotonous(text) else None
    pieces = list(_pieces(lexer, text)) if lexer else []
    is_same = "".join(piece for _, piece in pieces) == text
    return pieces if is_same and any(name for name, _ in pieces) else []


def _is_monotonous(text: str) -> bool:
    """Whether the same few signs are repeated in a long part of the text."""
    return any(
        len({text[at : at + _SIGNS] for at in range(start, start + _PIECE_CHARACTERS)}) < _MIN_DIFFERENT
        for start in range(0, len(text) - _PIECE_CHARACTERS + 1, _PIECE_CHARACTERS // 2)
    )


def _lines(pieces: list[tuple[str, str]], options: CodeOptions) -> list[HtmlNode]:
    """An element for each line."""
    lines: list[HtmlNode] = []
    line: list[HtmlNode] = []
    for name, text in pieces:
        for part in _LINE.findall(text):
            line.append(_node(name, part))
            if part.endswith("\n"):
                lines.append(_line(line, len(lines) + 1, options))
                line = []
    return [*lines, _line(line, len(lines) + 1, options)] if line else lines


def _line(nodes: list[HtmlNode], number: int, options: CodeOptions) -> HtmlElement:
    return HtmlElement("span", {"class": "line hll" if number in options.marked else "line"}, nodes)


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
