"""The fixed words of documents: their kinds and states, and what stands for a text that nobody has written yet.

Apart from the models, which take a tenth of a second to load: whoever writes a draft needs the words alone.
"""

from enum import StrEnum
from typing import Final

EXCERPT_MARK: Final = "<!-- Excerpt of the source:"
"""Start of the comment in which `import` asks curators to write their own summary."""
NO_SUMMARY: Final = "(no summary yet)"
"""Summary shown for a draft that has none."""


class Kind(StrEnum):
    """The kinds of document, in the order in which a bare `[[slug]]` is looked up."""

    ARTICLE = "article"
    TOPIC = "topic"
    ENTITY = "entity"
    TOOL = "tool"
    PAGE = "page"

    __hash__ = str.__hash__  # that of Enum is written in Python, and kinds are part of many keys


class Status(StrEnum):
    """Editorial state of a summary. Only `published` and `stub` appear on the site."""

    STUB = "stub"
    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"


class Pricing(StrEnum):
    """What a tool costs."""

    FREE = "free"
    FREEMIUM = "freemium"
    PAID = "paid"
    UNKNOWN = "unknown"
