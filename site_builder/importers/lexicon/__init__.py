"""The words by which the pages of a language name their parts: one TOML file per language, read when first needed.

The name of a file is the code of its language. The fields below document its keys, all of which are optional. A file
that is malformed raises LexiconError; a test checks all of them.

Notation: *words* are one string, separated by spaces. *Patterns* are regular expressions (Python's `re`), matched
without regard to case, with these additions: a space matches any white space, ’ either apostrophe, and `{name}`
the pattern of that name in the file's table `[parts]`. They contain no capturing groups.

A new language needs a file here and its tests, nothing else.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import msgspec

Words: TypeAlias = str
"""Words separated by spaces."""


class Pattern(str):
    """A regular expression, in the notation of `re` once it is read."""

    __slots__ = ()


Patterns: TypeAlias = tuple[Pattern, ...]
MONTHS_OF_A_YEAR: Final = 12
_FOLDER: Final = Path(__file__).parent
_PART: Final = re.compile(r"\{([a-z_]+)\}")
_SPECIAL: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]| +|’", re.DOTALL)
"""An escape, a set of characters (where a space is itself), or a sign of the notation above."""


class LexiconError(ValueError):
    """A lexicon file that cannot be used."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file; unknown keys are errors."""


class DateTable(_Table, frozen=True):
    """`[dates]`: how dates are written and introduced."""

    months: Annotated[tuple[Words, ...], msgspec.Meta(max_length=MONTHS_OF_A_YEAR)] = ()
    """Names and abbreviations of the twelve months beyond those of the Unicode CLDR (`read.calendars.month_names`),
    folded: lower case, no accents, dotless i as i."""
    ordinals: Words = ""
    """Written behind the number of a day: "st" in "1st"."""
    of_words: Words = ""
    """Between day, month and year: "de" in "3 de mayo"."""
    month_first: tuple[str, ...] = ()
    """Language tags, in lower case, in which 3/4 may be the fourth of March. Elsewhere the day comes first."""
    relative: Patterns = ()
    """"3 hours ago", "yesterday": not dates without the day on which they were written."""
    updated: Patterns = ()
    """What introduces a date of change."""
    updated_after: Patterns = ()
    """What stands behind a date of change, without any space: 更新."""
    published: Patterns = ()
    """What introduces a date of publication, where it follows such words on the same line."""
    labels: Patterns = ()
    """Labels of a date of publication, without their colon."""
    limits: Patterns = ()
    """What comes directly before the date on which something else ends or begins: "until"."""
    stamps: Patterns = ()
    """How a line begins that holds a date or a reading time, and nothing of the text."""


class HeadingTable(_Table, frozen=True):
    """`[headings]`: headings of what surrounds an article; each pattern is a whole line."""

    similar: Patterns = ()
    """Of similar articles."""
    similar_in_text: Patterns = ()
    """The same, in pasted text only: there the lines below must look like cards, so that vaguer headings are safe."""
    popular: Patterns = ()
    """Of lists about the site: most read, newest."""
    not_similar: Patterns = ()
    """Anywhere in a heading: what shows that the articles below it are not similar ones."""
    tools: Patterns = ()
    """Of advertised tools."""
    comments: Pattern = Pattern()
    """The nouns for readers' comments, of which there may be a number."""
    after_comments: Pattern = Pattern()
    """What may follow that noun: "on" in "3 comments on …"."""
    comment_calls: Patterns = ()
    """Invitations to comment."""
    authors: Patterns = ()
    """Of a box about the author."""


class LineTable(_Table, frozen=True):
    """`[lines]`: lines that are about the article, or lead away from it."""

    free: Patterns = ()
    """A whole line: a tool costs nothing."""
    freemium: Patterns = ()
    """A whole line: it costs nothing at first, or as long as it does little."""
    paid: Patterns = ()
    """A whole line: it costs something."""
    pricing: Patterns = ()
    """A whole line: anything else about its price."""
    action: Patterns = ()
    """A whole line: a link that closes a card, such as "Read more"."""
    furniture: Patterns = ()
    """A whole line that belongs to the page's frame: "Menu", "Previous"."""
    read_also: Patterns = ()
    """Start of a line within the text that leads to another page."""
    bylines: Patterns = ()
    """Start of a byline, beyond the plain `by_words`: "written by"."""
    bylines_behind: Patterns = ()
    """What stands behind the author's name where that comes first: "홍길동 기자"."""
    author_labels: Patterns = ()
    """Nouns before the author's name, mostly with a colon: "author"."""
    title_labels: Patterns = ()
    """Before the title of a paper or a mail, with a colon: "Title", "Subject"."""
    abstract_labels: Patterns = ()
    """Before the abstract of a paper, with a colon or the like."""
    mail_labels: Patterns = ()
    """Rows in the head of a mail that say nothing of its text, with a colon: "To", "Reply-To"."""
    published_in: Patterns = ()
    """Before the name of the original publisher, with a colon."""
    card_meta: Patterns = ()
    """A whole part of a card that says nothing about the article: reading time, number of comments."""
    link_notes: Patterns = ()
    """In brackets behind a link, for screen readers: "opens in a new tab"."""


class KeywordTable(_Table, frozen=True):
    """`[words]`: whole words anywhere in a line, whose number shows what the line is for."""

    newsletter: Patterns = ()
    """Calls to subscribe, register or give."""
    share: Patterns = ()
    """Buttons that share, print or save. Names of services are known."""
    small_print: Patterns = ()
    """Law, advertising and technology."""
    you: Patterns = ()
    """Pronouns by which a site speaks to its readers, or of itself."""
    jobs: Patterns = ()
    """What the people of a byline are."""
    desks: Patterns = ()
    """What groups of people in a byline are called: "news desk"."""


class CreditTable(_Table, frozen=True):
    """`[credits]`: whose a picture or a text is."""

    pictures: Pattern = Pattern()
    """The nouns for a picture."""
    credits: Pattern = Pattern()
    """The words between such a noun and a colon."""
    sources: Pattern = Pattern()
    """The nouns before the publisher's name, with a colon: "Source: …"."""
    labels: Patterns = ()
    """Start of a line with the picture's credit, before its colon or preposition."""
    prepositions: tuple[str, ...] = ()
    """Literally: last words of such a label that need no colon: "by" in "photo by"."""
    archive: Patterns = ()
    """Kinds of stock pictures, at the end of a caption."""
    contributions: Patterns = ()
    """Start of a paragraph that says who reported, edited, photographed or supplied the text."""


class BoilerplateTable(_Table, frozen=True):
    """`[boilerplate]`: paragraphs of a web page that are not the article's."""

    labels: Patterns = ()
    """Start of a paragraph that leads to another article."""
    labels_with_colon: Patterns = ()
    """The same, if a colon or the like follows."""
    promotion: Patterns = ()
    """Anywhere in a paragraph: calls to subscribe, follow, share or pay."""
    legal: Patterns = ()
    """Anywhere in a paragraph: whose the text is."""
    gates: Patterns = ()
    """Anywhere in a short paragraph: the rest of the text is for those who pay or log in."""


class ElementTable(_Table, frozen=True):
    """`[elements]`: words in the class, id and other names of HTML elements, in lower case."""

    similar: tuple[Words, ...] = ()
    """An element whose names hold all the words of one entry holds similar articles."""
    other: Words = ""
    """Elements with other links."""
    dek: Words = ""
    """Elements with the dek."""
    boxes: Words = ""
    """Elements beside the text."""
    comments: Words = ""
    """Elements with readers' comments."""
    credits: Words = ""
    """Elements with a picture's credit."""


class FeedTable(_Table, frozen=True):
    """`[feeds]`: what feeds add to their entries."""

    read_on: Patterns = ()
    """Invitations at the end of a summary."""
    footers: Patterns = ()
    """The last paragraph of an entry that says where it comes from."""
    not_keywords: Words = ""
    """Categories that say nothing."""


class NameTable(_Table, frozen=True):
    """`[names]`: names of organisations in running text."""

    nouns: Words = ""
    """Nouns that name nobody by themselves; an "and" between two of them is inside a name: "Food and Drug"."""
    partners: Words = ""
    """Behind "and" they end the name of a firm: "Sons"."""
    owners: Words = ""
    """Possessives, without their ending, that are part of names: "Women" in "Women's Hospital"."""
    endings: Words = ""
    """Behind an apostrophe, the endings of names: "s" in "Google's"."""


class LanguageLexicon(_Table, frozen=True):
    """One file."""

    common_words: Words = ""
    """About twenty of the commonest words, by which a text's language is recognised."""
    and_words: Words = ""
    """Between two names."""
    small_words: Words = ""
    """Words in lower case within the name of an organisation: "of"; a ’ at the end joins one to
    the next word: "d’"."""
    person_titles: Words = ""
    """As written, before a name, without a full stop."""
    name_particles: Words = ""
    """Words in lower case within the name of a person: "van"."""
    by_words: Words = ""
    """The preposition before an author's name."""
    not_names: Words = ""
    """What is given as the author without being a name: "admin"."""
    page_words: Words = ""
    """Of buttons and headings that look like names, "Share Article", and in no person's name."""
    after_names: Words = ""
    """Behind an author's name, before a place or a publisher: "in"."""
    parts: dict[str, str] = {}
    """Patterns that others of this file use by name."""
    dates: DateTable = DateTable()
    headings: HeadingTable = HeadingTable()
    lines: LineTable = LineTable()
    words: KeywordTable = KeywordTable()
    credits: CreditTable = CreditTable()
    boilerplate: BoilerplateTable = BoilerplateTable()
    elements: ElementTable = ElementTable()
    feeds: FeedTable = FeedTable()
    names: NameTable = NameTable()


Lexicon: TypeAlias = Mapping[str, LanguageLexicon]
"""Language code -> its words, in the order of the codes; patterns in the notation of `re`."""

_folders: ContextVar[tuple[Path, ...]] = ContextVar("_folders", default=(_FOLDER,))


def folders() -> tuple[Path, ...]:
    """The folders whose files are in use: this one, and in tests more."""
    return _folders.get()


@contextmanager
def more_languages(folder: Path) -> Iterator[None]:
    """Use the lexicon files of another folder too, as a test of a new language does."""
    token = _folders.set((*_folders.get(), folder))
    try:
        yield
    finally:
        _folders.reset(token)


def load_lexicon(*places: Path, without: frozenset[str] = frozenset()) -> Lexicon:
    """Read the files of these folders, but for some languages. Raises LexiconError."""
    return {path.stem: load_language(path) for path in _files(places) if path.stem not in without}


def _files(places: Iterable[Path]) -> list[Path]:
    return sorted((path for place in places for path in place.glob("*.toml")), key=lambda path: path.stem)


@lru_cache(maxsize=8)
def by_words_everywhere(places: tuple[Path, ...]) -> frozenset[str]:
    """The prepositions before an author's name in all languages of these folders, in lower case.

    One that is part of names in another language is left out. Reads the keys before the first table of each file,
    which is a hundred times faster than all of it. Raises LexiconError.
    """
    words: dict[str, set[str]] = {}
    particles: dict[str, set[str]] = {}
    for path in sorted(path for place in places for path in place.glob("*.toml")):
        try:
            head = tomllib.loads(path.read_text(encoding="utf-8").partition("\n[")[0])
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise LexiconError(path, str(error)) from None
        for key, found in (("by_words", words), ("name_particles", particles)):
            for word in str(head.get(key, "")).split():
                found.setdefault(word, set()).add(path.stem)
    return frozenset(word for word, languages in words.items() if particles.get(word, set()) <= languages)


@lru_cache(maxsize=8)
def load_names(places: tuple[Path, ...]) -> Lexicon:
    """The files of these folders without their tables, but for `[names]`: ten times as fast. Raises LexiconError."""
    return {path.stem: _read(path, _expanded, only="names") for path in _files(places)}


@lru_cache(maxsize=200)
def load_language(path: Path) -> LanguageLexicon:
    """Read one file, once. Raises LexiconError."""
    return _read(path, _expanded)


def check_language(path: Path) -> LanguageLexicon:
    """Read one file and compile each of its patterns, which takes longer. Raises LexiconError."""
    return _read(path, _checked)


def _read(path: Path, expand: Callable[[str, Mapping[str, Pattern]], Pattern], only: str = "") -> LanguageLexicon:
    """Read a file, or of its tables only one."""
    try:
        text = path.read_text(encoding="utf-8")
        if only:
            text = text.partition("\n[")[0] + "".join(re.findall(rf"\n\[{only}\]\n(?:(?!\[).*\n)*", text))
        raw = tomllib.loads(text)
        parts = {name: expand(pattern, {}) for name, pattern in dict(raw.get("parts", {})).items()}
        language = msgspec.convert(raw, LanguageLexicon, dec_hook=lambda _kind, text: expand(text, parts))
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError, TypeError, ValueError) as error:
        raise LexiconError(path, str(error)) from None
    if len(language.dates.months) not in {0, MONTHS_OF_A_YEAR}:
        raise LexiconError(path, "`months` must name all twelve months")
    return language


def _expanded(written: str, parts: Mapping[str, Pattern]) -> Pattern:
    """A pattern in the notation of `re`. Raises ValueError, or TypeError where it is not text."""

    def part(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in parts:
            raise ValueError(f'"{written}" uses "{name}", which [parts] does not define')
        return f"(?:{parts[name]})"

    return Pattern(_PART.sub(part, _SPECIAL.sub(_plain_notation, written)))


def _checked(written: str, parts: Mapping[str, Pattern]) -> Pattern:
    """The same, compiled for trial."""
    pattern = _expanded(written, parts)
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        raise ValueError(f'"{written}" is not a regular expression: {error}') from None
    if groups:
        raise ValueError(f'"{written}" has a capturing group: write (?:…)')
    return pattern


def _plain_notation(match: re.Match[str]) -> str:
    sign = match.group()
    if sign.startswith("["):
        return sign.replace("’", "'’")
    if sign.startswith(" "):
        return r"\s+"
    return "['’]" if sign == "’" else sign
