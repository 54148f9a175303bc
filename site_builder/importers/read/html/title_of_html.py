"""Choose the article's title among those of a page: the one it shows, without the name of the site.

A page names its article in the main heading, for social networks, for search engines and for the window, often in
different words on purpose. On 46 of 47 pages the heading or the social title was right; these rules choose one.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

_SUFFIX: Final = re.compile(r"\s+(?:[-–—|·•:\u203a\u2039«»/~]|::)\s+|\s*[|\u203a»]\s*")
_TIGHT: Final = re.compile(rf"{_SUFFIX.pattern}|\s*[_:\uff1a\uff5c]\s*")
"""The same, and signs that stand without spaces too, for where it is known what is on either side."""
_ANY_SIGN: Final = re.compile(rf"{_TIGHT.pattern}|[-–—]")
"""The same behind a heading that the page has, too."""
_HOST: Final = re.compile(r"(?:www\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,12}")
MAX_CHARACTERS: Final = 400
"""Of a title; longer ones are text."""
SHORT_WORD: Final = 3
"""Letters of articles and the like, which any two titles share."""
_LONGER: Final = 2
"""So many times longer than the name of a site is the title of an article, where nothing else tells them apart."""
MAX_SUFFIX_WORDS: Final = 6
"""Of a site's name behind a title."""
_MIN_TAIL_WORDS: Final = 3
"""Of the title without its kicker."""
_MIN_DENSE: Final = 6
"""Characters of a title in a script without spaces."""
_MIN_OVERLAP: Final = 0.5
"""Two titles say different things if they have less of the shorter one's long words in common."""
_WORDS: Final = re.compile(r"\w+")
_NO_LETTER: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Headings:
    """What a page shows as headings, in order."""

    main: Sequence[str] = ()
    """Of the first level."""
    lower: Sequence[str] = ()
    """Of the next levels: on some blogs the first one is the blog's name on every page."""
    cores: Sequence[str] = ()
    """The last parts of main ones, where the markup parts them: the first ones are kickers."""
    starts: Sequence[str] = ()
    """The first parts of main ones: the last ones may name the author or the site."""
    entries: Sequence[str] = ()
    """Lower ones inside of an element that is named after the article, where no main one is in such an element."""


def choose_title(
    headings: Headings,
    social: str | None,
    others: Sequence[str] = (),
    window: str | None = None,
    site_names: Sequence[str] = (),
) -> str | None:
    """The article's title.

    `social` is og:title, `others` are further titles in the page's data, `window` is the `<title>`. Site names before
    or behind it go, unless a heading has them too.
    """
    main = [h for h in headings.main if len(h) <= MAX_CHARACTERS]
    lower = [h for h in headings.lower if len(h) <= MAX_CHARACTERS]
    social, window = (t if t and len(t) <= MAX_CHARACTERS else None for t in (social, window))
    others = [t for t in others if t and len(t) <= MAX_CHARACTERS]
    names = [n for n in site_names if n] + _hosts_in([t for t in (social, window) if t])
    names += [h for h in main if _is_name_of_site(h, window, [t for t in (social, *others) if t], lower)]
    names += _names_above(main, window)
    if entry := _entry(headings.entries, window):
        names += [h for h in main if _letters(h) != _letters(entry)]
        main = [entry]
    if window and _names_site(window, names, [*main, *lower]):
        if not main and not social and not others:
            return next(iter(headings.entries), window)
        window = None
    given = [t for t in (social, *others, window) if t]
    shown = _heading([h for h in main if _letters(h) not in {_letters(n) for n in names}], given, names)
    heads = [*main, *headings.cores]
    titles = [h for h in (*heads, *lower) if _letters(h) not in {_letters(n) for n in names}]
    shared = _without_site(social, names, titles) if social else None
    rest = [_without_site(o, names, titles) for o in others]
    framed = _without_site(window, names, [*titles, *given[:-1]]) if window else None
    if shown:
        known = [*given, framed] if framed else given
        shown = _part(shown, [*headings.cores, *headings.starts], headings.starts, known)
    if not shown and not shared and window and not main:
        shown = next((h for h in lower if _is_behind_name(h, window)), None)
    if not shown:
        return shared or next((t for t in rest if t), None) or (_without_capitals(framed) if framed else None)
    if not shared:
        return shown
    # The window's title is mostly made of the social one, so it speaks for the heading alone.
    is_seconded = framed is not None and _words(framed) == _words(shown)
    return _of_two(shown, shared, [*rest, shown] if is_seconded else rest, headings.cores)


def _is_behind_name(heading: str, window: str) -> bool:
    """Is a heading what follows a name in the window's title: "Gazette: Town builds a bridge"?"""
    before = window[: -len(heading)].rstrip() if window.casefold().endswith(heading.casefold()) else ""
    return _is_long(heading) and before.endswith((":", "|", "-", "\u2013", "\u2014", "\u00bb"))


def _part(heading: str, parts: Sequence[str], starts: Sequence[str], given: Sequence[str]) -> str:
    """A part of a heading that is one of the page's other titles, or with which they begin, but not the rest of it."""
    known = {_letters(t) for t in given}
    whole = _letters(heading)
    if any(whole in t for t in known):
        return heading
    for part in parts:
        if _letters(part) in known and _is_long(part):
            return part
    # A label behind the title, such as "Subscribers", in an element of its own.
    for first in {p for t in given for p in _SUFFIX.split(t) if _is_long(p)}:
        if heading.startswith(first) and _letters(heading[len(first) :]) in {_letters(p) for p in parts}:
            return first
    for part in starts:
        mine = _letters(part)
        rest = whole.removeprefix(mine)
        if whole != rest and len(mine) > len(rest) and any(t.startswith(mine) and rest not in t for t in known):
            return part
    return heading


def _entry(entries: Sequence[str], window: str | None) -> str | None:
    """A heading in the article's own part that is a whole part of the window's title; the rest is the site's name."""
    parts = {_letters(p) for p in _SUFFIX.split(window or "")}
    return next((h for h in entries if len(parts) > 1 and _letters(h) in parts), None)


def _names_site(window: str, names: Sequence[str], headings: Sequence[str]) -> bool:
    """Does the window's title name no article? It is the site's name, or a single word that is none of the headings."""
    mine = _letters(window)
    if any(mine == _letters(h) for h in headings):
        return False
    is_word = len(_words(window)) == 1 and not _is_dense(window)
    return is_word or any(mine == _letters(n) for n in names)


def _hosts_in(titles: Sequence[str]) -> list[str]:
    """Parts of titles that are the name of a host: `news.example`."""
    return [part for title in titles for part in _SUFFIX.split(title) if _HOST.fullmatch(part)]


def other_title(title: str, given: Sequence[str]) -> str | None:
    """The first of the page's titles that says something else than the chosen one."""
    mine = _letters(title)
    for other in given:
        theirs = _letters(other)
        if theirs and theirs not in mine and mine not in theirs and _overlap(title, other) < _MIN_OVERLAP:
            return other
    return None


def is_telling(title: str) -> bool:
    """Has it enough words to be more than the name of a site or a section?"""
    return _is_long(title)


def without_site(title: str, names: Sequence[str]) -> str:
    """A title without the names of its site before and behind it."""
    return _without_site(title, names, ())


def begins_with_any(title: str, names: Sequence[str]) -> bool:
    """Is the first part of a title one of these names?"""
    return _letters(_TIGHT.split(title)[0]) in {_letters(n) for n in names}


def _is_name_of_site(heading: str, window: str | None, stated: Sequence[str], lower: Sequence[str]) -> bool:
    """Is a main heading the name of the site?

    It is a whole part of the window's title, and another part is the title: one of those in the page's data, or a much
    longer heading of a lower level. A heading that is in the title of the data is no site's name.
    """
    mine = _letters(heading)
    written = _TIGHT.split(window or "")
    parts = [_letters(p) for p in written]
    if not mine or mine not in parts:
        return False
    if stated:
        known = [_letters(t) for t in stated]
        others = {p for p in parts if p != mine} | {_letters(_without_ends(window or "", heading))}
        return not any(mine in t for t in known) and any(p in known for p in others)
    # Most sites put their name last; where it comes first, the title must have some words.
    place = parts.index(mine)
    found = [p for i, p in enumerate(parts) if len(p) >= _LONGER * len(mine) and (i < place or _is_long(written[i]))]
    return any(p in _letters(t) for p in found for t in lower)


def _without_ends(title: str, name: str) -> str:
    """What a title has beside a name and a sign at its beginning, or its end."""
    for end in (
        title[len(name) :] if title.startswith(name) else "",
        title[: -len(name)] if title.endswith(name) else "",
    ):
        if rest := end.strip(" -–—|·•:/~_\u203a\u2039«»\uff1a\uff5c"):
            return rest
    return ""


def _names_above(main: Sequence[str], window: str | None) -> list[str]:
    """Main headings above another one that the window's title names first: they name a book or a site."""
    parts = [_letters(p) for p in _SUFFIX.split(window or "")]
    places = [(h, parts.index(_letters(h))) for h in main if _letters(h) in parts]
    return [h for n, (h, place) in enumerate(places) if any(other < place for _, other in places[n + 1 :])]


def _heading(headings: Sequence[str], given: Sequence[str], names: Sequence[str]) -> str | None:
    """The main heading most like the page's other titles; None where none has anything to do with them.

    The words of the site's name are in many of them, and do not count.
    """
    if not headings or not given:
        return headings[0] if headings else None
    site = {w for n in names for w in _words(n)}
    best = max(headings, key=lambda h: max(_likeness(h, t) for t in given))
    if len(headings) == 1 and len(given) == 1 and len(_words(given[0])) < _MIN_TAIL_WORDS <= len(_words(best)):
        return best  # The window's title is a word or two, such as "Interview".
    is_like = any(_likeness(best, t) > 0 for t in given) and not (
        set(_words(best)) & site and _differ(best, given, site)
    )
    return best if is_like else None


def _differ(heading: str, given: Sequence[str], site: AbstractSet[str]) -> bool:
    """Has a heading no telling word in common with other titles but those of the site's name?"""
    mine = {w for w in _words(heading) if len(w) > SHORT_WORD} - site
    return not any(mine & set(_words(t)) for t in given) and not any(_letters(heading) == _letters(t) for t in given)


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
    """Cut off ` - Site`, ` | Section | Site`, `Site: ` where it is a known name, or where a heading ends there."""
    known = {_letters(h) for h in headings}
    if _letters(title) in known:
        return title
    for heading in sorted(headings, key=len, reverse=True):
        rest = title[len(heading) :] if heading and title.casefold().startswith(heading.casefold()) else None
        if rest and _ANY_SIGN.match(rest):
            return heading
        if heading and title.casefold().endswith(heading.casefold()) and title[: -len(heading)].strip():
            before = title[: -len(heading)].rstrip()
            if any(_letters(before) == _letters(n) for n in names):
                return heading
    folded = [_fold(n) for n in names]
    title = _without_first(title, {_letters(n) for n in names})
    while True:
        cuts = list(_SUFFIX.finditer(title))
        if not cuts:
            return _without_tight(title, {_letters(n) for n in names})
        tail = title[cuts[-1].end() :]
        is_name = any(_is_name(_fold(tail), n) for n in folded)
        if not is_name or len(_words(tail)) > MAX_SUFFIX_WORDS or cuts[-1].start() == 0:
            return title
        title = title[: cuts[-1].start()].rstrip()


def _without_first(title: str, names: Collection[str]) -> str:
    """Without a site's name before the first bar or dash, if a title of several words follows."""
    cut = _TIGHT.search(title)
    if cut is None or _letters(title[: cut.start()]) not in names:
        return title
    rest = title[cut.end() :]
    return rest if _is_long(rest) else title


def _without_tight(title: str, names: Collection[str]) -> str:
    """Without a site's name behind the last sign that stands without spaces: `Title_Site`."""
    cut = next(iter(reversed(list(_TIGHT.finditer(title)))), None)
    return title[: cut.start()] if cut and cut.start() and _letters(title[cut.end() :]) in names else title


def _without_capitals(title: str) -> str:
    """Without ` - Some Site`, where nothing names the site: a few capitalised words behind a much longer title."""
    if _is_dense(title) and len(first := title.partition("_")[0].strip()) >= _MIN_DENSE:
        return first  # In Chinese titles, nothing but the section and the site stands behind this sign.
    cuts = list(_SUFFIX.finditer(title))
    if not cuts:
        return title
    head, tail = title[: cuts[-1].start()], title[cuts[-1].end() :]
    is_name = tail[:1].isupper() and all(w[0].isupper() for w in _WORDS.findall(tail) if len(w) > SHORT_WORD)
    is_short = _LONGER * len(_words(tail)) <= len(_words(head)) and len(_words(tail)) < _MIN_TAIL_WORDS + 1
    return head if is_name and is_short else title


def _is_long(text: str) -> bool:
    return len(_words(text)) >= _MIN_TAIL_WORDS or _is_dense(text)


def _is_name(tail: str, name: str) -> bool:
    return bool(tail and name) and (
        tail == name or tail in name.split(".") or name in tail.split(" ") or name.removeprefix("www.") == tail
    )


def _likeness(one: str, other: str) -> float:
    """Shared words of all words, 0..1; short ones count only where all are shared.

    In scripts without spaces pairs of letters count for words.
    """
    if _is_dense(one) and _is_dense(other):
        mine, theirs = _pairs(_letters(one)), _pairs(_letters(other))
        return len(mine & theirs) / (len(mine | theirs) or 1)
    a, b = set(_words(one)), set(_words(other))
    if a == b:
        return 1.0
    shared = {w for w in a & b if len(w) > SHORT_WORD}
    return len(shared) / len(a | b)


def _overlap(one: str, other: str) -> float:
    """Long words that two titles share, of those of the one that has fewer; pairs of letters as above."""
    dense = _is_dense(one) and _is_dense(other)
    a, b = (_pairs(_letters(t)) if dense else {w for w in _words(t) if len(w) > SHORT_WORD} for t in (one, other))
    return len(a & b) / (min(len(a), len(b)) or 1)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}


@lru_cache(maxsize=1024)
def _letters(text: str) -> str:
    return _NO_LETTER.sub("", _fold(text))


def _ends_with(words: Sequence[str], tail: Sequence[str]) -> bool:
    return _MIN_TAIL_WORDS <= len(tail) < len(words) and list(words[-len(tail) :]) == list(tail)


def _words(text: str) -> list[str]:
    return _WORDS.findall(_fold(text))


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _is_dense(text: str) -> bool:
    return not text.isascii() and _dense().search(text) is not None


@cache
def _dense() -> re.Pattern[str]:
    """Scripts without spaces between words."""
    return re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
