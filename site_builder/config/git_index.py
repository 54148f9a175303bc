"""Whether git tracks files in a folder, read from git's own index.

Asking `git` would be shorter, but it may be missing (a container), refuse a repository of another user, and run
programs that the repository's settings name. The format is stable: git-scm.com, "gitformat-index".
"""

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

OBJECT_ID_BYTES: Final = (20, 32)
"""SHA-1 and SHA-256; the index does not say which. With the wrong one, no entry can be read."""
_IS_EXTENDED: Final = 0x4000
_NAME_LENGTH: Final = 0xFFF
"""Bits of an entry's flags that hold the length of its name; all set for any longer one."""


def is_tracked(folder: Path) -> bool:
    """Whether a repository around a folder tracks a file in it, the folder as a module, or a link on the way to it."""
    places = dict.fromkeys((Path(os.path.abspath(folder)), folder.resolve()))  # noqa: PTH100 (links are to be seen)
    return any(_tracks(tree, index, place) for place in places for tree, index in _repositories(place))


def _repositories(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The working trees around a folder, each with its index."""
    if (named := os.environ.get("GIT_DIR")) is not None:
        yield Path(os.environ.get("GIT_WORK_TREE") or ".").resolve(), Path(named).resolve() / "index"
    for tree in (folder, *folder.parents):
        git = tree / ".git"
        with suppress(OSError, UnicodeDecodeError):
            if git.is_file():  # of a module, or of a second working tree
                git = tree / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
            if git.is_dir():
                yield tree, git / "index"


def _tracks(tree: Path, index: Path, folder: Path) -> bool:
    """Whether an index names a file in a folder, or the folder itself or one around it as a link or module."""
    if not folder.is_relative_to(tree) or folder == tree:
        return False
    wanted = folder.relative_to(tree).as_posix()
    folded = wanted.casefold()
    try:
        data = index.read_bytes()
        if not _may_name(data, folded):
            return False
        names = list(tracked_names(data, index.parent))
    except (OSError, ValueError, struct.error, IndexError):
        return False  # git cannot read it either
    for encoded in names:
        name = os.fsdecode(encoded)
        path = name.casefold()
        if path.startswith(f"{folded}/") and _is_same(tree, name, wanted):
            return True
        if not path.endswith("/") and f"{folded}/".startswith(f"{path}/") and _is_same(tree, name, wanted):
            return True
    return False


def _may_name(data: bytes, folded: str) -> bool:
    """Whether an index may name anything below the first folder of a path: spares reading large ones."""
    is_plain = folded.isascii() and data[4:8] != b"\0\0\0\4" and b"link" not in data
    return not is_plain or folded.split("/", maxsplit=1)[0].encode() in data.lower()


def _is_same(tree: Path, name: str, wanted: str) -> bool:
    """Whether two paths that differ at most in case begin with the same folders on this disk."""
    depth = min(name.count("/"), wanted.count("/")) + 1
    one, other = ("/".join(path.split("/")[:depth]) for path in (name, wanted))
    if one == other:
        return True
    with suppress(OSError):
        return (tree / one).samefile(tree / other)
    return False


def tracked_names(data: bytes, git_dir: Path) -> list[bytes]:
    """The paths in an index, those of folders that are left out of the working tree with a `/` at the end.

    Raises ValueError, IndexError or struct.error for what is no index.
    """
    if data[:4] != b"DIRC":
        raise ValueError("no index")
    for size in OBJECT_ID_BYTES:
        try:
            names, at = _entries(data, size)
        except (ValueError, struct.error):
            if size == OBJECT_ID_BYTES[-1]:
                raise
            continue
        return [name for name in (*_shared(data, at, size, git_dir), *names) if name]
    raise ValueError("no index")


def _entries(data: bytes, size: int) -> tuple[list[bytes], int]:
    """The names of all entries, and where the extensions begin."""
    version, count = struct.unpack_from(">LL", data, 4)
    names, name, at = [], b"", 12
    for _ in range(count):
        start = at
        (flags,) = struct.unpack_from(">H", data, at + 40 + size)
        at += 42 + size + (2 if flags & _IS_EXTENDED else 0)
        kept = b""
        if version == 4:
            cut, at = _number(data, at)
            kept = name[: len(name) - cut]
        end = data.index(b"\0", at)
        name = kept + data[at:end]
        if flags & _NAME_LENGTH != min(len(name), _NAME_LENGTH):
            raise ValueError("an entry of another format")
        at = end + 1 if version == 4 else start + ((end - start) // 8 + 1) * 8
        names.append(name)
    return names, at


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where it ends: the form of offsets in packs."""
    value = data[at] & 0x7F
    while data[at] & 0x80:
        at += 1
        value = ((value + 1) << 7) | (data[at] & 0x7F)
    return value, at + 1


def _shared(data: bytes, at: int, size: int, git_dir: Path) -> list[bytes]:
    """The names in the shared part of a split index, without those that were deleted since."""
    while at + 8 <= len(data) - size:
        kind, length = struct.unpack_from(">4sL", data, at)
        if kind == b"link":
            base = data[at + 8 : at + 8 + size]
            if not any(base):
                return []
            names, _ = _entries((git_dir / f"sharedindex.{base.hex()}").read_bytes(), size)
            deleted = _bits(data, at + 8 + size) if length > size else set()
            return [name for number, name in enumerate(names) if number not in deleted]
        at += 8 + length
    return []


def _bits(data: bytes, at: int) -> set[int]:
    """The numbers of the bits that are set in a compressed bitmap (git-scm.com, "bitmap-format", EWAH)."""
    _, count = struct.unpack_from(">LL", data, at)
    words = iter(struct.unpack_from(f">{count}Q", data, at + 8))
    found: set[int] = set()
    position = 0
    for run in words:
        length = 64 * (run >> 1 & 0xFFFFFFFF)
        if run & 1:
            found.update(range(position, position + length))
        position += length
        for _ in range(run >> 33):
            word = next(words, 0)
            found.update(position + bit for bit in range(64) if word >> bit & 1)
            position += 64
    return found
