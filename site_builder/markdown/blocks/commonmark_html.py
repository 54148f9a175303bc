"""HTML in a text, line by line as CommonMark reads it: Markdown goes on after an empty line, also inside an element.

Three things differ from CommonMark, in favour of what people write for MkDocs: HTML ends where its first element
does, so that no empty line is needed below `</div>`; inside an element, indented tags are no code; and an attribute
`markdown` says that the element's content is Markdown from the start.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from site_builder.markdown.blocks.open_items import (
    LEVEL,
    BlockLines,
    OpenItems,
    in_quotation,
    indent_of,
    item_start,
    quotation_end,
)
from site_builder.markdown.clean_html.html_tree import VOID
from site_builder.markdown.clean_html.stray_markup import ELEMENTS
from site_builder.markdown.syntax.remarks import Remark

_BLOCK_NAMES: Final = frozenset(
    """address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link
    main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead
    title tr track ul""".split()
)
"""Elements that begin a block of HTML wherever the rest of the line leads (CommonMark, HTML block type 6)."""
_WHOLE: Final = frozenset(
    "audio canvas iframe math noscript object picture pre script style svg template textarea video".split()
)
"""Elements that are taken with all their content, empty lines included."""
_START: Final = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|$)|<!--|<\?|<![A-Za-z]")
_ONLY_TAG: Final = re.compile(
    r"<(?:/[A-Za-z][\w-]*\s*|[A-Za-z][\w-]*(?:\s+[A-Za-z_:@][\w.:@-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*\s*/?)>\s*$"
)
_MARKDOWN: Final = re.compile(
    r"<(?P<name>[A-Za-z][\w-]*)(?:\s[^<>]*?)?\smarkdown(?:\s*=\s*[\"']?(?:1|block|span)[\"']?)?(?=[\s>])[^<>]*>"
)
_TAG: Final = re.compile(r"`+[^`]+`+|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|$)")
_RAW_MARK: Final = re.compile(
    r"\*\*[^\s*][^*\n]*\*\*|(?<!\w)__[^\s_][^_\n]*__(?!\w)|\[[^\[\]\n]+\]\([^()\s]+\)|(?<!`)`[^`\n]+`(?!`)|\[\[[^\[\]\n]+\]\]"
)
_CODE: Final = re.compile(
    r"<(code|pre|script|style|textarea|kbd|samp|math)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE
)
_WHAT: Final = "Markdown directly below an HTML tag and is shown as text"
_HINT: Final = "leave an empty line below the tag, or write the HTML of what you mean"


def register_html_blocks(converter: Markdown, remarks: list[Remark]) -> None:
    """Replace the step that sets HTML aside (20), which takes each element to its end."""
    converter.preprocessors.register(_HtmlBlocks(converter, remarks), "html_block", 20)


class _HtmlBlocks(Preprocessor):
    """Puts a placeholder in place of each block of HTML."""

    def __init__(self, md: Markdown, remarks: list[Remark]) -> None:
        super().__init__(md)
        self._remarks = remarks

    def run(self, lines: list[str]) -> list[str]:
        """All lines; those of a quotation are a text of their own."""
        return self._read(lines) if any("<" in line for line in lines) else lines

    def _read(self, lines: list[str]) -> list[str]:
        return _Reader(lines[::-1], self).read()

    def quotation(self, lines: list[str]) -> list[str]:
        """The lines of a quotation."""
        return in_quotation(lines, self._read)

    def placeholder(self, html: str) -> str:
        """What stands for HTML until the text is converted."""
        if "*" in html or "`" in html or "[" in html or "__" in html:
            for mark in _RAW_MARK.finditer(_CODE.sub("\x01", html)):
                self._remarks.append(Remark(mark[0], _WHAT, _HINT))
        start = _START.match(html)
        if start and start["name"] and start["name"].lower() not in _WHOLE:
            html = f"<!---->{html}"  # or Python-Markdown would put a paragraph around some
        return self.md.htmlStash.store(html)


@dataclass(slots=True)
class _Reader:
    """One pass over the lines."""

    _rest: list[str]
    """Lines still to be read, the next one last."""
    _step: _HtmlBlocks
    _out: BlockLines = field(default_factory=BlockLines)
    _items: OpenItems = field(default_factory=OpenItems)
    _is_text: bool = False
    """Whether the line above is text of a paragraph."""
    _markdown: list[tuple[str, int]] = field(default_factory=list)
    """The open elements whose content is Markdown, each with how many elements of its name are open from there on."""
    _depth: int = 0
    """How many elements are open."""
    _absent: set[str] = field(default_factory=set)
    """Ends of comments and elements that none of the lines to be read holds."""
    _indent: int = 0
    """The indentation of the last line of HTML."""

    def read(self) -> list[str]:
        """All lines, with placeholders."""
        while self._rest:
            line = self._rest[-1]
            if not line.strip() or ("<" not in line and ">" not in line):
                self._text(self._rest.pop())
            elif end := self._quotation_end():
                lines = [self._rest.pop() for _ in range(end)]
                for quoted in self._step.quotation(lines):
                    self._out.add(quoted)
                self._items.is_after_blank, self._is_text = False, True
            elif not self._take_html() and not self._cut():
                self._text(self._rest.pop())
        return self._out.finished()

    def _quotation_end(self) -> int:
        """The number of lines of the quotation that begins here."""
        if ">" not in self._rest[-1]:
            return 0
        count = 0
        while count < len(self._rest) and self._rest[-1 - count].lstrip(" ").startswith(">"):
            count += 1
        return quotation_end(self._rest[: -count - 1 : -1], 0, self._items) if count else 0

    def _text(self, line: str) -> None:
        if self._depth and not self._items.offsets:
            line = line[min(self._indent, indent_of(line)) :]
        self._out.add(line)
        self._items.read(line)
        self._is_text = bool(line.strip())

    def _take_html(self) -> bool:
        """Set the HTML aside that begins in the next line, if there is any."""
        line = self._rest[-1]
        prefix, indent = "", indent_of(line)
        if match := item_start(line, self._items):
            prefix = line[: match.end()]
        text = line[len(prefix) :].lstrip(" ")
        start = _START.match(text)
        if not start or (not prefix and indent >= self._items.inner_at(indent) + LEVEL and not self._depth):
            return False
        if not start["name"]:
            return self._take_other(text, prefix)
        name = start["name"].lower()
        if name in _WHOLE:
            return self._take_whole(text, prefix, name)
        if name not in _BLOCK_NAMES and not self._is_alone(text, name, prefix):
            return False
        self._take_block(text, prefix, name, is_end=bool(start["end"]))
        return True

    def _is_alone(self, text: str, name: str, prefix: str) -> bool:
        """Whether it is the tag of any other element on a line of its own, around whole paragraphs."""
        is_known = (name in ELEMENTS or "-" in name) and name not in VOID
        is_at_end = len(self._rest) == 1 or not self._rest[-2].strip()
        return is_known and is_at_end and bool(_ONLY_TAG.match(text)) and (bool(prefix) or not self._is_text)

    def _take_other(self, text: str, prefix: str) -> bool:
        """A comment or the like: it goes as far as its own end, and text may follow it."""
        end = "-->" if text.startswith("<!--") else "?>" if text.startswith("<?") else ">"
        lines = self._up_to(text, end)
        if not lines:
            return False
        before, _, rest = lines[-1].rpartition(end) if len(lines) > 1 else self._first(lines[0], end)
        self._put("\n".join([*lines[:-1], before + end]), prefix, len(lines), rest)
        return True

    @staticmethod
    def _first(text: str, end: str) -> tuple[str, str, str]:
        at = text.index(end, 2)
        return text[:at], end, text[at + len(end) :]

    def _take_whole(self, text: str, prefix: str, name: str) -> bool:
        lines = self._up_to(text, f"</{name}")
        if not lines:
            return False
        self._put("\n".join(lines), prefix, len(lines))
        return True

    def _up_to(self, text: str, end: str) -> list[str]:
        """The lines from the next one (`text` is what counts of it) up to one that holds the end; none without it."""
        if end in text[2:].lower():
            return [text]
        if end in self._absent:
            return []
        base = len(self._rest[-1]) - len(text)
        lines = [text]
        for number in range(len(self._rest) - 2, -1, -1):
            line = self._rest[number]
            lines.append(line[min(base, indent_of(line)) :])
            if end in line.lower():
                return lines
        self._absent.add(end)
        return []

    def _take_block(self, text: str, prefix: str, name: str, *, is_end: bool) -> None:
        """HTML up to an empty line, the end of its first element, or a tag whose content is Markdown."""
        lines: list[str] = []
        is_void, depth, inner = name in VOID, 0, self._items.inner
        for number in range(len(self._rest) - 1, -1, -1):
            line = text if not lines else self._rest[number]
            if not line.strip() or (lines and indent_of(line) < inner and not prefix):
                break
            if "markdown" in line and (match := _MARKDOWN.search(line)):
                self._open(lines, line, match, prefix)
                return
            lines.append(line)
            depth += sum(-1 if tag["end"] else 1 for tag in _TAG.finditer(line) if (tag["name"] or "").lower() == name)
            if (depth <= 0 or is_void) and (">" in line):
                break
        html = "\n".join(lines)
        if is_end and name == "p" and self._markdown and self._markdown[-1][0] == "p":
            html = f"</div{html[3:]}"
        self._count("\n".join(lines))
        self._put(html, prefix, len(lines))

    def _open(self, lines: list[str], line: str, match: re.Match[str], prefix: str) -> None:
        """Go into an element whose content is Markdown."""
        name = match["name"].lower()
        tag = match[0]
        if name == "p":
            tag = f"<div{tag[2:]}"
        html = "\n".join([*lines, line[: match.start()] + tag])
        self._count(html)
        if name not in VOID:
            self._markdown.append((name, 1))
        self._put(html, prefix, len(lines) + 1, line[match.end() :])

    def _count(self, html: str) -> None:
        """Count the elements that are open after some HTML."""
        for tag in _TAG.finditer(html):
            name = (tag["name"] or "").lower()
            if not name or name in VOID:
                continue
            self._depth = max(0, self._depth + (-1 if tag["end"] else 1))
            if self._markdown and self._markdown[-1][0] == name:
                count = self._markdown[-1][1] + (-1 if tag["end"] else 1)
                self._markdown[-1] = (name, count)
                if not count:
                    self._markdown.pop()

    def _cut(self) -> bool:
        """Whether the next line held text and then the end of an element whose content is Markdown."""
        if not self._markdown:
            return False
        line = self._rest[-1]
        name = self._markdown[-1][0]
        for tag in _TAG.finditer(line):
            if tag["end"] and tag["name"].lower() == name and line[: tag.start()].strip():
                indent = " " * indent_of(line)
                self._rest[-1:] = [indent + line[tag.start() :], line[: tag.start()].rstrip()]
                return True
        return False

    def _put(self, html: str, prefix: str, count: int, rest: str = "") -> None:
        """Put a placeholder in place of so many lines; what is left of the last one is read next."""
        line = self._rest[-1]
        del self._rest[-count:]
        placeholder = self._step.placeholder(html)
        self._indent = indent_of(line)
        if prefix:
            self._text(prefix + placeholder)
            self._out.add("")
            indent = self._items.inner
        else:
            self._items.is_after_blank = True
            self._items.text(line)
            indent = self._items.inner if self._depth or self._items.offsets else self._indent
            self._out.add_block(" " * indent + placeholder)
        self._items.is_after_blank, self._is_text = True, False
        if rest.strip():
            self._rest.append(" " * indent + rest.lstrip())
