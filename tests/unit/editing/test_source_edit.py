"""Edits of a source: the one thing that is meant, and every other character as it was."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from site_builder.content.front_matter import parse
from site_builder.content.vocabulary import Kind
from site_builder.editing.source_edit import (
    TextEdit,
    add_field,
    add_item,
    apply_edits,
    decode,
    encode,
    field_order,
    find_front,
    get_value,
    remove_item,
    replace_scalar,
)
from site_builder.editing.yaml_edit import CannotEditError, render
from site_builder.urls import SourcePath

ORDER: Final = field_order(Kind.ARTICLE)
Step = Callable[[str], str]


def source(front: str, body: str = "Text.\n") -> str:
    return f"---\n{front}---\n{body}"


@pytest.mark.parametrize(
    ("front", "path", "value", "expected"),
    [
        ("title: Old # why\n", ("title",), "New", "title: New # why\n"),
        ("title:   'Old'\n", ("title",), "It's", "title:   'It''s'\n"),
        ('title: "Old"\n', ("title",), 'a "b"', 'title: "a \\"b\\""\n'),
        ("title: Old\n", ("title",), "a: b", 'title: "a: b"\n'),
        ("title: Old\n", ("title",), "2024", 'title: "2024"\n'),
        ("title: Old\n", ("title",), "no", 'title: "no"\n'),
        ("title: Old\n", ("title",), "[x", 'title: "[x"\n'),
        ("title: Old\n", ("title",), 'say "a: b"', "title: 'say \"a: b\"'\n"),
        ("title: Old\n", ("title",), "a\nb", 'title: "a\\nb"\n'),
        ("updated:\nx: y\n", ("updated",), dt.date(2026, 7, 1), "updated: 2026-07-01\nx: y\n"),
        ("updated: ~ # none\n", ("updated",), dt.date(2026, 7, 1), "updated: 2026-07-01 # none\n"),
        ("unlisted: false\n", ("unlisted",), True, "unlisted: true\n"),
        ("order: 3\n", ("order",), 4, "order: 4\n"),
        ("summary: >-\n  Two\n  lines.\nx: y\n", ("summary",), "One.", "summary: One.\nx: y\n"),
        ("summary: two\n  lines\nx: y\n", ("summary",), "One.", "summary: One.\nx: y\n"),
        ("topics: [a, 'b', c]\n", ("topics", 1), "z", "topics: [a, 'z', c]\n"),
        ("topics:\n  - a # first\n  - b\n", ("topics", 0), "z", "topics:\n  - z # first\n  - b\n"),
        ("similar:\n- {to: a, why: b}\n", ("similar", 0, "to"), "z", "similar:\n- {to: z, why: b}\n"),
        ("similar:\n- why: b\n  to: a\n", ("similar", 0, "to"), "z", "similar:\n- why: b\n  to: z\n"),
        ("source:\n    name: N\n    url: u\n", ("source", "url"), "v", "source:\n    name: N\n    url: v\n"),
        ("{title: Old, x: y}\n", ("title",), "New", "{title: New, x: y}\n"),
        ("title: äöü 😀\nx: é\n", ("x",), "ß", "title: äöü 😀\nx: ß\n"),
    ],
)
def test_replace_scalar(front: str, path: tuple[Any, ...], value: Any, expected: str):
    assert replace_scalar(source(front), path, value) == source(expected)


@pytest.mark.parametrize(
    ("front", "item", "expected"),
    [
        ("topics: [a]\n", "b", "topics: [a, b]\n"),
        ("topics: [a, ]\n", "b", "topics: [a, b, ]\n"),
        ("topics: []\n", "b", "topics: [b]\n"),
        ("topics: [ ] # none\n", "b", "topics: [b ] # none\n"),
        ("topics: [\n  a, # first\n  b # last\n]\n", "c", "topics: [\n  a, # first\n  b, c # last\n]\n"),
        ("topics:\n- a\n- b # last\nx: y\n", "c", "topics:\n- a\n- b # last\n- c\nx: y\n"),
        ("topics:\n    - a\n\n# about x\nx: y\n", "c", "topics:\n    - a\n    - c\n\n# about x\nx: y\n"),
        ("topics:\nx: y\n", "c", "topics: [c]\nx: y\n"),
        ("topics: # none\n", "c", "topics: [c] # none\n"),
        ("topics: null\n", "c", "topics: [c]\n"),
        ("title: T\ntopics:\n  - |\n    a\n  - b\n", "c", "title: T\ntopics:\n  - |\n    a\n  - b\n  - c\n"),
        ("title: T\ndate: D\nsimilar: [x]\n", "c", "title: T\ndate: D\ntopics: [c]\nsimilar: [x]\n"),
        ("date: D # of it\n", "c", "date: D # of it\ntopics: [c]\n"),
        ("summary: >\n  a\n  b\nstatus: draft\n", "c", "summary: >\n  a\n  b\ntopics: [c]\nstatus: draft\n"),
        ("source:\n  name: N\n  url: u\n", "c", "source:\n  name: N\n  url: u\ntopics: [c]\n"),
        ("status: draft\n", "c", "status: draft\ntopics: [c]\n"),
        ("  title: T\n", "c", "  title: T\n  topics: [c]\n"),
        ("{title: T}\n", "c", "{title: T, topics: [c]}\n"),
        ("topics: [a]\n", "a, b", 'topics: [a, "a, b"]\n'),
        ("topics: [a]\n", "2024", 'topics: [a, "2024"]\n'),
    ],
)
def test_add_item(front: str, item: str, expected: str):
    assert add_item(source(front), "topics", item, ORDER) == source(expected)


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("topics: [a]\n", "topics: [c, a]\n"),
        ("topics: []\n", "topics: [c]\n"),
        ("topics:\n  - a\n", "topics:\n  - c\n  - a\n"),
    ],
)
def test_add_item_at_the_start(front: str, expected: str):
    assert add_item(source(front), "topics", "c", ORDER, at_start=True) == source(expected)


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: T\n", 'title: T\nsimilar:\n  - {to: b, why: "c: d"}\n'),
        ("similar: [a]\n", 'similar: [a, {to: b, why: "c: d"}]\n'),
        ("similar:\n- to: a\n  why: x\n", 'similar:\n- to: a\n  why: x\n- {to: b, why: "c: d"}\n'),
        ("{title: T}\n", '{title: T, similar: [{to: b, why: "c: d"}]}\n'),
    ],
)
def test_add_a_group(front: str, expected: str):
    assert add_item(source(front), "similar", {"to": "b", "why": "c: d"}, ORDER) == source(expected)


@pytest.mark.parametrize(
    ("front", "index", "expected"),
    [
        ("topics: [a, b, c]\n", 0, "topics: [b, c]\n"),
        ("topics: [a, b, c]\n", 1, "topics: [a, c]\n"),
        ("topics: [a, b, c]\n", 2, "topics: [a, b]\n"),
        ("topics: [a, b, ] # x\n", 1, "topics: [a, ] # x\n"),
        ("topics: [ a ]\n", 0, "topics: []\n"),
        ("topics:\n  - a\n  - b # b\n  - c\nx: y\n", 1, "topics:\n  - a\n  - c\nx: y\n"),
        ("topics:\n- {to: a,\n   why: b}\n- c\n", 0, "topics:\n- c\n"),
        ("topics:\n- to: a\n  why: - b\n- c\n", 0, None),
        ("topics:\n- to: a\n  why: b\n- c\n", 0, "topics:\n- c\n"),
        ("topics: # main\n  - a\nx: y\n", 0, "topics: [] # main\nx: y\n"),
    ],
)
def test_remove_item(front: str, index: int, expected: str | None):
    if expected is None:
        with pytest.raises(CannotEditError):
            remove_item(source(front), "topics", index)
    else:
        assert remove_item(source(front), "topics", index) == source(expected)


@pytest.mark.parametrize(
    ("front", "field", "value", "expected"),
    [
        ("title: T\nsummary: S\n", "date", dt.date(2026, 1, 2), "title: T\ndate: 2026-01-02\nsummary: S\n"),
        ("title: T\nstatus: draft\n", "duplicate_of", "x", "title: T\nduplicate_of: x\nstatus: draft\n"),
        ("title: T # t\n", "feed_id", "a: b", 'title: T # t\nfeed_id: "a: b"\n'),
        ("title: T\nfeed_id:\n", "feed_id", "a", "title: T\nfeed_id: a\n"),
    ],
)
def test_add_field(front: str, field: str, value: Any, expected: str):
    assert add_field(source(front), field, value, ORDER) == source(expected)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("no front matter\n", lambda t: replace_scalar(t, ("title",), "x")),
        ("---\ntitle: T\n", lambda t: replace_scalar(t, ("title",), "x")),
        (source("a: &x b\nc: *x\n"), lambda t: replace_scalar(t, ("a",), "z")),
        (source("a: [\n"), lambda t: replace_scalar(t, ("title",), "x")),
        (source("- a\n"), lambda t: replace_scalar(t, ("title",), "x")),
        (source("a: b\na: c\n"), lambda t: replace_scalar(t, ("a",), "z")),
        (source("topics: a\n"), lambda t: add_item(t, "topics", "z")),
        (source("topics: [a]\n"), lambda t: remove_item(t, "topics", 1)),
        (source("topics: [a]\n"), lambda t: replace_scalar(t, ("topics",), "z")),
        (source("title: T\n"), lambda t: replace_scalar(t, ("source", "url"), "z")),
        (source("title: T\n"), lambda t: apply_edits(t, [TextEdit(17, 19, "x"), TextEdit(18, 20, "y")])),
    ],
)
def test_what_cannot_be_edited(text: str, step: Step):
    with pytest.raises(CannotEditError) as caught:
        step(text)
    assert caught.value.reason


def test_get_value():
    text = source("title: 'T'\nsimilar: [a, {to: b}]\n")
    assert get_value(text, ("title",)) == "T"
    assert get_value(text, ("similar", 1, "to")) == "b"
    assert get_value(text, ("similar", 1)) is None
    assert get_value(text, ("nothing", 2)) is None


def test_not_utf8():
    with pytest.raises(CannotEditError):
        decode(b"---\ntitle: \xff\n---\n")


FRONTS: Final = (
    "title: T\ndate: 2026-06-03\nsummary: 'It''s' # said\ntopics: [a, \"b c\"]\nsimilar:\n  - x # why\n  - {to: y}\n",
    "# head\ntitle: >\n  Folded\n  text\n\ndate: 2026-06-03\ntopics:\n- a\n\n# between\n- b\nsource: {name: N}\n",
    "{title: T, topics: [a, b], similar: [{to: x, why: 'y'}]}\n",
    "title: |+\n  Kept\n\n\ntopics:\n    - é\n    - 😀 z\nstatus: draft",
)
TEXTS: Final = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)
NEW: Final = st.one_of(
    TEXTS,
    st.sampled_from(
        [
            "no",
            "2026-01-02",
            "1.5",
            "- x",
            "a: b",
            "#x",
            "'",
            '"',
            "\\",
            "~",
            "=",
            "<<",
            "a #b",
            "]",
            "x,",
            "!x",
            "%",
            "@",
            "`",
            "?",
            ": x",
            "null",
            "...",
            "---",
        ]
    ),
)


@given(
    front=st.sampled_from(FRONTS),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.sampled_from(["", "\ufeff"]),
    word=NEW,
    step=st.sampled_from(["title", "topics", "similar", "item", "remove", "first", "entities"]),
)
def test_only_what_is_meant_changes(front: str, line_end: str, mark: str, word: str, step: str):
    """Whatever the style and the word: the data differs in one place, and so do the bytes."""
    steps: dict[str, tuple[Step, Callable[[Any], object]]] = {
        "title": (lambda t: replace_scalar(t, ("title",), word), lambda d: d.update(title=word)),
        "topics": (lambda t: add_item(t, "topics", word, ORDER), lambda d: d["topics"].append(word)),
        "similar": (lambda t: add_item(t, "similar", {"to": "s", "why": word}, ORDER),
                    lambda d: d.setdefault("similar", []).append({"to": "s", "why": word})),
        "item": (lambda t: replace_scalar(t, ("topics", 1), word), lambda d: d["topics"].__setitem__(1, word)),
        "remove": (lambda t: remove_item(t, "topics", 1), lambda d: d["topics"].pop(1)),
        "first": (lambda t: add_item(t, "topics", word, ORDER, at_start=True), lambda d: d["topics"].insert(0, word)),
        "entities": (lambda t: add_item(t, "entities", word, ORDER), lambda d: d.update(entities=[word])),
    }  # fmt: skip
    edit, expect = steps[step]
    text = mark + source(front + "\n" * (not front.endswith("\n")), "Body [[x]].\n\n---\n").replace("\n", line_end)
    data = encode(text)
    after = edit(decode(data))
    expected = yaml.safe_load(front)
    expect(expected)
    place = find_front(after)
    assert yaml.safe_load(after[place.start : place.end].replace("\r\n", "\n").replace("\r", "\n")) == expected
    assert after[place.body :] == text[find_front(text).body :]
    assert after.startswith(mark)
    assert {"\n", "\r\n", "\r"} & set(_ends(after)) == {line_end}
    start = next((i for i, (a, b) in enumerate(zip(text, after, strict=False)) if a != b), 0)
    shorter = min(len(text), len(after)) - start
    end = next((i for i in range(shorter) if text[-1 - i] != after[-1 - i]), shorter)
    assert len(text) - start - end <= max(len(line) for line in text.split(line_end)) + 30


def _ends(text: str) -> list[str]:
    return ["\r\n" if "\r\n" in text else c for c in text if c in "\r\n"]


@given(NEW)
def test_a_word_is_read_as_it_was_given(word: str):
    for front in (f"title: {render(word)}\n", f"{{title: {render(word)}}}\n"):
        assert yaml.safe_load(front) == {"title": word}
        found, problems = parse(front, Kind.TOPIC, SourcePath("t.md"))
        assert found is not None, problems
        assert getattr(found.meta, "title", "") == word


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3), st.text(max_size=3)), max_size=4))
def test_edits_apply_at_once_or_not_at_all(spans: list[tuple[int, int, str]]):
    text = "abcdefghijklmnopqrstuvwxyz"
    edits = [TextEdit(start, start + length, new) for start, length, new in spans]
    try:
        after = apply_edits(text, edits)
    except CannotEditError:
        return
    expected = text
    for edit in sorted(edits, reverse=True):
        expected = expected[: edit.start] + edit.text + expected[edit.end :]
    assert after == expected
