r"""Where a text has formulas: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, `\begin{align}` and the like, GitHub's $`…`$.

A sum of money is not a formula. A `$` opens one by the rules of Pandoc and GitHub: no space after it, no letter before
it, no space before its end and no digit after that. What it holds must not read like a part of a sentence either.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from site_builder.markdown.code.find_fences import LINE_PREFIX, find_fences
from site_builder.markdown.source_positions import blank, without_code, without_html_code


@dataclass(frozen=True, slots=True)
class Notation:
    """Which signs make formulas on a site; the names are those of the extension `pymdownx.arithmatex`."""

    in_lines: frozenset[str] = frozenset({"dollar", "round"})
    displays: frozenset[str] = frozenset({"dollar", "square", "begin"})


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, with the characters of the text from `start` up to `end`."""

    start: int
    end: int
    tex: str
    """Without its delimiters, and without the marks of a quotation before its lines."""
    is_display: bool
    """Whether it is set apart from the text."""
    is_closed: bool = True
    """False for a beginning without an end."""


_MAY_BE_FORMULA: Final = re.compile(r"\$|\\[(\[]|\\(?:begin|eqref)\{")
_NO_TEXT: Final = "\x01\x02"
"""Stand for code that is out of reach, here and in Python-Markdown."""
_ADDRESS: Final = re.compile(
    r"\]\((?=[^\s()]*[/.#:\\])(?:[^\s()\\]|\\.|\([^\s()]*\))*|<?https?://[^\s<>()]+|^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S+"
    r"|\[\[[^\[\]|\n$\\]*[$\\][^\[\]|\n]*(?=\||\]\])",
    re.MULTILINE,
)
"""The address of a link may have dollars and escaped brackets, and that of a wiki link the text of a heading."""

_PREFIX_CHARACTERS: Final = 200
_REST_OF_LINE: Final = re.compile(r"[ \t]*[.,;]?[ \t]*(?=\n|\Z)")
_LINE: Final = r"(?:\n(?![ \t>]*\n))"
"""The end of a line that is not the last one of its paragraph."""
_OPENING: Final = re.compile(
    r"(?P<dollars>\$+)|(?P<slash>\\{1,2})(?P<bracket>[(\[])|\\begin\{(?P<name>[A-Za-z]+\*?)\}|\\eqref\{[^{}\n]+\}"
)
_DOLLAR: Final = re.compile(rf"(?!\s)(?P<tex>(?:[^$\\\n{_NO_TEXT}]|\\[^\n{_NO_TEXT}]|{_LINE})+?)(?<!\s)\$(?!\$)")
_DOLLARS: Final = re.compile(rf"(?P<tex>(?:[^$\\\n{_NO_TEXT}]|\\[^\n{_NO_TEXT}]|\\?{_LINE}|\$(?!\$))+?)\$\$(?!\$)")
_BLOCK: Final = re.compile(rf"[ \t]*\n(?P<tex>[^{_NO_TEXT}]*?)(?:\n[ \t>]*|(?<=[^\s$\\])[ \t]*)\$\$[ \t]*(?=\n|\Z)")
"""`$$` on a line of its own, up to the next one at the end of a line: empty lines may stand between them."""
_CODE_DOLLAR: Final = re.compile(r"(?P<marks>`+)(?!`)(?P<tex>[^`\n]+)(?P=marks)\$")
_BRACKETS: Final = {
    (slash, opening): re.compile(
        rf"(?P<tex>(?:[^\\\n{_NO_TEXT}]|\\(?!{re.escape(slash[1:])}[{re.escape(opening + closing)}])[^\n{_NO_TEXT}]"
        rf"|\\?{_LINE})+?){re.escape(slash + closing)}"
    )
    for slash in ("\\", "\\\\")
    for opening, closing in ("()", "[]")
}
_ENVIRONMENTS: Final = frozenset(
    """align alignat aligned alignedat array bmatrix Bmatrix cases dcases displaymath eqnarray equation gather gathered
    math matrix multline pmatrix smallmatrix split subequations vmatrix Vmatrix""".split()
)

_NESTED_ENVIRONMENTS: Final = 20
"""Of the same name."""

_COMMAND: Final = re.compile(r"\\[A-Za-z]+")
_STRONG: Final = re.compile(r"\\[A-Za-z{}|,;!]|[\^=_{}<>+∑∏∫√∞∂∇∈∉⊂⊆\u222a\u2229∀∃≤≥≈≠≡→⇒↔±×·]|[\u0370-\u03ff]")
"""What a formula has and a sentence has not."""
_MEANING: Final = re.compile(r"\w|[=<>+\u2212±≤≥≈≠∈→∞∑∫-]|\\[A-Za-z]")
_WORD: Final = re.compile(r"(?<![\\A-Za-z])[^\W\d_]{3,}")
_OTHER_SCRIPT: Final = re.compile(r"[^\W\d_\u0370-\u03ff\u2100-\u214f\U0001d400-\U0001d7ff]")
_IN_BRACES: Final = re.compile(r"\\[A-Za-z]+\*?\s*\{[^{}]*\}|_\{[^{}]*\}|\\[A-Za-z]+")
"""Words in these are names, not a sentence."""
_NEVER_INSIDE: Final = re.compile(r"\*\*|\]\(|://|</|<br|\n[ \t>]*(?:[|#]|[-*+] |```)")
_TABLE: Final = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t:|-]*)$", re.MULTILINE)
_PLACEHOLDER: Final = re.compile(r"[^\W\d_]{5,}|Id|Rev|Date")
"""`$folder$` is a word to be filled in, as are the keywords of old version controls."""
_VARIABLE: Final = re.compile(r"\{[A-Za-z_]\w*\}(?:[.,;:/\"']|\s+[^\W\d_]{2,})")
"""`${HOME}/bin`, a variable of a shell, and what follows it."""
_ITEM_MARK: Final = re.compile(r"\d{1,2}|[a-d]|i{2,3}|iv|vi{1,3}|[A-D]")
_REST_OF_WORD: Final = re.compile(r"(?!(?:th|st|nd|rd|s)\b)[a-z]")


def find_formulas(text: str, notation: Notation) -> tuple[Formula, ...]:
    """All formulas outside of code, in their order."""
    if not _MAY_BE_FORMULA.search(text):
        return ()
    return tuple(_Reader(text, notation).read())


def math_fences(text: str) -> tuple[Formula, ...]:
    """Fenced blocks with the language `math`, as GitHub and GitLab have them."""
    return tuple(
        Formula(fence.start, fence.end, without_quote_marks(fence.body).strip(), is_display=True)
        for fence in find_fences(text)
        if fence.info in {"math", "{.math}"}
    )


class _Reader:
    """One pass over a text, from one opening sign to the next."""

    def __init__(self, text: str, notation: Notation) -> None:
        self._text = text
        self._notation = notation
        self._last_ends: dict[str, int] = {}
        """Name of an environment -> where its last end is."""
        self._tables: dict[int, bool] = {}
        """Start of a paragraph -> whether it is a table."""
        masked = without_html_code(without_code(text))
        self._visible = _ADDRESS.sub(blank, masked)

    def read(self) -> Iterator[Formula]:
        at = 0
        while match := _OPENING.search(self._visible, at):
            at = match.end()
            if _is_escaped(self._visible, match.start()):
                at = match.start() + 1 if match["slash"] else at
                continue
            formula = self._formula(match)
            if formula:
                at = formula.end
                yield formula

    def _formula(self, opening: re.Match[str]) -> Formula | None:
        if dollars := opening["dollars"]:
            if len(dollars) == 1 and "dollar" in self._notation.in_lines:
                return self._dollar(opening) or self._code_dollar(opening)
            return self._dollars(opening) if len(dollars) == 2 and "dollar" in self._notation.displays else None
        if opening["name"]:
            return self._environment(opening) if "begin" in self._notation.displays else None
        if not opening["bracket"]:
            is_named = "begin" in self._notation.displays
            return Formula(opening.start(), opening.end(), opening[0], is_display=False) if is_named else None
        if opening["bracket"] == "(":
            return self._round(opening) if "round" in self._notation.in_lines else None
        return self._square(opening) if "square" in self._notation.displays else None

    def _made(self, opening: re.Match[str], match: re.Match[str], *, is_display: bool) -> Formula:
        tex = self._text[match.start("tex") : match.end("tex")]
        if "\\|" in tex and not is_display and self._is_in_table(opening.start()):
            tex = tex.replace("\\|", "|")
        return Formula(opening.start(), match.end(), without_quote_marks(tex), is_display)

    def _dollar(self, opening: re.Match[str]) -> Formula | None:
        match = _DOLLAR.match(self._visible, opening.end())
        before, after = self._around(opening, match) if match else ("", "")
        if match and _is_between_dollars(match["tex"], before, after):
            return self._made(opening, match, is_display=False)
        return None

    def _code_dollar(self, opening: re.Match[str]) -> Formula | None:
        """GitHub's and GitLab's $`…`$."""
        match = _CODE_DOLLAR.match(self._text, opening.end())
        is_code = match and not self._visible[match.start() : match.end() - 1].strip("\x01")
        before, after = self._around(opening, match) if match else ("", "")
        if not match or not is_code or before.isalnum() or after.isalnum():
            return None
        return self._made(opening, match, is_display=False)

    def _dollars(self, opening: re.Match[str]) -> Formula | None:
        is_first, _ = self._is_alone(opening.start(), opening.end())
        match = _BLOCK.match(self._visible, opening.end()) if is_first else None
        if match and match["tex"].strip():
            return self._made(opening, match, is_display=True)
        match = _DOLLARS.match(self._visible, opening.end())
        if match and _is_between_brackets(match["tex"]):
            return self._made(opening, match, is_display=True)
        return self._unclosed(opening)

    def _round(self, opening: re.Match[str]) -> Formula | None:
        match = self._bracketed(opening)
        if not match or not _is_between_brackets(match["tex"]):
            return None
        tex = match["tex"].strip()
        is_first, _ = self._is_alone(opening.start(), match.end())
        is_part_of_word = len(tex) == 1 and _REST_OF_WORD.match(self._visible, match.end())
        if (tex.isdecimal() and len(tex) > 2) or is_part_of_word:
            return None
        return None if is_first and _ITEM_MARK.fullmatch(tex) else self._made(opening, match, is_display=False)

    def _square(self, opening: re.Match[str]) -> Formula | None:
        r"""`\[text\]` is a text in brackets, unless what it holds can only be a formula."""
        match = self._bracketed(opening)
        if not match:
            return self._unclosed(opening)
        tex, after = match["tex"], self._visible[match.end() : match.end() + 1]
        is_first, is_last = self._is_alone(opening.start(), match.end())
        is_apart = is_first and is_last and (len(tex.strip()) < len(tex) or not _WORD.search(_IN_BRACES.sub("", tex)))
        is_formula = _STRONG.search(tex) if is_apart else _COMMAND.search(tex)
        if not is_formula or not _is_between_brackets(tex) or (after and after in "([:"):
            return None
        return self._made(opening, match, is_display=True)

    def _bracketed(self, opening: re.Match[str]) -> re.Match[str] | None:
        """Up to the closing bracket with as many backslashes."""
        return _BRACKETS[opening["slash"], opening["bracket"]].match(self._visible, opening.end())

    def _environment(self, opening: re.Match[str]) -> Formula | None:
        name = opening["name"]
        is_first, _ = self._is_alone(opening.start(), opening.end())
        if name.removesuffix("*") not in _ENVIRONMENTS or not is_first:
            return None
        start, depth = opening.start(), 0
        is_closed = self._last_end(name) > start
        signs = re.compile(rf"\\(begin|end)\{{{re.escape(name)}\}}|[{_NO_TEXT}]")
        for sign in signs.finditer(self._visible, start) if is_closed else ():
            if sign[0] in _NO_TEXT:
                break
            depth += 1 if sign[1] == "begin" else -1
            if depth > _NESTED_ENVIRONMENTS:
                break
            if not depth:
                tex = without_quote_marks(self._text[start : sign.end()])
                return Formula(start, sign.end(), tex, is_display=True)
        return Formula(start, opening.end(), opening[0], is_display=True, is_closed=False)

    def _last_end(self, name: str) -> int:
        if name not in self._last_ends:
            self._last_ends[name] = self._visible.rfind(f"\\end{{{name}}}")
        return self._last_ends[name]

    def _unclosed(self, opening: re.Match[str]) -> Formula | None:
        """A sign on a line of its own, above a line that can only be a formula."""
        if not all(self._is_alone(opening.start(), opening.end())):
            return None
        below = self._visible.find("\n", opening.end()) + 1
        end = self._visible.find("\n", below)
        if below and _COMMAND.search(self._visible, below, end if end >= 0 else len(self._visible)):
            return Formula(opening.start(), opening.end(), "", is_display=True, is_closed=False)
        return None

    def _is_in_table(self, at: int) -> bool:
        r"""Whether its paragraph is a table, where `\|` is a bar that ends no cell."""
        first = self._visible.rfind("\n\n", 0, at) + 1
        last = self._visible.find("\n\n", at)
        if first not in self._tables:
            self._tables[first] = bool(_TABLE.search(self._visible, first, last if last >= 0 else len(self._visible)))
        return self._tables[first]

    def _around(self, opening: re.Match[str], match: re.Match[str]) -> tuple[str, str]:
        start = opening.start()
        return self._visible[max(0, start - 1) : start], self._visible[match.end() : match.end() + 1]

    def _is_alone(self, start: int, end: int) -> tuple[bool, bool]:
        """Whether nothing stands before it in its line, and nothing but a full stop or comma after it."""
        least = max(0, start - _PREFIX_CHARACTERS)
        first = self._visible.rfind("\n", least, start) + 1
        is_first = bool(first or not least) and bool(re.fullmatch(LINE_PREFIX, self._visible[first:start]))
        return is_first, bool(_REST_OF_LINE.match(self._visible, end))


def _is_between_dollars(tex: str, before: str, after: str) -> bool:
    """Whether what stands between two dollars is a formula, rather than a text between two sums of money."""
    has_command = bool(_COMMAND.search(tex))
    if _NEVER_INSIDE.search(tex) or not _MEANING.search(tex) or tex[0] in '),.;:!?/*&#%"' or tex[-1] in "/:&#(":
        return False
    is_in_word = before.isalnum() and not _is_of_spaceless_script(before)
    if (is_in_word and not has_command and tex[0] not in "^_") or after.isdecimal() or after == "{":
        return False
    goes_on = after == "(" or (after.isalpha() and not _is_of_spaceless_script(after))
    if goes_on and not re.search(r"[\w)}\]'!]$", tex):
        return False
    if (tex.count("|") % 2 and tex[0] == "|") or _PLACEHOLDER.fullmatch(tex):
        return False
    return has_command or not (_VARIABLE.match(tex) or _reads_like_text(tex))


def _reads_like_text(tex: str) -> bool:
    """For TeX without commands: whether words or sums of money make it a part of a sentence."""
    bare = _IN_BRACES.sub("", tex)
    words = _WORD.findall(bare)
    has_space, is_strong = bool(re.search(r"\s", tex.strip())), bool(_STRONG.search(tex))
    is_foreign = any(not _is_latin(letter) for letter in _OTHER_SCRIPT.findall(bare))
    if tex[:1].isdecimal():
        return is_foreign or (has_space and (not is_strong or bool(re.search(r"[^\W\d_]{2,}", bare))))
    if not is_strong:
        return is_foreign or (has_space and bool(words))
    return len(words) >= (3 if re.search(r"[=^{]", tex) else 2) and has_space


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter < "\u1f00"


def _is_between_brackets(tex: str) -> bool:
    r"""The same for `\(…\)` and `\[…\]`, which are also brackets that somebody has escaped."""
    if not _MEANING.search(tex) or _NEVER_INSIDE.search(tex):
        return False
    if _COMMAND.search(tex):
        return True
    bare = _IN_BRACES.sub("", tex)
    words = _WORD.findall(bare)
    if not _STRONG.search(tex):
        return not words and all(_is_latin(letter) for letter in _OTHER_SCRIPT.findall(bare))
    return len(words) < 3


def without_quote_marks(tex: str) -> str:
    """The TeX without the `>` of a quotation at the beginning of its lines, if all have one."""
    first, *others = tex.split("\n")
    if others and all(re.match(r"[ \t]*>", line) for line in others if line.strip()):
        return "\n".join(
            [re.sub(r"^[ \t]*(?:>[ \t]?)+", "", first), *(re.sub(r"^[ \t]*(?:>[ \t]?)+", "", line) for line in others)]
        )
    return tex


def _is_escaped(text: str, at: int) -> bool:
    r"""Whether an odd number of backslashes stands before it."""
    before = text[max(0, at - 20) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _is_of_spaceless_script(sign: str) -> bool:
    return not sign.isascii() and _no_spaces().match(sign) is not None


@cache
def _no_spaces() -> re.Pattern[str]:
    """Letters of scripts that are written without spaces, or whose endings follow a word directly."""
    return re.compile(
        r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
    )
