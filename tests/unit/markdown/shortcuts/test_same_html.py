"""What spares Python-Markdown work changes nothing: the same HTML with it and without, ours and that of stock."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import markdown
import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown import convert as module
from site_builder.markdown.bounds.inline_text import register_inline_text
from site_builder.markdown.bounds.long_blocks import register_long_blocks
from site_builder.markdown.shortcuts import used_patterns
from site_builder.markdown.shortcuts.plain_steps import register_plain_steps
from site_builder.markdown.shortcuts.used_blocks import register_used_blocks
from site_builder.markdown.shortcuts.used_patterns import register_used_patterns
from site_builder.markdown.syntax.default_extensions import with_default_extensions
from tests.helpers.markdown_texts import made_texts

ROOT: Final = Path(__file__).parents[4]
SHORTCUTS: Final = (register_plain_steps, register_used_patterns, register_used_blocks)
EXTENSIONS: Final = ("toc", "tables", "fenced_code")
OPTIONS: Final = with_default_extensions(MarkdownOptions(EXTENSIONS))


def stock(*extensions: str) -> markdown.Markdown:
    """Python-Markdown, with our extensions and their options unless others are named."""
    names = list(extensions or OPTIONS.extensions)
    configs = {name: dict(config) for name, config in OPTIONS.configs.items() if name in names}
    return markdown.Markdown(extensions=list(names), extension_configs=configs)


def quick(converter: markdown.Markdown) -> markdown.Markdown:
    """The same with the shortcuts, and with the steps that they need."""
    register_inline_text(converter, [])
    register_long_blocks(converter)
    for register in SHORTCUTS:
        register(converter)
    return converter


def read(converter: markdown.Markdown, text: str) -> str:
    """The HTML, or the exception: stock fails at some texts."""
    try:
        return converter.reset().convert(text)
    except Exception as error:  # noqa: BLE001 (whatever it is)
        return repr(type(error))


def documents() -> Iterator[str]:
    """What is written in this repository."""
    for path in sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("content/articles/*.md"))):
        yield path.read_text(encoding="utf-8")


def test_stock_gives_the_same_html():
    plain, fast = stock(), quick(stock())
    for text in [*made_texts(300), *documents()]:
        assert read(fast, text) == read(plain, text), text


@pytest.mark.parametrize(
    "extensions", [("extra",), ("sane_lists",), ("pymdownx.fancylists",), ("smarty", "wikilinks", "meta")], ids=str
)
def test_stock_gives_the_same_html_with_other_extensions(extensions: tuple[str, ...]):
    plain, fast = stock(*extensions), quick(stock(*extensions))
    for text in made_texts(80, seed=2):
        assert read(fast, text) == read(plain, text), text


def test_ours_gives_the_same_html(monkeypatch: pytest.MonkeyPatch):
    texts = [*made_texts(150, seed=3), *documents()]
    with_shortcuts = [module.convert(text, OPTIONS).html for text in texts]
    monkeypatch.setattr(used_patterns, "_MARKS", {})
    for register in (register_plain_steps, register_used_blocks):
        monkeypatch.setattr(module, register.__name__, lambda _converter: None)
    module._converter.cache_clear()
    without = [module.convert(text, OPTIONS).html for text in texts]
    module._converter.cache_clear()
    for text, one, other in zip(texts, with_shortcuts, without, strict=True):
        assert one == other, text
