"""Digests of all that a document is made from: its file, the options to read it with, what extensions read for it."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from site_builder.cache import Cache
from site_builder.config import MarkdownOptions
from site_builder.content.listing.discover import SourceFile
from site_builder.content.vocabulary import Kind
from site_builder.markdown.extension_inputs import ExtensionInput, InputKind, state_of


def record_key(source: SourceFile, data: bytes, options: MarkdownOptions) -> bytes:
    """Digest of all that a LoadResult depends on, save what extensions read: path, bytes and Markdown options."""
    return record_keys(options)(source, data)


def record_keys(options: MarkdownOptions) -> Callable[[SourceFile, bytes], bytes]:
    """`record_key` for many files with the same options."""
    middle = b"\0" + options.key() + b"\0"
    kinds = {kind: str(kind).encode() + middle for kind in Kind}

    def key(source: SourceFile, data: bytes) -> bytes:
        return blake2b(source.path.encode() + b"\0" + kinds[source.kind] + data, digest_size=16).digest()

    return key


_INPUTS: Final = msgspec.msgpack.Decoder(tuple[ExtensionInput, ...])


def encode_inputs(inputs: Iterable[ExtensionInput], root: Path) -> tuple[bytes, bytes]:
    """Key and bytes of a set of inputs. Paths below the root are relative to it, so that the site can be moved."""
    below = f"{root}{os.sep}"
    moved = [ExtensionInput(i.kind, _relative(i.path, root, below), i.state) for i in inputs]
    data = msgspec.msgpack.encode(moved)
    return blake2b(data, digest_size=16).digest(), data


def _relative(path: str, root: Path, below: str) -> str:
    return "." if path == str(root) else path.removeprefix(below)


def decode_inputs(data: bytes, root: Path) -> tuple[ExtensionInput, ...]:
    """The set that `encode_inputs` wrote, with absolute paths. Raises ValueError for anything else."""
    found = _INPUTS.decode(data)
    return tuple(ExtensionInput(i.kind, str(root / i.path) if i.path else "", i.state) for i in found)


def are_unchanged(root: Path, named: Collection[bytes], cache: Cache) -> bool:
    """Whether all that extensions read is as it was: the cache has these sets of it, and none has changed."""
    return not named or fresh_sets(root, cache.get("inputs", named), cache).issuperset(named)


def fresh_sets(root: Path, input_sets: Mapping[bytes, bytes], cache: Cache) -> frozenset[bytes]:
    """Keys of the sets of which every input is as it was."""
    states: dict[tuple[InputKind, str], str] = {}
    fresh = set()
    for key, encoded in input_sets.items():
        try:
            inputs = decode_inputs(encoded, root)
        except ValueError:
            cache.reject("inputs", key)
            continue
        for one in inputs:
            if (one.kind, one.path) not in states:
                states[one.kind, one.path] = state_of(one.kind, one.path)
        if all(states[one.kind, one.path] == one.state for one in inputs):
            fresh.add(key)
    return frozenset(fresh)
