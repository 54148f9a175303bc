"""Zensical, by the authors of Material: it reads the same settings and pages, and keeps a cache."""

from typing import Final

from bench.peers.environment import Environment
from bench.peers.generator import Generator
from bench.peers.mkdocs import write_material


def command(environment: Environment) -> tuple[str, ...]:
    """Its package has no module to run, only this script."""
    return (str(environment.script("zensical")), "build")


ZENSICAL: Final = Generator(
    key="zensical",
    name="Zensical",
    shows="articles, search",
    requirement="zensical",
    write_site=write_material,
    command=command,
    edited="docs/articles/article-0.md",
    articles="articles/article-*/index.html",
    caches=(".cache",),
)
