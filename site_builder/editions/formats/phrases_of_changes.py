"""What a change is called, the same in text, Markdown and HTML: plain phrases, nothing escaped."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from site_builder.editions.changed_files import FileDiff
from site_builder.editions.document_changes import DocumentChange, Effect, Embargo, FieldChange
from site_builder.editions.edition import Presence
from site_builder.editions.editorial_diff import EditorialDiff, SideName, WeightChange
from site_builder.editions.related_moves import RelatedMove
from site_builder.editions.word_changes import TextChange

NOTHING_DIFFERS: Final = "Readers will see no difference."

HEADINGS: Final = {
    Effect.ADDED: "New for readers",
    Effect.REMOVED: "No longer there",
    Effect.CHANGED: "Changed",
    Effect.HIDDEN: "Not published",
    Effect.SPELLING: "Written in another way, the same for readers",
}

_WHY_GONE: Final = {
    None: "the file was deleted",
    Presence.DRAFT: "it is a draft now",
    Presence.REVIEW: "it is in review now",
    Presence.REPLACED: "another document has replaced it",
    Presence.EMBARGOED: "it is under embargo now",
}
_WHY_NEW: Final = {
    Presence.DRAFT: "it was a draft",
    Presence.REVIEW: "it was in review",
    Presence.REPLACED: "it was replaced by another document",
    Presence.EMBARGOED: "it was under embargo",
}


def number_of(count: int, noun: str) -> str:
    """`1 page`, `1,204 pages`."""
    return f"{count:,} {noun if count == 1 else f'{noun}s'}"


def title_line(diff: EditorialDiff) -> str:
    """What is compared with what."""
    return f"From {diff.base.label} to {diff.head.label}, as readers see it on {diff.date}"


def notes(diff: EditorialDiff) -> list[str]:
    """What a reader of the diff must know about both sides."""
    found = [note for side in (diff.base, diff.head) if (note := _note(side))]
    changes = (
        ("name", diff.base.site_name, diff.head.site_name),
        ("address", diff.base.site_url, diff.head.site_url),
        ("language", diff.base.language, diff.head.language),
    )
    if diff.base.has_site:
        found += [f'The {what} of the site changes: "{old}" → "{new}".' for what, old, new in changes if old != new]
    return found


def _note(side: SideName) -> str:
    if not side.has_site:
        return f"There is no site in {side.label} yet."
    if side.errors:
        count = number_of(side.errors, "error")
        return f"{side.label} has {count}: no site could be built from it, and not everything was compared."
    return ""


def counts(diff: EditorialDiff) -> list[str]:
    """The diff in a line: `2 pages new`, `1 changed`."""
    effects = Counter(one.effect for one in diff.documents)
    parts = [
        (effects[Effect.ADDED], "new"),
        (effects[Effect.REMOVED], "gone"),
        (effects[Effect.CHANGED], "changed"),
        (effects[Effect.HIDDEN], "not published"),
        (len(diff.related), "related lists moved" if len(diff.related) > 1 else "related list moved"),
        (len(diff.lost), "addresses lost" if len(diff.lost) > 1 else "address lost"),
        (len(diff.findings), "new findings" if len(diff.findings) > 1 else "new finding"),
    ]
    return [f"{count:,} {what}" for count, what in parts if count]


def circumstances(one: DocumentChange) -> list[str]:
    """Why a document is new or gone, and where it was."""
    found = []
    if one.effect is Effect.ADDED and one.former_presence:
        found.append(_WHY_NEW.get(one.former_presence, ""))
    if one.effect is Effect.REMOVED:
        found.append(_WHY_GONE.get(one.presence, ""))
    if one.effect is Effect.HIDDEN:
        found.append(_hidden(one))
    if one.effect is Effect.CHANGED and one.presence != one.former_presence:
        found.append("it is in no list now" if one.presence is Presence.UNLISTED else "it is in lists now")
    if one.publish:
        found.append(f"it appears on {one.publish}")
    if one.former_url:
        found.append(f"it was at {one.former_url}")
    elif one.former_path:
        found.append(f"its file was {one.former_path}")
    return [part for part in found if part]


def _hidden(one: DocumentChange) -> str:
    if one.presence is None:
        return f"deleted: {one.former_presence}"
    state = str(one.presence)
    if one.former_presence is None:
        return f"new: {state}"
    return state if one.presence == one.former_presence else f"{one.former_presence} → {state}"


def words_line(change: TextChange) -> str:
    """`12 words removed, 30 added`"""
    if not change.removed_words:
        return f"{number_of(change.added_words, 'word')} added"
    removed = f"{number_of(change.removed_words, 'word')} removed"
    return f"{removed}, {change.added_words:,} added" if change.added_words else removed


def field_parts(change: FieldChange) -> str:
    """What a field said and says: `"a" → "b"`, `+ x`, `- y`."""
    if change.is_reordered:
        return "in another order"
    if len(change.removed) <= 1 and len(change.added) <= 1 and change.removed and change.added:
        return f"{change.removed[0]} → {change.added[0]}"
    return ", ".join([*(f"- {value}" for value in change.removed), *(f"+ {value}" for value in change.added)])


def move_parts(move: RelatedMove) -> list[str]:
    """What came into a related list and left it, with the reasons."""
    found = []
    for one in move.came:
        shared = f"; {', '.join(one.reasons)}" if one.reasons else ""
        found.append(f"+ {one.title} ({one.cause}{shared})")
    found += [f"- {one.title} ({one.cause})" for one in move.left]
    if move.is_reordered:
        found.append("the others in another order" if found else "the same in another order")
    return found


def embargo_line_of(one: Embargo) -> str:
    """When a document appears."""
    if one.former_day:
        return f"{one.title} ({one.url}) appears on {one.day}, not on {one.former_day}"
    return f"{one.title} ({one.url}) appears on {one.day}" + (" (new)" if one.is_new else "")


def size(count: int) -> str:
    """Bytes for people: `812 B`, `12.3 kB`, `4.1 MB`."""
    if abs(count) < KILO:
        return f"{count} B"
    return f"{count / KILO:,.1f} kB" if abs(count) < KILO**2 else f"{count / KILO**2:,.1f} MB"


KILO: Final = 1000


def weight_line(one: WeightChange) -> str:
    """`pages: +1.2 kB in 14 files`"""
    sign = "+" if one.difference > 0 else ""
    return f"{one.kind}: {sign}{size(one.difference)} in {number_of(one.files, 'file')}"


def files_line(files: FileDiff) -> str:
    """How many files of the site differ."""
    parts = [(files.added, "new"), (files.removed, "gone"), (files.changed, "changed")]
    counted = ", ".join(f"{len(some):,} {what}" for some, what in parts if some)
    return counted if files.is_exact or not counted else f"{counted} (too many to be compared byte by byte)"


def sentences(parts: Iterable[str]) -> str:
    """Parts as one phrase."""
    return "; ".join(parts)
