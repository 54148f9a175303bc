"""Code in any common markup to plain `<pre>` elements: its lines and spaces, without numbers and buttons.

Sites write a block of code as `<pre>`, as lines that are each an element, or as a table with the numbers of the lines
in its first column (Pygments, Rouge, highlight.js, Prism, Shiki, CodeMirror, GitHub).
"""

import re
from typing import Final

from site_builder.importers.read.html.page_tree import Element, load_module, names_of, remove

_NUMBER_NAMES: Final = re.compile(
    r"line-?_?num(?:ber)?s?|line-?nos?|\blinenodiv|gutter|hljs-ln-n|blob-num|(?:^|\s)(?:ln|lno|lnt|lineno)(?=\s|$)|rouge-gutter"
)
"""Class names of the numbers of lines."""
_TOOL_NAMES: Final = re.compile(r"copy|clipboard|toolbar|code-?(?:block-?)?(?:header|title|lang)", re.IGNORECASE)
_LINE_NAMES: Final = re.compile(
    r"(?:^|\s)(?:line|code-?line|cl|cm-line|CodeMirror-line|view-line|token-line|ec-line|codeLine|hljs-ln-line|react-code-line"
    r"|L\d+|blob-code(?:-inner)?|react-code-text)(?=\s|$)",
    re.IGNORECASE,
)
"""Class names of an element that is one line."""
_EDITOR_LINES: Final = re.compile(r"CodeMirror|cm-line|view-line|code-?line|linenum", re.IGNORECASE)
"""Of these, names of lines that are code wherever they stand."""
_CODE_NAMES: Final = frozenset({"code", "highlight", "codehilite", "sourcecode", "source", "syntaxhighlighter", "blob"})
_DIGITS: Final = re.compile(r"[\s\d.:]*")
_BLOCKS: Final = frozenset("div p li tr section table tbody ol ul dl dt dd".split())
MIN_LINES: Final = 2
"""Lines from which elements named like lines are a block of code."""


def flatten_code(root: Element) -> None:
    """Turn every block of code, in place, into a `<pre>` that holds nothing but its text."""
    for old in list(root.iter("xmp", "listing", "plaintext")):
        old.tag = "pre"
    for table in list(root.iter("table")):
        if table.getparent() is not None and not _is_in_pre(table) and _is_numbered_code(table):
            _replace(table, _table_lines(table))
    for pre in list(root.iter("pre")):
        if pre.getparent() is not None and not _is_in_pre(pre):
            _replace(pre, code_text(pre))
    for code in list(root.iter("code")):
        if code.getparent() is not None and not _is_in_pre(code) and _is_block(code):
            _replace(code, code_text(code))
    for paragraph in list(root.iter("p")):
        if paragraph.getparent() is not None and _is_lines_of_code(paragraph):
            _replace(paragraph, code_text(paragraph))
    for box in list(root.iter("div", "ol", "ul")):
        if box.getparent() is not None and not _is_in_pre(box) and _holds_lines(box):
            _replace(box, code_text(box))


def show_code_fields(root: Element) -> None:
    """Turn fields to copy code from, in place, into `<pre>`: text that a page shows and lets nobody change."""
    for field in list(root.iter("textarea")):
        is_code = not _CODE_NAMES.isdisjoint(names_of(field))
        if (is_code or field.get("readonly") is not None) and (field.text or "").strip():
            field.tag = "pre"


def code_text(element: Element) -> str:
    """The text of a block of code, line by line."""
    _remove_tools(element)
    written: list[str] = []
    _write(element, written, own_lines=_has_own_lines(element))
    lines = "".join(written).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _is_in_pre(element: Element) -> bool:
    return any(a.tag == "pre" for a in element.iterancestors())


def _remove_tools(element: Element) -> None:
    for inner in list(element.iterdescendants()):
        if not isinstance(inner.tag, str) or inner.getparent() is None:
            continue
        names = inner.get("class") or ""
        text = "".join(inner.itertext())
        is_number = inner.get("data-line-number") is not None and not text.strip()
        if (
            is_number
            or (names and _NUMBER_NAMES.search(names) and _DIGITS.fullmatch(text))
            or (inner.tag == "a" and not text.strip())
            or (names and inner.tag != "code" and _TOOL_NAMES.search(names) and "\n" not in text.strip())
        ):
            remove(inner)


def _has_own_lines(element: Element) -> bool:
    """Are its lines inline elements with no line break between them?"""
    lines = [e for e in element.iter("span", "code") if _is_line(e)]
    if len(lines) < MIN_LINES:
        return False
    return not any(_has_break(line) for line in lines[:-1])


def _has_break(line: Element) -> bool:
    """Is there a line break in an element, or behind it?"""
    after = line.getnext()
    return (
        "\n" in (line.tail or "")
        or "\n" in "".join(line.itertext())
        or (after is not None and after.tag == "br" and not (line.tail or "").strip())
        or line.find(".//br") is not None
    )


def _is_line(element: Element) -> bool:
    names = element.get("class")
    style = element.get("style") or ""
    return (
        (names is not None and _LINE_NAMES.search(names) is not None)
        or element.get("data-line") is not None
        or "display:block" in style.replace(" ", "")
    )


def _write(root: Element, written: list[str], *, own_lines: bool) -> None:
    """The text below an element; a block, or a line where lines have no breaks of their own, ends with one."""
    for event, element in load_module("lxml.etree").iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        ends = element is not root and (element.tag in _BLOCKS or (own_lines and _is_line(element)))
        if event == "start":
            if ends and written and not written[-1].endswith("\n"):
                written.append("\n")
            if element.tag == "br":
                written.append("\n")
            if element.text:
                written.append(element.text)
            continue
        if ends and not (written and written[-1].endswith("\n") and _has_text(element)):
            written.append("\n")
        tail = element.tail if element is not root else None
        if tail and not (ends and not tail.strip()):
            written.append(tail)


def _has_text(element: Element) -> bool:
    return any(text.strip("\n") for text in element.itertext())


def _replace(element: Element, text: str) -> None:
    """Leave of an element a `<pre>` with a text; with none, nothing."""
    if not text.strip():
        remove(element)
        return
    tail, parent = element.tail, element.getparent()
    element[:] = []
    element.text, element.tail, element.tag = text, tail, "pre"
    # `<code>` alone in a paragraph, or a box of nothing but this.
    is_alone = len(parent) == 1 and not f"{parent.text or ''}{tail or ''}".strip()
    if is_alone and parent.tag in {"p", "code"}:
        parent.tag = "div"


def _rows(table: Element) -> list[list[Element]]:
    return [[c for c in row if c.tag in {"td", "th"}] for row in table.iter("tr")]


def _is_numbered_code(table: Element) -> bool:
    """Is its first column the numbers of lines, and its last one code?"""
    rows = [row for row in _rows(table) if row]
    if not rows or any(len(row) < 2 for row in rows):
        return False
    if not all(_is_number_cell(row[0]) for row in rows):
        return False
    around = {n for e in (table, *list(table.iterancestors())[:3]) for n in names_of(e)}
    return all(
        bool(_CODE_NAMES & {*around, *names_of(row[-1])})
        or row[-1].find(".//pre") is not None
        or row[-1].find(".//code") is not None
        for row in rows
    )


def _is_number_cell(cell: Element) -> bool:
    text = "".join(cell.itertext())
    return _DIGITS.fullmatch(text) is not None and (
        bool(text.strip())
        or cell.get("data-line-number") is not None
        or _NUMBER_NAMES.search(cell.get("class") or "") is not None
    )


def _table_lines(table: Element) -> str:
    rows = [row for row in _rows(table) if row]
    return "\n".join(code_text(row[-1]) for row in rows)


def _is_block(code: Element) -> bool:
    """Does it hold several lines and stand alone, so that it is no word of a sentence?"""
    text = "".join(code.itertext())
    has_lines = (
        code.find(".//br") is not None
        or any(e.tag in _BLOCKS for e in code.iterdescendants() if isinstance(e.tag, str))
        or len([e for e in code.iter("span") if _is_line(e)]) >= MIN_LINES
        or ("\n" in text.strip() and re.search(r"\n[ \t]+\S", text) is not None and "pre" in (code.get("style") or ""))
    )
    if not has_lines:
        return False
    parent = code.getparent()
    siblings = [e for e in parent if e is not code]
    around = f"{parent.text or ''}{code.tail or ''}{''.join(e.tail or '' for e in siblings)}"
    return not around.strip() and not any(_has_text(e) for e in siblings if e.tag not in _BLOCKS)


def _is_lines_of_code(paragraph: Element) -> bool:
    """Does it hold nothing but code, one element on each line?"""
    children = [e for e in paragraph if isinstance(e.tag, str)]
    if [e.tag for e in children[1:2]] != ["br"] or (paragraph.text or "").strip():
        return False
    lines = [e for e in children if e.tag == "code"]
    return len(lines) >= MIN_LINES and all(
        e.tag == ("code", "br")[n % 2] and not (e.tail or "").strip() for n, e in enumerate(children)
    )


def _holds_lines(box: Element) -> bool:
    """Are its children lines of code, each an element?"""
    children = [e for e in box if isinstance(e.tag, str)]
    lines = [e for e in children if _is_line(e)]
    if len(lines) < MIN_LINES or len(lines) < len(children) or (box.text or "").strip():
        return False
    around = {n for e in (box, *list(box.iterancestors())[:2]) for n in names_of(e)}
    return (
        not _CODE_NAMES.isdisjoint(around)
        or any(e.find(".//code") is not None for e in lines)
        or any(_EDITOR_LINES.search(e.get("class") or "") for e in lines)
    )
