"""The list of the files that we wrote, kept in the site folder itself.

The caches may be lost, or the project moved: what was retracted since must go all the same, and files of others must
stay. So the folder says which of its files are ours. The list holds output paths and their checksums, nothing else: the
same site has the same list, and publishing it reveals nothing. A checksum guards against damage: a line that was cut
off names no file of others.
"""

import os
import re
import stat
import zlib
from collections.abc import Collection, Sequence
from contextlib import suppress
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from site_builder.cache import CacheDamage
from site_builder.disk.faults import naming
from site_builder.parallel import chunked
from site_builder.urls import OutputPath, folders_of

LIST_NAME: Final = ".site-builder"
_HEAD: Final = (
    "# Files that site-builder wrote here, each after a checksum of its path: the next build removes those that the "
    "site no longer has.\n"
)
IN_LIST: Final = 250_000
"""Paths of one file at most, some 10 MB: GitHub takes no file of more than 100 MB."""
_UNCHECKED_HEAD: Final = (
    b"# Files that site-builder wrote here: the next build removes those that the site no longer has."
)
"""Of lists without checksums, which earlier versions wrote."""


def load_site_list(site_dir: Path, damage: CacheDamage) -> frozenset[OutputPath] | None:
    """The files that are ours; None where no list is. Lines that were damaged are not used, and noted."""
    found: frozenset[OutputPath] | None = None
    for number in count(1):
        part = _load_part(site_dir / _list_name(number), damage)
        if part is None:
            return found
        found = (found or frozenset()) | part
    return found


_OF_LISTS: Final = re.compile(rf"{re.escape(LIST_NAME)}(?:-\d+)?")


def _list_name(number: int) -> str:
    """`.site-builder`; `.site-builder-2` and so on where there is more than one."""
    return f"{LIST_NAME}-{number}" if number > 1 else LIST_NAME


def _load_part(file: Path, damage: CacheDamage) -> frozenset[OutputPath] | None:
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return None
        head, *lines = file.read_bytes().replace(b"\r\n", b"\n").split(b"\n")  # git may change line ends
    except OSError:
        return None
    if head == _UNCHECKED_HEAD:
        texts = (line.decode(errors="replace") for line in lines)
        return frozenset(OutputPath(text) for text in texts if is_below(text))
    known = {path for line in lines if (path := _checked(line)) is not None}
    if not known and f"{head.decode(errors='replace')}\n" != _HEAD:
        return None
    if [line for line in lines if not _checked(line)] != [_tail(len(known)).encode(), b""]:
        damage.files.add(file.name)
    return frozenset(path for path in known if is_below(path))


def _checked(line: bytes) -> OutputPath | None:
    """The path in a line of the list, if it is as it was written."""
    checksum, _, path = line.partition(b" ")
    return OutputPath(path.decode()) if path and checksum == _checksum(path) else None


def _checksum(path: bytes) -> bytes:
    return b"%08x" % zlib.crc32(path)


def _tail(number: int) -> str:
    """The last line, without which the list was cut off."""
    return f"# {number} in all"


def save_site_list(site_dir: Path, paths: Collection[OutputPath], *, is_longer: bool = False) -> None:
    """Replace the list, each file of it in one step; equal ones are left as they are.

    The new list has all paths of the old one (`is_longer`) or none besides. So paths move to later files or to earlier
    ones, and in this order each path of both is in one of the files at any moment.
    """
    encoded = sorted(path.encode() for path in paths)
    parts = list(enumerate(chunked(encoded, IN_LIST), 1)) or [(1, [])]
    for number, part in reversed(parts) if is_longer else parts:
        _save_part(site_dir, site_dir / _list_name(number), part)
    for number in count(len(parts) + 1):
        further = site_dir / _list_name(number)
        if _load_part(further, CacheDamage()) is None:  # none of ours
            break
        further.unlink()


def _save_part(site_dir: Path, file: Path, encoded: Sequence[bytes]) -> None:
    lines = b"".join(b"%b %b\n" % (_checksum(path), path) for path in encoded)
    data = b"%b%b%b\n" % (_HEAD.encode(), lines, _tail(len(encoded)).encode())
    if file.is_file() and file.read_bytes() == data:
        with suppress(OSError):
            _temporary(file).unlink()  # of a build that was killed
        return
    site_dir.mkdir(parents=True, exist_ok=True)
    replace_file(file, data)


def replace_file(file: Path, data: bytes) -> None:
    """Replace a file of ours in one step, and nothing that a link in its place leads to. Raises OSError."""
    temporary = _temporary(file)
    temporary.unlink(missing_ok=True)
    try:
        with naming(temporary), temporary.open("xb") as opened:
            opened.write(data)
        temporary.replace(file)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _temporary(file: Path) -> Path:
    return file.with_name(f"{file.name}.tmp")


def is_below(path: str) -> bool:
    """Whether an output path that was read back is a plain path below the site folder, as every path of ours is."""
    parts = path.split("/")
    is_plain = "" not in parts and "." not in parts and ".." not in parts and "\\" not in path and "\0" not in path
    return is_plain and not (LIST_NAME in path and any(map(_OF_LISTS.fullmatch, parts)))


_NOT_BELOW: Final = re.compile(rf"(?:^|[\0/])(?:\.{{0,2}}|{_OF_LISTS.pattern})(?=[\0/]|\Z)|\\")
"""In paths with zeros between them: a part that no plain path has."""


def only_below(paths: Collection[OutputPath]) -> Collection[OutputPath]:
    """Those for which `is_below` is true: all at once, where they are."""
    joined = "\0".join(paths)
    is_all = joined.count("\0") == len(paths) - 1 and not _NOT_BELOW.search(joined)
    return paths if is_all else [path for path in paths if is_below(path)]


def is_inside(site_dir: Path, path: str) -> bool:
    """Whether a file would be changed in the site folder itself, and not behind a symbolic link in it."""
    home = os.path.realpath(site_dir)
    parent = os.path.realpath((site_dir / path).parent)
    return parent == home or parent.startswith(f"{home}{os.sep}")


class Foreign(NamedTuple):
    """What is in a site folder and not ours, hidden files and folders left out."""

    files: int
    is_any: bool
    """Whether there are such files, or folders with or without files."""


def list_digest(site_dir: Path) -> str:
    """Digest of the list of our files as it is on the disk; "" where there is none."""
    digest = blake2b(digest_size=16)
    for number in count(1):
        file = site_dir / _list_name(number)
        try:
            data = file.read_bytes() if stat.S_ISREG(file.lstat().st_mode) else None
        except OSError:
            data = None
        if data is None:
            return digest.hexdigest() if number > 1 else ""
        digest.update(f"{len(data)}\0".encode() + data)
    raise AssertionError


def count_foreign(site_dir: Path, ours: Collection[str]) -> Foreign:
    """Number of files in the site folder that are not ours, all of which are there."""
    shown = [path for path in ours if "/." not in path and not path.startswith(".")]
    found = -len(shown)
    folders = folders_of(shown)
    is_any = False
    waiting = [""]
    while waiting:
        base = waiting.pop()
        with suppress(OSError), os.scandir(f"{site_dir}/{base}") as entries:  # os.walk takes twice as long
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if not entry.is_dir():
                    found += 1
                elif not entry.is_symlink():
                    waiting.append(f"{base}{entry.name}/")
                    is_any = is_any or f"{base}{entry.name}" not in folders
    return Foreign(max(found, 0), is_any or found > 0)
