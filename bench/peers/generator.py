"""A static site generator as this bench sees it: how it gets the corpus, how it is run, and what it leaves behind."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.peers.environment import Environment


@dataclass(frozen=True, kw_only=True)
class Generator:
    """One way to build the corpus. Its folder is its own: nothing is shared with the others."""

    key: str
    """Its name on the command line."""
    name: str
    """Its name in tables."""
    shows: str
    """What its site has beyond the articles, in one phrase: pages differ, and so does the work."""
    requirement: str = ""
    """What is installed from the package index; empty for our own."""
    write_site: Callable[[Path, Path], None]
    """Write its sources, given the synthetic site and the folder of its own."""
    command: Callable[[Environment], tuple[str, ...]]
    """The command that builds, run in its folder."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Further environment variables."""
    edited: str
    """The source that the bench edits."""
    articles: str
    """Pages of articles, as a pattern in the site."""
    site: str = "site"
    """The folder that it writes."""
    caches: tuple[str, ...] = ()
    """What it keeps for its next build beside the site. Without any, building in CI is building from nothing."""

    def clean_site(self, root: Path) -> None:
        """Remove what was built, and keep what is for the next build."""
        shutil.rmtree(root / self.site, ignore_errors=True)

    def clean(self, root: Path) -> None:
        """Remove all that builds left."""
        self.clean_site(root)
        for cache in self.caches:
            shutil.rmtree(root / cache, ignore_errors=True)
