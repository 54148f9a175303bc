"""What reading Markdown costs, beside stock Python-Markdown: `python -m bench.markdown_html [FOLDER …]`.

Milliseconds of CPU for a text, the least of several rounds in which the four take turns: stock with the extensions and
options that ours has; the same with what spares it work (`markdown/shortcuts/`), whose HTML must be identical; ours,
which also reads what GitHub, Obsidian and Material show; and all that is made of a body, with references and findings.
The texts are those of a synthetic site and those of this repository, or those below the folders that are named.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import markdown

from bench.peers.environment import ROOT
from bench.peers.tables import table
from bench.synthetic import make_site
from site_builder.config import MarkdownOptions
from site_builder.markdown.body import render_body
from site_builder.markdown.bounds.inline_text import register_inline_text
from site_builder.markdown.bounds.long_blocks import register_long_blocks
from site_builder.markdown.convert import ours
from site_builder.markdown.shortcuts.plain_steps import register_plain_steps
from site_builder.markdown.shortcuts.used_blocks import register_used_blocks
from site_builder.markdown.shortcuts.used_patterns import register_used_patterns
from site_builder.markdown.syntax.default_extensions import with_default_extensions
from site_builder.urls import SourcePath

OPTIONS: Final = MarkdownOptions(("toc", "tables", "fenced_code"))
"""What a site has without `markdown_extensions`."""
ARTICLES: Final = 400
ROUNDS: Final = 7
_FRONT_MATTER: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def main() -> None:
    """Print a table for each set of texts. Exits with 1 where what spares work changes the HTML."""
    parser = argparse.ArgumentParser(prog="python -m bench.markdown_html", description=__doc__.partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER", help="read the Markdown below these")
    options = parser.parse_args()
    differing = 0
    for name, texts in _sets(options.folders):
        rows, changed = measure(texts)
        differing += changed
        print(f"{name}: {len(texts):,} texts, {len(texts) - changed:,} with identical HTML from stock and spared\n")
        print(table(rows))
    if differing:
        sys.exit("what spares work changes the HTML")


def measure(texts: Sequence[str], rounds: int = ROUNDS) -> tuple[list[list[str]], int]:
    """A table of milliseconds for each text, and how many texts have other HTML with what spares work."""
    plain, spared, own = stock(), with_shortcuts(stock()), ours(OPTIONS)
    changed = sum(_html(plain, text) != _html(spared, text) for text in texts)
    ways: dict[str, Callable[[str], object]] = {
        "stock Python-Markdown": lambda text: _html(plain, text),
        "stock, spared work": lambda text: _html(spared, text),
        "ours, with more syntax": lambda text: _html(own, text),
        "a whole body of ours": lambda text: render_body(text, OPTIONS, SourcePath("a.md"), 1),
    }
    seconds = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for name, read in ways.items():
            started = time.process_time()
            for text in texts:
                read(text)
            seconds[name] = min(seconds[name], time.process_time() - started)
    base = seconds["stock Python-Markdown"]
    rows = [["", "ms a text", "times as fast as stock"]]
    rows += [[name, f"{one / len(texts) * 1000:.2f}", f"{base / one:.2f}"] for name, one in seconds.items()]
    return rows, changed


def stock() -> markdown.Markdown:
    """Python-Markdown as it comes, with the extensions and options that ours has."""
    complete = with_default_extensions(OPTIONS)
    configs = {name: dict(config) for name, config in complete.configs.items()}
    return markdown.Markdown(extensions=list(complete.extensions), extension_configs=configs)


def with_shortcuts(converter: markdown.Markdown) -> markdown.Markdown:
    """The same with what spares it work, and with the two steps that this needs."""
    register_inline_text(converter, [])
    register_long_blocks(converter)
    register_plain_steps(converter)
    register_used_patterns(converter)
    register_used_blocks(converter)
    return converter


def _html(converter: markdown.Markdown, text: str) -> str:
    """The HTML, or what was raised: stock fails at some texts."""
    try:
        return converter.reset().convert(text)
    except Exception as error:  # noqa: BLE001 (whatever it is)
        return repr(error)


def _sets(folders: Sequence[Path]) -> list[tuple[str, list[str]]]:
    if folders:
        return [(str(folder), _bodies(folder)) for folder in folders]
    with tempfile.TemporaryDirectory() as folder:
        make_site(Path(folder), ARTICLES)
        made = _bodies(Path(folder) / "content/articles")
    return [("A synthetic site", made), ("This repository", [*_bodies(ROOT / "content"), *_bodies(ROOT / "docs")])]


def _bodies(folder: Path) -> list[str]:
    """The Markdown files below a folder, without their front matter."""
    return [_FRONT_MATTER.sub("", path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.md"))]


if __name__ == "__main__":
    main()
