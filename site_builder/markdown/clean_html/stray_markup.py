"""Distinguish HTML tags in Markdown's output from text that only looks like a tag.

An HTML parser reads `<your_name>` as an element, `<?php` as a comment, and `<script>` in a sentence as a script that
extends to the end of the page; cleaning would remove all of it. Here such text is escaped, and tags that are not
allowed in a body are reported. Tags are read by the rules of the HTML Living Standard §13.2.5, so that no later parser
disagrees. Code contains no tags: there Markdown has written `&lt;`.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from html import escape, unescape
from typing import Final, NamedTuple


@dataclass(frozen=True, slots=True)
class CheckedMarkup:
    """Markdown's HTML after the check, and the findings about its tags."""

    html: str
    """Contains HTML tags only."""
    removed: tuple[str, ...]
    """Tags of elements that are not allowed in a body, as written, the first of each name."""
    shown: tuple[str, ...]
    """What was escaped, as written, the first of each name."""
    addresses: tuple[str, ...]
    """Addresses of links and images, without entities."""


_SPACE: Final = r"[ \t\n\f\r]*+"
_BETWEEN: Final = r"[ \t\n\f\r/]*+"
_NAME: Final = r"[^ \t\n\f\r/>=]++"
# A parser reads an unclosed value to the end of the text; a real value contains no blank line.
_VALUE: Final = r"""(?:"(?:[^"\n]|\n(?![ \t]*\n))*+"|'(?:[^'\n]|\n(?![ \t]*\n))*+'|[^ \t\n\f\r>"'][^ \t\n\f\r>]*+)"""
_ATTRIBUTE: Final = re.compile(rf"{_BETWEEN}({_NAME})(?:{_SPACE}={_SPACE}({_VALUE}))?+")
_MARKUP: Final = re.compile(
    r"(?P<comment><!--(?:-?>|.*?--!?>))"
    r"|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<[!?][^>]*>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][^ \t\n\f\r/>]*+)"
    rf"(?P<attributes>(?:{_BETWEEN}{_NAME}(?:{_SPACE}={_SPACE}{_VALUE})?+)*+){_BETWEEN}>"
    r"|<",
    re.DOTALL,
)
_END: Final = re.compile(r"</([A-Za-z][^ \t\n\f\r/>]*)")

ELEMENTS: Final = frozenset(
    """a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body
    br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em
    embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i
    iframe img input ins kbd label legend li link listing main map mark marquee math menu meta meter nav nobr noembed
    noframes noscript object ol optgroup option output p param picture pre progress q rb rp rt rtc ruby s samp script
    search section select slot small source span strike strong style sub summary sup svg table tbody td template
    textarea tfoot th thead time title tr track tt u ul var video wbr xmp""".split()
)
"""Current and obsolete HTML elements, except `plaintext`, which cannot be closed."""
_CUSTOM: Final = re.compile(r"[a-z][a-z0-9._]*-[a-z0-9._-]*")
"""The name of a custom element."""
_HOLDS_ENTITIES: Final = frozenset({"textarea", "title"})
_HOLDS_TEXT: Final = frozenset({"iframe", "noembed", "noframes", "xmp"}) | _HOLDS_ENTITIES
_NESTED: Final = frozenset({"math", "svg", "template"})
"""These may contain elements of the same name."""
_WHOLE: Final = frozenset({"script", "style"}) | _NESTED | _HOLDS_TEXT
"""Up to the end tag of these, the content is not HTML, or not visible."""
_NO_HTML: Final = _WHOLE | {"noscript"}
"""A parser would show the content of these as text, tags included, or remove it. (The content of `noscript` is HTML,
because the writer's scripts are not published.)"""
_NO_END: Final = frozenset("br col hr img input wbr".split())
_MAY_END: Final = frozenset("dd dt li p rp rt tbody td tfoot th thead tr".split())
"""Elements whose end tag is optional."""
_BARE: Final = frozenset(
    """allowfullscreen async autofocus autoplay checked compact controls default defer disabled download hidden inert
    ismap itemscope loop markdown multiple muted noshade novalidate nowrap open playsinline readonly required reversed
    selected""".split()
)
"""Attributes without a value."""
_TEXT_BLOCKS: Final = frozenset("dd dt h1 h2 h3 h4 h5 h6 li p td th".split())
_ADDRESSES: Final = {"a": "href", "img": "src"}


def read_tags(html: str, allowed: AbstractSet[str]) -> CheckedMarkup:
    """Escape everything that is not an HTML tag. `allowed`: the elements that are allowed in a body."""
    return _Reader(html, allowed).read()


class SourceTag(NamedTuple):
    """A tag in a Markdown text, or a whole element whose content no page shows as HTML."""

    start: int
    end: int
    name: str
    is_end: bool
    attributes: tuple[tuple[str, str, str], ...]
    """Each as written, with the blank before it; its name; its value, without entities."""
    held: str | None
    """What a page shows of the content of the element; None of a mere tag."""


MAX_LOOKED_AT: Final = 2_000_000
"""Signs that are looked at in vain: `<a b="` may end a thousand signs later, or a hundred thousand, or never."""


def tags_in_source(text: str, allowed: AbstractSet[str]) -> Iterator[SourceTag]:
    """The HTML tags in a Markdown text in which code is blanked, in their order.

    Where thousands of tags begin and do not end, each `<` after them is given as a tag that pages show as text.
    """
    reader, at, last = _SourceReader(text, allowed), 0, max(text.rfind(">"), 0)
    looked_at = 0
    while (start := text.find("<", at, last)) >= 0 and looked_at <= MAX_LOOKED_AT:
        match = _MARKUP.match(text, start)
        if match is None:  # the pattern takes a mere "<" too
            break
        end, name = reader.html_end(match), (match["name"] or "").lower()
        at = end or match.end()
        if at == start + 1 and not text.startswith(" ", at):
            looked_at += last - start
        if not end or not name:
            continue
        written = _ATTRIBUTE.finditer(match["attributes"] or "")
        attributes = tuple((one[0], one[1].lower(), _value(one[2] or "")) for one in written)
        held = None
        if name in _WHOLE and not match["end"]:
            held = text[match.end() : text.rindex("</", 0, end)] if name in _HOLDS_TEXT else ""
        yield SourceTag(start, end, name, bool(match["end"]), attributes, held)
    while start >= 0:
        yield SourceTag(start, start + 1, "", False, (), "<")
        start = text.find("<", start + 1, last)


def beginning(markup: str) -> str:
    """The part that identifies it: `<Thing` of `<Thing a="b">`, `</b` of `</b>`, `[[!toc` of `[[!toc levels=2]]`."""
    return re.split(r"(?<!<)[ \t\n\f\r/>\]]", markup, maxsplit=1)[0]


class _Reader:
    """One pass over the HTML, tag by tag."""

    def __init__(self, html: str, allowed: AbstractSet[str]) -> None:
        self._html = html
        self._allowed = allowed
        self._last_ends = {match[1].lower(): match.start() for match in _END.finditer(html)}
        self._begun: set[str] = set()
        self._blocks: list[str] = []
        """The open paragraphs, items and cells, outermost first."""
        self._removed: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._addresses: list[str] = []

    def read(self) -> CheckedMarkup:
        html, out, position, kept = self._html, [], 0, 0
        while match := _MARKUP.search(html, position):
            end, name = self.html_end(match), (match["name"] or "").lower()
            position = end or match.end()
            if end and name not in _NO_HTML:
                continue
            out.append(html[kept : match.start()])
            kept = position
            if not end:
                out.append(escape(match[0], quote=False))
                if len(match[0]) > 1:
                    self._shown.setdefault(beginning(match[0]).lower().strip("</"), match[0])
            elif name in _HOLDS_TEXT:
                held = html[match.end() : html.rindex("</", 0, end)]
                out.append(escape(unescape(held) if name in _HOLDS_ENTITIES else held, quote=False))
        out.append(html[kept:])
        removed, shown = tuple(self._removed.values()), tuple(self._shown.values())
        return CheckedMarkup("".join(out), removed, shown, tuple(self._addresses))

    def html_end(self, match: re.Match[str]) -> int:
        """End of the tag or comment, or of the whole element if its content is not HTML; 0 if the match is text."""
        is_comment, is_end, name, written = match.group("comment", "end", "name", "attributes")
        if not name:
            return match.end() if is_comment else 0
        name = name.lower()
        if is_end:
            if name in self._blocks:
                while self._blocks.pop() != name:
                    pass
            return match.end() if name in self._begun or name in _NO_END else 0
        attributes = _ATTRIBUTE.findall(written) if written else []
        end = self._element_end(match, name, attributes)
        if not end:
            return 0
        self._begun.add(name)
        if name in _TEXT_BLOCKS:
            self._blocks.append(name)
        if name not in self._allowed:
            self._removed.setdefault(name, match[0])
        elif attributes and name in _ADDRESSES:
            values = [_value(value) for key, value in attributes if key.lower() == _ADDRESSES[name]]
            self._addresses += values[:1]
        return end

    def _element_end(self, match: re.Match[str], name: str, attributes: list[tuple[str, str]]) -> int:
        """Like `html_end`, for a start tag: 0 unless it is an HTML tag whose element ends where its writer meant."""
        if name not in ELEMENTS and not _CUSTOM.fullmatch(match["name"]):
            return 0
        if name in _WHOLE:
            return self._whole_end(match, name)
        is_element = is_closed = self._last_ends.get(name, 0) > match.start()
        if attributes and not is_closed:  # in `if a <b and c> d`, there are no attributes
            is_element = name in ELEMENTS and any(value or _is_bare(key) for key, value in attributes)
        elif not is_closed and name in self._allowed:
            is_element = name in _NO_END or name in _MAY_END
        return match.end() if is_element else 0

    def _whole_end(self, match: re.Match[str], name: str) -> int:
        """The end of such an element; 0 if it is outside of the paragraph (item, cell) in which the element starts."""
        start, end, depth = match.end(), len(self._html), 0
        if match[0].endswith("/>") and name in _NESTED:
            return start
        if self._last_ends.get(name, 0) < start:
            return 0
        if (found := self._block_end(match)) >= 0:
            end = found
        tags = re.compile(rf"<(/?){name}(?=[ \t\n\f\r/>])[^>]*?(/?)>", re.IGNORECASE)
        for tag in tags.finditer(self._html, start, end):
            if tag[1] and not depth:
                return tag.end()
            if name in _NESTED and not tag[2]:
                depth += -1 if tag[1] else 1
        return 0

    def _block_end(self, match: re.Match[str]) -> int:
        """The end of the paragraph (item, cell) in which a tag stands; -1 if there is none."""
        return self._html.find(f"</{self._blocks[-1]}>", match.end()) if self._blocks else -1


_LINE_START: Final = re.compile(r"(?:\A|\n)[ \t>]*\Z")
_EMPTY_LINE: Final = re.compile(r"\n[ \t]*\n")


class _SourceReader(_Reader):
    """The same for Markdown, in which HTML in a line ends with its paragraph."""

    def _block_end(self, match: re.Match[str]) -> int:
        line = self._html.rfind("\n", 0, match.start()) + 1
        if _LINE_START.search(self._html, max(0, line - 1), match.start()):
            return -1
        end = _EMPTY_LINE.search(self._html, match.end())
        return end.start() if end else -1


def _value(written: str) -> str:
    """The value of an attribute."""
    return unescape(written[1:-1] if written[:1] in {'"', "'"} else written)


_OF_FRAMEWORK: Final = re.compile(r"[@:][a-z]|[a-z]+[-:.][a-z]", re.IGNORECASE)


def _is_bare(attribute: str) -> bool:
    """Whether it may have no value, as attributes of frameworks (`v-cloak`, `data-x`, `@click`) may."""
    return attribute.lower() in _BARE or bool(_OF_FRAMEWORK.match(attribute))
