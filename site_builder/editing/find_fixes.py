"""What can be fixed safely in one document: references to what has moved, misspelled references, superfluous entries.

Takes a document and the collection, and gives the places to change with their new contents; touches no text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from posixpath import dirname, normpath
from urllib.parse import unquote

from site_builder.content.document import Document, permalink_of
from site_builder.content.load import Content
from site_builder.content.schema import FOLDERS, Article, NamingField, Similar, moved_to, naming_fields
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import Corpus, normal_alias
from site_builder.corpus.names import spoken_names
from site_builder.diagnostics import Diagnostic, diagnostic
from site_builder.editing.reference_targets import LinkEnds, ReferenceIndex, rewritten
from site_builder.editing.rewrite_links import WrittenLink
from site_builder.markdown.references import Ref, RefKind
from site_builder.urls import Permalink, fold


@dataclass(slots=True)
class FileFix:
    """What to change in one file; places refer to the file as it is."""

    links: dict[WrittenLink, str] = field(default_factory=dict)
    """Reference in the body -> its new spelling."""
    replaced: list[tuple[str, int | None, str]] = field(default_factory=list)
    """Field of the front matter, index in it (None for a single value), and the new slug."""
    removed: list[tuple[str, int]] = field(default_factory=list)
    """Field and index of an entry to remove."""
    expected: set[Permalink] = field(default_factory=set)
    """New targets of links that had none."""
    notes: list[Diagnostic] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.links or self.replaced or self.removed)


class FixFinder:
    """Finds what to fix, document by document."""

    def __init__(self, folder: str, content: Content, corpus: Corpus, codes: frozenset[str], home: str = "") -> None:
        """Prepare for the fixes named by `codes`; `folder` is the name of the content folder, `home` our address."""
        self.corpus, self.codes = corpus, codes
        self.names = ReferenceIndex.of(folder, content.discovered, corpus, home)
        self._taken = {(s.kind, s.slug) for s in content.discovered.sources}
        self._spellings = _spellings(corpus)
        self._folded = _unique((fold(d.path), d) for d in corpus.documents())
        self._addresses = _unique((fold(d.permalink), d) for d in corpus.documents() if d.kind is not Kind.TOOL)

    def fix(self, document: Document) -> FileFix:
        """Find everything to fix in a document. May note fix-undecided."""
        fix = FileFix()
        for ref in document.body.refs:
            self._ref(document, ref, fix)
        for naming in naming_fields(document.meta):
            if naming.is_list:
                self._list(document, naming, fix)
        self._single(document, fix)
        return fix

    def shortest(self, document: Document) -> str:
        """The shortest `[[...]]` that means a document: its slug, with its kind if the slug is not unique."""
        folder = next(name for name, kind in FOLDERS.items() if kind is document.kind)
        is_enough = self.names.target(RefKind.WIKI, document.slug, document.path) == document.path
        return document.slug if is_enough else f"{folder}/{document.slug}"

    def _single(self, document: Document, fix: FileFix) -> None:
        """`duplicate_of` and `replaced_by` that name a document which has itself moved."""
        name, slug = moved_to(document.meta)
        end = self._end(permalink_of(document.kind, slug)) if slug else None
        if end is not None and end.permalink != document.permalink and "redirect" in self.codes:
            fix.replaced.append((name, None, end.slug))

    def _list(self, document: Document, naming: NamingField, fix: FileFix) -> None:
        """One list of the front matter: each entry under its current slug, once, and never the document itself."""
        name, kind = naming.name, naming.kind
        seen: dict[str, tuple[int, str]] = {}
        for index, slug in enumerate(naming.slugs):
            now, code = self._present(kind, slug)
            if (kind, now) == (document.kind, document.slug):
                if {"self", code} & self.codes:
                    fix.removed.append((name, index))
            elif (key := self._key(kind, now)) in seen:
                first, its_code = seen[key]
                self._repeated(document, name, (first, index), code or its_code or "repeated", fix)
            else:
                seen[key] = (index, code)
                if now != slug:
                    fix.replaced.append((name, index, now))
                    fix.expected |= {permalink_of(kind, now)} if code == "spelling" else set()

    def _key(self, kind: Kind, name: str) -> str:
        """What is the same for all present names of one document; a slug that it had before is for another fix."""
        document = self.corpus.find(kind, name)
        if document is None or fold(name.strip()) not in map(fold, (document.slug, *spoken_names(document))):
            return name
        return document.permalink

    def _repeated(self, document: Document, name: str, places: tuple[int, int], code: str, fix: FileFix) -> None:
        """Remove the second entry, unless it says more than the first."""
        if code not in self.codes:
            return
        if name == "similar" and isinstance(document.meta, Article):
            first, second = (document.meta.similar[index] for index in places)
            if _says(second) - _says(first):
                text = f'"similar" lists the same article twice in different words, here as "{second.to}"'
                place = document.location(f"similar.{places[1]}")
                fix.notes.append(diagnostic("fix-undecided", place, text, "keep the better entry"))
                return
        fix.removed.append((name, places[1]))

    def _present(self, kind: Kind, slug: str) -> tuple[str, str]:
        """The current slug and the code of the fix that gives it; the slug itself and "" if no fix is needed."""
        code = _code_of_move(kind)
        end = self._end(permalink_of(kind, slug))
        if end is not None:
            return (end.slug, code) if code in self.codes else (slug, "")
        if "spelling" in self.codes and (kind, slug) not in self._taken:
            found = self._spellings.get((kind, _plain(slug)))
            if found is not None and self._is_misspelt(slug, (kind,)):
                return found.slug, "spelling"
        return slug, ""

    def _is_misspelt(self, name: str, kinds: Iterable[Kind]) -> bool:
        """Whether a slug is misspelled: a title or a synonym is right, and a name of several documents is undecided."""
        named = [d for kind in kinds for d in self.corpus.called(kind, name)]
        return len(named) < 2 and not any(fold(name.strip()) in map(fold, spoken_names(d)) for d in named)

    def _end(self, permalink: Permalink) -> Document | None:
        """The document that replaces the one at an address; None if it was not replaced."""
        now = self.corpus.moved.get(permalink)
        return self.corpus.by_permalink[now] if now is not None else None

    def _ref(self, document: Document, ref: Ref, fix: FileFix) -> None:
        """One reference in the body."""
        if ref.kind.is_image or not ref.written.partition("#")[0].strip():
            return
        named = self.names.target(ref.kind, ref.written, document.path)
        if named is not None:
            old = self.corpus.by_path.get(named)
            target = self._end(old.permalink) if old else None
            code = _code_of_move(old.kind if old else Kind.ARTICLE)
        else:
            target, code = self._misspelt(document, ref), "spelling"
        if target is None or target is document or code not in self.codes:
            return
        was, now = LinkEnds(document.path, named or target.path), LinkEnds(document.path, target.path)
        written = rewritten(ref.kind, ref.written, was, now, self.names)
        if written != ref.written and self.names.target(ref.kind, written, document.path) == target.path:
            fix.links[(ref.kind, ref.written)] = written
            fix.expected |= {target.permalink} if code == "spelling" else set()

    def _misspelt(self, document: Document, ref: Ref) -> Document | None:
        """The document that a reference without a target must mean, if there is only one candidate."""
        if ref.written.endswith("#") or ref.kind.is_full:  # `C#` is a name, not a heading of `c`
            return None
        written = ref.written.partition("#")[0]
        if ref.kind.is_wiki:
            folder, _, slug = written.strip().rpartition("/")
            kinds = tuple(Kind) if not folder else (FOLDERS[folder],) if folder in FOLDERS else ()
            found = {d for kind in kinds if (d := self._spellings.get((kind, _plain(slug)))) is not None}
            return found.pop() if len(found) == 1 and self._is_misspelt(slug, kinds) else None
        path = unquote(written.partition("?")[0])
        if not path.startswith("/"):
            return self._folded.get(fold(normpath(f"{dirname(document.path)}/{path}")))
        if normal_alias(path) in self.corpus.aliases:  # an old address that works and may be intended
            return None
        return self._addresses.get(fold(f"{path.removesuffix('index.html').rstrip('/')}/"))


def _code_of_move(kind: Kind) -> str:
    """The fix for references to replaced documents of a kind."""
    return "duplicate" if kind is Kind.ARTICLE else "merged"


def _says(entry: Similar) -> set[str]:
    return {str(said) for said in (entry.why, entry.kind) if said}


def _plain(slug: str) -> str:
    """A slug without case and with hyphens for spaces; other signs stay, because `C++` is not `c`."""
    return re.sub(r"[\s_]+", "-", fold(slug.strip()))


def _spellings(corpus: Corpus) -> dict[tuple[Kind, str], Document]:
    """Current and former slugs in their plainest form, if they mean one document only."""
    found: dict[tuple[Kind, str], set[Document]] = defaultdict(set)
    for document in corpus.documents():
        found[(document.kind, _plain(document.slug))].add(document)
    for alias, now in corpus.aliases.items():
        document = corpus.by_permalink[now]
        old = alias.rstrip("/").rpartition("/")[2]
        if alias == permalink_of(document.kind, old):
            found[(document.kind, _plain(old))].add(document)
    return {key: next(iter(documents)) for key, documents in found.items() if len(documents) == 1 and key[1]}


def _unique(pairs: Iterable[tuple[str, Document]]) -> dict[str, Document]:
    found: dict[str, set[Document]] = defaultdict(set)
    for key, document in pairs:
        found[key].add(document)
    return {key: next(iter(documents)) for key, documents in found.items() if len(documents) == 1}
