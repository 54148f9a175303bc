"""List the files of the content folder, sorted by path.

Markdown files under `articles/`, `topics/`, `entities/`, `tools/` and `pages/` are documents. Files under `static/` are
copied to the root of the site unchanged (CNAME, .well-known/), save what editors and systems leave behind. Every other
file is a possible asset: it is published if a document uses it. Hidden files and READMEs outside `static/` are left out
with a note.
"""

import os
import re
import stat
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import Final
from unicodedata import normalize

from site_builder.config.mkdocs_settings.beside_mkdocs import OPTION_LINE
from site_builder.content.listing.files_beside import NOTHING, files_beside
from site_builder.content.schema import FOLDERS
from site_builder.content.vocabulary import Kind
from site_builder.diagnostics import Diagnostic, Location, diagnostic, nearest
from site_builder.routes import RESERVED_PAGE_SLUGS, RESERVED_SLUGS
from site_builder.urls import MAX_SEGMENT_BYTES, Permalink, SourcePath, fold, is_slug, slugify

STATIC: Final = "static"

LEFT_BEHIND: Final = re.compile(
    r".*~|\#.*\#|\.\#.*|\._.*|\..*\.sw[a-z]|\.DS_Store|Thumbs\.db|desktop\.ini|\.(?:git)?keep", re.IGNORECASE
)
"""Names of files that an editor, a system or Git leaves in a folder; nobody wrote them to be published."""

_OF_TOOLS: Final = frozenset({
    ".git", ".gitignore", ".gitattributes", ".gitmodules", ".hg", ".hgignore", ".svn", ".jj",
    ".obsidian", ".trash", ".vscode", ".idea", ".cache", ".venv", ".editorconfig", ".ipynb_checkpoints",
})  # fmt: skip
"""Hidden files and folders that belong to a tool, so that an editor does not wonder where they are."""

_OF_VERSIONS: Final = frozenset({".git", ".hg", ".svn", ".jj"})
"""What version control keeps is not published, wherever it is."""


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """A Markdown file that is a document."""

    path: SourcePath
    kind: Kind
    slug: str

    def __hash__(self) -> int:
        """Of its path, which no other has."""
        return hash(self.path)


@dataclass(frozen=True, slots=True)
class Discovered:
    """The files of the content folder, sorted by path."""

    sources: tuple[SourceFile, ...]
    assets: frozenset[SourcePath]
    """Files that documents may use."""
    static: tuple[SourcePath, ...]
    """Files that are published unchanged."""
    drafts: frozenset[SourcePath] = frozenset()
    """Documents that the settings declare drafts."""
    misnamed: tuple[SourceFile, ...] = ()
    """Documents that are not read because of their names."""
    beside: Mapping[SourcePath, Permalink] = field(default_factory=lambda: NOTHING)
    """Files that MkDocs publishes outside our folder, with their addresses."""


@dataclass(frozen=True, slots=True)
class Selection:
    """MkDocs' settings that say which files count, and where its own are published."""

    docs: str
    """MkDocs' `docs_dir`, to which the patterns are relative: the content folder, or a folder above it."""
    exclude: str = ""
    """MkDocs' `exclude_docs`."""
    draft: str = ""
    """MkDocs' `draft_docs`."""
    directory_urls: bool = True
    """MkDocs' `use_directory_urls`."""


def discover(root: Path, content: str, selection: Selection | None = None) -> tuple[Discovered, list[Diagnostic]]:
    """List the files under `root/content`, and those that MkDocs publishes beside it.

    May report documents-missing, file-ignored, file-left-out, file-unreadable, slug-invalid, slug-reserved and
    symlink-outside.
    """
    selection = selection or Selection(content)
    sources: list[SourceFile] = []
    assets: set[SourcePath] = set()
    static: list[SourcePath] = []
    found: list[Diagnostic] = []
    stray: list[Diagnostic] = []
    inside = Path(os.path.realpath(root / content))
    docs = selection.docs
    is_excluded, is_draft = matcher(selection.exclude, docs), matcher(selection.draft, docs)
    for path, is_plain in sorted(_walk(root, content, found)):
        if _UNWRITABLE.search(path):
            found.append(_unwritable(path))
            continue
        if is_excluded(path):
            continue
        if not _is_static(path, content) and (left_out := _left_out(path, content, root)):
            found.append(left_out)
            continue
        if not is_plain and (problem := _file_problem(root / path, inside, Location(path))):
            found.append(problem)
            continue
        folder, _, name = path.removeprefix(f"{content}/").partition("/")
        is_copied = (folder == STATIC and name) or not path.endswith(".md")
        if is_copied and (problem := _unreadable(root / path, Location(path))):
            found.append(problem)
        elif folder == STATIC and name:
            static += [] if is_draft(path) else [path]
        elif not path.endswith(".md"):
            assets |= set() if is_draft(path) else {path}
            if path.lower().endswith((".md", ".markdown")):
                text = 'the file is not read: the names of documents end with ".md"'
                stem = path.rpartition("/")[2].rpartition(".")[0]
                found.append(diagnostic("file-ignored", Location(path), text, f'rename it to "{stem}.md"'))
        elif (kind := FOLDERS.get(folder)) is None or not name:
            stray.append(_stray(path, content, folder if name else ""))
        else:
            source = SourceFile(path, kind, normalize("NFC", path.rsplit("/", 1)[1].removesuffix(".md")))
            sources.append(source)
    found += stray if sources else _no_documents(stray, content, is_all=content == docs)
    taken = {(source.kind, fold(source.slug)) for source in sources}
    problems = [_slug_problem(source, taken) for source in sources]
    found += chain.from_iterable(problems)
    good = tuple(source for source, wrong in zip(sources, problems, strict=True) if not wrong)
    drafts = frozenset(source.path for source in good if is_draft(source.path))
    misnamed = tuple(source for source, wrong in zip(sources, problems, strict=True) if wrong)
    beside = files_beside(
        root,
        docs,
        content,
        directory_urls=selection.directory_urls,
        is_excluded=lambda p: is_excluded(p) or is_draft(p),
    )
    return Discovered(good, frozenset(assets), tuple(static), drafts, misnamed, beside), found


def _stray(path: SourcePath, content: str, folder: str) -> Diagnostic:
    """The finding for Markdown outside the folders for documents."""
    near = nearest(folder, FOLDERS, 1) if folder else ()
    hint = f'did you mean "{content}/{near[0]}/"?' if near else f"documents belong in {_folders(content)}"
    if path == f"{content}/index.md":
        hint = f"the text of the home page belongs in {content}/pages/index.md"
    return diagnostic("file-ignored", Location(path), f'"{path}" is not in a folder for documents', hint)


def _no_documents(stray: list[Diagnostic], content: str, *, is_all: bool) -> list[Diagnostic]:
    """The finding for a folder whose Markdown is all stray: somebody else's site, which ours must not replace.

    A whole site may be empty at first; a folder beside pages of MkDocs is named for what is in it.
    """
    if not stray:
        text, hint = f"{content}/ has no documents", f"write one in {_folders(content)}; is it in exclude_docs?"
        return [] if is_all else [diagnostic("documents-missing", Location(SourcePath(content)), text, hint)]
    number = f"the {len(stray)} Markdown files" if len(stray) > 1 else "the only Markdown file"
    verb = "are" if len(stray) > 1 else "is"
    text = f"{number} in {content}/ {verb} in no folder for documents, so there is no site to build"
    hint = f"documents belong in {_folders(content)}"
    if is_all:
        hint += f"; if MkDocs is to render these files and site_builder one folder only, {OPTION_LINE}"
    return [diagnostic("documents-missing", stray[0].location, text, hint)]


def _folders(content: str) -> str:
    return ", ".join(f"{content}/{folder}/" for folder in FOLDERS)


def matcher(patterns: str, docs: str) -> Callable[[SourcePath], bool]:
    """Whether a path is named by patterns like those of .gitignore, which are relative to `docs_dir`."""
    if not patterns.strip():
        return lambda _path: False
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 (few sites have patterns)

    spec = GitIgnoreSpec.from_lines(patterns.splitlines())
    for pattern in spec.patterns:
        if pattern.regex is not None:
            pattern.regex = re.compile(without_backtracking(pattern.regex.pattern))
    return lambda path: spec.match_file(path.removeprefix(f"{docs}/"))


_SET: Final = r"\[(?!\^/\])\^?\]?(?:\\.|[^\]\\])*\]"
_ONE: Final = rf"(?:\\[^/]|\(\?!/\){_SET}|\[\^/\]|[^/\\\[\](){{}}?*+|^$])(?![*+])"
"""In pathspec's regular expressions: one character of a name."""
_SETS: Final = re.compile(rf"(\\.)|({_SET})")
_STARS: Final = re.compile(r"(?:\[\^/\]\*)+")
_PART: Final = re.compile(rf"\[\^/\]\*((?:{_ONE})+)(?=\[\^/\]\*)")
"""A star, with what follows it up to the next one in the same name."""
_FOLDERS: Final = re.compile(
    r"(?:(\(\?:/)\.\+\)\?|(?<=^\^)\(\?:\.\+/\)\?)((?:(?!\(\?:/\.\+\)\?|\(\?P<).)+)(?=\(\?:/\.\+\)\?)"
)
"""Any folders, with the names that follow them up to the next ones."""


def without_backtracking(pattern: str) -> str:
    """A regular expression of pathspec's, in which the first place where a part fits is final.

    `*a*a*a*b` would otherwise try every way to share out a name among its stars, and `a/**/a/**/b` a path. The star
    after a part takes whatever there is from its first place to a later one, so no other place would lead to more.
    """
    pattern = _SETS.sub(
        lambda found: found[1] or f"(?!/){found[2]}", pattern
    )  # Git's `[!a]` is no slash, pathspec's is
    names = _PART.sub(r"(?>[^/]*?\1)", _STARS.sub("[^/]*", pattern))
    return _FOLDERS.sub(lambda found: f"(?>(?:{'/.+?' if found[1] else '.+?/'})??{found[2]}(?=/))", names)


def _walk(root: Path, content: str, found: list[Diagnostic]) -> Iterator[tuple[SourcePath, bool]]:
    """Files below the folder, and whether each is a plain file.

    Linked and hidden folders are listed but not read, so that they can be reported.
    """
    waiting = [content]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(f"{root}/{folder}") as entries:
                inside = list(entries)
        except OSError as error:
            text = f"the folder could not be read: {error.strerror}"
            hint = "let the user who runs this read it, or remove it"
            found.append(diagnostic("file-unreadable", Location(SourcePath(folder)), text, hint))
            continue
        for entry in inside:
            name = entry.name
            path = SourcePath(f"{folder}/{name}")
            is_folder = _is_folder(entry)
            if is_folder and not entry.is_symlink():
                if name in _OF_VERSIONS:
                    continue
                if not name.startswith(".") or _is_static(path, content):
                    waiting.append(path)
                    continue
            if not LEFT_BEHIND.fullmatch(name) and (name not in _OF_TOOLS or _is_static(path, content)):
                yield path, not is_folder and entry.is_file(follow_symlinks=False)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """Whether it is a folder, or a link to one; a link to itself is not."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_static(path: str, content: str) -> bool:
    return path.startswith(f"{content}/{STATIC}/")


def _left_out(path: SourcePath, content: str, root: Path) -> Diagnostic | None:
    """The finding for a file or folder that is not read because of its name."""
    name = path.rpartition("/")[2]
    if not name.startswith(("#", ".")) and name.lower() != "readme.md":
        return None
    place = Location(path)
    if name.startswith("#") and name.endswith(".md"):
        text = f'"{path}" is not read: its name starts with "#"'
        return diagnostic("file-ignored", place, text, f'rename it to "{slugify(name[1:-3]) or "a-name"}.md"')
    if name.lower() == "readme.md":
        text = f'"{path}" is a note for editors, so it is not published'
        return diagnostic("file-left-out", place, text, "if it is a document, give it another name")
    if not name.startswith("."):
        return None
    text = f'"{path}" is not read: its name starts with "."'
    hint = f"to publish it at the root of the site, move it to {content}/{STATIC}/"
    if name.endswith(".md") or (root / path).is_dir():
        hint = "if it belongs to the site, rename it without the dot"
    return diagnostic("file-left-out", place, text, hint)


_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, and bytes of a file name that are not UTF-8."""


def _unwritable(path: str) -> Diagnostic:
    """The finding for a file name that cannot be used in a message, an address or a manifest."""
    shown = _UNWRITABLE.sub(lambda m: f"\\x{ord(m[0]) & 0xFF:02x}", path)
    text = f'the file name "{shown}" has a character that is not allowed'
    return diagnostic("slug-invalid", Location(SourcePath(shown)), text, "rename the file")


def _unreadable(path: Path, place: Location) -> Diagnostic | None:
    """The finding for a file that a build could not copy: a broken link, or a file that others own."""
    if os.access(path, os.R_OK):
        return None
    try:
        path.open("rb").close()
    except OSError as error:
        text = f"the file could not be read: {error.strerror}"
        hint = (
            "remove the link, or mend what it points to" if path.is_symlink() else "let the user who runs this read it"
        )
        return diagnostic("file-unreadable", place, text, hint)
    return None


def _file_problem(path: Path, inside: Path, place: Location) -> Diagnostic | None:
    """The problem with what is no regular file: reading a pipe, a socket or a device may never end."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        if problem := _link_problem(path, inside, place):
            return problem
        mode = path.stat().st_mode if path.exists() else 0
    if stat.S_IFMT(mode) in _NO_FILES:
        what = _NO_FILES[stat.S_IFMT(mode)]
        return diagnostic("file-unreadable", place, f'"{place.path}" is {what}, so it is not read', "remove it")
    return None


_NO_FILES: Final = {
    stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"
}  # fmt: skip


def _link_problem(path: Path, inside: Path, place: Location) -> Diagnostic | None:
    """The problem with a symbolic link, if there is one."""
    if not Path(os.path.realpath(path)).is_relative_to(inside):  # Path.resolve raises on a link to itself
        text = f'the symbolic link "{place.path}" points outside the content folder'
        return diagnostic("symlink-outside", place, text, "copy the file into the content folder")
    if path.is_dir():
        text = f'the folder behind the symbolic link "{place.path}" is not read'
        hint = "remove the link; files inside the content folder are read where they are"
        return diagnostic("file-ignored", place, text, hint)
    return None


def proposed_slug(kind: Kind, name: str, taken: Container[tuple[Kind, str]] = ()) -> str:
    """A slug for a new document with that name, which `check` accepts; "" if nothing can be made of the name.

    `taken`: kinds and folded slugs of the documents that exist.
    """
    base = _cut(slugify(name))
    if not base:
        return ""
    numbered = (f"{base}-{n}" for n in count(2))
    slugs = chain([base], numbered)
    return next(slug for slug in slugs if (kind, fold(slug)) not in taken and not _is_reserved(kind, slug))


def _cut(slug: str) -> str:
    """The slug, shortened at a word if it is too long for a file name; room is kept for a number."""
    limit = MAX_SEGMENT_BYTES - len("-999")
    if len(slug.encode()) <= limit:
        return slug
    start = slug.encode()[:limit].decode(errors="ignore")
    return (start.rpartition("-")[0] or start).strip("-")


def _is_reserved(kind: Kind, slug: str) -> bool:
    if kind is Kind.PAGE and slug == "index":
        return False
    return slug.casefold() in (RESERVED_PAGE_SLUGS if kind is Kind.PAGE else RESERVED_SLUGS | {"readme"})


def _slug_problem(source: SourceFile, taken: Container[tuple[Kind, str]]) -> list[Diagnostic]:
    if not is_slug(source.slug):
        text = f'the file name "{source.slug}.md" cannot be used in an address'
        near = proposed_slug(source.kind, source.slug, taken) or "a-name"
        return [diagnostic("slug-invalid", Location(source.path), text, f'rename it to "{near}.md"')]
    if _is_reserved(source.kind, source.slug):
        text = f'the site itself uses the address that "{source.slug}.md" would take'
        return [diagnostic("slug-reserved", Location(source.path), text, "give the file another name")]
    return []
