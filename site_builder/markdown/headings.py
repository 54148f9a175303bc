"""Ids of headings, and which heading the part of a link after `#` means.

One rule makes the ids (Python-Markdown's, but letters of every script stay), and one function finds a heading by what
people write: its id, its text, or the id that GitHub gives it.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import count
from typing import Final, Protocol

from site_builder.markdown.references import numbers_in
from site_builder.urls import fold_latin, slugify

_WORDS: Final = re.compile(r"[\w\s-]")
_FILLED_IN_LATER: Final = re.compile("\x02t[0-9]+\x03")
"""The title of a `[[slug]]` in a heading, which is not known yet."""


class HeadingLike(Protocol):
    """What is known about a heading."""

    @property
    def id(self) -> str:
        """Its id on the page."""

    @property
    def text(self) -> str:
        """Its text as readers see it."""


def heading_id(text: str, separator: str = "-") -> str:
    """The id of a heading: `What's new` -> `whats-new`, `Über uns` -> `uber-uns`, `概要` -> `概要`.

    Signs are dropped, Latin letters lose their accents, words are joined by the separator. For text that is ASCII
    this is the id that Python-Markdown would give. Signs alone are named: `🚢` -> `ship`.
    """
    words = _only_words(fold_latin(text)).strip() or " ".join(_names_of_signs(text))
    return re.sub(rf"[{re.escape(separator)}\s]+", separator, words)


_GITHUB_PREFIX: Final = "user-content-"
"""Of the ids in GitHub's HTML, which people copy from there."""


def find_heading(fragment: str, headings: Sequence[HeadingLike], anchors: Collection[str]) -> str | None:
    """The id that a fragment means among all ids of a page; None if there is nothing like it.

    Exact ids come first, then the text of a heading, then GitHub's ids, then the same letters and digits with other
    signs between them. Of headings with the same text, the first is meant. `Part#Chapter` means the heading `Chapter`
    in the section `Part`.
    """
    if fragment in anchors:
        return fragment
    found = _by_name(fragment, headings, _plain) or _by_github_id(fragment, headings)
    found = found or _by_name(fragment, headings, _letters) or _by_own_id(fragment, headings)
    if found is None and (slug := slugify(fragment)) in anchors:
        found = slug  # of an anchor that is no heading
    if found is None and fragment.startswith(_GITHUB_PREFIX):
        return find_heading(fragment.removeprefix(_GITHUB_PREFIX), headings, anchors)
    if found is None and (fragment.lower() == "top" or fragment.startswith(":~:")):
        return fragment  # browsers know these: the top of the page, and some words of it (HTML Standard §7.4.2.3)
    if found is None and "#" in fragment.strip("#"):
        return _nested(fragment, headings)
    return found


def _nested(fragment: str, headings: Sequence[HeadingLike]) -> str | None:
    """The last of several headings, looked for after the one named before it."""
    rest, found = headings, None
    for part in fragment.strip("#").split("#"):
        found = find_heading(part, rest, [heading.id for heading in rest])
        if found is None:
            return None
        rest = rest[next(n for n, heading in enumerate(rest) if heading.id == found) + 1 :]
    return found


def _by_name(fragment: str, headings: Iterable[HeadingLike], form: Callable[[str], str]) -> str | None:
    wanted = form(fragment)
    return next((h.id for h in headings if form(h.text) == wanted), None) if wanted else None


def _by_own_id(fragment: str, headings: Iterable[HeadingLike]) -> str | None:
    """For a heading whose text has a title that is filled in later: its id is made of the words as written."""
    wanted = _letters(fragment)
    return next((h.id for h in headings if _letters(h.id) == wanted), None) if wanted else None


def _by_github_id(fragment: str, headings: Iterable[HeadingLike]) -> str | None:
    wanted = _plain(fragment)
    seen: dict[str, int] = {}
    for heading in headings:
        name = _only_words(_plain(heading.text)).replace(" ", "-")
        count = seen.get(name, -1) + 1
        seen[name] = count
        if (f"{name}-{count}" if count else name) == wanted:
            return heading.id
    return None


def _names_of_signs(text: str) -> list[str]:
    return [unicodedata.name(c, "").lower() for c in text if unicodedata.category(c)[0] in "PS"]


def _plain(text: str) -> str:
    """Text without differences that nobody sees: case, kinds of spaces, composed or decomposed letters."""
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())


def _letters(text: str) -> str:
    """Letters and digits only, Latin ones without accents."""
    return "".join(c for c in fold_latin(_FILLED_IN_LATER.sub("", text)) if c.isalnum() or _is_mark(c))


def _only_words(text: str) -> str:
    """Letters, digits, `_`, `-` and spaces; vowel signs and accents are parts of letters."""
    return "".join(c for c in text if _WORDS.match(c) or _is_mark(c))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def other_ids(headings: Iterable[HeadingLike], taken: Collection[str], hidden: Collection[int]) -> dict[str, str]:
    """Id of a heading that is made of the name of a document which readers may not see -> another one.

    Such as `## [[the-secret-merger]]`: what stands there instead of the name would tell it as an id. `hidden` are the
    numbers of references to such documents, `taken` all ids of the page.
    """
    named = [h.id for h in headings if hidden and any(number in hidden for number in numbers_in(h.text))]
    free = (name for number in count(1) if (name := f"unpublished-{number}") not in taken)
    return dict(zip(named, free, strict=False))
