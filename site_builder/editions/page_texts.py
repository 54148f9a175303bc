"""The texts of documents as readers see them, plain or as HTML, from the cache where it has them."""

import re
from html import escape
from typing import Final

from site_builder.cache import Cache
from site_builder.editions.edition import DocumentFacts
from site_builder.editions.side import Side
from site_builder.markdown.references import fill, plain_text
from site_builder.render.format import BodyView


class PageTexts:
    """Texts of one side. The site itself is asked only for those that the cache has lost."""

    def __init__(self, side: Side, cache: Cache) -> None:
        self._side, self._cache = side, cache

    def html(self, one: DocumentFacts) -> str:
        """The HTML of a body, with its references still open."""
        key = bytes.fromhex(one.body)
        if not one.body:
            return ""
        kept = self._cache.get("body", [key]).get(key)
        if kept is not None:
            return kept.decode(errors="replace")
        return self._side.site.bodies(BodyView(one.body, one.path, ()))

    def of(self, one: DocumentFacts) -> str:
        """The words of a body, with the titles of what it refers to."""
        names = one.names

        def title(number: int) -> str:
            return escape(names[number]) if number < len(names) else ""

        return plain_text(_INLINE.sub("", fill(self.html(one), lambda _number, _is_sized: "", title)))


_INLINE: Final = re.compile(
    r"</?(?:a|abbr|b|cite|code|del|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var)\b[^>]*>"
)
"""Tags that do not end a word."""
