"""Every program that is compared, in the order of the table."""

from typing import Final

from bench.peers.generator import Generator
from bench.peers.hugo import HUGO
from bench.peers.mkdocs import MATERIAL, MKDOCS
from bench.peers.ours import ALL, BARE
from bench.peers.pelican import PELICAN
from bench.peers.zensical import ZENSICAL

OURS: Final = (BARE, ALL)
PEERS: Final = (HUGO, MKDOCS, MATERIAL, PELICAN, ZENSICAL)
BASE: Final = (HUGO.key, BARE.key)
"""Ratios are to the first of these that was measured."""


def chosen(keys: list[str] | None) -> list[Generator]:
    """The peers of these names; all without names. Raises KeyError for a name that is none."""
    by_key = {peer.key: peer for peer in PEERS}
    return list(PEERS) if keys is None else [by_key[key] for key in keys]
