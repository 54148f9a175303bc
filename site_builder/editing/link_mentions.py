"""The first mention of an entity in a body, made a link.

Names are looked for in the Markdown itself, with all that is no running text blanked out: code, links, HTML, headings,
tables. Each link is then rendered to see: the words that readers see must stay what they were, with one link more.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import Final

from site_builder.config import MarkdownOptions
from site_builder.content.front_matter import split
from site_builder.editing.source_edit import TextEdit, apply_edits, find_front
from site_builder.links.mentions import Mention, Names
from site_builder.markdown.body import Ref, RefKind, render_body
from site_builder.urls import SourcePath

_NO_TEXT: Final = re.compile(
    r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1|\Z)"  # fenced code
    r"|<!--.*?-->|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)"  # comments, code
    r"|\[\[[^\]\n]*\]\]|!?\[[^\]]*\]\([^)]*\)|!?\[[^\]]*\]\[[^\]]*\]"  # links and images
    r"|^ {0,3}\[[^\]]+\]:[^\n]*|<[^>\n]*>|https?://\S+"  # definitions of links, HTML, addresses
    r"|^ {0,3}#[^\n]*|^[^\n]*\n {0,3}(?:=+|-+)[ \t]*$"  # headings
    r"|^(?: {4}|\t)[^\n]*|^[^\n]*\|[^\n]*",  # indented code, tables
    re.DOTALL | re.MULTILINE,
)
_NOT_LINE_END: Final = re.compile(r"[^\r\n]")
_TAGS: Final = re.compile(r"<[^>]*>|\x02[a-z]\d+\x03")
_MOST_TRIED: Final = 5
"""Places of one entity that are tried; where these cannot be linked, an editor has to look."""


@dataclass(frozen=True, slots=True)
class MentionableEntities:
    """What can be mentioned."""

    names: Names
    """By id."""
    slugs: Mapping[str, str]
    """Id -> what stands before the bar in `[[slug|name]]`."""


@dataclass(frozen=True, slots=True)
class LinkedMentions:
    """A text in which entities are linked, and those that could not be."""

    text: str
    done: tuple[str, ...]
    """Ids in the order of their places,"""
    left: tuple[str, ...]
    """and those whose names stand in no place that can be linked."""


def link_mentions(
    text: str, path: SourcePath, options: MarkdownOptions, entities: MentionableEntities, known: Collection[str]
) -> LinkedMentions:
    """Link the first mention of each entity but those that are known."""
    places = _places(text, entities, known)
    if not places:
        return LinkedMentions(text, (), ())
    before = _read(text, path, options)
    edits: list[tuple[TextEdit, str]] = []
    for id_, mentions in places.items():
        for mention in mentions[:_MOST_TRIED]:
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
    """Id -> where running text mentions it; places count from the start of the file."""
    start = find_front(text).body
    body = _NO_TEXT.sub(lambda m: _NOT_LINE_END.sub("\x01", m[0]), text[start:].replace("\r\n", " \n"))
    places: dict[str, list[Mention]] = {}
    for mention in entities.names.find(body):
        if mention.id not in known and "\n" not in mention.text:
            moved = replace(mention, start=mention.start + start, end=mention.end + start)
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
    """One link more, of these words, and nothing else that readers could see."""
    made = [r for r in after[1] if (r.kind, r.written, r.text) == (RefKind.WIKI, slug, " ".join(words.split()))]
    return bool(made) and _is_sound(before, after, 1)


def _is_sound(before: _Read, after: _Read, count: int) -> bool:
    rest = ((ref.kind, ref.written) for ref in after[1])
    has_all = all((ref.kind, ref.written) in rest for ref in before[1])  # in their order
    return before[0] == after[0] and len(after[1]) == len(before[1]) + count and has_all
