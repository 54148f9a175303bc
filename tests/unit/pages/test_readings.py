"""What views are made from is noted: whatever a view reads of a document is part of a value that is compared."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from site_builder.content.document import Document
from site_builder.pages.readings import MANY, TEXTS, Digests, Reading, Readings
from site_builder.pipeline import Site
from site_builder.render.copy_file import Copy, SvgPicture
from tests.helpers.site import MakeSite, article, entity, load, page, tool, topic

SETTINGS = """\
site_name: X
site_url: https://example.org/
docs_dir: content
theme: site_builder
plugins:
  - site_builder: {per_page: 2, link_mentions: true, feed_articles: 1, list_articles: 1, social_images: true}
"""
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": SETTINGS,
    **{
        f"content/articles/a{n}.md": article(
            f"A{n // 2}",
            f"On [[a{(n + 1) % 9}]], ![[a{(n + 2) % 9}]] [[t]] [[lever]] [[about]] [[missing-{n}]]. Bureau.\n\n## P\n",
            topics=["t", "u"][n % 2 :],
            entities=["o", "n"][: n % 3],
            similar=[f"a{(n + 3) % 9}", {"to": f"a{(n + 4) % 9}", "why": "it is older", "kind": "background"}, "gone"],
            curator="Org" if n % 2 else "Nobody",
            status="stub" if n == 7 else "published",
            date=f"202{n % 3}-0{n % 9 + 1}-03",
            aliases=[f"/old/{n}/"],
        )
        for n in range(9)
    },
    "content/topics/t.md": topic("Tee", "About [[a1]]."),
    "content/topics/u.md": topic("You", "[[a2]]", broader=["t"], synonyms=["yew"]),
    "content/entities/o.md": entity("Org", "Known from [[a3]]."),
    "content/entities/n.md": entity("Bureau"),
    "content/entities/m.md": entity("Office", replaced_by="n"),
    "content/tools/lever.md": tool("Lever", "For [[a4]]."),
    "content/pages/about.md": page("About", "We write [[a5]] and [[nothing-yet]]."),
    "content/pages/index.md": page("Home", "Start with [[a6]]."),
}


PAGES_OF_A_KIND = 3


class Watched:
    """Notes the documents of which the front matter or the body is read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.metas: set[Document] = set()
        self.bodies: set[Document] = set()
        for name, found in (("meta", self.metas), ("body", self.bodies)):
            monkeypatch.setattr(Document, name, self._property(Document.__dict__[name], found))

    @staticmethod
    def _property(slot: Any, found: set[Document]) -> property:
        def read(document: Document) -> object:
            found.add(document)
            return slot.__get__(document)

        return property(read, slot.__set__)


def fresh_sites(make_site: MakeSite) -> Iterator[tuple[Site, str]]:
    """The site anew for a few addresses of every kind: no page has been composed yet, and all else is made."""
    whole = load(make_site(FILES))
    kinds: Counter[tuple[str, str]] = Counter()
    for url, route in whole.routes.all().items():
        kind = (route.format.name or type(route.format).__name__, url.split("/")[1])
        kinds[kind] += 1
        if not isinstance(route.format, Copy | SvgPicture) and kinds[kind] <= PAGES_OF_A_KIND:
            site = whole.with_content(whole.content)
            site.routes.all()
            site.rank_all()
            for table in site.context.readings.tables.values():
                table()
            site.mentions(site.corpus.articles[0])
            yield site, url


def test_what_a_view_reads_of_documents_is_compared(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch)
    seen: set[str] = set()
    for site, url in fresh_sites(make_site):
        route = site.routes[url]
        watched.metas.clear()
        watched.bodies.clear()
        _, readings = site.context.readings.of(route.compose)
        metas, bodies = frozenset(watched.metas), frozenset(watched.bodies)
        digests = Digests(site.context.readings)
        assert digests.of_value(route.compose), f"{url}: what its route gives it can be compared"
        assert all(map(digests.of, readings)), f"{url}: what it reads can be compared"
        if not url.startswith("/search/"):
            assert {d.path for d in metas} <= {d.path for d in digests.documents}, url
            texts = {d.path for d in metas | bodies if is_noted(d, readings)}
            assert {d.path for d in bodies} <= texts, url
        seen.add(url.strip("/").partition("/")[0])
    assert {"articles", "topics", "entities", "timeline", "digest", "embed", "api", "feed.xml", "report"} <= seen


def is_noted(document: Document, readings: frozenset[Reading]) -> bool:
    return bool({(TEXTS, document.path), (TEXTS, None)} & readings)


def noted(readings: Readings, compose: Callable[[], object]) -> set[Reading]:
    return set(readings.of(compose)[1])


def test_what_was_made_before_is_noted_again() -> None:
    readings = Readings()
    table = readings.table("letters", lambda: {"a": 1, "b": 2})
    double = readings.remember(lambda key: 2 * table[key])
    for _ in range(2):
        assert double("b") == 4
        assert noted(readings, lambda: double("b")) == {("letters", "b")}
    assert noted(readings, lambda: "c" in table) == {("letters", "c")}
    assert noted(readings, table.values) == {("letters", None)}


def test_loading_a_table_is_no_reading() -> None:
    readings = Readings()
    first = readings.table("first", lambda: {"a": 1})
    second = readings.table("second", lambda: {"a": first["a"] + 1})
    assert noted(readings, lambda: second["a"]) == {("second", "a")}


def test_many_keys_of_a_table_count_as_all_of_it() -> None:
    readings = Readings()
    table = readings.table("numbers", lambda: {str(n): n for n in range(MANY + 1)})
    assert noted(readings, lambda: [table[str(n)] for n in range(MANY + 1)]) == {("numbers", None)}


def test_a_value_that_cannot_be_compared_counts_as_changed() -> None:
    readings = Readings()
    readings.table("odd", lambda: {"a": lambda: 1, "b": 2})
    digests = Digests(readings)
    assert digests.of(("odd", "a")) == digests.of(("odd", None)) == digests.of(("no such table", "a")) == b""
    assert digests.of(("odd", "b")) != digests.of(("odd", "c")) != b""
