"""What a view is made from, noted while it is composed, so that it is composed again only where some of that changed.

The documents, the taxonomy, the links and what follows from them are *tables*: names with values, or with values by
key. A page type asks the context for them as ever; what it asks for is noted as a *reading*, a table and a key (None:
the whole table). In the next build the values of these readings are compared, by digests, and not the views.

A document in a value stands for its front matter. Its text is a table of its own (`TEXTS`), which nearly no list reads.
"""

from collections import Counter
from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from functools import lru_cache, partial
from hashlib import blake2b
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, Final, Generic, TypeAlias, TypeVar, overload

import msgspec

from site_builder.content.document import Document

T = TypeVar("T")
D = TypeVar("D")
K = TypeVar("K", bound=str)

Reading: TypeAlias = tuple[str, str | None]
"""A table and a key of it, or None for all of it."""

TEXTS: Final = "texts"
"""Table: path of a document -> its body."""
MANY: Final = 100
"""Keys of one table from which a view counts as made from all of it: one reading takes the place of thousands."""


class AsksSite:
    """Marks objects that know nothing but what they ask the site for when they are used, which is noted then."""


class Readings:
    """Notes what is read while something is composed."""

    def __init__(self) -> None:
        self._open: list[set[Reading]] = []
        self.tables: dict[str, Callable[[], object]] = {}
        """Name -> gives the table: a mapping, or a value that is read as a whole."""

    def note(self, table: str, key: str | None = None) -> None:
        """Something was read."""
        if self._open:
            self._open[-1].add((table, key))

    def add(self, readings: Iterable[Reading]) -> None:
        """Something was used that was made from these."""
        if self._open:
            self._open[-1].update(readings)

    def of(self, compose: Callable[..., T], *arguments: Any) -> tuple[T, frozenset[Reading]]:
        """What a function gives, and what it reads for that."""
        self._open.append(set())
        try:
            value = compose(*arguments)
        finally:
            found = self._open.pop()
        return value, frozenset(found if len(found) <= MANY else _in_short(found))

    def table(self, name: str, load: Callable[[], Mapping[K, T]]) -> "SeenTable[K, T]":
        """A mapping whose values are read one by one; it is loaded when it is first read, and that is not noted."""
        seen = SeenTable(self, name, load)
        self.tables[name] = seen.unseen
        return seen

    def remember(self, compose: Callable[..., T], size: int | None = None) -> "Remembered[T]":
        """A function that remembers its last results (None: all), with what they were made from."""
        return Remembered(self, compose, size)


def _in_short(found: Collection[Reading]) -> Iterator[Reading]:
    """The same or more: where a table was read at many keys, all of it."""
    counts = Counter(table for table, _ in found)
    many = {table for table, count in counts.items() if count > MANY}
    yield from (reading for reading in found if reading[0] not in many)
    yield from ((table, None) for table in many)


class SeenTable(Mapping[K, T]):
    """A mapping that notes what is read of it."""

    def __init__(self, readings: Readings, name: str, load: Callable[[], Mapping[K, T]]) -> None:
        self._note, self._name = readings.note, name
        self._load = partial(readings.of, load)
        self._loaded: Mapping[K, T] | None = None

    def unseen(self) -> Mapping[K, T]:
        """The mapping itself; nothing is noted."""
        if self._loaded is None:
            self._loaded, _ = self._load()
        return self._loaded

    def forget(self) -> None:
        """Load it anew when it is read again."""
        self._loaded = None

    def __getitem__(self, key: K) -> T:
        self._note(self._name, key)
        return self.unseen()[key]

    @overload
    def get(self, key: K, /) -> T | None: ...
    @overload
    def get(self, key: K, /, default: T | D) -> T | D: ...
    def get(self, key: K, /, default: Any = None) -> Any:
        """As of any mapping."""
        self._note(self._name, key)
        return self.unseen().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(self._name, str(key))
        return key in self.unseen()

    def __iter__(self) -> Iterator[K]:
        self._note(self._name, None)
        return iter(self.unseen())

    def __len__(self) -> int:
        self._note(self._name, None)
        return len(self.unseen())

    def keys(self) -> KeysView[K]:
        """As of any mapping."""
        self._note(self._name, None)
        return self.unseen().keys()

    def values(self) -> ValuesView[T]:
        """As of any mapping."""
        self._note(self._name, None)
        return self.unseen().values()

    def items(self) -> ItemsView[K, T]:
        """As of any mapping."""
        self._note(self._name, None)
        return self.unseen().items()


class Seen:
    """A struct of tables (Corpus, Taxonomy, LinkGraph) that notes what is read of it: `corpus.listed`, `listed` here.

    Its methods read it in the same way.
    """

    def __init__(self, readings: Readings, name: str, kind: type[msgspec.Struct], load: Callable[[], Any]) -> None:
        self._readings, self._name, self._kind, self._load = readings, name, kind, load
        for field in kind.__struct_fields__:
            readings.tables[f"{name}.{field}"] = partial(self._value, field)

    def _value(self, field: str) -> Any:
        return getattr(self._load(), field)

    def forget(self) -> None:
        """Load its tables anew when they are read again."""
        for value in self.__dict__.values():
            if isinstance(value, SeenTable):
                value.forget()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._kind.__struct_fields__:
            return MethodType(getattr(self._kind, name), self)
        value, full = self._value(name), f"{self._name}.{name}"
        if isinstance(value, Mapping):
            self.__dict__[name] = SeenTable(self._readings, full, partial(self._value, name))
            return self.__dict__[name]
        self._readings.note(full)
        return value


class Remembered(Generic[T]):
    """A function that remembers its last results, and notes for each what it was made from."""

    def __init__(self, readings: Readings, compose: Callable[..., T], size: int | None) -> None:
        self.compose = compose
        self._readings = readings
        self._kept = lru_cache(size)(partial(readings.of, compose))

    def __call__(self, *arguments: Any) -> T:
        """The result, made now or before."""
        value, readings = self._kept(*arguments)
        self._readings.add(readings)
        return value

    def forget(self) -> None:
        """Forget all results."""
        self._kept.cache_clear()


class Digests:
    """Digests of values and of readings, as they are now."""

    def __init__(self, readings: Readings) -> None:
        self._tables = readings.tables
        self._loaded: dict[str, object] = {}
        self._known: dict[Reading, bytes] = {}
        self._stand_ins = _StandIns()
        self._encode = msgspec.msgpack.Encoder(enc_hook=self._stand_ins.__getitem__).encode

    def of(self, reading: Reading) -> bytes:
        """Digest of what is read there now; b"" for what cannot be compared, which counts as changed."""
        known = self._known.get(reading)
        if known is None:
            table, key = reading
            known = self._known[reading] = self._of_table(table) if key is None else self._of_key(table, key)
        return known

    @property
    def documents(self) -> Collection[Document]:
        """Those that are part of a value of which a digest was made."""
        return [value for value in self._stand_ins if isinstance(value, Document)]

    def of_value(self, value: object) -> bytes:
        """Digest of a value; b"" for one of a type that cannot be compared."""
        try:
            return blake2b(self._encode(value), digest_size=12).digest()
        except (TypeError, ValueError, OverflowError):
            return b""

    def _table(self, table: str) -> object:
        if table not in self._loaded:
            self._loaded[table] = self._tables[table]() if table in self._tables else _UNKNOWN
        return self._loaded[table]

    def _of_table(self, table: str) -> bytes:
        value = self._table(table)
        if not isinstance(value, Mapping):
            return self.of_value(value)
        digests = [(key, self.of((table, key))) for key in value]
        return self.of_value(digests) if all(digest for _, digest in digests) else b""

    def _of_key(self, table: str, key: str) -> bytes:
        value = self._table(table)
        if not isinstance(value, Mapping):
            return b""
        found = value.get(key, _ABSENT)
        return _NOTHING if found is _ABSENT else self.of_value(found)


class _StandIns(dict[object, object]):
    """What msgspec encodes in the place of what it does not know; kept for all but the calls that routes hold.

    Raises TypeError for what cannot be compared.
    """

    def __missing__(self, value: object) -> object:
        if isinstance(value, partial):
            return (value.func, value.args, value.keywords)
        self[value] = made = self._made(value)
        return made

    def _made(self, value: object) -> object:
        if isinstance(value, Document):
            head = msgspec.msgpack.encode((value.path, value.kind, value.permalink, value.meta))
            return blake2b(head, digest_size=12).digest()
        if isinstance(value, AsksSite):
            return type(value).__qualname__
        if isinstance(value, Remembered):
            return value.compose
        if isinstance(value, type | BuiltinFunctionType) or (
            isinstance(value, FunctionType) and value.__closure__ is None and "<" not in value.__qualname__
        ):
            return f"{value.__module__}.{value.__qualname__}"
        raise TypeError(type(value).__qualname__)


_ABSENT: Final = object()
_UNKNOWN: Final = object()
"""A table that there is no more: it cannot be compared."""
_NOTHING: Final = b"-"
"""Digest of what a table does not have."""
