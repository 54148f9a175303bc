"""What the site has at an address from its root: a page, a file, or what readers may not see yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from posixpath import normpath
from unicodedata import normalize
from urllib.parse import unquote

from site_builder.content.document import Document, permalink_of
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import Corpus, normal_alias
from site_builder.links.near_paths import KnownPaths
from site_builder.links.target import Outcome, Target, asset_link, humanise
from site_builder.urls import HOME, FilesByName, Permalink, SourcePath, own_address


@dataclass(slots=True)
class SiteAddresses:
    """Looks addresses up; reports nothing."""

    corpus: Corpus
    content: str
    """The content folder's path."""
    assets: FilesByName
    is_published: Callable[[Permalink], bool]
    """Whether the site has a page or file at an address."""
    unread: Mapping[tuple[Kind, str], SourcePath]
    """Files whose own findings keep them out of the corpus."""
    home: str = ""
    """Address of the home page; "" if it is not set."""
    _unread: frozenset[Permalink] = field(init=False)
    _hidden: frozenset[Permalink] = field(init=False)
    _paths: KnownPaths = field(init=False)
    _all_hidden: frozenset[str] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._unread = frozenset(permalink_of(kind, slug) for kind, slug in self.unread)
        self._hidden = frozenset(permalink_of(kind, slug) for kind, slug in self.corpus.hidden)
        self._paths = KnownPaths(path.rstrip("/") for path in self.corpus.by_permalink if path != HOME)

    def find(self, written: str) -> Target | None:
        """What is at an address from the root, with `index.html` or without; None for nothing.

        A document that readers may not see yet is `HIDDEN`; one whose own findings keep it out is `BROKEN`.
        """
        url = Permalink(written.partition("?")[0].removesuffix("index.html"))
        for candidate in (*spellings(url), *spellings(Permalink(f"{url}/"))):
            now = self.corpus.moved.get(candidate, self.corpus.aliases.get(candidate, candidate))
            document = self.corpus.by_permalink.get(now)
            if document is not None and document.kind is not Kind.TOOL:
                return Target(Outcome.FOUND, document.permalink, document.title, document)
            if self.is_published(now):
                return Target(Outcome.FOUND, now, humanise(now.strip("/")))
            if candidate in self._unread:
                return Target(Outcome.BROKEN, title=written)
            if candidate in self._hidden:
                return Target(Outcome.HIDDEN)
        asset = self.assets.find(f"{self.content}{url}")
        if asset is not None:
            return Target(Outcome.FOUND, asset_link(asset, self.content), url.rsplit("/", 1)[1], None, asset)
        return None

    def find_full(self, written: str) -> Target | None:
        """The same for an address with the host of the site; None also for one with a query, which a page may need.

        What belongs to a hidden document is hidden too: its files, what is embedded, its former addresses.
        """
        address = own_address(written, self.home)
        if address is None:
            return None
        path, _, fragment = address.replace("\\", "/").partition("#")
        path, question, _ = path.partition("?")
        steps = unquote(path)
        path = normpath(f"/{steps.lstrip('/')}")
        path += "/" if path != "/" and steps.endswith(("/", "/.", "/..")) else ""
        if self.is_card_of_hidden(f"{path}#{unquote(fragment)}"):
            return Target(Outcome.HIDDEN)
        found = self.find(path)
        if found is None and self._belongs_to_hidden(path):
            return Target(Outcome.HIDDEN)
        is_certain = found is not None and (not question or found.outcome is Outcome.HIDDEN)
        return found if is_certain else None

    def near(self, url: str) -> str:
        """A question about the address of a document that is much like this one; "" if there is none."""
        return self._paths.like(url.rstrip("/"))

    def is_card_of_hidden(self, address: str) -> bool:
        """Whether an address with a fragment is the place of a tool that readers may not see yet."""
        return address in self._hidden

    def _belongs_to_hidden(self, path: str) -> bool:
        if self._all_hidden is None:
            former = (
                alias
                for document in self.corpus.by_path.values()
                if (document.kind, document.slug) in self.corpus.hidden
                for alias in _former(document)
            )
            embeds = (f"/embed/{slug}/" for _kind, slug in self.corpus.hidden)
            self._all_hidden = frozenset((*self._hidden, *former, *embeds))
        parts = normalize("NFC", path).strip("/").split("/")
        ways = ["/" + "/".join(parts[:end]) for end in range(1, len(parts) + 1)]
        return any(way in self._all_hidden or f"{way}/" in self._all_hidden for way in ways)


def _former(document: Document) -> tuple[str, ...]:
    aliases = getattr(document.meta, "aliases", ())
    return tuple(alias for written in aliases if (alias := normal_alias(written)) is not None)


def spellings(url: Permalink) -> tuple[Permalink, ...]:
    """An address as written, and with its accents composed and decomposed."""
    if url.isascii():
        return (url,)
    return tuple(dict.fromkeys((url, Permalink(normalize("NFC", url)), Permalink(normalize("NFD", url)))))
