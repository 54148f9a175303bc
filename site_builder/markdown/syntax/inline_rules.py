"""CommonMark's rules within a line where Python-Markdown has others; attribute lists, told from text in braces."""

import re
from collections.abc import Callable
from functools import partial
from html import unescape
from typing import Any, Final, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.inlinepatterns import InlineProcessor, LinkInlineProcessor, SubstituteTagInlineProcessor
from markdown.util import ETX, INLINE_PLACEHOLDER_RE, STX

_PUNCTUATION: Final = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_NAME: Final = re.compile(r"\n?\[([^\]]*)\]")
"""Of `[text][name]`, which may go on in the next line; `[a] [b]` are two links."""
_WORD: Final = r"[\w:.-]"
_ATTRIBUTE: Final = (
    rf"(?:[.#]{_WORD}+|{_WORD}+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'{{}}]+)|data-{_WORD}+|download|hidden|reversed)"
)
_ATTRIBUTES: Final = rf"\{{(?::[ ]*([^\s}}][^}}\n]*)|[ ]*({_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*)[ ]*)\}}"
"""`{: whatever }`, or `{ .class #id name=value }`; other braces are text, as on GitHub."""
_EMOJI: Final = r"(?<!\w)(?<!\w:)(:[+\-\w]+:)(?!\w)"
ICON: Final = r"(?<!\w)(?<!\w:):(?:material|fontawesome|octicons|simple)-[a-z0-9-]+:(?!\w)"
"""`:material-check:`, for which a theme for MkDocs has a picture."""
_ESCAPED: Final = re.compile(f"{STX}(\\d+){ETX}")
_BRACKET: Final = re.compile(r"[\[\]()]")
_BRACKET_OR_QUOTE: Final = re.compile(r"[()\"']")
_TITLE_END: Final = re.compile(r"[\"'] *\)")
_TITLE_CHARACTERS: Final = 500
"""How far behind its `(`, or the `)` for it, a link may end: a title may have a bracket without its counterpart."""


def register_inline_rules(converter: Markdown) -> None:
    """Change the processors of a converter."""
    converter.ESCAPED_CHARS = sorted({*converter.ESCAPED_CHARS, *_PUNCTUATION})
    patterns = converter.inlinePatterns
    patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "hard-break", 179)
    brackets = _Brackets()
    for pattern in patterns:
        if isinstance(pattern, LinkInlineProcessor):
            pattern.getText = brackets.text  # type: ignore[method-assign]
            pattern.getLink = partial(brackets.address, pattern.getLink)  # type: ignore[method-assign]
    converter.references = _References()
    for name in ("reference", "image_reference"):
        if name in patterns:
            cast(Any, patterns[name]).RE_LINK = _NAME
    for name in ("reference", "image_reference", "short_reference", "short_image_ref"):
        if name in patterns:
            _read_code_in_names(cast(Any, patterns[name]), converter)
    patterns.register(_Icon(f"({ICON})", converter), "icon", 76)
    if "footnote" in patterns:
        cast(InlineProcessor, patterns["footnote"]).compiled_re = re.compile(r"\[\^([^\[\]]*)\]")
    if "keys" in patterns:
        keys = cast(InlineProcessor, patterns["keys"])
        keys.compiled_re = re.compile(rf"(?<!\w){keys.pattern}")  # not in `a++b++`
    if "emoji" in patterns:
        cast(InlineProcessor, patterns["emoji"]).compiled_re = re.compile(_EMOJI)
    for processor in converter.treeprocessors:
        if isinstance(processor, AttrListTreeprocessor):
            of_one = cast(Any, processor)
            of_one.HEADER_RE = _Attributes(rf"[ ]+{_ATTRIBUTES}[ ]*$")
            of_one.BLOCK_RE = _Attributes(rf"\n[ ]*{_ATTRIBUTES}[ ]*$")
            of_one.INLINE_RE = _Attributes(rf"^{_ATTRIBUTES}")


class _References(dict[str, Any]):
    """Definitions of links by name, whatever white space is in the name."""

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(" ".join(name.split()), value)

    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(" ".join(name.split()))

    def __contains__(self, name: object) -> bool:
        return super().__contains__(" ".join(str(name).split()))


def _read_code_in_names(pattern: Any, converter: Markdown) -> None:
    """Let a processor find the definition of ``[`code`][]``, in which code is a placeholder by then."""
    find = pattern.evalId

    def find_as_written(data: str, index: int, text: str) -> tuple[str | None, int, bool]:
        name, end, is_found = find(data, index, text)
        if (
            end > index
            and data.startswith("\n", index)
            and (text.lower() in converter.references or not text.strip(" xX"))
        ):
            return None, index, False  # two links, or the box of a task
        return (_as_written(name, converter) if name and STX in name else name), end, is_found

    pattern.evalId = find_as_written


def _as_written(name: str, converter: Markdown) -> str:
    """A name with its code and escapes as they are in the source."""
    stash = cast(Any, converter.treeprocessors["inline"]).stashed_nodes

    def code(match: re.Match[str]) -> str:
        node = stash.get(match[1])
        if isinstance(node, str):
            return node
        is_code = node is not None and node.tag == "code"
        return f"`{unescape(''.join(node.itertext()))}`".lower() if is_code else match[0]

    return _ESCAPED.sub(lambda match: f"\\{chr(int(match[1]))}", INLINE_PLACEHOLDER_RE.sub(code, name))


class _Icon(InlineProcessor):
    """An icon is an element, so that attributes may follow it."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002 (theirs)
        element = Element("span")
        element.text = m[0]
        return element, m.start(0), m.end(0)


class _Attributes:
    """A pattern whose first group is whichever of its two groups matched."""

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)

    def search(self, text: str) -> "_Found | None":
        """Like re.Pattern.search."""
        match = self._pattern.search(text) if "{" in text else None
        return _Found(match) if match else None

    def match(self, text: str) -> "_Found | None":
        """Like re.Pattern.match."""
        match = self._pattern.match(text) if text.startswith("{") else None
        return _Found(match) if match else None


class _Found:
    """What the extension asks of a match."""

    def __init__(self, match: re.Match[str]) -> None:
        self.start = match.start
        self.end = match.end
        self._text = match[1] or match[2]

    def group(self, _: int) -> str:
        """The attributes."""
        return self._text


class _Brackets:
    """Finds the end of each bracket. All of a text are paired at once: one by one, many without an end take forever."""

    def __init__(self) -> None:
        self._data = ""
        """The text asked about last, which ends like the paired one from `_known_from` on."""
        self._known_from = 0
        self._paired = ""
        self._ends: dict[int, int] = {}

    def text(self, data: str, index: int) -> tuple[str, int, bool]:
        """The text between the `[` before `index` and its `]`, the place after that, and whether there is one."""
        end = self._end(data, index - 1)
        return (data[index:], index, False) if end is None else (data[index:end], end + 1, True)

    def address(
        self, read: Callable[[str, int], tuple[str, str | None, int, bool]], data: str, index: int
    ) -> tuple[str, str | None, int, bool]:
        """The address and title that begin with the `(` at `index`, the place after its `)`, whether there is one."""
        if not data.startswith("(", index):
            return "", None, index, False
        end = self._end(data, index)
        part = _address_part(data[index : (index if end is None else end) + _TITLE_CHARACTERS])
        address, title, length, is_found = read(part, 0) if part else ("", None, 0, False)
        is_found = is_found and length > 0  # theirs has no end for `[a]("b (c`
        return address, title, index + max(length, 0), is_found

    def _end(self, data: str, start: int) -> int | None:
        """The end of the bracket at `start`, which depends only on what follows it.

        When a link is read, a short mark takes its place; what follows it keeps its distance from the end.
        """
        if data is not self._data or start < self._known_from:
            if not self._paired.endswith(data[start:]):
                self._paired, self._ends = data, _pairs(data)
            self._data, self._known_from = data, start
        shift = len(data) - len(self._paired)
        end = self._ends.get(start - shift)
        return None if end is None else end + shift


def _address_part(part: str) -> str:
    """The part of a text with the address that may begin there, "" if it has no end: each sign is looked at by others.

    If no title ends in it, the address ends with as many brackets behind the first quotation mark as are open there.
    """
    if ")" not in part or _TITLE_END.search(part):
        return part if ")" in part else ""
    depth, is_quoted = 0, False
    for sign in _BRACKET_OR_QUOTE.finditer(part):
        if sign[0] in "\"'":
            is_quoted = True
        else:
            depth += 1 if sign[0] == "(" and not is_quoted else -1
            if not depth:
                return part[: sign.end()]
    return part


def _pairs(data: str) -> dict[int, int]:
    """For each `[` or `(` that is closed, the place of its end."""
    square: list[int] = []
    round_: list[int] = []
    ends = {}
    for bracket in _BRACKET.finditer(data):
        sign, at = bracket[0], bracket.start()
        if sign in "[(":
            (square if sign == "[" else round_).append(at)
        elif open_ := square if sign == "]" else round_:
            ends[open_.pop()] = at
    return ends
