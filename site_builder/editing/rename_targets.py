"""OLD and NEW of `mv`, as written on the command line, to the file that is meant and the file it becomes."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import dirname, normpath
from typing import Final, Self
from unicodedata import normalize

from site_builder.content.listing.discover import Discovered, SourceFile, proposed_slug
from site_builder.content.schema import FOLDERS, folder_of
from site_builder.content.vocabulary import Kind
from site_builder.diagnostics import Diagnostic, Location, diagnostic, did_you_mean
from site_builder.routes import RESERVED_PAGE_SLUGS, RESERVED_SLUGS
from site_builder.urls import SourcePath, fold, is_slug

_KINDS: Final = {**FOLDERS, **{str(kind): kind for kind in Kind}}
"""Both `topics/privacy` and `topic/privacy` are understood."""
_OTHER_NAME: Final = "choose another name"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document is not renamed."""

    findings: tuple[Diagnostic, ...]
    is_content: bool = False
    """Whether the content is in the way, rather than the command being wrong."""

    @classmethod
    def of(cls, code: str, path: SourcePath, text: str, hint: str = "", *, is_content: bool = False) -> Self:
        """A refusal for one reason."""
        return cls((diagnostic(code, Location(path), text, hint),), is_content)


def find_old(found: Discovered, content: str, written: str) -> SourceFile | Refusal:
    """Find the document that OLD means. Refuses with document-unknown, document-ambiguous or rename-invalid."""
    folder_path = SourcePath(content)
    if written.endswith(".md"):
        path = _inside(content, written)
        match = next((s for s in found.sources if s.path == path), None)
        hint = did_you_mean(path, [s.path for s in found.sources]) or "give its slug, or its kind and slug: topics/slug"
        return match or Refusal.of("document-unknown", folder_path, f'there is no document "{written}"', hint)
    folder, _, slug = normalize("NFC", written).strip("/").rpartition("/")
    if folder and folder not in _KINDS:
        return _unknown_kind(folder, folder_path)
    kind = _KINDS.get(folder)
    matches = [s for s in found.sources if s.slug == slug and kind in {None, s.kind}]
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = ", ".join(f"{folder_of(s.kind)}/{s.slug}" for s in matches)
        text = f'"{slug}" is the slug of several documents'
        return Refusal.of("document-ambiguous", matches[0].path, text, f"write one of {names}")
    hint = did_you_mean(slug, {s.slug for s in found.sources if kind in {None, s.kind}})
    return Refusal.of("document-unknown", folder_path, f'there is no {kind or "document"} called "{slug}"', hint)


def find_new(found: Discovered, content: str, old: SourceFile, written: str) -> SourceFile | Refusal:
    """Find the file that the document becomes: in the same folder, unless NEW is a path.

    Refuses with rename-invalid or rename-taken.
    """
    kind: Kind | None
    written = normalize("NFC", written)
    if written.endswith((".md", "/")):
        path = _inside(content, written if written.endswith(".md") else f"{written}{old.path.rsplit('/', 1)[1]}")
        folder = path.removeprefix(f"{content}/").split("/", 1)[0] if path.startswith(f"{content}/") else ""
        kind = FOLDERS.get(folder)
        if kind is None:
            folders = ", ".join(f"{content}/{name}/" for name in FOLDERS)
            return _invalid(old, f'"{written}" is not in a folder for documents', f"these are {folders}")
    else:
        folder, _, slug = written.strip("/").rpartition("/")
        if folder and folder not in _KINDS:
            return _unknown_kind(folder, old.path)
        kind = _KINDS.get(folder, old.kind)
        path = SourcePath(f"{dirname(old.path)}/{slug}.md")
    new = SourceFile(path, kind, path.rsplit("/", 1)[1].removesuffix(".md"))
    if kind is not old.kind:
        hint = "a document keeps its kind; write a new one, and redirect the old one to it"
        return _invalid(old, f"{old.path} is of the kind {old.kind}, not {kind}", hint)
    return _name_problem(old, new) or _taken(found, old, new) or new


def _inside(content: str, written: str) -> SourcePath:
    """A path below the root of the site, or below its content folder."""
    path = normpath(written)
    first = path.split("/", 1)[0]
    return SourcePath(f"{content}/{path}" if first in FOLDERS and first != content else path)


def _invalid(old: SourceFile, text: str, hint: str = _OTHER_NAME) -> Refusal:
    return Refusal.of("rename-invalid", old.path, text, hint)


def _unknown_kind(folder: str, path: SourcePath) -> Refusal:
    hint = did_you_mean(folder, FOLDERS) or f'write one of {", ".join(FOLDERS)} before "/", or a path ending in .md'
    return Refusal.of("rename-invalid", path, f'"{folder}" is not a kind of document', hint)


def _name_problem(old: SourceFile, new: SourceFile) -> Refusal | None:
    if not is_slug(new.slug):
        near = proposed_slug(new.kind, new.slug)
        return _invalid(old, f'"{new.slug}" cannot be part of an address', f'write "{near}"' if near else _OTHER_NAME)
    is_home = new.kind is Kind.PAGE and new.slug == "index"
    reserved = RESERVED_PAGE_SLUGS if new.kind is Kind.PAGE else RESERVED_SLUGS
    if new.slug.casefold() in reserved and not is_home:
        return _invalid(old, f'the site itself uses the address that "{new.slug}" would take')
    parts = PurePosixPath(new.path).parts
    if new.slug.casefold() == "readme" or any(p.startswith((".", "#")) for p in parts) or new.path.endswith("~"):
        return _invalid(old, f'"{new.path}" would not be read as a document')
    return None


def _taken(found: Discovered, old: SourceFile, new: SourceFile) -> Refusal | None:
    if new.path == old.path:
        return _invalid(old, f"{old.path} already has that name")
    for other in found.sources:
        if other != old and other.kind is new.kind and fold(other.slug) == fold(new.slug):
            text = f'the {new.kind} "{new.slug}" already exists: {other.path}'
            return Refusal.of("rename-taken", other.path, text, _OTHER_NAME)
    return None
