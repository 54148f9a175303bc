"""The cache between builds, in one SQLite file: loaded documents, the HTML of bodies, rendered pages, other results.

Every key is a digest of all inputs, so an entry can be missing but never wrong; deleting the folder only costs time.
What Markdown extensions read is known only afterwards: a `record` names its `inputs`, which are compared before it is
used. Each value carries a digest of itself and its key: one that was damaged, or stands under another key, counts as
missing, and is noted in `damage`. That guards against damage, not against somebody who can write the cache on purpose.
The file's name contains a digest of the program and its libraries: another version starts with an empty cache and
removes the old one.
"""

import errno
import os
import re
import sqlite3
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final, Literal, get_args

Table = Literal["record", "body", "inputs", "sketch", "related", "search", "rendered", "listing", "views", "editions"]
_TABLES: Final = get_args(Table)
_LARGE: Final = frozenset({"rendered", "listing", "views", "editions"})
"""Tables of values larger than a page of the database, for which SQLite advises against WITHOUT ROWID."""
_AT_ONCE: Final = 500
"""Keys in one query; old versions of SQLite allow at most 999."""
KEEP_FACTOR: Final = 3
"""Rows kept for each one in use (for other branches, undone edits) before unused ones are deleted."""
_APPLICATION: Final = 0x73694275
"""SQLite's `application_id`: by it, and by its name, a database of ours is told from those of others."""
_BESIDE: Final = ("", "-wal", "-shm", "-journal")
"""Endings of the files of one database."""
_MADE_WITHIN_SECONDS: Final = 0.1
"""Longest time for which a database that another process makes may be seen empty."""


_ERRORS: Final = (sqlite3.Error, UnicodeDecodeError)
"""What a damaged database raises; the second where SQLite's message quotes it and is no text."""


@dataclass(slots=True)
class CacheDamage:
    """What was found unusable in the cache, and is made anew."""

    records: set[tuple[str, bytes]] = field(default_factory=set)
    """Table and key of each value."""
    files: set[str] = field(default_factory=set)
    """Names of files of which nothing could be used."""

    def __bool__(self) -> bool:
        return bool(self.records or self.files)

    def add(self, other: "CacheDamage") -> None:
        """Add what another process has found."""
        self.records |= other.records
        self.files |= other.files


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
        """Open the cache in a folder, or in memory only if that is None or cannot be used."""
        self._folder = folder
        self.damage = CacheDamage()
        self.fault: Exception | None = None
        """Why it is kept in memory only."""
        self._db = self._open()

    def get(self, table: Table, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that the table has, undamaged."""
        wanted = list(keys)
        found: dict[bytes, object] = {}
        with self._forgiving():
            for start in range(0, len(wanted), _AT_ONCE):
                part = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                found.update(self._db.execute(f"SELECT key, value FROM {table} WHERE key IN ({marks})", part))  # noqa: S608
        values = {key: value for key, sealed in found.items() if (value := _unsealed(table, key, sealed)) is not None}
        self.damage.records.update((table, key) for key in found.keys() - values.keys())
        return values

    def reject(self, table: Table, key: bytes) -> None:
        """Note a value that could not be read although it is as it was written."""
        self.damage.records.add((table, key))

    def has(self, table: Table, keys: Sequence[bytes]) -> frozenset[bytes]:
        """Those keys that the table has. Their values are not read: they may be damaged."""
        found: set[bytes] = set()
        with self._forgiving():
            for start in range(0, len(keys), _AT_ONCE):
                part = keys[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                query = f"SELECT key FROM {table} WHERE key IN ({marks})"  # noqa: S608
                found.update(key for (key,) in self._db.execute(query, part))
        return frozenset(found)

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

    def count(self, table: Table) -> int:
        """Number of entries of a table."""
        rows: list[tuple[int]] = []
        with self._forgiving():
            rows += self._db.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return rows[0][0] if rows else 0

    def sweep(self, table: Table, used: frozenset[bytes]) -> None:
        """Delete entries that are not used, once the table has more than `KEEP_FACTOR` times as many as are."""
        if self.count(table) > KEEP_FACTOR * len(used) + 1000:
            self.keep_only(table, used)

    def keep_only(self, table: Table, used: frozenset[bytes]) -> None:
        """Delete all other entries, and give their room on the disk back."""
        unused = [(key,) for key in self.known(table) - used]
        with self._forgiving():
            with self._db:
                self._db.executemany(f"DELETE FROM {table} WHERE key = ?", unused)  # noqa: S608
            self._db.executescript("PRAGMA incremental_vacuum")  # `execute` would free a single page

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        """Continue after an error of the database: in memory, or with a new file in the place of a damaged one."""
        try:
            yield
        except _ERRORS as error:
            self._db.close()
            self._db = self._instead(error)

    def _open(self) -> sqlite3.Connection:
        if self._folder is None:
            return _in_memory()
        try:
            return _prepare(self._folder)
        except (OSError, *_ERRORS) as error:
            return self._instead(error)

    def _instead(self, error: Exception) -> sqlite3.Connection:
        """What is used after an error: a new file if the old one was damaged, else the memory."""
        if self._folder is not None and _is_damage(error):
            self.damage.files.add(_path(self._folder).name)
            with suppress(OSError, *_ERRORS):
                _remove(_path(self._folder))
                return _prepare(self._folder)
        self.fault = error
        self._folder = None
        return _in_memory()

    @property
    def is_on_disk(self) -> bool:
        """Whether what is put here is there for a later build."""
        return self._folder is not None

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


def _path(folder: Path) -> Path:
    return folder / f"memo-{program_digest()}.sqlite"


_FAULTS: Final = {
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_AUTH,
}  # fmt: skip
"""Errors of SQLite that are the fault of the disk or of another process, and say nothing against the file."""


def _is_damage(error: Exception) -> bool:
    if not isinstance(error, sqlite3.Error):
        return isinstance(error, UnicodeDecodeError)
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return type(error) is sqlite3.DatabaseError  # raised below; Python's own are about wrong use
    return code == sqlite3.SQLITE_IOERR_SHORT_READ or code & 0xFF not in _FAULTS


def _remove(path: Path) -> None:
    """Remove the files of one database."""
    for ending in _BESIDE:
        with suppress(OSError):
            path.with_name(path.name + ending).unlink()


def _prepare(folder: Path) -> sqlite3.Connection:
    """Open the database in a folder. Raises sqlite3.Error for a damaged one, OSError where it cannot be."""
    path = _path(folder)
    prepare_folder(folder)
    if os.path.lexists(path):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise FileExistsError(errno.EEXIST, f"{path.name} is not a file")
        if _is_empty(path):
            raise sqlite3.DatabaseError("the file is empty")
    else:
        _remove_older(path)
    connection = sqlite3.connect(path, timeout=60, check_same_thread=False)
    try:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # has an effect on a new file only
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        return _create(connection)
    except _ERRORS:
        connection.close()
        raise


def prepare_folder(folder: Path) -> None:
    """Make the folder, which git ignores; a folder with files of others is left to their git."""
    folder.mkdir(parents=True, exist_ok=True)
    if next(folder.iterdir(), None) is None:
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def _is_empty(path: Path) -> bool:
    """Whether a database is empty, and not just being made by another process."""
    if path.stat().st_size:
        return False
    time.sleep(_MADE_WITHIN_SECONDS)
    return not path.stat().st_size


_OUR_NAME: Final = re.compile(r"memo-[0-9a-f]{16}\.sqlite")


def _remove_older(path: Path) -> None:
    """Remove the databases of other versions of the program: those that have our name and our mark."""
    for old in path.parent.iterdir():
        if old.name != path.name and _OUR_NAME.fullmatch(old.name) and not old.is_symlink() and old.is_file():
            with suppress(OSError):
                with old.open("rb") as file:
                    head = file.read(72)
                if head[68:] == _APPLICATION.to_bytes(4, "big"):
                    _remove(old)


def _in_memory() -> sqlite3.Connection:
    return _create(sqlite3.connect(":memory:", check_same_thread=False))


_SCHEMA: Final = {
    (
        b"table",
        name.encode(),
        f"CREATE TABLE {name} (key BLOB PRIMARY KEY, value BLOB){'' if name in _LARGE else ' WITHOUT ROWID'}".encode(),
    )
    for name in _TABLES
} | {(b"index", f"sqlite_autoindex_{name}_1".encode(), None) for name in _LARGE}


def _create(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The same database with all tables. Raises sqlite3.Error for one with other tables, views or triggers."""
    connection.text_factory = bytes  # a value that was damaged into text need not be UTF-8
    if _schema(connection) != _SCHEMA:
        with connection:
            connection.execute("BEGIN IMMEDIATE")  # another process may be making them
            found = _schema(connection)
            if found and found != _SCHEMA:
                raise sqlite3.DatabaseError("its tables are not ours")
            if not found:
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                for statement in sorted(made for _, _, made in _SCHEMA if made is not None):
                    connection.execute(statement.decode())
    return connection


def _schema(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    return {*connection.execute("SELECT type, name, sql FROM sqlite_master")}
