"""What a page leaves out of its text is left out of its Markdown version too: handlers, scripts, unused definitions.

Cleaning works on HTML, where code is told from tags for certain; the Markdown version is the writer's text. So what
looks like code there is compared with the page: what is not shown as text on it is not code.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Final

from site_builder.markdown.clean_html.cleaning import TAGS, is_kept
from site_builder.markdown.clean_html.stray_markup import SourceTag, tags_in_source
from site_builder.markdown.reference_places import replace_spans
from site_builder.markdown.reference_search import Span
from site_builder.markdown.source_positions import without_code

_MAY_BE_LEFT_OUT: Final = re.compile(r"<[A-Za-z!/]|^[ \t>*+-]*\*?\[[^\]\n]*\]:|\{[^{}\n]*=", re.MULTILINE)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_DEFINITION: Final = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*\[(?!\^)([^\[\]\n]*)\]:[ \t]*\S.*"
    r"(?:\n[ \t>]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))[ \t]*$)?",
    re.MULTILINE,
)
_LABEL: Final = re.compile(r"\[([^\[\]\n]+)\](?!:)")
_ABBREVIATION: Final = re.compile(r"^ {0,3}\*\[[^\]\n]+\]:(.*)$", re.MULTILINE)
_ATTRIBUTE_LIST: Final = re.compile(r"\{[^{}\n]+\}")
_PAIR: Final = re.compile(r"(?<![^\s{:])([^\s=\"'{}]+)=(\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'{}]+)[ \t]?")
_OF_MARKDOWN: Final = frozenset({"", "0", "1", "block", "markdown", "span"})
"""Values of the attribute `markdown`, which says that a text in HTML is Markdown."""
_HTML_TAG: Final = re.compile(r"<[^>]*>")
_NO_LETTER: Final = re.compile(r"[^\w<]|_")
_NOT_LINE_END: Final = re.compile(r"[^\n]")


def without_left_out(text: str, html: str) -> str:
    """The Markdown of a body without what its page leaves out; `html` is the body on the page."""
    if not _MAY_BE_LEFT_OUT.search(text):
        return text
    shown = _letters(unescape(_HTML_TAG.sub("", html)))
    if "<!--" in text:
        last = text.rfind("-->") + 3  # from each comment without an end, the whole rest would be searched
        closed = _COMMENT.sub(lambda match: match[0] if _letters(match[0]) in shown else "", text[:last])
        text = closed + text[last:]
    if "]:" in text:
        everywhere = _letters(unescape(html))
        text = replace_spans(text, [(span, "") for span in _unused_definitions(text, shown, everywhere)])
    if "{" in text:
        text = _ATTRIBUTE_LIST.sub(lambda match: _attribute_list(match[0], shown), text)
    if "<" in text:
        text = replace_spans(text, list(_tags(text, without_code(text), lambda tag: _is_escaped(text, tag, shown))))
        # A tag in what looks like code may be one: `# The ` key` ends with its line, and so does the code.
        code = _blank_others(text, without_code(text))
        text = replace_spans(text, list(_tags(text, code, lambda tag: _letters(text[tag.start : tag.end]) in shown)))
    return text


def _letters(text: str) -> str:
    """The letters, digits and `<` of a text: what stays of it on a page, with typography and colours."""
    return _NO_LETTER.sub("", text)


def _unused_definitions(text: str, shown: str, everywhere: str) -> Iterator[Span]:
    """Definitions of links that no link names, and of abbreviations that are not in the text."""
    visible = without_code(text)
    used = {label.casefold() for label in _LABEL.findall(visible)}
    for match in _DEFINITION.finditer(visible):
        if match[1].casefold() not in used and _letters(text[match.start() : match.end()]) not in shown:
            yield Span(*match.span())
    for match in _ABBREVIATION.finditer(visible):
        if _letters(match[1]) not in everywhere:
            yield Span(*match.span())


def _attribute_list(written: str, shown: str) -> str:
    """`{: .wide onclick="x"}` with what the page keeps of it; as written if it is shown as text."""
    if "=" not in written or _letters(written) in shown:
        return written

    def kept(pair: re.Match[str]) -> str:
        return pair[0] if is_kept("", pair[1].lower(), pair[2].strip("\"'")) else ""

    return _PAIR.sub(kept, written)


def _is_escaped(text: str, tag: SourceTag, shown: str) -> bool:
    return text.endswith("\\", 0, tag.start) and _letters(text[tag.start : tag.end]) in shown


def _blank_others(text: str, visible: str) -> str:
    """The text with control characters in place of everything that is visible, so that only code is left."""
    return "".join(one if one == "\n" or one != other else "\x01" for one, other in zip(text, visible, strict=True))


def _tags(text: str, read: str, is_text: Callable[[SourceTag], bool]) -> Iterator[tuple[Span, str]]:
    """What stands in place of each tag that the page does not have as it is written; `read` is the part to look at."""
    for tag in tags_in_source(read, TAGS):
        if is_text(tag):
            continue
        if tag.name not in TAGS:
            yield Span(tag.start, tag.end), escape(tag.held or "", quote=False)
        elif not tag.is_end:
            left_out = {written for written, name, value in tag.attributes if not _stays(tag.name, name, value)}
            if left_out:
                kept = "".join(one[0] for one in tag.attributes if one[0] not in left_out)
                closing = "/>" if text.endswith("/>", 0, tag.end) else ">"
                yield Span(tag.start, tag.end), f"{text[tag.start : tag.start + 1 + len(tag.name)]}{kept}{closing}"


def _stays(tag: str, attribute: str, value: str) -> bool:
    return is_kept(tag, attribute, value) or (attribute == "markdown" and value in _OF_MARKDOWN)
