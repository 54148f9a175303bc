"""Rules for markdown-it: what other programs show in another way than GitHub, and their readers never see as words.

Admonitions and tabs, private comments, wiki links, formulas in brackets, callouts of any type, attribute lists, icons,
links whose address a template engine fills in.
"""

import re
from typing import Final, Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_UNSEEN_BLOCK: Final = re.compile(
    r"""[ ]{0,3}\*\[[^\]]+\]:.*$ | \s*\[TOC\]\s*$ | \s*\[\[_?TOC_?\]\]\s*$ | .*-8<-.*$""", re.VERBOSE | re.IGNORECASE
)
"""Lines that readers do not see as words: abbreviations, the place of a table of contents, included files."""
_CONTAINER: Final = re.compile(r"(?:!!!|\?\?\?\+?|===[+!]*)[ ]*(?P<words>[\w .|-]*?)[ ]*(?:\"(?P<title>.*)\")?[ ]*$")
_CALLOUT: Final = re.compile(r"\\?\[!(?P<kind>[^\]\n]+)\][+-]?[ ]*")
_WIKI: Final = re.compile(
    r"(?P<embed>!?)\[\[(?P<target>[^\[\]|\\\n]+(?:\n[^\[\]|\\\n]+)?)(?:\\?\|(?P<text>[^\[\]]*))?\]\]"
)
_PICTURE: Final = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp|mp3|mp4|webm|pdf)$", re.IGNORECASE)
_ATTRIBUTES: Final = re.compile(
    r"\{:?[ ]*(?:[.#][\w:-]+|data-[\w-]+|[\w-]+=(?:\"[^\"]*\"|'[^']*'|[\w.-]+))(?:[ ]+[^{}\n]*)?[ ]*\}"
)
_CODE_OR_TEMPLATE_LINK: Final = re.compile(
    r"(?<!`)(?P<code>`+)(?!`)[\s\S]+?(?<!`)(?P=code)(?!`)|(?<=\])\((?=[^()\n]*\{[{%])(?:[^(){}\n]|\{[{%][\s\S]*?[%}]\})*\)"
)
"""`({{ site.url }}/x)` behind a link's text: an address that a template engine fills in."""
_TEMPLATE_DEFINITION: Final = re.compile(r"[ ]{0,3}\[(?P<label>[^\]]+)\]:[^\n]*\{[{%]")
_LABEL_BELOW: Final = re.compile(r"\][ ]?\n\[([^\[\]\n]+)\]")
_OPENING: Final = re.compile(r"<(?:table|tbody|tr|td|th|div|ul|ol|li|dl|section|details|p)\b", re.IGNORECASE)
_CLOSING: Final = re.compile(r"</(?:table|tbody|tr|td|th|div|ul|ol|li|dl|section|details|p)>", re.IGNORECASE)
_ICON_OR_KEY: Final = re.compile(r"(?<!\w):(?:[a-z][a-z0-9_+-]*|[+-]1):|\+\+[\w+-]+\+\+")
_BLOCK_NAME: Final = re.compile(r"(?:^|[ ]+)\^[\w-]+$")
_DEFINED: Final = re.compile(r"(?<=^):(?=[ ]{1,3}\S)", re.MULTILINE)
_PIPE: Final = re.compile(r"(\[\[[^\[\]|\n\\]+)\|(?=[^\[\]|\n]*\]\])")


def add_rules(reader: MarkdownIt) -> None:
    """Teach a reader all of them."""
    reader.core.ruler.after("normalize", "marks_of_others", _marks_of_others)
    reader.core.ruler.after("block", "links_of_others", _links_of_others)
    reader.core.ruler.after("block", "html_goes_on", _html_goes_on)
    reader.core.ruler.push("words_only", _words_only)
    for name, rule in (("container", _container), ("unseen_line", _unseen_line), ("private_block", _private_block)):
        reader.block.ruler.before("fence", name, rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    reader.block.ruler.before("fence", "callout_title", _callout_title)
    reader.block.ruler.before("reference", "template_definition", _template_definition)
    reader.inline.ruler.before("link", "wiki_link", _wiki_link)
    reader.inline.ruler.before("link", "private_inline", _private_inline)
    reader.inline.ruler.before("escape", "bracket_formula", _bracket_formula)


def _marks_of_others(state: StateCore) -> None:
    """`[[slug|text]]` in a table, where a bar would end the cell; definitions as items of lists."""
    state.src = _DEFINED.sub("-", _PIPE.sub(r"\1\\|", state.src))


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`!!! note "Title"`, `??? note` and `=== "Tab"`, with the indented lines that follow."""
    first = state.bMarks[start] + state.tShift[start]
    match = _CONTAINER.match(state.src[first : state.eMarks[start]])
    if state.is_code_block(start) or match is None or not (match["words"] or match["title"]):
        return False
    if state.src[first] == "=" and match["words"]:
        return False
    if silent:
        return True
    indent = state.sCount[start] + 4
    stop = start + 1
    while stop < end and (state.isEmpty(stop) or state.sCount[stop] >= indent):
        stop += 1
    while stop > start + 1 and state.isEmpty(stop - 1):
        stop -= 1
    kept = state.blkIndent, state.lineMax, state.parentType
    _push(state, "container_open", 1, (start, stop))
    _push(state, "paragraph_open", 1, (start, start + 1)).tag = "p"
    _push(state, "inline", 0, (start, start + 1)).content = match["title"] or ""
    _push(state, "paragraph_close", -1, None).tag = "p"
    state.blkIndent, state.lineMax, state.parentType = indent, stop, "container"
    state.md.block.tokenize(state, start + 1, stop)
    state.blkIndent, state.lineMax, state.parentType = kept
    _push(state, "container_close", -1, None)
    state.line = stop
    return True


def _push(state: StateBlock, kind: str, nesting: Literal[-1, 0, 1], lines: tuple[int, int] | None) -> Token:
    token = state.push(kind, "div", nesting)
    token.map = list(lines) if lines else None
    token.block = True
    if kind == "inline":
        token.children = []
    return token


def _unseen_line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    first = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not _UNSEEN_BLOCK.match(state.src[first : state.eMarks[start]]):
        return False
    if not silent:
        state.line = start + 1
    return True


def _private_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`%%` at the start of a line, up to the `%%` that ends it, over any number of lines."""
    first = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith("%%", first):
        return False
    close = state.src.find("%%", first + 2)
    stop = start
    while stop < end and state.eMarks[stop] < close:
        stop += 1
    if close < 0 or stop >= end or state.src[close + 2 : state.eMarks[stop]].strip():
        return False
    if not silent:
        state.line = stop + 1
    return True


def _private_inline(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("%%", state.pos):
        return False
    close = state.src.find("%%", state.pos + 2)
    if close < 0 or close >= state.posMax:
        return False
    state.pos = close + 2
    return silent or True


def _bracket_formula(state: StateInline, silent: bool) -> bool:
    r"""`\(x\)` and `\[x\]`."""
    start = state.pos
    if state.src[start : start + 2] not in {"\\(", "\\["}:
        return False
    close = state.src.find("\\)" if state.src[start + 1] == "(" else "\\]", start + 2, state.posMax)
    if close < 0:
        return False
    if not silent:
        state.push("math_inline", "math", 0).content = state.src[start + 2 : close]
    state.pos = close + 2
    return True


def _wiki_link(state: StateInline, silent: bool) -> bool:
    match = _WIKI.match(state.src, state.pos)
    if match is None or match.end() > state.posMax or match["target"].startswith("!"):
        return False
    if not silent:
        target = " ".join(match["target"].split())
        address, _, heading = target.partition("#")
        page = address.rstrip("/").rpartition("/")[2].strip()
        title = heading.strip("#^ ") or state.env["titles"].get(page.casefold(), target)
        is_picture = bool(match["embed"] and _PICTURE.search(page))
        token = state.push("text", "", 0)
        token.content = "" if is_picture else (match["text"] or "").strip() or title
    state.pos = match.end()
    return True


def _template_definition(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """`[x]: {{ site.url }}/x`"""
    match = _TEMPLATE_DEFINITION.match(state.src[state.bMarks[start] : state.eMarks[start]])
    if state.is_code_block(start) or match is None:
        return False
    if not silent:
        definition = {"title": "", "href": "#", "map": [start, start + 1]}
        state.env.setdefault("references", {}).setdefault(normalizeReference(match["label"]), definition)
        state.line = start + 1
    return True


def _links_of_others(state: StateCore) -> None:
    """Addresses that a template engine fills in; `[text]` with its `[label]` below it, as in Python-Markdown."""
    known = state.env.get("references", {})
    for token in state.tokens:
        if token.type == "inline":
            text = _CODE_OR_TEMPLATE_LINK.sub(lambda m: m[0] if m["code"] else "(#)", token.content)
            token.content = _LABEL_BELOW.sub(
                lambda m: f"][{m[1]}]" if normalizeReference(m[1]) in known else m[0], text
            )


def _html_goes_on(state: StateCore) -> None:
    """Indented tags inside of HTML that is still open are HTML, as in every program but GitHub's."""
    depth = 0
    for token in state.tokens:
        if token.type == "code_block" and depth > 0 and _CLOSING.search(token.content):
            token.type = "html_block"
        if token.type == "html_block":
            depth += len(_OPENING.findall(token.content)) - len(_CLOSING.findall(token.content))


def _callout_title(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """`[!note]- Title`, the first line of a quotation, which ends there: a list or a table may follow."""
    first = state.bMarks[start] + state.tShift[start]
    match = _CALLOUT.match(state.src, first, state.eMarks[start])
    opened = bool(state.tokens) and state.tokens[-1].type == "blockquote_open"
    if silent or not opened or match is None:
        return False
    title = state.src[match.end() : state.eMarks[start]].strip()
    _push(state, "paragraph_open", 1, (start, start + 1)).tag = "p"
    _push(state, "inline", 0, (start, start + 1)).content = title
    _push(state, "paragraph_close", -1, None).tag = "p"
    state.line = start + 1
    return True


def _words_only(state: StateCore) -> None:
    """Take out what readers do not see as words: attributes, icons, keys, `==` and names of blocks."""
    for token in state.tokens:
        children = token.children or []
        for child in children:
            if child.type == "text":
                child.content = _ICON_OR_KEY.sub("", _ATTRIBUTES.sub("", child.content)).replace("==", "")
        if children:
            children[-1].content = _BLOCK_NAME.sub("", children[-1].content)
