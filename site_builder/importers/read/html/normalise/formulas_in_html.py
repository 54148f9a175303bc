"""Formulas of a page as TeX between dollars, or as text where they are no TeX that a site would show.

They come as `<math>` (with TeX in an annotation, or as presentation MathML), as MathJax's scripts, or as pictures whose
alternative text is TeX. Source of the elements: MathML Core.
"""

import re
from collections.abc import Callable
from typing import Final

from site_builder.importers.read.html.page_tree import Element, remove, squeeze, text_of

MAX_TEX: Final = 4_000
"""Characters of one formula; a longer one is written as text."""
MAX_LEVELS: Final = 60
"""Elements inside one another in one formula."""
_TEX_TYPES: Final = frozenset({"application/x-tex", "tex", "latex", "application/x-latex", "text/x-tex"})
_SIGNS: Final = {
    "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$", "\\": r"\backslash ",
    "<": r"\lt ", ">": r"\gt ", "~": r"\sim ", "\u2212": "-", "∑": r"\sum ", "∫": r"\int ", "∏": r"\prod ",
    "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": "", "\xa0": " ",
}  # fmt: skip
_FUNCTIONS: Final = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp det dim ker max min sup inf lim gcd arg"
    " deg Pr hom".split()
)
_TIGHT: Final = frozenset("()[]{}|,;.!/\u2032'")
"""Operators without spaces around them."""
_OVER: Final = {"¯": "overline", "―": "overline", "_": "overline", "^": "hat", "\u02c6": "hat", "~": "tilde",
                "\u02dc": "tilde",
                               "→": "vec", "⃗": "vec", "˙": "dot", ".": "dot", "¨": "ddot"}  # fmt: skip
_LIMITS: Final = re.compile(
    r"\\(?:sum|int|prod|lim|max|min|sup|inf)\b|[\u220f-\u2211\u222b-\u2233\u22c0-\u22c3\u2a00-\u2a06]"
)
_PICTURE: Final = re.compile(r"(?:^|[\s_-])(?:tex|latex|math|mwe-math-fallback-image-\w+|eqn?|equation)(?=$|[\s_-])")
_LOOKS_LIKE_TEX: Final = re.compile(r"\\[A-Za-z]+|[\^_=]|\$")
_RENDERED: Final = ("mathjax", "katex-html", "mjx-chtml", "mathjax_preview", "mathjax_display")


def write_formulas(root: Element) -> None:
    """Put, in place, the TeX of every formula where the formula stands."""
    for drawn in list(root.iterfind(".//span[@class='katex-html']")):
        if (around := drawn.getparent()) is not None and next(around.iter("math"), None) is None:
            _put(drawn, "", is_display=False, otherwise=text_of(drawn))
    if not any(True for _ in root.iter("math", "script", "mjx-container", "img")):
        return
    for script in list(root.iter("script")):
        kind = (script.get("type") or "").lower()
        if kind.startswith("math/tex"):
            _remove_rendered(script)
            _put(script, script.text or "", is_display="mode=display" in kind.replace(" ", ""))
    for math in list(root.iter("math")):
        if math.getparent() is None:
            continue
        tex = _annotation(math) or math.get("alttext") or tex_of(math)
        whole = _whole(math)
        _put(whole, tex, is_display=math.get("display") == "block" or _is_display(whole), otherwise=text_of(math))
    for picture in list(root.iter("img")):
        tex = (picture.get("alt") or "").strip()
        if (
            picture.getparent() is not None
            and _PICTURE.search(picture.get("class") or "")
            and _LOOKS_LIKE_TEX.search(tex)
        ):
            _put(picture, tex.strip("$ "), is_display=False)


def tex_of(math: Element) -> str:
    """Presentation MathML as TeX."""
    return squeeze(_tex(math, 0))


def _annotation(math: Element) -> str | None:
    for note in math.iter("annotation"):
        if (note.get("encoding") or "").lower() in _TEX_TYPES:
            tex = squeeze(note.text or "")
            # Wikipedia wraps it all.
            wrapped = re.fullmatch(r"\{\\(?:display|text)style (.*)\}", tex)
            return (wrapped[1] if wrapped else tex) or None
    return None


def _whole(math: Element) -> Element:
    """The element that a program has put around a formula, with other forms of it: KaTeX, MathJax 3, MediaWiki."""
    found = math
    for around in math.iterancestors():
        names = (around.get("class") or "").lower().split()
        if around.tag in {"body", "html", "p", "div", "td", "li"} and "mwe-math-element" not in names:
            break
        if around.tag == "mjx-container" or {"katex", "mwe-math-element", "katex-display"} & set(names):
            found = around
    return found


def _is_display(whole: Element) -> bool:
    names = (whole.get("class") or "").lower()
    return (
        "katex-display" in names
        or "display" in {whole.get("display"), whole.get("mode")}
        or whole.get("display") == "true"
    )


def _remove_rendered(script: Element) -> None:
    """What MathJax 2 has drawn before its script."""
    while (before := script.getprevious()) is not None and any(
        n in (before.get("class") or "").lower() for n in _RENDERED
    ):
        if (before.tail or "").strip():
            return
        remove(before)


def _put(element: Element, tex: str, *, is_display: bool, otherwise: str | None = None) -> None:
    """A span with a formula in the place of an element."""
    tex = squeeze(tex)
    mark = "$$" if is_display else "$"
    formula = f"{mark}{_safe(tex)}{mark}"
    if not tex or len(tex) > MAX_TEX or not _is_formula(formula):
        formula = squeeze(otherwise or tex)
    for child in list(element):
        element.remove(child)
    element.tag = "span"
    for name in list(element.attrib):
        del element.attrib[name]
    element.text = formula


def _safe(tex: str) -> str:
    """Without what could begin a tag."""
    return re.sub(r"<(?=[A-Za-z/!?])", r"\\lt ", tex)


def _is_formula(formula: str) -> bool:
    from site_builder.markdown.tex.formulas import Notation, find_formulas  # noqa: PLC0415 (few pages have formulas)

    found = list(find_formulas(formula, Notation()))
    return len(found) == 1 and found[0].is_closed and (found[0].start, found[0].end) == (0, len(formula))


def _tex(element: Element, level: int) -> str:
    if not isinstance(element.tag, str) or level > MAX_LEVELS:
        return ""
    tag = element.tag.rsplit(":", 1)[-1]
    if tag in _LEAVES:
        return _LEAVES[tag](squeeze("".join(element.itertext())))
    if tag in {"annotation", "annotation-xml", "mphantom", "maligngroup", "malignmark"}:
        return ""
    if tag == "semantics":
        return _tex(element[0], level + 1) if len(element) else ""
    parts = [_tex(child, level + 1) for child in element if isinstance(child.tag, str)]
    return _compose(tag, element, parts)


def _compose(tag: str, element: Element, parts: list[str]) -> str:
    """A formula of its parts."""
    if tag in _FORMS and len(parts) >= _FORMS[tag][0]:
        return _FORMS[tag][1](*parts[: _FORMS[tag][0]])
    if tag == "mtable":
        return r"\begin{matrix}" + r" \\ ".join(parts) + r"\end{matrix}"
    if tag in {"mtr", "mlabeledtr"}:
        return " & ".join(parts)
    if tag == "mfenced":
        return f"{element.get('open', '(')}{', '.join(parts)}{element.get('close', ')')}"
    inner = _row(parts)
    return rf"\sqrt{{{inner}}}" if tag == "msqrt" else inner or squeeze(element.text or "")


def _row(parts: list[str]) -> str:
    written = ""
    for part in (p for p in parts if p):
        tight = not written or part[:1] in _TIGHT or written[-1:] in "([{"
        written += part if tight else f" {part}"
    return written


def _name(text: str) -> str:
    if text in _FUNCTIONS:
        return f"\\{text} "
    if len(text) > 1 and text.isascii() and text.isalpha():
        return rf"\mathrm{{{text}}}"
    return _operator(text)


def _operator(text: str) -> str:
    return "".join(_SIGNS.get(c, c) for c in text)


def _words(text: str) -> str:
    return rf"\text{{{_operator(text)}}}" if text else ""


def _script(base: str, mark: str, script: str) -> str:
    base = base if len(base) <= 1 or (base.startswith("\\") and " " not in base.strip()) else f"{{{base}}}"
    return f"{base.strip() or '{}'}{mark}{{{script}}}"


def _both(base: str, below: str, above: str) -> str:
    return f"{_script(base, '_', below)}^{{{above}}}"


def _above(base: str, above: str) -> str:
    if _LIMITS.search(base):
        return _script(base, "^", above)
    sign = _OVER.get(above.strip()) or ("tilde" if above.strip() == r"\sim" else None)
    return rf"\{sign}{{{base}}}" if sign else rf"\overset{{{above}}}{{{base}}}"


def _below(base: str, below: str) -> str:
    return _script(base, "_", below) if _LIMITS.search(base) else rf"\underset{{{below}}}{{{base}}}"


_LEAVES: Final[dict[str, Callable[[str], str]]] = {
    "mi": _name, "mn": _operator, "mo": _operator, "mtext": _words, "ms": _words, "mspace": lambda _: " ",
}  # fmt: skip
_FORMS: Final[dict[str, tuple[int, Callable[..., str]]]] = {
    "mfrac": (2, lambda a, b: rf"\frac{{{a}}}{{{b}}}"),
    "mroot": (2, lambda a, n: rf"\sqrt[{n}]{{{a}}}"),
    "msup": (2, lambda a, b: _script(a, "^", b)),
    "msub": (2, lambda a, b: _script(a, "_", b)),
    "msubsup": (3, _both),
    "mover": (2, _above),
    "munder": (2, _below),
    "munderover": (3, _both),
}
"""Element -> how many parts it has, and how they are written."""
