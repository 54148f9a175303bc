"""References as written to what they mean, or to a finding that names the nearest thing that exists.

A path (`../topics/privacy.md`, `report.pdf`) names a file, so a file must be there: anything else is an error. A slug
(`[[privacy]]`, `similar: [privacy]`) may name a page that does not exist yet: a wanted page.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, normpath
from typing import Final
from unicodedata import normalize
from urllib.parse import unquote

from msgspec import structs

from site_builder.content.document import Document, permalink_of
from site_builder.content.listing.discover import STATIC, proposed_slug
from site_builder.content.schema import FOLDERS, MAX_LISTED, Article, NamingField, folder_of, naming_fields
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import Corpus
from site_builder.corpus.names import spoken_names
from site_builder.diagnostics import Diagnostic, Location, diagnostic, did_you_mean
from site_builder.links.addresses_beside import AddressesBeside
from site_builder.links.near_names import NearNames
from site_builder.links.near_paths import KnownFiles, path_hint
from site_builder.links.site_addresses import SiteAddresses, spellings
from site_builder.links.target import (
    Outcome,
    Resolved,
    ResolvedSimilar,
    Target,
    anchor_of,
    asset_link,
    humanise,
)
from site_builder.links.template_tags import find_template_tag, slugs_in_tags
from site_builder.markdown.headings import find_heading
from site_builder.markdown.references import Ref, RefKind
from site_builder.routes import Section
from site_builder.urls import FilesByName, Permalink, SourcePath, fold, outside_url, scheme, shorten_url, slugify

_ALL_KINDS: Final = tuple(Kind)
_ADDRESS_OR_PATH: Final = re.compile(
    r"[a-z][a-z0-9+.-]+:(?=\S)|[~.]*/|\.\.|[A-Za-z]:\\|.*[{}\\<>]|.*/\.\./", re.IGNORECASE
)
"""What cannot be the name of a document that is still to be written."""
_BLOCK: Final = re.compile(r"([^^]+)(\^[\w-]+)")
_OF_OTHER_PROGRAMS: Final = {
    "index": "for the home page, write [text](/)",
    "toc": "remove it: a page with several headings has a table of contents; [TOC] puts one into the text",
}
"""What to do about wiki links that mean a page, or a part of it, to other programs."""


@dataclass(slots=True)
class Resolver:
    """Looks references up in a corpus; its findings gather in `found`."""

    corpus: Corpus
    content: str
    """The content folder's path."""
    assets: frozenset[SourcePath]
    is_published: Callable[[Permalink], bool]
    """Whether the site has a page or file at an address: asks the table of routes."""
    unread: Mapping[tuple[Kind, str], SourcePath] = field(default_factory=dict)
    """Files whose own findings keep them out of the corpus: what leads to them is not reported as well."""
    beside: AddressesBeside = field(default_factory=AddressesBeside)
    home: str = ""
    """Address of the site, as in `MarkdownOptions`."""
    hidden_title: str = "an unpublished page"
    """What pages call a document that readers may not see yet, in place of its name, where the writer gave no text."""
    found: list[Diagnostic] = field(default_factory=list)
    _known: dict[Kind, dict[str, Target]] = field(default_factory=lambda: {kind: {} for kind in Kind})
    """What names mean that are slugs of documents, or names of one."""
    _near: NearNames = field(init=False)
    _files: KnownFiles = field(init=False)
    _documents: FilesByName = field(init=False)
    _assets: FilesByName = field(init=False)
    _unread_files: FilesByName = field(init=False)
    _unread: frozenset[tuple[Kind, str]] = field(init=False)
    _unread_paths: frozenset[str] = field(init=False)
    _at: SiteAddresses = field(init=False)
    _images: frozenset[str] = field(init=False, default=frozenset())
    """What the document at hand shows as images: one that is missing is reported as such, and not as a link as well."""

    def __post_init__(self) -> None:
        self._near = NearNames(self.corpus, self.unread)
        documents = (*self.corpus.by_path, *self.unread.values())
        self._files = KnownFiles(documents, self.assets, self.beside.of_files.keys())
        self._documents = FilesByName(self.corpus.by_path.keys())
        self._assets = FilesByName(self.assets)
        self._unread_files = FilesByName(frozenset(self.unread.values()))
        self._unread = frozenset((kind, fold(slug)) for kind, slug in self.unread)
        self._at = SiteAddresses(self.corpus, self.content, self._assets, self.is_published, self.unread, self.home)
        self._unread_paths = frozenset(normalize("NFC", path) for path in self.unread.values())

    def resolve(self, document: Document) -> Resolved:
        """Resolve all that a document names.

        May report link-missing, anchor-missing, address-unknown, image-missing, link-self, target-wanted,
        target-ambiguous, target-unpublished, target-repeated, list-long and similar-unrelated.
        """
        self._images = frozenset(unquote(ref.written) for ref in document.body.refs if ref.kind.is_image)
        refs = tuple(self._ref(document, ref) for ref in document.body.refs)
        meta = document.meta
        named = {f.name: self._plain(document, f) or self._slugs(document, f) for f in naming_fields(meta)}
        if not isinstance(meta, Article):
            return Resolved(refs, named)
        self._contradictions(document, meta, named)
        similar = tuple(
            ResolvedSimilar(entry, target)
            for entry, target in zip(meta.similar, named["similar"], strict=True)
            if target.outcome in {Outcome.FOUND, Outcome.WANTED}
        )
        return Resolved(refs, named, similar, self._image(document, meta.image.src) if meta.image else None)

    def _report(self, code: str, place: Location, text: str, hint: str = "") -> None:
        self.found.append(diagnostic(code, place, text, hint))

    def _slugs(self, document: Document, naming: NamingField) -> tuple[Target, ...]:
        field_, kind = naming.name, naming.kind
        targets: list[Target] = []
        seen: set[str] = set()
        named: set[Document] = set()
        if len(naming.slugs) > MAX_LISTED and field_ != "unrelated":  # which no page shows
            text = f'"{field_}" has {len(naming.slugs):,} names; the page shows the first {MAX_LISTED}'
            self._report("list-long", document.location(field_), text, "keep those that help a reader")
        for index, slug in enumerate(naming.slugs):
            place = document.location(f"{field_}.{index}" if f"{field_}.{index}" in document.positions else field_)
            target = self._by_slug(slug, kind, place)
            if slug in seen:
                self._report("target-repeated", place, f'"{slug}" is listed twice under "{field_}"', "keep one")
                target = Target(Outcome.BROKEN)
            elif target.document is document or (kind is document.kind and slug == document.slug):
                self._report("link-self", place, f'"{field_}" names the document itself', "remove the name")
                target = Target(Outcome.BROKEN)
            elif target.document in named:  # both a duplicate and the article that replaces it, or two names of one
                if not any(permalink_of(kind, name) in self.corpus.moved for name in (*seen, slug)):
                    text = f'"{slug}" is another name of a document that "{field_}" names already'
                    self._report("target-repeated", place, text, "keep one")
                target = Target(Outcome.BROKEN)
            seen.add(slug)
            named |= {target.document} if target.document else set()
            targets.append(target)
        return tuple(targets)

    def _plain(self, document: Document, naming: NamingField) -> tuple[Target, ...]:
        """What names mean of which nothing is to be reported; () where they must be looked at one by one."""
        found = tuple(filter(None, map(self._known[naming.kind].get, naming.slugs)))
        documents = {target.document for target in found}
        names_itself = document in documents or (naming.kind is document.kind and document.slug in naming.slugs)
        return found if len(documents) == len(naming.slugs) <= MAX_LISTED and not names_itself else ()

    def _contradictions(self, document: Document, meta: Article, named: Mapping[str, tuple[Target, ...]]) -> None:
        """Report what is both similar and unrelated, by its slug or as the same document."""
        slugs = {entry.to for entry in meta.similar}
        documents = {target.document for target in named["similar"] if target.document}
        for index, (slug, target) in enumerate(zip(meta.unrelated, named["unrelated"], strict=True)):
            if target.outcome is not Outcome.BROKEN and (slug in slugs or target.document in documents):
                place = document.location(f"unrelated.{index}")
                text = f'"{slug}" is listed under "similar" too'
                self._report("similar-unrelated", place, text, "remove it from one of the two lists")

    def _by_slug(self, slug: str, kind: Kind, place: Location) -> Target:
        if (kind, slug) in self.unread:
            return Target(Outcome.BROKEN, title=humanise(slug))
        if known := self._known[kind].get(slug):
            return known
        document = self.corpus.find(kind, slug)
        if document is not None:
            found = Target(Outcome.FOUND, document.permalink, document.title, document)
            return self._known[kind].setdefault(slug, found)
        if (kind, slug) in self.corpus.hidden:
            self._hidden(place, f'the {kind} "{slug}"')
            return self._hidden_target
        named = self._by_name(slug, (kind,), place)
        if named is not None:
            return named
        near = self._near.like_slug(slug, (kind,), place.path) or self._near.like_name(slug, (kind,), place.path)
        hint = near or self._to_write(kind, slug, "remove the name")
        self._report("target-wanted", place, f'no {kind} is called "{slug}" yet', hint)
        return Target(Outcome.WANTED, f"{Section.WANTED.url}#{anchor_of(kind, slug)}", humanise(slug))

    def _by_name(self, written: str, kinds: Iterable[Kind], place: Location) -> Target | None:
        """What a title, a name, a synonym or a former slug means; None if no document is called that."""
        named = [d for kind in kinds for d in self.corpus.called(kind, written)]
        if len(named) == 1:
            is_spoken = fold(written) in map(fold, spoken_names(named[0]))
            return Target(Outcome.FOUND, named[0].permalink, written if is_spoken else named[0].title, named[0])
        if named:
            slugs = [f'"{folder_of(d.kind)}/{d.slug}"' if len(set(kinds)) > 1 else f'"{d.slug}"' for d in named]
            hint = f"write one of {', '.join(slugs)}"
            self._report("target-ambiguous", place, f'several documents are called "{written}"', hint)
            return Target(Outcome.BROKEN, title=written)
        if any(self.corpus.names.called(kind, written) for kind in kinds):
            self._hidden(place, f'"{written}"')
            return self._hidden_target
        return None

    def _to_write(self, kind: Kind, name: str, otherwise: str) -> str:
        """The hint that names the file to write; a slug that `check` would refuse is never proposed."""
        if _ADDRESS_OR_PATH.match(name):
            return f"name a document by its slug (the name of its file, without the ending), or {otherwise}"
        slug = proposed_slug(kind, name, self._near.taken(kind))
        return f"write {self.content}/{folder_of(kind)}/{slug}.md, or {otherwise}" if slug else otherwise

    def _hidden(self, place: Location, name: str) -> None:
        text = f"{name} is not published yet, so readers will not see this link"
        self._report("target-unpublished", place, text)

    @property
    def _hidden_target(self) -> Target:
        return Target(Outcome.HIDDEN, title=self.hidden_title)

    def _ref(self, document: Document, ref: Ref) -> Target:
        place = Location(document.path, ref.line, ref.column)
        if ref.kind.is_image:
            return self._body_image(document, ref, place)
        if ref.kind.is_full:
            return self._full_address(ref, place)
        written, _, fragment = ref.written.partition("#")
        if ref.kind is RefKind.PATH and (tag := find_template_tag(unquote(ref.written))):
            return self._template_address(tag, unquote(ref.written), place)
        if ref.is_quoted and not fragment and (block := _BLOCK.fullmatch(written)):
            written, fragment = block.groups()  # `![[note^block]]`
        if ref.kind is RefKind.PATH:
            target = self._path(document, unquote(written), place)
        elif written and "#" in ref.written and self._is_name(ref.written):
            target, fragment = self._wiki(ref.written.strip(), place), ""  # [[C# for beginners]]
        elif written:
            target = self._wiki(written.strip(), place)
        else:
            target = Target(Outcome.FOUND, document.permalink, document.title, document)
        if not ref.written.strip("#"):
            self._report("link-missing", place, "the link has no target", "give it one, or remove it")
        elif target.document is document and not fragment:
            self._report("link-self", place, f'"{ref.written}" links to the document itself', "remove the link")
        return self._with_fragment(target, unquote(fragment), ref, place)

    def _template_address(self, tag: str, written: str, place: Location) -> Target:
        text = f'"{tag}" in an address is for another program to fill in; the text is shown without a link'
        slugs = [s for s in slugs_in_tags(written) if any(self.corpus.with_slug(kind, s) for kind in _ALL_KINDS)]
        hint = f"write [[{slugs[0]}]]" if slugs else "write the address, or link to a document by its file"
        self._report("address-unknown", place, text, hint)
        return Target(Outcome.BROKEN, title=tag)

    def _is_name(self, written: str) -> bool:
        return any(self.corpus.called(kind, written) for kind in _ALL_KINDS)

    def _with_fragment(self, target: Target, fragment: str, ref: Ref, place: Location) -> Target:
        if not fragment or target.outcome is not Outcome.FOUND:
            return target
        if self._at.is_card_of_hidden(f"{target.url}#{fragment}"):
            self._hidden(place, f'"{ref.written}"')
            return self._hidden_target
        if target.document is not None and target.document.kind is Kind.TOOL:
            return target  # its address is itself a place on a page
        if target.document is not None:
            body = target.document.body
            found = find_heading(fragment, body.headings, body.anchors)
            if found is None:
                text = f'"{target.document.path}" has no heading "#{fragment}"'
                known = ", ".join(f"#{a}" for a in sorted(body.anchors)[:8])
                near = did_you_mean(f"#{fragment}", [f"#{a}" for a in body.anchors])
                named = self._named_with_sign(ref) if ref.kind.is_wiki else ""
                self._report("anchor-missing", place, text, named or near or f"it has {known or 'no headings'}")
                return target
            fragment = found
        title = target.title
        if ref.kind is RefKind.WIKI_AUTO and target.document is not None:
            title = next((h.text for h in target.document.body.headings if h.id == fragment), title)
            title = title if "\x02" not in title else target.title
        return Target(target.outcome, f"{target.url}#{fragment}", title, target.document, target.asset)

    def _named_with_sign(self, ref: Ref) -> str:
        """The hint for `[[#Name]]` where a document has that name, sign included."""
        called = (d for kind in _ALL_KINDS for d in self.corpus.called(kind, ref.written.strip()))
        document = next(called, None) if ref.written.lstrip().startswith("#") else None
        hint = 'for "{}" write [[{}]]: behind "#", a link names a heading'
        return hint.format(document.title, document.slug) if document else ""

    def _wiki(self, written: str, place: Location) -> Target:
        """`slug` or name, `topics/slug` where two kinds share it, or the end of a path: `2026/slug`."""
        written = normalize("NFC", written).removesuffix(".md")
        folder, _, slug = written.rpartition("/")
        kinds: tuple[Kind, ...] = _ALL_KINDS
        if folder:
            if folder not in FOLDERS:
                named = self._by_name(written, kinds, place) or self._by_end_of_path(written, place)
                return named or self._file_called(written, place) or self._no_kind(written, folder, place)
            kinds = (FOLDERS[folder],)
        for kind in kinds:
            if (kind, slug) in self.unread:
                return Target(Outcome.BROKEN, title=humanise(slug))
            if (document := self.corpus.with_slug(kind, slug)) is not None:
                return Target(Outcome.FOUND, document.permalink, document.title, document)
        for kind in kinds:
            if (kind, slug) in self.corpus.hidden:
                self._hidden(place, f'"[[{written}]]"')
                return self._hidden_target
        named = self._by_name(slug, kinds, place) or self._file_called(written, place)
        if named is not None:
            return named
        kind = FOLDERS[folder] if folder else Kind.ARTICLE
        near = self._near.like_slug(slugify(slug) or slug, kinds, place.path)
        near = near or self._near.like_name(slug, kinds, place.path)
        if any((k, fold(slug)) in self._unread for k in kinds):
            return Target(Outcome.BROKEN, title=humanise(slug))
        near = _OF_OTHER_PROGRAMS.get(fold(slug).strip("_"), "") or near
        hint = near or self._to_write(kind, slug, "remove the link")
        self._report("target-wanted", place, f'nothing is called "{slug}" yet', hint)
        return Target(Outcome.WANTED, f"{Section.WANTED.url}#{anchor_of(kind, slug)}", humanise(slug))

    def _by_end_of_path(self, written: str, place: Location) -> Target | None:
        """What `folder/name` means, as Obsidian writes it; None if no file's path ends so."""
        end = f"{written.lstrip('./')}.md"
        paths = self._documents.called(end) or self._unread_files.called(end)
        if len(paths) > 1:
            quoted = [f'"{path}"' for path in paths]
            text = f'several files have a path that ends in "{written}"'
            self._report("target-ambiguous", place, text, f"name more of its folders: {', '.join(quoted)}")
            return Target(Outcome.BROKEN, title=written)
        if not paths:
            return None
        return self._file(paths[0], place) or Target(Outcome.BROKEN, title=written)  # a file with errors of its own

    def _no_kind(self, written: str, folder: str, place: Location) -> Target:
        hint = did_you_mean(folder, FOLDERS) or "write [[slug]], or [[topics/slug]] to name the kind"
        self._report("link-missing", place, f'"[[{written}]]" names no kind of document', hint)
        return Target(Outcome.BROKEN, title=written)

    def _file_called(self, written: str, place: Location) -> Target | None:
        """The file that is no document and has this name, in whatever folder it is."""
        found = self._assets.called(written)
        if not found:
            return None
        if len(found) > 1:
            self._several_files(written, found, place)
            return Target(Outcome.BROKEN, title=written)
        return Target(Outcome.FOUND, asset_link(found[0], self.content), written, None, found[0])

    def _several_files(self, written: str, found: Iterable[SourcePath], place: Location) -> None:
        paths = ", ".join(f'"{path.removeprefix(f"{self.content}/")}"' for path in found)
        self._report("target-ambiguous", place, f'several files are called "{written}"', f"write one of {paths}")

    def _path(self, document: Document, written: str, place: Location) -> Target:
        if written.startswith("/"):
            return self._address(written, place)
        written = written.partition("?")[0]
        if not written:
            return Target(Outcome.FOUND, document.permalink, document.title, document)
        path = SourcePath(normpath(f"{dirname(document.path)}/{written}"))
        target = self._file(path, place)
        if target is not None:
            return target
        if normalize("NFC", path) not in self._unread_paths and written not in self._images:
            hint = path_hint(path, written, self._files)
            self._report("link-missing", place, f'no file "{path}"', hint)
        return Target(Outcome.BROKEN, title=written)

    def _file(self, path: SourcePath, place: Location) -> Target | None:
        """The document or asset at a path below the root."""
        if (found := self._documents.find(path)) is not None:
            document = self.corpus.by_path[found]
            now = self.corpus.with_slug(document.kind, document.slug)
            if now is None:
                self._hidden(place, f'"{path}"')
                return self._hidden_target
            return Target(Outcome.FOUND, now.permalink, now.title, now)
        if (asset := self._assets.find(path)) is not None:
            return Target(Outcome.FOUND, asset_link(asset, self.content), asset.rsplit("/", 1)[1], None, asset)
        static = f"{self.content}/{STATIC}"
        if path.startswith(f"{static}/"):
            for url in spellings(Permalink(path.removeprefix(static))):
                if self.is_published(url):
                    return Target(Outcome.FOUND, url, path.rsplit("/", 1)[1])
        outside = self.beside.of_file(path)
        return Target(Outcome.FOUND, outside, path.rsplit("/", 1)[1]) if outside else None

    def _full_address(self, ref: Ref, place: Location) -> Target:
        """The address of the site itself, below which may also be what others publish: that stays as it is written."""
        found = self._at.find_full(ref.written)
        if found is not None and found.outcome is Outcome.HIDDEN:
            self._hidden(place, f'"{ref.written.strip()}"')
            return self._hidden_target
        title = ref.written.strip()
        if found is None or found.outcome is not Outcome.FOUND or ref.kind is RefKind.CITE:
            return Target(Outcome.ELSEWHERE, outside_url(title), title)
        return structs.replace(self._with_fragment(found, unquote(title.partition("#")[2]), ref, place), title=title)

    def _address(self, written: str, place: Location) -> Target:
        """An address from the root of the site, as copied from a browser."""
        if (found := self._at.find(written)) is not None:
            if found.outcome is Outcome.HIDDEN:
                self._hidden(place, f'"{written}"')
                return self._hidden_target
            return found
        url = Permalink(written.partition("?")[0].removesuffix("index.html"))
        if inside := self.beside.inside(url):
            return self._address(inside, place)
        if outside := self.beside.of_address(url):
            return Target(Outcome.FOUND, outside, humanise(url.strip("/")))
        hint = self._at.near(url) or "link to a document by its file, or as [[slug]]"
        self._report("address-unknown", place, f'no page has the address "{url}"; it is shown without a link', hint)
        return Target(Outcome.BROKEN, title=written)

    def _body_image(self, document: Document, ref: Ref, place: Location) -> Target:
        src = ref.written if ref.kind is RefKind.EMBED else unquote(ref.written.partition("#")[0].partition("?")[0])
        path = self._image_path(document, src)
        if path is None and ref.kind is RefKind.EMBED:
            found = self._assets.called(src)
            path = found[0] if len(found) == 1 else None
            if len(found) > 1:
                self._several_files(src, found, place)
                return Target(Outcome.BROKEN, title=ref.written)
        if path is None and (outside := self.beside.of_file(normpath(f"{dirname(document.path)}/{src}"))):
            return Target(Outcome.FOUND, outside, ref.written)
        if path is None:
            self._image_missing(ref.written, place)
            return Target(Outcome.BROKEN, title=ref.written)
        return Target(Outcome.FOUND, asset_link(path, self.content), ref.written, None, path, is_picture=True)

    def _image(self, document: Document, src: str) -> SourcePath | None:
        place = document.location("image.src")
        if scheme(src.strip()) or src.strip().startswith("//"):
            hint = "save a copy beside the document, if its licence allows, and write its name"
            text = f'"image.src" is the address "{shorten_url(src)}", which is not the name of a file'
            self._report("url-scheme", place, text, hint)
            return None
        path = self._image_path(document, src)
        if path is None:
            self._image_missing(src, place)
        return path

    def _image_path(self, document: Document, src: str) -> SourcePath | None:
        """Beside the document, under `content/assets/`, or from the root of the content folder."""
        beside = f"{dirname(document.path)}/{src}"
        for tried in (beside, f"{self.content}/assets/{src}", f"{self.content}/{src.lstrip('/')}"):
            if (path := self._assets.find(normpath(tried))) is not None:
                return path
        return None

    def _image_missing(self, src: str, place: Location) -> None:
        if tag := find_template_tag(src):
            hint = f"write the path of the file: {tag} is for another program to fill in"
        else:
            near = self._files.assets.like(src)
            hint = near or f"put the file beside the document or under {self.content}/assets/"
        self._report("image-missing", place, f'there is no image "{src}"', hint)
