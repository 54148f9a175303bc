"""Front matter of any form: every field of every kind of document with values of every type, and broken YAML."""

import dataclasses
import typing
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.config import MarkdownOptions
from site_builder.content.document import load_document
from site_builder.content.listing.discover import SourceFile
from site_builder.content.schema import FOLDERS, MODELS, folder_of
from site_builder.content.vocabulary import Kind
from site_builder.urls import SourcePath
from tests.helpers.fuzzing import as_entry, hold, sized, sound_site, watched

pytestmark = pytest.mark.fuzz

SCALARS: Final = (
    "", "~", "null", "Null", "x", "a", "t", "o", "true", "True", "yes", "off", "0", "-1", "007", "1_000", "0x1F", "0o17", "1e3",
    "99999999999999999999999999", "-99999999999999999999999999", "1.5", ".inf", "-.inf", ".nan", "1e999", "190:20:30",
    "2026-06-03", "2026-6-3", "2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-06-03T10:00:00Z",
    "2026-06-03 10:00:00 +14:00", "2026-06-03T25:61:61", "2001-12-14t21:59:43.10-05:00", "'2026-06-03'", "٢٠٢٦-٠٦-٠٣", "二〇二六",
    "https://example.org/a", "http://[::1", "http://", "https://a b/", "javascript:alert(1)", "//x", "HTTPS://EXAMPLE.ORG",
    "http://\u200b", "https://user:pw@h:99999/", "https://xn--a/", "https://é.example/ü?q=ß#ſ", "data:,x", "mailto:a@b", "http:x",
    "../../x", "/etc/passwd", "/a/", "/a/b.html", "/%2e%2e/", "/%00/", "/a//b/", "/A/", "/index.html", "?x", "#x", "a.md", "a/b", "A",
    '"\\0"', '"\\x07"', '"\\e[31m"', '"\\ud800"', '"\\U0010ffff"', '"\\uFFFE"', '"\\L"', '"a\\nb"', '"a\\tb"', '"\\u202e"', "'it''s'",
    "\u00ad", "\u200b", "\u2028", "e\u0301", "\u00e9", "ﬁ", "İ", "ß", "😀", "\u0000", "\x85", "Map<K,V>", "&amp;", "<b>x</b>", "{{ x }}",
    "en", "de-AT", "xx-XXXXXXXXXX", "x-private", "i-klingon", "EN_us", "a-", "published", "draft", "review", "stub", "free", "person",
    "update", "rebuts", "0123456789abcdef0123456789abcdef", "urn:isbn:1", "tag:x,2026:y",
    "|\n  a\n  b", ">-\n  a\n\n  b", "|\n", "a\n  b", "- x", "-", "?", "!", "*", "&", "%", "@", "`", "=", "<<",
)  # fmt: skip
TAGGED: Final = (
    "!!str 1", "!!int x", "!!int 1", "!!int ''", "!!int '0b2'", "!!int '1:99:9'", "!!int '-'", "!!float x", "!!float .inf", "!!float nan",
    "!!float '1:x'", "!!bool x", "!!bool yes", "!!null x", "!!null ''", "!!timestamp x", "!!timestamp 2026-06-03", "!!timestamp 2026-99-99",
    "!!timestamp 2026-06-03T10:00:00+99:99", "!!binary x", "!!binary aGk=", "!!binary '='", "!!binary é", "!!set {a, b}", "!!set [a]",
    "!!omap [a: 1]", "!!omap {a: 1}", "!!omap [a]", "!!omap x", "!!pairs [a: 1]", "!!pairs [[a, b]]", "!!pairs x", "!!seq {}", "!!map []",
    "!!map x", "!!seq x", "!!merge x", "!!value x", "!!python/name:os.system", "!!python/object/apply:os.getcwd []", "!local x", "!<tag:x> y",
    "! x", "!!str [a]", "!!str {a: b}", "!!int [1]", "!!int {}", "!!float {=: 1}", "!!int {=: x}", "!!str {=: [a]}", "!!timestamp {=: 2026-06-03}",
    "!!timestamp []", "!!binary []", "!!bool {}", "!!null {}", "!e!x y",
)  # fmt: skip
WHOLE_LINES: Final = (
    "<<: *a", "<<: [*a, *a]", "<<: x", "<<: {title: x}", "<<: [x]", "<<: ~", "? [a]\n: b", "? {a: b}\n: c", "? |\n  x\n: y", "[a]: b", "{a: b}: c",
    "*a : b", "&a x: y", "...", "--- x", "%YAML 1.1", "# comment", "\ta: b", "a", ": x", "- x", "  indented: x", "é: x", "\u00a0x: y", "'': x",
    '"\\0": x', "~: x", "1: x", "true: x", "2026-06-03: x", "1.5: x", ".nan: x", "title: again", "!!binary aGk=: x", "=: x", "a: &r [*r]",
    "a: &r {b: *r}", "!!str x: y", "!!python/tuple [a]: b", "x:\u2028y: z", "? a", "? a\n? b", "{", "]", "'", '"', "a: 'b", "a: [b", "key with spaces: x",
    "layout: post", "categories: [a]", "permalink: /x/", "tags: [x]", "author: {name: x}", "authors: [x]", "description: x", "slug: x",
)  # fmt: skip


def names_of(model: type) -> dict[str, type | None]:
    """Every field of a model, with the model of the group that it may hold."""
    return {name: _inner(hint) for name, hint in typing.get_type_hints(model).items()}


def _inner(hint: Any) -> type | None:
    if dataclasses.is_dataclass(hint):
        return typing.cast("type", hint)
    return next((found for part in typing.get_args(hint) if (found := _inner(part))), None)


INNER: Final = sorted({n for m in MODELS.values() for inner in names_of(m).values() if inner for n in names_of(inner)})

flat = st.sampled_from(SCALARS) | st.sampled_from(TAGGED)
one_line = st.sampled_from([s for s in (*SCALARS, *TAGGED) if "\n" not in s])
anchored = st.builds("{} {}".format, st.sampled_from(["&a", "&b", "*a", "*b"]), one_line) | st.sampled_from(
    ["*a", "*b"]
)
listed = st.lists(one_line | anchored, max_size=4).map(lambda items: f"[{', '.join(items)}]")
blocks = st.lists(one_line | listed, min_size=1, max_size=4).map(lambda items: "".join(f"\n  - {i}" for i in items))
grouped = st.lists(st.tuples(st.sampled_from(INNER), one_line | listed), max_size=4).map(
    lambda pairs: "{" + ", ".join(f"{k}: {v}" for k, v in pairs) + "}"
)
group_blocks = st.lists(st.tuples(st.sampled_from(INNER), flat | listed), min_size=1, max_size=4).map(
    lambda pairs: "".join(f"\n  {k}: {v}" for k, v in pairs)
)
values = flat | anchored | listed | blocks | grouped | group_blocks | st.lists(grouped, max_size=3).map(
    lambda items: f"[{', '.join(items)}]"
)  # fmt: skip

VALID: Final = {Kind(k): text for k, text in {
    "article": {"title": "A", "date": "2026-06-03", "summary": "S.", "source": "{name: N}"},
    "topic": {"title": "T"},
    "entity": {"name": "E", "kind": "person"},
    "tool": {"name": "L", "pricing": "free", "summary": "S."},
    "page": {"title": "P"},
}.items()}  # fmt: skip


@st.composite
def front_matter(draw: st.DrawFn, kind: Kind) -> str:
    """A valid document in which some fields have other values, and some lines more stand between."""
    fields = dict(VALID[kind])
    names = st.sampled_from([*names_of(MODELS[kind]), *names_of(MODELS[kind]), "unknown", "tags"])
    for name in draw(st.lists(names, max_size=4, unique=True)):
        fields[name] = draw(values)
    lines = [f"{name}: {value}" for name, value in fields.items()]
    for line in draw(st.lists(st.sampled_from(WHOLE_LINES), max_size=2)):
        lines.insert(draw(st.integers(0, len(lines))), line)
    return "\n".join(lines)


@st.composite
def mutated(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """A text with some pieces cut out, repeated or put in."""
    text = draw(texts)
    for _ in range(draw(st.integers(1, 3))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 8))
        piece = draw(
            st.sampled_from(
                [
                    "",
                    "\x00",
                    "\t",
                    "\r",
                    "\n",
                    "---\n",
                    ": ",
                    "- ",
                    "'",
                    '"',
                    "[",
                    "{",
                    "&a ",
                    "*a",
                    "!!",
                    "#",
                    "\ufeff",
                ]
            )
        )
        text = (
            text[:at]
            + piece
            + draw(st.sampled_from([text[at : at + length] * 2, text[at + length : at + 2 * length], ""]))
            + text[at + length :]
        )
    return text


ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252")
documents = st.sampled_from(list(Kind)).flatmap(lambda kind: st.tuples(st.just(kind), front_matter(kind)))
bodies = st.sampled_from(["", "Text.\n", "# A\n\n[[a]]\n", "---\n", "<!-- more -->\n", "\x00", "[x](y.md)\n"])


def whole(front: str, body: str = "Text.\n") -> str:
    return f"---\n{front}\n---\n{body}"


@sized(200)
@given(document=documents, body=bodies)
def test_fields_of_any_type_are_read_or_reported(document, body):
    kind, front = document
    load(kind, whole(front, body).encode("utf-8", "surrogatepass"))


@sized(80)
@given(
    document=documents.flatmap(lambda d: st.tuples(st.just(d[0]), mutated(st.just(whole(d[1]))))),
    encoding=st.sampled_from(ENCODINGS),
)
def test_broken_documents_are_reported(document, encoding):
    kind, text = document
    load(kind, text.encode(encoding, "replace"))


def load(kind: Kind, data: bytes) -> None:
    """Read one document without a site around it, which is a hundred times as fast."""
    source = SourceFile(SourcePath(f"content/{folder_of(kind)}/x.md"), kind, "x")
    with watched("site", {"tree": {source.path: as_entry(data)}}):
        result = load_document(source, data, MarkdownOptions())
        lines = max(data.count(b"\n"), len(data.decode("utf-8", "replace").splitlines())) + 1
        for one in result.diagnostics:
            assert 1 <= one.location.line <= lines, str(one)
            assert one.location.column >= 1, str(one)
            assert len(str(one).split("\n")) == 1 + bool(one.hint), str(one)
            str(one).encode()
        assert result.document or any(d.severity == "error" for d in result.diagnostics), "neither read nor reported"


@sized(8)
@given(
    documents=st.lists(documents, min_size=1, max_size=3), encoding=st.sampled_from([*ENCODINGS[:1] * 6, *ENCODINGS])
)
def test_a_site_with_such_documents_keeps_every_promise(documents, encoding):
    tree = sound_site()
    for number, (kind, front) in enumerate(documents):
        data = whole(front).encode(encoding, "replace")
        tree[f"content/{folder_of(kind)}/{'abotl'[number] if number < 2 else 'x'}.md"] = as_entry(data)
    hold(tree)


def test_every_kind_has_a_valid_document():
    assert set(VALID) == set(FOLDERS.values())
    for kind, fields in VALID.items():
        load(kind, whole("\n".join(f"{k}: {v}" for k, v in fields.items())).encode())
