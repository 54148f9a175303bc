"""Whatever stands in the cache: a build after it gives what a build without a cache gives, or says what it could not use."""

import contextlib
import json
from typing import Any, Final, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.cache import Cache, Table
from tests.helpers.fuzzing import as_entry, hold, sized, sound_site

pytestmark = pytest.mark.fuzz

TABLES: Final = get_args(Table)
FILES: Final = (
    "outputs-*.json",
    "outputs-*.inputs.json",
    "outputs-*.settled.json",
    "memo-*.sqlite",
    "memo-*.sqlite-wal",
    ".gitignore",
    "*.lock",
)
WORDS: Final = (
    "", "x", "..", "../../x", "/etc/passwd", "content/articles/a.md", "articles/a/index.html", "article", "a", "\0", "\ud800", "text", "version", "outputs", "inputs", "documents",
)  # fmt: skip

leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.sampled_from(WORDS)
    | st.text(max_size=10)
)
plain = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
records = st.recursive(
    leaves | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=10) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=20,
)


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode("utf-8", "surrogatepass")


def packed(value: Any) -> bytes:
    """As the cache packs its records; a text that no UTF-8 can hold is left out."""
    with contextlib.suppress(UnicodeEncodeError, OverflowError):
        return msgspec.msgpack.encode(value)
    return b""


planted = st.tuples(
    st.just("table"), st.sampled_from(TABLES), records.map(packed) | st.binary(max_size=200) | plain.map(as_json)
)
replaced = st.tuples(st.just("file"), st.sampled_from(FILES), plain.map(as_json) | st.binary(max_size=200))


def harms(kind: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """One to three of a kind, as the corpus keeps them."""
    return st.lists(kind.map(lambda harm: (*harm[:2], as_entry(harm[2]))), min_size=1, max_size=3)


@sized(4)
@given(harm=harms(replaced))
def test_any_file_in_a_cache_is_used_or_counts_as_missing(harm):
    hold(sound_site(), harm)


@pytest.mark.skipif(not hasattr(Cache, "reject"), reason="the cache cannot reject a value with the right digest yet")
@sized(4)
@given(harm=harms(planted))
def test_any_value_in_a_cache_is_used_or_counts_as_missing(harm):
    hold(sound_site(), harm)
