"""The tags in what Markdown made: those of HTML's elements, and text that only looks like one.

A parser of HTML makes an element of `<your_name>`, a comment of `<?php`, and of `<script>` in a sentence a script that
reaches to the end of the page; cleaned, all of it vanishes. Here such text becomes text again, and what a body may not
hold is told. Tags are read as the HTML Living Standard §13.2.5 says, so that no parser after us reads them otherwise.
Code holds none: there Markdown has written `&lt;`.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from html import escape, unescape
from typing import Final


@dataclass(frozen=True, slots=True)
class CheckedMarkup:
    """Markdown's HTML, and what is to be told about its tags."""

    html: str
    """All its tags are HTML's."""
    removed: tuple[str, ...]
    """Tags of elements that a body may not hold, as written, the first of each name."""
    shown: tuple[str, ...]
    """What became text, as written, the first of each name."""
    addresses: tuple[str, ...]
    """Where links lead and images lie, without entities."""


_SPACE: Final = r"[ \t\n\f\r]*+"
_BETWEEN: Final = r"[ \t\n\f\r/]*+"
_NAME: Final = r"[^ \t\n\f\r/>=]++"
# Of a value that has no end, a parser takes all that follows; nobody writes a blank line in one.
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
"""HTML's, now and in the past, but `plaintext`, which nothing can end."""
_CUSTOM: Final = re.compile(r"[a-z][a-z0-9._]*-[a-z0-9._-]*")
"""An element that a script defines."""
_HOLDS_ENTITIES: Final = frozenset({"textarea", "title"})
_HOLDS_TEXT: Final = frozenset({"iframe", "noembed", "noframes", "xmp"}) | _HOLDS_ENTITIES
_NESTED: Final = frozenset({"math", "svg", "template"})
"""Elements of their own kind in these have an end too."""
_WHOLE: Final = frozenset({"script", "style"}) | _NESTED | _HOLDS_TEXT
"""What these hold is no HTML, or none that readers see, up to their end."""
_NO_HTML: Final = _WHOLE | {"noscript"}
"""Left to a parser, what these hold would be text with all its tags, or gone. (What a `noscript` holds is HTML: readers
have no script of the writer's.)"""
_NO_END: Final = frozenset("br col hr img input wbr".split())
_MAY_END: Final = frozenset("dd dt li p rp rt tbody td tfoot th thead tr".split())
"""They need not be closed."""
_BARE: Final = frozenset(
    """allowfullscreen async autofocus autoplay checked compact controls default defer disabled download hidden inert
    ismap itemscope loop markdown multiple muted noshade novalidate nowrap open playsinline readonly required reversed
    selected""".split()
)
"""Attributes that need no value."""
_TEXT_BLOCKS: Final = frozenset("dd dt h1 h2 h3 h4 h5 h6 li p td th".split())
_ADDRESSES: Final = {"a": "href", "img": "src"}


def read_tags(html: str, allowed: AbstractSet[str]) -> CheckedMarkup:
    """Make text of whatever is no tag of HTML's. `allowed`: the elements that a body may hold."""
    return _Reader(html, allowed).read()


def beginning(markup: str) -> str:
    """What tells it from others: `<Thing` of `<Thing a="b">`, `</b` of `</b>`, `[[!toc` of `[[!toc levels=2]]`."""
    return re.split(r"(?<!<)[ \t\n\f\r/>\]]", markup, maxsplit=1)[0]


class _Reader:
    """One pass over the HTML, tag by tag."""

    def __init__(self, html: str, allowed: AbstractSet[str]) -> None:
        self._html = html
        self._allowed = allowed
        self._last_ends = {match[1].lower(): match.start() for match in _END.finditer(html)}
        self._begun: set[str] = set()
        self._blocks: list[str] = []
        """The paragraphs, items and cells around, outermost first."""
        self._removed: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._addresses: list[str] = []

    def read(self) -> CheckedMarkup:
        html, out, position, kept = self._html, [], 0, 0
        while match := _MARKUP.search(html, position):
            end, name = self._html_end(match), (match["name"] or "").lower()
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

    def _html_end(self, match: re.Match[str]) -> int:
        """Where the tag or comment ends that begins here, or the element whose content is no HTML; 0 if it is text."""
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
        """As `_html_end`, of a start tag: it must be HTML's, and a parser must find its end where the writer put it."""
        if name not in ELEMENTS and not _CUSTOM.fullmatch(match["name"]):
            return 0
        if name in _WHOLE:
            return self._whole_end(match, name)
        is_element = is_closed = self._last_ends.get(name, 0) > match.start()
        if attributes and not is_closed:  # of `if a <b and c> d`, none is an attribute
            is_element = name in ELEMENTS and any(value or _is_bare(key) for key, value in attributes)
        elif not is_closed and name in self._allowed:
            is_element = name in _NO_END or name in _MAY_END
        return match.end() if is_element else 0

    def _whole_end(self, match: re.Match[str], name: str) -> int:
        """The end of such an element; 0 if it is not within the paragraph, say, in which the element begins."""
        start, end, depth = match.end(), len(self._html), 0
        if match[0].endswith("/>") and name in _NESTED:
            return start
        if self._last_ends.get(name, 0) < start:
            return 0
        if self._blocks and (found := self._html.find(f"</{self._blocks[-1]}>", start)) >= 0:
            end = found
        tags = re.compile(rf"<(/?){name}(?=[ \t\n\f\r/>])[^>]*?(/?)>", re.IGNORECASE)
        for tag in tags.finditer(self._html, start, end):
            if tag[1] and not depth:
                return tag.end()
            if name in _NESTED and not tag[2]:
                depth += -1 if tag[1] else 1
        return 0


def _value(written: str) -> str:
    """What an attribute says."""
    return unescape(written[1:-1] if written[:1] in {'"', "'"} else written)


_OF_FRAMEWORK: Final = re.compile(r"[@:][a-z]|[a-z]+[-:.][a-z]", re.IGNORECASE)


def _is_bare(attribute: str) -> bool:
    """May it stand without a value? Those of frameworks (`v-cloak`, `data-x`, `@click`) may."""
    return attribute.lower() in _BARE or bool(_OF_FRAMEWORK.match(attribute))
