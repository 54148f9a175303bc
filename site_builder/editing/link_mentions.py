"""Turn the first mention of each entity in a body into a link.

Names are looked for in the Markdown itself, with everything but running text blanked out: code, links, HTML, headings,
tables. Each edit is then checked by rendering the body: readers must see the same words, with one more link.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

import msgspec

from site_builder.config import MarkdownOptions
from site_builder.content.source_parts import split
from site_builder.editing.source_edit import TextEdit, apply_edits, find_front
from site_builder.links.mentions import Mention, Names
from site_builder.markdown.body import render_body
from site_builder.markdown.references import Ref, RefKind
from site_builder.urls import SourcePath

_NOT_RUNNING_TEXT: Final = re.compile(
    r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1|\Z)"  # fenced code
    r"|<!--.*?-->|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)"  # comments, code
    r"|\[\[(?:[^\]\n]|\n(?![ \t]*\n))*\]\]|!?\[[^\]]*\]\([^)]*\)|!?\[[^\]]*\]\[[^\]]*\]"  # links and images
    r"|^ {0,3}\[[^\]]+\]:[^\n]*|<[^>\n]*>|https?://\S+"  # definitions of links, HTML, addresses
    r"|^ {0,3}#[^\n]*|^[^\n]*\n {0,3}(?:=+|-+)[ \t]*$"  # headings
    r"|^(?: {4}|\t)[^\n]*|^[^\n]*\|[^\n]*",  # indented code, tables
    re.DOTALL | re.MULTILINE,
)
_NOT_LINE_END: Final = re.compile(r"[^\r\n]")
_TAGS: Final = re.compile(r"<[^>]*>|\x02[a-z]\d+\x03")
_MAX_ATTEMPTS: Final = 5
"""Places tried for one entity, each at the cost of rendering the body; after that an editor has to look."""


@dataclass(frozen=True, slots=True)
class MentionableEntities:
    """The entities that texts may mention."""

    names: Names
    """By id."""
    slugs: Mapping[str, str]
    """Id -> the part before the bar in `[[slug|name]]`."""


@dataclass(frozen=True, slots=True)
class LinkedMentions:
    """The edited text, with the entities that were linked and those that could not be."""

    text: str
    done: tuple[str, ...]
    """Ids in the order of their places."""
    left: tuple[str, ...]
    """Ids of entities whose names are in no place that can become a link."""


def link_mentions(
    text: str, path: SourcePath, options: MarkdownOptions, entities: MentionableEntities, known: Collection[str]
) -> LinkedMentions:
    """Link the first mention of each entity, except those in `known`.

    Raises CannotEditError if the file has no front matter that can be read.
    """
    places = _places(text, entities, known)
    if not places:
        return LinkedMentions(text, (), ())
    before = _read(text, path, options)
    edits: list[tuple[TextEdit, str]] = []
    for id_, mentions in places.items():
        for mention in mentions[:_MAX_ATTEMPTS]:
            edit = TextEdit(mention.start, mention.end, f"[[{entities.slugs[id_]}|{mention.text}]]")
            after = _read(apply_edits(text, [edit]), path, options)
            if _is_good(before, after, entities.slugs[id_], mention.text):
                edits.append((edit, id_))
                break
    edits.sort()
    edited = apply_edits(text, (edit for edit, _ in edits))
    if not _is_sound(before, _read(edited, path, options), len(edits)):
        return LinkedMentions(text, (), tuple(sorted(places)))
    done = tuple(id_ for _, id_ in edits)
    return LinkedMentions(edited, done, tuple(sorted(set(places) - set(done))))


def _places(text: str, entities: MentionableEntities, known: Collection[str]) -> dict[str, list[Mention]]:
    """Id -> its mentions in running text; positions count from the start of the file."""
    start = find_front(text).body
    body = _NOT_RUNNING_TEXT.sub(lambda m: _NOT_LINE_END.sub("\x01", m[0]), text[start:].replace("\r\n", " \n"))
    places: dict[str, list[Mention]] = {}
    for mention in entities.names.find(body):
        if mention.id not in known and "\n" not in mention.text:
            moved = msgspec.structs.replace(mention, start=mention.start + start, end=mention.end + start)
            places.setdefault(mention.id, []).append(moved)
    return places


_Read = tuple[str, tuple[Ref, ...]]
"""The words of a body as readers see them, and its references."""


def _read(text: str, path: SourcePath, options: MarkdownOptions) -> _Read:
    source = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    parts, _ = split(source, path)
    rendered, _ = render_body(parts.body if parts else "", options, path, 1)
    return " ".join(unescape(_TAGS.sub("", rendered.html)).split()), rendered.body.refs


def _is_good(before: _Read, after: _Read, slug: str, words: str) -> bool:
    """Is there one more link, with these words, and no other visible change?"""
    made = [r for r in after[1] if (r.kind, r.written, r.text) == (RefKind.WIKI, slug, " ".join(words.split()))]
    return bool(made) and _is_sound(before, after, 1)


def _is_sound(before: _Read, after: _Read, count: int) -> bool:
    rest = ((ref.kind, ref.written) for ref in after[1])
    has_all = all((ref.kind, ref.written) in rest for ref in before[1])  # in their order
    return before[0] == after[0] and len(after[1]) == len(before[1]) + count and has_all
