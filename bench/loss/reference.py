"""The source as its readers know it: GitHub's reading, with what Obsidian, MkDocs and wikis add to it.

`read_source` gives HTML in which a comment before each block names its lines, for `visible.read_html`. The parser is
markdown-it (CommonMark and GitHub's tables, tasks and strikethrough). Its rules below add only what other programs show
in another way than GitHub: admonitions and tabs, private comments, wiki links, highlighted text.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from bench.loss.visible import lines_comment

_FRONT_MATTER: Final = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\n(.*?\n)??\1[ \t]*(?:\n|\Z)", re.DOTALL)
_UNSEEN_BLOCK: Final = re.compile(
    r"""[ ]{0,3}\*\[[^\]]+\]:.*$ | \s*\[TOC\]\s*$ | \s*\[\[_?TOC_?\]\]\s*$ | .*-8<-.*$""", re.VERBOSE | re.IGNORECASE
)
"""Lines that readers do not see as words: abbreviations, the place of a table of contents, included files."""
_CONTAINER: Final = re.compile(r"(?:!!!|\?\?\?\+?|===[+!]*)[ ]*(?P<words>[\w .|-]*?)[ ]*(?:\"(?P<title>.*)\")?[ ]*$")
_CALLOUT: Final = re.compile(r"\[!(?P<kind>[^\]\n]+)\][+-]?[ ]*")
_WIKI: Final = re.compile(r"(?P<embed>!?)\[\[(?P<target>[^\[\]|\n]+(?:\n[^\[\]|\n]+)?)(?:\\?\|(?P<text>[^\[\]]*))?\]\]")
_PICTURE: Final = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp|mp3|mp4|webm|pdf)$", re.IGNORECASE)
_ATTRIBUTES: Final = re.compile(r"\{:?[ ]*(?:[.#][\w:-]+|[\w-]+=(?:\"[^\"]*\"|'[^']*'|[\w.-]+))(?:[ ]+[^{}\n]*)?[ ]*\}")
_CODE_OR_TEMPLATE_LINK: Final = re.compile(
    r"(?<!`)(?P<code>`+)(?!`)[\s\S]+?(?<!`)(?P=code)(?!`)|(?<=\])\((?=[^()\n]*\{[{%])(?:[^(){}\n]|\{[{%][\s\S]*?[%}]\})*\)"
)
"""`({{ site.url }}/x)` behind a link's text: an address that a template engine fills in."""
_TEMPLATE_DEFINITION: Final = re.compile(r"[ ]{0,3}\[(?P<label>[^\]]+)\]:[^\n]*\{[{%]")
_LABEL_BELOW: Final = re.compile(r"\][ ]?\n\[([^\[\]\n]+)\]")
_OPENING: Final = re.compile(r"<(?:table|tbody|tr|td|th|div|ul|ol|li|dl|section|details|p)\b", re.IGNORECASE)
_CLOSING: Final = re.compile(r"</(?:table|tbody|tr|td|th|div|ul|ol|li|dl|section|details|p)>", re.IGNORECASE)
_DEFINITION: Final = re.compile(r"^[ ]*\[[^\[\]\n]+\]:[ ]*\S+[ ]*$", re.MULTILINE)
_ICON: Final = re.compile(r"(?<!\w):(?:[a-z][a-z0-9_+-]*|[+-]1):")


def split_front_matter(text: str) -> tuple[str, str, int]:
    """The front matter, the body, and the number of lines above the body."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return "", text.removeprefix("\ufeff"), 0
    return match[2] or "", text[match.end() :], text.count("\n", 0, match.end())


def read_source(body: str, titles: Mapping[str, str]) -> str:
    """The HTML of a body. `titles` are the titles of the documents by their names and titles, in lower case."""
    return _READER.render(body, {"titles": titles})


def first_heading(body: str) -> str:
    """The text of the first heading, if it is of the first level and nothing but comments stands before it."""
    tokens = [t for t in _READER.parse(body, {"titles": {}}) if t.type != "html_block" or "<!--" not in t.content]
    if len(tokens) < 2 or tokens[0].type != "heading_open" or tokens[0].tag != "h1":
        return ""
    return " ".join("".join(t.content for t in tokens[1].children or () if t.type in {"text", "code_inline"}).split())


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


def _push(state: StateBlock, kind: str, nesting: Any, lines: tuple[int, int] | None) -> Token:
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
        page = target.partition("#")[0].rstrip("/").rpartition("/")[2].strip()
        title = state.env["titles"].get(page.casefold(), target)
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
    """Addresses that a template engine fills in, and `[text]` with its `[label]` in the next line, as in the first
    Markdown and Python-Markdown."""
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


def _finish(state: StateCore) -> None:
    """Take out what readers do not see as words: the type of a callout, attribute lists, names of icons, `==`."""
    previous = before = None
    for token in state.tokens:
        if token.type == "inline":
            children = token.children or []
            if previous is not None and before is not None and before.type == "blockquote_open" and children:
                children[0].content = _CALLOUT.sub("", children[0].content, count=1)
            for child in children:
                if child.type == "text":
                    child.content = _ICON.sub("", _ATTRIBUTES.sub("", child.content)).replace("==", "")
        before, previous = previous, token


def _with_lines(render: Any) -> Any:
    """A renderer of one token that writes the lines of the token before it."""

    def rule(tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        fence = token.type == "fence"
        comment = lines_comment(token.map[0] + 1 + fence, token.map[1]) if token.map and token.nesting >= 0 else ""
        return comment + str(render(tokens, index, options, env))

    return rule


def _reader() -> MarkdownIt:
    reader = MarkdownIt("gfm-like2", {"linkify": False, "alerts": False, "html": True})
    reader.disable("linkify")
    footnote_plugin(reader)
    dollarmath_plugin(reader, allow_digits=False, allow_labels=False, allow_space=False, double_inline=True)
    interrupting = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    reader.block.ruler.before("fence", "container", _container, interrupting)
    reader.block.ruler.before("fence", "unseen_line", _unseen_line, interrupting)
    reader.block.ruler.before("fence", "private_block", _private_block, interrupting)
    reader.block.ruler.before("reference", "template_definition", _template_definition)
    reader.inline.ruler.before("link", "wiki_link", _wiki_link)
    reader.inline.ruler.before("link", "private_inline", _private_inline)
    reader.inline.ruler.before("escape", "bracket_formula", _bracket_formula)
    reader.core.ruler.after("block", "links_of_others", _links_of_others)
    reader.core.ruler.after("block", "html_goes_on", _html_goes_on)
    reader.validateLink = lambda _url: True  # type: ignore[method-assign]
    reader.core.ruler.push("finish", _finish)
    for name in ("math_inline", "math_inline_double", "math_block", "math_block_eqno", "math_single"):
        reader.renderer.rules[name] = _math
    reader.renderer.rules["html_block"] = _html
    for name in ("footnote_caption", "footnote_anchor", "footnote_ref"):
        reader.renderer.rules[name] = lambda *_: " "
    rules = dict(reader.renderer.rules)
    plain = reader.renderer.renderToken
    for name in _BLOCKS:
        reader.renderer.rules[name] = _with_lines(rules.get(name, lambda t, i, o, e: plain(t, i, o, e)))
    return reader


_BLOCKS: Final = (
    "paragraph_open", "heading_open", "fence", "code_block", "html_block", "tr_open", "container_open", "math_block",
    "math_block_eqno", "blockquote_open", "list_item_open", "table_open",
)  # fmt: skip


def _math(tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    return f"<math><annotation>{escape(tokens[index].content)}</annotation></math>"


def _html(tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """HTML as it is, without the addresses of Markdown in it: many programs read that."""
    content = _DEFINITION.sub("", tokens[index].content)
    return re.sub(r"(?<=\])\([^()\s]*(?:[ ]\"[^\"]*\")?\)", "", content)


_READER: Final = _reader()
