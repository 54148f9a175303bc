"""The cache between builds, in one SQLite file: loaded documents, the HTML of bodies, and other results.

Every key is a digest of all inputs, so an entry can be missing but never wrong; deleting the folder only costs time.
What Markdown extensions read is known only afterwards: a `record` names its `inputs`, which are compared before it is
used. Each value carries a digest of itself and its key: one that was damaged, or stands under another key, counts as
missing. That guards against damage, not against somebody who can write the cache on purpose.
The file's name contains a digest of the program and its libraries: another version starts with an empty cache and
removes the old one.
"""

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final, Literal, get_args

Table = Literal["record", "body", "inputs", "sketch", "related", "search"]
_TABLES: Final = get_args(Table)
_AT_ONCE: Final = 500
"""Keys in one query; old versions of SQLite allow at most 999."""
KEEP_FACTOR: Final = 3
"""Rows kept for each one in use (for other branches, undone edits) before unused ones are deleted."""


@cache
def program_digest() -> str:
    """Digest of our own code, of Python and of every installed library's version."""
    digest = blake2b(repr(sys.version_info[:2]).encode(), digest_size=8)
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    for folder in sys.path:
        with suppress(OSError):
            names = sorted(p.name for p in Path(folder).iterdir() if p.suffix == ".dist-info")
            digest.update("\0".join(names).encode())
    return digest.hexdigest()


class Cache:
    """Tables of digest -> bytes. Each process opens its own; threads that share one take turns."""

    def __init__(self, folder: Path | None) -> None:
        """Open the cache in a folder, or in memory only if that is None or cannot be written."""
        self._folder = folder
        self._db = _open(folder)

    def get(self, table: Table, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that the table has, undamaged."""
        wanted = list(keys)
        found: dict[bytes, object] = {}
        with self._forgiving():
            for start in range(0, len(wanted), _AT_ONCE):
                part = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                found.update(self._db.execute(f"SELECT key, value FROM {table} WHERE key IN ({marks})", part))  # noqa: S608
        return {key: value for key, sealed in found.items() if (value := _unsealed(table, key, sealed)) is not None}

    def known(self, table: Table) -> frozenset[bytes]:
        """All keys of a table."""
        found: set[bytes] = set()
        with self._forgiving():
            found.update(key for (key,) in self._db.execute(f"SELECT key FROM {table}"))  # noqa: S608
        return frozenset(found)

    def put(self, table: Table, values: Mapping[bytes, bytes]) -> None:
        """Add values; all or none are kept."""
        with self._forgiving(), self._db:
            sealed = ((key, _seal(table, key, value) + value) for key, value in values.items())
            self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", sealed)  # noqa: S608

    def sweep(self, table: Table, used: frozenset[bytes]) -> None:
        """Delete entries that are not used, once the table has more than `KEEP_FACTOR` times as many as are."""
        with self._forgiving():
            (rows,) = self._db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
            if rows > KEEP_FACTOR * len(used) + 1000:
                unused = [(key,) for key in self.known(table) - used]
                with self._db:
                    self._db.executemany(f"DELETE FROM {table} WHERE key = ?", unused)  # noqa: S608

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        """Continue in memory after an error of the database. A damaged file is deleted, to be created anew."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            self._db.close()
            self._db = _create(sqlite3.connect(":memory:", check_same_thread=False))
            if self._folder is not None and not isinstance(error, sqlite3.OperationalError):
                _discard(self._folder)

    def close(self) -> None:
        """Close the file."""
        self._db.close()


_SEAL_BYTES: Final = 16


def _seal(table: Table, key: bytes, value: bytes) -> bytes:
    """What stands before a value: its digest, with its table and key."""
    return blake2b(value, digest_size=_SEAL_BYTES, key=key[:64], person=table.encode()).digest()


def _unsealed(table: Table, key: bytes, sealed: object) -> bytes | None:
    """The value, if it is as it was written."""
    if not isinstance(sealed, bytes):
        return None
    value = sealed[_SEAL_BYTES:]
    return value if sealed[:_SEAL_BYTES] == _seal(table, key, value) else None


@contextmanager
def open_cache(folder: Path | None) -> Iterator[Cache]:
    """A cache that is closed at the end."""
    opened = Cache(folder)
    try:
        yield opened
    finally:
        opened.close()


def _open(folder: Path | None) -> sqlite3.Connection:
    if folder is not None:
        path = folder / f"memo-{program_digest()}.sqlite"
        with suppress(OSError, sqlite3.Error):
            return _prepare(path)
        with suppress(OSError, sqlite3.Error):
            _discard(folder)
            return _prepare(path)
    return _create(sqlite3.connect(":memory:", check_same_thread=False))


def _discard(folder: Path) -> None:
    with suppress(OSError):
        for path in folder.glob(f"memo-{program_digest()}.sqlite*"):
            path.unlink(missing_ok=True)


def _prepare(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        if not (path.parent / ".gitignore").exists():
            (path.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        for old in path.parent.glob("memo-*.sqlite*"):
            if not old.name.startswith(path.name):  # another process may have made ours just now
                old.unlink(missing_ok=True)
    connection = sqlite3.connect(path, timeout=60, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        return _create(connection)
    except sqlite3.Error:
        connection.close()
        raise


def _create(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.text_factory = bytes  # a value that was damaged into text need not be UTF-8
    for table in _TABLES:
        connection.execute(f"CREATE TABLE IF NOT EXISTS {table} (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
    connection.commit()
    return connection
