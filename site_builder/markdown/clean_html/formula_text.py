"""A formula as a line of text, for headings, excerpts, searches and programs that do not read MathML.

Numbers and signs stand as they are; fractions, powers and indices are written as in a programming language:
`x̄ = 1/n ∑_(i=1)^n x_i`.
"""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Final
from unicodedata import normalize

from site_builder.markdown.clean_html.html_tree import HtmlNode

_SILENT: Final = re.compile("[\u2061-\u2064\u200b\u200c\u200d\ufe00\ufe01]")
_SPACED: Final = re.compile("[=<>≤≥≈≠≡\u223c≃≅∝∈∉⊂⊆⊃⊇→←↔⇒⇐⇔↦\u2223+\u2212±∓×÷\u222a\u2229≪≫≔]")
_LONE: Final = "[+\u2212±∓]"
_UNARY: Final = re.compile(rf"(?:(?<=^{_LONE})|(?<=[(\[{{,=_^/;]{_LONE})|(?<=[,=<>≤≥;] {_LONE})) ")
"""The space after a sign that has nothing to its left."""
_SIMPLE: Final = re.compile("[+\u2212-]?[\\w.,%°\u2032″∞\u2217*†\u22a4]*|\\([^()]*\\)|.", re.DOTALL)
_PRIMES: Final = frozenset("\u2032″‴°∘")
_STRETCHED: Final = frozenset("⏞⏟⎴⎵⏜⏝←→↔_")
"""Braces, lines and arrows over or under a whole part."""
_COMBINING: Final = {
    "^": "\u0302", "\u02c6": "\u0302", "~": "\u0303", "\u02dc": "\u0303", "¯": "\u0304", "‾": "\u0304", "˙": "\u0307",
    "¨": "\u0308", "→": "\u20d7", "ˇ": "\u030c", "˘": "\u0306", "\u00b4": "\u0301", "`": "\u0300", "˚": "\u030a",
}  # fmt: skip
"""Accent -> the mark that follows a letter."""


def formula_text(math: HtmlNode) -> str:
    """The text of a MathML element."""
    text = re.sub(r"\s+", " ", _text(math)).strip()
    return normalize("NFC", _UNARY.sub("", re.sub(r"(?<=[(\[{]) | (?=[)\]},;.])", "", text)))


def _text(node: HtmlNode) -> str:
    if isinstance(node, str):
        return _SILENT.sub("", unescape(node))
    parts = [_text(child) for child in node.children]
    if write := _WRITTEN.get((node.tag, len(parts))):
        return write(*parts)
    if node.tag == "mspace":
        return " " if re.match(r"0?\.[2-9]|[1-9]", node.attributes.get("width", "")) else ""
    if node.tag == "mtable":
        return "; ".join(row for part in parts if (row := part.strip(" ,")))
    if node.tag == "mtr":
        is_aligned = any("math-tight" in cell.attributes.get("class", "") for cell in node.elements())
        return (" " if is_aligned else ", ").join(part.strip() for part in parts)
    return f"√{_held(''.join(parts))}" if node.tag == "msqrt" else "".join(parts)


def _held(part: str) -> str:
    """A part that follows a sign, in brackets if it has more than one piece."""
    part = _UNARY.sub("", part.strip())
    return part if _SIMPLE.fullmatch(part) else f"({part})"


def _sign(sign: str) -> str:
    if _SPACED.fullmatch(sign):
        return f" {sign} "
    return ", " if sign == "," else sign


def _under(base: str, below: str) -> str:
    return f"{base}_{_held(below)} " if below.strip() and below.strip() not in _STRETCHED else base


def _power(base: str, above: str) -> str:
    return base + above.strip() if above.strip() in _PRIMES else f"{base}^{_held(above)}"


def _over(base: str, above: str) -> str:
    accent = _COMBINING.get(above.strip())
    if accent and len(base.strip()) == 1:
        return base.strip() + accent
    is_seen = above.strip() and not accent and above.strip() not in _STRETCHED
    return f"{base}^{_held(above)}" if is_seen else base


_WRITTEN: Final[Mapping[tuple[str, int], Callable[..., str]]] = {
    ("mfrac", 2): lambda over, under: f"{_held(over)}/{_held(under)}",
    ("mo", 1): _sign,
    ("mover", 2): _over,
    ("mroot", 2): lambda base, degree: f"√[{degree.strip()}]{_held(base)}",
    ("msub", 2): lambda base, below: f"{base}_{_held(below)}",
    ("msubsup", 3): lambda base, below, above: f"{base}_{_held(below)}^{_held(above)}",
    ("msup", 2): _power,
    ("munder", 2): _under,
    ("munderover", 3): lambda base, below, above: f"{base}_{_held(below)}^{_held(above)} ",
}
"""Element with so many children -> how its parts are written."""
