"""A byline, or what stands in the place of one, to the names of people in it.

Text in, names out, in the order of the text. What is no name (a date, a desk, a call to follow) is left out: a wrong
author is worse than none.
"""

import re
from functools import cache, cached_property, lru_cache
from itertools import takewhile
from typing import Final
from unicodedata import category

from site_builder.importers.lexicon import by_words_everywhere, folders
from site_builder.importers.read.compile_patterns import any_of, any_word, at_edges, compiled
from site_builder.importers.read.dates import find_dates, fold_month
from site_builder.importers.read.phrases import Phrases, phrases
from site_builder.text.word_counts import is_spaceless

MAX_NAME_WORDS: Final = 6
"""Of an author; what is longer is a sentence about one."""
MAX_DEGREE: Final = 4
"""Letters of an academic degree."""
MAX_NAME: Final = 60
"""Characters of an author's name."""
_MAX_BYLINE: Final = 4_000
"""Characters that are looked at; papers of large experiments name hundreds of authors."""
_NOISE: Final = re.compile(r"\S+@[\w-]+\.\S+|\S+://\S+|@\w+|View ORCID Profile|\(.*?\)|\uff08.*?\uff09|\[.*?\]")
_BARS: Final = re.compile(r"\s*[|·•●\n\t]\s*|\s+[–—-]+\s+")
"""Between a name and what is said of it."""
_TIME: Final = re.compile(r"\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?\b")
_NOTE_MARKS: Final = re.compile(
    r"(?<=[^\W\d_])(?:[\d*†‡§¶](?:[ ,]*[\d*†‡§¶])*(?![^\W_])"
    r"|[ ,]+[\d*†‡§¶](?:[ ,]*[\d*†‡§¶])*(?=\s*(?:[,;&]|$|and\b)))"
)
"""Close behind a name, or before the comma: "Channel 24 Live" has none."""
_COMMAS: Final = r"\s*(?:[,;/&\uff0c\u3001\uff1b\uff0f]\s*(?:(?:{0})\s)?|\s(?:{0})\s)\s*"
"""Between two names: "Ann Bo, Cy Do, and Ed Fu"."""
_NEXT_LABEL: Final = re.compile(r"\s+[^\s:\uff1a]{1,12}\s?[:\uff1a].*", re.DOTALL)
_AGENCY: Final = re.compile(
    r"(?:the )?(?:associated press|ap|agence france[- ]presse|afp|reuters|thomson reuters|bloomberg(?: news)?|dpa"
    r"|upi|efe|ansa|apa|sda|pa media|press association|canadian press|deutsche presse-agentur|kyodo(?: news)?|xinhua"
    r"|tass|belga|ritzau|ntb|tt|lusa|anp|pap|kna|epd)",
    re.IGNORECASE,
)
"""News agencies, which are no authors where a person is."""
_LABEL: Final = re.compile(r"^([^\s:\uff1a]{1,20})\s*[:\uff1a]\s*(?=\S)")
_HANGUL_NAME: Final = re.compile(r"[\uac00-\ud7a3]{2,5}")
_SPACELESS_NAME: Final = re.compile(r"[^\s\d.,:;()、。・]{2,20}(?:[ ・·][^\s\d.,:;()、。・]{1,20}){0,2}")
_BRACKETED: Final = re.compile(r"\s*[\[(\uff08\u3010]([^\[\](){}\uff08\uff09\u3010\u3011]{3,120})[\])\uff09\u3011]")
"""A line's first words, in brackets."""
_SIGNS: Final = re.compile("[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]+")
_CAPITAL: Final = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ.’'-]+"
_CAPITALS: Final = re.compile(rf"{_CAPITAL}(?:\s{_CAPITAL})+(?=\s\w*[a-zß-öø-ÿ])")
"""A name in capitals, before words that are not."""
_MAX_WORD: Final = 3
"""Letters of a word in lower case that is no pen name."""
_EDGES: Final = ' .,;:*|"\u00b7\u2022\u2013\u2014-\u201c\u201d\u201e\u300a\u300b\u00ab\u00bb\u3010\u3011'
_BEFORE_LABEL: Final = re.compile(r"\s+(?=[^\s:\uff1a\d]{1,12}\s?[:\uff1a])")
_MAX_LABELLED: Final = 200
"""Characters of a line with several labels."""
_GENERATION: Final = re.compile(r"(?:jr|sr|[ivx]{2,4})\.?", re.IGNORECASE)
_MAX_WORDS_TO_BY: Final = 3
"""Before the "by" of a line that ends with a date."""
_MAX_DENSE: Final = 8
"""Characters of a name in Chinese or Japanese."""
_NO_LETTER: Final = re.compile(r"[\W_]+")
_BEFORE_DATE: Final = re.compile(
    r"(?<=\w)(?:\s+(?:On|[a-zß-ÿ]{1,4}))?(?:,?\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,?)?\s*$"
)
_LOOSE_NUMBER: Final = re.compile(r"(?<![^\W\d])\d+(?![^\W\d])")


class _Patterns:
    """What a byline has beside names, in all languages of the lexicon."""

    def __init__(self, words: Phrases) -> None:
        self._languages = tuple(words.lexicon.values())

    @cached_property
    def not_name(self) -> re.Pattern[str]:
        """Anywhere in what is given as an author: it is not a name."""
        others = any_word(w for x in self._languages for w in (*x.not_names.split(), *x.by_words.split()))
        and_words = any_word(w for x in self._languages for w in x.and_words.split() if len(w) > 1)
        return compiled(
            r"[@{}<>|=]|https?:|www\.|\.(?:com|org|net|de|fr|es|it|jp|uk)\b|\b(?:inc|llc|ltd|gmbh|corp|plc)\.?$"
            rf"|^(?:{others}|null|undefined|n/a|none|name|super ?user)$|^(?-i:{and_words})\s"
        )

    @cached_property
    def desk(self) -> re.Pattern[str]:
        """Anywhere: it is a group of people, such as a desk."""
        return compiled(at_edges(p for x in self._languages for p in x.words.desks))

    @cached_property
    def name_end(self) -> re.Pattern[str]:
        """What is no part of a name any more: a post, a place, a publisher."""
        jobs = any_of(p for x in self._languages for p in x.words.jobs)
        words = {w for x in self._languages for w in x.after_names.split()}
        # "For" and "IN" are written so, too; a capital alone is an initial.
        words |= {w.upper() for w in words if len(w) > 1} | {w.title() for w in words if len(w) > 2}
        after = any_word(words)
        return compiled(rf"\s+(?:(?-i:{after})\s+\S|(?P<job>{jobs})\b)")

    @cached_property
    def job_first(self) -> re.Pattern[str]:
        """A post before a name, and the dot between them: Japanese papers write "記者・"."""
        return compiled(rf"^(?:{any_of(p for x in self._languages for p in x.words.jobs)})\s*[・･]\s*")

    @cached_property
    def glued_job(self) -> re.Pattern[str]:
        """The place between a name and a post that follows it without a space."""
        jobs = any_of(p for x in self._languages for p in x.words.jobs)
        return re.compile(rf"(?<=[a-zß-ÿ])(?=[^\W\d_a-zß-ÿ])(?=(?i:{jobs})\b)")

    @cached_property
    def byline_tail(self) -> re.Pattern[str]:
        """What follows the names of a byline: "5 minute read", "last updated", a post behind a comma."""
        words = any_of(p for x in self._languages for p in (*x.dates.published, *x.dates.updated))
        jobs = any_of(p for x in self._languages for p in x.words.jobs)
        return compiled(rf",?\s+(?:\d|(?:{words})\b)|,\s+(?:{jobs})\b")

    @cached_property
    def by_within(self) -> re.Pattern[str]:
        """The preposition before a name, behind something else: a date."""
        by = any_word(w for x in self._languages for w in x.by_words.split())
        return re.compile(rf"[\s\d,](?i:{by})\s+(?=[^\W\d_a-zß-öø-ÿ])")

    @cached_property
    def picture(self) -> re.Pattern[str]:
        """A whole label: what follows made the picture."""
        return compiled(any_of(x.credits.pictures for x in self._languages if x.credits.pictures) + "s?")


@lru_cache(maxsize=32)
def _patterns_of(words: Phrases) -> _Patterns:
    return _Patterns(words)


def _patterns() -> _Patterns:
    return _patterns_of(phrases())


def split_names(byline: str, *, is_data: bool = True) -> list[str]:
    """The people of a byline: "By Ann Bo and Cy Do" gives both.

    With `is_data`, the text is one that a machine should read, in which nearly everything is a name, digits included;
    otherwise it stands on the page, where a single word is a name only in scripts that put no spaces between words.
    """
    text = _SIGNS.sub(" ", byline[:_MAX_BYLINE])
    first = _BRACKETED.match(text)
    if first and phrases().byline.match(first[1]):
        text = f"{first[1]} | {text[first.end() :]}"
    text = _NOISE.sub(" ", text).strip()
    if not is_data:
        text = _without_dates(text)
    parts = [p for part in _BARS.split(text) if (p := " ".join(part.split()))]
    if is_data and all(is_likely(p.strip()) and is_name(p.strip()) for p in text.split("|")):
        parts = [text.replace("|", ",")]
    # The bar ends the names: what follows says what they do, where, or when. What precedes them may be a rubric.
    for part in parts:
        names = _names(part, is_data=is_data)
        if names and (len(parts) == 1 or is_data or len(names) > 1 or " " in names[0] or _is_dense(names[0])):
            return names
    after = None if is_data else _patterns().by_within.search(text)
    return split_names(text[after.end() :], is_data=is_data) if after else []


def labelled_part(line: str) -> str | None:
    """The byline in a line of several labels: "作者:张伟" in "2026-06-03 10:20 来源:北方日报 作者:张伟"."""
    parts = _BEFORE_LABEL.split(line[:_MAX_LABELLED])
    return next((p for p in parts[1:] if phrases().byline.match(p)), None)


def byline_names(line: str) -> list[str]:
    """The people of a line of text that is a byline: "By Ann Bo", "3 June 2026 by Ann Bo", "Author: Ann Bo"."""
    text = labelled_part(line) or line
    if without_job(text) != text:
        return full_names(text)
    if phrases().byline.match(text) is None and foreign_byline(text) is None:
        within = _patterns().by_within.search(text)
        if within is None or not any(_is_dated(text, within, date.end) for date in find_dates(text)):
            return []
        text = text[within.end() :]
    text = _without_dates(_NOISE.sub(" ", _apart(text)))
    start = phrases().byline_start.match(text)
    names = _patterns().byline_tail.split(text[start.end() if start else 0 :].lstrip(" |"), maxsplit=1)[0]
    return [n for n in split_names(names, is_data=False) if _is_person(n) or (is_likely(n) and not _is_long(n))]


def _is_dated(text: str, by: re.Match[str], end: int) -> bool:
    """Does a date that ends there make a byline of "by" and a name: before it, or behind "Page by Ann Bo"?"""
    return end <= by.end() or len(text[: by.start()].split()) <= _MAX_WORDS_TO_BY


def full_names(text: str) -> list[str]:
    """The people of a text that is nothing but their full names, and their posts; none where it is anything else."""
    bare = _NOISE.sub(" ", _apart(without_job(text))).strip(_EDGES)
    names: list[str] = []
    for part in re.split(_COMMAS.format(phrases().and_words), bare):
        post = _patterns().name_end.search(part)
        has_post = post is not None and post["job"] is not None
        if has_post and names:
            break
        name = (part[: post.start()] if post and has_post else part).strip(_EDGES)
        if not (_is_person(name) and is_name(name)) or any(c.isdigit() for c in name):
            return []
        names.append(name)
        if has_post:
            break  # after a post: the paper or the institution
    return [n for n in names if not _AGENCY.fullmatch(n)]


def _is_long(name: str) -> bool:
    """Is it too long for a name in Chinese or Japanese, that has no dots between its parts?"""
    return _is_dense(name) and len(name) > _MAX_DENSE and not {"·", "・"} & set(name)


def _without_dates(text: str) -> str:
    """Bars for dates and times, with the preposition or the day of the week before one: "Ann Bo on Monday, 3 June"."""
    for found in reversed(find_dates(text)):
        text = f"{_BEFORE_DATE.sub('', text[: found.start])} | {text[found.end :]}"
    return _TIME.sub(" | ", text)


def _apart(text: str) -> str:
    """A name and a post that were copied without the space between them: "Ann BoStaff Writer"."""
    return _patterns().glued_job.sub(" | ", text)


def _names(text: str, *, is_data: bool) -> list[str]:
    start = phrases().byline_start
    label = _LABEL.match(text)
    if label and _patterns().picture.fullmatch(label[1]):
        return []
    has_by = start.match(text) is not None or label is not None
    text = start.sub("", _LABEL.sub("", text, count=1) if label else text)
    text = _without_by(text if is_data else _NEXT_LABEL.sub("", text))
    names: list[str] = []
    for part in re.split(_COMMAS.format(phrases().and_words), text):
        name = _cut(start.sub("", part))
        if not is_data and (capitals := _CAPITALS.match(name)):
            name = capitals[0]
        if _GENERATION.fullmatch(name) and names:
            names[-1] = f"{names[-1]}, {name}"
        elif names and (post := _patterns().name_end.search(name)) and post["job"]:
            continue
        elif names and len(name) <= MAX_DEGREE and (name[1:].isupper() or name == "PhD"):
            continue  # letters after a name: "Ann Bo, MD, PhD"
        elif names and not is_data and _is_institution(part):
            break
        elif is_name(name) and (is_data or is_likely(name) or (not names and _is_pen_name(name, has_by=has_by))):
            names.append(name)
        elif not is_data:
            break  # after the names: a place, a post, a date
    return [n for n in names if not _AGENCY.fullmatch(n)] or names


def _is_pen_name(name: str, *, has_by: bool) -> bool:
    """May one word or several, not all of them with capitals, be somebody's name on the page?"""
    return not name.islower() or (has_by and len(name) > _MAX_WORD)


def _is_institution(text: str) -> bool:
    """Does it name one: "Institute for Fisheries"?"""
    end = _patterns().name_end.search(text)
    words = text[end.start() :].casefold().split() if end and not end["job"] else ()
    return not phrases().institutions.isdisjoint(words)


def _names_at_start(line: str) -> list[str]:
    """The people named at the start of a line of plain text behind its "By", up to the first that is no person."""
    text = phrases().byline_end.split(_without_by(without_job(line)), maxsplit=1)[0].strip(" .,:\uff1a")
    parts = re.split(_COMMAS.format(phrases().and_words), text)
    return list(takewhile(_is_person, parts))


def without_job(text: str) -> str:
    """A name without the post before it."""
    return _patterns().job_first.sub("", text)


def names_with_marks(line: str) -> list[str]:
    """The authors of a paper, if a line is nothing but full names with marks of footnotes: "Ada Cole 1,*, Ben Hart 2".

    A single name with a number may be anything: "Harbour News 12".
    """
    if not _NOTE_MARKS.search(line):
        return []
    bare = _NOTE_MARKS.sub(",", line).strip(" ,;")
    names = [n.strip() for n in re.split(_COMMAS.format(phrases().and_words) + "|;", bare) if n.strip(" ,")]
    is_sure = len(names) > 1 or any(mark in line for mark in "*†‡§¶")
    return names if is_sure and all(" " in n and phrases().person.fullmatch(n) for n in names) else []


def _is_person(text: str) -> bool:
    if is_spaceless(text) or _HANGUL_NAME.fullmatch(text):
        return _SPACELESS_NAME.fullmatch(text) is not None
    return _has_form_of_name(text) and not text[0].islower()


def _has_form_of_name(text: str) -> bool:
    """Is it two to four capitalised words? Vowel signs, as of Hindi, are no letters to `re`."""
    bare = text if text.isascii() else "".join(c for c in text if not category(c).startswith("M"))
    return phrases().person.fullmatch(bare) is not None


def _without_by(text: str) -> str:
    """A line without a "by" of any language before a full name: "Por Ana Bo" on an English page."""
    word, _, rest = text.partition(" ")
    if word.casefold() not in by_words_everywhere(folders()) or not rest.strip():
        return text
    name = re.split(_COMMAS.format(phrases().and_words), rest.strip(), maxsplit=1)[0]
    return rest.strip() if " " in name and _is_person(name) else text


def foreign_byline(line: str) -> str | None:
    """What follows the "by" of any language at the start of a line that is nothing else than that and full names."""
    rest = _without_by(line.strip())
    return None if rest == line.strip() or not _names_at_start(rest) else rest


def _cut(text: str) -> str:
    """A name without the post, place or publisher behind it."""
    bare = text.strip(_EDGES)
    bare = bare if bare.isascii() else _employee().sub("", bare)
    end = _patterns().name_end.search(bare)
    if end is None or (end["job"] and " " not in bare[: end.start()] and not _is_dense(bare)):
        return bare
    return bare[: end.start()].strip(_EDGES)


def is_name(text: str) -> bool:
    """May this be somebody's name, going by its form?"""
    if not 1 < len(text) <= MAX_NAME or len(text.split()) > MAX_NAME_WORDS or not text[0].isalnum():
        return False
    if _patterns().not_name.search(text) or _patterns().desk.search(text):
        return False
    if not any(c.isalpha() for c in text):
        return False
    return not (_LOOSE_NUMBER.search(text) and (text[0].isdigit() or find_dates(text) or _has_month(text)))


def _has_month(text: str) -> bool:
    return any(fold_month(w) in phrases().months for w in re.findall(r"[^\W\d_]+", text))


def is_likely(text: str) -> bool:
    """Does it look like a full name, also where anything may stand?"""
    return _is_dense(text) or _has_form_of_name(text)


def _is_dense(text: str) -> bool:
    """Is it in a script that puts no spaces between the words of a name?"""
    return not text[:1].isascii() and bool(re.match(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text))


def is_handle(name: str) -> bool:
    """Is it a user's name, not a person's: one word without capitals, in a script that has them?"""
    return " " not in name and name.islower()


def letters(name: str) -> str:
    """Letters and digits alone, for comparing."""
    return _NO_LETTER.sub("", name.casefold())


@cache
def _employee() -> re.Pattern[str]:
    """An editor's number behind a Chinese name."""
    return re.compile(r"(?<=[\u3400-\u9fff])[_\s]?[A-Z]{0,4}\d+\Z")
