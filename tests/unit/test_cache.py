"""What is kept between builds: found again, thrown away when damaged, swept when too much."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from site_builder import cache
from site_builder.cache import Cache, open_cache, program_digest


def test_values_are_found_again(tmp_path: Path):
    with open_cache(tmp_path) as first:
        first.put("record", {bytes([n]) * 16: b"x" * n for n in range(200)})
    with open_cache(tmp_path) as second:
        found = second.get("record", [bytes([n]) * 16 for n in range(250)])
        assert len(found) == 200
        assert found[b"\x05" * 16] == b"xxxxx"
        assert second.get("body", [b"\x05" * 16]) == {}


def test_more_keys_than_one_query_takes(tmp_path: Path):
    keys = [n.to_bytes(16, "big") for n in range(1234)]
    with open_cache(tmp_path) as opened:
        opened.put("body", dict.fromkeys(keys, b"v"))
        assert set(opened.get("body", keys)) == set(keys) == opened.known("body")


@pytest.mark.parametrize(
    "damage", [b"", b"not a database, but longer than a hundred bytes" * 10, b"SQLite format 3\0" + b"\xff" * 4080]
)
def test_a_damaged_file_is_thrown_away(damage: bytes, tmp_path: Path):
    path = tmp_path / f"memo-{program_digest()}.sqlite"
    path.write_bytes(damage)
    with open_cache(tmp_path) as opened:
        opened.put("record", {b"k": b"v"})
        assert opened.damage.files == {path.name}
    with open_cache(tmp_path) as opened:
        assert opened.get("record", [b"k"]) == {b"k": b"v"}
        assert not opened.damage


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE body",
        "DROP TABLE body; CREATE TABLE body (one INTEGER)",
        "DROP TABLE body; CREATE VIEW body AS SELECT 1 AS key, 2 AS value",
        "CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM record; END",
    ],
)
def test_a_database_with_other_tables_is_thrown_away(tmp_path: Path, change: str):
    Cache(tmp_path).close()
    (file,) = tmp_path.glob("memo-*.sqlite")
    with closing(sqlite3.connect(file)) as database:
        database.executescript(change)
    with open_cache(tmp_path) as opened:
        opened.put("record", {b"k": b"v"})
        assert opened.damage.files == {file.name}
    with open_cache(tmp_path) as opened:
        assert opened.get("record", [b"k"]) == {b"k": b"v"}


def test_a_schema_that_is_no_text_is_damage(tmp_path: Path):
    """SQLite quotes it in its message, which Python cannot decode then."""
    Cache(tmp_path).close()
    (file,) = tmp_path.glob("memo-*.sqlite")
    data = file.read_bytes()
    assert b"WITHOUT ROWID" in data
    file.write_bytes(data.replace(b"WITHOUT ROWID", b"WITHOUT ROWI\xc4"))
    with open_cache(tmp_path) as opened:
        opened.put("record", {b"k": b"v"})
        assert opened.damage.files == {file.name}
    with open_cache(tmp_path) as opened:
        assert opened.get("record", [b"k"]) == {b"k": b"v"}


@pytest.mark.parametrize("what", ["folder", "link", "pipe"])
def test_what_is_no_file_is_left_alone(tmp_path: Path, what: str):
    outside = tmp_path / "outside"
    outside.write_bytes(b"")
    folder = tmp_path / "cache"
    path = folder / f"memo-{program_digest()}.sqlite"
    folder.mkdir()
    match what:
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to(outside)
        case _:
            os.mkfifo(path)
    with open_cache(folder) as opened:
        opened.put("record", {b"k": b"v"})
        assert opened.get("record", [b"k"]) == {b"k": b"v"}
        assert opened.fault is not None
        assert not opened.damage
    assert outside.read_bytes() == b""
    assert os.path.lexists(path)


def test_a_fault_that_is_no_damage_removes_nothing(tmp_path: Path):
    with open_cache(tmp_path) as opened:
        opened.put("record", {b"k": b"v"})
    opened.put("record", {b"l": b"w"})  # it is closed
    assert not opened.damage
    with open_cache(tmp_path) as opened:
        assert opened.known("record") == {b"k"}


def test_another_version_starts_anew(tmp_path: Path):
    Cache(tmp_path).close()
    (ours,) = tmp_path.glob("memo-*")
    old = ours.rename(tmp_path / "memo-0123456789abcdef.sqlite")
    others = [tmp_path / name for name in ("memo-mine.sqlite", "memo-00000000000000ff.sqlite", f"{ours.name}-mine")]
    for path in others:
        path.write_bytes(b"x" * 100)
    with open_cache(tmp_path) as opened:
        assert not opened.damage
    assert not old.exists()
    assert all(path.exists() for path in others)
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_folder_that_cannot_be_made_leaves_memory(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    for folder in (None, tmp_path / "file" / "below"):
        with open_cache(folder) as opened:
            opened.put("record", {b"k": b"v"})
            assert opened.get("record", [b"k"]) == {b"k": b"v"}


def test_sweep_keeps_what_is_used_and_waits_until_it_is_worth_it(tmp_path: Path):
    with open_cache(tmp_path) as opened:
        opened.put("body", {n.to_bytes(16, "big"): b"v" for n in range(1004)})
        used = frozenset({(1).to_bytes(16, "big")})
        opened.sweep("body", frozenset(n.to_bytes(16, "big") for n in range(2)))
        assert len(opened.known("body")) == 1004
        opened.sweep("body", used)
        assert opened.known("body") == used


def test_two_may_have_it_open(tmp_path: Path):
    with open_cache(tmp_path) as one, open_cache(tmp_path) as other:
        one.put("record", {b"a": b"1"})
        other.put("record", {b"b": b"2"})
        assert one.known("record") == other.known("record") == {b"a", b"b"}
    assert cache.KEEP_FACTOR > 1


@pytest.mark.parametrize(
    "change",
    [
        "value = substr(value, 1, length(value) - 1)",
        "value = NULL",
        "value = 'text'",
        "value = x''",
        "value = value || x'00'",
    ],
)
def test_a_damaged_value_counts_as_missing(tmp_path: Path, change: str):
    with open_cache(tmp_path) as cache:
        cache.put("body", {b"a": b"one", b"b": b"two"})
    (file,) = tmp_path.glob("memo-*.sqlite")
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(f"UPDATE body SET {change} WHERE key = ?", (b"a",))
    with open_cache(tmp_path) as cache:
        assert cache.get("body", [b"a", b"b"]) == {b"b": b"two"}
        assert cache.damage.records == {("body", b"a")}


def test_a_value_under_another_key_or_in_another_table_counts_as_missing(tmp_path: Path):
    with open_cache(tmp_path) as cache:
        cache.put("body", {b"a": b"one", b"b": b"two"})
    (file,) = tmp_path.glob("memo-*.sqlite")
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("INSERT INTO sketch SELECT key, value FROM body")
        database.execute("UPDATE body SET value = (SELECT value FROM sketch WHERE key = x'62') WHERE key = x'61'")
    with open_cache(tmp_path) as cache:
        assert cache.get("body", [b"a", b"b"]) == {b"b": b"two"}
        assert cache.get("sketch", [b"a", b"b"]) == {}
