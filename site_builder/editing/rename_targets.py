"""OLD and NEW of `mv` as written, to the file that is meant and the file that it becomes."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import dirname, normpath
from typing import Final
from unicodedata import normalize

from site_builder.content.discover import RESERVED, RESERVED_PAGES, Discovered, SourceFile
from site_builder.content.schema import FOLDERS, Kind
from site_builder.diagnostics import Diagnostic, did_you_mean
from site_builder.urls import SourcePath, fold, is_slug, slugify

_KINDS: Final = {**FOLDERS, **{str(kind): kind for kind in Kind}}
"""`topics/privacy` and `topic/privacy` name the same."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document is not renamed."""

    text: str
    hint: str = ""
    found: tuple[Diagnostic, ...] = ()
    """Findings that tell more."""
    is_content: bool = False
    """Is the content in the way, rather than what was asked for?"""


def find_old(found: Discovered, content: str, written: str) -> SourceFile | Refusal:
    """The document that is meant."""
    if written.endswith(".md"):
        path = _inside(content, written)
        match = next((s for s in found.sources if s.path == path), None)
        near = did_you_mean(path, [s.path for s in found.sources])
        return match or Refusal(f'there is no document "{written}"', near or "name it by its slug, or as topics/slug")
    folder, _, slug = normalize("NFC", written).strip("/").rpartition("/")
    if folder and folder not in _KINDS:
        return _no_kind(folder)
    kind = _KINDS.get(folder)
    matches = [s for s in found.sources if s.slug == slug and kind in {None, s.kind}]
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = ", ".join(f"{_folder(s.kind)}/{s.slug}" for s in matches)
        return Refusal(f'"{slug}" is the name of several documents', f"write one of {names}")
    near = did_you_mean(slug, {s.slug for s in found.sources if kind in {None, s.kind}})
    return Refusal(f'there is no {kind or "document"} called "{slug}"', near)


def find_new(found: Discovered, content: str, old: SourceFile, written: str) -> SourceFile | Refusal:
    """The file that it becomes: in the same folder, unless a path is given."""
    kind: Kind | None
    written = normalize("NFC", written)
    if written.endswith((".md", "/")):
        path = _inside(content, written if written.endswith(".md") else f"{written}{old.path.rsplit('/', 1)[1]}")
        folder = path.removeprefix(f"{content}/").split("/", 1)[0] if path.startswith(f"{content}/") else ""
        kind = FOLDERS.get(folder)
        if kind is None:
            folders = ", ".join(f"{content}/{name}/" for name in FOLDERS)
            return Refusal(f'"{written}" is in none of the folders that hold documents', f"these are {folders}")
    else:
        folder, _, slug = written.strip("/").rpartition("/")
        if folder and folder not in _KINDS:
            return _no_kind(folder)
        kind = _KINDS.get(folder, old.kind)
        path = SourcePath(f"{dirname(old.path)}/{slug}.md")
    new = SourceFile(path, kind, path.rsplit("/", 1)[1].removesuffix(".md"))
    if kind is not old.kind:
        hint = "a document keeps its kind; write a new one, and let the old one lead there"
        return Refusal(f"{old.path} is of the kind {old.kind}, not {kind}", hint)
    return _name_problem(new) or _taken(found, old, new) or new


def _inside(content: str, written: str) -> SourcePath:
    """A path below the root of the site, or below its content folder."""
    path = normpath(written)
    first = path.split("/", 1)[0]
    return SourcePath(f"{content}/{path}" if first in FOLDERS and first != content else path)


def _folder(kind: Kind) -> str:
    return next(folder for folder, k in FOLDERS.items() if k is kind)


def _no_kind(folder: str) -> Refusal:
    hint = (
        did_you_mean(folder, FOLDERS) or f'write one of {", ".join(FOLDERS)} before "/", or a path that ends with .md'
    )
    return Refusal(f'"{folder}" is no kind of document', hint)


def _name_problem(new: SourceFile) -> Refusal | None:
    if not is_slug(new.slug):
        near = slugify(new.slug)
        return Refusal(f'"{new.slug}" cannot stand in an address', f'write "{near}"' if near else "choose another name")
    is_home = new.kind is Kind.PAGE and new.slug == "index"
    reserved = RESERVED | RESERVED_PAGES if new.kind is Kind.PAGE else RESERVED
    if new.slug.casefold() in reserved and not is_home:
        return Refusal(f'the site itself uses the address that "{new.slug}" would take', "choose another name")
    parts = PurePosixPath(new.path).parts
    if new.slug.casefold() == "readme" or any(p.startswith((".", "#")) for p in parts) or new.path.endswith("~"):
        return Refusal(f'"{new.path}" would not be read as a document', "choose another name")
    return None


def _taken(found: Discovered, old: SourceFile, new: SourceFile) -> Refusal | None:
    if new.path == old.path:
        return Refusal(f"{old.path} is called that already")
    for other in found.sources:
        if other != old and other.kind is new.kind and fold(other.slug) == fold(new.slug):
            return Refusal(f'the {new.kind} "{new.slug}" exists already: {other.path}', "choose another name")
    return None
