"""This program in two setups: what Hugo's layout shows, and everything switched on."""

import shutil
import sys
from pathlib import Path
from typing import Final

from bench.peers.environment import Environment
from bench.peers.generator import Generator

DATE: Final = "2026-01-01"
"""All builds are of the same day."""
_BARE: Final = """\
site_name: Synthetic
site_url: https://example.org/kb/
docs_dir: content
theme: site_builder
plugins:
  - site_builder:
      related_items: 0
      search: false
      social_images: false
"""


def _write_all(corpus: Path, root: Path) -> None:
    shutil.copytree(corpus, root / "content")
    shutil.copy(corpus.parent / "mkdocs.yml", root / "mkdocs.yml")


def _write_bare(corpus: Path, root: Path) -> None:
    shutil.copytree(corpus, root / "content")
    (root / "mkdocs.yml").write_text(_BARE, encoding="utf-8")


def command(_environment: Environment) -> tuple[str, ...]:
    """Ours runs from this checkout."""
    return (sys.executable, "-m", "site_builder", "build", "--date", DATE)


BARE: Final = Generator(
    key="bare",
    name="site_builder, bare",
    shows="what Hugo shows here; also timeline, digests, a graph, more feeds, Markdown and JSON of pages",
    write_site=_write_bare,
    command=command,
    edited="content/articles/article-0.md",
    articles="articles/article-*/index.html",
    caches=(".cache",),
)
ALL: Final = Generator(
    key="all",
    name="site_builder, all on",
    shows="also related articles, search, social pictures, linked mentions, tools",
    write_site=_write_all,
    command=command,
    edited="content/articles/article-0.md",
    articles="articles/article-*/index.html",
    caches=(".cache",),
)
