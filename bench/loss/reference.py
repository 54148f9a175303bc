"""The source as its readers know it: GitHub's reading, with what Obsidian, MkDocs and wikis add to it.

`read_source` gives HTML in which a comment before each block names its lines, for `visible.read_html`. The parser is
markdown-it (CommonMark and GitHub's tables, tasks and strikethrough) with `reading_rules`, so that a fault of our own
reader is not in both readings.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, Final, cast

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from bench.loss.reading_rules import add_rules
from bench.loss.visible import lines_comment

_FRONT_MATTER: Final = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\n(.*?\n)??\1[ \t]*(?:\n|\Z)", re.DOTALL)
_DEFINITION: Final = re.compile(r"^[ ]*\[[^\[\]\n]+\]:[ ]*\S+[ ]*$", re.MULTILINE)


def split_front_matter(text: str) -> tuple[str, str, int]:
    """The front matter, the body, and the number of lines above the body."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return "", text.removeprefix("\ufeff"), 0
    return match[2] or "", text[match.end() :], text.count("\n", 0, match.end())


def read_source(body: str, titles: Mapping[str, str]) -> str:
    """The HTML of a body. `titles` are the titles of the documents by their names and titles, in lower case."""
    return str(_READER.render(body, {"titles": titles}))


def first_heading(body: str) -> str:
    """The text of the first heading, if it is of the first level and nothing but comments stands before it."""
    tokens = [t for t in _READER.parse(body, {"titles": {}}) if t.type != "html_block" or "<!--" not in t.content]
    if len(tokens) < 2 or tokens[0].type != "heading_open" or tokens[0].tag != "h1":
        return ""
    return " ".join("".join(t.content for t in tokens[1].children or () if t.type in {"text", "code_inline"}).split())


_Render = Callable[..., str]


def _with_lines(render: _Render) -> _Render:
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
    add_rules(reader)
    reader.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 (its name is theirs)
    renderer = cast(RendererHTML, reader.renderer)
    rules = cast(dict[str, _Render], renderer.rules)
    for name in ("math_inline", "math_inline_double", "math_block"):
        rules[name] = _math
    for name in ("footnote_caption", "footnote_anchor", "footnote_ref"):
        rules[name] = lambda *_: " "
    rules["html_block"] = _html
    for name in _BLOCKS:
        rules[name] = _with_lines(rules.get(name, renderer.renderToken))
    return reader


_BLOCKS: Final = (
    "paragraph_open", "heading_open", "fence", "code_block", "html_block", "tr_open", "container_open", "math_block",
    "blockquote_open", "list_item_open", "table_open",
)  # fmt: skip


def _math(tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    return f"<math><annotation>{escape(tokens[index].content)}</annotation></math>"


def _html(tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """HTML as it is, without the addresses of Markdown in it: many programs read that."""
    content = _DEFINITION.sub("", tokens[index].content)
    return re.sub(r"(?<=\])(?:\([^()\s]*(?:[ ]\"[^\"]*\")?\)|\[[^\[\]\n]*\])", "", content)


_READER: Final = _reader()
