"""MkDocs, bare and with Material: the same articles in plain Markdown.

Its menu names every page on every page unless told otherwise, which grows with the square of their number. Here it
names the home page only, and a list of all articles stands there, so that these programs are measured at their best.
"""

from pathlib import Path
from typing import Final

from bench.peers.corpus import index_page, read_sources
from bench.peers.environment import Environment
from bench.peers.generator import Generator

_SETTINGS: Final = """\
site_name: Synthetic
site_url: https://example.org/kb/
docs_dir: docs
nav: [index.md]
validation: {{omitted_files: ignore}}
{theme}"""
_BARE: Final = "theme: mkdocs\nplugins: []\n"
_MATERIAL: Final = "theme: {name: material, font: false}\nplugins: [search]\n"


def write_pages(corpus: Path, root: Path) -> None:
    """Articles, topics and the home page, as MkDocs and its kin read them."""
    articles = list(read_sources(corpus / "articles"))
    for kind, sources in (("articles", articles), ("topics", list(read_sources(corpus / "topics")))):
        folder = root / "docs" / kind
        folder.mkdir(parents=True, exist_ok=True)
        for source in sources:
            text = f"---\ntitle: {source.title}\ndescription: {source.summary}\n---\n# {source.title}\n\n{source.body}"
            (folder / f"{source.slug}.md").write_text(text, encoding="utf-8")
    (root / "docs/index.md").write_text(f"# Synthetic\n\n{index_page(articles)}", encoding="utf-8")


def _write_bare(corpus: Path, root: Path) -> None:
    write_pages(corpus, root)
    (root / "mkdocs.yml").write_text(_SETTINGS.format(theme=_BARE), encoding="utf-8")


def write_material(corpus: Path, root: Path) -> None:
    """Zensical reads these settings too."""
    write_pages(corpus, root)
    (root / "mkdocs.yml").write_text(_SETTINGS.format(theme=_MATERIAL), encoding="utf-8")


def command(environment: Environment) -> tuple[str, ...]:
    """Quiet, as in CI."""
    return (str(environment.python), "-m", "mkdocs", "build", "--quiet")


MKDOCS: Final = Generator(
    key="mkdocs",
    name="MkDocs",
    shows="articles only",
    requirement="mkdocs",
    write_site=_write_bare,
    command=command,
    edited="docs/articles/article-0.md",
    articles="articles/article-*/index.html",
)
MATERIAL: Final = Generator(
    key="material",
    name="Material",
    shows="articles, search",
    requirement="mkdocs-material",
    write_site=write_material,
    command=command,
    # It prints an advertisement of itself otherwise.
    variables={"NO_MKDOCS_2_WARNING": "1"},
    edited="docs/articles/article-0.md",
    articles="articles/article-*/index.html",
)
