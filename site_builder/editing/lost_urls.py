"""Compare the addresses in an earlier sitemap with those of the site now.

Readers have bookmarks and other sites have links: an address that was published should stay a page or a redirect. A
lost one is a finding that suggests the document most likely to have replaced it.
"""

import gzip
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unicodedata import normalize
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from site_builder.content.document import permalink_of
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import Corpus
from site_builder.diagnostics import Diagnostic, Location, diagnostic, nearest
from site_builder.urls import Permalink, SourcePath, encode, fold, slugify

SITEMAP: Final = "sitemap.xml"
_GZIP: Final = b"\x1f\x8b"
PART: Final = re.compile(r"(?<=/)page/[0-9]+/$")
_LIST: Final = re.compile(r"/timeline/.+|/(?:articles|topics|entities)/[^/]+/.+")
"""Lists that are part of another, such as those of one month: no document replaces them."""


class SitemapError(Exception):
    """A sitemap cannot be used; `reason` says why and names the file."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ListedAddress:
    """An address as a sitemap lists it."""

    url: str
    """Absolute, as written."""
    place: Location


@dataclass(frozen=True, slots=True)
class FormerAddress:
    """An address that was published, relative to the root of the site."""

    address: Permalink
    place: Location


def read_sitemap(source: Path) -> tuple[ListedAddress, ...]:
    """Read every address of a sitemap, or of an index and its parts beside it; plain or compressed.

    A folder means the `sitemap.xml` in it. Raises SitemapError, or OSError if a file cannot be read.
    """
    file = _in_folder(source) if source.is_dir() else source
    is_index, entries = _parse(file)
    if not is_index:
        return entries
    return tuple(entry for part in entries for entry in _parse(_part(file, part.url))[1])


def _in_folder(folder: Path) -> Path:
    for name in (SITEMAP, f"{SITEMAP}.gz"):
        if (folder / name).is_file():
            return folder / name
    raise SitemapError(f'"{folder}" has no {SITEMAP}; a site has one when site_url is set')


def _part(index: Path, url: str) -> Path:
    """Find the file of a part by the end of its address, below the folder of the index; compressed or not."""
    steps = [step for step in unquote(urlsplit(url).path).split("/") if step not in {"", ".", ".."}]
    for start in range(len(steps)):
        path = "/".join(steps[start:])
        for name in (path, path.removesuffix(".gz"), f"{path}.gz"):
            if (index.parent / name).is_file():
                return index.parent / name
    raise SitemapError(f'"{index}" names the part {url}, which is not beside it')


def _parse(file: Path) -> tuple[bool, tuple[ListedAddress, ...]]:
    """Whether the file is an index, and the addresses in it (sitemaps.org, with any namespace prefix)."""
    data = file.read_bytes()
    reader = _SitemapReader(SourcePath(file.as_posix()))
    try:
        reader.parser.Parse(gzip.decompress(data) if data.startswith(_GZIP) else data, True)
    except (expat.ExpatError, gzip.BadGzipFile, EOFError) as error:
        raise SitemapError(f'"{file}" is not a sitemap: {error}') from error
    if reader.root not in {"urlset", "sitemapindex"}:
        raise SitemapError(f'"{file}" is not a sitemap: it is a <{reader.root}>')
    return reader.root == "sitemapindex", tuple(reader.found)


class _SitemapReader:
    """Collects the `<loc>` of every entry with its line."""

    def __init__(self, path: SourcePath) -> None:
        self.root = ""
        self.found: list[ListedAddress] = []
        self._path = path
        self._open: list[str] = []
        self._text: list[str] = []
        self._line = 1
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, _attributes: Mapping[str, str]) -> None:
        self._open.append(name.rpartition(" ")[2])
        self.root = self.root or self._open[0]
        self._text.clear()
        self._line = self.parser.CurrentLineNumber

    def _end(self, _name: str) -> None:
        if self._open[1:] in (["url", "loc"], ["sitemap", "loc"]):
            self.found.append(ListedAddress("".join(self._text).strip(), Location(self._path, self._line)))
        self._open.pop()
        self._text.clear()

    def _doctype(self, *_declared: object) -> None:
        raise SitemapError(f'"{self._path}" is not a sitemap: it declares a document type')


def in_folder(listed: tuple[ListedAddress, ...], site_url: str, folder: str) -> tuple[ListedAddress, ...]:
    """The addresses of our folder, if the sitemap is that of the whole site, as MkDocs writes it; else all."""
    if not folder or not listed:
        return listed
    whole = min((entry.url for entry in listed), key=len)
    bases = (site_url, f"{whole}{encode(folder)}/")
    inside = (tuple(entry for entry in listed if _is_below(entry.url, base)) for base in bases)
    return next((found for found in inside if found), listed)


def former_addresses(listed: tuple[ListedAddress, ...], site_url: str) -> tuple[FormerAddress, ...]:
    """Make the addresses relative to the root of the site, in the order of the sitemap.

    The root is `site_url`, or, if the site was published elsewhere then, the shortest address: every sitemap that this
    program writes lists the home page. Raises SitemapError if the addresses do not belong to one site.
    """
    base = next((b for b in _bases(listed, site_url) if all(_is_below(e.url, b) for e in listed)), None)
    if base is None:
        raise SitemapError("the sitemap lists addresses of several sites; give the right one with --site-url")
    return tuple(FormerAddress(_permalink(entry.url, base), entry.place) for entry in listed)


def _bases(listed: tuple[ListedAddress, ...], site_url: str) -> Iterator[str]:
    if site_url:
        yield site_url
    if listed:
        yield min((entry.url for entry in listed), key=len)


def _is_below(url: str, base: str) -> bool:
    return base.endswith("/") and (url.startswith(base) or f"{url}/" == base)


def _permalink(url: str, base: str) -> Permalink:
    path = url[len(base) :].partition("#")[0].partition("?")[0]
    return Permalink(f"/{normalize('NFC', unquote(path))}")


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that may take over an address."""

    path: SourcePath
    kind: Kind
    slug: str
    title: str
    permalink: Permalink
    is_hidden: bool


def find_lost(former: tuple[FormerAddress, ...], present: frozenset[Permalink], corpus: Corpus) -> list[Diagnostic]:
    """Report url-lost for every former address that is no longer present, each once; list-lost for that of a list.

    Continuation pages of a list (`page/2/`) come and go with its entries: only the list itself is looked for.
    """
    published = {d.path for d in corpus.documents()}
    known = [
        KnownDocument(d.path, d.kind, d.slug, d.title, d.permalink, (d.kind, d.slug) in corpus.hidden)
        for d in corpus.by_path.values()
        if d.path in published or (d.kind, d.slug) in corpus.hidden
    ]
    return find_lost_among(former, present, known)


def find_lost_among(
    former: Iterable[FormerAddress], present: frozenset[Permalink], documents: Iterable[KnownDocument]
) -> list[Diagnostic]:
    """The same, with hints that name one of these documents, published or hidden ones."""
    lost = [one for one in {f.address: f for f in former}.values() if not is_reached(one.address, present)]
    if not lost:
        return []
    found: list[Diagnostic] = []
    suggest = _suggester(documents)
    folded = {fold(address): address for address in present}
    for one in lost:
        hint = suggest(one.address)
        if (other := folded.get(fold(one.address))) is not None:
            hint = f"{other} differs only in upper and lower case; rename the file back"
        text = f"{one.address} was published but is neither a page nor a redirect now"
        code = "list-lost" if _LIST.fullmatch(one.address) else "url-lost"
        found.append(diagnostic(code, one.place, text, hint))
    return found


def is_reached(address: Permalink, present: frozenset[Permalink]) -> bool:
    """Would a web server answer, there or at the beginning of the list?"""
    return _is_present(address, present) or _is_present(Permalink(PART.sub("", address)), present)


def _is_present(address: Permalink, present: frozenset[Permalink]) -> bool:
    """Would a web server answer? `/a/index.html` and `/a` are `/a/` too."""
    return not present.isdisjoint({address, address.removesuffix("index.html"), Permalink(f"{address}/")})


def _suggester(documents: Iterable[KnownDocument]) -> Callable[[Permalink], str]:
    """A function that gives the hint for a lost address: usually an alias of the document closest in slug or title."""
    known = sorted(documents, key=lambda d: d.permalink)
    hidden = {d.permalink: d for d in known if d.is_hidden}
    names: dict[str, KnownDocument] = {}
    for document in known:
        if document.is_hidden:
            continue
        if document.permalink == permalink_of(document.kind, document.slug) and "#" not in document.permalink:
            names.setdefault(document.slug, document)
            names.setdefault(slugify(document.title), document)

    def suggest(address: Permalink) -> str:
        if address in hidden:
            return f'publish {hidden[address].path} again, or add "{address}" to the aliases of another document'
        if _LIST.fullmatch(address):
            return f'the list is gone; if other sites may link to it, add "{address}" to the aliases of a document'
        last = address.rstrip("/").rsplit("/", 1)[-1].removesuffix(".html")
        near = list(dict.fromkeys(names[name].path for name in nearest(last, names)))
        if not near:
            return f'add "{address}" to the aliases of the document that replaces it'
        return f'add "{address}" to the aliases of {" or ".join(near)}'

    return suggest
