"""Front matter: YAML as people expect it, and where each field stands."""

import datetime as dt

import pytest

from site_builder.content.front_matter import parse, parse_partly
from site_builder.content.schema import Article, FreePage
from site_builder.content.source_parts import split
from site_builder.content.vocabulary import Kind, Status
from site_builder.urls import SourcePath

PATH = SourcePath("content/articles/a.md")
HEAD = "title: A\ndate: 2026-06-03\nsummary: About A.\nsource: {name: A paper}\n"


def article_meta(more: str = "") -> Article:
    front, found = parse(HEAD + more, Kind.ARTICLE, PATH)
    assert front is not None, found
    assert isinstance(front.meta, Article)
    return front.meta


def test_split_tells_where_the_body_starts():
    parts, found = split("---\ntitle: A\n---\n\nText.\n---\nMore.\n", PATH)
    assert parts is not None
    assert (parts.yaml, parts.body, parts.body_line) == ("title: A", "\nText.\n---\nMore.\n", 4)
    assert not found


def test_fences_may_end_with_spaces():
    parts, _ = split("--- \ntitle: A\n---\t\nText.", PATH)
    assert parts is not None
    assert parts.body == "Text."


@pytest.mark.parametrize(
    ("written", "meant"),
    [("no", "no"), ("on", "on"), ("007", "007"), ("1_000", "1_000"), ("12:30", "12:30"), ("0x1F", "0x1F"), ("=", "="),
     ("2026-06-03", "2026-06-03"), ("1e3", "1e3"), ("'true'", "true"), ("  spaced  ", "spaced"), ("Ä 🦊", "Ä 🦊")],
)  # fmt: skip
def test_words_stay_words(written: str, meant: str):
    assert article_meta(f"curator: {written}\n").curator == meant


@pytest.mark.parametrize("written", ["1984", "true", "1.5", "-3", "[a]", "{a: b}"])
def test_other_values_are_no_text(written: str):
    front, found = parse(f"{HEAD}curator: {written}\n", Kind.ARTICLE, PATH)
    assert front is None
    assert [(d.code, d.location.line, d.location.column) for d in found] == [("type-wrong", 6, 10)]


def test_dates_are_days():
    assert article_meta("added: 2024-02-29\n").added == dt.date(2024, 2, 29)


def test_similar_takes_slugs_and_groups():
    meta = article_meta("similar:\n  - b\n  - {to: c, why: It is near., kind: follow-up}\n")
    assert [(s.to, s.why, s.kind) for s in meta.similar] == [("b", None, None), ("c", "It is near.", "follow-up")]


def test_a_stub_needs_no_source():
    front, found = parse(HEAD.replace("source: {name: A paper}\n", "status: stub\n"), Kind.ARTICLE, PATH)
    assert front is not None
    assert not found
    assert isinstance(front.meta, Article)
    assert front.meta.status is Status.STUB


def test_order_is_a_number():
    front, _ = parse("title: P\norder: -2\n", Kind.PAGE, PATH)
    assert front is not None
    assert isinstance(front.meta, FreePage)
    assert front.meta.order == -2


def test_positions_of_references():
    more = "topics: [law, privacy]\nsimilar:\n  - b\n  - to: c\nduplicate_of: d\nimage: {alt: An a, src: a.png}\n"
    front, _ = parse(HEAD + more, Kind.ARTICLE, PATH)
    assert front is not None
    assert {k: v for k, v in front.positions.items() if "." in k or k == "duplicate_of"} == {
        "topics.0": (6, 10),
        "topics.1": (6, 15),
        "similar.0": (8, 5),
        "similar.1": (9, 5),
        "duplicate_of": (10, 15),
        "source.name": (5, 16),
        "image.alt": (11, 14),
        "image.src": (11, 25),
    }


def test_every_finding_at_once():
    front, found = parse("title: 7\ndate: soon\nsource: x\nzebra: 1\ntitle: 8\n", Kind.ARTICLE, PATH)
    assert front is None
    assert sorted(d.code for d in found) == [
        "date-invalid", "field-missing", "key-duplicate", "key-unknown", "type-wrong", "type-wrong",
    ]  # fmt: skip


def test_anchors_and_merge_keys_work():
    meta = article_meta("topics: &t [law]\nentities: *t\n")
    assert meta.topics == meta.entities == ("law",)


@pytest.mark.parametrize(
    ("escape", "name"),
    [
        ("\\0", "U+0000"),
        ("\\a", "U+0007"),
        ("\\x9B", "U+009B"),
        ("\\uFFFE", "U+FFFE"),
        ("\\N", "U+0085"),
    ],
)
def test_an_escape_cannot_bring_in_what_no_page_may_hold(escape: str, name: str):
    for field, line in (("title", 2), ("keywords", 3), ("note", 4)):
        values = {"title": "A", "keywords": "b", "note": "c", field: f"x{escape}y"}
        source = (
            f'title: "{values["title"]}"\ntopics: [k, "{values["keywords"]}"]\nsource: {{name: "{values["note"]}"}}\n'
        )
        front, found = parse(source, Kind.ARTICLE, PATH)
        assert front is None
        assert [(d.code, d.location.line) for d in found] == [("control-character", line)]
        assert name in found[0].text


def test_other_escapes_are_text():
    meta = article_meta('curator: "A\\tb \\u00e9 \\u202f \\U0001F98A"\n')
    assert meta.curator == "A\tb é \u202f 🦊"


@pytest.mark.parametrize(
    "value",
    [
        "!!int ''", "!!int x", "!!int '-'", "!!int '1:x'", "!!float ''", "!!float x", "!!bool x", "!!bool {}", "!!x",
        "!!timestamp x", "!!timestamp 2026-99-99", "!!timestamp '2026-01-01T00:00:00+99:99'", "!!binary é", "!!omap x",
        "!!omap [a]", "!!pairs x", "!!pairs [[a, b]]", "!!set [a]", "!!seq {}", "!!map []", "!!int {=: x}", "!x y",
    ],
)  # fmt: skip
def test_a_tag_that_does_not_fit_is_reported_whatever_yaml_makes_of_it(value: str):
    front, found = parse(f"title: A\nsummary: {value}\n", Kind.PAGE, SourcePath("content/pages/a.md"))
    assert front is None
    assert {d.code for d in found} <= {"front-matter-yaml", "type-wrong"}
    assert found
    parse_partly(f"title: A\nsummary: {value}\n", Kind.PAGE, SourcePath("content/pages/a.md"))


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_what_yaml_takes_for_the_end_of_a_line_leads_to_no_line_beyond_the_file(sign: str):
    front, (error, *_) = parse(f"x:{sign}y: z\nx:{sign}y: z\ntitle: !!set [a]: b: c", Kind.PAGE, PATH)
    assert front is None
    assert error.location.line <= 5
