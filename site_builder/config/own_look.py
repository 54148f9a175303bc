"""Files that the settings name for the look of all pages: logo, favicon, style sheets and scripts.

All are files of the site, since pages load nothing from elsewhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from site_builder.config.plugin_options import Options
from site_builder.config.positions import PLUGIN, Positions
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath

_STATIC: Final = "static"


@dataclass(frozen=True, slots=True)
class OwnLook:
    """Addresses from the root of the site; "" or nothing for what the settings do not name."""

    logo: str = ""
    favicon: str = ""
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


def own_look(
    options: Options, settings: Any, content: Path, templates: Sequence[Path], name: SourcePath, positions: Positions
) -> tuple[OwnLook, list[Diagnostic]]:
    """The addresses of the files that are named. May report settings.

    `extra_css` and `extra_javascript` are settings of MkDocs; `content` is the content folder.
    """
    found: list[Diagnostic] = []

    def addresses(key: str, written: Sequence[str]) -> Iterator[str]:
        for number, text in enumerate(written):
            address = _address(text, content, templates)
            if address:
                yield address
            else:
                place = positions.get(f"{key}.{number}") or positions.get(key, (1, 1))
                found.append(_missing(key.rpartition(".")[2], text, content, Location(name, *place)))

    logo = tuple(addresses(f"{PLUGIN}.logo", [options.logo] if options.logo else []))
    favicon = tuple(addresses(f"{PLUGIN}.favicon", [options.favicon] if options.favicon else []))
    of_mkdocs = {} if options.folder else settings  # beside it, they are of the pages that MkDocs renders
    styles = tuple(addresses("extra_css", list(map(str, of_mkdocs.get("extra_css") or ()))))
    scripts = tuple(addresses("extra_javascript", list(map(str, of_mkdocs.get("extra_javascript") or ()))))
    return OwnLook("".join(logo), "".join(favicon), styles, scripts), found


def _address(written: str, content: Path, templates: Sequence[Path]) -> str:
    """Where a file is published that is named by its path in `static/`, in the content folder or in `templates/`."""
    path = written.strip().lstrip("/").removeprefix(f"{_STATIC}/")
    if not path or ".." in path.split("/") or "://" in path:
        return ""
    places = (content / _STATIC, *(folder for folder in templates if path.startswith("assets/")))
    return f"/{path}" if any((folder / path).is_file() for folder in places) else ""


def _missing(key: str, written: str, content: Path, place: Location) -> Diagnostic:
    folder = f"{content.name}/{_STATIC}"
    if "://" in written or written.startswith("//"):
        text = f'"{key}" is "{written}", which is on another site: pages load nothing from elsewhere'
        return diagnostic("settings", place, text, f"save a copy in {folder}/ and write its name")
    text = f'"{key}" is "{written}", and there is no such file in {folder}/'
    return diagnostic("settings", place, text, "put it there, or correct the name")
