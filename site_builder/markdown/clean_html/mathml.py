r"""TeX to MathML, by the library math-core: clean, valid, without inline styles; or what is wrong with it, and where.

What the library gives is cleaned like all HTML, by a list of its own. TeX that it does not know is an error there.
"""

import re
import threading
from collections.abc import Mapping, Sequence
from colorsys import rgb_to_hsv
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Final

import nh3

from site_builder.markdown.clean_html.formula_text import formula_text
from site_builder.markdown.clean_html.html_tree import HtmlElement, HtmlNode, parse_tree

if TYPE_CHECKING:
    from math_core import LatexToMathML


@dataclass(frozen=True, slots=True)
class UnreadableTex:
    """Why a formula cannot be shown."""

    at: int
    """The character of the TeX at which the problem is."""
    problem: str
    command: str = ""
    """A command (with its backslash) or environment that is not known."""


TexOrDisplay = tuple[str, bool]
"""The TeX of a formula, and whether it is set apart from the text."""

MAX_CHARACTERS: Final = 10_000
"""Of a formula: the library needs up to 1.6 kB of the stack for each character."""
_STACK: Final = 32 << 20
_MAX_DEPTH: Final = 100
"""Of nested elements. Browsers stop at 512."""
_ID_PREFIX: Final = "math:"
"""No heading has such an id."""

_MACROS: Final = {
    "Bbb": r"\mathbb{#1}",
    "abs": r"\left|#1\right|",
    "bold": r"\mathbf{#1}",
    "dotsb": r"\cdots",
    "dotsc": r"\ldots",
    "dotsi": r"\cdots",
    "dotsm": r"\cdots",
    "dotso": r"\ldots",
    "euro": r"\text{€}",
    "hbox": r"\text{#1}",
    "hdots": r"\ldots",
    "mathbbm": r"\mathbb{#1}",
    "mathds": r"\mathbb{#1}",
    "mbox": r"\text{#1}",
    "norm": r"\left\|#1\right\|",
    "perthousand": r"\text{‰}",
    "smallsetminus": r"\setminus",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "textnormal": r"\text{#1}",
}
"""Commands that people use and the library lacks."""
_REWRITTEN: Final = (
    (re.compile(r"\\(begin|end)\{split\}"), r"\\\1{aligned}"),
    (re.compile(r"\\begin\{alignat(\*?)\}\s*\{\d+\}"), r"\\begin{align\1}"),
    (re.compile(r"\\end\{alignat(\*?)\}"), r"\\end{align\1}"),
    (re.compile(r"\\begin\{alignedat\}\s*\{\d+\}"), r"\\begin{aligned}"),
    (re.compile(r"\\end\{alignedat\}"), r"\\end{aligned}"),
    (re.compile(r"\\begin\{eqnarray\*?\}"), r"\\begin{array}{rcl}"),
    (re.compile(r"\\end\{eqnarray\*?\}"), r"\\end{array}"),
    (re.compile(r"\\(begin|end)\{(?:displaymath|math|subequations)\}"), ""),
    (re.compile(r"\\begin\{smallmatrix\}"), r"{\\scriptstyle\\begin{matrix}"),
    (re.compile(r"\\end\{smallmatrix\}"), r"\\end{matrix}}"),
    (re.compile(r"(\\text(?:rm|it|bf)?\{[^{}$]*)\$([^$]*)\$(?=[^{}$]*\})"), r"\1}\2\\text{"),
)
"""Environments that the library lacks, as those that it has, and formulas in the text of a formula."""
_WITH_TAG: Final = re.compile(r"\\tag\b")
_NUMBERED: Final = re.compile(r"\\begin\{(?:align|equation|gather|multline)\*?\}")
_DEFINITION: Final = re.compile(
    r"\\(?:def|gdef|let|newcommand|renewcommand|providecommand|DeclareMathOperator|newenvironment)(?![A-Za-z])"
)
_NAMED: Final = re.compile(r"Unknown (?:command|environment) \"(?P<name>[^\"]*)\"")
_NO_TARGET: Final = re.compile(r'<a href="[^"]*">\(\?\?\)</a>')


def typeset(formulas: Sequence[TexOrDisplay]) -> "list[HtmlElement | UnreadableTex]":
    """Each formula of a text as a `math` element, or why not. Equations are numbered through the text."""
    # Deeply nested TeX takes more of the stack than a thread has on some systems.
    before = threading.stack_size(_STACK)
    with ThreadPoolExecutor(max_workers=1) as threads:
        try:
            made = threads.submit(_typeset, formulas)
        finally:
            threading.stack_size(before)
        return made.result()


def _typeset(formulas: Sequence[TexOrDisplay]) -> "list[HtmlElement | UnreadableTex]":
    read = [_checked(tex, is_display=is_display) for tex, is_display in formulas]
    good = [(tex, is_display) for tex, (_, is_display) in zip(read, formulas, strict=True) if isinstance(tex, str)]
    markup = iter(_library().convert_all(good) if good else [])
    ids: set[str] = set()
    return [
        _element(next(markup), tex, is_display, ids) if isinstance(one, str) else one
        for one, (tex, is_display) in zip(read, formulas, strict=True)
    ]


@lru_cache(maxsize=1)
def _library() -> "LatexToMathML":
    from math_core import LatexToMathML  # noqa: PLC0415 (most sites have no formulas)

    return LatexToMathML(
        fancy_error=False, allow_unreliable_rendering=True, macros=_MACROS, max_expansions=500, id_prefix=_ID_PREFIX
    )


def _checked(tex: str, *, is_display: bool) -> str | UnreadableTex:
    """The TeX as the library reads it."""
    from math_core import LatexError  # noqa: PLC0415 (as above)

    if len(tex) > MAX_CHARACTERS:
        return UnreadableTex(0, f"it has more than {MAX_CHARACTERS} characters")
    if not re.sub(r"(?<!\\)%.*", "", tex).strip():
        return UnreadableTex(0, "it is empty")
    if definition := _DEFINITION.search(tex):
        return UnreadableTex(definition.start(), f'"{definition[0]}" defines a command, which is not supported')
    rewritten = tex
    for pattern, instead in _REWRITTEN:
        rewritten = pattern.sub(instead, rewritten)
    if _WITH_TAG.search(tex) and not _NUMBERED.search(tex):
        rewritten = rf"\begin{{equation}}{rewritten}\end{{equation}}"
    try:
        _library().convert_with_local_state(rewritten, displaystyle=is_display)
    except LatexError as error:
        return _problem(str(error), tex, rewritten)
    return rewritten


def _problem(message: str, tex: str, rewritten: str) -> UnreadableTex:
    """The library's message (`13: Unknown command "\\foo".`), about the TeX as written."""
    place, _, text = message.partition(": ")
    at = int(place) if place.isdecimal() else 0
    named = _NAMED.search(text)
    name = named["name"] if named else ""
    if tex != rewritten:
        at = max(0, tex.find(name)) if name else 0
    if name:
        what = "command" if name.startswith("\\") else "environment"
        return UnreadableTex(at, f'it has the unknown {what} "{name}"', name)
    return UnreadableTex(min(at, len(tex)), text.rstrip(".")[:1].lower() + text.rstrip(".")[1:])


_ATTRIBUTES: Final = {
    "*": {"id", "style", "displaystyle", "scriptlevel"},
    "a": {"href"},
    "math": {"display"},
    "menclose": {"notation"},
    "mfrac": {"linethickness"},
    "mi": {"mathvariant"},
    "mo": {
        "fence", "form", "largeop", "lspace", "maxsize", "minsize", "movablelimits", "rspace", "separator", "stretchy",
        "symmetric",
    },
    "mover": {"accent"},
    "mpadded": {"depth", "height", "lspace", "voffset", "width"},
    "mspace": {"depth", "height", "width"},
    "mtd": {"columnspan", "rowspan"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
}  # fmt: skip
_ELEMENTS: Final = frozenset(
    """a b code em i math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace
    msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover span""".split()
)
_CLEANER: Final = nh3.Cleaner(
    tags=set(_ELEMENTS),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    url_schemes=set(),
    link_rel=None,
    clean_content_tags={"script", "style"},
)
_TAG: Final = re.compile(r"<(/?)[a-z][^>]*>")


def _element(markup: str, tex: str, is_display: bool, ids: set[str]) -> HtmlElement | UnreadableTex:
    """The library's MathML, cleaned, with its TeX and a text for programs that do not read MathML."""
    if _NO_TARGET.search(markup):
        at = max(0, tex.find("\\eqref"))
        return UnreadableTex(at, "it refers to an equation, and no formula of this text has that label")
    if _depth(markup) > _MAX_DEPTH:
        return UnreadableTex(0, "it is nested too deeply")
    math = next(parse_tree(_CLEANER.clean(markup)).elements())
    math.children = [child for child in map(_arranged, math.children) if child]
    _keep_ids_unique(math, ids)
    if link := _only_link(math):
        return link
    _without_links(math)
    whole = math.children[0] if len(math.children) == 1 else HtmlElement("mrow", {}, math.children)
    annotation = HtmlElement("annotation", {"encoding": "application/x-tex"}, [escape(tex.strip(), quote=False)])
    display = {"display": "block"} if is_display else {}
    text = formula_text(whole)
    return HtmlElement(
        "math", {**display, "alttext": escape(text)}, [HtmlElement("semantics", {}, [whole, annotation])]
    )


def _only_link(math: HtmlElement) -> HtmlElement | None:
    """The link of a formula that does nothing but refer to an equation: formulas must not contain links."""
    inner = math
    while len(inner.children) == 1 and isinstance(child := inner.children[0], HtmlElement):
        if child.tag == "a":
            return child
        inner = child
    return None


def _without_links(parent: HtmlElement) -> None:
    for child in parent.elements():
        _without_links(child)
        if child.tag == "a":
            child.tag, child.attributes = "span", {}


def _depth(markup: str) -> int:
    depth = most = 0
    for match in _TAG.finditer(markup):
        depth += -1 if match[1] else 0 if match[0].endswith("/>") else 1
        most = max(most, depth)
    return most


_CLASSES: Final[Mapping[str, str]] = {
    "border-right": "math-line-right",
    "border-top": "math-line-above",
    "margin-left:-0.16666667em": "math-back",
    "padding-left:0": "math-tight-left",
    "padding-left:1em": "math-apart",
    "padding-right:0": "math-tight-right",
    "padding-top:0": "math-tight-above",
    "padding-top:0.1667em": "math-strut",
    "text-align:left": "math-left",
    "text-align:right": "math-right",
    "width:50%": "math-half",
}
"""Style -> class, because inline styles are not allowed on a page; a property stands for all its values."""
_COLOR: Final = re.compile(r"(?<![\w-])color:\s*#([0-9A-Fa-f]{6})")
_GREY: Final = 0.25
"""The saturation of colours that are hardly one."""
_LENGTH: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:em|ex|px|%)?")
_LENGTHS: Final = frozenset("depth height lspace maxsize minsize rspace voffset width".split())
_SPACING: Final[Mapping[str, str]] = {
    "\u0300": "`", "\u0301": "\u00b4", "\u0302": "\u02c6", "\u0303": "\u02dc", "\u0304": "¯", "\u0305": "‾",
    "\u0306": "˘", "\u0307": "˙", "\u0308": "¨", "\u030a": "˚", "\u030c": "ˇ", "\u0332": "‾", "\u20d7": "→",
}  # fmt: skip
"""Accents as signs of their own: an element must not begin with a combining character."""
_LINES: Final = {"mover": "math-over", "munder": "math-under"}
"""Few fonts have a line that grows with what it is over."""
_SIZES: Final = ("displaystyle", "scriptlevel")
_SCRIPT: Final = frozenset("mfrac mmultiscripts mover mroot msub msubsup msup munder munderover mstyle".split())


def _arranged(node: HtmlNode, is_script: bool = False) -> HtmlNode:
    """An element as the standards allow it: classes for styles, `mstyle` around what has a size of its own."""
    if isinstance(node, str):
        return node
    attributes = {n: v for n, v in node.attributes.items() if n not in _LENGTHS or _LENGTH.fullmatch(v)}
    style = attributes.pop("style", "")
    classes = _classes(style) if style else []
    if node.tag == "menclose":
        node.tag = "mrow"
        classes += [f"math-{one}" for one in attributes.pop("notation", "").split()]
    if node.tag in _LINES and any("\u0332" in child.children for child in node.elements() if child.tag == "mo"):
        classes.append(_LINES[node.tag])
    if node.tag == "mo" and len(node.children) == 1:
        node.children = [_SPACING.get(str(node.children[0]), node.children[0])]
    own: dict[str, str] = {name: attributes.pop(name) for name in _SIZES if name in attributes}
    if node.tag == "mtable" and not is_script:
        own.pop("scriptlevel", None)
    if node.tag in {"mtable", "mstyle"} and "displaystyle" in own:
        attributes["displaystyle"] = own.pop("displaystyle")
    if classes:
        attributes["class"] = " ".join(classes)
    inner = is_script or node.tag in _SCRIPT
    element = HtmlElement(node.tag, attributes, [_arranged(child, inner) for child in node.children])
    if own and node.tag == "mrow" and not attributes:
        return HtmlElement("mstyle", own, element.children)
    return HtmlElement("mstyle", own, [element]) if own else element


def _classes(style: str) -> list[str]:
    declarations = [re.sub(r"\s*:\s*", ":", part.strip()) for part in style.split(";")]
    names = (_CLASSES.get(one) or _CLASSES.get(one.partition(":")[0]) for one in declarations)
    found = {name for name in names if name}
    if color := _COLOR.search(style):
        found |= {f"math-{tint}"} if (tint := _tint(color[1])) else set()
    return sorted(found)


def _tint(color: str) -> str:
    """The nearest of the colours that are readable on a light and on a dark page; "" for black and white."""
    hue, saturation, _ = rgb_to_hsv(*(int(color[n : n + 2], 16) / 255 for n in (0, 2, 4)))
    limits = ((30, "red"), (70, "amber"), (165, "green"), (260, "blue"), (330, "purple"), (361, "red"))
    return next(name for limit, name in limits if hue * 360 < limit) if saturation > _GREY else ""


def _keep_ids_unique(math: HtmlElement, ids: set[str]) -> None:
    """An id is what a reference to an equation leads to; the second equation with the same label has none."""
    for element in math.elements():
        identity = element.attributes.get("id")
        if identity and (identity in ids or not identity.startswith(_ID_PREFIX) or re.search(r"\s", identity)):
            del element.attributes["id"]
        ids.add(element.attributes.get("id", ""))
        _keep_ids_unique(element, ids)
