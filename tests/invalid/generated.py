"""Invalid sites that git, or somebody's disk, cannot hold as they are: case -> what makes its site.

A case may have a `site/` folder as well; what is made here comes on top of it.
"""

import codecs
import struct
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from tests.helpers.site import Files, article, topic, write_files

Make = Callable[[Path], None]
"""Called with the folder of the site."""

_A: Final = "content/articles/a.md"
_FINE: Final = article("Fine")
_PAGE: Final = """A Page about Roads
June 3, 2026

The town council approved a plan on Monday that will close the old mill road to cars from next July.

Residents had asked for the change for years, saying that lorries used the narrow street as a short cut.
"""


def _files(files: Files) -> Make:
    return partial(write_files, files=files)


def _feed(text: str) -> str:
    item = f"<item><title>A</title><pubDate>2026-06-03</pubDate><description>{text}</description></item>"
    return f'<rss version="2.0"><channel><title>The Gazette</title>{item}</channel></rss>'


def _link(name: str, target: str, files: Files) -> Make:
    """Files, and a symbolic link below the site's folder."""

    def make(root: Path) -> None:
        write_files(root, files)
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target)

    return make


def _tracked(path: str) -> bytes:
    """An index of git that names one file."""
    entry = bytes(60) + struct.pack(">H", len(path)) + path.encode()
    return b"DIRC" + struct.pack(">LL", 2, 1) + entry + bytes(8 - len(entry) % 8) + bytes(20)


_TOPICS: Final = {f"content/topics/t{n}.md": topic(f"T{n}") for n in range(101)}
GENERATED: Final[Mapping[str, Make]] = {
    "page-heavy": _files({_A: article("A", "Words that fill a page which is far too long.\n\n" * 4_000)}),
    "list-long": _files({_A: article("A", topics=[f"t{n}" for n in range(101)])} | _TOPICS),
    "file-empty": _files({_A: b""}),
    "file-empty-blank": _files({_A: b"\n  \n\n"}),
    "file-empty-bom": _files({_A: codecs.BOM_UTF8}),
    "file-unreadable": _link(_A, "gone.md", {"content/articles/fine.md": _FINE}),
    "file-unreadable-static": _link("content/static/robots.txt", "gone.txt", {"content/articles/fine.md": _FINE}),
    "file-unreadable-circle": _link(_A, "a.md", {"content/articles/fine.md": _FINE}),
    "not-utf8": _files({_A: article("A", "Ein Satz.\n\nDie §§ über Ärzte.\n").encode("cp1252")}),
    "not-utf8-after-letters": _files({_A: article("A", "Größe: ").encode() + b"caf\xe9\n"}),
    "not-utf8-utf16": _files({_A: article("A").encode("utf-16")}),
    "bom": _files({_A: codecs.BOM_UTF8 + article("A").encode()}),
    "crlf": _files({_A: article("A", "See [this](gone.md).\n").replace("\n", "\r\n")}),
    "crlf-mixed": _files({_A: article("A", "One line.\r\nAnother.\n")}),
    "cache-tracked": _files({".git/index": _tracked(".cache/site_builder/x"), ".cache/site_builder/x": "", _A: _FINE}),
    "control-character": _files({_A: article("A", "Text.\n\nA bell\x07 and another\x1b[0m.\n")}),
    "control-character-null": _files({_A: article("A", "Text\0.\n")}),
    "control-character-front-matter": _files({_A: article("A").replace("title: A", "title: A\x08B")}),
    "line-too-long": _files(
        {_A: article("A", "x" * 5_000_000 + "\n"), "content/articles/b.md": article("B", "[b](b.md)\n")}
    ),
    "symlink-outside": _link(
        _A, "../../secret.md", {"secret.md": article("Secret"), "content/articles/fine.md": _FINE}
    ),
    "symlink-outside-folder": _link(
        "content/articles/old", "../../archive", {"archive/a.md": article("A"), "content/articles/fine.md": _FINE}
    ),
    "file-ignored-linked-folder": _link("content/articles/old", "2026", {"content/articles/2026/fine.md": _FINE}),
    "address-case": _files({"content/articles/GDPR.md": article("A"), "content/articles/gdpr.md": article("B")}),
    "address-case-static": _files({"content/static/Articles/index.html": "Mine.\n", "content/articles/fine.md": _FINE}),
    "slug-duplicate-accents": _files(
        {"content/topics/caf\u00e9.md": topic("A"), "content/topics/cafe\u0301.md": topic("B")}
    ),
    "slug-invalid-newline": _files(
        {"content/articles/a\nb.md": article("A"), "content/articles/c\td.md": article("A")}
    ),
    "slug-invalid-bytes": lambda root: write_files(root, {"content/articles/\udcff.md": article("A"), _A: _FINE}),
    "slug-invalid-bytes-asset": lambda root: write_files(root, {"content/assets/\udcff.png": b"", _A: _FINE}),
    "settings-not-utf8": _files({"mkdocs.yml": "site_name: Ärzte\n".encode("latin-1")}),
    "yaml-bomb-deep": _files({_A: article("A").replace("title: A", "title: " + "[" * 50_000)}),
    "yaml-bomb-large": _files({_A: article("A").replace("---\nText", "topics:\n" + "- law\n" * 10_001 + "---\nText")}),
    "write-failed": _link("drafts", "gone/drafts", {"page.txt": _PAGE}),
    "text-cut": _files({"page.txt": _PAGE + "A sentence that is said over and over again in this text. " * 20_000}),
    "feed-cut": _files({"feed.xml": _feed("A sentence that is said over and over again. " * 8_000)}),
    "text-too-large": _files(
        {
            _A: article("A", "- abc\n" * 250_001),
            "content/articles/b.md": article("B", "[a](b) " * 7_000),
            "content/articles/c.md": article("C", "```\n" + "{[(1)]};\n" * 7_000 + "```\n"),
        }
    ),
    "paragraph-too-long": _files(
        {_A: article("A", "Short.\n\n" + "This *paragraph* goes on, line after line.\n" * 300 + "\n![a](gone.png)\n")}
    ),
    "markdown-failed": _files({_A: article("A", "- " * 3000 + "x\n")}),
}
