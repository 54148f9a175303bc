"""A site folder as a plain web server and a browser see it: every page parsed, every address in it resolved.

    assert find_faults(Tree(folder, "https://example.org/x/y/")) == []

Independent of the program: nothing here knows how an address came about, only what a browser makes of it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

LOADED: Final = frozenset("audio embed iframe img input object script source track use video".split())
"""Elements whose address a browser fetches without being asked."""
LOADED_RELATIONS: Final = frozenset("apple-touch-icon icon manifest modulepreload preload prefetch stylesheet".split())
ADDRESSES: Final = frozenset("action data formaction href poster src xlink:href".split())
"""Attributes that hold one address."""
NOT_OURS: Final = frozenset({"http", "https", "irc", "ircs", "mailto", "tel", "xmpp"})
"""Schemes under which an address may lead elsewhere."""
DATA_SCRIPTS: Final = frozenset({"application/ld+json", "application/json"})
"""Types of a `<script>` that nobody runs."""
CSS_URL: Final = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
ELSEWHERE: Final = "/no/such/place/"
"""Below the mount: 404.html is shown at addresses like this too."""


class Link(NamedTuple):
    """An address as it is written in a page."""

    tag: str
    url: str
    is_loaded: bool
    relation: str
    """`rel` of a `<link>` or `<a>`."""


@dataclass(slots=True)
class Html:
    """What the tests want to know of one page."""

    language: str = ""
    title: str = ""
    description: str | None = None
    robots: str = ""
    canonical: str = ""
    refresh: str = ""
    """Where a redirect leads."""
    headings: int = 0
    """How many `<h1>`."""
    ids: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    """Script and style that stand in the page itself."""

    @property
    def is_indexable(self) -> bool:
        """May a search engine list it under its own address?"""
        return "noindex" not in self.robots and not self.refresh


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Html()
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page = self.page
        given = {name: value or "" for name, value in attrs}
        if len(given) < len(attrs):
            page.inline.append(f"<{tag}> gives an attribute twice")
        if "id" in given:
            page.ids.append(given["id"])
        self._head(tag, given)
        page.headings += tag == "h1"
        relation = given.get("rel", "")
        is_loaded = tag in LOADED or (tag == "link" and not LOADED_RELATIONS.isdisjoint(relation.split()))
        for name, value in given.items():
            if name in ADDRESSES:
                page.links.append(Link(tag, value, is_loaded or name == "poster", relation))
            elif name == "srcset":
                page.links += [Link(tag, part.split()[0], True, relation) for part in value.split(",")]
            elif name == "style" or name.startswith("on"):
                page.inline.append(f'<{tag} {name}="{value}">')

    def _head(self, tag: str, given: dict[str, str]) -> None:
        page = self.page
        if tag == "html":
            page.language = given.get("lang", "")
        elif tag == "title" and not page.title:
            self._is_title = True
        elif tag == "meta" and given.get("name") == "description":
            page.description = given.get("content", "")
        elif tag == "meta" and given.get("name") == "robots":
            page.robots = given.get("content", "")
        elif tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            page.refresh = given.get("content", "").partition("url=")[2]
            page.links.append(Link("meta", page.refresh, False, ""))
        elif tag == "link" and given.get("rel") == "canonical":
            page.canonical = given.get("href", "")
        elif tag == "style" or (tag == "script" and "src" not in given and given.get("type") not in DATA_SCRIPTS):
            page.inline.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        self._is_title = self._is_title and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.page.title += data


def parse_page(text: str) -> Html:
    """Parse one page."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.page


@dataclass(frozen=True)
class Tree:
    """A site folder, served below the path of `site_url`."""

    folder: Path
    site_url: str
    """Ends with `/`."""

    @property
    def mount(self) -> str:
        return urlsplit(self.site_url).path

    @cached_property
    def files(self) -> frozenset[str]:
        """Paths of all files, with `/`."""
        return frozenset(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file())

    @cached_property
    def pages(self) -> dict[str, Html]:
        """Path -> page, of every HTML file."""
        return {path: parse_page(self.read(path)) for path in sorted(self.files) if path.endswith(".html")}

    @property
    def indexable(self) -> dict[str, Html]:
        """The pages that readers shall find."""
        return {path: page for path, page in self.pages.items() if page.is_indexable and path != "404.html"}

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def address(self, path: str) -> str:
        """The absolute URL at which a file is served; a page goes by its folder."""
        return self.site_url + re.sub(r"(^|/)index\.html$", r"\1", path)

    def find(self, url: str) -> str | None:
        """The file that is sent for an absolute URL of this site; None where there is none, or one step further."""
        path = unquote(urlsplit(url).path).removeprefix(self.mount)
        file = f"{path}index.html" if path == "" or path.endswith("/") else path
        return file if file in self.files else None

    def resolve(self, path: str, link: str) -> str | None:
        """The file that a link in a file leads to; None where it leads away or nowhere."""
        url = urljoin(self.address(path), link)
        return self.find(url) if url.startswith(self.site_url) else None


class Fault(NamedTuple):
    """Something wrong with an address."""

    kind: str
    page: str
    text: str


def find_faults(tree: Tree) -> list[Fault]:
    """Everything wrong with the addresses in a site's pages and style sheets."""
    faults = [fault for path, page in tree.pages.items() for fault in _page_faults(tree, path, page)]
    for path in sorted(tree.files):
        if path.endswith(".css"):
            found = CSS_URL.findall(tree.read(path))
            faults += [f for url in found for f in _link_faults(tree, path, Link("css", url[0] or url[1], True, ""))]
        elif path.endswith(".svg"):
            faults += [f for link in parse_page(tree.read(path)).links for f in _link_faults(tree, path, link)]
    return faults


def _page_faults(tree: Tree, path: str, page: Html) -> Iterator[Fault]:
    for id_, count in Counter(page.ids).items():
        if count > 1:
            yield Fault("duplicate id", path, id_)
    for link in page.links:
        yield from _link_faults(tree, path, link)
        if path == "404.html" and not link.url.startswith("#"):
            yield from _link_faults(tree, path, link, shown_at=tree.site_url.rstrip("/") + ELSEWHERE)


def _link_faults(tree: Tree, path: str, link: Link, shown_at: str = "") -> Iterator[Fault]:
    written = urlsplit(link.url)
    if written.scheme not in NOT_OURS | {""}:
        yield Fault("strange scheme", path, link.url)
        return
    url = urljoin(shown_at or tree.address(path), link.url)
    if not url.startswith(tree.site_url):
        if link.is_loaded:
            yield Fault("loaded from elsewhere", path, link.url)
        elif not written.netloc and not written.scheme:
            yield Fault("leaves the site", path, link.url)
        return
    target = tree.find(url)
    if target is None:
        folder = url.partition("#")[0].partition("?")[0] + "/"
        yield Fault("needs a redirect" if tree.find(folder) else "broken", path, link.url)
        return
    if target not in tree.pages:
        return
    fragment = unquote(urlsplit(url).fragment)
    if fragment and fragment.lower() != "top" and fragment not in tree.pages[target].ids:
        yield Fault("broken fragment", path, link.url)
    if link.tag == "a" and tree.pages[target].refresh:
        yield Fault("leads to a redirect", path, link.url)


def clicks(tree: Tree, start: str = "index.html") -> dict[str, int]:
    """Path -> how many links a reader follows at least to come there from the start."""
    steps = {start: 0}
    waiting = [start]
    for path in waiting:  # grows as we go
        for link in tree.pages[path].links:
            target = tree.resolve(path, link.url) if link.tag == "a" else None
            if target in tree.pages and target not in steps:
                steps[target] = steps[path] + 1
                waiting.append(target)
    return steps
