"""The marks within a text, read in a time that grows with the text, however many there are.

Python-Markdown copies all of a text for every mark in it, and searches the rest of it for the end of each mark. So a
text that is far longer than a paragraph is read in parts, which end where a line, a sentence or a word does; what
begins in one part does not end in the next.
"""

import re
from collections import deque
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, INLINE_PLACEHOLDER_RE, AtomicString

from site_builder.markdown.shortcuts.used_patterns import UsedPatterns
from site_builder.markdown.syntax.remarks import Remark

MAX_CHARACTERS: Final = 10_000
"""Of a text that is read in one go: 1,500 words. No paragraph in 258 documents of large sites has more than 4,000."""
_DATA: Final = re.compile(r"data:[\w/+.;=-]{0,200},[A-Za-z0-9+/%]{1000,}={0,2}")
"""A picture within a text, which has no marks in it."""
_ENDS: Final = (re.compile(r".*\n", re.DOTALL), re.compile(r".*[.!?;]\s", re.DOTALL), re.compile(r".*\s", re.DOTALL))
"""Where a part may end, best first."""
_NEAR_END: Final = MAX_CHARACTERS // 4
"""How far before its limit a part may end for the sake of a better place."""
_LONG: Final = (
    "the beginning of a very long paragraph, which is read in parts: what begins in one does not end in the next"
)
_LONG_HINT: Final = "divide it with empty lines"


def register_inline_text(converter: Markdown, remarks: list[Remark]) -> None:
    """Replace the step that reads the marks within texts (20)."""
    converter.treeprocessors.register(_InlineText(converter, remarks), "inline", 20)


def parts(text: str) -> Iterator[str]:
    """The text in parts of at most about MAX_CHARACTERS, each as long as can be; data in addresses do not count."""
    data = [match.span() for match in _DATA.finditer(text)] if "data:" in text else []
    start = 0
    while len(text) - start > MAX_CHARACTERS:
        end = start + MAX_CHARACTERS
        while data and data[0][0] < end:
            first, last = data.pop(0)
            end += last - max(first, start)
        if end >= len(text):
            break
        for pattern in _ENDS:
            if match := pattern.match(text, max(start, end - _NEAR_END), end):
                end = match.end()
                break
        yield text[start:end]
        start = end
    yield text[start:]


def _beginning(text: str) -> str:
    """The first words of a text without marks, which can be found in the source."""
    words = re.split(r"[\n\x02\x03]", text.strip(), maxsplit=1)[0][:40]
    return words.rpartition(" ")[0] or words


def _end_text(
    texts: list[str], result: list[tuple[Element, list[str]]], parent: Element, *, is_text: bool, is_atomic: bool
) -> None:
    """Add the text read so far behind the last element, or where the text of its parent begins."""
    text = "".join(texts)
    if is_atomic and texts[-1] == text:
        text = AtomicString(text)
    texts.clear()
    holder = result[-1][0] if result else parent
    if text and (is_text and not result):
        holder.text = f"{before}{text}" if (before := holder.text) else text
    elif text:
        holder.tail = f"{before}{text}" if (before := holder.tail) else text


class _InlineText(InlineProcessor):
    """Python-Markdown's own step, with its methods that take a text or a tree replaced."""

    def __init__(self, md: Markdown, remarks: list[Remark]) -> None:
        super().__init__(md)
        self._remarks = remarks
        self.used = UsedPatterns([(pattern, ()) for pattern in md.inlinePatterns])
        """Those that may match something in the document."""
        self._read = getattr(super(), "_InlineProcessor__handleInline")  # noqa: B009 (its name is private)

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Read the texts of all elements of a tree."""
        self.stashed_nodes: dict[str, Element | str] = {}
        self.parent_map = {child: parent for parent in tree.iter() for child in parent}
        parents = list(ancestors or ())
        self._InlineProcessor__build_ancestors(tree, parents)  # type: ignore[attr-defined]
        waiting = deque([(tree, parents)])
        while waiting:
            current, self.ancestors = waiting.popleft()
            if current is not tree:
                self.ancestors.append(current.tag.lower())
            made: list[tuple[Element, list[tuple[Element, list[str]]]]] = []
            number = 0
            while number < len(current):  # behind a child, more may be put in
                child = current[number]
                number += 1
                if child.text and not isinstance(child.text, AtomicString):
                    self.ancestors.append(child.tag.lower())
                    text, child.text = child.text, None
                    inside = self._InlineProcessor__processPlaceholders(
                        self._InlineProcessor__handleInline(text), child
                    )
                    self.parent_map |= dict.fromkeys((element for element, _ in inside), child)
                    waiting += inside
                    made.append((child, inside))
                    self.ancestors.pop()
                if child.tail:
                    self._read_tail(current, child, number)
                if len(child):
                    self.parent_map[child] = current
                    waiting.append((child, self.ancestors[:]))
            for element, inside in made:
                element[:0] = [new for new, _ in inside]
        return tree

    def _read_tail(self, parent: Element, child: Element, at: int) -> None:
        """Read the text behind an element; `at` is the place behind it."""
        holder = Element("d")
        tail, child.tail = child.tail or "", None
        found = self._InlineProcessor__processPlaceholders(self._InlineProcessor__handleInline(tail), holder, False)
        child.tail = holder.tail
        self.parent_map |= dict.fromkeys((element for element, _ in found), parent)
        parent[at:at] = [element for element, _ in found]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 (theirs)
        """The text with placeholders for what its marks make."""
        if isinstance(data, AtomicString):
            return data
        if not patternIndex:
            if len(data) <= MAX_CHARACTERS:
                return self._whole(data)
            pieces = list(parts(data))
            if len(pieces) > 1:
                self._remarks.append(Remark(_beginning(data), _LONG, _LONG_HINT, code="paragraph-too-long"))
            return "".join(map(self._whole, pieces))
        read: str = self._read(data, patternIndex)
        return read

    def _whole(self, data: str) -> str:
        self.inlinePatterns = self.used.in_text(data).inline  # type: ignore[assignment]
        if not self.inlinePatterns:
            return data
        read: str = self._read(data, 0)
        return read

    def _InlineProcessor__processPlaceholders(  # noqa: N802
        self,
        data: str | None,
        parent: Element,
        isText: bool = True,  # noqa: N803 (theirs)
    ) -> list[tuple[Element, list[str]]]:
        """The elements that placeholders in a text stand for; the text before the first is added to `parent`."""
        result: list[tuple[Element, list[str]]] = []
        texts: list[str] = []

        at = 0
        is_atomic = False
        while data:
            start = data.find(INLINE_PLACEHOLDER_PREFIX, at)
            if start < 0:
                is_atomic = isinstance(data, AtomicString)
                texts.append(data[at:])
                break
            match = INLINE_PLACEHOLDER_RE.search(data, start)
            node = self.stashed_nodes.get(match[1]) if match else None
            if match is None or node is None:
                end = start + len(INLINE_PLACEHOLDER_PREFIX)
                texts.append(data[at:end])
                at = end
                continue
            texts.append(data[at:start])
            at = match.end()
            if isinstance(node, str):
                texts.append(node)
                continue
            _end_text(texts, result, parent, is_text=isText, is_atomic=is_atomic)
            for child in [node, *node]:
                if child.tail and child.tail.strip():
                    self._InlineProcessor__processElementText(node, child, False)  # type: ignore[attr-defined]
                if child.text and child.text.strip():
                    self._InlineProcessor__processElementText(child, child)  # type: ignore[attr-defined]
            result.append((node, self.ancestors[:]))
        _end_text(texts, result, parent, is_text=isText, is_atomic=is_atomic)
        return result
