"""Files that a browser would run, as pages or scripts of the site's own address, if somebody opened them there.

They are published all the same: a verification file is HTML too. But whoever reviews a change should see them. Only an
SVG that a page shows is published without what can run in it, unless the settings allow the file.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat

from site_builder.content.listing.discover import matcher
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.markdown.clean_html.clean_svg import SvgError, clean_svg
from site_builder.urls import SourcePath

_RUN: Final = frozenset(
    f".{ending}"
    for ending in """asp aspx atom cgi cjs dae es gml gpx hta htc htm html jar js jse jsp jsx kml mathml mht mhtml mjs
    mml mpd musicxml opf owl phar php php3 php4 php5 phps pht phtml pl rdf rng rss sht shtm shtml smi smil ssml swf svgz
    tei ttml vbs wasm wsdl x3d xaml xbl xht xhtm xhtml xlf xml xsd xsl xslt xspf xul""".split()
)
"""Endings that servers give a type that browsers run (all that end in `+xml` may hold XHTML), or run themselves."""
_PLAIN: Final = frozenset(
    f".{ending}"
    for ending in """7z aac apng avi avif bib bmp bz2 css csv docx eot epub flac geojson gif gz heic ico ics jfif jpeg
    jpg jpx json jxl m4a m4v map md mid mkv mov mp3 mp4 mpeg odp ods odt oga ogg ogv opus otf pdf png pptx ris rtf tar
    tgz tif tiff tsv ttf txt vcf vtt wav webm webmanifest webp woff woff2 xlsx xz yaml yml zip""".split()
)
"""Endings that servers give a type that no browser takes for a page, whatever is in the file."""
_FOR_HOSTS: Final = frozenset({"_headers", "_redirects", "_worker.js", "_routes.json", "web.config", "vercel.json"})
"""Names by which hosts find their settings; they look at the root of the site, some in every folder."""
_MARKUP: Final = re.compile(
    rb"[\s\x00]*<(?:!doctype|!--|\?xml|[?%]|(?:html|head|body|script|iframe|svg|title|style|table|div|font|img|h1|p|a|b|br)"
    rb"[\s>/])",
    re.IGNORECASE,
)
"""How a file begins that browsers take for a page where the server gives no type (MIME Sniffing Standard, §7.1)."""
_HEAD_BYTES: Final = 1445
"""As many as browsers look at."""
_SVG: Final = frozenset({".svg", ".svgz"})
_MAX_NAMED: Final = 3
_ACTIVE: Final = frozenset({"embed", "foreignobject", "handler", "iframe", "listener", "object", "script"})
"""Elements of SVG that run something, or may hold HTML."""
_RUNNING_VALUE: Final = re.compile(
    r"\s*(?:javascript|vbscript|data:\s*(?:text/html|image/svg|application|text/xml)):?", re.IGNORECASE
)
_LOADS: Final = re.compile(r"@import|url\(\s*['\"]?\s*(?:https?:)?//", re.IGNORECASE)


def pictures_to_clean(content: str, shown: Iterable[SourcePath], allowed: Iterable[str]) -> frozenset[SourcePath]:
    """Those of the files shown by pages that are published as `clean_svg` writes them."""
    is_allowed = matcher("\n".join(allowed), content)
    return frozenset(path for path in shown if Path(path).suffix.lower() in _SVG and not is_allowed(path))


def runnable_files(
    root: Path, content: str, published: Iterable[SourcePath], shown: Iterable[SourcePath], allowed: Iterable[str]
) -> Iterator[Diagnostic]:
    """A file-can-run for each published file that can; `allowed` are patterns like those of .gitignore.

    A svg-cleaned for each picture that is published without something that can run.
    """
    patterns = tuple(allowed)
    is_allowed = matcher("\n".join(patterns), content)
    to_clean = pictures_to_clean(content, shown, patterns)
    for path in sorted(published):
        if path in to_clean:
            yield from _cleaned(root / path, path, content)
        elif (
            what := _what_runs(root / path, is_root=path.rpartition("/")[0] == f"{content}/static")
        ) and not is_allowed(path):
            text = what.format(path=path)
            inside = path.removeprefix(f"{content}/")
            hint = f'if it is meant to be there, write `allow_files: ["{inside}"]` under site_builder in mkdocs.yml'
            yield diagnostic("file-can-run", Location(path), text, hint)


def _what_runs(file: Path, *, is_root: bool) -> str:
    """What to say of a file; "" where nothing would run. `is_root`: it lies where hosts look for their settings."""
    suffix, name = file.suffix.lower(), file.name.lower()
    if name in _FOR_HOSTS and not (is_root and not suffix):
        return 'some hosts read "{path}" as their settings'
    if suffix in _RUN or (suffix == ".svg" and _is_active(file)) or (suffix not in _PLAIN | _SVG and _is_markup(file)):
        return 'browsers run "{path}" as part of the site if somebody opens it'
    return ""


def _is_markup(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD_BYTES)
    except OSError:
        return False  # reported where it is copied
    return _MARKUP.match(head.removeprefix(BOM_UTF8)) is not None


def _cleaned(file: Path, path: SourcePath, content: str) -> Iterator[Diagnostic]:
    try:
        removed = clean_svg(file.read_bytes()).removed
    except OSError:
        return  # reported where it is copied
    except SvgError as error:
        text = f'"{path}" cannot be read as SVG: {error}; an empty picture is published'
        hint = "save it again with the program that made it"
        yield diagnostic("svg-cleaned", Location(path, error.line, error.column), text, hint)
        return
    if removed:
        names = ", ".join(part.what for part in removed[:_MAX_NAMED])
        more = f" and {len(removed) - _MAX_NAMED} more" if len(removed) > _MAX_NAMED else ""
        text = f'the picture "{path}" is published without {names}{more}'
        inside = path.removeprefix(f"{content}/")
        hint = f'save it without that, or write `allow_files: ["{inside}"]` in mkdocs.yml to publish it as it is'
        yield diagnostic("svg-cleaned", Location(path, removed[0].line, removed[0].column), text, hint)


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
