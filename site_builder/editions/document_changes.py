"""Documents of two editions: which are new to readers, which are gone, and what of each is another than before.

Takes editions and a way to read a text; gives a change for each document, in words that an editor uses.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, fields, is_dataclass
from enum import StrEnum
from typing import Any, Final

import msgspec

from site_builder.content.schema import NAMING_FIELDS, Meta, Similar
from site_builder.content.vocabulary import Kind
from site_builder.editions.edition import DocumentFacts, Edition, Presence
from site_builder.editions.word_changes import TextChange, compare_words
from site_builder.urls import Permalink, SourcePath

ReadText = Callable[[DocumentFacts], str]
"""Gives the plain text of a document, as readers see it."""


class Effect(StrEnum):
    """What a change of a document does for readers."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    HIDDEN = "hidden"
    """It is not published, before or after."""
    SPELLING = "spelling"
    """The same page from a file that is written in another way: its comments, quotes or order."""


class FieldChange(msgspec.Struct, frozen=True):
    """A field of the front matter that says something else."""

    field: str
    """As in the front matter; `source.name` for a part of one."""
    removed: tuple[str, ...] = ()
    """What it does not say any more. Documents are called by their titles."""
    added: tuple[str, ...] = ()
    words: TextChange | None = None
    """For sentences, the words that differ."""
    is_reordered: bool = False
    """Whether it says the same in another order."""


class DocumentChange(msgspec.Struct, frozen=True):
    """One document before and after."""

    effect: Effect
    kind: Kind
    url: Permalink
    """Its address, or the last one that it had."""
    title: str
    path: SourcePath
    former_url: Permalink | None = None
    """Where it was, if it has moved."""
    former_title: str = ""
    """What it was called, if that is not the same."""
    former_path: SourcePath | None = None
    """Its file, if that was another one."""
    presence: Presence | None = None
    """Whether readers find it now; None for a file that is gone."""
    former_presence: Presence | None = None
    """None for a new file."""
    publish: dt.date | None = None
    """The day on which readers will find it, if that is yet to come."""
    fields: tuple[FieldChange, ...] = ()
    text: TextChange | None = None
    """What became of its text."""
    is_text_marked_up_anew: bool = False
    """Whether links, pictures or markup of its text have changed and no word has."""
    summary: str = ""
    """What it is about, for what is new or gone."""
    words: int = 0
    """Of the text of what is new or gone."""


Pair = tuple[DocumentFacts | None, DocumentFacts | None]
"""A document before and after; None where there is none."""


def pair_documents(base: Edition, head: Edition) -> list[Pair]:
    """Each document of either edition with what it was or became, renamed ones too, by path."""
    before = {one.key: one for one in base.documents}
    after = {one.key: one for one in head.documents}
    pairs: list[Pair] = [(one, after[key]) for key, one in before.items() if key in after]
    gone = [one for key, one in before.items() if key not in after]
    new = [one for key, one in after.items() if key not in before]
    renamed = dict(_renamed(gone, new, head)) if gone and new else {}
    taken = {one.key for one in renamed.values()}
    pairs += [(one, renamed.get(one.key)) for one in gone]
    pairs += [(None, one) for one in new if one.key not in taken]
    return sorted(pairs, key=_path_of)


def _path_of(pair: Pair) -> str:
    one = pair[1] or pair[0]
    return one.path if one else ""


def _renamed(
    gone: Iterable[DocumentFacts], new: Iterable[DocumentFacts], head: Edition
) -> Iterator[tuple[tuple[Kind, str], DocumentFacts]]:
    """Key of a document that is gone -> the new one that it became.

    By the redirect from the old address; else by the same text; else by the same title.
    """
    left = {one.key: one for one in new}
    for sign in (_by_redirect(head.redirects), _by_text, _by_title):
        signs: dict[tuple[Kind, object], DocumentFacts] = {}
        for one in left.values():
            if (mark := sign(one, False)) is not None:
                signs.setdefault((one.kind, mark), one)
        for one in list(gone):
            mark = sign(one, True)
            found = signs.pop((one.kind, mark), None) if mark is not None else None
            if found is not None:
                del left[found.key]
                gone = [other for other in gone if other is not one]
                yield one.key, found


def _by_redirect(redirects: Mapping[Permalink, Permalink]) -> Callable[[DocumentFacts, bool], object]:
    return lambda one, is_gone: redirects.get(one.url) if is_gone else one.url


def _by_text(one: DocumentFacts, _is_gone: bool) -> object:
    return one.body if one.words >= MIN_WORDS else None


def _by_title(one: DocumentFacts, _is_gone: bool) -> object:
    return one.title.casefold()


MIN_WORDS: Final = 20
"""Words of a text from which equal texts are one document; shorter ones may be equal by chance."""


def compare_documents(
    pairs: Iterable[Pair], base: Edition, head: Edition, read: ReadText, read_before: ReadText
) -> list[DocumentChange]:
    """What became of each document of `pair_documents` that is not as it was."""
    titles = _Titles(base), _Titles(head)
    changes = (_compare(pair, titles, base.markdown == head.markdown, read, read_before) for pair in pairs)
    return [change for change in changes if change is not None]


class _Titles:
    """What documents are called by which front matter names them."""

    def __init__(self, edition: Edition) -> None:
        self._by_key = {one.key: one.title for one in edition.documents}

    def of(self, kind: Kind, slug: str) -> str:
        return self._by_key.get((kind, slug), slug)


def _compare(
    pair: Pair, titles: tuple[_Titles, _Titles], is_read_alike: bool, read: ReadText, read_before: ReadText
) -> DocumentChange | None:
    before, after = pair
    had, has = _has_page(before), _has_page(after)
    if before and after and had == has:
        return _changed(before, after, titles, is_read_alike, read, read_before)
    if has and after:
        return _new_or_gone(Effect.ADDED, after, pair, read)
    if had and before:
        return _new_or_gone(Effect.REMOVED, before, pair, read_before)
    one = after or before
    return _new_or_gone(Effect.HIDDEN, one, pair, read if after else read_before) if one else None


def _has_page(one: DocumentFacts | None) -> bool:
    return one is not None and one.presence.has_page


def _new_or_gone(effect: Effect, one: DocumentFacts, pair: Pair, read: ReadText) -> DocumentChange:
    meta = one.meta_of()
    return msgspec.structs.replace(
        _named(effect, pair),
        url=one.url,
        title=one.title,
        summary=getattr(meta, "summary", None) or "",
        words=len(read(one).split()),
    )


def _named(effect: Effect, pair: Pair) -> DocumentChange:
    before, after = pair
    one = after or before
    if one is None:
        raise ValueError("a pair has a document")
    was = before if before and after else None
    return DocumentChange(
        effect,
        one.kind,
        one.url,
        one.title,
        one.path,
        former_url=was.url if was and was.url != one.url else None,
        former_title=was.title if was and was.title != one.title else "",
        former_path=was.path if was and was.path != one.path else None,
        presence=after.presence if after else None,
        former_presence=before.presence if before else None,
        publish=getattr(after.meta_of(), "publish", None) if after and after.presence is Presence.EMBARGOED else None,
    )


def _changed(
    before: DocumentFacts,
    after: DocumentFacts,
    titles: tuple[_Titles, _Titles],
    is_read_alike: bool,
    read: ReadText,
    read_before: ReadText,
) -> DocumentChange | None:
    """A document that is or is not published, before and after; None for one that is as it was."""
    is_moved = before.path != after.path or before.presence is not after.presence
    if not is_moved and is_read_alike and before.source == after.source:
        return None
    found = tuple(_field_changes(before, after, titles)) if before.front_matter != after.front_matter else ()
    text = None
    if is_other_text := before.body != after.body:
        text = compare_words(read_before(before), read(after))
    is_said_anew = bool(found) or is_other_text or is_moved
    if not is_said_anew and not (is_read_alike and before.source != after.source):
        return None
    effect = Effect.CHANGED if after.presence.has_page else Effect.HIDDEN
    return msgspec.structs.replace(
        _named(effect if is_said_anew else Effect.SPELLING, (before, after)),
        fields=found,
        text=text,
        is_text_marked_up_anew=is_other_text and text is None,
    )


SENTENCES: Final = frozenset({"title", "name", "summary"})
"""Fields whose words are compared one by one."""


def _field_changes(
    before: DocumentFacts, after: DocumentFacts, titles: tuple[_Titles, _Titles]
) -> Iterator[FieldChange]:
    old, new = before.meta_of(), after.meta_of()
    for field in fields(new):
        name = field.name
        one, other = getattr(old, name, None), getattr(new, name)
        if one == other:
            continue
        if name in SENTENCES:
            yield FieldChange(name, words=compare_words(one or "", other or ""))
        elif isinstance(one, tuple) or isinstance(other, tuple):
            yield _list_change(name, _said(old, name, titles[0]), _said(new, name, titles[1]))
        elif is_dataclass(one) or is_dataclass(other):
            yield from _part_changes(name, _parts(one), _parts(other))
        else:
            yield FieldChange(name, _as_text(old, name, one, titles[0]), _as_text(new, name, other, titles[1]))


def _list_change(name: str, one: tuple[str, ...], other: tuple[str, ...]) -> FieldChange:
    removed, added = tuple(v for v in one if v not in other), tuple(v for v in other if v not in one)
    return FieldChange(name, removed, added, is_reordered=not removed and not added)


def _said(meta: Meta, name: str, titles: _Titles) -> tuple[str, ...]:
    """The entries of a list: documents by their titles."""
    kind = NAMING_FIELDS.get(type(meta), {}).get(name)
    return tuple(_entry(value, kind, titles) for value in getattr(meta, name) or ())


def _entry(value: object, kind: Kind | None, titles: _Titles) -> str:
    if isinstance(value, Similar):
        about = ": ".join(part for part in (value.kind, value.why) if part)
        title = titles.of(Kind.ARTICLE, value.to)
        return f"{title} ({about})" if about else title
    return titles.of(kind, str(value)) if kind else str(value)


def _as_text(meta: Meta, name: str, value: object, titles: _Titles) -> tuple[str, ...]:
    if value is None or value == "" or value is False:
        return ()
    if value is True:
        return ("yes",)
    kind = NAMING_FIELDS.get(type(meta), {}).get(name)
    return (titles.of(kind, str(value)) if kind else str(value),)


def _parts(value: Any) -> dict[str, Any]:
    return asdict(value) if value is not None else {}


def _part_changes(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[FieldChange]:
    for part in dict.fromkeys((*one, *other)):
        old, new = one.get(part), other.get(part)
        if old != new:
            yield FieldChange(f"{name}.{part}", _plain(old), _plain(new))


def _plain(value: object) -> tuple[str, ...]:
    return () if value is None or value == "" else (str(value),)


class Embargo(msgspec.Struct, frozen=True):
    """A document that readers will find on a later day."""

    url: Permalink
    title: str
    path: SourcePath
    day: dt.date
    former_day: dt.date | None = None
    """The day that was planned before, if that was another one."""
    is_new: bool = False
    """Whether it was not waiting before."""


def compare_embargoes(base: Edition, head: Edition) -> tuple[Embargo, ...]:
    """Every document that waits for its day, by that day."""
    days = {one.key: _day(one) for one in base.documents if one.presence is Presence.EMBARGOED}
    found = []
    for one in head.documents:
        if one.presence is Presence.EMBARGOED and (day := _day(one)):
            before = days.get(one.key)
            former = before if before != day else None
            found.append(Embargo(one.url, one.title, one.path, day, former, is_new=before is None))
    return tuple(sorted(found, key=lambda e: (e.day, e.path)))


def _day(one: DocumentFacts) -> dt.date | None:
    return getattr(one.meta_of(), "publish", None)
