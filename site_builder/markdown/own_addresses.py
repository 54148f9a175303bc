"""Full addresses of the site in a text: whether readers may see what they lead to is known only with all documents."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Final

from site_builder.markdown.reference_search import Span
from site_builder.urls import host_of, own_address

_ADDRESS: Final = re.compile(
    r"(?:https?:)?//(?:(?!&(?:lt|gt|quot|#34|#39|#60|#62);)[^\s<>\"“”«»\[\]\x02])+", re.IGNORECASE
)
_AFTER: Final = ".,;:!?'’)]}*_=~|"
"""Signs that end a sentence or its parts, not the address before them."""


class OwnAddresses:
    """Tells the addresses of one site from others."""

    def __init__(self, home: str) -> None:
        """`home`: the address of the site, as in `MarkdownOptions`."""
        self._home = home
        self._host = host_of(home)

    def has(self, url: str) -> bool:
        """Whether a full address is below that of the site."""
        return bool(self._host) and own_address(url, self._home) is not None

    def find(self, text: str) -> Iterator[Span]:
        """The places of the site's addresses in a text."""
        if not self._host or self._host not in text.casefold():
            return
        for match in _ADDRESS.finditer(text):
            address = match[0].rstrip(_AFTER)
            if self.has(unescape(address)):
                yield Span(match.start(), match.start() + len(address))

    def replace(self, text: str, of: Callable[[str], str]) -> str:
        """HTML text with something else in place of each of the site's addresses, which `of` gets without escapes."""
        if not self._host or self._host not in text.casefold():
            return text

        def replaced(match: re.Match[str]) -> str:
            address = match[0].rstrip(_AFTER)
            written = unescape(address)
            return of(written) + match[0][len(address) :] if self.has(written) else match[0]

        return _ADDRESS.sub(replaced, text)
