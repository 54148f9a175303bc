"""Whether Hugo's article pages lead where ours do: equal work per page, not only equal numbers of pages.

Compared are the links to articles, topics and entities within `<main>` of articles' pages, without their order and
however they are spelt, and the articles that all pages of a topic lead to.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

MAX_PAGES: Final = 500
"""An even sample of a large site."""
_MAIN: Final = re.compile(r"<main\b.*</main>", re.DOTALL)
_HREF: Final = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
_DOCUMENT: Final = re.compile(r"/((?:articles|topics|entities)/[^/]+/)$")
_BASE: Final = "https://example.org/kb/"


@dataclass(frozen=True)
class Difference:
    """What comparing the links found."""

    articles: int
    topics: int
    links: int
    missing: tuple[str, ...]
    """`page -> link` that only ours has."""
    further: tuple[str, ...]
    """The same for Hugo."""

    def __str__(self) -> str:
        """For the table."""
        if not (self.missing or self.further):
            pages = f"{self.articles:,} articles and {self.topics:,} topics"
            return f"Hugo's pages have the same links as ours, bare: {self.links:,} in {pages}"
        shown = ", ".join([*self.missing[:3], *self.further[:3]])
        return f"{len(self.missing)} links are only in our pages, {len(self.further)} only in Hugo's: {shown} …"


def compare_links(ours: Path, hugo: Path) -> Difference:
    """Compare the articles and topics of two sites of the same corpus."""
    articles = _sample(ours, "articles/article-*/")
    topics = _sample(ours, "topics/topic-*/")
    missing: list[str] = []
    further: list[str] = []
    count = 0
    for address in [*articles, *topics]:
        find = links_of if address in articles else listed_in
        expected, found = (find(site, address) for site in (ours, hugo))
        count += len(expected)
        missing += [f"{address} -> {link}" for link in sorted(expected - found)]
        further += [f"{address} -> {link}" for link in sorted(found - expected)]
    return Difference(len(articles), len(topics), count, tuple(missing), tuple(further))


def links_of(site: Path, address: str) -> set[str]:
    """The documents that a page leads to; none if there is no page."""
    path = site / address / "index.html"
    main = _MAIN.search(path.read_text(encoding="utf-8")) if path.is_file() else None
    addresses = (urljoin(_BASE + address, link) for link in _HREF.findall(main[0])) if main else ()
    documents = (_DOCUMENT.search(urlsplit(link).path) for link in addresses if link.startswith(_BASE))
    return {match[1] for match in documents if match} - {address}


def listed_in(site: Path, address: str) -> set[str]:
    """The articles that a topic lists, on all its pages."""
    pages = [address, *(f"{address}page/{page.name}/" for page in (site / address / "page").glob("*/"))]
    return {link for page in pages for link in links_of(site, page) if link.startswith("articles/")}


def _sample(site: Path, pattern: str) -> dict[str, None]:
    """Addresses of pages that match, in order."""
    found = sorted(f"{page.parent.relative_to(site).as_posix()}/" for page in site.glob(f"{pattern}index.html"))
    return dict.fromkeys(found[:: max(1, len(found) // MAX_PAGES)])
