"""What can be told from the folder alone: valid HTML, addresses that lead somewhere, metadata, sitemap, feeds."""

import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bench.gates.gate import Gate, none_of
from tests.helpers.links import Tree, clicks, find_faults
from tests.helpers.validator import JAR, validate

CLICKS: Final = 3
"""From the home page to any other, on a site of the demonstration's size."""
SMALL: Final = 200
"""Articles up to which every page is within CLICKS; beyond, lists of parts and filters are deeper."""
META: Final = re.compile(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">')
DATA: Final = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
TAGS: Final = (
    "og:title", "og:type", "og:url", "og:site_name", "og:locale", "og:description", "og:image", "og:image:alt",
    "twitter:card", "twitter:title", "twitter:description", "twitter:image", "twitter:image:alt",
)  # fmt: skip
ARTICLE: Final = frozenset("headline image datePublished dateModified author publisher description".split())
SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def find(tree: Tree) -> Iterator[Gate]:
    """All gates of the folder; without the Nu checker its gate is not met."""
    java = shutil.which("java")
    if java and JAR.is_file():
        yield none_of("Nu checker, all pages", list(_validate(java, tree.folder)))
    else:
        yield Gate("Nu checker, all pages", "0", "not run", False, ("no Java, or no vnu.jar: run 'make validator'",))
    faults = find_faults(tree)
    yield none_of("addresses and fragments", [f"{f.page}: {f.kind}: {f.text}" for f in faults])
    steps = clicks(tree)
    yield none_of("orphans", [path for path in tree.indexable if path not in steps])
    articles = sum(1 for path in tree.pages if re.fullmatch(r"articles/(?!page/)[^/]+/index\.html", path))
    far = [f"{path}: {n}" for path, n in steps.items() if n > CLICKS and path in tree.indexable]
    if articles <= SMALL:
        yield none_of(f"farther than {CLICKS} clicks", far)
    yield none_of("metadata", list(_metadata(tree)))
    yield none_of("the same twice: title, description, canonical", list(_repeated(tree)))
    yield none_of("sitemap and robots.txt", list(_sitemap(tree)))
    yield none_of("script or style in a page", [f"{p}: {i}" for p, page in tree.pages.items() for i in page.inline])


def _validate(java: str, folder: Path) -> Iterator[str]:
    for message in validate(java, folder):
        place = str(message.get("url", "")).removeprefix(f"file:{folder}/")
        yield f"{place}:{message.get('lastLine')}: {message['message']} {message.get('extract', '')!r}"


def _own(tree: Tree) -> Iterator[tuple[str, str]]:
    """Pages of the site proper with their HTML."""
    for path, page in tree.pages.items():
        if not page.refresh and path != "404.html" and not path.startswith("embed/"):
            yield path, tree.read(path)


def _metadata(tree: Tree) -> Iterator[str]:
    for path, html in _own(tree):
        tags = dict(META.findall(html))
        missing = [name for name in TAGS if not tags.get(name)]
        if missing:
            yield f"{path}: no {', '.join(missing)}"
        if not (tree.folder / tags.get("og:image", "").removeprefix(tree.site_url)).is_file():
            yield f"{path}: there is no {tags.get('og:image')}"
        page = tree.pages[path]
        if not (page.title and page.description and page.language and page.headings == 1):
            yield f"{path}: title {page.title!r}, description {page.description!r}, {page.headings} h1"
        yield from (f"{path}: {fault}" for fault in _data_faults(html))


def _data_faults(html: str) -> Iterator[str]:
    try:
        (text,) = DATA.findall(html)
        nodes: list[dict[str, Any]] = json.loads(text)["@graph"]
    except (ValueError, KeyError) as error:
        yield f"no JSON-LD: {error}"
        return
    if any("@type" not in node for node in nodes):
        yield "a node without a type"
    for node in nodes:
        if node.get("@type") == "Article" and not node.keys() >= ARTICLE:
            yield f"an article without {', '.join(sorted(ARTICLE - node.keys()))}"


def _repeated(tree: Tree) -> Iterator[str]:
    pages = [tree.pages[path] for path, _ in _own(tree)]
    for name in ("title", "description", "canonical"):
        values = Counter(getattr(page, name) for page in pages)
        yield from (f"{name}: {value!r}: {count} pages" for value, count in values.items() if count > 1)


def _sitemap(tree: Tree) -> Iterator[str]:
    if "robots.txt" not in tree.files or f"Sitemap: {tree.site_url}sitemap.xml" not in tree.read("robots.txt"):
        yield "robots.txt does not name it"
    listed = Counter(_locations(tree, "sitemap.xml"))
    wanted = {tree.address(path) for path in tree.indexable}
    yield from (f"not listed: {url}" for url in sorted(wanted - listed.keys()))
    yield from (f"listed, but no page for it: {url}" for url in sorted(listed.keys() - wanted))
    yield from (f"listed twice: {url}" for url, count in listed.items() if count > 1)


def _locations(tree: Tree, path: str) -> Iterator[str]:
    root = ET.fromstring(tree.read(path))  # noqa: S314 (the sitemap is our own)
    found = [element.text or "" for element in root.iter(f"{SITEMAP}loc")]
    if root.tag == f"{SITEMAP}sitemapindex":
        for part in found:
            yield from _locations(tree, part.removeprefix(tree.site_url))
    else:
        yield from found
