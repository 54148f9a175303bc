"""The formulas of a text, in the tree of its HTML: typeset, or shown as written with a finding."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from site_builder.diagnostics import Diagnostic, Location, diagnostic, did_you_mean
from site_builder.markdown.clean_html.html_tree import HtmlElement, HtmlNode
from site_builder.markdown.clean_html.mathml import UnreadableTex, typeset
from site_builder.markdown.references import shorten
from site_builder.markdown.source_positions import Locator
from site_builder.markdown.tex.formula_marks import FORMULA_MARK, WrittenFormula
from site_builder.markdown.tex.tex_commands import TEX_COMMANDS, TEX_ENVIRONMENTS
from site_builder.urls import SourcePath

_CODE = frozenset({"code", "kbd", "pre", "samp"})
_WIDE_CHARACTERS = 34
"""A formula whose text is longer may be wider than a phone: readers must be able to scroll it with the keyboard."""


@dataclass(frozen=True, slots=True)
class ShownTex:
    """A formula that is shown as written, because it cannot be read."""

    formula: WrittenFormula
    why: UnreadableTex


def place_formulas(tree: HtmlElement, formulas: Sequence[WrittenFormula]) -> tuple[ShownTex, ...]:
    """Replace the marks of formulas, and give those that are shown as written."""
    numbers: dict[int, None] = {}
    _collect(tree, formulas, numbers)
    wanted = [number for number in numbers if formulas[number].is_closed]
    made = dict(zip(wanted, typeset([(formulas[n].tex, formulas[n].is_display) for n in wanted]), strict=True))
    unclosed = UnreadableTex(0, "it has no end")
    results = {number: made.get(number, unclosed) for number in numbers}
    _Placing(formulas, results).fill(tree, is_code=False, is_link=False)
    return tuple(
        ShownTex(formulas[number], result) for number, result in results.items() if isinstance(result, UnreadableTex)
    )


def _collect(parent: HtmlElement, formulas: Sequence[WrittenFormula], numbers: dict[int, None]) -> None:
    """Add the numbers of the formulas in running text, in the order in which they are read."""
    for child in parent.children:
        if isinstance(child, str):
            found = (int(mark[1]) for mark in FORMULA_MARK.finditer(child))
            numbers.update((number, None) for number in found if number < len(formulas))
        elif child.tag not in _CODE:
            _collect(child, formulas, numbers)


class _Placing:
    """One pass over a tree."""

    def __init__(self, formulas: Sequence[WrittenFormula], results: dict[int, HtmlElement | UnreadableTex]) -> None:
        self._formulas = formulas
        self._results = results

    def fill(self, parent: HtmlElement, *, is_code: bool, is_link: bool) -> None:
        """Replace the marks below an element."""
        children: list[HtmlNode] = []
        for child in parent.children:
            if isinstance(child, str):
                children += self._pieces(child, is_code=is_code, is_link=is_link) if "\x02" in child else [child]
                continue
            for name, value in child.attributes.items():
                if "\x02" in value:
                    child.attributes[name] = "".join(map(str, self._pieces(value, is_code=True, is_link=False)))
            self.fill(child, is_code=is_code or child.tag in _CODE, is_link=is_link or child.tag == "a")
            children.append(child)
        parent.children = children

    def _pieces(self, text: str, *, is_code: bool, is_link: bool) -> list[HtmlNode]:
        pieces: list[HtmlNode] = []
        at = 0
        for mark in FORMULA_MARK.finditer(text):
            number = int(mark[1])
            pieces.append(text[at : mark.start()])
            at = mark.end()
            if number >= len(self._formulas):
                continue  # the writer has made a mark, with references to characters
            result = None if is_code else self._results.get(number)
            formula = self._formulas[number]
            if isinstance(result, HtmlElement):
                pieces.append(_in_box(result, is_display=formula.is_display, is_link=is_link))
            else:
                pieces.append(escape(formula.shown))
        return [piece for piece in [*pieces, text[at:]] if piece]


def _in_box(formula: HtmlElement, *, is_display: bool, is_link: bool) -> HtmlElement:
    """A formula that may be too wide for a screen scrolls in a box of its own. Nothing in a link takes the focus."""
    is_wide = len(formula.attributes.get("alttext", "")) > _WIDE_CHARACTERS
    if formula.tag != "math" or not (is_display or is_wide):
        return formula
    focus = {"tabindex": "0"} if is_wide and not is_link else {}
    return HtmlElement("span", {"class": "math-display" if is_display else "math-wide", **focus}, [formula])


def unreadable_formulas(shown: Sequence[ShownTex], locate: Locator, path: SourcePath) -> list[Diagnostic]:
    """A math-unreadable for each formula that is shown as written, at the character that cannot be read."""
    found = []
    for one in shown:
        why = one.why
        hint = "correct it; if it is not a formula, write \\$ for each dollar, or the text as code between backticks"
        if why.command:
            known = TEX_COMMANDS if why.command.startswith("\\") else TEX_ENVIRONMENTS
            near = did_you_mean(why.command, known)
            hint = near or f"write it with other commands; {hint.partition('; ')[2]}"
        line, column = locate(one.formula.found_by)
        below, right = _place(one)
        place = Location(path, line + below, right + (1 if below else column))
        shown_as = " ".join(one.formula.shown.split())
        text = f'the formula "{shorten(shown_as, 60)}" is shown as written: {why.problem}'
        found.append(diagnostic("math-unreadable", place, text, hint))
    return found


def _place(shown: ShownTex) -> tuple[int, int]:
    """The line, counted from that in which the formula begins, and the number of characters before the problem."""
    written, tex, at = shown.formula.written, shown.formula.tex, shown.why.at
    start = written.find(tex)
    if start >= 0:
        before = written[: start + at] if tex else ""
        return before.count("\n"), len(before) - before.rfind("\n") - 1
    number = tex.count("\n", 0, at)  # in a quotation the lines have marks before them
    text = tex.split("\n")[number]
    for below, line in enumerate(written.split("\n")):
        if below >= number and text in line:
            return below, line.find(text) + at - tex.rfind("\n", 0, at) - 1
    return 0, 0
