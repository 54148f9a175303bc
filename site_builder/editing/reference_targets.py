"""The file that a reference names, before and after a change, and the new spelling that the reference needs.

The rules are those of `links/resolve.py`, but for files instead of pages: drafts can be named too, and the name of a
duplicate means the duplicate, not the article that replaces it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from posixpath import basename, dirname, normpath, relpath
from typing import Final, NamedTuple, Self
from unicodedata import normalize
from urllib.parse import quote, unquote

from site_builder.content.document import permalink_of
from site_builder.content.listing.discover import STATIC, Discovered, SourceFile
from site_builder.content.schema import FOLDERS
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import Corpus
from site_builder.markdown.references import RefKind
from site_builder.urls import FilesByName, Permalink, SourcePath, own_address

DocumentName = tuple[Kind, str]
"""Kind and slug."""

_NEEDS_ENCODING: Final = frozenset(" ()<>\"'%#?\\[]&*`!|")
"""Characters with a meaning in Markdown or in URLs, so that a path must not contain them as they are."""


@dataclass(frozen=True, slots=True)
class ReferenceIndex:
    """Every name by which a reference can mean a file."""

    content: str
    """The content folder."""
    documents: Mapping[DocumentName, SourcePath]
    """Every document, published or not, with or without errors."""
    hidden: frozenset[DocumentName]
    """Documents that readers do not see: a bare `[[slug]]` means any other kind first."""
    files: FilesByName
    """Documents and all other files in the content folder."""
    addresses: Mapping[Permalink, SourcePath]
    """Each document's own address."""
    of_files: Mapping[SourcePath, DocumentName]
    """Each document's name."""
    home: str = ""
    """Address of the site; "" if it is not set."""

    @classmethod
    def of(cls, content: str, found: Discovered, corpus: Corpus, home: str = "") -> Self:
        """Collect the names in a content folder."""
        documents: dict[DocumentName, SourcePath] = {}
        for source in found.sources:
            documents.setdefault((source.kind, source.slug), source.path)
        paths = frozenset((*(s.path for s in found.sources), *found.assets, *found.static))
        files = FilesByName(paths)
        return cls(content, documents, corpus.hidden, files, _addresses(documents), _inverted(documents), home)

    def renamed(self, old: SourceFile, new: SourceFile) -> "ReferenceIndex":
        """The names after one document was renamed."""
        before, after = (old.kind, old.slug), (new.kind, new.slug)
        documents = {name: path for name, path in self.documents.items() if name != before} | {after: new.path}
        return replace(
            self,
            documents=documents,
            hidden=(self.hidden - {before}) | ({after} if before in self.hidden else frozenset()),
            files=FilesByName((self.files.paths - {old.path}) | {new.path}),
            addresses=_addresses(documents),
            of_files=_inverted(documents),
        )

    def target(self, kind: RefKind, written: str, source: SourcePath) -> SourcePath | None:
        """The file that a reference in a document names; None if there is none, or for a bare `#heading`."""
        if kind.is_full:
            address = own_address(written, self.home)
            return self._address(address) if address else None
        path = written.partition("#")[0]
        if kind.is_wiki:
            return self._wiki(path.strip())
        if kind is RefKind.EMBED:
            return self.image(path, source) or self._only_called(path)
        path = unquote(path.partition("?")[0])
        if not path:
            return None
        if kind is RefKind.IMAGE:
            return self.image(path, source)
        if path.startswith("/"):
            return self._address(written)
        return self.files.find(normpath(f"{dirname(source)}/{path}"))

    def image(self, src: str, source: SourcePath) -> SourcePath | None:
        """The file of an image: beside the document, in `content/assets/`, or below the content folder."""
        beside = f"{dirname(source)}/{src}"
        for tried in (beside, f"{self.content}/assets/{src}", f"{self.content}/{src.lstrip('/')}"):
            if (path := self.files.find(normpath(tried))) is not None:
                return path
        return None

    def _wiki(self, written: str) -> SourcePath | None:
        written = normalize("NFC", written).removesuffix(".md")
        folder, _, slug = written.rpartition("/")
        if folder and folder not in FOLDERS:
            ends = self.files.called(f"{written.lstrip('./')}.md")
            return ends[0] if len(ends) == 1 else None
        kinds = tuple(Kind) if not folder else (FOLDERS[folder],)
        names = [name for kind in kinds if (name := (kind, slug)) in self.documents]
        shown = [name for name in names if name not in self.hidden]
        return self.documents[(shown or names)[0]] if names else self._only_called(written)

    def _only_called(self, name: str) -> SourcePath | None:
        """The one file with a name that is no document's."""
        found = [path for path in self.files.called(name) if not path.endswith(".md")]
        return found[0] if len(found) == 1 else None

    def _address(self, written: str) -> SourcePath | None:
        """The file at an address: a document's own address (not an alias), or the address of a published file."""
        address, _, fragment = written.partition("#")
        url = unquote(address.partition("?")[0]).removesuffix("index.html")
        card = Permalink(f"{url.rstrip('/')}/#{unquote(fragment)}")
        for candidate in (card, Permalink(url), Permalink(f"{url}/")):
            if (composed := Permalink(normalize("NFC", candidate))) in self.addresses:
                return self.addresses[composed]
        for path in (f"{self.content}{url}", f"{self.content}/{STATIC}{url}"):
            if not path.endswith(".md") and (file := self.files.find(path)) is not None:
                return file
        return None


def _addresses(documents: Mapping[DocumentName, SourcePath]) -> dict[Permalink, SourcePath]:
    return {permalink_of(*name): path for name, path in documents.items()}


def _inverted(documents: Mapping[DocumentName, SourcePath]) -> dict[SourcePath, DocumentName]:
    return {path: name for name, path in documents.items()}


class LinkEnds(NamedTuple):
    """The two files that a reference connects."""

    source: SourcePath
    target: SourcePath


def rewritten(kind: RefKind, written: str, was: LinkEnds, now: LinkEnds, names: ReferenceIndex) -> str:
    """The new spelling of a reference between two files after one or both got new names, changed as little as possible.

    Path, query and fragment keep their form; a `[[slug]]` gets its kind only if the slug alone would mean another file.
    """
    if names.target(kind, written, now.source) == now.target:
        return written
    if kind.is_wiki:
        return _wiki(kind, written, now, names)
    if kind.is_full:
        own = own_address(written, names.home) or ""
        return written.strip().removesuffix(own) + _address(own, now.target, names) if len(own) > 1 else written
    if written.startswith("/") and kind is not RefKind.IMAGE:
        return _address(written, now.target, names)
    path, rest = _cut(written)
    is_shortest = unquote(path) == relpath(was.target, dirname(was.source))
    for kept in () if is_shortest else _paths(path, was, now):
        if names.target(kind, f"{kept}{rest}", now.source) == now.target:
            return f"{kept}{rest}"
    return _encoded(relpath(now.target, dirname(now.source)), path) + rest


def _paths(path: str, was: LinkEnds, now: LinkEnds) -> Iterator[str]:
    """The new forms of a path that takes a detour (`../articles/a.md`); the detour is kept.

    A link to the document itself may only need the new name. Otherwise it is the way from the new source to the old
    one, the path as written, and the way from the old target to the new.
    """
    written = path.split("/")[:-1]
    if was.source == was.target:
        yield _joined([*written, basename(now.target)], path)
    yield _joined([*_steps(now.source, dirname(was.source)), *written, *_steps(was.target, now.target)], path)


def _joined(steps: Sequence[str], like: str) -> str:
    """A path of these steps, without those that another one takes back."""
    taken: list[str] = []
    for step in steps:
        if step == ".." and taken and taken[-1] != "..":
            if taken.pop() == ".":
                taken.append(step)
        elif step != "." or not taken:
            taken.append(step)
    return "/".join(step if step in like.split("/") else _encoded(step, like) for step in taken)


def _steps(source: str, target: str) -> list[str]:
    """The steps from a file's folder to a file or folder."""
    way = relpath(target, dirname(source))
    return [] if way == "." else way.split("/")


def _encoded(path: str, like: str) -> str:
    """A path for use in a link, percent-encoded if it must be or if the one it replaces is."""
    is_encoded = "%" in like or not _NEEDS_ENCODING.isdisjoint(path)
    return quote(path, safe="/~:@,;=+$") if is_encoded else path


def _cut(written: str) -> tuple[str, str]:
    """Split a relative URL into its path and the rest: `?query#fragment`."""
    end = min((at for sign in "?#" if (at := written.find(sign)) >= 0), default=len(written))
    return written[:end], written[end:]


def _wiki(kind: RefKind, written: str, now: LinkEnds, names: ReferenceIndex) -> str:
    name, hash_, fragment = written.partition("#")
    found = names.of_files.get(now.target)
    if found is None:
        return written
    folder = next(f for f, k in FOLDERS.items() if k is found[0])
    ending = ".md" if name.rstrip().endswith(".md") else ""
    full = f"{folder}/{found[1]}{ending}"
    for short in (f"{found[1]}{ending}", full) if "/" not in name else (full,):
        if names.target(kind, short, now.source) == now.target:
            return f"{short}{hash_}{fragment}"
    return written


def _address(written: str, target: SourcePath, names: ReferenceIndex) -> str:
    """The address of a document in the form of the one it replaces: `/a/b`, `/a/b/` or `/a/b/index.html`."""
    found = names.of_files.get(target)
    if found is None:
        return written
    path, rest = _cut(written)
    url = permalink_of(*found)
    if "#" in url:
        return str(url)
    base = url if path.endswith("/") else f"{url}index.html" if path.endswith("/index.html") else url.rstrip("/") or "/"
    return (quote(base, safe="/~:@,;=+$") if "%" in path else base) + rest
