"""Files that a browser would run, as pages or scripts of the site's own address, if somebody opened them there.

They are published all the same: a verification file is HTML too. But whoever reviews a change should see them.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat

from site_builder.content.discover import matcher
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath

_RUN: Final = frozenset(
    {".htm", ".html", ".js", ".mjs", ".shtml", ".svgz", ".wasm", ".xht", ".xhtml", ".xml", ".xsl", ".xslt"}
)
"""Endings that servers give a type that browsers run."""
_ACTIVE: Final = frozenset({"embed", "foreignobject", "handler", "iframe", "listener", "object", "script"})
"""Elements of SVG that run something, or may hold HTML."""
_RUNNING_VALUE: Final = re.compile(
    r"\s*(?:javascript|vbscript|data:\s*(?:text/html|image/svg|application|text/xml)):?", re.IGNORECASE
)
_LOADS: Final = re.compile(r"@import|url\(\s*['\"]?\s*(?:https?:)?//", re.IGNORECASE)


def runnable_files(
    root: Path, content: str, published: Iterable[SourcePath], allowed: Iterable[str]
) -> Iterator[Diagnostic]:
    """A file-can-run for each published file that can; `allowed` are patterns like those of .gitignore."""
    is_allowed = matcher("\n".join(allowed), content)
    for path in sorted(published):
        suffix = Path(path).suffix.lower()
        if (suffix in _RUN or (suffix == ".svg" and _is_active(root / path))) and not is_allowed(path):
            text = f'browsers run "{path}" as part of the site if somebody opens it'
            inside = path.removeprefix(f"{content}/")
            hint = f'if it is meant to be there, write `allow_files: ["{inside}"]` under site_builder in mkdocs.yml'
            yield diagnostic("file-can-run", Location(path), text, hint)


def _is_active(file: Path) -> bool:
    """Whether an SVG does more than show a picture; one that cannot be read does."""
    parser = expat.ParserCreate()
    found: list[str] = []
    in_style = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal in_style
        tag = name.rpartition(":")[2].lower()
        in_style = tag == "style"
        if tag in _ACTIVE:
            found.append(tag)
        for key, value in attributes.items():
            short = key.rpartition(":")[2].lower()
            leads_out = short in {"href", "src"} and value.strip().startswith(("//", "http:", "https:")) and tag != "a"
            if short.startswith("on") or _RUNNING_VALUE.match(value) or leads_out or _LOADS.search(value):
                found.append(key)

    def text(words: str) -> None:
        if in_style and _LOADS.search(words):
            found.append("style")

    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.EntityDeclHandler = lambda *_: found.append("entity")
    parser.ProcessingInstructionHandler = lambda *_: found.append("instruction")
    try:
        parser.Parse(file.read_bytes(), True)
    except (OSError, expat.ExpatError, UnicodeError, ValueError):
        return True
    return bool(found)
