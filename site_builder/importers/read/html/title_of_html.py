"""Choose the article's title among those of a page: the one it shows, without the name of the site.

A page names its article in the main heading, for social networks, for search engines and for the window, often in
different words on purpose. On 46 of 47 pages the heading or the social title was right; these rules choose one.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_SUFFIX: Final = re.compile(r"\s+(?:[-–—|·•:\u203a»/~]|::)\s+|\s*[|\u203a»]\s*")
MAX_CHARACTERS: Final = 400
"""Of a title; longer ones are text."""
SHORT_WORD: Final = 3
"""Letters of articles and the like, which any two titles share."""
MAX_SUFFIX_WORDS: Final = 6
"""Of a site's name behind a title."""
_MIN_TAIL_WORDS: Final = 3
"""Of the title without its kicker."""
_WORDS: Final = re.compile(r"\w+")


def choose_title(
    headings: Sequence[str],
    social: str | None,
    others: Sequence[str] = (),
    window: str | None = None,
    site_names: Sequence[str] = (),
    cores: Sequence[str] = (),
) -> str | None:
    """The article's title.

    `headings` are the page's main headings in order, `social` is og:title, `others` are further titles in the page's
    data, `window` is the `<title>`, `cores` are headings without a kicker marked as such. Site names at the end go.
    """
    names = [n for n in site_names if n]
    headings = [h for h in headings if len(h) <= MAX_CHARACTERS]
    social, window = (t if t and len(t) <= MAX_CHARACTERS else None for t in (social, window))
    others = [t for t in others if t and len(t) <= MAX_CHARACTERS]
    given = [t for t in (social, *others, window) if t]
    shown = _heading([h for h in headings if _fold(h) not in {_fold(n) for n in names}], given)
    heads = [*headings, *cores]
    shared = _without_site(social, names, heads) if social else None
    rest = [_without_site(o, names, heads) for o in others]
    framed = _without_site(window, names, [*heads, *given]) if window else None
    if not shown:
        return shared or next((t for t in (*rest, framed) if t), None)
    if not shared:
        return shown
    # The window's title is mostly made of the social one, so it speaks for the heading alone.
    is_seconded = framed is not None and _words(framed) == _words(shown)
    return _of_two(shown, shared, [*rest, shown] if is_seconded else rest, cores)


def _heading(headings: Sequence[str], given: Sequence[str]) -> str | None:
    """The main heading most like the page's other titles; None where none has anything to do with them."""
    if not headings or not given:
        return headings[0] if headings else None
    best = max(headings, key=lambda h: max(_likeness(h, t) for t in given))
    return best if any(_likeness(best, t) > 0 for t in given) else None


def _of_two(shown: str, social: str, rest: Sequence[str], cores: Sequence[str]) -> str:
    """The heading, unless the social title is the same without a kicker, or better attested."""
    heading, named = _words(shown), _words(social)
    votes = [_words(r) for r in rest]
    if heading == named:
        # A kicker on a line of its own loses its colon in the heading.
        return social if len(social) > len(shown) or votes.count(named) == 0 else shown
    if _ends_with(heading, named):
        return social
    for core in cores:
        if _words(core) != heading and _ends_with(heading, _words(core)) and _ends_with(named, _words(core)):
            return core
    return social if votes.count(named) > votes.count(heading) else shown


def _without_site(title: str, names: Sequence[str], headings: Sequence[str]) -> str:
    """Cut off ` - Site`, ` | Section | Site` where it is a known name, or where a heading ends there."""
    folded = [_fold(n) for n in names]
    for heading in headings:
        rest = title[len(heading) :] if heading and title.casefold().startswith(heading.casefold()) else None
        if rest and _SUFFIX.match(rest):
            return heading
    while True:
        cuts = list(_SUFFIX.finditer(title))
        if not cuts:
            return title
        tail = title[cuts[-1].end() :]
        is_name = any(_is_name(_fold(tail), n) for n in folded)
        if not is_name or len(_words(tail)) > MAX_SUFFIX_WORDS or cuts[-1].start() == 0:
            return title
        title = title[: cuts[-1].start()].rstrip()


def _is_name(tail: str, name: str) -> bool:
    return bool(tail and name) and (
        tail == name or tail in name.split(".") or name in tail.split(" ") or name.removeprefix("www.") == tail
    )


def _likeness(one: str, other: str) -> float:
    """Shared words of all words, 0..1; short ones count only where all are shared."""
    a, b = set(_words(one)), set(_words(other))
    if a == b:
        return 1.0
    shared = {w for w in a & b if len(w) > SHORT_WORD}
    return len(shared) / len(a | b)


def _ends_with(words: Sequence[str], tail: Sequence[str]) -> bool:
    return _MIN_TAIL_WORDS <= len(tail) < len(words) and list(words[-len(tail) :]) == list(tail)


def _words(text: str) -> list[str]:
    return _WORDS.findall(_fold(text))


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
